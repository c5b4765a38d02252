"""METHODS, mismatch: reference numbers and what the indices are for."""

from __future__ import annotations

import numpy as np
import pytest

from talentmap.analysis.mismatch import (
    duncan,
    margins_and_joint,
    mismatch,
    mismatch_by_chance,
    mismatch_weighted,
    qualification,
)


@pytest.mark.parametrize(
    ("seekers", "openings", "half", "less", "change"),
    [
        ((50, 30, 20), (20, 30, 50), 0.0675444680, 0.0648875972, 0.3),
        ((90, 10), (10, 90), 0.4, 0.3854582, 0.8),
        ((100, 0), (0, 100), 1.0, 1.0, 1.0),
        ((30, 30, 40), (3, 3, 4), 0.0, 0.0, 0.0),
    ],
)
def test_reference(
    seekers: tuple[int, ...], openings: tuple[int, ...], half: float, less: float, change: float
) -> None:
    v, u = np.array(openings, dtype=float), np.array(seekers, dtype=float)
    assert mismatch(v, u) == pytest.approx(half, abs=5e-11)
    assert mismatch(v, u, 0.4) == pytest.approx(less, abs=5e-8 if len(v) == 2 else 5e-11)
    assert duncan(v, u) == pytest.approx(change, abs=1e-12)


def test_equal_efficiencies_weigh_nothing() -> None:
    v, u = np.array([20.0, 30, 50]), np.array([50.0, 30, 20])
    assert mismatch_weighted(v, u, np.full(3, 0.7), 0.4) == pytest.approx(mismatch(v, u, 0.4))


def test_the_weighted_index_is_0_where_a_planner_would_put_the_seekers() -> None:
    """u_i in proportion to φ_i^(1/α) v_i equalises what one more seeker brings."""
    v, phi, alpha = np.array([20.0, 30, 50]), np.array([1.0, 2.0, 0.5]), 0.4
    u = phi ** (1 / alpha) * v
    assert mismatch_weighted(v, u, phi, alpha) == pytest.approx(0, abs=1e-12)
    assert mismatch(v, u, alpha) > 0.05
    assert mismatch_weighted(v, v, phi, alpha) > 0.05


def test_nothing_on_one_side_is_not_a_number() -> None:
    some, none = np.array([1.0, 2.0]), np.zeros(2)
    for v, u in ((some, none), (none, some), (none, none)):
        assert np.isnan(mismatch(v, u))
        assert np.isnan(duncan(v, u))
        assert np.isnan(mismatch_weighted(v, u, np.ones(2)))
        assert np.isnan(mismatch_by_chance(v, u).value)
        assert np.isnan(qualification(v, u).over)
    assert np.isnan(mismatch_weighted(some, some, none))


def test_chance_alone_is_taken_off() -> None:
    """200 categories, 150 openings, all dealt from one distribution: sparse, not mismatched."""
    dice = np.random.default_rng(2)
    share = dice.dirichlet(np.full(200, 0.5))
    v, u = (dice.multinomial(n, share).astype(float) for n in (150, 400))
    found = mismatch_by_chance(v, u)
    assert found.raw > 0.1
    assert found.value < 0.03
    assert found.p > 0.05


def test_what_is_real_stays() -> None:
    v, u = np.array([0.0, 100.0]), np.array([100.0, 0.0])
    found = mismatch_by_chance(v, u)
    assert found.value == 1.0
    assert found.p < 0.01
    assert found.chance < 0.01


def test_the_same_seed_gives_the_same_correction() -> None:
    v, u = np.array([3.0, 5, 0, 2]), np.array([4.0, 1, 6, 2])
    assert mismatch_by_chance(v, u, seed=9) == mismatch_by_chance(v, u, seed=9)


def test_weights_that_round_to_nobody_cannot_be_corrected() -> None:
    found = mismatch_by_chance(np.array([0.2, 0.2]), np.array([4.0, 1.0]))
    assert found.raw > 0
    assert np.isnan(found.value)


def test_what_only_shows_jointly() -> None:
    """Both margins agree; who studied what at which level does not."""
    openings = np.array([[100.0, 0], [0, 100]])
    seekers = np.array([[0.0, 100], [100, 0]])
    found = margins_and_joint(openings, seekers, ("specialty", "education"))
    assert found.joint.value == 1.0
    assert found.margins["specialty"].value == 0.0
    assert found.only_joint == {"specialty": 1.0, "education": 1.0}


def test_three_margins() -> None:
    dice = np.random.default_rng(1)
    v, u = dice.poisson(20, (3, 4, 2)).astype(float), dice.poisson(9, (3, 4, 2)).astype(float)
    found = margins_and_joint(v, u, ("specialty", "education", "title"))
    assert found.margins["education"].raw == mismatch(v.sum(axis=(0, 2)), u.sum(axis=(0, 2)))
    assert found.joint.raw == mismatch(v, u)


@pytest.mark.parametrize(
    ("openings", "seekers", "over", "under"),
    [
        ((50, 50, 0), (50, 50, 0), 0.0, 0.0),
        ((50, 50, 0), (0, 50, 50), 0.5, 0.0),  # half of the people find nothing of their level
        ((0, 50, 50), (50, 50, 0), 0.0, 0.5),  # half of the posts ask for more than anybody has
        ((0, 100, 0), (50, 0, 50), 0.5, 0.5),
        ((10, 0, 0), (0, 0, 30), 1.0, 0.0),
    ],
)
def test_qualification(
    openings: tuple[int, ...], seekers: tuple[int, ...], over: float, under: float
) -> None:
    found = qualification(np.array(openings, dtype=float), np.array(seekers, dtype=float))
    assert (found.over, found.under) == pytest.approx((over, under))
