"""The page 职住 in a real browser: threshold, rose, matrix, measures, lines and the brief."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import WAIT_MS, OpenPage
from tests.browser.ready import wait_painted, wait_shown

PARK = "/commute?metric=commute_od&at=work&place=park:P08"
SIZES = [(1920, 1080), (1366, 768), (390, 844)]
HAN = re.compile(r"[一-鿿]")

# Rows of the list that the lower edge of their box cuts.
_CUT = """
() => Array.from(document.querySelectorAll('.page-commute .rows')).flatMap((box) => {
  const edge = box.getBoundingClientRect().bottom + 1;
  return Array.from(box.children).map((row) => row.getBoundingClientRect())
    .filter((row) => row.top < edge - 3 && row.bottom > edge)
    .map((row) => [row.top, row.bottom, edge]);
})
"""
# Cards of the strip whose text reaches below them, and parts of the panel wider than it.
_SPILT = """
() => [
  ...Array.from(document.querySelectorAll('.line-card')).filter((card) =>
    card.scrollHeight > card.clientHeight + 1).map((card) => card.textContent),
  ...Array.from(document.querySelectorAll('.page-commute .panel-part, .page-commute .directions'))
    .filter((part) => part.scrollWidth > part.clientWidth + 1)
    .map((part) => part.id || part.className),
]
"""
_ARCS = "() => window.tm.arcs.flows() ? window.tm.arcs.flows().arcs.map((a) => a.persons) : []"


@pytest.fixture
def park(open_page: OpenPage) -> Page:
    page = open_page(PARK)
    wait_painted(page)
    return page


def test_a_threshold_leaves_the_small_flows_out(park: Page) -> None:
    every = park.evaluate(_ARCS)
    assert every
    step = park.locator(".least .segment").last
    least = int(step.inner_text().replace(",", ""))
    step.click()
    park.wait_for_url(re.compile(f"least={least}"))
    park.wait_for_function(f"() => ({_ARCS})().every((n) => n >= {least})")
    assert len(park.evaluate(_ARCS)) < len(every)


def test_a_sector_is_picked_by_keyboard_and_shown_on_the_map(park: Page) -> None:
    sector = park.locator(".rose a.go").first
    sector.focus()
    park.keyboard.press("Enter")
    park.wait_for_url(re.compile(r"sector="))
    expect(park.locator(".rose .rose-chosen")).to_have_count(1, timeout=WAIT_MS)
    park.wait_for_function("() => window.tm.spec.wedge !== null")
    park.locator(".rose-words .link").click()
    park.wait_for_url(re.compile(r"^((?!sector=).)*$"))


def test_the_rose_turns_into_its_table_by_keyboard(park: Page) -> None:
    park.locator("#commute-rose .twin summary").focus()
    park.keyboard.press("Enter")
    expect(park.locator("#commute-rose .twin-table")).to_be_visible()
    expect(park.locator("#commute-rose .rose-row")).to_be_hidden()
    assert park.locator("#commute-rose .twin-table tbody tr").count() == 8


def test_the_direction_is_turned_round(park: Page) -> None:
    expect(park.locator("#commute-areas h3")).to_have_text("居住地")
    park.locator(".directions .segment:not([aria-current])").click()
    park.wait_for_url(re.compile(r"at=home"))
    expect(park.locator("#commute-areas h3")).to_have_text("工作地", timeout=WAIT_MS)


def test_a_line_is_chosen_drawn_and_told_on_one_page(park: Page, open_page: OpenPage) -> None:
    expect(park.locator(".line-card").first).to_be_visible(timeout=WAIT_MS)
    assert park.evaluate("() => window.tm.spec.shuttle.stops.length") > 1
    href = park.locator(".line-links a", has_text="简报").get_attribute("href")
    assert href is not None
    brief = open_page(href)
    expect(brief.locator("h1")).to_contain_text("接驳建议")
    expect(brief.locator(".mark")).to_have_text("演示数据（合成）")
    expect(brief.locator("svg .line-way")).to_have_count(1)
    assert brief.locator("tbody tr").count() > 1


def test_the_park_far_from_any_station_comes_first(open_page: OpenPage) -> None:
    page = open_page("/commute?metric=commute_od&at=work")
    wait_painted(page)
    expect(page.locator(".line-card").first.locator("strong")).to_have_text("绣源装备产业园")
    page.locator(".line-card").first.click()
    page.wait_for_url(re.compile(r"place=park:P08"))


def test_the_matrix_and_the_measures_lie_over_the_map(park: Page) -> None:
    park.locator(".tabs-card .segment", has_text="矩阵").click()
    expect(park.locator(".heat-table")).to_be_visible(timeout=WAIT_MS)
    assert park.locator(".heat-table tbody tr").count() >= 14
    assert park.locator(".sankey .ribbon").count() > 5
    park.locator(".tabs-card .segment", has_text="城市指标").click()
    expect(park.locator(".measure-table").first).to_contain_text(
        "8.7 公里（济南，2022）", timeout=WAIT_MS
    )
    park.locator(".tabs-card .segment", has_text="地图").click()
    expect(park.locator(".wide")).to_have_count(0, timeout=WAIT_MS)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_cut_and_nothing_scrolls_sideways(
    open_page: OpenPage, size: tuple[int, int], language: str
) -> None:
    view = {"width": size[0], "height": size[1]}
    page = open_page(f"/commute?lang={language}", viewport=view)
    wait_painted(page)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    if size[0] > 640:
        assert page.evaluate(_CUT) == []
        assert page.evaluate(_SPILT) == []
    for tab in ("matrix", "measures"):
        page.goto(f"/commute?metric=commute_od&tab={tab}&lang={language}")
        wait_shown(page)
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
        if language == "en":
            words = page.locator(".wide").inner_text()
            parks = page.locator(".heat-table").all_inner_texts()
            assert not HAN.search(words.replace("".join(parks), ""))
