"""Drawn areas: a sum of whole published places, the same at every door."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import shapely

from talentmap.answers.areas import Areas
from talentmap.answers.desk import Desk
from talentmap.answers.drawings import keep_area
from talentmap.answers.ids import Names
from talentmap.answers.viewer import Viewer
from talentmap.cube.release import open_release
from talentmap.model.errors import NotAllowed, NotPublished, UserError
from talentmap.model.question import Question
from talentmap.model.workspace import Workspace

CIRCLE = "circle:117.03,36.66,4"
SQUARE = "polygon:116.98,36.62;117.10,36.62;117.10,36.70;116.98,36.70"
AUTHORISED = Viewer("authorised")


@pytest.fixture(scope="module")
def desk(demo_workspace: Workspace) -> Desk:
    return Desk(open_release(demo_workspace))


def _value(desk: Desk, viewer: Viewer, **words: str) -> float:
    (row,) = desk.ask(Question(level="area", **words), viewer).table.to_pylist()
    assert row["status"] == "ok"
    return float(row["value"])


@pytest.mark.parametrize("tier", ["public", "internal", "authorised"])
@pytest.mark.parametrize("place", [CIRCLE, SQUARE])
@pytest.mark.parametrize("metric", ["supply", "demand"])
def test_an_area_is_the_sum_of_its_published_cells(
    desk: Desk, tier: str, place: str, metric: str
) -> None:
    viewer = Viewer(tier)
    answer = desk.ask(Question(metric, level="area", place=place), viewer)
    level = answer.extra["area"]["level"]
    listed = desk.ask(Question(metric, level=level, place=place), viewer).table.to_pylist()
    assert [row["id"] for row in listed] == answer.extra["area"]["cells"]
    shown = [row for row in listed if row["status"] == "ok"]
    assert answer.table["value"][0].as_py() == sum(row["value"] for row in shown)
    hidden = [row for row in listed if row["status"] == "suppressed"]
    if tier == "internal":
        assert answer.extra["area"]["hidden"] == len(hidden)
        assert bool(hidden) == any("已隐去" in note for note in answer.notes)


def test_the_level_is_the_finest_the_tier_sees(desk: Desk) -> None:
    small = "circle:117.03,36.66,1"
    levels = {
        tier: desk.areas.of(small, tier).level for tier in ("public", "internal", "authorised")
    }
    assert levels == {"public": "cell7", "internal": "cell8", "authorised": "cell9"}
    assert desk.areas.of(CIRCLE, "authorised").level == "cell8"


def test_two_districts_are_the_sum_of_both(desk: Desk) -> None:
    codes = [p.code for p in desk.info.places["district"][:2]]
    both = f"districts:{','.join(codes)}"
    alone = [_value(desk, AUTHORISED, place=f"district:{code}") for code in codes]
    assert _value(desk, AUTHORISED, place=both) == sum(alone)
    cells = desk.ask(Question(level="cell8", place=both), AUTHORISED).table
    districts = [
        desk.ask(Question(level="cell8", place=f"district:{code}"), AUTHORISED).table
        for code in codes
    ]
    assert len(cells) == sum(map(len, districts))


def test_an_area_beside_its_rest_is_the_city(desk: Desk) -> None:
    cells = desk.names.level("cell8").ids
    cells = cells[cells > 0]
    some, rest = cells[::3][:400], np.setdiff1d(cells, cells[::3][:400])
    parts = [f"cells:{','.join(f'{c:x}' for c in part[:500])}" for part in (some,)]
    everywhere = desk.ask(Question(level="cell8"), AUTHORISED).table.to_pylist()
    wanted = {f"{c:x}" for c in some.tolist()}
    expected = sum(row["value"] for row in everywhere if row["id"] in wanted)
    assert len(rest) > 0
    assert _value(desk, AUTHORISED, place=parts[0]) == expected


@pytest.mark.parametrize("place", [CIRCLE, SQUARE])
def test_who_comes_and_who_stays_are_all_who_work_there(desk: Desk, place: str) -> None:
    inflow = _value(desk, AUTHORISED, metric="inflow", place=place)
    share = _value(desk, AUTHORISED, metric="self_containment", place=place)
    flows = desk.ask(Question("commute_od", level="district", place=place), AUTHORISED).table
    jobs = sum(row["value"] for row in flows.to_pylist())
    assert inflow + share * jobs == pytest.approx(jobs)
    assert 0 < share < 1


def test_an_area_has_no_smaller_commute_than_its_parts(desk: Desk) -> None:
    """More people live and work in a whole than in its cells one by one."""
    found = desk.areas.of(CIRCLE, "authorised")
    cells = desk.ask(Question("self_containment", level=found.level, place=CIRCLE), AUTHORISED)
    assert len(cells.table) == len(found.ids)
    stay = _value(desk, AUTHORISED, metric="self_containment", place=CIRCLE)
    assert stay >= min(v for v in cells.table["value"].to_pylist() if v is not None)


def test_the_months_of_an_area_end_with_its_number(desk: Desk) -> None:
    series = desk.series(Question(place=CIRCLE), AUTHORISED).table
    assert series["value"][-1].as_py() == _value(desk, AUTHORISED, place=CIRCLE)
    assert len(series) == len(desk.info.months)


def test_groups_of_an_area_add_up(desk: Desk) -> None:
    rows = desk.breakdown(Question(place=CIRCLE), "education", AUTHORISED).table["value"]
    total = _value(desk, AUTHORISED, place=CIRCLE)
    assert 0.9 * total <= sum(v for v in rows.to_pylist() if v is not None) <= total


def test_enterprises_of_an_area_lie_inside(desk: Desk) -> None:
    answer = desk.ask(Question("demand", level="enterprise", place=CIRCLE), AUTHORISED)
    table = desk.release.table("enterprises").to_pylist()
    where = {row["code"]: (row["lon"], row["lat"]) for row in table}
    shape = desk.areas.of(CIRCLE, "authorised").outline
    inside = [
        code
        for code, (lon, lat) in where.items()
        if lon is not None and shapely.contains_xy(shape, lon, lat)
    ]
    assert sorted(answer.table["id"].to_pylist()) == sorted(inside)
    assert inside


def test_enterprises_of_all_cells_are_all_enterprises(desk: Desk) -> None:
    cells = [f"{c:x}" for c in desk.names.level("cell7").ids.tolist() if c > 0]
    places = [f"cells:{','.join(cells[i : i + 400])}" for i in range(0, len(cells), 400)]
    found = [
        code
        for place in places
        for code in desk.ask(Question("demand", level="enterprise", place=place), AUTHORISED)
        .table["id"]
        .to_pylist()
    ]
    assert len(found) == len(set(found))
    located = [r for r in desk.release.table("enterprises").to_pylist() if r["lon"] is not None]
    assert len(found) == len(located)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("polygon:117,36.6;117.1,36.7;117.1,36.6;117,36.7", "not one area"),
        ("polygon:117,36.6;117.1,36.7", "three corners"),
        ("polygon:here;there;nowhere", "not numbers"),
        ("polygon:200,36;201,36;201,37", "longitude"),
        ("circle:117,36.6,0", "radius"),
        ("circle:117,36.6", "3 numbers"),
        ("ring:117,36.6,5,3", "inner radius"),
        ("cells:881f1d4887fffff,nonsense", "H3 cells"),
        ("cells:", "no code"),
        ("shape:../../etc", "key"),
    ],
)
def test_words_that_are_no_area_are_refused(place: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        Question(place=place)


def test_areas_that_cannot_be_had_say_why(desk: Desk) -> None:
    with pytest.raises(UserError, match="outside the city"):
        desk.ask(Question(level="area", place="circle:2.35,48.85,3"), AUTHORISED)
    with pytest.raises(UserError, match="no longer kept"):
        desk.ask(Question(level="area", place=f"shape:{'0' * 16}"), AUTHORISED)
    with pytest.raises(NotPublished):
        desk.ask(Question(level="district", place=CIRCLE), AUTHORISED)
    cell = next(f"{c:x}" for c in desk.names.level("cell9").ids.tolist() if c > 0)
    with pytest.raises(NotAllowed):
        desk.ask(Question(level="area", place=f"cells:{cell}"), Viewer("public"))


def test_a_question_with_an_area_survives_its_address() -> None:
    for place in (CIRCLE, SQUARE, "ring:117.03,36.66,2,4", "districts:370102,370103"):
        question = Question(place=place, level="area")
        assert Question.from_query(question.to_query()) == question


def test_an_uploaded_area_answers_like_a_drawn_one(desk: Desk, tmp_path: Path) -> None:
    shape = desk.areas.of(SQUARE, "authorised").outline
    content = json.dumps(
        {
            "type": "Feature",
            "properties": {"name": "老城片区"},
            "geometry": json.loads(shapely.to_geojson(shape)),
        }
    ).encode()
    key, name, _ = keep_area(tmp_path, content)
    assert (name, keep_area(tmp_path, content)[0]) == ("老城片区", key)
    areas = Areas(desk.release, Names(desk.release))
    areas._folder = tmp_path  # the demo is shared: its own folder is not written to
    found = areas.of(f"shape:{key}", "authorised")
    assert found.ids.tolist() == desk.areas.of(SQUARE, "authorised").ids.tolist()
    assert found.name("zh") == "老城片区"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04", "not GeoJSON"),
        (b"[1, 2]", "not GeoJSON"),
        (b'{"type":"Point","coordinates":[117,36]}', "not GeoJSON"),
        (b'{"type":"FeatureCollection","features":[]}', "no polygon"),
        (b'{"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0],[0,1],[0,0]]]}', "feature 1"),
        (
            b'{"type":"Polygon","coordinates":[[[5e5,4e6],[6e5,4e6],[6e5,5e6],[5e5,4e6]]]}',
            "WGS-84",
        ),
        (b" " * (5 * 2**20 + 1), "larger"),
    ],
)
def test_files_that_are_no_area_are_refused(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(UserError, match=said):
        keep_area(tmp_path, content)
    assert not list(tmp_path.iterdir())
