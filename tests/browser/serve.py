"""Start `python app.py` on a free loopback port, as a user would, and stop it again."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 90.0


@contextmanager
def served(workspace: Path, log: Path, tier: str = "internal") -> Iterator[str]:
    """Serve a workspace and yield its base address; raise RuntimeError with the log if it dies."""
    port = _free_port()
    environment = os.environ | {
        "TALENTMAP_WORKSPACE": str(workspace),
        "TALENTMAP_HOST": "127.0.0.1",
        "TALENTMAP_PORT": str(port),
        "TALENTMAP_TIER": tier,
        "PYTHONUNBUFFERED": "1",
    }
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "app.py"], cwd=ROOT, env=environment, stdout=out, stderr=out
        )
    try:
        base = f"http://127.0.0.1:{port}"
        _wait(base, process, log)
        yield base
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(base: str, process: subprocess.Popen[bytes], log: Path) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with opener.open(f"{base}/api/release", timeout=5):
                return
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"app.py answers {error.code}:\n{log.read_text()}") from error
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"app.py did not start serving:\n{log.read_text()}")
