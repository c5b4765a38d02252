"""The shortest way through the program in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.ready import painted, wait_painted, wait_repainted
from tests.browser.watch import Watch

PAGES = ["/", "/commute"]
LIXIA = "district:370102"
HAN = re.compile(r"[一-鿿]")


def colours(page: Page) -> int:
    """Count the different colours in the middle of the map."""
    script = """
    () => {
      const seen = new Set();
      for (const canvas of document.querySelectorAll("#map canvas")) {
        const {width, height} = canvas;
        if (!width || !height) continue;
        const data = canvas.getContext("2d").getImageData(0, 0, width, height).data;
        for (let i = 0; i < data.length; i += 4 * 97)
          if (data[i + 3] === 255) seen.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
      }
      return seen.size;
    }"""
    return int(page.evaluate(script))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_loads_and_the_hexagons_are_painted(open_page: OpenPage, path: str) -> None:
    page = open_page(path)
    wait_painted(page)
    assert painted(page) > 0
    assert colours(page) >= 4, "the canvas shows no ramp of colours"
    expect(page.locator(".sentence")).to_contain_text("2026年6月")
    expect(page.locator(".synthetic")).to_be_visible()
    expect(page.locator("#legend")).not_to_be_empty()


def test_no_request_leaves_the_machine(open_page: OpenPage, watches: list[Watch]) -> None:
    page = open_page("/")
    wait_painted(page)
    assert any("/api/values/" in url for url in watches[0].requests)
    assert not any("plotly" in url for url in watches[0].requests)


def test_the_industry_is_changed_by_clicking_its_word(open_page: OpenPage) -> None:
    page = open_page("/")
    wait_painted(page)
    before, frames = page.locator(".word-industry").inner_text(), painted(page)
    page.locator(".word-industry").click()
    option = page.locator(".picker-list [role=option]", has_text="卫生")
    option.first.click()
    page.wait_for_url(re.compile(r"industry=Q"))
    wait_repainted(page, frames)
    expect(page.locator(".word-industry")).to_contain_text("卫生")
    assert "卫生" not in before


def test_the_picker_works_by_keyboard(open_page: OpenPage) -> None:
    page = open_page("/")
    wait_painted(page)
    page.locator(".word-industry").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#picker-search")).to_be_focused()
    page.keyboard.type("教育")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"industry=P"))


def test_english_speaks_english(open_page: OpenPage) -> None:
    page = open_page("/")
    wait_painted(page)
    page.locator(".bar-right a.tool").click()
    page.wait_for_url(re.compile(r"lang=en"))
    expect(page.locator(".sentence")).to_contain_text(re.compile(r"[A-Za-z]{4}"))
    assert not HAN.search(page.locator(".sentence").inner_text())
    assert not HAN.search(page.locator("#rail").inner_text())
    assert page.evaluate("document.documentElement.lang") == "en"


def test_the_dark_theme_stays_after_a_reload(open_page: OpenPage) -> None:
    page = open_page("/")
    wait_painted(page)
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("[data-theme-switch]").click()
    page.wait_for_function("document.documentElement.classList.contains('dark')")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    page.reload()
    wait_painted(page)
    assert page.evaluate("window.tm.theme.get()") == "dark"


@pytest.mark.parametrize("path", PAGES)
def test_a_district_is_selected_by_the_address(open_page: OpenPage, path: str) -> None:
    page = open_page(f"{path}?place={LIXIA}")
    wait_painted(page)
    expect(page.locator("#page")).to_contain_text("历下区")


def test_a_shared_address_gives_the_same_page(open_page: OpenPage) -> None:
    first = open_page("/")
    wait_painted(first)
    first.evaluate("tm.go({industry: 'C', at: 'home', place: 'district:370112'})")
    first.wait_for_url(re.compile(r"370112"))
    wait_painted(first)
    second = open_page(first.url)
    wait_painted(second)
    for part in (".sentence", "#page"):
        expect(second.locator(part)).to_have_text(
            first.locator(part).inner_text(), use_inner_text=True
        )
    assert second.evaluate("tm.spec.query") == first.evaluate("tm.spec.query")


def test_the_hover_card_speaks_of_places_not_of_ids(open_page: OpenPage) -> None:
    page = open_page("/")
    wait_painted(page)
    box = page.locator("#map").bounding_box()
    assert box
    card = page.locator(".hover-card:visible, .tm-hover:visible, #hover:visible").first
    for step in range(30):  # somewhere near the middle there is a hexagon
        x = box["x"] + box["width"] * (0.3 + 0.02 * step)
        page.mouse.move(x, box["y"] + box["height"] * 0.5)
        page.wait_for_timeout(150)
        if card.count():
            break
    expect(card).to_be_visible()
    text = card.inner_text()
    assert HAN.search(text)
    assert not re.search(r"\b8[0-9a-f]{14}\b", text)


def test_a_bad_address_is_one_clear_line_with_a_way_back(open_page: OpenPage) -> None:
    page = open_page("/?metric=scarcityy")
    expect(page.locator("#page")).to_contain_text("scarcityy")
    expect(page.locator("#page a").first).to_be_visible()
    assert "Traceback" not in page.content()


def test_back_restores_the_question_before(open_page: OpenPage) -> None:
    page = open_page("/")
    wait_painted(page)
    page.evaluate("tm.go({industry: 'C'})")
    page.wait_for_url(re.compile(r"industry=C"))
    wait_painted(page)
    page.evaluate("tm.go({industry: 'Q'})")
    page.wait_for_url(re.compile(r"industry=Q"))
    wait_painted(page)
    page.go_back()
    page.wait_for_url(re.compile(r"industry=C"))
    expect(page.locator(".word-industry")).to_contain_text("制造")


@pytest.mark.parametrize("size", [(1920, 1080), (1366, 768), (390, 844)])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_scrolls_sideways(open_page: OpenPage, path: str, size: tuple[int, int]) -> None:
    page = open_page(path, viewport={"width": size[0], "height": size[1]})
    wait_painted(page)
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0


def test_the_download_is_what_the_page_shows(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page("/")
    wait_painted(page)
    page.locator("#map-foot summary").first.click()
    with page.expect_download() as started:
        page.locator("a[href*='/export/map.csv']").first.click()
    file = tmp_path / "export.csv"
    started.value.save_as(file)
    text = file.read_text(encoding="utf-8-sig")
    assert "演示数据（合成）" in text
    assert "id,name,value,low,high,n,status" in text
