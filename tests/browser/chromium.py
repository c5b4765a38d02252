"""Where the browser of the tests is. Used by scripts/chromium.sh too, so that both agree."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = ("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",)

# No GPU in an office PC or a container, and none of the browser's own calls home.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-sync",
    "--no-first-run",
]


def find() -> str:
    """Return the path of a Chromium or Chrome; raise RuntimeError where there is none."""
    named = os.environ.get("TALENTMAP_CHROMIUM", "")
    if named:
        if shutil.which(named) is None:
            raise RuntimeError(f"TALENTMAP_CHROMIUM: {named} cannot be run")
        return named
    for name in (*NAMES, *PLACES):
        path = shutil.which(name)
        if path:
            return path
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    if Path(own).exists():
        return own
    raise RuntimeError("no Chromium or Chrome found; scripts/chromium.sh installs one")
