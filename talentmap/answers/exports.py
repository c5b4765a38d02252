"""Answers as files: one writer a format, chosen by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from pyogrio.errors import DataSourceError, FeatureError

from talentmap.answers import flat, gis
from talentmap.answers.desk import Desk
from talentmap.model.answer import Answer
from talentmap.model.errors import UserError, unknown

Writer = Callable[[Answer, Desk, Path, str], None]

FORMATS: dict[str, Writer] = {
    "csv": flat.to_csv,
    "json": flat.to_json,
    "xlsx": flat.to_xlsx,
    "parquet": flat.to_parquet,
    "geojson": gis.to_geojson,
    "geoparquet": gis.to_geoparquet,
    "gpkg": gis.to_geopackage,
    "kml": gis.to_kml,
}


def export(answer: Answer, desk: Desk, format_: str, file: Path, language: str = "zh") -> None:
    """Write an answer into a file; a full disk leaves no half file and the old one as it was.

    Raises UserError for an unknown format, rows without a place where the format needs one, and a
    file that cannot be written.
    """
    if format_ not in FORMATS:
        raise unknown("format", format_, FORMATS)
    try:
        with TemporaryDirectory(dir=file.parent, prefix=".talentmap-") as folder:
            made = Path(folder) / f"answer.{format_}"
            FORMATS[format_](answer, desk, made, language)
            made.replace(file)
    except OSError as error:
        raise UserError(f"{file}: cannot be written: {error.strerror}") from None
    except (DataSourceError, FeatureError) as error:
        raise UserError(f"{file}: cannot be written: {error}") from None
