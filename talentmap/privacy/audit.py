"""The audit log: who asked what, as a chain of lines none of which can be changed unnoticed."""

from __future__ import annotations

import hashlib
import json
import threading
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock

_FILE = "audit.jsonl"
_START = "0" * 64


class Audit:
    """Appends lines {time, tier, what, detail, previous, hash}; hash covers all before it.

    A look at single records has `purpose` and `who` besides.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / _FILE
        self._lock = FileLock(folder / ".lock")
        self._thread = threading.Lock()
        self._seen: set[tuple[str, str, str]] = set()
        folder.mkdir(parents=True, exist_ok=True)

    def record(self, tier: str, what: str, detail: str) -> None:
        """Write a line; the same question by the same tier is written once per process."""
        key = (tier, what, detail)
        with self._thread:
            if key in self._seen:
                return
            self._seen.add(key)
            with self._lock:
                self._append({"tier": tier, "what": what, "detail": detail})

    def look(self, tier: str, what: str, detail: str, *, purpose: str, who: str) -> None:
        """Write a line for a look at single records: every one, however often it is repeated."""
        entry = {"tier": tier, "what": what, "detail": detail, "purpose": purpose, "who": who}
        with self._thread, self._lock:
            self._append(entry)

    def _append(self, entry: dict[str, str]) -> None:
        entry["time"] = datetime.now(UTC).isoformat(timespec="seconds")
        entry["previous"] = _last_hash(self._file)
        entry["hash"] = _hash(entry)
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")


def check_audit(folder: Path) -> list[str]:
    """Return what is wrong with the chain, by line; empty where it is whole or absent."""
    file = folder / _FILE
    if not file.exists():
        return []
    problems, previous = [], _START
    for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1):
        try:
            entry = json.loads(line)
            stated = entry.pop("hash")
        except (ValueError, KeyError):
            problems.append(f"{file}: line {number} is not a line of the log")
            continue
        if entry.get("previous") != previous or _hash(entry) != stated:
            problems.append(f"{file}: line {number} does not follow from the one before")
        previous = stated
    return problems


def _hash(entry: dict[str, str]) -> str:
    text = json.dumps({k: v for k, v in entry.items() if k != "hash"}, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _last_hash(file: Path) -> str:
    """Read the hash of the last line from the end of the file, however long it is."""
    if not file.exists() or file.stat().st_size == 0:
        return _START
    with file.open("rb") as handle:
        handle.seek(max(file.stat().st_size - 8192, 0))
        return str(json.loads(handle.read().splitlines()[-1])["hash"])
