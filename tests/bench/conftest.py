"""Benches drive the same browser and server as the browser tests, some over a large city."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from talentmap.model.workspace import Workspace
from tests.bench.moves import HEAD, Line
from tests.browser.conftest import chromium, open_page, server, watches
from tests.browser.serve import ROOT, served

__all__ = ["chromium", "open_page", "server", "watches"]

PEOPLE = 2_000_000
START_SECONDS = 60


@pytest.fixture(scope="session")
def big_city() -> Workspace:
    """A built demo city of two million people: made once, kept in the machine's folder for such.

    TALENTMAP_BENCH_CITY names one that is there already.
    """
    named = os.environ.get("TALENTMAP_BENCH_CITY", "")
    if named:
        return Workspace.open(Path(named))
    folder = Path(tempfile.gettempdir()) / f"talentmap-bench-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    city = folder / "city"
    with FileLock(folder / "lock"):
        if not (city / "cube" / "CURRENT").exists():
            command = [sys.executable, "-m", "talentmap", "demo", str(city), "--no-serve"]
            subprocess.run([*command, "--people", str(PEOPLE)], check=True, cwd=ROOT)
    return Workspace.open(city)


@pytest.fixture(scope="session")
def big_server(big_city: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `python app.py` serving the large city to the authorised tier."""
    log = tmp_path_factory.mktemp("big") / "log.txt"
    with served(big_city.path, log, tier="authorised") as base:
        yield base


@pytest.fixture(scope="session")
def naive_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the plain way, in a process of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    log = tmp_path_factory.mktemp("naive") / "log.txt"
    command = [sys.executable, "-m", "tests.bench.naive", str(port)]
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=out)
    base = f"http://127.0.0.1:{port}"
    try:
        _wait(base, log)
        yield base
    finally:
        process.terminate()
        process.wait(10)


def _wait(base: str, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(base, timeout=5):  # noqa: S310 - this machine
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"{base} did not start serving:\n{log.read_text()}")


@pytest.fixture(scope="session")
def table() -> Iterator[list[Line]]:
    """What the benches of this session measured; printed at the end with the machine's load."""
    lines: list[Line] = []
    yield lines
    load = ", ".join(f"{x:.1f}" for x in os.getloadavg())
    print(f"\n\nload {load} on {os.cpu_count()} cores\n{HEAD}")
    for line in lines:
        print(line.text())
