"""Catchments of Rhode Island: its filled jobs are the demand that people are in reach of."""

from __future__ import annotations

import pytest

from talentmap.answers.desk import Desk
from talentmap.answers.viewer import Viewer
from talentmap.cube.release import open_release
from talentmap.model.question import Question
from talentmap.model.workspace import Workspace

pytestmark = pytest.mark.real

PERSONS = 406_052
AUTHORISED = Viewer("authorised")


@pytest.fixture(scope="module")
def desk(lodes_workspace: Workspace) -> Desk:
    return Desk(open_release(lodes_workspace))


def reached(desk: Desk, level: str, **filters: str) -> float:
    question = Question(metric="supply", level=level, reach="catchment").but(**filters)
    values = desk.ask(question, AUTHORISED).table["value"].to_pylist()
    return float(sum(values))


@pytest.mark.parametrize("level", ["city", "district", "cell7", "cell8", "cell9"])
def test_nobody_in_reach_is_lost_or_made(desk: Desk, level: str) -> None:
    unreachable = desk.release.manifest["reach"]["unreachable"]
    assert reached(desk, level) + unreachable == pytest.approx(PERSONS, rel=1e-9)


def test_the_groups_of_industries_add_up(desk: Desk) -> None:
    parts = sum(reached(desk, "district", industry=code) for code in ("SI01", "SI02", "SI03"))
    assert parts == pytest.approx(PERSONS, rel=1e-6)


def test_the_decay_is_fitted_and_falls(desk: Desk) -> None:
    reach = desk.release.manifest["reach"]
    assert reach["origin"] == "fitted"
    assert reach["scale_km"] > 0
    assert {"gaussian", "exponential", "power"} <= set(reach["aic"]) | set(reach["rejected"])


def test_without_openings_scarcity_says_so(desk: Desk) -> None:
    rows = desk.ask(Question(metric="scarcity", level="district"), AUTHORISED).table
    assert set(rows["status"].to_pylist()) == {"missing"}
    assert rows["value"].null_count == rows.num_rows
