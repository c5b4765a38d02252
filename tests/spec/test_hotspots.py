"""METHODS, hot spots: reference numbers, and esda's numbers on a grid with gaps."""

from __future__ import annotations

import esda
import h3
import numpy as np
import numpy.typing as npt
import pytest
from libpysal.graph import Graph
from scipy import sparse
from scipy.stats import false_discovery_control

from talentmap.analysis.areas import cell_areas_km2
from talentmap.analysis.hotspots import (
    HIGH_HIGH,
    LOW_LOW,
    false_discovery,
    getis_ord,
    hot_spots,
    local_moran,
)

Floats = npt.NDArray[np.float64]
Matrix = sparse.csr_array[np.float64]

POINTS = np.array([(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)], dtype=float)
Y = np.array([2, 3, 3.2, 5, 8, 7])


def _near(points: Floats, threshold: float) -> Matrix:
    gap = points[:, None] - points
    km = np.hypot(gap[..., 0], gap[..., 1])
    return sparse.csr_array(((km <= threshold) & (km > 0)).astype(np.float64))


def _city(seed: int = 4) -> tuple[Floats, Matrix]:
    """About 500 places on a grid with gaps, skewed numbers, higher in the middle."""
    dice = np.random.default_rng(seed)
    points = np.argwhere(dice.random((25, 25)) < 0.8).astype(float)
    y = dice.gamma(1.5, size=len(points)) * np.exp(-((points - 12) ** 2).sum(axis=1) / 60)
    near = _near(points, 1.5)
    kept = np.flatnonzero(near.sum(axis=1) > 0)
    return y[kept], near[kept][:, kept]


def test_reference() -> None:
    found = getis_ord(Y, _near(POINTS, 15), star=False)
    expected = (-1.01367, -0.04362, 1.31559, -0.31413, 1.15374, 1.77834)
    assert found == pytest.approx(expected, abs=5e-6)


@pytest.mark.parametrize("star", [True, False])
def test_it_is_the_statistic_of_esda(star: bool) -> None:
    y, near = _city()
    graph = Graph.from_sparse(near)
    theirs = esda.G_Local(y, graph, transform="B", star=star, permutations=0).Zs
    assert getis_ord(y, near, star=star) == pytest.approx(theirs, rel=1e-9, abs=1e-9)
    both = getis_ord(np.column_stack([-y, y]), near, star=star)
    assert both[:, 1] == pytest.approx(theirs, rel=1e-9, abs=1e-9)
    assert both[:, 0] == pytest.approx(-theirs, rel=1e-9, abs=1e-9)


@pytest.mark.filterwarnings("ignore::scipy.sparse.SparseEfficiencyWarning")
def test_local_moran_is_that_of_esda() -> None:
    """esda's I has n-1 where its own moments have n: those are taken as they are."""
    y, near = _city()
    theirs = esda.Moran_Local(y, Graph.from_sparse(near), permutations=0)
    found = local_moran(y, near, level=1.0)
    n = len(y)
    assert found.value == pytest.approx(theirs.Is * n / (n - 1), rel=1e-9, abs=1e-12)
    z = (found.value - theirs.EIc) / np.sqrt(theirs.VIc)
    assert found.z == pytest.approx(z, rel=1e-9, abs=1e-9)
    assert found.kind.tolist() == theirs.q.tolist()


@pytest.mark.filterwarnings("ignore::scipy.sparse.SparseEfficiencyWarning")
@pytest.mark.filterwarnings("ignore:The alternative hypothesis:DeprecationWarning")
def test_local_moran_agrees_with_permutations() -> None:
    """Closed moments and esda's 999 conditional permutations find the same places."""
    y, near = _city()
    theirs = esda.Moran_Local(y, Graph.from_sparse(near), permutations=999, seed=7, n_jobs=1)
    found = local_moran(y, near)
    assert np.corrcoef(found.z, theirs.z_sim)[0, 1] > 0.995
    clear = np.abs(found.z) > 2.8
    assert np.mean(theirs.p_sim[clear] < 0.02) > 0.9


def test_false_discovery_is_benjamini_and_hochberg() -> None:
    p = np.random.default_rng(3).beta(0.3, 1.0, 400)
    assert false_discovery(p) == pytest.approx(false_discovery_control(p), rel=1e-12)
    assert (false_discovery(p) <= 0.05).sum() == (p <= esda.fdr(p, 0.05)).sum()
    some = np.array([0.01, np.nan, 0.04, 0.03, 0.5])
    assert false_discovery(some) == pytest.approx(
        (0.04, np.nan, 0.16 / 3, 0.16 / 3, 0.5), nan_ok=True
    )


def test_a_hill_is_hot_and_noise_is_not() -> None:
    y, near = _city()
    found = hot_spots(y, near)
    assert 20 < (found.mark == 1).sum() < 200
    assert y[found.mark == 1].mean() > 3 * y[found.mark == 0].mean()
    noise = np.random.default_rng(1).normal(size=len(y))
    assert np.count_nonzero(hot_spots(noise, near).mark) <= 2
    kinds = local_moran(y, near).kind
    assert (kinds == HIGH_HIGH).sum() > 20
    far = local_moran(-y, near).kind
    assert (far == LOW_LOW).sum() == (kinds == HIGH_HIGH).sum()


def test_unknown_and_lonely_places_are_not_tested() -> None:
    points = np.array([[0, 0], [1, 0], [2, 0], [3, 0], [50, 0], [3, 1]], dtype=float)
    y = np.array([9.0, 8.0, 1.0, 0.0, 100.0, np.nan])
    near = _near(points, 1.0)
    for found in (hot_spots(y, near), local_moran(y, near)):
        assert np.isnan(found.q).tolist() == [False] * 4 + [True, True]
    alone = hot_spots(y[:4], near[:4][:, :4])
    assert hot_spots(y, near).z[:4] == pytest.approx(alone.z)


@pytest.mark.parametrize("y", [[3.0] * 6, [np.nan] * 6, [0.3, 0.1 + 0.2, 0.3, 0.3, 0.3, 0.1 + 0.2]])
def test_where_nothing_varies_nothing_is_hot(y: list[float]) -> None:
    near = _near(POINTS, 15)
    assert hot_spots(np.array(y), near).mark.tolist() == [0] * 6
    assert local_moran(np.array(y), near).kind.tolist() == [0] * 6


def test_nothing_to_test() -> None:
    none = sparse.csr_array((0, 0), dtype=np.float64)
    assert hot_spots(np.zeros(0), none).mark.shape == (0,)
    one = sparse.csr_array((1, 1), dtype=np.float64)
    assert local_moran(np.ones(1), one).kind.tolist() == [0]


def test_areas_are_those_of_h3_and_differ_within_china() -> None:
    towns = {
        "Sanya": (18.25, 109.5),
        "Jinan": (36.65, 117.0),
        "Mohe": (53.0, 122.5),
        "Kashi": (39.5, 76.0),
    }
    cells = [h3.latlng_to_cell(lat, lon, 8) for lat, lon in towns.values()]
    found = cell_areas_km2(np.array([int(cell, 16) for cell in cells]))
    assert found == pytest.approx([h3.cell_area(cell, "km^2") for cell in cells], rel=1e-9)
    assert found.max() / found.min() > 1.3
