"""Numbers in words: rounded first, and never saying more than they do."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talentmap.reports.words import MONTH, YEAR, change, digits, half_up, listed, number, span


@pytest.mark.parametrize(
    ("value", "kind", "unit", "zh"),
    [
        (0, "count", "人", "0 人"),
        (9_999, "count", "人", "9,999 人"),
        (9_999.6, "count", "人", "1万人"),
        (128_600, "count", "人", "12.86万人"),
        (999_999, "count", "人", "100万人"),
        (99_999_999, "count", "人", "1亿人"),
        (123_456_789, "count", "人", "1.23亿人"),
        (-20_500, "gap", "个", "−2.05万个"),
        (0.6315, "share", "", "63.2%"),
        (0.0003, "share", "", "不足 0.1%"),
        (0.99961, "share", "", "99.9% 以上"),
        (1.0, "share", "", "100.0%"),
        (1.005, "ratio", "", "1.01"),
        (8.65, "km", "", "8.7 公里"),
        (60.8, "days", "", "61 天"),
    ],
)
def test_numbers_are_rounded_half_up_and_only_then_get_a_unit(
    value: float, kind: str, unit: str, zh: str
) -> None:
    assert number(value, kind, "zh", unit) == zh


def test_english_groups_by_thousands() -> None:
    assert number(128_600, "count", "en", "persons") == "128,600 persons"
    assert number(0.9999, "share", "en") == "over 99.9%"


@pytest.mark.parametrize(
    ("now", "then", "kind", "said"),
    [
        (112, 100, "count", "同比增长 12.0%"),
        (97.85, 100, "count", "同比下降 2.2%"),
        (100.04, 100, "count", "同比基本持平"),
        (230, 100, "count", "同比增长 130.0%，为上年同期的 2.3 倍"),
        (10, 100, "count", "同比下降 90.0%"),
        (5, 0, "count", "上年同期为 0，不计算同比"),
        (0, 0, "count", "与上年同期均为 0"),
        (None, 5, "count", "同比不可比"),
        (5, None, "count", "同比不可比"),
        (3, -2, "gap", "由负转正（上年同期为负）"),
        (-3, 2, "gap", "由正转负（上年同期为正）"),
        (0.651, 0.63, "share", "同比提高 2.1 个百分点"),
        (0.6301, 0.63, "share", "同比基本持平"),
        (1.19, 1.22, "ratio", "同比下降 0.03"),
    ],
)
def test_changes(now: float | None, then: float | None, kind: str, said: str) -> None:
    assert change(now, then, kind, "zh", YEAR) == said


def test_a_change_on_the_month_names_the_month_before() -> None:
    assert change(0, 0, "count", "zh", MONTH) == "与上月均为 0"
    assert change(110, 100, "count", "en", MONTH) == "up 10.0 % on the month"


def test_a_fall_is_never_told_in_times() -> None:
    assert "倍" not in change(1, 1000, "count", "zh")


shares = st.floats(0, 1, allow_nan=False)
counts = st.integers(0, 10**9)


@given(counts, counts)
def test_the_direction_of_a_change_is_that_of_the_numbers(now: int, then: int) -> None:
    said = change(now, then, "count", "zh")
    assert ("增长" in said) <= (now > then)
    assert ("下降" in said) <= (now < then)
    assert ("持平" in said) <= (abs(now - then) <= 0.0005 * then + 1e-9)
    assert ("不计算" in said) == (then == 0 and now > 0)


@given(shares, shares)
def test_points_are_the_difference_of_what_is_printed(now: float, then: float) -> None:
    said = change(now, then, "share", "zh")
    shown = [Decimal(digits(v, "share").replace(",", "")) for v in (now, then)]
    size = abs(shown[0] - shown[1])
    assert said == "同比基本持平" if size == 0 else f" {size} 个百分点" in said


@given(st.floats(-1e12, 1e12, allow_nan=False))
def test_rounding_is_half_away_from_zero_and_has_no_negative_zero(value: float) -> None:
    rounded = half_up(value, 2)
    assert abs(rounded - Decimal(repr(value))) <= Decimal("0.005")
    assert not str(rounded).startswith("-0.00") or rounded != 0


@given(st.floats(0, 1, allow_nan=False))
def test_a_share_is_all_or_nothing_only_where_it_is(value: float) -> None:
    said = number(value, "share", "zh")
    assert (said == "0.0%") <= (value == 0)
    assert (said == "100.0%") <= (value == 1)


def test_names_and_intervals() -> None:
    assert listed(["甲", "乙", "丙"], "zh") == "甲、乙、丙"
    assert listed(["a", "b", "c"], "en") == "a, b and c"
    assert span(1.2, 1.66, "ratio") == "1.20–1.66"
    assert span(None, 1.0, "ratio") == ""
