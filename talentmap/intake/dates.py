"""Months and dates as people and spreadsheets write them, to month indices (see model.months)."""

from __future__ import annotations

import polars as pl

FIRST_YEAR, LAST_YEAR = 1900, 2099
AMBIGUOUS = "an ambiguous date; write it like 2026-06-05"
# Left and closed say so when there is no end.
OPEN_END = ("至今", "长期", "长期有效", "现在", "目前", "在职", "present", "now", "永久", "不限")

_EPOCH_YEAR = 2000
_MONTH = (
    r"^(?P<y>\d{4})(?:[-/.年](?P<m>\d{1,2})(?:[-/.月](?P<d>\d{1,2})[日号]?)?月?|"
    r"(?P<m2>\d{2})(?P<d2>\d{2})?)(?:[T ]+\d{1,2}:\d{2}.*)?$"
)
# A day and a month in an order nobody can tell, a year alone, two digits for a year, epoch seconds.
_AMBIGUOUS = (
    r"^(?:\d{4}年?|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})|\d{2}[-/.年]\d{1,2}月?|\d{10}|\d{13})"
    r"(?: \d{1,2}:\d{2}.*)?$"
)
# Days since 1899-12-30, as Excel counts: five digits from 1979 to 2099. Earlier ones could be a
# year and a month of one digit: 20266.
_SERIAL = r"^(?P<n>\d{5})(?:\.\d+)?$"
_SERIAL_ZERO, _FIRST_SERIAL, _LAST_SERIAL = pl.date(1899, 12, 30), 29_000, 73_050


def months_of_texts(text: pl.Series) -> pl.Series:
    """Return the months (Int16) of texts; null for what is not one or could be several."""
    found = text.to_frame("t").select(pl.col("t").str.extract_groups(_MONTH)).unnest("t")
    parts = [pl.col("y"), pl.coalesce("m", "m2"), pl.coalesce("d", "d2", pl.lit("1"))]
    iso = pl.concat_str([part.str.zfill(2) for part in parts], separator="-")
    dates = found.select(iso.str.to_date("%Y-%m-%d", strict=False)).to_series()
    return months_of_dates(dates.zip_with(dates.is_not_null(), _of_serials(text)))


def months_of_dates(dates: pl.Series) -> pl.Series:
    """Return the months (Int16) of dates; null outside 1900 to 2099."""
    year = dates.dt.year().cast(pl.Int32)
    index = (year - _EPOCH_YEAR) * 12 + dates.dt.month().cast(pl.Int32) - 1
    known = year.is_between(FIRST_YEAR, LAST_YEAR).fill_null(value=False)
    return index.set(~known, None).cast(pl.Int16)


def ambiguous(text: pl.Series) -> pl.Series:
    """Tell which texts are dates that could be several."""
    return text.str.contains(_AMBIGUOUS).fill_null(value=False)


def _of_serials(text: pl.Series) -> pl.Series:
    days = text.str.extract(_SERIAL).cast(pl.Int32, strict=False)
    days = days.set(~days.is_between(_FIRST_SERIAL, _LAST_SERIAL).fill_null(value=False), None)
    frame = days.to_frame("n")
    return frame.select(_SERIAL_ZERO + pl.duration(days="n")).to_series()
