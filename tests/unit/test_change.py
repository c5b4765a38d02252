"""Changes between two months: per cent with a least base, ratios, differences; who is absent."""

from __future__ import annotations

import numpy as np
import pytest

from talentmap.analysis.change import LEAST_BASE, SCALES, change, worse_of
from talentmap.api.encode import encode
from talentmap.api.words import change_text
from talentmap.model.metric import S_INSUFFICIENT, S_MISSING, S_OK, S_SUPPRESSED, Values


def _one(kind: str, now: float, then: float) -> float | None:
    value, told = change(kind, np.array([now]), np.array([then]))
    return float(value[0]) if told[0] else None


def test_a_count_changes_in_per_cent_of_a_large_enough_base() -> None:
    assert _one("count", 150, 100) == pytest.approx(0.5)
    assert _one("count", 0, 100) == pytest.approx(-1.0)
    assert _one("count", 40, LEAST_BASE - 1) is None
    assert _one("count", 40, LEAST_BASE) == pytest.approx(1.0)


def test_an_index_changes_as_a_ratio_and_the_rest_by_a_difference() -> None:
    assert _one("ratio", 1.5, 1.2) == pytest.approx(1.25)
    assert _one("ratio", 1.5, 0.0) is None
    assert _one("share", 0.63, 0.60) == pytest.approx(0.03)
    assert _one("km", 8.1, 8.7) == pytest.approx(-0.6)
    assert _one("km", np.nan, 8.7) is None


def test_what_is_absent_at_either_end_is_absent() -> None:
    now = np.array([S_OK, S_OK, S_SUPPRESSED, S_INSUFFICIENT, S_MISSING], dtype=np.uint8)
    then = np.array([S_OK, S_SUPPRESSED, S_INSUFFICIENT, S_MISSING, S_SUPPRESSED], dtype=np.uint8)
    expected = [S_OK, S_SUPPRESSED, S_SUPPRESSED, S_MISSING, S_MISSING]
    assert worse_of(now, then).tolist() == expected
    assert worse_of(then, now).tolist() == expected


def test_edges_are_symmetric_around_no_change() -> None:
    for scale in SCALES.values():
        middle = np.log(scale.edges) if scale.kind == "times" else np.array(scale.edges)
        assert np.allclose(middle, -middle[::-1], atol=0.02), scale.kind


@pytest.mark.parametrize("shown", [[-1.0, 0.0, 3.0], [-0.25, 0.0, 0.4], [0.0], [1.0, 1.0]])
def test_codes_keep_falls_as_well_as_rises(shown: list[float]) -> None:
    value = np.array(shown)
    none = np.zeros(len(value), dtype=bool)
    codes, scale = encode(Values(value, np.zeros(len(value), dtype=np.uint8)), none, none)
    read = scale.a + scale.b * codes.astype(float)
    read = np.exp(read) if scale.kind == "log" else read
    assert np.allclose(read, value, atol=1e-3)


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (0.1234, "percent", "+12.3%"),
        (-0.5, "percent", "\u221250.0%"),
        (0.0, "percent", "0.0%"),
        (1.115, "times", "1.11"),
        (-0.014, "points", "\u22121.4"),
        (0.61, "km_change", "+0.6"),
        (-1.0, "score_change", "\u22121.00"),
    ],
)
def test_changes_in_words(value: float, kind: str, text: str) -> None:
    assert change_text(value, kind) == text
