"""The gazetteer of a workspace: its districts, and the places and enterprises already imported."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import polars as pl
import shapely

from talentmap.intake.districts import Districts
from talentmap.intake.divisions import Divisions
from talentmap.intake.ledger import record_files
from talentmap.intake.positions import FIELDS, Gazetteer, as_looked_up
from talentmap.model.errors import UserError
from talentmap.model.schemas import NONE
from talentmap.model.workspace import Workspace

_BETWEEN_ALIASES = "[，、；;|/]"
PLACES = {"text": pl.String, "lon": pl.Float64, "lat": pl.Float64}


def load_gazetteer(workspace: Workspace, system: str) -> Gazetteer:
    """Return what positions of a file in coordinate system `system` are looked up in.

    Raise UserError where the boundary or the records of an earlier batch cannot be read.
    """
    try:
        places = _places(record_files(workspace, "places"))
        employers = _employers(record_files(workspace, "enterprises"))
    except (pl.exceptions.PolarsError, OSError):
        raise UserError(
            f"workspace {workspace.path}: records of places or enterprises cannot be read; "
            "see 'talentmap check'"
        ) from None
    districts = Districts.of(workspace)
    divisions = Divisions(districts, workspace.city.code)
    return Gazetteer(districts, divisions, places, employers, system)


def _places(files: Sequence[Path]) -> pl.DataFrame:
    """Return text (as looked up), lon, lat of places by code, and by names only one of them has."""
    if not files:
        return pl.DataFrame(schema=PLACES)
    columns = ["code", "name", "aliases", "geometry"]
    rows = pl.concat(pl.read_parquet(file, columns=columns) for file in files)
    rows = rows.unique("code", keep="last", maintain_order=True)
    shapes = shapely.from_wkb(np.asarray(rows["geometry"].to_list(), dtype=object))
    points = shapely.point_on_surface(shapes)
    rows = rows.with_columns(
        lon=pl.Series(shapely.get_x(points)), lat=pl.Series(shapely.get_y(points))
    )
    by_code = rows.select(pl.col("code").alias("text"), "lon", "lat")
    other = pl.col("aliases").fill_null("").str.replace_all(_BETWEEN_ALIASES, ",").str.split(",")
    named = (
        rows.with_columns(text=pl.concat_list("name", other))
        .explode("text")
        .select("text", "lon", "lat")
        .filter(pl.col("text").str.strip_chars() != "")
        .unique()
        .filter(pl.col("text").is_unique())
    )
    both = pl.concat([by_code, named]).with_columns(as_looked_up(pl.col("text")))
    return both.unique("text", keep="first", maintain_order=True)


def _employers(files: Sequence[Path]) -> pl.DataFrame:
    """Return employer_code and FIELDS of the enterprises whose position is known; latest wins."""
    columns = ["code", *FIELDS]
    parts = [pl.read_parquet(file, columns=columns) for file in files]
    if not parts:
        return pl.DataFrame(schema={"employer_code": pl.String})
    rows = pl.concat(parts).unique("code", keep="last")
    return rows.filter(pl.col("precision") < NONE).rename({"code": "employer_code"})
