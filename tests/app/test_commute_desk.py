"""What the desk says of the commute of the demo city, and of places where little can be said."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from talentmap.answers.assumed import Assumed
from talentmap.answers.by import asked_by
from talentmap.answers.desk import Desk
from talentmap.answers.exports import export
from talentmap.answers.viewer import Viewer
from talentmap.api.blueprint import create_blueprint
from talentmap.cube.build import build
from talentmap.cube.release import open_release
from talentmap.intake.create import new_workspace
from talentmap.intake.importer import import_file
from talentmap.model.answer import Answer
from talentmap.model.errors import NotAllowed, UserError
from talentmap.model.question import Question
from talentmap.model.workspace import Workspace

AUTHORISED, INTERNAL, PUBLIC = (Viewer(t) for t in ("authorised", "internal", "public"))
FAR_PARK = "P08"  # the generator leaves it far from every station
PARK = Question(place=f"park:{FAR_PARK}")


@pytest.fixture(scope="module")
def desk(demo_workspace: Workspace) -> Desk:
    return Desk(open_release(demo_workspace))


def rows(answer: Answer) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in answer.table.to_pylist()}


@pytest.mark.parametrize("viewer", [AUTHORISED, INTERNAL])
def test_the_park_far_from_rail_is_suggested_first(desk: Desk, viewer: Viewer) -> None:
    answer = desk.shuttles(Question(), viewer)
    assert answer.table["id"][0].as_py() == FAR_PARK
    first = answer.extra["parks"][0]
    assert first["far_from_rail"]
    assert 0 < first["unserved"] <= first["workers"]


def test_a_line_has_stops_riders_and_what_it_assumes(desk: Desk, tmp_path: Path) -> None:
    answer = desk.shuttles(PARK, AUTHORISED)
    line = answer.extra["lines"][0]
    assert rows(answer)["L1"]["value"] == line["riders"] == pytest.approx(0.3 * line["served"])
    assert line["served"] == sum(stop["persons"] for stop in line["stops"])
    assert line["stops"][-1]["name"] == desk.info.place("park", FAR_PARK).name.zh  # type: ignore[union-attr]
    assert line["minutes"] is None
    assert any("1.3" in said for said in answer.extra["assumptions"])
    export(answer, desk, "geojson", tmp_path / "line.geojson")
    drawn = json.loads((tmp_path / "line.geojson").read_text("utf-8"))["features"][0]
    assert drawn["geometry"]["type"] == "LineString"
    assert len(drawn["geometry"]["coordinates"]) == len(line["stops"])


def test_assumptions_change_the_lines(desk: Desk) -> None:
    usual = desk.shuttles(PARK, AUTHORISED).extra["lines"][0]
    two = Assumed.of({"share": "0.6", "stops": "2", "walk": "1200"})
    other = desk.shuttles(PARK, AUTHORISED, "zh", two).extra["lines"][0]
    assert len(other["stops"]) == 3
    assert other["riders"] == pytest.approx(0.6 * other["served"])
    assert other["served"] != usual["served"]


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ({"walk": "near"}, "walk: 'near' is not a number"),
        ({"share": "1.5"}, "share: 1.5 is not between 0.01 and 1"),
        ({"stops": "2.5"}, "stops: 2.5 is not between 1 and 20"),
        ({"speed": "3"}, "shuttle parameter: unknown value 'speed'"),
    ],
)
def test_a_wrong_assumption_is_named(given: dict[str, str], line: str) -> None:
    with pytest.raises(UserError, match=line):
        Assumed.of(given)


def test_a_travel_table_gives_minutes(desk: Desk, tmp_path: Path) -> None:
    plain = desk.shuttles(PARK, AUTHORISED).extra["lines"][0]
    cells = [_cell(stop["lon"], stop["lat"]) for stop in plain["stops"]]
    legs = itertools.pairwise(cells)
    file = tmp_path / "travel.csv"
    text = ["home_cell,work_cell,minutes,km", *(f"{a},{b},4.5,3" for a, b in legs)]
    file.write_text("\n".join(text) + "\n", encoding="utf-8")
    answer = asked_by(desk, PARK, AUTHORISED, by="shuttle", travel=file)
    line = answer.extra["lines"][0]
    assert line["minutes"] == pytest.approx(4.5 * (len(cells) - 1))
    assert line["km"] == pytest.approx(3.0 * (len(cells) - 1))
    assert any("travel.csv" in said for said in answer.extra["assumptions"])


def _cell(lon: float, lat: float) -> str:
    import h3

    return str(h3.latlng_to_cell(lat, lon, 9))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("home_cell,minutes\n", "no column work_cell"),
        ("home_cell,work_cell,minutes\n", "no rows after the header"),
        ("home_cell,work_cell,minutes\n8930a4cd25bffff,x,3\n", "row 2, work_cell: 'x'"),
        (
            "home_cell,work_cell,minutes\n8930a4cd25bffff,8930a4cd25bffff,-1\n",
            "row 2, minutes: '-1' is no number",
        ),
        (
            "home_cell,work_cell,minutes\n" + "8930a4cd25bffff,8930a4cd25bffff,1\n" * 2,
            "row 3: home_cell and work_cell are given twice",
        ),
        (
            "home_cell,work_cell,minutes\n8930a4cd25bffff,8830a4cd25fffff,1\n",
            "cells of resolution 8, 9",
        ),
    ],
)
def test_a_bad_travel_table_is_one_line(desk: Desk, tmp_path: Path, text: str, line: str) -> None:
    file = tmp_path / "travel.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=line):
        asked_by(desk, PARK, AUTHORISED, by="shuttle", travel=file)


def test_where_no_line_can_go(desk: Desk) -> None:
    with pytest.raises(NotAllowed, match="too wide to walk"):
        desk.shuttles(PARK, PUBLIC)
    with pytest.raises(UserError, match="a park or a drawn area"):
        desk.shuttles(Question(place="district:370102"), INTERNAL)
    with pytest.raises(UserError, match="walk: only for by=shuttle"):
        asked_by(desk, PARK, INTERNAL, by="matrix", given={"walk": "500"})


@pytest.mark.parametrize("viewer", [AUTHORISED, INTERNAL, PUBLIC])
def test_the_measures_of_the_city(desk: Desk, viewer: Viewer) -> None:
    answer = desk.commuting(Question(), viewer)
    found = {key: row["value"] for key, row in rows(answer).items()}
    assert found["separation"] < found["mean_km"] < 30
    assert 0 < found["excess"] < 1
    assert 0 < found["capacity_used"] < 1
    assert 0 < found["near_rail"] < found["within_5"] < 1
    assert {row["id"] for row in answer.extra["reference"]} >= {"mean_km", "within_5"}
    each = desk.commuting(Question(level="district"), viewer)
    assert len(each.table) == 7 * 12
    assert len(desk.commuting(Question(), viewer, by="industry").extra["places"]) > 10


def test_measures_of_two_filters_are_counted_for_the_authorised_alone(desk: Desk) -> None:
    asked = Question(education="B")
    assert rows(desk.commuting(asked, AUTHORISED))["excess"]["status"] == "ok"
    internal = desk.commuting(asked, INTERNAL)
    assert rows(internal)["excess"]["status"] == "missing"
    assert any("未发布" in note for note in internal.notes)


def test_the_api_and_the_desk_say_the_same(desk: Desk) -> None:
    app = Flask(__name__)
    app.register_blueprint(create_blueprint(lambda: desk, INTERNAL))
    client = app.test_client()
    said = client.get("/api/ask?level=district&by=matrix").get_json()
    assert said["matrix"] == desk.matrix(Question(level="district"), INTERNAL).extra["matrix"]
    line = client.get(f"/api/ask?place=park:{FAR_PARK}&by=shuttle&share=0.5").get_json()["lines"][0]
    assert line["share"] == 0.5
    assert client.get("/api/ask?by=shuttle&walk=x").status_code == 400
    stations = client.get(f"/api/places/{desk.info.name}/station.geojson").get_json()
    assert len(stations["features"]) == len(desk.info.places["station"]) > 40
    assert {f["geometry"]["type"] for f in stations["features"]} == {"Point"}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """One employer at one point has nearly all; a second park nobody works in; no station."""
    folder = tmp_path_factory.mktemp("town")
    ws = new_workspace(folder / "town", name="Town")
    firms = ["91110000600037341L,大厂,117.1,36.6", "91350100M000100Y43,小店,117.1,36.6"]
    _write(folder / "enterprises.csv", ["code,name,lon,lat", *firms])
    parks = [_park("PA", "东园", 117.09, 36.59), _park("PB", "空园", 117.19, 36.69)]
    _write(folder / "places.csv", ["code,name,kind,wkt", *parks])
    people = [
        "persons,home_lon,home_lat,home_district,work_lon,work_lat,work_district,employer_code"
    ]
    people += ["80,117.1,36.6,D1,117.1,36.6,D1,91110000600037341L"]  # home is work
    people += ["40,117.16,36.6,D1,117.1,36.6,D1,91110000600037341L"]
    people += ["9,117.16,36.6,D1,117.1,36.6,D1,91350100M000100Y43"]
    people += ["7,117.16,36.6,D1,,,,", "5,,,,117.1,36.6,D1,91110000600037341L"]
    _write(folder / "people.csv", people)
    for table in ("places", "enterprises", "people"):
        report = import_file(ws, table, folder / f"{table}.csv")
        assert report.refused == 0, report.examples
    build(ws)
    return Desk(open_release(ws))


def _park(code: str, name: str, west: float, south: float) -> str:
    east, north = round(west + 0.02, 2), round(south + 0.02, 2)
    ring = f"{west} {south},{east} {south},{east} {north},{west} {north},{west} {south}"
    return f'{code},{name},park,"POLYGON(({ring}))"'


def _write(file: Path, lines: list[str]) -> None:
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_home_is_work_has_a_distance_and_no_direction(town: Desk) -> None:
    found = rows(town.distances(Question(place="park:PA"), AUTHORISED))
    assert found["same"]["value"] == 80
    assert found["5-10-E"]["value"] == 49
    assert found["unknown"]["value"] == 0
    bands = {b["id"]: b for b in town.distances(Question(), AUTHORISED).extra["bands"]}
    assert bands["0-5"]["value"] == 80
    assert bands["0-5"]["share"] == pytest.approx(80 / 129)


def test_people_with_one_end_stand_apart(town: Desk) -> None:
    at_work = town.destinations(Question(place="park:PA", level="park"), AUTHORISED)
    assert rows(at_work)["unlocated"]["value"] == 5
    at_home = town.destinations(Question(at="home", place="park:PA", level="park"), AUTHORISED)
    assert "unlocated" not in rows(at_home)
    square = town.matrix(Question(level="district"), AUTHORISED).extra["matrix"]
    assert square["codes"] == ["D1", "outside", "unlocated"]
    assert square["persons"] == [[129, 0, 7], [0, 0, 0], [5, 0, 0]]


def test_one_giant_employer_is_named(town: Desk) -> None:
    said = " ".join(town.flows(Question(place="park:PA"), INTERNAL).notes)
    assert "大厂" in said
    assert "93%" in said
    assert "大厂" not in " ".join(town.flows(Question(place="park:PA"), PUBLIC).notes)


def test_a_park_without_workers(town: Desk) -> None:
    empty = Question(place="park:PB")
    assert {row["value"] for row in town.flows(empty, AUTHORISED).table.to_pylist()} == {0}
    assert len(town.destinations(empty.but(level="district"), AUTHORISED).table) == 0
    assert town.distances(empty, AUTHORISED).extra["mean_km"] is None
    shuttle = town.shuttles(empty, AUTHORISED)
    assert len(shuttle.table) == 0
    assert any("没有车站" in note for note in shuttle.notes)
    measures = rows(town.commuting(empty, AUTHORISED))
    assert {row["status"] for row in measures.values()} <= {"insufficient", "missing"}


def test_without_stations_nothing_is_near_rail(town: Desk) -> None:
    answer = town.commuting(Question(), AUTHORISED)
    assert rows(answer)["near_rail"]["status"] == "insufficient"
    assert any("没有车站" in note for note in answer.notes)


@pytest.mark.parametrize(
    ("by", "query", "line"),
    [
        ("inout", "place=enterprise:91110000600037341L", "has no residents"),
        ("destinations", "place=park:PA", "ask for a level of district"),
        ("destinations", "level=district&place=enterprise:91110000600037341L", "are not kept"),
        ("distance", "at=home&place=enterprise:91110000600037341L", "nobody lives"),
        ("commuting", "place=enterprise:91110000600037341L", "has no such measures"),
        ("commuting", "level=cell8", "ask for one of city, district, park"),
        ("commuting,age", "", "commuting by: unknown value 'age'"),
        ("matrix", "level=cell9", "ask for one of district, park, cell7"),
        ("matrix", "level=district&title=1", "take a filter away"),
        ("shuttle", "place=parks:PA,PZ", "no park with the code 'PZ'"),
    ],
)
def test_what_cannot_be_told_is_said_in_one_line(
    town: Desk, by: str, query: str, line: str
) -> None:
    with pytest.raises(UserError, match=line) as refusal:
        asked_by(town, Question.from_query(query), INTERNAL, by=by)
    assert "\n" not in str(refusal.value)


def test_the_people_of_one_enterprise_have_distances(town: Desk) -> None:
    asked = Question(place="enterprise:91110000600037341L")
    found = rows(town.distances(asked, INTERNAL))
    assert found["same"]["value"] == 80
    assert found["5-10-E"]["value"] == 40


def test_a_drawn_area_says_what_it_is_made_of(town: Desk) -> None:
    answer = town.flows(Question(place="circle:117.1,36.6,1"), AUTHORISED)
    assert rows(answer)["jobs"]["value"] == 129
    assert answer.extra["area"]["level"] == "cell9"
    assert any("完整" in note for note in answer.notes)
