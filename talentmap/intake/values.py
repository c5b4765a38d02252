"""Texts and typed cells of one column to values, by the kind of the column.

Distinct values are parsed and joined back. What cannot be read becomes null and is marked bad; what
is blank is null and not bad.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from talentmap.intake.codes import code_lookup
from talentmap.model.schemas import Column

# What people write into a cell that has no value. A word of a code table is not among them.
BLANK = ("", "null", "n/a", "na", "nan", "-", "--", "—", "——", "/", "\\n", "none", "nat")
_EMPTY_TEXT = ("", "null", "\\n")
_YES = {"1": True, "true": True, "yes": True, "y": True, "是": True, "√": True, "有": True}
_NO = {"0": False, "false": False, "no": False, "n": False, "否": False, "×": False, "无": False}
_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_EPOCH_YEAR = 2000
_MOST = 2**31 - 1
_MONTH = (
    r"^(?P<y>\d{4})(?:[-/.年](?P<m>\d{1,2})(?:[-/.月](?P<d>\d{1,2})日?)?月?|(?P<m2>\d{2})(?P<d2>\d{2})?)"
    r"(?:[T ]\d{1,2}:\d{2}.*)?$"
)
_WAGE = r"^(?P<n>\d+(?:\.\d+)?)(?P<u>k|千|w|万)?元?(?:/月|每月)?$"
_WAGE_UNITS = {"k": 1e3, "千": 1e3, "w": 1e4, "万": 1e4}

_REASONS = {
    "code": "not a code or name of its table",
    "count": "not a whole number of 0 or more",
    "number": "not a number",
    "lon": "not a longitude from -180 to 180",
    "lat": "not a latitude from -90 to 90",
    "month": "not a month or date",
    "year": "not a year",
    "wage": "not a monthly wage",
    "flag": "neither yes nor no",
}


@dataclass(frozen=True)
class Parsed:
    """The values of a column (null where blank or bad), the bad ones, and why they are."""

    values: pl.Series
    bad: pl.Series
    reason: str


def parse(column: Column, cells: pl.Series) -> Parsed:
    """Return the values of a column of a chunk.

    text and key: String; code: String, a code of its table; count: Int32; year and month: Int16 (a
    month is an index, see model.months); number, lon, lat, wage: Float64; flag: Boolean.
    """
    if column.kind in ("text", "key"):
        values = _as_text(cells)
        lower = values.str.to_lowercase()
        blank = lower.is_in(_EMPTY_TEXT)
        values = values.set(blank.fill_null(value=False), None)
        return Parsed(values, pl.repeat(value=False, n=len(cells), eager=True), "")
    if cells.dtype.is_float() and column.kind in ("number", "lon", "lat"):
        return _ranged(column, cells.cast(pl.Float64).fill_nan(None), cells.is_null())
    if cells.dtype.is_temporal() and column.kind == "month":
        return _of_dates(cells)
    return _by_distinct(column, _as_text(cells))


def _of_dates(cells: pl.Series) -> Parsed:
    index = (
        (cells.dt.year().cast(pl.Int32) - _EPOCH_YEAR) * 12 + cells.dt.month().cast(pl.Int32) - 1
    )
    known = cells.dt.year().is_between(_FIRST_YEAR, _LAST_YEAR)
    bad = cells.is_not_null() & ~known.fill_null(value=False)
    return Parsed(index.set(bad, None).cast(pl.Int16), bad, _REASONS["month"])


def _ranged(column: Column, numbers: pl.Series, blank: pl.Series) -> Parsed:
    """Return numbers that are finite and in the range of their kind."""
    most = {"lon": 180.0, "lat": 90.0}.get(column.kind)
    good = numbers.is_finite() if most is None else numbers.is_between(-most, most)
    bad = ~(good.fill_null(value=False) | blank | numbers.is_null())
    return Parsed(numbers.set(bad, None), bad, _REASONS[column.kind])


def _as_text(cells: pl.Series) -> pl.Series:
    """Return cells as text without outer spaces; a whole float loses its `.0`."""
    if cells.dtype == pl.Boolean:
        cells = cells.cast(pl.Int8)
    text = cells.cast(pl.String).str.strip_chars()
    if cells.dtype.is_float():
        text = text.str.replace(r"\.0$", "")
    return text


def _by_distinct(column: Column, text: pl.Series) -> Parsed:
    distinct = text.unique().drop_nulls().rename("text")
    tidy = distinct.str.normalize("NFKC").str.strip_chars()
    lower = tidy.str.to_lowercase()
    words = BLANK[:-2] if column.kind == "code" else BLANK
    values = _PARSERS[column.kind](column, tidy)
    blank = lower.is_in(words)
    table = pl.DataFrame(
        {"text": distinct, "value": values, "bad": values.is_null() & ~blank}
    ).with_columns(value=pl.when(blank).then(None).otherwise(pl.col("value")))
    found = text.rename("text").to_frame().join(table, on="text", how="left", maintain_order="left")
    bad = found["bad"].fill_null(value=False)
    return Parsed(found["value"], bad, _REASONS[column.kind])


def _codes(column: Column, text: pl.Series) -> pl.Series:
    lookup = code_lookup(column.codes)
    found = [lookup.code_of(value) for value in text.to_list()]
    return pl.Series(found, dtype=pl.String)


def _counts(_column: Column, text: pl.Series) -> pl.Series:
    plain = (
        text.str.replace_all(r",(\d{3})", "$1")
        .str.replace(r"\.0+$", "")
        .str.replace("[人名个]$", "")
    )
    numbers = plain.cast(pl.Int64, strict=False)
    return numbers.set(~numbers.is_between(0, _MOST).fill_null(value=False), None).cast(pl.Int32)


def _numbers(column: Column, text: pl.Series) -> pl.Series:
    numbers = text.cast(pl.Float64, strict=False).fill_nan(None)
    return _ranged(column, numbers, numbers.is_null()).values


def _years(_column: Column, text: pl.Series) -> pl.Series:
    years = text.str.extract(r"^(\d{4})年?(?:\.0)?$").cast(pl.Int16, strict=False)
    known = years.is_between(_FIRST_YEAR, _LAST_YEAR).fill_null(value=False)
    return years.set(~known, None)


def _months(_column: Column, text: pl.Series) -> pl.Series:
    found = text.to_frame("t").select(pl.col("t").str.extract_groups(_MONTH)).unnest("t")
    parts = [pl.col("y"), pl.coalesce("m", "m2"), pl.coalesce("d", "d2", pl.lit("1"))]
    iso = pl.concat_str([part.str.zfill(2) for part in parts], separator="-")
    dates = found.select(iso.str.to_date("%Y-%m-%d", strict=False)).to_series()
    return _of_dates(dates).values


def _wages(_column: Column, text: pl.Series) -> pl.Series:
    plain = text.str.to_lowercase().str.replace_all(r",(\d{3})", "$1")
    found = plain.to_frame("t").select(pl.col("t").str.extract_groups(_WAGE)).unnest("t")
    unit = pl.col("u").replace_strict(_WAGE_UNITS, default=1.0, return_dtype=pl.Float64)
    return found.select(pl.col("n").cast(pl.Float64, strict=False) * unit).to_series()


def _flags(_column: Column, text: pl.Series) -> pl.Series:
    lower = text.str.to_lowercase()
    return lower.replace_strict(_YES | _NO, default=None, return_dtype=pl.Boolean)


_PARSERS: dict[str, Callable[[Column, pl.Series], pl.Series]] = {
    "code": _codes,
    "count": _counts,
    "number": _numbers,
    "lon": _numbers,
    "lat": _numbers,
    "year": _years,
    "month": _months,
    "wage": _wages,
    "flag": _flags,
}
