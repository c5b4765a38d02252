"""Selecting on the map as a user does: drawing, Ctrl-click, a file, the keyboard; and mistakes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from talentmap.ui.draw.numbers import figure
from tests.browser.conftest import OpenPage
from tests.browser.ready import wait_painted
from tests.browser.watch import Watch

OPENING = "/?metric=supply&at=work&level=cell8&off=points"
PLACE = re.compile(r"[?&]place=")
HERO = "#map-top .kpi.hero .digits"


def _open(open_page: OpenPage, address: str = OPENING) -> Page:
    page = open_page(address)
    wait_painted(page)
    return page


def _at(page: Page, x: float, y: float) -> tuple[float, float]:
    """Return the window position of a share of the map's width and height."""
    box = page.locator("#map").bounding_box()
    assert box
    return box["x"] + box["width"] * x, box["y"] + box["height"] * y


def _click(page: Page, x: float, y: float, **options: Any) -> None:
    page.mouse.click(*_at(page, x, y), **options)
    page.wait_for_timeout(60)


def _drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*_at(page, *start))
    page.mouse.down()
    page.mouse.move(*_at(page, (start[0] + end[0]) / 2, (start[1] + end[1]) / 2))
    page.mouse.move(*_at(page, *end))
    page.mouse.up()


def _place(page: Page) -> str:
    return parse_qs(urlsplit(page.url).query).get("place", [""])[0]


def _asked(page: Page, level: str, place: str) -> float:
    """Return what the program answers for a place, without the page."""
    question: dict[str, str | float | bool] = {
        "metric": "supply",
        "at": "work",
        "level": level,
        "place": place,
    }
    answer = page.request.get("/api/ask", params=question)
    assert answer.ok, answer.text()
    rows = answer.json()["rows"]
    assert len(rows) == 1
    return float(rows[0]["value"])


def _expect_number(page: Page, value: float) -> None:
    expect(page.locator(HERO)).to_have_text(figure(value, "count", "zh").digits)


def test_a_drawn_polygon_gives_the_number_of_the_same_question(open_page: OpenPage) -> None:
    page = _open(open_page)
    page.locator("[data-tool=polygon]").click()
    for corner in ((0.4, 0.4), (0.6, 0.36), (0.65, 0.6), (0.45, 0.66)):
        _click(page, *corner)
    page.keyboard.press("Enter")
    page.wait_for_url(PLACE)
    assert _place(page).startswith("polygon:")
    assert len(_place(page).split(";")) == 4
    wait_painted(page)
    _expect_number(page, _asked(page, "area", _place(page)))
    expect(page.locator(".tm-chip")).to_be_visible()
    used = page.locator(".used-cells")
    expect(used).to_contain_text("网格汇总")
    with page.expect_download() as started:
        used.locator("a").click()
    lines = Path(started.value.path()).read_text("utf-8-sig").splitlines()
    rows = [line for line in lines if not line.startswith("#")][1:]
    said = re.search(r"([\d,]+) 个", used.inner_text())
    assert said
    assert (
        len(rows) == int(said[1].replace(",", "")) == page.evaluate("tm.area.shown().cells.length")
    )
    assert any("演示数据（合成）" in line for line in lines)


def test_a_polygon_is_closed_by_its_first_corner_and_by_a_double_click(open_page: OpenPage) -> None:
    page = _open(open_page)
    page.keyboard.press("p")
    for corner in ((0.4, 0.4), (0.6, 0.4), (0.6, 0.6), (0.4, 0.4)):
        _click(page, *corner)
    page.wait_for_url(PLACE)
    first = _place(page)
    page.keyboard.press("p")
    for corner in ((0.42, 0.4), (0.6, 0.42)):
        _click(page, *corner)
    page.mouse.dblclick(*_at(page, 0.55, 0.62))
    page.wait_for_function("first => !location.search.includes(first)", arg=first)
    page.wait_for_timeout(600)  # a click that fell through would select a hexagon
    assert _place(page).startswith("polygon:")
    assert len(_place(page).split(";")) == 3


def test_a_rectangle_by_dragging_and_by_two_clicks(open_page: OpenPage) -> None:
    page = _open(open_page)
    page.locator("[data-tool=rectangle]").click()
    _drag(page, (0.4, 0.35), (0.62, 0.6))
    page.wait_for_url(PLACE)
    dragged = _place(page)
    assert len(dragged.split(";")) == 4
    page.wait_for_timeout(600)
    assert _place(page) == dragged
    _expect_number(page, _asked(page, "area", dragged))
    page.keyboard.press("r")
    _click(page, 0.45, 0.4)
    _click(page, 0.55, 0.55)
    page.wait_for_function("old => !location.search.includes(old)", arg=dragged)
    assert len(_place(page).split(";")) == 4


