"""Flows of any area, the matrix and the lines: quick, and not slower for more people."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from talentmap.analysis.excess import excess_commuting
from talentmap.answers.desk import Desk
from talentmap.answers.flows import Flows
from talentmap.answers.viewer import Viewer
from talentmap.cube.release import open_release
from talentmap.model.question import Question
from talentmap.model.workspace import Workspace
from talentmap.privacy.planes import TIER_RULES
from tests.bench.timing import median_ms

AUTHORISED = Viewer("authorised")
CIRCLE = "circle:117.02,36.66,3"
AREA_MS, MATRIX_MS, LINES_MS, SOLVED_MS = 50.0, 1000.0, 1000.0, 1000.0
PAIRS, CELLS, AREA_CELLS, ZONES = 3_000_000, 40_000, 300, 120
TIMES_FASTER = 5.0


@pytest.fixture(scope="module")
def desk(demo_workspace: Workspace) -> Desk:
    return Desk(open_release(demo_workspace))


@pytest.mark.parametrize(
    ("name", "place", "limit"),
    [
        ("flows", CIRCLE, AREA_MS),
        ("flows", "district:370102", AREA_MS),
        ("distances", CIRCLE, AREA_MS),
        ("destinations", CIRCLE, AREA_MS),
        ("matrix", "", MATRIX_MS),
        ("shuttles", "park:P08", LINES_MS),
        ("shuttles", "", LINES_MS),
    ],
)
def test_an_answer(desk: Desk, name: str, place: str, limit: float) -> None:
    level = "cell7" if name == "matrix" else "district"
    question = Question(place=place, level=level)
    ask: Callable[..., object] = getattr(desk, name)
    assert median_ms(f"{name} {place}", lambda: ask(question, AUTHORISED)) < limit


def _many() -> Flows:
    """As many pairs of cells as ten million people have, one city over."""
    dice = np.random.default_rng(4)
    home, work = (np.sort(dice.integers(0, CELLS, PAIRS)), dice.integers(0, CELLS, PAIRS))
    return Flows(home, work, dice.integers(1, 9, PAIRS).astype(float), TIER_RULES["authorised"])


def test_an_area_among_many_pairs_beside_pandas() -> None:
    flows = _many()
    dice = np.random.default_rng(5)
    area = np.sort(dice.choice(CELLS, AREA_CELLS, replace=False))
    frame = pd.DataFrame({"home": flows.home, "work": flows.work, "persons": flows.persons})

    def ours() -> tuple[float, float, float]:
        rows, came = flows.leaving(area), flows.coming(area)
        inside = np.isin(flows.work[rows], area)
        stay = float(flows.persons[rows][inside].sum())
        return (
            stay,
            float(flows.persons[came].sum()) - stay,
            float(flows.persons[rows].sum()) - stay,
        )

    def naive() -> tuple[float, float, float]:
        lives, works = frame["home"].isin(area), frame["work"].isin(area)
        persons = frame["persons"]
        return (
            float(persons[lives & works].sum()),
            float(persons[works & ~lives].sum()),
            float(persons[lives & ~works].sum()),
        )

    assert ours() == naive()
    quick = median_ms("in and out of 300 of 40 000 cells, 3 million pairs", ours)
    slow = median_ms("the same in pandas", naive, times=3)
    assert quick < AREA_MS
    assert slow > TIMES_FASTER * quick


def test_excess_of_120_zones() -> None:
    dice = np.random.default_rng(6)
    at = dice.normal(0, 12, (ZONES, 2))
    km = np.hypot(*(at[:, None] - at).transpose(2, 0, 1)) + 0.5
    flows = dice.poisson(40, (ZONES, ZONES)).astype(float)
    took = median_ms("Tmin and Tmax of 120 zones", lambda: excess_commuting(flows, km))
    assert took < SOLVED_MS
