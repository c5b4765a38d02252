"""Texts and typed cells of one column to values, by the kind of the column.

Distinct values are parsed and joined back. What cannot be read becomes null and is marked bad; what
is blank is null and not bad.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl
import pyarrow as pa

from talentmap.intake.codes import code_lookup
from talentmap.model.schemas import Column

# What people write into a cell that has no value.
BLANK = ("", "null", "n/a", "na", "nan", "-", "--", "—", "——", "/", "\\n")
_ALSO_BLANK = ("none", "nat")  # but a code table may have a code of that name
_EMPTY_TEXT = ("", "null", "\\n")
_LONGEST_BLANK = 4
_DENSE = ("number", "lon", "lat")  # mostly another value in every row
_SPARSE = ("code", "count", "month", "year", "wage", "flag")
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
_NOT_PLAIN = "not a plain value"
_DTYPES: dict[str, type[pl.DataType]] = {
    "count": pl.Int32,
    "number": pl.Float64,
    "lon": pl.Float64,
    "lat": pl.Float64,
    "month": pl.Int16,
    "year": pl.Int16,
    "wage": pl.Float64,
    "flag": pl.Boolean,
    **dict.fromkeys(("text", "key", "code"), pl.String),
}


@dataclass(frozen=True)
class Parsed:
    """The values of a column (null where blank or bad), the bad ones, and why they are."""

    values: pl.Series
    bad: pl.Series
    reason: str


def parse(column: Column, cells: pa.ChunkedArray) -> Parsed:
    """Return the values of a column of a chunk.

    text and key: String; code: String, a code of its table; count: Int32; year and month: Int16 (a
    month is an index, see model.months); number, lon, lat, wage: Float64; flag: Boolean. Cells that
    are lists, structures or bytes are bad.
    """
    if pa.types.is_string(cells.type) and column.kind in _SPARSE:
        return _by_distinct(column, cells)  # without turning every cell into another form first
    values = pl.Series(cells)
    if values.dtype.is_nested() or values.dtype in (pl.Binary, pl.Object):
        nothing = pl.repeat(None, len(values), dtype=_DTYPES[column.kind], eager=True)
        return Parsed(nothing, values.is_not_null(), _NOT_PLAIN)
    if column.kind in ("text", "key"):
        return _texts(_as_text(values))
    if column.kind in _DENSE:
        return _dense_numbers(column, values)
    if values.dtype in (pl.Date, pl.Datetime) and column.kind == "month":
        return _of_dates(values)
    return _by_distinct(column, _as_text(values).to_arrow())


def _texts(text: pl.Series) -> Parsed:
    blank = text.str.len_bytes() <= _LONGEST_BLANK
    blank &= text.str.to_lowercase().is_in(_EMPTY_TEXT)
    values = text.set(blank.fill_null(value=False), None)
    return Parsed(values, pl.repeat(value=False, n=len(text), eager=True), "")


def _dense_numbers(column: Column, cells: pl.Series) -> Parsed:
    """Return numbers that mostly differ from row to row: what is plain is read without a table."""
    if cells.dtype.is_float():
        return _ranged(column, cells.cast(pl.Float64).fill_nan(None))
    text = _as_text(cells)
    numbers = text.cast(pl.Float64, strict=False).fill_nan(None)
    rest = numbers.is_null() & text.is_not_null()
    if not rest.any():
        return _ranged(column, numbers)
    others = _by_distinct(column, text.set(~rest, None).to_arrow())
    ranged = _ranged(column, numbers.zip_with(~rest, others.values))
    return Parsed(ranged.values, ranged.bad | others.bad, ranged.reason)


def _of_dates(cells: pl.Series) -> Parsed:
    index = (
        (cells.dt.year().cast(pl.Int32) - _EPOCH_YEAR) * 12 + cells.dt.month().cast(pl.Int32) - 1
    )
    known = cells.dt.year().is_between(_FIRST_YEAR, _LAST_YEAR)
    bad = cells.is_not_null() & ~known.fill_null(value=False)
    return Parsed(index.set(bad, None).cast(pl.Int16), bad, _REASONS["month"])


def _ranged(column: Column, numbers: pl.Series) -> Parsed:
    """Return numbers that are finite and in the range of their kind; null is blank."""
    most = {"lon": 180.0, "lat": 90.0}.get(column.kind)
    good = numbers.is_finite() if most is None else numbers.is_between(-most, most)
    bad = ~good.fill_null(value=True)
    return Parsed(numbers.set(bad, None), bad, _REASONS[column.kind])


def _as_text(cells: pl.Series) -> pl.Series:
    """Return cells as text without outer spaces; a whole float loses its `.0`."""
    if cells.dtype == pl.Boolean:
        cells = cells.cast(pl.Int8)
    text = cells.cast(pl.String).str.strip_chars()
    if cells.dtype.is_float():
        text = text.str.replace(r"\.0$", "")
    return text


def _by_distinct(column: Column, cells: pa.Array | pa.ChunkedArray) -> Parsed:
    """Parse each distinct text once and put the values back in the places of their texts."""
    whole = cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else cells
    encoded = whole.dictionary_encode()
    places, distinct = pl.Series(encoded.indices), pl.Series(encoded.dictionary, dtype=pl.String)
    tidy = distinct.str.normalize("NFKC").str.strip_chars()
    words = BLANK if column.kind == "code" else (*BLANK, *_ALSO_BLANK)
    blank = tidy.str.to_lowercase().is_in(words)
    values = _PARSERS[column.kind](column, tidy).set(blank, None)
    bad = (values.is_null() & ~blank).gather(places).fill_null(value=False)
    return Parsed(values.gather(places), bad, _REASONS[column.kind])


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
    return _ranged(column, text.cast(pl.Float64, strict=False).fill_nan(None)).values


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
