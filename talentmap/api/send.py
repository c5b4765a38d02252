"""Answers that never change: compressed once, kept, and known by their ETag."""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

import brotli
from flask import Request, Response

_YEAR = 31_536_000
_KEPT_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Body:
    """What to send: bytes, content type, further headers."""

    raw: bytes
    kind: str
    headers: dict[str, str] = field(default_factory=dict)


class Kept:
    """Bodies by key, compressed, up to some megabytes; the longest unused goes first."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], tuple[bytes, dict[str, str]]] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def send(
        self, request: Request, key: str, make: Callable[[], Body], *, private: bool
    ) -> Response:
        """Send what `make` returns, compressed as the client likes; 304 where it has it."""
        coding = _coding(request)
        body, headers = self._get((key, coding), make)
        response = Response(body, headers=headers)
        scope = "private" if private else "public"
        response.headers["Cache-Control"] = f"{scope}, max-age={_YEAR}, immutable"
        response.make_conditional(request)
        return response

    def _get(self, key: tuple[str, str], make: Callable[[], Body]) -> tuple[bytes, dict[str, str]]:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        body = _compress(made.raw, key[1])
        tag = hashlib.sha256(body).hexdigest()[:24]
        headers = {"Content-Type": made.kind, "ETag": f'"{tag}"', **made.headers}
        # The cookie may lower the tier: a browser must not take the answer of another one.
        headers["Vary"] = "Accept-Encoding, Cookie"
        if key[1]:
            headers["Content-Encoding"] = key[1]
        self._keep(key, body, headers)
        return body, headers

    def _keep(self, key: tuple[str, str], body: bytes, headers: dict[str, str]) -> None:
        with self._lock:
            self._size -= len(self._kept.pop(key, (b"", {}))[0])
            self._kept[key] = (body, headers)
            self._size += len(body)
            while self._size > _KEPT_BYTES:
                self._size -= len(self._kept.popitem(last=False)[1][0])


def compressed(request: Request, response: Response, least: int) -> Response:
    """Compress a whole response of at least so many bytes, as the client likes."""
    coding = _coding(request)
    response.vary.add("Accept-Encoding")
    if coding and len(response.get_data()) >= least:
        response.set_data(_compress(response.get_data(), coding))
        response.content_encoding = coding
    return response


def _coding(request: Request) -> str:
    accepted = request.headers.get("Accept-Encoding", "")
    return "br" if "br" in accepted else "gzip" if "gzip" in accepted else ""


def _compress(raw: bytes, coding: str) -> bytes:
    if coding == "br":
        return bytes(brotli.compress(raw, quality=5))
    return gzip.compress(raw, 6, mtime=0) if coding == "gzip" else raw
