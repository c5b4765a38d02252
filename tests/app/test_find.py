"""Find: names, pinyin, initials, aliases, codes, positions; what a tier may find; saved views."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app import create_server
from talentmap.answers.desk import Desk
from talentmap.answers.find import Found
from talentmap.answers.viewer import Viewer
from talentmap.answers.views import MOST_VIEWS, SavedViews
from talentmap.cli import open_desk
from talentmap.cube.register import spelt
from talentmap.model.cells import to_hex
from talentmap.model.errors import UserError
from talentmap.model.settings import Settings
from talentmap.model.workspace import Workspace

INTERNAL = Viewer("internal")
HERE = {"Origin": "http://localhost"}


@pytest.fixture(scope="module")
def desk(demo_workspace: Workspace) -> Desk:
    return open_desk(demo_workspace)


def _first(desk: Desk, words: str, viewer: Viewer = INTERNAL) -> Found:
    return desk.find(words, viewer)[0]


@pytest.mark.parametrize(
    "words",
    [
        "历下区",
        "历下",
        "lixia",
        "LiXia",
        "lxq",
        "370102",
        "ｌｉｘｉａ",
        " 历 下 ",
        "Lixia District",
    ],
)
def test_a_district_is_found_by_any_of_its_names(desk: Desk, words: str) -> None:
    assert _first(desk, words).place == "district:370102"


@pytest.mark.parametrize("words", ["长清", "changqing", "cqq"])
def test_names_read_as_people_read_them(desk: Desk, words: str) -> None:
    assert _first(desk, words).place == "district:370113"


def test_an_enterprise_is_found_by_name_pinyin_initials_and_code(desk: Desk) -> None:
    rows = desk.release.table("enterprises").to_pylist()
    names = [row["name"] for row in rows]
    row = next(row for row in rows if names.count(row["name"]) == 1 and row["lon"] is not None)
    place = f"enterprise:{row['code']}"
    pinyin, initials = spelt(row["name"])
    for words in (row["name"], pinyin, row["code"], row["code"].lower()):
        assert _first(desk, words).place == place
    assert initials[:3].isalpha()
    found = [one.place for one in desk.find(initials, INTERNAL)]
    alike = sum(spelt(name)[1] == initials for name in names)
    assert place in found or alike > 10
    one = _first(desk, row["code"])
    assert (one.kind, one.lon, one.lat) == ("enterprise", row["lon"], row["lat"])
    assert one.district


def test_the_public_tier_finds_no_enterprise(desk: Desk) -> None:
    row = desk.release.table("enterprises").to_pylist()[0]
    assert desk.find(row["code"], Viewer("public")) == []
    assert {one.kind for one in desk.find("公司", INTERNAL)} == {"enterprise"}


def test_a_station_is_found_but_is_no_place_of_a_question(desk: Desk) -> None:
    found = [one for one in desk.find("站", INTERNAL) if one.kind == "station"]
    assert found
    assert {one.place for one in found} == {""}
    assert all(one.lon and one.lat for one in found)


def test_a_position_goes_to_its_hexagon(desk: Desk) -> None:
    cells = desk.names.cells(8).to_pylist()
    busiest = max(cells, key=lambda cell: cell["persons"])
    words = f"{busiest['lon']:.6f}, {busiest['lat']:.6f}"
    assert _first(desk, words).place == f"cell:{to_hex(busiest['id'])}"
    seven = _first(desk, words, Viewer("public"))
    assert seven.place.startswith("cell:87")
    away = _first(desk, "0.5, 0.5")
    assert (away.place, away.lon, away.lat) == ("", 0.5, 0.5)


def test_an_h3_id_is_found_as_fine_as_one_may_see(desk: Desk) -> None:
    nine = to_hex(max(desk.names.cells(9).to_pylist(), key=lambda cell: cell["persons"])["id"])
    assert _first(desk, nine, Viewer("authorised")).place == f"cell:{nine}"
    assert _first(desk, nine).place.startswith("cell:88")
    with pytest.raises(UserError, match="no people"):
        desk.find("8831a5d4c7fffff"[:15], INTERNAL) and desk.find("88754e6499fffff", INTERNAL)


def test_nothing_and_too_much(desk: Desk) -> None:
    assert desk.find("", INTERNAL) == []
    assert desk.find("没有这样的名字", INTERNAL) == []
    with pytest.raises(UserError, match="80"):
        desk.find("济" * 81, INTERNAL)


def test_pinyin_keeps_what_is_no_character() -> None:
    assert spelt("瑞兴农业") == ("ruixingnongye", "rxny")
    assert spelt("长清区") == ("changqingqu", "cqq")
    assert spelt("P01园区") == ("p01yuanqu", "p01yq")
    assert spelt("") == ("", "")


def test_the_endpoint_speaks_both_languages(demo_workspace: Workspace) -> None:
    with create_server(Settings(demo_workspace.path)).test_client() as client:
        for language, name in (("zh", "历下区"), ("en", "Lixia District")):
            found = client.get(f"/api/find?q=lixia&lang={language}").get_json()["found"]
            assert found[0]["name"] == name
        assert client.get("/api/find?q=" + "x" * 81).status_code == 400


# ---------------------------------------------------------------- saved views


@pytest.fixture
def views(demo_workspace: Workspace, tmp_path: Path) -> SavedViews:
    (tmp_path / "city.toml").write_bytes((demo_workspace.path / "city.toml").read_bytes())
    return SavedViews(Workspace.open(tmp_path))


def test_a_view_is_kept_renamed_and_forgotten(views: SavedViews) -> None:
    saved = views.save("软件业 紧缺", "例会用", "/?metric=scarcity&view=117.02,36.65,11")
    assert views.all() == [saved]
    renamed = views.rename(saved.id, "软件业", "")
    assert (renamed.name, renamed.note, renamed.address) == ("软件业", "", saved.address)
    views.save("另一个", "", "/commute")
    assert [view.name for view in views.all()] == ["另一个", "软件业"]
    views.delete(saved.id)
    assert [view.name for view in views.all()] == ["另一个"]
    with pytest.raises(UserError, match="not there"):
        views.delete(saved.id)


@pytest.mark.parametrize(
    ("name", "note", "address", "wrong"),
    [
        ("", "", "/", "name"),
        ("x" * 61, "", "/", "name"),
        ("好", "x" * 201, "/", "note"),
        ("好", "", "https://elsewhere.example/", "address"),
        ("好", "", "//elsewhere.example/", "address"),
        ("好", "", "/\\elsewhere.example", "address"),
        ("好", "", "javascript:alert(1)", "address"),
        ("好", "", "/" + "x" * 4000, "address"),
    ],
)
def test_what_is_no_view_is_refused(
    views: SavedViews, name: str, note: str, address: str, wrong: str
) -> None:
    with pytest.raises(UserError, match=wrong):
        views.save(name, note, address)
    assert views.all() == []


def test_names_are_told_apart_and_counted(views: SavedViews) -> None:
    views.save("一", "", "/")
    with pytest.raises(UserError, match="already"):
        views.save(" 一 ", "", "/commute")
    for i in range(MOST_VIEWS - 1):
        views.save(f"v{i}", "", "/")
    with pytest.raises(UserError, match="kept"):
        views.save("one more", "", "/")


def test_the_endpoints_of_views(demo_workspace: Workspace) -> None:
    said = {"name": "测试视图", "note": "", "address": "/?metric=demand"}
    with create_server(Settings(demo_workspace.path)).test_client() as client:
        assert client.post("/api/views", json=said).status_code == 403  # from no page of ours
        view: dict[str, Any] = client.post("/api/views", json=said, headers=HERE).get_json()
        try:
            listed = client.get("/api/views").get_json()["views"]
            assert [v["name"] for v in listed if v["id"] == view["id"]] == ["测试视图"]
            again = {"name": "改名", "note": "说明"}
            renamed = client.put(f"/api/views/{view['id']}", json=again, headers=HERE)
            assert renamed.get_json()["name"] == "改名"
            client.post("/api/role", json={"tier": "public"}, headers=HERE)
            refused = client.delete(f"/api/views/{view['id']}", json={}, headers=HERE)
            assert refused.status_code == 403
        finally:
            client.post("/api/role", json={"tier": "internal"}, headers=HERE)
            left = client.delete(f"/api/views/{view['id']}", json={}, headers=HERE).get_json()
    assert view["id"] not in json.dumps(left)
