"""What nobody should type, and what may happen to the server while somebody looks."""

from __future__ import annotations

import json

import h3
import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import OpenPage
from tests.browser.ready import wait_painted
from tests.browser.watch import Watch

SUZHOU = h3.latlng_to_cell(31.3, 120.6, 8)
NONSENSE = [
    "?metric=nothing",
    "?metric=supply&metric=demand",
    "?metric=supply&colour=red",
    "?metric=supply&level=galaxy",
    "?metric=supply&industry=ZZ99",
    "?metric=supply&month=2026-13",
    "?metric=supply&place=district:440106",
    "?metric=supply&place=park:NOPARK",
    "?metric=supply&place=cell:nonsense",
    f"?metric=supply&place=cell:{SUZHOU}",
    "?metric=supply&place=polygon:1,2",
    "?metric=supply&place=polygon:120.5,31.2;120.7,31.2;120.7,31.4",
    "?metric=supply&place=polygon:117,36.6;117.2,36.8;117.2,36.6;117,36.8",
    "?metric=supply&place=circle:x,y,z",
    "?view=a,b,c&look=%00,9999&base=%3Cscript%3E&off=%F0%9F%98%80",
    "?%F0%9F%98%80=%F0%9F%98%80&&&===",
]


def test_an_address_with_nonsense_is_a_page_in_words(
    open_page: OpenPage, watches: list[Watch]
) -> None:
    page = open_page(f"/{NONSENSE[0]}")  # loaded with it, the others come by a link
    page.wait_for_function("window.tm && tm.spec && document.querySelector('#map-top')?.innerText")
    watches[0].expect("/api/area/")  # an area beyond the city is refused there too
    for search in NONSENSE[1:]:
        page.evaluate("search => tm.ui.go('/' + search)", search)
        page.wait_for_timeout(150)
        page.wait_for_load_state("networkidle")
        page.wait_for_function(
            "!document.querySelector('._dash-loading-callback')"
            " && document.querySelector('#map-top')?.innerText"
        )
        shown = page.locator("body").inner_text()
        for word in ("Traceback", "NaN", "undefined", "KeyError", "<script>"):
            assert word not in shown, search


def test_a_list_of_thousands_of_places(open_page: OpenPage) -> None:
    page = open_page()
    middle = h3.latlng_to_cell(36.66, 117.05, 8)
    cells = sorted(h3.grid_disk(middle, 25))
    assert len(cells) > 1500
    page.goto(f"/?metric=supply&place=cells:{','.join(cells)}")
    page.wait_for_function("window.tm && tm.spec && document.querySelector('#map-top')?.innerText")
    assert "Traceback" not in page.locator("body").inner_text()


def test_a_release_that_takes_over_is_offered(open_page: OpenPage) -> None:
    page = open_page("/")
    wait_painted(page)
    held = page.evaluate("tm.spec.release")

    def other(route: Route) -> None:
        route.fulfill(json={"release": "r9999-other", "month": 1, "number": 9999})

    page.route("**/api/release", other)
    page.evaluate("tm.pulse.beat()")
    notice = page.locator("#map-notice")
    expect(notice).to_contain_text("数据已更新")
    assert page.evaluate("tm.spec.release") == held
    page.unroute("**/api/release")
    with page.expect_navigation():
        notice.get_by_role("button", name="重新载入").click()
    wait_painted(page)
    expect(notice).to_be_empty()


def test_the_server_may_be_away_for_a_while(open_page: OpenPage, watches: list[Watch]) -> None:
    page = open_page("/")
    wait_painted(page)
    away = ("ERR_INTERNET_DISCONNECTED", "Failed to fetch", "callback", "Callback failed")
    for text in away:
        watches[0].expect(text)
    before = page.evaluate("tm.picture.counts.reduce((a, n) => a + n, 0)")
    page.context.set_offline(True)
    page.evaluate("tm.pulse.beat()")
    notice = page.locator("#map-notice")
    expect(notice).to_contain_text("暂时连不上服务")
    assert page.evaluate("tm.picture.counts.reduce((a, n) => a + n, 0)") == before > 0
    page.context.set_offline(False)
    expect(notice).to_be_empty(timeout=15_000)
    assert page.evaluate("document.querySelector('.tm-stage.tm-dim')") is None


def test_what_was_asked_while_the_server_was_away_is_asked_again(
    open_page: OpenPage, watches: list[Watch]
) -> None:
    page = open_page("/")
    wait_painted(page)
    away = ("ERR_INTERNET_DISCONNECTED", "Failed to fetch", "callback", "Callback failed")
    for text in away:
        watches[0].expect(text)
    page.context.set_offline(True)
    page.evaluate("tm.pulse.beat()")
    expect(page.locator("#map-notice")).to_contain_text("暂时连不上服务")
    page.evaluate("tm.go({metric: 'demand'})")
    with page.expect_navigation(timeout=20_000):
        page.context.set_offline(False)
    page.wait_for_function("window.tm && tm.spec && tm.spec.query.includes('metric=demand')")


@pytest.mark.parametrize("status", [500, 503])
def test_an_answer_that_failed_leaves_the_picture(
    open_page: OpenPage, watches: list[Watch], status: int
) -> None:
    page = open_page("/")
    wait_painted(page)
    watches[0].expect(f"status {status}")
    watches[0].expect("Failed to load resource")
    body = json.dumps({"error": "internal error", "incident": "ab12"})
    page.route("**/api/values/**", lambda route: route.fulfill(status=status, body=body))
    page.evaluate("tm.go({industry: 'C'})")
    notice = page.locator("#map-notice")
    expect(notice).to_contain_text("这次没有算出来")
    page.unroute("**/api/values/**")
    notice.get_by_role("button", name="重试").click()
    page.wait_for_function("tm.picture.spec.query.includes('industry=C')")