def test_a_circle_and_a_ring(open_page: OpenPage) -> None:
    page = _open(open_page)
    page.locator("[data-tool=circle]").click()
    _drag(page, (0.5, 0.5), (0.6, 0.5))
    page.wait_for_url(PLACE)
    circle = _place(page)
    assert re.fullmatch(r"circle:[\d.]+,[\d.]+,[\d.]+", circle)
    wait_painted(page)
    _expect_number(page, _asked(page, "area", circle))
    page.locator("[data-tool=ring]").click()
    _click(page, 0.5, 0.5)
    page.locator("#tool-card input[name=inner]").fill("5")
    page.locator("#tool-card input[name=outer]").fill("4")
    page.keyboard.press("Enter")
    expect(page.locator("#tool-card [role=alert]")).to_contain_text("内半径要小于外半径")
    page.locator("#tool-card input[name=outer]").fill("9.5")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("place=ring"))
    assert _place(page).endswith(",5,9.5")
    wait_painted(page)
    _expect_number(page, _asked(page, "area", _place(page)))


def _district_points(page: Page) -> list[dict[str, Any]]:
    """Return districts whose label point lies free on the map, with where it is in the window."""
    script = """
    () => {
      const frame = tm.map.getContainer().getBoundingClientRect();
      return tm.areas.list("district").map((one) => {
        const p = tm.map.latLngToContainerPoint([one.lat, one.lon]);
        return {code: one.code, name: one.name, x: p.x + frame.left, y: p.y + frame.top};
      }).filter(({x, y}) => {
        const under = document.elementFromPoint(x, y);
        return under && under.closest("#map") && !under.closest("button");
      });
    }"""
    found: list[dict[str, Any]] = page.evaluate(script)
    return found


def test_two_districts_by_ctrl_click_are_the_sum_of_both(open_page: OpenPage) -> None:
    page = _open(open_page, "/?metric=supply&at=work&level=district&off=points,parks")
    first, second = _district_points(page)[:2]
    page.mouse.click(first["x"], first["y"])
    page.wait_for_url(PLACE)
    page.keyboard.down("Control")
    page.mouse.click(second["x"], second["y"])
    page.keyboard.up("Control")
    page.wait_for_url(re.compile("place=districts:"))
    wait_painted(page)
    codes = {first["code"], second["code"]}
    assert set(_place(page).removeprefix("districts:").split(",")) == codes
    total = sum(_asked(page, "district", f"district:{code}") for code in codes)
    _expect_number(page, total)
    page.keyboard.down("Control")
    page.mouse.click(second["x"], second["y"])
    page.keyboard.up("Control")
    page.wait_for_url(re.compile(f"place=district:{first['code']}"))


def test_hexagons_are_added_by_ctrl_click(open_page: OpenPage) -> None:
    page = _open(open_page)
    cells = page.evaluate(
        """
        () => {
          const {grid, classes} = tm.picture;
          const frame = tm.map.getContainer().getBoundingClientRect();
          const found = [];
          for (let i = 0; i < grid.n && found.length < 3; i += 1) {
            if (classes[i] >= tm.ZERO) continue;
            const id = h3.splitLongToH3Index(grid.low[i], grid.high[i]);
            const p = tm.map.latLngToContainerPoint(h3.cellToLatLng(id));
            const [x, y] = [p.x + frame.left, p.y + frame.top];
            const under = document.elementFromPoint(x, y);
            if (under && under.closest("#map") && !under.closest("button")) found.push({id, x, y});
          }
          return found;
        }"""
    )
    page.keyboard.down("Control")
    for cell in cells:
        page.mouse.click(cell["x"], cell["y"])
        page.wait_for_function("id => location.search.includes(id)", arg=cell["id"])
    page.keyboard.up("Control")
    assert _place(page) == "cells:" + ",".join(cell["id"] for cell in cells)
    wait_painted(page)
    _expect_number(page, _asked(page, "area", _place(page)))


def _geojson(page: Page) -> dict[str, Any]:
    w, s, e, n = page.evaluate("tm.spec.busy_bounds")
    x, y, dx, dy = (w + e) / 2, (s + n) / 2, (e - w) / 8, (n - s) / 8
    ring = [
        [x - dx, y - dy],
        [x + dx, y - dy],
        [x + dx, y + dy],
        [x - dx, y + dy],
        [x - dx, y - dy],
    ]
    feature = {"type": "Feature", "properties": {"name": "测试片区"},
               "geometry": {"type": "Polygon", "coordinates": [ring]}}  # fmt: skip
    return {"type": "FeatureCollection", "features": [feature]}


