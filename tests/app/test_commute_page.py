"""The page 职住 over a small desk: every view, control, document and what they say."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from dash import Dash
from flask import Flask
from flask.testing import FlaskClient

from talentmap.model.errors import UserError
from talentmap.ui.export import add_export
from talentmap.ui.pages.commute import PAGE
from talentmap.ui.pages.commute.layout import Ids
from talentmap.ui.still import to_html
from tests.app.fake_desk import FakeDesk, FakeViewer

PARK = "?metric=commute_od&at=work&place=park:P01"
CITY = "?metric=commute_od&at=work"
VIEWER = FakeViewer()


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def client(desk: FakeDesk) -> Iterator[FlaskClient]:
    server = Flask("test")
    add_export(server, PAGE, desk, VIEWER)
    with server.test_client() as client:
        yield client


def _shown(desk: FakeDesk, part: Ids, search: str) -> str:
    """Return a part of the page as HTML, drawings in it too."""
    slot = next(s for s in PAGE.slots if s.output.component_id == part)
    found = PAGE.fill(slot, desk, VIEWER, search)
    return unescape(to_html(found))  # drawings are text in an attribute


def _links(markup: str) -> list[dict[str, list[str]]]:
    return [
        parse_qs(urlsplit(one.split('"')[0].replace("&amp;", "&")).query)
        for one in markup.split('href="')[1:]
    ]


@pytest.mark.parametrize("search", [PARK, CITY, f"{PARK}&lang=en", PARK.replace("work", "home")])
@pytest.mark.parametrize("part", list(Ids))
def test_every_part_has_something_to_show(desk: FakeDesk, part: Ids, search: str) -> None:
    shown = _shown(desk, part, search)
    assert "state-bad" not in shown
    assert bool(shown) == (part != Ids.WIDE)
    assert not re.search(r"\bnan\b|\bNone\b", shown)


def test_the_headline_says_how_near_and_which_way(desk: FakeDesk) -> None:
    shown = _shown(desk, Ids.OVER, PARK)
    assert "72.0% 住在 10 公里内" in shown
    assert "西向最多" in shown
    assert "90.8% 住在云泉软件园外" in shown  # 16 920 of 18 640
    assert "平均 8.4 公里" in _shown(desk, Ids.OVER, CITY)


def test_the_layers_and_views_are_words_of_the_address(desk: FakeDesk) -> None:
    words = _links(_shown(desk, Ids.OVER, PARK))
    assert {w["metric"][0] for w in words} >= {
        "supply", "jobs_housing_ratio", "self_containment", "commute_km", "commute_od",
    }  # fmt: skip
    assert {w["tab"][0] for w in words if "tab" in w} == {"matrix", "measures"}
    assert any(w.get("least") for w in words)


def test_an_unpublished_crossing_makes_the_saved_filter_say_what_it_shows(desk: FakeDesk) -> None:
    shown = _shown(desk, Ids.OVER, PARK)
    assert "35 岁以下且本科及以上" in shown
    assert "29 岁及以下，不限学历" in shown
    young = [w for w in _links(shown) if w.get("age") == ["A1"]]
    assert young
    assert "education" not in young[0]


@pytest.mark.parametrize(
    ("wrong", "name"), [("least=many", "least"), ("tab=plan", "tab"), ("by=street", "by")]
)
def test_a_wrong_choice_is_one_line_and_not_a_crash(desk: FakeDesk, wrong: str, name: str) -> None:
    shown = _shown(desk, Ids.TOP, f"{PARK}&{wrong}")
    assert f"{name}: " in shown
    assert "state-bad" not in shown


def test_in_stay_and_out_are_shares_of_all_three(desk: FakeDesk) -> None:
    shown = _shown(desk, Ids.FLOWS, PARK)
    for words in ("1.69万", "80.8%", "1,720", "8.2%", "2,310", "11.0%"):
        assert words in shown
    assert "岗位自足率 9.2%" in shown  # 1 720 of 18 640
    assert "就业自足率 42.7%" in shown  # 1 720 of 4 030


def test_the_rose_names_its_largest_sector_and_each_sector_is_a_link(desk: FakeDesk) -> None:
    shown = _shown(desk, Ids.ROSE, PARK)
    assert "西向 5–10 公里最多" in shown
    sectors = [w["sector"][0] for w in _links(shown) if "sector" in w]
    assert "5-10-W" in sectors
    assert "10-20-S" not in sectors  # hidden: 15–20 km to the south is too few
    assert len(sectors) == 31
    assert "南向 10–20 公里：已隐去" in shown
    assert 'aria-label="西向 5–10 公里：111 人"' in shown


def test_a_chosen_sector_is_on_the_map_and_can_be_cleared(desk: FakeDesk) -> None:
    search = f"{PARK}&sector=5-10-W"
    shown = _shown(desk, Ids.ROSE, search)
    assert "rose-chosen" in shown
    assert 'aria-current="true"' in shown
    spec = PAGE.spec(PAGE.visit(desk, VIEWER, search)) if PAGE.spec else {}
    assert spec["wedge"] == {"from_km": 5, "to_km": 10, "left": 247.5, "right": 292.5}
    away = [w for w in _links(shown) if "sector" not in w]
    assert away


def test_outside_stands_last_and_leads_nowhere(desk: FakeDesk) -> None:
    shown = _shown(desk, Ids.AREAS, PARK)
    assert shown.index("历下区") < shown.index("市外")
    assert "另有 1 处人数过少" in shown
    assert not any("outside" in str(w.get("place")) for w in _links(shown))


def test_all_ends_have_the_panel_to_themselves(desk: FakeDesk) -> None:
    search = f"{PARK}&all=1"
    assert _shown(desk, Ids.FLOWS, search) == _shown(desk, Ids.ROSE, search) == ""
    assert "收起" in _shown(desk, Ids.AREAS, search)


def test_another_place_forgets_line_and_sector(desk: FakeDesk) -> None:
    visit = PAGE.visit(desk, VIEWER, f"{PARK}&line=L2&sector=5-10-W&least=50")
    words = parse_qs(urlsplit(visit.href(place="park:P02")).query)
    assert "line" not in words
    assert "sector" not in words
    assert words["least"] == ["50"]
    assert parse_qs(urlsplit(visit.href(at="home")).query)["line"] == ["L2"]


def test_the_matrix_has_hidden_cells_and_outside_of_its_own(desk: FakeDesk) -> None:
    shown = _shown(desk, Ids.WIDE, f"{CITY}&tab=matrix")
    assert shown.count("heat-suppressed") == 1
    assert "市外" in shown
    assert "位置未知" in shown
    assert 'scope="row"' in shown
    assert "sankey-svg" in shown
    assert "ribbon" in shown
    assert _shown(desk, Ids.STRIP, f"{CITY}&tab=matrix") == ""


@pytest.mark.parametrize("by", ["", "&by=industry"])
def test_the_measures_stand_beside_what_was_published(desk: FakeDesk, by: str) -> None:
    shown = _shown(desk, Ids.WIDE, f"{CITY}&tab=measures{by}")
    for words in ("8.4 公里", "8.7 公里（济南，2022）", "35 分钟（济南，2022）", "63.0%"):
        assert words in shown
    assert ("章丘区" in shown) == (not by)
    assert ("C36" in shown) == bool(by)


def test_a_card_a_line_and_the_chosen_one_on_the_map(desk: FakeDesk) -> None:
    shown = _shown(desk, Ids.STRIP, f"{PARK}&line=L2")
    assert shown.count("line-card") >= 5
    assert "398 人" in shown
    assert "预计乘坐 118 人" in shown
    assert "3 站 · 路程 17.2 公里" in shown or "3 站 · 路程 17.3 公里" in shown
    assert "brief" in shown
    spec = PAGE.spec(PAGE.visit(desk, VIEWER, f"{PARK}&line=L2")) if PAGE.spec else {}
    assert spec["shuttle"]["number"] == 2
    assert [s["text"] for s in spec["shuttle"]["stops"]] == ["212 人", "140 人", "终点"]


def test_the_city_has_a_line_a_park_that_leads_there(desk: FakeDesk) -> None:
    shown = _shown(desk, Ids.STRIP, CITY)
    assert {w["place"][0] for w in _links(shown) if "place" in w} >= {"park:P01", "park:P05"}
    spec = PAGE.spec(PAGE.visit(desk, VIEWER, CITY)) if PAGE.spec else {}
    assert spec["shuttle"] is None


def test_no_line_is_said_and_not_left_empty(desk: FakeDesk) -> None:
    desk.no_lines = True
    assert "没有可建议的接驳线" in _shown(desk, Ids.STRIP, PARK)


def test_the_map_colours_the_other_ends_and_draws_from_the_least_on(desk: FakeDesk) -> None:
    spec = PAGE.spec(PAGE.visit(desk, VIEWER, f"{PARK}&least=50")) if PAGE.spec else {}
    assert spec["arcs"]["least"] == 50
    assert parse_qs(spec["query"])["place"] == ["park:P01"]
    assert "50" in spec["words"]["belowDrawn"]
    assert spec["layer"]["title"] == "居住地"
    city = PAGE.spec(PAGE.visit(desk, VIEWER, CITY)) if PAGE.spec else {}
    assert "place" not in parse_qs(city["arcs"]["query"])


@pytest.mark.parametrize(
    ("name", "head", "rows"),
    [
        ("ends", "id,name,value,n,status", 13),
        ("distances", "band_km,direction,persons,status", 49),
        ("inout", "id,name,value,n,status", 5),
        ("matrix", "home,home_name", 14),
        ("measures", "id,name,value,n,status", 7),
    ],
)
def test_every_chart_has_a_file(client: FlaskClient, name: str, head: str, rows: int) -> None:
    answer = client.get(f"/export/commute-{name}.csv{PARK}")
    assert answer.status_code == 200
    assert f"commute-{name}" in answer.headers["Content-Disposition"]
    body = answer.get_data(as_text=True)
    assert "演示数据" in body
    lines = [line for line in body.removeprefix("\ufeff").splitlines() if not line.startswith("#")]
    assert lines[0].startswith(head)
    assert len(list(csv.reader(io.StringIO("\n".join(lines))))) == rows + 1


def test_a_hidden_number_is_its_state_in_the_matrix_file(client: FlaskClient) -> None:
    body = client.get(f"/export/commute-matrix.csv{PARK}").get_data(as_text=True)
    assert body.count("suppressed") == 1


def test_the_line_is_geojson_with_its_stops_and_mark(client: FlaskClient) -> None:
    found = json.loads(client.get(f"/export/commute-line.geojson{PARK}&line=L3").data)
    line, *stops = found["features"]
    assert line["properties"]["id"] == "L3"
    assert line["geometry"]["coordinates"] == [s["geometry"]["coordinates"] for s in stops]
    assert [s["properties"]["order"] for s in stops] == [1, 2, 3]
    assert found["talentmap"]["mark"] == "演示数据（合成）"
    assert found["talentmap"]["assumptions"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_brief_is_one_page_that_says_where_it_is_from(
    client: FlaskClient, language: str
) -> None:
    page = client.get(f"/commute/brief{PARK}&lang={language}").get_data(as_text=True)
    for part in ("<svg", "<table", "@page", "r0002", "2026"):
        assert part in page
    assert ("演示数据（合成）" if language == "zh" else "Demo data (synthetic)") in page
    assert ("步行 800 米" if language == "zh" else "800 m on foot") in page
    assert "<script" not in page


@pytest.mark.parametrize(
    ("search", "said"),
    [(CITY, "place: "), (f"{PARK}&line=L9", "line: 'L9'"), (f"{PARK}&line=<b>", "line: ")],
)
def test_a_document_of_no_line_is_refused_in_one_line(
    client: FlaskClient, search: str, said: str
) -> None:
    for path in ("/commute/brief", "/export/commute-line.geojson"):
        answer = client.get(path + search)
        assert answer.status_code == UserError.status
        assert answer.get_data(as_text=True).startswith(said)
        assert answer.mimetype == "text/plain"


def test_the_page_wires_up() -> None:
    app = Dash("test", suppress_callback_exceptions=True)
    PAGE.attach(app, FakeDesk(), VIEWER)
    known = {part.value for part in Ids}
    assert {slot.output.component_id for slot in PAGE.slots} == known
