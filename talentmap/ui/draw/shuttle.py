"""Shuttle lines: from the desk's plain objects, as a small picture and as GeoJSON."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians
from typing import Any

from talentmap.ui.draw.svg import Point

KM_PER_DEGREE = 111.195  # of latitude, mean radius of the earth
_ROOM = 0.14  # of the picture's smaller side, left free round the line


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop: where, what it is called, how many people walk to it (None where hidden)."""

    lon: float
    lat: float
    name: str
    persons: float | None


@dataclass(frozen=True, slots=True)
class Line:
    """A candidate line; `park` is the code of the park it serves where a ranking names one."""

    id: str
    name: str
    served: float
    riders: float
    share: float
    km: float
    stops: tuple[Stop, ...]
    saved_km: float
    minutes: float | None
    park: str
    clusters: tuple[tuple[float, float, float], ...]


def lines_of(found: list[dict[str, Any]]) -> list[Line]:
    """Return the lines of `extra["lines"]`, in their order."""
    return [_line(one) for one in found]


def _line(one: dict[str, Any]) -> Line:
    stops = tuple(Stop(s["lon"], s["lat"], s["name"], s.get("persons")) for s in one["stops"])
    clusters = tuple(
        (c["lon"], c["lat"], c.get("persons") or 0.0) for c in one.get("clusters", []) if "lon" in c
    )
    return Line(
        one["id"], one["name"], one["served"], one["riders"], one["share"], one["km"], stops,
        one["person_km_saved"], one.get("minutes"), one.get("park") or "", clusters,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Frame:
    """Where positions stand in a picture: north up, the same scale both ways."""

    lon: float
    lat: float
    squeeze: float
    scale: float
    width: float
    height: float

    def at(self, lon: float, lat: float) -> Point:
        """Return the place of a position in pixels; it may lie outside of the picture."""
        x = self.width / 2 + (lon - self.lon) * self.squeeze * self.scale
        return x, self.height / 2 - (lat - self.lat) * self.scale


def frame_of(points: list[tuple[float, float]], width: float, height: float) -> Frame:
    """Return the frame that holds positions (lon, lat) with some room round them."""
    lons, lats = [p[0] for p in points], [p[1] for p in points]
    lon, lat = (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
    squeeze = cos(radians(lat))
    wide, high = (max(lons) - min(lons)) * squeeze, max(lats) - min(lats)
    free = [side - 2 * _ROOM * min(width, height) for side in (width, height)]
    scales = [side / size for side, size in zip(free, (wide, high), strict=True) if size > 0]
    return Frame(lon, lat, squeeze, min(scales, default=1.0), width, height)


def geojson(line: Line, about: dict[str, Any]) -> dict[str, Any]:
    """Return a line and its stops as a FeatureCollection; `about` goes beside it."""
    path = {
        "type": "Feature",
        "geometry": {"type": "LineString", "coordinates": [[s.lon, s.lat] for s in line.stops]},
        "properties": {
            "id": line.id, "name": line.name, "served": line.served, "riders": line.riders,
            "share": line.share, "km": line.km, "person_km_saved": line.saved_km,
        },
    }  # fmt: skip
    stops = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [stop.lon, stop.lat]},
            "properties": {"order": i, "name": stop.name, "persons": stop.persons},
        }
        for i, stop in enumerate(line.stops, start=1)
    ]
    return {"type": "FeatureCollection", **about, "features": [path, *stops]}
