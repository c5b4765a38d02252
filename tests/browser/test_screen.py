"""The wall in a real browser: it turns, fades, pauses, drills, stands failures, and never grows."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from talentmap.model.composition import Composition, write_composition
from talentmap.model.workspace import Workspace
from tests.browser.conftest import DESK, WAIT_MS, OpenPage
from tests.browser.serve import served
from tests.browser.watch import Watch

SIZES = [(1366, 768), (1920, 1080), (3840, 2160)]
TURNS = 300
# Bytes of heap a turn may leave behind; three days of 20 s are 12 960 turns.
HEAP_PER_TURN = 4096

_READY = "() => window.tm && tm.wall && tm.wall.current() && tm.wall.current().turned > 0"
_TURN = """
async (count) => {
  const wall = tm.wall.current();
  for (let i = 0; i < count; i += 1) {
    await wall.turn(wall.at + 1);
    await new Promise((done) => setTimeout(done, 20));
  }
  return wall.turned;
}
"""
# Rows that the lower edge of their box cuts.
_CUT = """
() => Array.from(document.querySelectorAll('.wall .wall-rows')).flatMap((box) => {
  const edge = box.getBoundingClientRect();
  return Array.from(box.children).map((row) => row.getBoundingClientRect())
    .filter((row) => row.left < edge.right && row.top < edge.bottom - 1)
    .filter((row) => row.bottom > edge.bottom + 2)
    .map((row) => box.parentElement.className + ' ' + row.bottom + ' > ' + edge.bottom);
})
"""
_CLEAR = """
() => {
  const at = (node) => node.getBoundingClientRect();
  const box = (name) => at(document.querySelector(name));
  const [said, tabs] = [box('.wall-headline h1'), box('.wall-tabs')];
  const callouts = Array.from(document.querySelectorAll('.wall-callout-box'), at);
  const cards = [...callouts, box('#legend'), box('#locator')];
  const beside = (a, b) => a.left >= b.right || b.left >= a.right;
  const apart = (a, b) => beside(a, b) || a.top >= b.bottom || b.top >= a.bottom;
  const clear = cards.every((a, i) => cards.every((b, j) => i >= j || apart(a, b)));
  const fits = document.documentElement.scrollHeight <= window.innerHeight;
  return [said.right < tabs.left, clear, fits];
}
"""


def wall(page: Page) -> Page:
    """Wait until the first turn is on the wall."""
    page.wait_for_function(_READY)
    page.wait_for_timeout(500)
    return page


@pytest.fixture
def screen(open_page: OpenPage) -> Page:
    return wall(open_page("/screen", viewport={"width": 1920, "height": 1080}))


def story(page: Page) -> str:
    return page.locator(".wall-tab[aria-current]").inner_text()


def test_the_wall_has_the_window_to_itself(screen: Page) -> None:
    for part in (".topbar", ".rail", "#zoom-box"):
        expect(screen.locator(part)).to_be_hidden()
    expect(screen.locator("[data-part=headline] h1")).to_be_visible()
    expect(screen.locator(".wall-kpi")).to_have_count(6)
    expect(screen.locator("[data-part=about] .synthetic")).to_have_text("演示数据（合成）")
    assert screen.locator(".wall-tile").count() == len(Composition().tiles)
    assert screen.locator("html.dark").count() == 1
    assert screen.locator(".wall .state-bad").count() == 0


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", ["", "?lang=en"])
def test_every_width_shows_whole_rows_and_nothing_meets(
    open_page: OpenPage, size: tuple[int, int], lang: str
) -> None:
    viewport = {"width": size[0], "height": size[1]}
    page = wall(open_page(f"/screen{lang}", viewport=viewport))
    for _ in range(3):
        assert page.evaluate(_CUT) == []
        assert page.evaluate(_CLEAR) == [True, True, True]
        page.evaluate(_TURN, 1)
        page.wait_for_timeout(500)


def test_it_turns_by_itself_and_the_address_follows(screen: Page) -> None:
    first = story(screen)
    screen.evaluate("() => { tm.wallSpeed = 40; }")
    screen.wait_for_function("() => tm.wall.current().turned > 3")
    screen.evaluate("() => { tm.wallSpeed = 1; }")
    assert "tab=" in screen.url
    here = screen.url
    screen.reload()
    wall(screen)
    assert screen.url == here
    assert story(screen) in {"紧缺", "错配", "通勤"}
    assert first == "紧缺"


def test_keys_pause_and_jump_and_it_goes_on(screen: Page) -> None:
    screen.keyboard.press("3")
    expect(screen.locator(".wall-tab[aria-current]")).to_have_text("通勤")
    assert screen.evaluate("() => tm.wall.current().paused > 0")
    assert "已暂停" in screen.evaluate(
        "() => getComputedStyle(document.querySelector('.wall-tabs'), '::before').content"
    )
    screen.evaluate("() => { tm.wall.current().paused = 1; }")  # the minute is over
    screen.wait_for_function("() => !tm.wall.current().paused")


def test_a_row_and_the_map_lead_to_their_pages(open_page: OpenPage) -> None:
    page = wall(open_page("/screen", viewport={"width": 1366, "height": 768}))
    name = page.locator(".wall-rank .wall-name").first.inner_text()
    page.locator(".wall-rank").first.click()
    page.wait_for_url("**/supply?**")
    expect(page.locator("#supply-head h1")).to_have_text(name)
    expect(page.locator(".rail")).to_be_visible()
    assert page.locator("html.dark").count() == 0  # the office's own theme again
    page.goto("/screen")
    wall(page)
    page.locator(".wall-over").click(position={"x": 5, "y": 5})
    page.wait_for_function("() => location.pathname === '/'")
    expect(page.locator(".wall-callout-box, .wall-over")).to_have_count(0)


def test_reduced_motion_cuts(open_page: OpenPage) -> None:
    page = open_page("/screen", reduced_motion="reduce")
    wall(page)
    page.evaluate("""() => {
      window.ghosts = 0;
      new MutationObserver(() => {
        window.ghosts += document.querySelectorAll('.wall-ghost, .wall-map-ghost').length;
      }).observe(document.body, {childList: true, subtree: true});
    }""")
    page.evaluate(_TURN, 2)
    assert page.evaluate("() => window.ghosts") == 0


def test_it_keeps_the_last_good_story_when_the_server_is_gone(
    open_page: OpenPage, watches: list[Watch]
) -> None:
    page = wall(open_page("/screen"))
    page.evaluate(_TURN, 12)  # every turn of the round has been read
    watches[0].expect("ERR_FAILED")
    page.route("**/screen/*.json*", lambda route: route.abort())
    page.route("**/api/**", lambda route: route.abort())
    page.evaluate("() => tm.wall.current().look()")
    expect(page.locator("[data-part=about] .wall-stale")).to_have_text("数据停在 " + page.evaluate(
        "() => new Date(tm.wall.current().good).toTimeString().slice(0, 5)"))  # fmt: skip
    before = page.url
    page.evaluate(_TURN, 1)
    assert page.url != before  # it goes on turning with what it has
    assert page.locator("[data-part=headline] h1").inner_text()
    page.unroute("**/screen/*.json*")
    page.unroute("**/api/**")
    page.evaluate("() => tm.wall.current().look()")
    expect(page.locator("[data-part=about] .wall-stale")).to_have_text("")


def test_a_new_release_is_picked_up_without_a_reload(open_page: OpenPage) -> None:
    page = wall(open_page("/screen"))
    page.evaluate(_TURN, 3)
    stamp = page.evaluate("() => tm.wall.current().stamp")
    page.evaluate(
        """() => {
          const wall = tm.wall.current();
          window.notReloaded = true;
          wall.stamp = "r0000-older internal " + wall.composed;
          wall.look();
        }"""
    )
    page.wait_for_function("stamp => tm.wall.current().stamp === stamp", arg=stamp)
    page.wait_for_function("() => !tm.wall.current().busy && tm.wall.current().kept.size === 1")
    assert page.evaluate("() => window.notReloaded")


def test_three_days_of_turning_leave_nothing_behind(open_page: OpenPage) -> None:
    page = wall(open_page("/screen"))
    client = page.context.new_cdp_session(page)
    client.send("Performance.enable")

    def measured() -> dict[str, int]:
        page.wait_for_timeout(1000)
        client.send("HeapProfiler.collectGarbage")
        client.send("HeapProfiler.collectGarbage")
        given = client.send("Performance.getMetrics")["metrics"]
        found = {one["name"]: int(one["value"]) for one in given}
        elements = page.evaluate("() => document.querySelectorAll('*').length")
        return found | {"elements": int(elements)}

    turns = len(page.evaluate("() => tm.wall.current().turns"))
    page.evaluate(_TURN, 4 * turns)
    start = measured()
    page.evaluate(_TURN, TURNS // turns * turns)  # whole rounds: the same turn is on the wall
    end = measured()
    assert end["elements"] <= start["elements"] + 20
    assert end["Nodes"] <= start["Nodes"] + 200
    assert end["JSEventListeners"] <= start["JSEventListeners"]
    assert end["JSHeapUsedSize"] - start["JSHeapUsedSize"] < HEAP_PER_TURN * TURNS
    assert page.locator(".wall-ghost, .wall-map-ghost").count() == 0


# ---------------------------------------------------------------- a workspace of its own


@pytest.fixture(scope="module")
def composed(
    demo_workspace: Workspace, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Path]]:
    """A server over a copy of the demo city, whose composition may be changed."""
    folder = tmp_path_factory.mktemp("wall") / "city"
    shutil.copytree(demo_workspace.path, folder)
    with served(folder, tmp_path_factory.mktemp("wall-log") / "log.txt") as base:
        yield base, folder


@pytest.fixture
def office(chromium: Browser, composed: tuple[str, Path]) -> Iterator[tuple[Page, Watch, Path]]:
    """A page on that server, its watch, and the folder of the workspace."""
    base, folder = composed
    context = chromium.new_context(base_url=base, locale="zh-CN", viewport=DESK)  # type: ignore[arg-type]
    context.set_default_timeout(WAIT_MS)
    watch = Watch(context, base)
    (folder / "screen.toml").unlink(missing_ok=True)
    yield context.new_page(), watch, folder
    context.close()
    watch.check()


def test_the_office_composes_its_wall(office: tuple[Page, Watch, Path]) -> None:
    page, _, folder = office
    page.goto("/compose")
    page.locator(".compose-chip[data-value=people]").click()
    page.locator("[data-compose=seconds]").select_option("45")
    page.locator(".compose-tile[data-tile=posts] select").select_option("")
    page.locator(".compose-tile[data-tile=trend] [data-move=up]").click()
    page.locator("[data-compose-save]").click()
    expect(page.locator(".compose-said")).to_have_text("已保存")
    written = (folder / "screen.toml").read_text(encoding="utf-8")
    assert "seconds = 45" in written
    assert 'left = ["trend", "industries"]' in written
    assert '"people"' not in written
    page.goto("/screen")
    wall(page)
    expect(page.locator(".wall-kpi")).to_have_count(5)
    expect(page.locator("[data-part=tile-posts]")).to_have_count(0)


def test_a_new_composition_and_a_wrong_file_are_picked_up(
    office: tuple[Page, Watch, Path],
) -> None:
    page, watch, folder = office
    page.goto("/screen")
    wall(page)
    write_composition(folder, Composition(kpis=("people", "openings")))
    page.evaluate("() => { tm.wall.current().look(); }")
    expect(page.locator(".wall-kpi")).to_have_count(2)
    watch.expect("status 400")
    watch.expect("400 (BAD REQUEST)")
    (folder / "screen.toml").write_text("seconds = 1\n", encoding="utf-8")
    page.reload()
    shown = page.locator("#wall-frame")
    expect(shown).to_contain_text("screen.toml")
    page.goto("/compose")
    expect(page.locator(".compose-bad")).to_contain_text("seconds: 1 is not between 5 and 600")


def test_another_page_cannot_compose(
    office: tuple[Page, Watch, Path], composed: tuple[str, Path]
) -> None:
    page, _, folder = office
    base = composed[0]
    for headers in ({}, {"Origin": "http://elsewhere.example"}):
        answer = page.request.put(f"{base}/api/screen", data={"seconds": 30}, headers=headers)
        assert answer.status == 403
    own = {"Origin": base}
    answer = page.request.put(f"{base}/api/screen", data={"seconds": 1}, headers=own)
    assert (answer.status, answer.json()["error"]) == (400, "seconds: 1 is not between 5 and 600")
    assert not (folder / "screen.toml").exists()
