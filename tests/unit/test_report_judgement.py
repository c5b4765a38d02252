"""Strong words only where the numbers allow them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talentmap.reports.content.rows import Row
from talentmap.reports.judgement import balance, is_ample, is_most, is_scarce, size_word


def row(value: float | None, low: float | None = None, high: float | None = None) -> Row:
    return Row("x", "甲", value, low, high)


def test_most_needs_an_interval_above_the_next_one() -> None:
    assert is_most([row(2.0, 1.8, 2.2), row(1.5, 1.3, 1.7)], "ratio")
    assert not is_most([row(2.0, 1.6, 2.4), row(1.5, 1.3, 1.7)], "ratio")


def test_most_of_counts_needs_numbers_that_differ_as_written() -> None:
    assert is_most([row(12), row(11)], "count")
    assert not is_most([row(12.2), row(11.9)], "count")
    assert not is_most([row(0.1361), row(0.1359)], "share")


def test_the_only_one_is_not_the_most() -> None:
    assert not is_most([row(2.0, 1.8, 2.2)], "ratio")


@pytest.mark.parametrize(
    ("found", "word"),
    [
        (row(2.3, 2.1, 2.5), "高达"),
        (row(2.3, 1.9, 2.7), "为"),
        (row(0.4, 0.3, 0.49), "仅"),
        (row(0.4, 0.3, 0.55), "为"),
        (row(1.0, 0.9, 1.1), "为"),
    ],
)
def test_size_words_need_the_whole_interval_beyond_the_band(found: Row, word: str) -> None:
    assert size_word(found, "scarcity", "zh") == word


def test_a_metric_without_a_band_gets_no_strong_word() -> None:
    assert size_word(row(1e9), "supply", "zh") == "为"


intervals = st.tuples(*[st.floats(0.01, 10)] * 3).map(sorted)


@given(intervals)
def test_scarce_and_ample_exclude_one_another_and_the_balance(found: list[float]) -> None:
    low, value, high = found
    one = row(value, low, high)
    assert not (is_scarce(one) and is_ample(one))
    if low <= 1 <= high:
        assert not is_scarce(one)
        assert not is_ample(one)
    said = balance(one).zh
    assert (said == "人才紧缺") == is_scarce(one)
    assert (said == "人才富余") == is_ample(one)


def test_nothing_is_said_without_a_number() -> None:
    assert balance(row(None)).zh == "无法判断供需"
