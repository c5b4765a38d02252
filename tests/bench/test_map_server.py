"""What the map asks of the server: a values request, and how many of them a second once kept."""

from __future__ import annotations

import http.client
import json
import threading
import time
from urllib.parse import urlsplit

from tests.bench.moves import Line

CLIENTS = 4
EACH = 250
SECTIONS = "ABCDEFGHIJKLMNOPQRST"
METRICS = ("supply", "demand", "scarcity")


def _get(connection: http.client.HTTPConnection, path: str) -> tuple[bytes, float]:
    started = time.perf_counter()
    connection.request("GET", path, headers={"Accept-Encoding": "br"})
    answer = connection.getresponse()
    body = answer.read()
    assert answer.status == 200, body
    return body, (time.perf_counter() - started) * 1000


def _connect(base: str) -> http.client.HTTPConnection:
    at = urlsplit(base)
    return http.client.HTTPConnection(str(at.hostname), at.port)


def _address(release: str, metric: str, level: int, industry: str) -> str:
    asked = f"metric={metric}&at=work&industry={industry}&level=cell{level}"
    return f"/api/values/{release}/{level}?{asked}"


def test_a_values_request(big_server: str, table: list[Line]) -> None:
    connection = _connect(big_server)
    release = json.loads(_get(connection, "/api/release")[0])["release"]
    for metric in METRICS:  # what every question of a metric shares is read from disk once
        for level in (8, 9):
            _get(connection, _address(release, metric, level, ""))
    times = sorted(
        _get(connection, _address(release, metric, level, industry))[1]
        for industry in SECTIONS
        for level in (8, 9)
        for metric in METRICS
    )
    table.append(Line("values request never asked before", tuple(times), 15))
    late = times[int(len(times) * 0.95)]
    table.append(Line("  the 95th of a hundred of them", (late,), 15))
    table[-1].check()


def test_requests_a_second(big_server: str, table: list[Line]) -> None:
    release = json.loads(_get(_connect(big_server), "/api/release")[0])["release"]
    path = _address(release, "supply", 8, "I")

    def ask() -> None:
        connection = _connect(big_server)
        for _ in range(EACH):
            _get(connection, path)

    rates = []
    for _ in range(5):
        threads = [threading.Thread(target=ask) for _ in range(CLIENTS)]
        started = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        rates.append(CLIENTS * EACH / (time.perf_counter() - started))
    table.append(Line("kept values requests a second", tuple(rates), 500, unit="/s", least=True))
    table[-1].check()
