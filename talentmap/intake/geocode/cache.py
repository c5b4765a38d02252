"""Answers of a geocoder kept in the workspace, by a keyed hash of the address, not its text."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from talentmap.intake.geocode.provider import Point
from talentmap.model.errors import UserError

FILE = "geocode.sqlite"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS answers (
    provider TEXT NOT NULL,
    address TEXT NOT NULL,
    lon REAL,
    lat REAL,
    PRIMARY KEY (provider, address)
) STRICT, WITHOUT ROWID
"""
_AT_ONCE = 500  # SQLite takes so many parameters


class Cache:
    """The answers of one provider; an address it does not know is kept too, as None."""

    def __init__(self, workspace: Path, provider: str) -> None:
        self._file = workspace / FILE
        self._provider = provider

    def get(self, addresses: Sequence[str]) -> dict[str, Point | None]:
        """Return what is known of some hashed addresses; raise UserError where it is unreadable."""
        found: dict[str, Point | None] = {}
        if not self._file.is_file():
            return found
        try:
            with closing(self._connect()) as cache:
                for first in range(0, len(addresses), _AT_ONCE):
                    some = addresses[first : first + _AT_ONCE]
                    marks = ", ".join("?" * len(some))
                    rows = cache.execute(
                        "SELECT address, lon, lat FROM answers"
                        f" WHERE provider = ? AND address IN ({marks})",
                        (self._provider, *some),
                    )
                    for address, lon, lat in rows:
                        found[address] = None if lon is None else Point(lon, lat)
        except sqlite3.DatabaseError:
            raise UserError(f"{self._file}: not a readable cache; remove it to ask anew") from None
        return found

    def put(self, address: str, point: Point | None) -> None:
        """Keep an answer at once, so that what was asked is asked once whatever comes after."""
        lon, lat = (point.lon, point.lat) if point else (None, None)
        with closing(self._connect()) as cache, cache:
            row = (self._provider, address, lon, lat)
            cache.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)", row)

    def _connect(self) -> sqlite3.Connection:
        new = not self._file.exists()
        cache = sqlite3.connect(self._file)
        try:
            cache.execute(_SCHEMA)
            if new:
                self._file.chmod(0o600)
        except sqlite3.Error:
            cache.close()
            raise
        return cache
