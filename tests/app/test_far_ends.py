"""The endpoints of the map under flows: hexagons of the other ends, arcs of the whole city."""

from __future__ import annotations

import json

import numpy as np
import pytest

from talentmap.answers.desk import Desk
from talentmap.answers.viewer import Viewer
from talentmap.api.cards import arcs
from talentmap.api.encode import NOTHING
from talentmap.api.far_ends import coded, has_ends, hover
from talentmap.cube.release import open_release
from talentmap.model.question import Question
from talentmap.model.workspace import Workspace

VIEWER = Viewer("authorised")


@pytest.fixture(scope="module")
def desk(demo_workspace: Workspace) -> Desk:
    return Desk(open_release(demo_workspace))


@pytest.mark.parametrize("at", ["work", "home"])
def test_hexagons_under_flows_hold_the_pairs_of_the_place(desk: Desk, at: str) -> None:
    place = f"district:{desk.info.places['district'][0].code}"
    question = Question("commute_od", at, "cell7", place=place)
    codes, scale, breaks = coded(desk, question, VIEWER)
    assert (scale.a, scale.b) == (0.0, 1.0)  # whole persons are exact
    pairs = desk.ask(question, VIEWER).table.to_pylist()
    far = 0 if at == "work" else 1
    placed = [r["value"] for r in pairs if r["id"].split(">")[far].startswith("8")]
    assert codes[codes != NOTHING].sum() == sum(placed) > 0
    assert np.count_nonzero(codes != NOTHING) == len(placed)
    assert breaks == sorted(set(breaks))
    assert min(placed) < breaks[0]


def test_a_hexagon_under_flows_has_a_name_and_no_number_of_its_own(desk: Desk) -> None:
    cell = f"{int(desk.names.cells(7)['id'][0].as_py()):x}"
    question = Question("commute_od", "work", "cell7", place=f"cell:{cell}")
    card = hover(desk, question, VIEWER, "zh")
    assert card["title"].startswith("网格 · ")
    assert (card["value"], card["text"], card["rows"]) == (None, "", [])
    assert has_ends(desk, question)
    assert not has_ends(desk, Question("supply"))
    assert not has_ends(desk, Question("no_such_metric"))


def test_the_city_has_arcs_between_districts_with_both_ends(desk: Desk) -> None:
    found = arcs(desk, Question("commute_od"), VIEWER, 5, "zh")
    assert found["anchor"] is None
    persons = [arc["persons"] for arc in found["arcs"]]
    assert len(persons) == 5
    assert persons == sorted(persons, reverse=True)
    places = {p.code: p for p in desk.info.places["district"]}
    for arc in found["arcs"]:
        home, work = (places[code] for code in arc["id"].split(">"))
        assert home is not work
        assert (arc["lon"], arc["lat"], *arc["to"]) == (home.lon, home.lat, work.lon, work.lat)
    json.dumps(found, allow_nan=False)


def test_a_drawn_area_has_arcs_from_its_middle(desk: Desk) -> None:
    place = desk.info.places["district"][0]
    question = Question("commute_od", "work", place=f"circle:{place.lon:.5f},{place.lat:.5f},4")
    anchor = arcs(desk, question, VIEWER, 5, "zh")["anchor"]
    assert anchor["lon"] == pytest.approx(place.lon, abs=0.01)
    assert anchor["lat"] == pytest.approx(place.lat, abs=0.01)
    assert anchor["name"]
