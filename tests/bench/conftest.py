"""Benches drive the same browser and server as the browser tests."""

from __future__ import annotations

from tests.browser.conftest import chromium, open_page, server, watches

__all__ = ["chromium", "open_page", "server", "watches"]
