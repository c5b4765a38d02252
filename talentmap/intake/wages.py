"""Wages as adverts write them, to the two ends of a month's pay in CNY.

20k-30k, 25-35K·13薪, 1.5-2万/月, 20万/年, 300-330元/天, 8000以上, 面议. Pay is of a month as it is
paid: a thirteenth month stands beside it and is not spread over the twelve.
"""

from __future__ import annotations

import math

import polars as pl

# 21.75 days and 174 hours of paid work a month: Ministry of Labour, 劳社部发〔2008〕3号.
_PER_MONTH = {"月": 1.0, "年": 1 / 12, "天": 21.75, "时": 174.0}
_PERIODS = {
    "月": "月|month|mon|m",
    "年": "年|year|yr|y",
    "天": "天|日|day|d",
    "时": "小时|时|hour|h",
}
_BY_WORD = {word: key for key, words in _PERIODS.items() for word in words.split("|")}
_UNITS = {"k": 1e3, "千": 1e3, "w": 1e4, "万": 1e4, "元": 1.0}
_NUMBER = r"\d+(?:\.\d+)?"
_UNIT = r"k|千|w|万|元"
_PATTERN = (
    rf"^(?:税前|约|rmb|cny|¥)*(?P<pre>年|月|日|时)?(?:薪|工资|收入)?:?(?:rmb|cny|¥)?"
    rf"(?P<a>{_NUMBER})(?P<ua>{_UNIT})?元?"
    rf"(?:(?:-|~|—|–|至|到)+¥?(?P<b>{_NUMBER})(?P<ub>{_UNIT})?元?)?(?:人民币)?"
    r"(?P<tail>及以上|以上|以下|以内|起|\+|左右)?"
    r"(?:(?:/|每|per)*(?P<per>小时|年|月|天|日|时|month|mon|year|yr|day|hour|y|m|d|h))?"
    r"(?P<tail2>以上|以下|起|\+|左右)?"
    r"(?:[·.*x×,;(/]*\d{1,2}薪\)?)?(?:[/·](?:月|年))?$"
)
_NOTHING_SAID = (
    *("面议", "薪资面议", "工资面议", "待遇面议", "薪酬面议", "面谈", "negotiable", "保密", "不限"),
    *("待定", "电议", "详谈", "competitive"),
)
_OPEN_ABOVE = ("及以上", "以上", "起", "+")
_OPEN_BELOW = ("以下", "以内")
_LEAST, _MOST = 100.0, 10_000_000.0  # a month; outside the unit was misunderstood


def unit_of(hint: str) -> float:
    """Return what the unit in the name of a column multiplies its bare numbers by: 万元/年 → 833.3.

    NaN where the hint names no unit.
    """
    units = {"万元": 1e4, "千元": 1e3, "k": 1e3, "w": 1e4, "万": 1e4, "千": 1e3, "元": 1.0}
    unit = next((value for word, value in units.items() if word in hint), None)
    period = next((key for key, words in _PERIODS.items() if _named(hint, words)), "月")
    return float("nan") if unit is None else unit * _PER_MONTH[period]


def parse_wages(text: pl.Series, hint: str = "") -> pl.DataFrame:
    """Return `low`, `high` (CNY a month, null where open or not said) and `understood` of texts.

    `hint` is what the name of the column has in brackets. A bare number without a unit is CNY, but
    less than 100 is not believed.
    """
    plain = text.str.normalize("NFKC").str.to_lowercase()
    plain = plain.str.replace_all(r"\s+|￥", "").str.replace_all(r",(\d{3})", "$1")
    groups = plain.to_frame("t").select(pl.col("t").str.extract_groups(_PATTERN)).unnest("t")
    found = _ends(groups, unit_of(hint))
    nothing = plain.is_in(_NOTHING_SAID)
    return found.with_columns(understood=pl.col("understood").fill_null(value=False) | nothing)


def _ends(groups: pl.DataFrame, bare: float) -> pl.DataFrame:
    """Return low, high and understood of the groups of _PATTERN; `bare` multiplies bare numbers."""
    period = pl.coalesce("per", "pre").replace_strict(_BY_WORD, default=None)
    month = period.replace_strict(_PER_MONTH, default=1.0, return_dtype=pl.Float64)
    right = _unit("ub")
    left = pl.coalesce(_unit("ua"), right)
    no_unit = left.is_null() & period.is_null() & (not math.isnan(bare))
    factor = pl.when(no_unit).then(bare if not math.isnan(bare) else 1.0).otherwise(month)
    a = pl.col("a").cast(pl.Float64, strict=False) * left.fill_null(1.0) * factor
    b = pl.col("b").cast(pl.Float64, strict=False) * pl.coalesce(right, left, 1.0) * factor
    tail = pl.coalesce("tail", "tail2", pl.lit(""))
    below = tail.is_in(_OPEN_BELOW) & b.is_null()
    above = tail.is_in(_OPEN_ABOVE) & b.is_null()
    ends = groups.select(
        low=pl.when(below).then(None).otherwise(a),
        high=pl.when(below).then(a).when(above).then(None).otherwise(pl.coalesce(b, a)),
        a=a,
    )
    sane = pl.all_horizontal(
        pl.col("low", "high").is_between(_LEAST, _MOST) | pl.col("low", "high").is_null()
    )
    ordered = (pl.col("low") <= pl.col("high")).fill_null(value=True)
    ends = ends.with_columns(understood=pl.col("a").is_not_null() & sane & ordered)
    kept = [pl.when("understood").then(name).alias(name) for name in ("low", "high")]
    return ends.select(*kept, "understood")


def _unit(group: str) -> pl.Expr:
    return pl.col(group).replace_strict(_UNITS, default=None, return_dtype=pl.Float64)


def _named(hint: str, words: str) -> bool:
    return any(word in hint for word in words.split("|") if len(word) > 1 or not word.isascii())
