"""A stand-in for the online geocoders: answers as they do, on the loopback address."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class StandIn:
    """What the service knows, what it was asked, and the troubles it has before it answers."""

    url: str = ""
    known: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    troubles: deque[tuple[int, str]] = field(default_factory=deque)  # (status, body)

    def answer(self, words: dict[str, str]) -> tuple[int, str]:
        """Return status and body for the parameters of a request."""
        self.asked.append(words)
        if self.troubles:
            return self.troubles.popleft()
        body = self._tianditu(words) if "ds" in words else self._amap(words)
        return 200, json.dumps(body, ensure_ascii=False)

    def _amap(self, words: dict[str, str]) -> dict[str, Any]:
        if words["key"] != "good":
            return {"status": "0", "info": "INVALID_USER_KEY", "infocode": "10001"}
        place = self.known.get(words["address"])
        found = [] if place is None else [
            {"location": f"{place['lon']},{place['lat']}", "level": place.get("level", "门牌号")}
        ]  # fmt: skip
        return {"status": "1", "info": "OK", "infocode": "10000", "geocodes": found}

    def _tianditu(self, words: dict[str, str]) -> dict[str, Any]:
        if words["tk"] != "good":
            return {"msg": "非法Key", "code": 301003, "status": "1"}
        place = self.known.get(json.loads(words["ds"])["keyWord"])
        if place is None:
            return {"msg": "ok", "status": "101"}
        location = {"score": 100, "level": "门址"} | {k: str(v) for k, v in place.items()}
        return {"msg": "ok", "status": "0", "location": location}


@contextmanager
def stand_in() -> Iterator[StandIn]:
    """Serve a stand-in on a free port."""
    service = StandIn()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            words = {
                name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()
            }
            status, body = service.answer(words)
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            if status == 429:
                self.send_header("Retry-After", "7")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    service.url = f"http://127.0.0.1:{server.server_address[1]}/geo"
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
