"""When a page has finished: painted, and quiet for a moment."""

from __future__ import annotations

from playwright.sync_api import Page

_SETTLED = """
() => {
  const tm = window.tm;
  if (!tm || !tm.painted) return false;
  const now = performance.now();
  const seen = window.__seen || (window.__seen = {count: -1, at: now});
  if (seen.count !== tm.painted) { seen.count = tm.painted; seen.at = now; }
  return now - seen.at > 500 && !document.querySelector("._dash-loading-callback");
}
"""


def painted(page: Page) -> int:
    """Return how many frames the map has painted so far."""
    return int(page.evaluate("() => (window.tm && window.tm.painted) || 0"))


def wait_painted(page: Page) -> None:
    """Wait until the map has painted and no further frame came for half a second."""
    page.wait_for_load_state("networkidle")
    page.wait_for_function(_SETTLED, polling=100)


def wait_shown(page: Page) -> None:
    """Wait until a page without a map has all its parts: no call under way, no grey block left."""
    page.wait_for_load_state("networkidle")
    page.wait_for_function(
        "() => !document.querySelector('#page .block, ._dash-loading-callback')", polling=100
    )


def wait_repainted(page: Page, before: int) -> None:
    """Wait for a frame after the `before`-th, then for quiet."""
    page.wait_for_function("n => window.tm.painted > n", arg=before)
    wait_painted(page)
