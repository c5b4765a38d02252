"""From a change of the question to the painted map, in a browser without a GPU."""

from __future__ import annotations

from itertools import cycle

from tests.bench.timing import median_ms
from tests.browser.conftest import OpenPage
from tests.browser.ready import painted, wait_painted

PAN_MS = 250.0
RECOLOUR_MS = 1500.0


def test_a_pan(open_page: OpenPage) -> None:
    page = open_page("/")
    wait_painted(page)
    steps = cycle([120, -120])

    def pan() -> None:
        before = painted(page)
        page.evaluate("x => tm.map.panBy([x, 0], {animate: false})", next(steps))
        page.wait_for_function("n => tm.painted > n", arg=before, polling="raf")

    assert median_ms("pan to painted", pan) < PAN_MS


def test_another_industry(open_page: OpenPage) -> None:
    page = open_page("/")
    wait_painted(page)
    industries = cycle(["C", "Q", "I", "J"])

    def change() -> None:
        before = painted(page)
        page.evaluate("code => tm.go({industry: code})", next(industries))
        page.wait_for_function("n => tm.painted > n", arg=before, polling="raf")

    assert median_ms("industry to painted", change) < RECOLOUR_MS