def _upload(page: Page, file: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.locator("[data-tool=upload]").click()
    chooser.value.set_files(file)


def test_an_uploaded_area_is_the_selection(open_page: OpenPage, tmp_path: Path) -> None:
    page = _open(open_page)
    file = tmp_path / "area.geojson"
    file.write_text(json.dumps(_geojson(page)), "utf-8")
    _upload(page, file)
    page.wait_for_url(re.compile("place=shape:"))
    wait_painted(page)
    expect(page.locator("#map-top h2")).to_contain_text("测试片区")
    _expect_number(page, _asked(page, "area", _place(page)))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("not json at all", "文件不是 GeoJSON"),
        ('{"type": "FeatureCollection", "features": []}', "文件里没有多边形"),
        (" " * (5 * 2**20 + 1), "文件超过 5 MB"),
    ],
)
def test_a_wrong_file_is_one_clear_line_and_nothing_is_lost(
    open_page: OpenPage, tmp_path: Path, watches: list[Watch], content: str, said: str
) -> None:
    page = _open(open_page, OPENING + "&place=district:370102")
    watches[0].expect("400")
    file = tmp_path / "area.geojson"
    file.write_text(content, "utf-8")
    _upload(page, file)
    expect(page.locator("#tool-card [role=alert]")).to_contain_text(said)
    assert _place(page) == "district:370102"
    page.keyboard.press("Escape")
    expect(page.locator("#tool-card")).to_have_count(0)


def test_a_self_crossing_polygon_is_refused_and_kept(open_page: OpenPage) -> None:
    page = _open(open_page)
    page.locator("[data-tool=polygon]").click()
    for corner in ((0.4, 0.4), (0.6, 0.4)):
        _click(page, *corner)
    page.keyboard.press("Enter")
    expect(page.locator("#tool-card [role=alert]")).to_contain_text("至少要三个")
    for corner in ((0.4, 0.6), (0.6, 0.62), (0.5, 0.3)):  # the last one crosses the first side
        _click(page, *corner)
    expect(page.locator("#tool-card [role=alert]")).to_contain_text("交叉")
    assert len(page.evaluate("tm.draw.draft().points")) == 4
    page.keyboard.press("Enter")  # closing it would cross, too
    expect(page.locator("#tool-card [role=alert]")).to_contain_text("交叉")
    page.keyboard.press("Backspace")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("place=polygon"))


def test_an_area_outside_the_city_is_refused(open_page: OpenPage) -> None:
    page = _open(open_page)
    w, s, _, n = page.evaluate("tm.spec.bounds")
    page.evaluate(
        "([x, y]) => tm.map.setView([y, x], 12, {animate: false})", [w - 0.3, (s + n) / 2]
    )
    wait_painted(page)
    page.locator("[data-tool=rectangle]").click()
    _drag(page, (0.3, 0.4), (0.4, 0.5))
    expect(page.locator("#tool-card [role=alert]")).to_contain_text("在城市之外")
    assert _place(page) == ""


def test_a_crossing_polygon_in_the_address_is_one_clear_line(open_page: OpenPage) -> None:
    crossed = "polygon:117.0,36.6;117.2,36.7;117.2,36.6;117.0,36.7"
    page = open_page(OPENING + "&place=" + crossed)
    expect(page.locator("#map-top")).to_contain_text("地点")
    assert "Traceback" not in page.content()


def test_escape_and_the_cross_take_one_thing_after_the_other(open_page: OpenPage) -> None:
    page = _open(open_page, OPENING + "&place=district:370102")
    page.locator("[data-tool=polygon]").click()
    _click(page, 0.5, 0.5)
    page.keyboard.press("Escape")
    assert page.evaluate("tm.draw.draft().points.length") == 0
    page.keyboard.press("Escape")
    assert page.evaluate("tm.draw.tool()") == ""
    assert _place(page) == "district:370102"
    page.locator("[data-tool=clear]").click()
    page.wait_for_function("!location.search.includes('place=')")
    expect(page.locator("[data-tool=clear]")).to_be_disabled()


def test_the_keyboard_reaches_selects_and_says_a_hexagon(open_page: OpenPage) -> None:
    page = _open(open_page)
    page.locator("#map").focus()
    page.keyboard.press("ArrowRight")
    first = page.evaluate("tm.cursor.place()")
    assert first.startswith("cell:")
    page.keyboard.press("ArrowRight")
    second = page.evaluate("tm.cursor.place()")
    assert second.startswith("cell:")
    assert second != first
    east = page.evaluate(
        "([a, b]) => h3.cellToLatLng(b.slice(5))[1] - h3.cellToLatLng(a.slice(5))[1]",
        [first, second],
    )
    assert east > 0
    voice = page.locator(".tm-voice")
    expect(voice).to_contain_text(re.compile(r"网格.*\d"))
    page.keyboard.press("Enter")
    page.wait_for_url(PLACE)
    assert _place(page) == second
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile("place=cells:"))
    assert second.removeprefix("cell:") in _place(page)
    wait_painted(page)
    _expect_number(page, _asked(page, "area", _place(page)))


def test_a_shared_address_shows_the_same_selection(open_page: OpenPage) -> None:
    first = _open(open_page)
    first.locator("[data-tool=circle]").click()
    _drag(first, (0.5, 0.5), (0.58, 0.5))
    first.wait_for_url(PLACE)
    wait_painted(first)
    second = _open(open_page, first.url)
    for script in ("tm.area.shown().cells.join()", "tm.map.getZoom()", "tm.marks.chip().text"):
        assert second.evaluate(script) == first.evaluate(script)
    first.go_back()
    first.wait_for_function("!location.search.includes('place=')")
    first.wait_for_function("tm.area.shown() === null")
