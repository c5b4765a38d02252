"""The sum over hexagons is the sum over districts is the city, at every level, home and work."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talentmap.answers.desk import Desk
from talentmap.answers.viewer import Viewer
from talentmap.cube.build import build
from talentmap.cube.release import open_release
from talentmap.intake.create import new_workspace
from talentmap.intake.importer import import_file
from talentmap.model.question import Question

ROWS = 3_000
AUTHORISED = Viewer("authorised")
LEVELS = ("district", "cell7", "cell8", "cell9")
INDUSTRIES = ("I", "C", "I65", "C39")
EDUCATIONS = ("11", "21", "31", "61")
WEST, SOUTH, SIDE, DISTRICTS = 116.9, 36.5, 0.15, 3


def squares() -> dict[str, object]:
    """Three square districts in a row."""

    def feature(i: int) -> dict[str, object]:
        w, e, s, n = WEST + i * SIDE, WEST + (i + 1) * SIDE, SOUTH, SOUTH + SIDE
        ring = [[w, s], [e, s], [e, n], [w, n], [w, s]]
        return {
            "type": "Feature",
            "properties": {"code": f"D{i}", "name": f"District {i}"},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }

    return {"type": "FeatureCollection", "features": [feature(i) for i in range(DISTRICTS)]}


def people() -> pa.Table:
    """People everywhere in the districts, many near the edges of hexagons, of weights 1 to 5."""
    dice = np.random.default_rng(7)

    def along(west: float, width: float) -> list[float]:
        return list(np.round(west + dice.uniform(0.001, width - 0.001, ROWS), 6))

    return pa.table(
        {
            "persons": dice.integers(1, 6, ROWS),
            "home_lon": along(WEST, SIDE * DISTRICTS),
            "home_lat": along(SOUTH, SIDE),
            "work_lon": along(WEST, SIDE * DISTRICTS),
            "work_lat": along(SOUTH, SIDE),
            "industry": dice.choice(INDUSTRIES, ROWS),
            "education": dice.choice(EDUCATIONS, ROWS),
        }
    )


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder: Path = tmp_path_factory.mktemp("totals")
    (folder / "districts.geojson").write_text(json.dumps(squares()), encoding="utf-8")
    pq.write_table(people(), folder / "people.parquet")
    ws = new_workspace(folder / "city", boundary=folder / "districts.geojson", name="Squares")
    report = import_file(ws, "people", folder / "people.parquet")
    assert (report.accepted, report.refused) == (ROWS, 0)
    build(ws)
    return Desk(open_release(ws))


def total(desk: Desk, question: Question) -> float:
    return sum(v or 0.0 for v in desk.ask(question, AUTHORISED).table["value"].to_pylist())


def expected(question: Question) -> float:
    """The same from the table that went in: a filter by a root means all codes below it."""
    rows = people().to_pandas()
    if question.industry:
        rows = rows[rows["industry"].str.startswith(question.industry)]
    if question.education:
        graduate = rows["education"].isin(["11", "14", "21"])
        rows = rows[graduate if question.education == "B" else rows["education"].isin(["31"])]
    return float(rows["persons"].sum())


@settings(deadline=None)
@given(
    at=st.sampled_from(["home", "work"]),
    industry=st.sampled_from(["", "I", "C"]),
    education=st.sampled_from(["", "B", "C"]),
)
def test_every_level_adds_up_to_the_city(
    desk: Desk, at: str, industry: str, education: str
) -> None:
    question = Question("supply", at, "city", industry=industry, education=education)
    city = total(desk, question)
    assert city == expected(question)
    for level in LEVELS:
        assert total(desk, question.but(level=level)) == city, level


@settings(deadline=None)
@given(
    industry=st.sampled_from(["", "I", "C"]), level=st.sampled_from(["district", "cell7", "cell8"])
)
def test_who_leaves_one_place_comes_to_another(desk: Desk, industry: str, level: str) -> None:
    coming = Question("inflow", "work", level, industry=industry)
    leaving = Question("outflow", "home", level, industry=industry)
    assert 0 < total(desk, coming) == total(desk, leaving) <= expected(coming)
