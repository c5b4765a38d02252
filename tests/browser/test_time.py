"""Months on the map as a user has them: stepping, playing, a change, two maps side by side."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.ready import wait_painted

NOW, THEN = "2026-06", "2025-06"
OPENING = f"/?metric=supply&at=work&level=cell7&off=points&month={NOW}"
COMPARED = f"{OPENING}&versus={THEN}"


def _open(open_page: OpenPage, address: str, **options: object) -> Page:
    page = open_page(address, **options)
    wait_painted(page)
    return page


def _word(page: Page, name: str) -> str:
    return parse_qs(urlsplit(page.url).query).get(name, [""])[0]


def _ask(page: Page, **question: str) -> list[dict[str, Any]]:
    answer = page.request.get("/api/ask", params={"metric": "supply", "at": "work", **question})
    assert answer.ok, answer.text()
    rows: list[dict[str, Any]] = answer.json()["rows"]
    return rows


def test_the_arrow_keys_step_along_the_months(open_page: OpenPage) -> None:
    page = _open(open_page, COMPARED)
    page.locator(".strip .tick[aria-current]").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(re.compile("month=2026-05"))
    assert _word(page, "versus") == "2025-05"
    page.keyboard.press("PageDown")
    page.wait_for_url(re.compile("month=2025-05"))
    expect(page.locator(".time-now strong")).to_contain_text("2025年5月")
    page.go_back()
    page.wait_for_url(re.compile("month=2026-05"))


def test_dragging_along_the_months_shows_them_at_once(open_page: OpenPage) -> None:
    page = _open(open_page, OPENING)
    box = page.locator(".strip .tick[aria-current]").bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, y)
    page.mouse.down()
    page.mouse.move(box["x"] - box["width"] * 2.5, y, steps=6)
    page.wait_for_function("tm.spec.query.includes('month=2026-03')")
    expect(page.locator(".time-bubble")).to_contain_text("2026年3月")
    assert _word(page, "month") == NOW, "the address changes when the drag ends"
    page.mouse.up()
    page.wait_for_url(re.compile("month=2026-03"))
    expect(page.locator(".time-bubble")).to_have_count(0)


def test_play_reads_ahead_steps_and_stops_at_a_touch(open_page: OpenPage) -> None:
    page = _open(open_page, OPENING.replace(NOW, "2026-01"))
    page.locator("[data-play]").click()
    page.wait_for_url(re.compile("month=2026-02"))
    # The next month is read before its turn, so that it is painted at once.
    page.wait_for_function(
        "location.search.includes('month=2026-02') && performance.getEntriesByType('resource')"
        ".some((e) => e.name.includes('/api/values/') && e.name.includes('month=2026-03'))"
    )
    page.wait_for_url(re.compile("month=2026-03"))
    page.mouse.click(*_middle(page))
    assert page.evaluate("tm.time.playing()") is False
    stopped = _word(page, "month")
    page.wait_for_timeout(3000)
    assert _word(page, "month") == stopped
    assert "playing" not in (page.locator("html").get_attribute("class") or "")


def _middle(page: Page) -> tuple[float, float]:
    box = page.locator("#map").bounding_box()
    assert box
    return box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.5


def test_play_ends_with_the_newest_month_and_goes_back_to_where_it_began(
    open_page: OpenPage,
) -> None:
    page = _open(open_page, OPENING.replace(NOW, "2026-04"))
    page.locator("[data-play]").click()
    page.wait_for_url(re.compile(f"month={NOW}"))
    page.wait_for_function("!tm.time.playing()")
    page.go_back()
    page.wait_for_url(re.compile("month=2026-04"))


def test_who_wants_no_motion_steps_by_hand(open_page: OpenPage) -> None:
    page = _open(open_page, OPENING.replace(NOW, "2026-01"), reduced_motion="reduce")
    page.locator("[data-play]").click()
    page.wait_for_url(re.compile("month=2026-02"))
    page.wait_for_timeout(2500)
    assert _word(page, "month") == "2026-02"


def test_a_colour_means_the_same_in_every_month(open_page: OpenPage) -> None:
    page = _open(open_page, OPENING)
    edges = page.evaluate("tm.picture.breaks.join()")
    frames = page.evaluate("tm.painted")
    page.locator(".strip .tick").first.click()
    page.wait_for_function("n => tm.painted > n && !tm.spec.query.includes('2026')", arg=frames)
    wait_painted(page)
    assert page.evaluate("tm.picture.breaks.join()") == edges
    assert edges


def test_one_click_compares_with_the_same_month_last_year(open_page: OpenPage) -> None:
    page = _open(open_page, OPENING)
    page.locator(".time-compare a").click()
    page.wait_for_url(re.compile(f"versus={THEN}"))
    assert _word(page, "compare") == "diff"
    expect(page.locator("#legend")).to_contain_text("较上年同月变化")
    wait_painted(page)
    page.locator(".stop-compare").click()
    page.wait_for_function("!location.search.includes('versus')")
    page.wait_for_function("!tm.spec.compare")
    expect(page.locator("#legend")).not_to_contain_text("变化")


@pytest.mark.parametrize("metric", ["supply", "scarcity"])
def test_the_change_of_districts_is_now_against_then(open_page: OpenPage, metric: str) -> None:
    address = COMPARED.replace("metric=supply", f"metric={metric}").replace("cell7", "district")
    page = _open(open_page, address + "&compare=diff")
    drawn = page.evaluate("Object.fromEntries([...tm.picture.rows].map(([id, r]) => [id, r]))")
    now, then = (
        {r["id"]: r for r in _ask(page, metric=metric, level="district", month=m)}
        for m in (NOW, THEN)
    )
    told = 0
    for code, row in drawn.items():
        ends = now[code]["status"], then[code]["status"]
        if ends != ("ok", "ok"):
            assert row["status"] in ends
            assert row["status"] != "ok"
            assert row["value"] is None
        elif row["status"] == "ok":
            ratio = now[code]["value"] / then[code]["value"]
            expected = ratio - 1 if metric == "supply" else ratio
            assert row["value"] == pytest.approx(expected)
            told += 1
        else:
            assert row["status"] == "insufficient"  # too small a base
            assert metric == "scarcity" or then[code]["value"] < 20
    assert told > 3


def test_the_change_of_hexagons_keeps_what_is_absent_apart(open_page: OpenPage) -> None:
    page = _open(open_page, COMPARED + "&compare=diff")
    assert page.evaluate("tm.picture.head.change") is True
    assert "versus=2025-06" in page.evaluate("tm.spec.query")
    kinds = page.evaluate(
        """
        [...new Set(tm.picture.classes)].map((k) => k < 7 ? 'class' : k === tm.SUPPRESSED ? 'hidden'
          : k === tm.INSUFFICIENT ? 'base' : k === tm.NOTHING ? 'land' : String(k))"""
    )
    assert {"class", "hidden"} <= set(kinds)
    assert str(page.evaluate("tm.ZERO")) not in kinds
    expect(page.locator("#legend")).to_contain_text("基数不足")
    expect(page.locator("#legend")).to_contain_text("+15%")


def test_two_maps_show_two_months_move_together_and_share_a_legend(open_page: OpenPage) -> None:
    page = _open(open_page, COMPARED)
    page.locator(".time-compare .segment").nth(2).click()
    page.wait_for_url(re.compile("compare=side"))
    page.wait_for_function("tm.compare.then() !== null")
    wait_painted(page)
    expect(page.locator(".tm-month-then")).to_have_text("2025年6月")
    expect(page.locator(".tm-month-now")).to_have_text("2026年6月")
    same = page.evaluate("tm.compare.then().breaks.join() === tm.picture.breaks.join()")
    assert same
    differ = page.evaluate(
        "tm.compare.then().codes.some((code, i) => code !== tm.picture.codes[i])"
    )
    assert differ, "both maps show the same month"
    before = page.evaluate("tm.map.getCenter().lng")
    left = page.locator(".tm-then").bounding_box()
    assert left
    x, y = left["x"] + left["width"] * 0.6, left["y"] + left["height"] * 0.6
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y, steps=5)
    page.mouse.up()
    page.wait_for_function(
        "before => Math.abs(tm.map.getCenter().lng - before) > 0.005", arg=before
    )
    wait_painted(page)
    shifts = page.evaluate(
        """
        ['.tm-then', '#map'].map((one) => document.querySelector(one + ' .leaflet-map-pane'))
          .map((pane) => getComputedStyle(pane).transform)"""
    )
    assert len(shifts) == 2
    assert shifts[0] == shifts[1]


def test_one_cursor_is_on_both_maps_and_the_card_has_both_months(open_page: OpenPage) -> None:
    page = _open(open_page, COMPARED + "&compare=side")
    page.wait_for_function("tm.compare.then() !== null")
    box = page.locator(".tm-then").bounding_box()
    assert box
    card = page.locator(".tm-hover.tm-shown")
    for step in range(20):  # somewhere on the left there is a hexagon
        page.mouse.move(
            box["x"] + box["width"] * (0.3 + 0.03 * step), box["y"] + box["height"] * 0.5
        )
        page.wait_for_timeout(150)
        if card.count():
            break
    expect(card).to_contain_text("2025年6月")
    expect(card).to_contain_text("2026年6月")
    expect(page.locator(".tm-cursor.tm-shown")).to_have_count(2)
    places = page.evaluate(
        "[tm.marks.hovered(), document.querySelectorAll('.tm-then .tm-hovered').length]"
    )
    assert places[0].startswith("cell:")
    assert places[1] == 1


def test_a_link_to_two_maps_shows_them_and_leaving_gives_the_width_back(
    open_page: OpenPage,
) -> None:
    page = _open(open_page, COMPARED + "&compare=side")
    wide = page.evaluate("[tm.map.getSize().x, document.getElementById('stage').clientWidth]")
    assert abs(wide[0] * 2 - wide[1]) < 4
    page.locator(".time-compare .segment").nth(0).click()
    page.wait_for_function("tm.map.getSize().x === document.getElementById('stage').clientWidth")
    expect(page.locator(".tm-then")).to_have_count(0)
