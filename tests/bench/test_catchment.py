"""The catchment of all sections over a large city, beside the package `access`."""

from __future__ import annotations

import time
from dataclasses import dataclass

import h3
import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from access import Access

from talentmap.analysis.areas import cell_areas_km2
from talentmap.analysis.decay import Decay
from talentmap.analysis.reach import Matrix, catchment, own_km, pairs_within, reach_matrix
from tests.bench.timing import median_ms

Floats = npt.NDArray[np.float64]

RINGS, SECTIONS = 91, 20  # 25 117 cells of resolution 8
RANGE_KM = 10.0
DECAY = Decay("gaussian", 4.0)
MATRIX_LIMIT_MS = 2000.0
TIMES_FASTER = 500.0
ROUNDS = 2


@dataclass(frozen=True)
class City:
    lon: Floats
    lat: Floats
    inside: Floats
    supply: Floats
    demand: Floats


@pytest.fixture(scope="module")
def city() -> City:
    cells = sorted(h3.grid_disk(h3.latlng_to_cell(36.65, 117.0, 8), RINGS))
    at = np.array([h3.cell_to_latlng(cell) for cell in cells])
    areas = cell_areas_km2(np.array([int(cell, 16) for cell in cells]))
    dice = np.random.default_rng(1)
    shape = (len(cells), SECTIONS)
    demand = dice.poisson(0.8, shape).astype(float)
    return City(at[:, 1], at[:, 0], own_km(areas), dice.poisson(6.0, shape).astype(float), demand)


def _reach(city: City) -> Matrix:
    return reach_matrix(city.lon, city.lat, city.inside, DECAY, RANGE_KM)


def _theirs(city: City) -> Access:
    """The same city in the package's terms: those who choose are the openings."""
    first, second, km = pairs_within(city.lon, city.lat, RANGE_KM)
    own = np.arange(len(city.lon))
    costs = pd.DataFrame(
        {
            "origin": np.concatenate([first, second, own]),
            "dest": np.concatenate([second, first, own]),
            "cost": np.concatenate([km, km, city.inside]),
        }
    )
    cells = pd.DataFrame({"cell": own, "supply": city.supply[:, 0], "demand": city.demand[:, 0]})
    return Access(
        demand_df=cells, demand_index="cell", demand_value="demand",
        supply_df=cells, supply_index="cell", supply_value=["supply"],
        cost_df=costs, cost_origin="origin", cost_dest="dest", cost_name="cost",
    )  # fmt: skip


def test_the_matrix(city: City) -> None:
    taken = median_ms(f"reach of {len(city.lon):,} cells", lambda: _reach(city), times=3)
    assert taken < MATRIX_LIMIT_MS


@pytest.mark.filterwarnings("ignore:The inplace keyword")
def test_all_sections_beside_access(city: City) -> None:
    """Taken in turns, so that what else the machine does falls on both."""
    reach, theirs = _reach(city), _theirs(city)

    def weight(km: float) -> float:
        return float(np.exp(-0.5 * (km / DECAY.scale_km) ** 2))

    ratios = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        found = catchment(city.supply, city.demand, reach).access
        each = (time.perf_counter() - started) / SECTIONS
        started = time.perf_counter()
        answer = theirs.two_stage_fca(name="a", cost="cost", max_cost=99.0, weight_fn=weight)
        ratios.append((time.perf_counter() - started) / each)
        print(f"\n{reach.nnz:,} pairs: {1000 * each:.1f} ms a section; access × {ratios[-1]:.0f}")
    expected = answer["a_supply"].reindex(np.arange(len(city.lon))).to_numpy()
    assert found[:, 0] == pytest.approx(expected, rel=1e-12)
    assert min(ratios) >= TIMES_FASTER
