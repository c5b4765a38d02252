"""Rhode Island 2019: every answer equals what plain pandas finds in the file."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import h3
import pandas as pd
import pytest

from talentmap.answers.desk import Desk
from talentmap.answers.viewer import Viewer
from talentmap.cube.release import open_release
from talentmap.model.question import Question
from talentmap.model.workspace import Workspace
from tests.conftest import SHARED

pytestmark = pytest.mark.real

PERSONS = 406_052
COUNTIES = 5
AUTHORISED = Viewer("authorised")
FLOWS = {"inflow": "work", "outflow": "home"}
SIDES = {"work": "w_geocode", "home": "h_geocode"}


@pytest.fixture(scope="module")
def desk(lodes_workspace: Workspace) -> Desk:
    return Desk(open_release(lodes_workspace))


@pytest.fixture(scope="module")
def jobs(lodes_workspace: Workspace) -> pd.DataFrame:
    """One row a pair of blocks: persons, and county, longitude and latitude of both ends."""
    assert lodes_workspace.path.is_dir()
    folder = SHARED / "lodes_ri"
    text = {"w_geocode": str, "h_geocode": str}
    od = pd.read_csv(folder / "ri_od_main_JT00_2019.csv.gz", dtype=text)
    blocks = pd.read_csv(folder / "ri_xwalk.csv.gz", dtype=str, low_memory=False)
    blocks = blocks.set_index("tabblk2010")[["cty", "blklondd", "blklatdd"]]
    for side, block in SIDES.items():
        od = od.join(blocks.add_prefix(f"{side}_"), on=block)
    return od


def ask(desk: Desk, question: Question) -> dict[str, float]:
    table = desk.ask(question, AUTHORISED).table
    assert set(table["status"].to_pylist()) <= {"ok"}
    return dict(zip(table["id"].to_pylist(), table["value"].to_pylist(), strict=True))


def above_zero(found: dict[str, float]) -> dict[str, float]:
    return {key: value for key, value in found.items() if value}


@pytest.mark.parametrize("side", SIDES)
def test_the_city_and_its_counties(desk: Desk, jobs: pd.DataFrame, side: str) -> None:
    assert list(ask(desk, Question("supply", side, "city")).values()) == [PERSONS]
    found = ask(desk, Question("supply", side, "district"))
    assert len(found) == COUNTIES
    assert found == jobs.groupby(f"{side}_cty")["S000"].sum().to_dict()


def test_who_lives_and_works_in_a_county(desk: Desk, jobs: pd.DataFrame) -> None:
    stay = jobs[jobs["home_cty"] == jobs["work_cty"]].groupby("home_cty")["S000"].sum()
    at_work = jobs.groupby("work_cty")["S000"].sum()
    at_home = jobs.groupby("home_cty")["S000"].sum()
    assert ask(desk, Question("inflow", level="district")) == (at_work - stay).to_dict()
    assert ask(desk, Question("outflow", level="district")) == (at_home - stay).to_dict()
    containment = ask(desk, Question("self_containment", level="district"))
    assert containment == pytest.approx((stay / at_work).to_dict())
    sufficiency = ask(desk, Question("self_sufficiency", level="district"))
    assert sufficiency == pytest.approx((stay / at_home).to_dict())


@pytest.mark.parametrize("side", SIDES)
def test_every_hexagon_at_every_level(desk: Desk, jobs: pd.DataFrame, side: str) -> None:
    where = jobs.groupby([f"{side}_blklatdd", f"{side}_blklondd"])["S000"].sum()
    base = pd.Series(
        {(lat, lon): h3.latlng_to_cell(float(lat), float(lon), 9) for lat, lon in where.index}
    )
    for resolution in (9, 8, 7):
        cells = [h3.cell_to_parent(cell, resolution) for cell in base.loc[where.index]]
        expected = where.groupby(cells).sum()
        found = above_zero(ask(desk, Question("supply", side, f"cell{resolution}")))
        assert found == expected.to_dict()
        assert sum(found.values()) == PERSONS


def test_the_groups_of_industry_and_age_keep_their_margins(desk: Desk, jobs: pd.DataFrame) -> None:
    margins = {
        "industry": {"SI01": "SI01", "SI02": "SI02", "SI03": "SI03"},
        "age": {"A1": "SA01", "A2": "SA02", "A3": "SA03"},
        "wage": {"SE01": "SE01", "SE02": "SE02", "SE03": "SE03"},
    }
    for dimension, columns in margins.items():
        for code, column in columns.items():
            found = ask(desk, Question("supply", level="district").but(**{dimension: code}))
            expected = jobs.groupby("work_cty")[column].sum()
            assert above_zero(found) == expected[expected > 0].to_dict()


def test_the_command_line_says_the_same(lodes_workspace: Workspace, repo_root: Path) -> None:
    query = "metric=supply&at=work&level=city"
    command = [sys.executable, "-m", "talentmap", "ask", str(lodes_workspace.path), query]
    done = subprocess.run(
        [*command, "--as", "authorised", "--format", "json"],
        cwd=repo_root,
        capture_output=True,
        check=True,
    )
    said = json.loads(done.stdout)
    assert said["rows"][0]["value"] == PERSONS
    assert {"question", "metric", "unit", "month", "release", "source", "rows"} <= said.keys()
    assert said["month"] == "2019-04"
