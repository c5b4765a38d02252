"""METHODS, scarcity: the composite, its stars and what it does with what is missing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from talentmap.analysis.bands import ACTIONS, Rule, actions, stars
from talentmap.analysis.composite import (
    combine,
    rank_interval,
    robust_z,
)
from talentmap.model.errors import UserError
from talentmap.model.rules import ScarcityRules, read_rules

WEIGHTS = np.array(ScarcityRules().weights)
NAN = float("nan")


def test_reference() -> None:
    found = combine(np.array([[1.2, 0.4, 0.9, 0.1, -0.2]]), WEIGHTS)
    assert found.value[0] == pytest.approx(0.635, abs=1e-12)
    assert found.score[0] == pytest.approx(73.7286, abs=5e-5)
    assert found.contributions[0] == pytest.approx((0.42, 0.1, 0.135, 0.01, -0.03))
    assert found.coverage[0] == pytest.approx(1.0)


def test_what_is_missing_is_left_out() -> None:
    z = np.array([[1.2, NAN, 0.9, NAN, -0.2], [NAN] * 5, [NAN, NAN, NAN, 2.0, NAN]])
    found = combine(z, WEIGHTS)
    assert found.value[0] == pytest.approx((0.42 + 0.135 - 0.03) / 0.65)
    assert found.value[2] == pytest.approx(2.0)
    assert found.coverage == pytest.approx((0.65, 0.0, 0.1))
    assert np.isnan(found.value[1])
    assert np.isnan(found.score[1])
    assert found.contributions[1].tolist() == [0] * 5


def test_robust_z() -> None:
    found = robust_z(np.array([1, 2, 3, 4, 100, NAN]))
    assert found[:4] == pytest.approx(np.array([-2, -1, 0, 1]) / 1.4826)
    assert found[4] == 5.0
    assert np.isnan(found[5])


@pytest.mark.parametrize(
    ("x", "z"),
    [
        ([7.0, 7.0, 7.0], [0, 0, 0]),
        ([3.0], [0]),
        ([NAN, NAN], [NAN, NAN]),
        ([], []),
        ([0, 0, 0, 0, 0, 1, 2, 2], [0] * 5 + [1 / (0.7413 * 1.25)] + [2 / (0.7413 * 1.25)] * 2),
        ([0] * 9 + [1.0], [0] * 9 + [1 / 0.3]),  # range 0 too, standard deviation .3
    ],
)
def test_robust_z_where_most_are_equal(x: list[float], z: list[float]) -> None:
    assert robust_z(np.array(x, dtype=float)) == pytest.approx(np.array(z), nan_ok=True)


def test_ranks_move_with_the_weights() -> None:
    z = np.array([[3.0] * 5, [2.0, -2.0, 0, 0, 0], [-2.0, 3.2, 0, 0, 0], [-3.0] * 5, [NAN] * 5])
    found = rank_interval(z, WEIGHTS)
    assert found.rank.tolist() == [1, 2, 3, 4, 0]
    assert found.low.tolist() == [1, 2, 2, 4, 0]
    assert found.high.tolist() == [1, 3, 3, 4, 0]


def test_ranks_of_nobody_and_of_one_weight() -> None:
    assert rank_interval(np.zeros((0, 5)), WEIGHTS).rank.shape == (0,)
    only = np.array([1.0, 0, 0, 0, 0])
    found = rank_interval(np.array([[1.0, 9, 9, 9, 9], [2.0, 0, 0, 0, 0]]), only)
    assert found.rank.tolist() == found.low.tolist() == found.high.tolist() == [2, 1]


def test_the_same_seed_gives_the_same_interval() -> None:
    z = np.random.default_rng(1).normal(size=(30, 5))
    once, again = rank_interval(z, WEIGHTS, seed=3), rank_interval(z, WEIGHTS, seed=3)
    assert once.low.tolist() == again.low.tolist()
    assert once.high.tolist() == again.high.tolist()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"tightness": 0.5, "unfilled": 0.4}, "weights add up to 0.9, not 1"),
        ({"tightness": 1.5, "unfilled": -0.5}, "weights are between 0 and 1, not 1.5"),
        ({"tightness": 0.5, "salary": 0.5}, "'salary'"),
        ({"tightness": NAN, "unfilled": 1.0}, "weights are between 0 and 1, not nan"),
        ({}, "weights add up to 0, not 1"),
    ],
)
def test_weights_that_cannot_be(given: dict[str, float], said: str) -> None:
    with pytest.raises(UserError, match=said):
        read_rules({"weights": given}, Path("city.toml"))


@pytest.mark.parametrize("stars", [[20, 40, 40, 80], [20, 40, NAN, 80], [80, 60, 40, 20], [20, 40]])
def test_stars_that_cannot_be(stars: list[float]) -> None:
    with pytest.raises(UserError, match="four ascending scores"):
        read_rules({"stars": stars}, Path("city.toml"))


def test_weights_of_a_profile() -> None:
    assert read_rules({}, Path("city.toml")) == ScarcityRules()
    assert read_rules({"weights": {"unfilled": 1}}, Path("city.toml")).weights == (0, 1, 0, 0, 0)


def test_stars() -> None:
    score = np.array([10, 20, 40, 60, 80, 99, 99, 99, NAN, 99])
    above = np.array([0.9, 0.9, 0.9, 0.9, 0.9, 0.89, 0.95, NAN, 0.95, 0.99])
    weight = np.array([0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.29, 0.9, 0.9, 0.0])
    found = stars(score, above, weight, np.ones(10))
    assert found.tolist() == [1, 2, 3, 4, 5, 3, 0, 3, 0, 0]
    assert stars(score, above, weight, np.zeros(10)).tolist() == [1, 2, 3, 3, 3, 3, 0, 3, 0, 0]
    assert actions(found)[:6] == ["none", "watch", "share", "train", "recruit", "share"]
    assert actions(found)[6] == ""
    assert len(ACTIONS) == 6


def test_an_empty_place_has_no_star_whatever_the_rule() -> None:
    found = stars(np.array([99.0]), np.ones(1), np.zeros(1), np.ones(1), Rule(least_weight=0.0))
    assert found.tolist() == [0]


@pytest.mark.parametrize(
    ("cut_offs", "sure", "said"),
    [
        ((20, 40, 60), 0.9, "cut_offs: four rising scores between 0 and 100 wanted, not 20, 40"),
        ((20, 60, 40, 80), 0.9, "cut_offs: four rising"),
        ((20, 40, 60, 100), 0.9, "cut_offs: four rising"),
        ((20, 40, 60, 80), 90, "sure: a probability between 0 and 1 wanted, not 90"),
    ],
)
def test_a_rule_that_cannot_be(cut_offs: tuple[float, ...], sure: float, said: str) -> None:
    with pytest.raises(UserError, match=said):
        Rule(cut_offs, sure)
