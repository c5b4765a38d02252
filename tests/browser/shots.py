"""Every page of the rail and every state of the map, in both themes, for people to look at."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from talentmap.model.discover import discover
from talentmap.ui.page import Page
from tests.browser.chromium import ARGUMENTS, find
from tests.browser.map_states import STATES, State
from tests.browser.ready import wait_painted, wait_shown
from tests.browser.serve import served
from tests.browser.watch import Watch

SIZES = {"1366x768": (1366, 768), "1920x1080": (1920, 1080), "390x844": (390, 844)}
THEMES = ("light", "dark")


def shoot(browser: Browser, base: str, shown: Page, folder: Path) -> None:
    """Take one page in every size and theme; raise AssertionError where it misbehaves."""
    for size, (width, height) in SIZES.items():
        for theme in THEMES:
            context = browser.new_context(
                viewport={"width": width, "height": height}, locale="zh-CN", base_url=base
            )
            watch = Watch(context, base)
            page = context.new_page()
            page.goto(shown.path)
            page.evaluate("theme => window.tm.theme.set(theme)", theme)
            wait_shown(page) if shown.spec is None else wait_painted(page)
            file = folder / f"{shown.id}-{theme}-{size}.png"
            page.screenshot(path=file)
            context.close()
            watch.check()
            print(file)


def shoot_state(browser: Browser, base: str, state: State, folder: Path) -> None:
    """Take one state of the map in both themes; raise AssertionError where it misbehaves."""
    size = "390x844" if state.phone else "1366x768"
    width, height = SIZES[size]
    for theme in THEMES:
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN", base_url=base
        )
        watch = Watch(context, base)
        page = context.new_page()
        page.goto(state.path)
        page.evaluate("theme => window.tm.theme.set(theme)", theme)
        wait_painted(page)
        if state.act:
            page.evaluate(state.act)
            page.wait_for_timeout(400)  # cards slide
        file = folder / f"map-{state.name}-{theme}-{size}.png"
        page.screenshot(path=file)
        context.close()
        watch.check()
        print(file)


def main(workspace: Path, folder: Path) -> None:
    """Serve the workspace and shoot every page of the rail, then every state of the map."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = discover("talentmap.ui.pages", "PAGE", Page)
    with tempfile.TemporaryDirectory() as logs, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=ARGUMENTS)
        with served(workspace, Path(logs) / "log.txt") as base:
            for page in pages.values():
                shoot(browser, base, page, folder)
            for state in STATES:
                shoot_state(browser, base, state, folder)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
