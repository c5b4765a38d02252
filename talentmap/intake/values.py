"""Texts and typed cells of one column to values, by the kind of the column.

Distinct values are parsed and joined back. What is blank is null. What is not understood is null
too, and counted by value, so that the office can add it to its synonyms; what cannot be true is
bad, and its row is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import polars as pl
import pyarrow as pa

from talentmap.intake import dates
from talentmap.intake.codes import code_lookup
from talentmap.intake.vocabulary import Words
from talentmap.intake.wages import parse_wages
from talentmap.model.schemas import Column

# What people write into a cell that has no value.
BLANK = (
    "",
    "null",
    "n/a",
    "na",
    "nan",
    "-",
    "--",
    "—",
    "——",
    "/",
    "\\n",
    "#n/a",
    "#ref!",
    "#value!",
)
_ALSO_BLANK = ("none", "nat")  # but a code table may have a code of that name
_EMPTY_TEXT = ("", "null", "\\n")
_LONGEST_BLANK = 4
_DENSE = ("number", "lon", "lat")  # mostly another value in every row
_SPARSE = ("code", "count", "month", "year", "wage", "wages", "flag")
_YES = dict.fromkeys(("1", "true", "yes", "y", "是", "√", "有", "对", "✓"), True)
_NO = dict.fromkeys(("0", "false", "no", "n", "否", "×", "无", "不是", "x"), False)
_MOST = 2**31 - 1
_NUMERIC = r"^[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?$"
_DEGREES = (
    r"^[EWNS东西南北经纬]*(?P<d>\d{1,3})[°度](?P<m>\d{1,2}(?:\.\d+)?)?[′'分]?"
    r"(?P<s>\d{1,2}(?:\.\d+)?)?[″\"秒]?(?P<h>[EWNS])?$"
)
_LIST = re.compile(r"'([^']*)'|\"([^\"]*)\"")

_REASONS = {
    "code": "not a code or name of its table",
    "count": "not a whole number of 0 or more",
    "number": "not a number",
    "lon": "not a longitude from -180 to 180",
    "lat": "not a latitude from -90 to 90",
    "month": "not a month or date",
    "year": "not a year",
    "wage": "not a monthly wage",
    "wages": "not a wage",
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
    """The values of a column: null where blank, bad or unread.

    `faults` are (rows, reason) of what cannot be true, to be refused; `words` counts by value what
    is not understood.
    """

    values: pl.Series
    faults: tuple[tuple[pl.Series, str], ...] = ()
    words: Mapping[str, int] = field(default_factory=dict)


def parse(
    column: Column, cells: pa.ChunkedArray, own: Words | None = None, hint: str = ""
) -> Parsed:
    """Return the values of a column of a chunk.

    text and key: String; code: String, a code of its table; count: Int32; year and month: Int16 (a
    month is an index, see model.months); number, lon, lat, wage: Float64; flag: Boolean; wages:
    Struct of low and high. Cells that are lists, structures or bytes are bad. `own` are the words
    of the office by dimension, `hint` is what stands in the brackets of the column's name.
    """
    if pa.types.is_string(cells.type) and column.kind in _SPARSE:
        return _by_distinct(column, cells, own, hint)  # without turning every cell into text first
    values = pl.Series(cells)
    if values.dtype.is_nested() or values.dtype in (pl.Binary, pl.Object):
        nothing = pl.repeat(
            None, len(values), dtype=_DTYPES.get(column.kind, pl.String), eager=True
        )
        return Parsed(nothing, ((values.is_not_null(), _NOT_PLAIN),))
    if column.kind in ("text", "key"):
        return _texts(_as_text(values))
    if column.kind in _DENSE:
        return _dense_numbers(column, values)
    if values.dtype in (pl.Date, pl.Datetime) and column.kind == "month":
        months = dates.months_of_dates(values)
        bad = values.is_not_null() & months.is_null()
        return Parsed(months, ((bad, _REASONS["month"]),))
    return _by_distinct(column, _as_text(values).to_arrow(), own, hint)


def _none(cells: pl.Series) -> pl.Series:
    return pl.repeat(value=False, n=len(cells), eager=True)


def _texts(text: pl.Series) -> Parsed:
    blank = text.str.len_bytes() <= _LONGEST_BLANK
    blank &= text.str.to_lowercase().is_in(_EMPTY_TEXT)
    values = text.set(blank.fill_null(value=False), None)
    listed = (values.str.starts_with("[") & values.str.ends_with("]")).fill_null(value=False)
    if listed.any():  # a list that a program wrote as text: ['a', 'b']
        plain = values.filter(listed).map_elements(_unlisted, return_dtype=pl.String)
        values = values.scatter(listed.arg_true(), plain)
    return Parsed(values)


def _unlisted(text: str) -> str | None:
    found = ["".join(pair) for pair in _LIST.findall(text)]
    return "、".join(part for part in found if part) or (None if text == "[]" else text)


def _dense_numbers(column: Column, cells: pl.Series) -> Parsed:
    """Return numbers that mostly differ from row to row: what is plain is read without a table."""
    if cells.dtype.is_float():
        return _ranged(column, cells.cast(pl.Float64).fill_nan(None))
    text = _as_text(cells)
    numbers = text.cast(pl.Float64, strict=False).fill_nan(None)
    rest = numbers.is_null() & text.is_not_null()
    if not rest.any():
        return _ranged(column, numbers)
    others = _by_distinct(column, text.set(~rest, None).to_arrow(), None, "")
    ranged = _ranged(column, numbers.zip_with(~rest, others.values))
    return Parsed(ranged.values, (*ranged.faults, *others.faults))


def _ranged(column: Column, numbers: pl.Series) -> Parsed:
    """Return numbers that are finite and can be degrees; null is blank.

    A latitude may be one of longitude here: whether the two were exchanged is seen together.
    """
    good = numbers.is_between(-180, 180) if column.kind in ("lon", "lat") else numbers.is_finite()
    bad = ~good.fill_null(value=True)
    return Parsed(numbers.set(bad, None), ((bad, _REASONS[column.kind]),))


def _as_text(cells: pl.Series) -> pl.Series:
    """Return cells as text without outer spaces; a whole float loses its `.0`."""
    if cells.dtype == pl.Boolean:
        cells = cells.cast(pl.Int8)
    text = cells.cast(pl.String).str.strip_chars()
    if cells.dtype.is_float():
        text = text.str.replace(r"\.0$", "")
    return text


def _by_distinct(
    column: Column, cells: pa.Array | pa.ChunkedArray, own: Words | None, hint: str
) -> Parsed:
    """Parse each distinct text once and put the values back in the places of their texts."""
    whole = cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else cells
    encoded = whole.dictionary_encode()
    places, distinct = pl.Series(encoded.indices), pl.Series(encoded.dictionary, dtype=pl.String)
    tidy = distinct.str.normalize("NFKC").str.strip_chars()
    words = BLANK if column.kind == "code" else (*BLANK, *_ALSO_BLANK)
    blank = tidy.str.to_lowercase().is_in(words)
    found = _PARSERS[column.kind](column, tidy, (own or {}).get(column.codes, {}), hint)
    left = ~blank & ~found.understood
    unsure = left & found.unsure
    false = left & ~unsure & (found.impossible | column.required)
    values = found.values
    if values.dtype != pl.Struct:
        values = values.set(~found.understood | blank, None)

    def spread(rows: pl.Series) -> pl.Series:
        return rows.gather(places).fill_null(value=False)

    faults = ((spread(false), _REASONS[column.kind]), (spread(unsure), dates.AMBIGUOUS))
    return Parsed(values.gather(places), faults, _counted(tidy, left & ~unsure & ~false, places))


def _counted(texts: pl.Series, unread: pl.Series, places: pl.Series) -> dict[str, int]:
    if not unread.any():
        return {}
    times = np.bincount(places.drop_nulls().to_numpy(), minlength=len(texts))
    hits = unread.to_numpy()
    return dict(zip(texts.filter(unread).to_list(), times[hits].tolist(), strict=True))


@dataclass(frozen=True)
class _Found:
    """Values of distinct texts: which are understood; of the others, which cannot be true."""

    values: pl.Series
    understood: pl.Series
    impossible: pl.Series | bool = False
    unsure: pl.Series | bool = False


_Own = Mapping[str, str]


def _codes(column: Column, text: pl.Series, own: _Own, _hint: str) -> _Found:
    lookup = code_lookup(column.codes, own)
    found = pl.Series([lookup.code_of(value) for value in text.to_list()], dtype=pl.String)
    return _Found(found.set(found == "", None), found.is_not_null())


def _counts(_column: Column, text: pl.Series, _own: _Own, _hint: str) -> _Found:
    plain = text.str.replace_all(r",(\d{3})", "$1").str.replace(r"\.0+$", "")
    plain = plain.str.replace("[人名个位]$", "")
    numbers = plain.cast(pl.Int64, strict=False)
    known = numbers.is_between(0, _MOST).fill_null(value=False)
    values = numbers.set(~known, None).cast(pl.Int32)
    return _Found(values, known, plain.str.contains(_NUMERIC))


def _numbers(column: Column, text: pl.Series, _own: _Own, _hint: str) -> _Found:
    numbers = text.cast(pl.Float64, strict=False).fill_nan(None)
    if column.kind != "number":
        numbers = numbers.zip_with(numbers.is_not_null(), _degrees(text))
    values = _ranged(column, numbers).values
    return _Found(values, values.is_not_null(), impossible=True)


def _degrees(text: pl.Series) -> pl.Series:
    """Return degrees of texts like 117°1′15″E; null for others."""
    plain = text.str.to_uppercase().str.replace_all(r"\s+", "")
    parts = plain.to_frame("t").select(pl.col("t").str.extract_groups(_DEGREES)).unnest("t")
    degrees, minutes, seconds = (pl.col(name).cast(pl.Float64, strict=False) for name in "dms")
    sign = pl.when(pl.col("h").is_in(["W", "S"])).then(-1.0).otherwise(1.0)
    total = degrees + minutes.fill_null(0.0) / 60 + seconds.fill_null(0.0) / 3600
    return parts.select(total * sign).to_series()


def _years(_column: Column, text: pl.Series, _own: _Own, _hint: str) -> _Found:
    years = text.str.extract(r"^(\d{4})年?(?:\.0)?$").cast(pl.Int16, strict=False)
    known = years.is_between(dates.FIRST_YEAR, dates.LAST_YEAR).fill_null(value=False)
    return _Found(years, known, text.str.contains(r"^\d{4}"))


def _months(column: Column, text: pl.Series, _own: _Own, _hint: str) -> _Found:
    values = dates.months_of_texts(text)
    open_end = text.str.to_lowercase().is_in(dates.OPEN_END)
    if column.required:
        open_end = _none(text)
    dated = text.str.contains(r"\d|infinity")  # a date there is not, 2026-06-31, cannot be true
    return _Found(values, values.is_not_null() | open_end, dated, dates.ambiguous(text))


def _wages(_column: Column, text: pl.Series, _own: _Own, hint: str) -> _Found:
    ends = parse_wages(text, hint)
    one = (ends["low"] == ends["high"]) | (ends["low"].is_null() & ends["high"].is_null())
    understood = ends["understood"] & one.fill_null(value=False)
    return _Found(ends["low"], understood)


def _both_wages(_column: Column, text: pl.Series, _own: _Own, hint: str) -> _Found:
    ends = parse_wages(text, hint)
    return _Found(ends.select("low", "high").to_struct("wage"), ends["understood"])


def _flags(_column: Column, text: pl.Series, _own: _Own, _hint: str) -> _Found:
    lower = text.str.to_lowercase()
    flags = lower.replace_strict(_YES | _NO, default=None, return_dtype=pl.Boolean)
    return _Found(flags, flags.is_not_null())


_PARSERS: dict[str, Callable[[Column, pl.Series, _Own, str], _Found]] = {
    "code": _codes,
    "count": _counts,
    "number": _numbers,
    "lon": _numbers,
    "lat": _numbers,
    "year": _years,
    "month": _months,
    "wage": _wages,
    "wages": _both_wages,
    "flag": _flags,
}
