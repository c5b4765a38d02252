"""A real client of the OGC endpoint: GDAL reads every feature a collection has."""

from __future__ import annotations

import pyogrio
import pytest

from talentmap.answers.viewer import Viewer
from talentmap.cli import open_desk
from talentmap.model.question import Question
from talentmap.model.workspace import Workspace


@pytest.fixture
def address(server: str) -> str:
    """The endpoint as GDAL is told of it."""
    return f"OAPIF:{server}/ogc"


@pytest.mark.parametrize(
    ("layer", "question"),
    [
        ("supply_work_cell8", "metric=supply&level=cell8"),
        ("scarcity_district", "metric=scarcity&level=district"),
        ("flows_cell7", "metric=commute_od&level=cell7"),
        ("demand_enterprise", "metric=demand&level=enterprise"),
    ],
)
def test_gdal_reads_as_many_features_as_the_desk_answers_with(
    address: str, demo_workspace: Workspace, layer: str, question: str
) -> None:
    expected = open_desk(demo_workspace).ask(Question.from_query(question), Viewer("internal"))
    found = pyogrio.read_dataframe(address, layer=layer)
    assert found["code"].tolist() == expected.table["id"].to_pylist()
    assert found["status"].tolist() == expected.table["status"].to_pylist()
    values = expected.table["value"].to_pandas()
    assert found["value"].astype(float).round(9).equals(values.round(9))
    assert found.geometry.notna().sum() > 0
    assert found.crs.to_string() == "OGC:CRS84"


def test_gdal_lists_the_layers_and_reads_a_window(address: str) -> None:
    layers = set(pyogrio.list_layers(address)[:, 0])
    assert {"scarcity_cell8", "supply_home_district", "places_park"} <= layers
    whole = pyogrio.read_dataframe(address, layer="supply_work_cell8")
    part = pyogrio.read_dataframe(
        address, layer="supply_work_cell8", bbox=(117.0, 36.6, 117.1, 36.7)
    )
    assert 0 < len(part) < len(whole)


def test_gdal_carries_the_words_of_a_question(address: str, demo_workspace: Workspace) -> None:
    question = Question("supply", level="district", industry="I", month="2026-03")
    expected = open_desk(demo_workspace).ask(question, Viewer("internal")).table
    words = "industry=I&month=2026-03"
    found = pyogrio.read_dataframe(f"{address}?{words}", layer="supply_work_district")
    assert found["value"].tolist() == expected["value"].to_pylist()
