"""Ask a geocoder one address: paced, retried, and silent about the address and the key."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from talentmap.intake.geocode.provider import Busy, City, Denied, Point
from talentmap.intake.geocode.settings import GeocoderSettings

_ATTEMPTS = 4
_FIRST_WAIT_SECONDS = 0.5
_LONGEST_WAIT_SECONDS = 30.0
_TIMEOUT_SECONDS = 10.0
_MOST_BYTES = 2**20
_TOO_MANY = 429
_FAULTS = 500
_REFUSED = (400, 401, 403, 418)


class Unreachable(Exception):
    """The service did not answer sensibly however often it was asked; the text says how."""


class _NoRedirect(HTTPRedirectHandler):
    """An address is sent where the administrator said and nowhere else."""

    def redirect_request(self, *_: Any) -> None:
        return None


@dataclass
class Client:
    """Asks one service. `sleep` and `clock` are for tests."""

    settings: GeocoderSettings
    city: City
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _next: float = 0.0
    _pace: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, address: str) -> Point | None:
        """Return the point of an address in WGS-84 or the provider's own system, None if unknown.

        Raise Spent, Denied, or Unreachable once it was asked in vain a few times.
        """
        trouble = "no answer"
        for attempt in range(_ATTEMPTS):
            self._wait_for_turn()
            wait = _FIRST_WAIT_SECONDS * 2**attempt
            try:
                return self.settings.provider.read(self._get(address))
            except Busy:
                trouble = "it is too busy"
            except HTTPError as error:
                if error.code in _REFUSED:
                    raise Denied(f"HTTP {error.code}") from None
                if error.code != _TOO_MANY and error.code < _FAULTS:
                    raise Unreachable(f"HTTP {error.code}") from None
                trouble = f"HTTP {error.code}"
                wait = max(wait, _retry_after(error.headers))
            except (
                URLError,
                HTTPException,
                OSError,
                ValueError,
                AttributeError,
                KeyError,
            ) as error:
                trouble = type(error).__name__  # its text may hold the address
            if attempt + 1 < _ATTEMPTS:
                self.sleep(min(wait, _LONGEST_WAIT_SECONDS))
        raise Unreachable(trouble)

    def _get(self, address: str) -> Any:
        words = self.settings.provider.words(address, self.city, self.settings.key)
        mark = "&" if "?" in self.settings.url else "?"
        url = f"{self.settings.url}{mark}{urlencode(words)}"
        request = Request(url, headers={"User-Agent": "talentmap"})  # noqa: S310 - http(s), checked
        with build_opener(_NoRedirect).open(request, timeout=_TIMEOUT_SECONDS) as answer:
            return json.loads(answer.read(_MOST_BYTES))

    def _wait_for_turn(self) -> None:
        with self._pace:
            now = self.clock()
            wait = max(self._next - now, 0.0)
            self._next = max(now, self._next) + 1 / self.settings.per_second
        if wait:
            self.sleep(wait)


def _retry_after(headers: Message | None) -> float:
    given = headers.get("Retry-After", "") if headers is not None else ""
    return float(given) if given.isdigit() else 0.0
