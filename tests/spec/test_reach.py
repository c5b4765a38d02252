"""METHODS, reach: three nodes, 2SFCA, 3SFCA and Hansen to the digits given."""

import numpy as np
import pytest
from scipy import sparse

from talentmap.analysis.decay import Decay
from talentmap.analysis.reach import (
    EARTH_KM,
    catchment,
    neighbours,
    offered,
    own_km,
    pairs_within,
    potential,
    reach_matrix,
    three_stage,
)
from talentmap.model.errors import UserError

POPULATION = np.array([100.0, 50.0, 10.0])  # the demand of the reference
SUPPLY = np.array([15.0, 20.0, 100.0])
CUT_OFF = 61.0


def _weights(inbound: float, outbound: float, between: float) -> sparse.csr_array[np.float64]:
    """1 / cost: row the supply, column the demand; inbound is from nodes 1 and 2 to node 3."""
    cost = np.array([[1, between, outbound], [between, 1, outbound], [inbound, inbound, 1]])
    return sparse.csr_array(np.where(cost <= CUT_OFF, 1 / cost, 0.0))


@pytest.mark.parametrize(
    ("costs", "expected"),
    [
        ((40, 40, 80), (0.331444117, 0.5798281321, 7.2864181699)),
        ((20, 40, 80), (0.4353402209, 0.683724236, 5.7279766114)),
    ],
)
def test_two_stages(costs: tuple[float, float, float], expected: tuple[float, ...]) -> None:
    found = catchment(SUPPLY, POPULATION, _weights(*costs))
    assert found.access == pytest.approx(expected, abs=5e-11)
    assert found.effective == pytest.approx(POPULATION * found.access)
    assert found.unreachable.sum() == 0


def test_three_stages() -> None:
    """The reference lets openings choose among all supply, that beyond the cut-off too."""
    choice = np.array([1 + 1 / 80 + 1 / 40, 1 + 1 / 80 + 1 / 40, 1 + 2 / 40])
    found = catchment(SUPPLY, POPULATION, three_stage(_weights(40, 40, 80), choice))
    assert found.access == pytest.approx((0.1562565883, 0.4062164525, 9.9063518548), abs=5e-11)


def test_potential() -> None:
    found = potential(SUPPLY, _weights(40, 40, 80))
    assert found == pytest.approx((17.5, 22.5, 100.875), abs=1e-12)


def test_supply_without_an_opening_in_reach_is_told() -> None:
    alone = sparse.csr_array(np.diag([1.0, 1.0, 1.0]))
    found = catchment(SUPPLY, np.array([5.0, 0.0, 0.0]), alone)
    assert found.unreachable.tolist() == [0, 20, 100]
    assert found.access.tolist() == [3, 0, 0]
    assert found.effective.tolist() == [15, 0, 0]


def test_an_industry_without_openings_has_no_effective_supply() -> None:
    found = catchment(SUPPLY, np.zeros(3), _weights(40, 40, 80))
    assert found.access.tolist() == [0, 0, 0]
    assert found.unreachable.tolist() == SUPPLY.tolist()


def test_homes_and_works_may_be_different_cells() -> None:
    """Rows and columns that have nothing may be left out: the rest stays as it was."""
    whole = _weights(40, 40, 80)
    demand = np.array([100.0, 0.0, 10.0])
    part = sparse.csr_array(whole.toarray()[:, [0, 2]])
    found, full = catchment(SUPPLY, demand[[0, 2]], part), catchment(SUPPLY, demand, whole)
    assert found.access == pytest.approx(full.access[[0, 2]])
    assert found.unreachable.tolist() == full.unreachable.tolist()
    assert offered(SUPPLY, part).sum() == pytest.approx(SUPPLY.sum())


def test_one_cell() -> None:
    one = np.array([0.0])
    reach = reach_matrix(one, one, np.array([0.4]), Decay(), 20.0)
    found = catchment(np.array([30.0]), np.array([10.0]), reach)
    assert found.access == pytest.approx([3.0])
    assert offered(np.array([30.0]), reach) == pytest.approx([30.0])


def test_no_cell() -> None:
    none = np.zeros(0)
    reach = reach_matrix(none, none, none, Decay(), 20.0)
    assert catchment(none, none, reach).access.shape == (0,)


@pytest.mark.parametrize(
    ("decay", "expected"),
    [
        (Decay("gaussian", 5.0), (np.exp(-0.5), np.exp(-2.0))),
        (Decay("exponential", 5.0), (np.exp(-1.0), np.exp(-2.0))),
        (Decay("power", power=2.0), (1 / 25, 1 / 100)),
        (Decay("tanner", 5.0, 1.0), (np.exp(-1.0) / 5, np.exp(-2.0) / 10)),
        (Decay("step", 5.0), (1.0, 0.0)),
    ],
)
def test_decay(decay: Decay, expected: tuple[float, float]) -> None:
    assert decay.weight(np.array([5.0, 10.0])) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("decay", "km"),
    [
        (Decay("gaussian", 5.0), 15.3),  # sqrt(2 ln 100 + 1/25) scales
        (Decay("exponential", 5.0), 24.1),  # 5 ln 100 + 1
        (Decay("power", power=2.0), 10.1),
        (Decay("step", 5.0), 5.1),
        (Decay("exponential", 50.0), 60.0),  # the longest
    ],
)
def test_range(decay: Decay, km: float) -> None:
    assert decay.range_km() == pytest.approx(km, abs=0.11)


@pytest.mark.parametrize(
    ("family", "scale", "power", "said"),
    [
        ("gauss", 5.0, 1.0, "decay: unknown value 'gauss'; did you mean gaussian"),
        ("gaussian", 0.0, 1.0, "decay: scale_km must be above 0, not 0"),
        ("exponential", float("nan"), 1.0, "decay: scale_km must be above 0, not nan"),
        ("power", 5.0, -2.0, "decay: power must be above 0, not -2"),
    ],
)
def test_a_decay_that_cannot_be(family: str, scale: float, power: float, said: str) -> None:
    with pytest.raises(UserError, match=said):
        Decay(family, scale, power)


def test_distances_are_great_circles() -> None:
    lon, lat = np.array([117.0, 117.0, 117.5]), np.array([36.0, 36.9, 36.5])
    first, second, km = pairs_within(lon, lat, 200.0)
    found = {(i, j): d for i, j, d in zip(first, second, km, strict=True)}
    assert found[0, 1] == pytest.approx(np.radians(0.9) * EARTH_KM, rel=1e-12)
    half = (
        np.sin(np.radians(0.25)) ** 2
        + np.cos(np.radians(36.0)) * np.cos(np.radians(36.5)) * np.sin(np.radians(0.25)) ** 2
    )
    assert found[0, 2] == pytest.approx(2 * EARTH_KM * np.arcsin(np.sqrt(half)), rel=1e-12)


def test_a_pair_exactly_in_range_counts() -> None:
    lon, lat = np.zeros(2), np.array([0.0, np.degrees(10 / EARTH_KM)])
    assert neighbours(lon, lat, 10.0).toarray().tolist() == [[0, 1], [1, 0]]
    assert neighbours(lon, lat, 9.9999).nnz == 0


def test_points_at_one_spot_are_not_infinitely_near() -> None:
    spot = np.array([117.0, 117.0])
    inside = own_km(np.array([0.1, 0.7]))
    reach = reach_matrix(spot, np.full(2, 36.6), inside, Decay("power", power=2.0), 5.0)
    assert reach.toarray()[0, 1] == pytest.approx(np.pi / 0.1)
    assert reach.diagonal() == pytest.approx(np.pi / np.array([0.1, 0.7]))
