"""Shuttle lines: who is served, how long a line is, and that nothing is left to chance."""

from __future__ import annotations

import numpy as np
import pytest

from talentmap.analysis.shuttle import Rules, candidate_lines, clusters, plane

AT = (117.0, 36.6)


def _city(seed: int = 5) -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.float64]], ...]:
    """Three estates and some scattered homes round a place of work at 0, 0."""
    dice = np.random.default_rng(seed)
    estates = [(8.0, 1.0, 40), (12.0, 1.5, 60), (-3.0, -9.0, 50)]
    km = [dice.normal((x, y), 0.4, (n, 2)) for x, y, n in estates]
    km.append(dice.uniform(-15, 15, (60, 2)))
    points = np.concatenate(km)
    return points, dice.integers(1, 6, len(points)).astype(float)


def test_lines_keep_to_their_rules() -> None:
    km, persons = _city()
    rules = Rules(stops=4, most_km=25.0)
    found = candidate_lines(km, persons, rules)
    assert len(found) >= 2
    assert [line.served for line in found] == sorted((x.served for x in found), reverse=True)
    for line in found:
        assert 1 <= len(line.stops) <= 4
        legs = np.diff(np.vstack([km[line.stops], [[0, 0]]]), axis=0)
        length = np.hypot(legs[:, 0], legs[:, 1])
        assert line.km == pytest.approx(length.sum() * 1.3)
        assert line.km <= 25.0
        ride = np.cumsum(length[::-1])[::-1]
        assert (ride <= 1.6 * line.way_km + 2.0).all()


def test_served_are_those_within_a_walk_and_nobody_twice() -> None:
    km, persons = _city()
    found = candidate_lines(km, persons, Rules(lines=20))
    stops = np.concatenate([line.stops for line in found])
    far = np.hypot(*(km[:, None] - km[stops]).transpose(2, 0, 1)).min(axis=1)
    away = np.hypot(km[:, 0], km[:, 1]) > 0.8
    served = sum(line.served for line in found)
    assert served <= persons[(far <= 0.8) & away].sum()
    for line in found:
        for stop, people in zip(line.stops, line.persons, strict=True):
            near = np.hypot(*(km - km[stop]).T) <= 0.8
            assert people <= persons[near & away].sum()


def test_two_estates_on_one_way_share_a_line() -> None:
    km, persons = _city()
    first = candidate_lines(km, persons, Rules())[0]
    east = km[first.stops][:, 0] > 5
    assert east.any()
    assert km[first.stops[0], 0] == km[first.stops][:, 0].max()  # the far end comes first
    both = persons[:100].sum()
    assert first.served > 0.7 * both


def test_the_order_of_homes_does_not_matter() -> None:
    km, persons = _city()
    turned = np.random.default_rng(1).permutation(len(km))
    one = candidate_lines(km, persons, Rules())
    other = candidate_lines(km[turned], persons[turned], Rules())
    assert [round(line.served) for line in one] == [round(line.served) for line in other]
    again = candidate_lines(km, persons, Rules())
    assert all((a.stops == b.stops).all() for a, b in zip(one, again, strict=True))


def test_clusters_are_dense_and_the_largest_is_first() -> None:
    km, persons = _city()
    label = clusters(km, persons, 0.8)
    sizes = [persons[label == k].sum() for k in range(label.max() + 1)]
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(label[40:100][label[40:100] >= 0])) == 1


def test_nobody_far_away_means_no_line() -> None:
    assert candidate_lines(np.zeros((0, 2)), np.zeros(0), Rules()) == []
    assert candidate_lines(np.array([[0.2, 0.1]]), np.array([500.0]), Rules()) == []
    assert candidate_lines(np.array([[90.0, 0.0]]), np.array([500.0]), Rules()) == []


def test_the_plane_is_in_kilometres() -> None:
    km = plane(np.array([117.1]), np.array([36.7]), AT)[0]
    assert km == pytest.approx([111.195 * 0.1 * np.cos(np.radians(36.6)), 11.1195])
