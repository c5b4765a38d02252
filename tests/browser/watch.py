"""What a page must not do, watched from its first byte: errors, and calls beyond the server."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

LOCAL_SCHEMES = ("data", "blob", "about", "chrome")


class Watch:
    """Collects what a browser context did wrong; `check` raises on any of it."""

    def __init__(self, context: BrowserContext, base: str) -> None:
        self._host = urlsplit(base).netloc
        self.problems: list[str] = []
        self.requests: list[str] = []
        self._expected: list[str] = []
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("console", self._console)
        context.on("page", self._page)

    def expect(self, text: str) -> None:
        """Say that problems with this text are what the test is about."""
        self._expected.append(text)

    def check(self) -> None:
        """Raise AssertionError listing every problem seen."""
        left = [p for p in self.problems if not any(text in p for text in self._expected)]
        assert not left, "the page misbehaved:\n" + "\n".join(left)

    def _page(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.problems.append(f"page error: {error}"))
        page.on("websocket", lambda socket: self._address("websocket", socket.url))

    def _request(self, request: Request) -> None:
        self.requests.append(request.url)
        self._address("request", request.url)

    def _address(self, what: str, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in LOCAL_SCHEMES and parts.netloc != self._host:
            self.problems.append(f"outside {what}: {url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.problems.append(f"status {response.status}: {response.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.problems.append(f"console error: {message.text} ({message.location.get('url')})")
