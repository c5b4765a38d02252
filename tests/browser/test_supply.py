"""The page 供需 in a real browser: selecting, twins, the catalogue, every width, both themes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.ready import wait_shown

SIZES = [(1920, 1080), (1366, 768), (390, 844)]
HAN = re.compile(r"[一-鿿]")
TABLE = "#supply-catalogue .posts"

# Rows that the lower edge of their box cuts: [box, row] pairs.
_CUT = """
() => Array.from(document.querySelectorAll('.page-scarcity .rows')).flatMap((box) => {
  const edge = box.getBoundingClientRect().bottom + 1;
  return Array.from(box.children)
    .map((row) => row.getBoundingClientRect())
    .filter((row) => row.top < edge - 3 && row.bottom > edge)
    .map((row) => [box.parentElement.parentElement.className, row.top, row.bottom, edge]);
})
"""

# Cells of the catalogue with text wider than they are; those that may be shortened have a title.
_SHORT = """
() => Array.from(document.querySelectorAll('.post > span'))
  .filter((cell) => cell.scrollWidth > cell.clientWidth + 1)
  .filter((cell) => !cell.querySelector('[title]'))
  .map((cell) => cell.className + ': ' + cell.textContent)
"""


@pytest.fixture
def supply(open_page: OpenPage) -> Page:
    page = open_page("/supply")
    wait_shown(page)
    return page


def test_the_page_explains_the_industry_the_city_opens_with(supply: Page) -> None:
    expect(supply.locator(".sentence")).to_contain_text("供需")
    expect(supply.locator(".synthetic")).to_be_visible()
    chosen = supply.locator(".dot-row[aria-current]")
    expect(chosen).to_have_count(1)
    name = chosen.locator(".dot-name").inner_text()
    expect(supply.locator("#supply-head h1")).to_have_text(name)
    expect(supply.locator("#supply-why .fall")).to_have_count(6)
    expect(supply.locator("#supply-trend .gap-end")).to_have_count(2)
    assert supply.locator("#supply-matrix .cell").count() > 10
    assert supply.locator(f"{TABLE} .post:not(.heads)").count() > 3
    assert supply.locator(".state-bad").count() == 0


def test_a_click_selects_another_industry(supply: Page) -> None:
    before = supply.locator("#supply-head h1").inner_text()
    row = supply.locator(".dot-row:not([aria-current]):not(.no-value)").first
    name = row.locator(".dot-name").inner_text()
    row.click()
    expect(supply.locator("#supply-head h1")).to_have_text(name)
    assert name != before
    expect(supply.locator(".dot-row[aria-current] .dot-name")).to_have_text(name)
    supply.go_back()
    expect(supply.locator("#supply-head h1")).to_have_text(before)


def test_occupations_are_ranked_by_the_switch_and_by_a_link(supply: Page) -> None:
    supply.locator("#supply-ranking .segment", has_text="职业").click()
    supply.wait_for_url(re.compile(r"by=occupation"))
    expect(supply.locator("#supply-ranking .segment[aria-current]")).to_have_text("职业")


def test_every_chart_turns_into_its_table_by_keyboard(supply: Page) -> None:
    for part in ("ranking", "why", "trend", "matrix"):
        box = supply.locator(f"#supply-{part}")
        box.locator(".twin summary").focus()
        supply.keyboard.press("Enter")
        expect(box.locator(".twin-table")).to_be_visible()
        expect(box.locator(".chart")).to_be_hidden()
        supply.keyboard.press("Enter")
        expect(box.locator(".chart")).to_be_visible()


def test_the_catalogue_sorts_and_filters(supply: Page) -> None:
    openings = supply.locator(f"{TABLE} .post-openings")
    expect(openings.first).not_to_be_empty()
    supply.locator(f"{TABLE} .heads button", has_text="岗位").click()
    expect(supply.locator(f"{TABLE} [aria-sort]")).to_contain_text("岗位")
    counts = [float(text.replace(",", "")) for text in openings.all_inner_texts()]
    assert counts == sorted(counts, reverse=True)
    word = supply.locator(f"{TABLE} .post-occupation").first.inner_text()
    supply.locator(".supply-filter input").fill(word)
    expect(supply.locator("#supply-catalogue .tile-head")).to_contain_text(" / ")
    names = supply.locator(f"{TABLE} .post").filter(has_not=supply.locator("button"))
    assert all(word in text for text in names.all_inner_texts())


def test_the_map_opens_with_the_same_question(supply: Page) -> None:
    industry = supply.locator(".word-industry").inner_text()
    supply.locator(".supply-actions a.button").click()
    supply.wait_for_url(re.compile(r"/\?metric=scarcity"))
    expect(supply.locator(".word-industry")).to_have_text(industry, use_inner_text=True)
    expect(supply.locator(".word-metric")).to_contain_text("紧缺指数")


def test_the_download_is_the_catalogue(supply: Page, tmp_path: Path) -> None:
    with supply.expect_download() as started:
        supply.locator("a.export").click()
    file = tmp_path / "catalogue.csv"
    started.value.save_as(file)
    text = file.read_text(encoding="utf-8-sig")
    assert "演示数据（合成）" in text
    assert "rank,id,occupation,specialty,education,title,status" in text


def test_english_holds_no_chinese(open_page: OpenPage) -> None:
    page = open_page("/supply?lang=en")
    wait_shown(page)
    assert not HAN.search(page.locator("#page").inner_text())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_cut_and_nothing_scrolls_sideways(
    open_page: OpenPage, size: tuple[int, int], language: str
) -> None:
    page = open_page(f"/supply?lang={language}", viewport={"width": size[0], "height": size[1]})
    wait_shown(page)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert page.evaluate("(() => { const p = document.querySelector('.page-scarcity');"
                         " return p.scrollWidth - p.clientWidth })()") <= 0  # fmt: skip
    if size[0] > 640:
        assert page.evaluate(_CUT) == []
        assert page.evaluate(_SHORT) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_texts_stand_out_in_both_themes(open_page: OpenPage, theme: str) -> None:
    page = open_page()
    page.add_init_script(f"localStorage.setItem('tm.theme', '{theme}')")
    page.goto("/supply")
    wait_shown(page)
    weak = page.evaluate(_WEAK)
    assert weak == []


# Words of less than 4.5:1 against what they stand on.
_WEAK = """
() => {
  const read = (text) => {
    const parts = text.match(/[\\d.]+/g).map(Number);
    const unit = text.startsWith('color(') ? 255 : 1;
    return parts.slice(0, 3).map((v) => v * unit).concat(parts.length > 3 ? parts[3] : 1);
  };
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const under = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const ground = read(getComputedStyle(at).backgroundColor);
      if (ground[3] > 0.7) return ground;
    }
    return [255, 255, 255, 1];
  };
  const found = new Set();
  const page = document.querySelector('.page-scarcity');
  const walker = document.createTreeWalker(page, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    // The score is written over the bar of the sum, which is not around it.
    if (!walker.currentNode.data.trim() || node.closest('.fall-in')) continue;
    if (!node.checkVisibility()) continue;
    const [a, b] = [light(read(getComputedStyle(node).color)), light(under(node))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) found.add(node.className + ' ' + ratio.toFixed(2));
  }
  return Array.from(found);
}
"""
