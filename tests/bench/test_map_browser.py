"""The map of a city of two million people in Chromium without a GPU, beside the plain way.

Times are taken in the page, from the call to the frame that shows it; medians over at least twenty
moves. Our map and the plain one take turns, so that what else the machine does meets both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import cycle, islice
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

from tests.bench.moves import Driver, Line
from tests.browser.ready import wait_painted

MOVES = 20
QUERY = "metric=supply&at=work&month=2026-06"
INDUSTRIES = "CGIJKMNPQRABDEFHLOS"
SECONDS = 60_000
ZOOMS = {5_000: 12.0, 10_000: 11.25}  # of the busiest part, with cells of resolution 9 on it
MOTIONS: dict[str, Callable[[Driver, int], float]] = {
    "pan": lambda driver, sign: driver.pan(150 * sign),
    "zoom": lambda driver, sign: driver.zoom(0.25 * sign),
    "animated zoom, from the end of its motion": lambda driver, sign: driver.sharpen(0.25 * sign),
    "animated zoom, motion and all": lambda driver, sign: driver.glide(0.25 * sign),
}
_WALK = """async (moves) => {
  const [w, s, e, n] = tm.spec.busy_bounds;
  for (let i = 0; i < moves; i += 1) {
    const at = [(s + n) / 2 + 0.05 * Math.sin(2.4 * i), (w + e) / 2 + 0.05 * Math.cos(2.4 * i)];
    tm.map.setView(at, 9.5 + (i % 5) * 0.9, {animate: false});
    await bench.frame();
    if (i % 25 === 0) await bench.quiet();
  }
  await bench.quiet();
}"""


@pytest.fixture(scope="module")
def window(chromium: Browser) -> Iterator[Callable[[], BrowserContext]]:
    """Make contexts of the size of an office screen."""
    made: list[BrowserContext] = []

    def make() -> BrowserContext:
        context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
        context.set_default_timeout(SECONDS)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


@pytest.fixture(scope="module")
def ours(window: Callable[[], BrowserContext], big_server: str) -> Driver:
    page = window().new_page()
    page.goto(f"{big_server}/?{QUERY}&level=cell9")
    wait_painted(page)
    return Driver.of(page)


@pytest.fixture(scope="module")
def plain(window: Callable[[], BrowserContext], big_server: str, naive_server: str) -> Driver:
    page = window().new_page()
    asked = {"base": big_server, "res": "9", "query": f"{QUERY}&level=cell9"}
    page.goto(f"{naive_server}/?{urlencode(asked)}")
    page.wait_for_function("window.naive && naive.map")
    return Driver.of(page, "naive.drawn", "naive.map")


def over_the_city(ours: Driver, plain: Driver | None, cells: int) -> int:
    """Show resolution 9 with about so many cells; return how many ours draws in the window."""
    page = ours.page
    page.evaluate("() => tm.show({...tm.spec, resolutions: [9]})")
    west, south, east, north = page.evaluate("() => tm.spec.busy_bounds")
    at = [(south + north) / 2, (west + east) / 2, ZOOMS[cells]]
    page.evaluate("x => void tm.map.setView([x[0], x[1]], x[2], {animate: false})", at)
    page.wait_for_function(
        "() => tm.picture && tm.picture.grid && tm.picture.grid.resolution === 9"
    )
    page.wait_for_timeout(500)
    if plain is not None:
        before = plain.page.evaluate("() => naive.drawn")
        plain.page.evaluate("x => void naive.map.setView([x[0], x[1]], x[2], {animate: false})", at)
        plain.page.wait_for_function("x => naive.drawn > x", arg=before)
        plain.page.wait_for_timeout(500)
    return int(page.evaluate("() => tm.picture.counts.reduce((a, n) => a + n, 0)"))


def in_turn(
    ours: Driver, plain: Driver, mine: Callable[[int], float], other: Callable[[int], float]
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Time both ways by turns after one that warms up; the slow way half as often."""
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(MOVES + 1):
        ours.page.bring_to_front()
        times[0].append(mine(turn))
        if turn <= MOVES // 2:
            plain.page.bring_to_front()
            times[1].append(other(turn))
    return tuple(times[0][1:]), tuple(times[1][1:])


@pytest.mark.parametrize(("cells", "limit"), [(5_000, 150), (10_000, 250)])
@pytest.mark.parametrize("move", MOTIONS)
def test_a_move(
    ours: Driver, plain: Driver, table: list[Line], cells: int, limit: int, move: str
) -> None:
    drawn = over_the_city(ours, plain, cells)
    assert drawn >= cells
    act = MOTIONS[move]
    sign = (1, -1)
    mine, other = in_turn(
        ours, plain, lambda turn: act(ours, sign[turn % 2]), lambda turn: act(plain, sign[turn % 2])
    )
    table.append(Line(f"{move}, {drawn:,}", mine, limit, other))
    table[-1].check()


