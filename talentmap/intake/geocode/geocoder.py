"""Addresses to points: from the cache, else from the service, within what an import may ask."""

from __future__ import annotations

import threading
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from talentmap.intake.crs import to_wgs84
from talentmap.intake.geocode.cache import Cache
from talentmap.intake.geocode.client import Client, Unreachable
from talentmap.intake.geocode.provider import City, Denied, Point, Spent
from talentmap.intake.geocode.settings import KEY, geocoder_settings
from talentmap.model.errors import UserError
from talentmap.model.workspace import Workspace

Hash = Callable[[Sequence[str]], list[str]]
_SHORTEST = 4  # 历下区 is no address


@dataclass(frozen=True)
class Found:
    """Points (WGS-84) by the text of the address, and the texts nobody was asked about."""

    points: dict[str, Point]
    left: tuple[str, ...]


@dataclass
class Geocoder:
    """Looks addresses up for one import; used by several threads. `online` False: cache alone."""

    client: Client
    cache: Cache
    hash: Hash
    online: bool = True
    counts: Counter[str] = field(default_factory=Counter)
    asked: int = 0
    _stopped: str = ""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def takes(self, column: str) -> bool:
        """Tell whether the addresses of a column may be sent."""
        return column in self.client.settings.send

    def find(self, addresses: Sequence[str]) -> Found:
        """Return the points of those addresses that are known; a text too short is not asked.

        Raise UserError where the service refuses the key.
        """
        tidy = {text: _tidy(text) for text in addresses}
        wanted = sorted({text for text in tidy.values() if len(text) >= _SHORTEST})
        with self._lock:
            points, left = self._points(wanted)
        found = {text: point for text, t in tidy.items() if (point := points.get(t)) is not None}
        return Found(found, tuple(text for text, t in tidy.items() if t in left))

    def count(self, **rows: int) -> None:
        """Count rows with an address and no better position: placed, unknown, elsewhere, left."""
        with self._lock:
            self.counts.update(rows)

    def caveats(self) -> list[str]:
        """Return what was looked up and what was left, in words; nothing where nothing was."""
        counts, name = self.counts, self.client.settings.provider.id
        said = {
            f"placed by their address, {self.asked} addresses sent": counts["placed"],
            "address not found": counts["unknown"],
            "address found elsewhere than the row says: not used": counts["elsewhere"],
            f"address not looked up: {self._why()}": counts["left"],
        }
        return [f"geocoder {name}: {rows} rows: {what}" for what, rows in said.items() if rows]

    def _points(self, addresses: Sequence[str]) -> tuple[dict[str, Point | None], set[str]]:
        hashes = dict(zip(addresses, self.hash([f"address {a}" for a in addresses]), strict=True))
        cached = self.cache.get(list(hashes.values()))
        points: dict[str, Point | None] = {}
        left: set[str] = set()
        for address, hashed in hashes.items():
            if hashed in cached:
                points[address] = cached[hashed]
            elif not (self._may_ask() and self._ask(address, hashed, points)):
                left.add(address)
        return points, left

    def _may_ask(self) -> bool:
        if self.asked >= self.client.settings.per_import:
            self._stopped = self._stopped or "as many as one import may"
        return self.online and not self._stopped

    def _ask(self, address: str, hashed: str, points: dict[str, Point | None]) -> bool:
        """Ask the service and keep its answer; tell whether there was one."""
        self.asked += 1
        name = self.client.settings.provider.id
        try:
            point = self.client.ask(address)
        except Denied as error:
            raise UserError(f"geocoder {name}: it refuses the key: {error}; see {KEY}") from None
        except (Spent, Unreachable) as error:
            spent = isinstance(error, Spent)
            self._stopped = "the quota is used up" if spent else f"it does not answer ({error})"
            return False
        points[address] = self._in_wgs84(point)
        self.cache.put(hashed, points[address])
        return True

    def _in_wgs84(self, point: Point | None) -> Point | None:
        if point is None:
            return None
        degrees = np.array([point.lon]), np.array([point.lat])
        lon, lat = to_wgs84(self.client.settings.provider.system, *degrees)
        return replace(point, lon=float(lon[0]), lat=float(lat[0]))

    def _why(self) -> str:
        return self._stopped or "a dry run asks nobody"


def open_geocoder(workspace: Workspace, hash_: Hash | None, *, online: bool) -> Geocoder | None:
    """Return the geocoder of a workspace, None where none is configured or there is no key to hash.

    Raise UserError where it is configured wrongly.
    """
    settings = geocoder_settings(workspace)
    if settings is None or hash_ is None:
        return None
    client = Client(settings, City(workspace.city.code, workspace.city.name))
    return Geocoder(client, Cache(workspace.path, settings.provider.id), hash_, online)


def _tidy(address: str) -> str:
    """Return an address as it is asked and hashed: NFKC, without spaces."""
    return "".join(unicodedata.normalize("NFKC", address).split())
