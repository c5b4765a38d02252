"""How well the records of a batch are placed: by side, district and precision."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from talentmap.model.schemas import PRECISION

OUTSIDE, UNKNOWN = "outside", ""
_SIDES = {"people": ("home", "work"), "enterprises": ("",), "vacancies": ("",), "places": ()}


def coverage(file: Path, table: str) -> dict[str, dict[str, dict[str, int]]]:
    """Return {side: {district, '' or 'outside': {precision: records}}} of a record file."""
    found = {}
    for side in _SIDES[table]:
        dot = f"{side}_" if side else ""
        where = (
            pl.when(pl.col(f"{dot}outside").fill_null(value=False))
            .then(pl.lit(OUTSIDE))
            .otherwise(pl.col(f"{dot}district").fill_null(UNKNOWN))
        )
        counts = (
            pl.scan_parquet(file)
            .group_by(where=where, precision=f"{dot}precision")
            .len()
            .sort("where", "precision")
            .collect()
        )
        by_place: dict[str, dict[str, int]] = {}
        for place, precision, records in counts.iter_rows():
            by_place.setdefault(place, {})[PRECISION[precision]] = records
        found[side or "position"] = by_place
    return found
