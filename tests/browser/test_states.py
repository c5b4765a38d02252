"""The designed states in a real browser: unpublished, unreadable, refused, on a phone."""

from __future__ import annotations

import re
from urllib.parse import unquote

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.ready import wait_painted
from tests.browser.watch import Watch

HAN = re.compile(r"[一-鿿]")
PHONE = {"width": 390, "height": 844}
CROSSED = "/?metric=scarcity&industry=I&education=14&title=1&level=cell8&month=2026-05"


def _covered(page: Page, selector: str) -> float:
    """Return how many pixels two neighbours inside a selector overlap, at most."""
    script = """
    selector => {
      const boxes = [...document.querySelector(selector).children]
        .map((one) => one.getBoundingClientRect()).filter((box) => box.height > 0);
      return Math.max(0, ...boxes.slice(1).map((box, i) => boxes[i].bottom - box.top));
    }"""
    return float(page.evaluate(script, selector))


def test_an_unpublished_bookmark_shows_the_nearest_map(open_page: OpenPage) -> None:
    page = open_page(CROSSED)
    wait_painted(page)
    expect(page.locator("#map-top .ways a").first).to_be_visible()
    expect(page.locator("#map-notice")).to_contain_text("图上是最接近的一问")
    assert page.evaluate("tm.picture !== null")
    page.locator("#map-top .ways a").first.click()
    page.wait_for_function("!tm.spec.instead || tm.spec.query.includes('education') === false")


def test_an_unreadable_address_still_has_a_map_and_keeps_the_one_there_is(
    open_page: OpenPage,
) -> None:
    page = open_page("/?metric=scarcityy")
    wait_painted(page)
    assert page.evaluate("tm.picture !== null")
    page.locator("#map-top a.go").click()
    wait_painted(page)
    page.evaluate("tm.go({industry: 'C'})")
    page.wait_for_function("tm.spec.query.includes('industry=C')")
    page.evaluate("tm.go({metric: 'nonsense'})")
    expect(page.locator("#map-top")).to_contain_text("指标")
    assert "industry=C" in page.evaluate("tm.spec.query")


def test_an_enterprise_has_no_flows_and_asks_for_none(
    open_page: OpenPage, watches: list[Watch]
) -> None:
    page = open_page("/?view=117.12,36.66,15")
    wait_painted(page)
    firm = page.evaluate("(tm.points.list()[0] || {id: ''}).id")
    assert firm, "no enterprise in the middle of the city"
    page.goto(f"/commute?metric=commute_od&place=enterprise:{firm}")
    wait_painted(page)
    expect(page.locator("#commute-top")).to_contain_text("企业")
    assert page.evaluate("tm.spec.instead.text"), "the map shows the city's flows and says so"
    assert "enterprise" not in page.evaluate("tm.spec.arcs.query")
    asked = [unquote(url) for url in watches[0].requests if "/api/arcs/" in url]
    assert not any("enterprise" in url for url in asked)


def test_a_refusal_speaks_the_language_of_the_page(open_page: OpenPage) -> None:
    page = open_page("/")
    wait_painted(page)
    refuse = """
    () => tm.notice.failed(
      new tm.data.ReadError(422, "the crossing is not published", "/api/x", ""), () => {})"""
    page.evaluate(refuse)
    notice = page.locator("#map-notice")
    expect(notice).to_contain_text("没有公布")
    assert "crossing" not in notice.inner_text()
    notice.locator("summary").click()
    expect(notice).to_contain_text("crossing")
    english = open_page("/?lang=en")
    wait_painted(english)
    english.evaluate(refuse)
    assert not HAN.search(english.locator("#map-notice").inner_text())
    expect(english.locator("#map-notice")).to_contain_text("the crossing is not published")


def test_arrow_keys_go_along_the_tabs(open_page: OpenPage) -> None:
    page = open_page("/")
    wait_painted(page)
    tabs = page.locator("#map-breakdown [role=tab]:visible")
    tabs.first.focus()
    page.keyboard.press("ArrowRight")
    expect(tabs.nth(1)).to_have_attribute("aria-selected", "true")
    expect(tabs.nth(1)).to_be_focused()
    page.keyboard.press("End")
    expect(tabs.last).to_have_attribute("aria-selected", "true")
    expect(tabs.last).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(tabs.first).to_have_attribute("aria-selected", "true")
    assert page.locator("#map-breakdown [role=tab][tabindex='0']").count() == 1


def test_a_phone_has_the_months_as_a_tab(open_page: OpenPage) -> None:
    page = open_page("/", viewport=PHONE)
    wait_painted(page)
    expect(page.locator("#map-strip")).to_be_hidden()
    page.locator("#map-breakdown [role=tab]", has_text="走势").click()
    expect(page.locator("#map-breakdown .time-line")).to_be_attached()
    desk = open_page("/")
    wait_painted(desk)
    expect(desk.locator("#map-breakdown [role=tab]", has_text="走势")).to_be_hidden()


def test_nothing_in_the_sheet_of_a_phone_lies_over_its_neighbour(open_page: OpenPage) -> None:
    for path in ("/", "/commute"):
        page = open_page(path, viewport=PHONE)
        wait_painted(page)
        assert _covered(page, ".panel") <= 1


def test_districts_show_the_whole_city_and_hexagons_the_view_that_was_left(
    open_page: OpenPage,
) -> None:
    page = open_page("/")
    wait_painted(page)
    before = page.evaluate("tm.map.getZoom()")
    switch = page.locator(".switch .segment")
    switch.filter(has_text="区县").click()
    page.wait_for_function("tm.picture && tm.picture.areaKind === 'district'")
    assert page.evaluate("tm.map.getBounds().contains(tm.view.boxOf('district:370126'))")
    switch.filter(has_text="网格").click()
    page.wait_for_function("tm.picture && tm.picture.grid")
    assert page.evaluate("tm.map.getZoom()") == before


def test_park_names_never_lie_over_each_other(open_page: OpenPage) -> None:
    for viewport in ({"width": 1366, "height": 768}, PHONE):
        page = open_page("/", viewport=viewport)
        wait_painted(page)
        page.wait_for_timeout(300)  # names are placed a moment after the picture
        overlaps = page.evaluate(
            """() => {
              const boxes = [...document.querySelectorAll(".tm-label")]
                .map((node) => node.getBoundingClientRect());
              return boxes.filter((a, i) => boxes.some((b, j) => j > i && a.left < b.right - 1
                && a.right - 1 > b.left && a.top + 3 < b.bottom && a.bottom - 3 > b.top)).length;
            }"""
        )
        assert overlaps == 0


def test_a_long_sentence_covers_nothing_on_a_phone(open_page: OpenPage) -> None:
    page = open_page("/?lang=en&place=district:370102", viewport=PHONE)
    wait_painted(page)
    page.locator(".grip").click()
    page.wait_for_timeout(300)  # the sheet slides
    bar = page.locator("#bar").bounding_box()
    assert bar
    for part in ("#legend", ".panel h2"):
        box = page.locator(part).first.bounding_box()
        assert box
        assert box["y"] >= bar["y"] + bar["height"], part