def test_recolour_once_the_bytes_are_there(ours: Driver, plain: Driver, table: list[Line]) -> None:
    drawn = over_the_city(ours, plain, 5_000)
    queries = [f"{QUERY}&industry={code}" for code in INDUSTRIES[:2]]
    for query in queries:  # read both, so that only the painting is left
        ours.time("tm.show({...tm.spec, query: x})", argument=query)
        _recolour_plain(plain, query)
    mine, other = in_turn(
        ours,
        plain,
        lambda turn: ours.time("tm.show({...tm.spec, query: x})", argument=queries[turn % 2]),
        lambda turn: _recolour_plain(plain, queries[turn % 2]),
    )
    table.append(Line(f"recolour, bytes there, {drawn:,}", mine, 60, other))
    table[-1].check()


def _recolour_plain(plain: Driver, query: str) -> float:
    act = "dash_clientside.set_props('cells', {hideout: {query: x}})"
    return plain.time(act, argument=f"{query}&level=cell9")


def test_another_industry(ours: Driver, table: list[Line]) -> None:
    drawn = over_the_city(ours, None, 5_000)
    ours.page.evaluate("() => tm.show({...tm.spec, resolutions: [7, 8, 9]})")
    ours.page.evaluate("() => tm.map.setZoom(12.5, {animate: false})")
    times = []
    for code in islice(cycle(INDUSTRIES), MOVES + 1):
        ready = f"tm.picture.spec.query.includes('industry={code}')"
        times.append(ours.time("tm.go({industry: x})", ready, code))
    assert drawn
    table.append(Line("another industry, click to picture", tuple(times[1:]), 250))
    table[-1].check()


def test_a_first_visit_to_a_resolution(
    window: Callable[[], BrowserContext], big_server: str, table: list[Line]
) -> None:
    times = []
    for turn in range(MOVES):
        fresh = window()
        page = fresh.new_page()
        # From resolution 7 to 9: not a neighbour, so nothing has been read ahead.
        page.goto(f"{big_server}/?{QUERY}&level=cell8&view=117.05,36.66,10.25")
        wait_painted(page)
        driver = Driver.of(page)
        ready = "tm.picture.grid && tm.picture.grid.resolution === 9"
        at = [36.66 + 0.001 * turn, 117.05]
        times.append(driver.time("tm.map.setView(x, 13, {animate: false})", ready, at))
        fresh.close()
    table.append(Line("first visit to a resolution", tuple(times), 400))
    table[-1].check()


def test_the_first_load(
    window: Callable[[], BrowserContext], big_server: str, table: list[Line]
) -> None:
    sizes, times = [], []
    for _ in range(5):
        fresh = window()
        page = fresh.new_page()
        received = _received(page)
        page.goto(f"{big_server}/")
        page.wait_for_function("() => window.tm && tm.picture && tm.painted > 1")
        page.wait_for_selector("#map-top .digits")
        page.evaluate("() => new Promise((done) => requestIdleCallback(done))")
        times.append(float(page.evaluate("() => performance.now()")))
        page.wait_for_load_state("networkidle")
        sizes.append(sum(received) / 1e6)
        fresh.close()
    table.append(Line("first load, as sent", tuple(sizes), 3, unit="MB"))
    table.append(Line("first load to interactive", tuple(times), 4_000))
    table[-2].check()
    table[-1].check()


def _received(page: Page) -> list[float]:
    """Collect the bytes of every answer as they came over the wire."""
    sizes: list[float] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    return sizes


def test_the_heap_does_not_grow(ours: Driver, table: list[Line]) -> None:
    over_the_city(ours, None, 5_000)
    ours.page.evaluate("() => tm.show({...tm.spec, resolutions: [7, 8, 9]})")
    session = ours.page.context.new_cdp_session(ours.page)
    ours.page.evaluate(_WALK, 250)  # every resolution built, every cache full
    before = _heap(session)
    ours.page.evaluate(_WALK, 500)
    after = _heap(session)
    table.append(Line(f"heap, 500 moves on ({before:.1f} before)", (after,), before + 1, unit="MB"))
    table[-1].check()


def _heap(session: CDPSession) -> float:
    for _ in range(3):
        session.send("HeapProfiler.collectGarbage")
    return float(session.send("Runtime.getHeapUsage")["usedSize"]) / 1e6
