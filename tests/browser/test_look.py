"""How a layer is drawn is in the address, so that a link shows it again; the map goes ahead."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.ready import wait_painted

SUPPLY = "/?metric=supply&at=home&level=cell8"
_BREAKS = "tm.picture.breaks"
_SHADES = """() => {
  const canvas = document.querySelector(".tm-canvas-field");
  const {width, height} = canvas;
  const data = canvas.getContext("2d").getImageData(0, 0, width, height).data;
  const seen = new Set();
  for (let i = 0; i < data.length; i += 28) {
    seen.add(data[i] * 65536 + data[i + 1] * 256 + data[i + 2]);
  }
  return seen.size;
}"""


def shades(page: Page) -> int:
    """Count the colours of the painted field."""
    return int(page.evaluate(_SHADES))


def test_a_smooth_surface_has_more_shades_and_the_same_classes(open_page: OpenPage) -> None:
    page = open_page(SUPPLY)
    wait_painted(page)
    plain, breaks = shades(page), page.evaluate(_BREAKS)
    page.locator("details.layers > summary").click()
    page.locator(".look-row").get_by_text("平滑").click()
    page.wait_for_function("tm.look().smooth")
    wait_painted(page)
    assert "look=smooth" in page.url
    assert shades(page) > 2 * plain
    assert page.evaluate(_BREAKS) == breaks


def test_the_slider_acts_at_once_and_ends_in_the_address(open_page: OpenPage) -> None:
    page = open_page(SUPPLY)
    wait_painted(page)
    page.locator("details.layers > summary").click()
    slider = page.get_by_role("slider", name="不透明度")
    before = page.evaluate("tm.painted")
    slider.press("Home")
    page.wait_for_function("n => tm.painted > n && tm.look().opacity === 0.2", arg=before)
    page.wait_for_function("location.search.includes('look=20')")
    again = open_page(page.url)
    wait_painted(again)
    assert again.evaluate("tm.paint.alphaOf(tm.spec)") == 0.2


def test_classes_of_the_view_come_back_with_the_link(open_page: OpenPage) -> None:
    page = open_page(f"{SUPPLY}&look=view&view=117.05,36.66,11")
    wait_painted(page)
    near = page.evaluate(_BREAKS)
    assert near != page.evaluate("tm.picture.own.breaks")
    expect(page.locator(".tm-legend-head")).to_contain_text("按视野")
    page.evaluate("tm.map.setView([36.2, 117.65], 11, {animate: false})")
    wait_painted(page)
    assert page.evaluate(_BREAKS) != near
    again = open_page(f"{SUPPLY}&look=view&view=117.05,36.66,11")
    wait_painted(again)
    assert again.evaluate(_BREAKS) == near


def test_the_map_asks_ahead_what_the_page_asks_then(open_page: OpenPage) -> None:
    page = open_page(f"{SUPPLY}&month=2026-06")
    wait_painted(page)
    guessed = page.evaluate(
        "() => { history.pushState({}, '', location.href + '&industry=C');"
        " return tm.ahead.likely(tm.spec).query; }"
    )
    page.evaluate("window.dispatchEvent(new CustomEvent('_dashprivate_pushstate'))")
    page.wait_for_function("tm.spec.chip === null && tm.spec.query.includes('industry=C')")
    wait_painted(page)
    assert page.evaluate("tm.spec.query") == guessed
    for change in ("'&metric=demand'", "'&place=district:370102'", "'&level=district'"):
        page.evaluate(f"() => history.replaceState({{}}, '', location.href + {change})")
        assert page.evaluate("tm.ahead.likely(tm.spec)") is None


def test_the_layer_card_works_by_keys(open_page: OpenPage) -> None:
    page = open_page(SUPPLY)
    wait_painted(page)
    page.locator("details.layers > summary").focus()
    page.keyboard.press("Enter")
    link = page.locator("a.layer", has_text="有效岗位")
    expect(link).to_be_visible()
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("tm.spec.query.includes('metric=demand')")
    expect(page.locator("details.layers")).to_have_attribute("open", "")


def test_a_phone_only_reads(open_page: OpenPage) -> None:
    page = open_page(SUPPLY, viewport={"width": 390, "height": 844}, has_touch=True)
    wait_painted(page)
    expect(page.locator("#tool-box")).to_be_hidden()
    bar = page.locator("#bar").bounding_box()
    assert bar
    assert bar["height"] < 100  # two lines
    page.touchscreen.tap(195, 330)
    page.wait_for_function("tm.spec.place !== ''")
    stops = []
    for _ in range(3):
        box = page.locator(".panel").bounding_box()
        assert box
        stops.append(round(box["height"]))
        page.locator(".grip").click()
        page.wait_for_timeout(300)
    assert len(set(stops)) == 3
