"""A real Chromium on a real server. No browser is a failure, never a skip."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from talentmap.model.workspace import Workspace
from tests.browser.chromium import ARGUMENTS, find
from tests.browser.serve import served
from tests.browser.watch import Watch

WAIT_MS = 30_000  # for shared, slow machines; a page is far faster
DESK = {"width": 1366, "height": 768}

OpenPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands in this folder, so that `-m 'not browser'` leaves it out."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for the session."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(demo_workspace: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `python app.py` serving the demo city."""
    with served(demo_workspace.path, tmp_path_factory.mktemp("server") / "log.txt") as base:
        yield base


@pytest.fixture
def watches() -> list[Watch]:
    """The watch of every context of this test, in order of opening."""
    return []


@pytest.fixture
def open_page(chromium: Browser, server: str, watches: list[Watch]) -> Iterator[OpenPage]:
    """Open pages, each in a context of its own; afterwards none may have misbehaved."""
    contexts: list[BrowserContext] = []

    def open_(path: str = "", **options: object) -> Page:
        settings = {"viewport": DESK, "locale": "zh-CN", "base_url": server} | options
        context = chromium.new_context(**settings)  # type: ignore[arg-type]
        contexts.append(context)
        context.set_default_timeout(WAIT_MS)
        watches.append(Watch(context, server))
        page = context.new_page()
        if path:
            page.goto(path)
        return page

    yield open_
    for context in contexts:
        context.close()
    for watch in watches:
        watch.check()


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """An empty page at the size of an office screen."""
    return open_page()
