"""What an online geocoder is to us: how it is asked, and what its answers mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

# Levels of an answer that are an area and no place: the point is its middle, not the address.
AREAS = ("国家", "省", "直辖市", "市", "地级市", "区县", "县", "区", "未知", "行政区")


class Busy(Exception):
    """Too many questions a second, or a fault of the service: worth asking again in a moment."""


class Spent(Exception):
    """The quota of the key is used up: nothing more to be had today."""


class Denied(Exception):
    """The key is not accepted; the text is the service's own word for it."""


@dataclass(frozen=True, slots=True)
class City:
    """The city that addresses are sought in: its code (GB/T 2260, may be empty) and its name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Point:
    """Where an address is, in degrees of the provider's own coordinate system."""

    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Provider:
    """An online geocoder.

    `system` is that of its coordinates (see intake.crs). `words` returns the parameters of a
    request from address, city and key. `read` takes the decoded JSON and returns the point, or None
    where the address is not known more closely than an area; it raises Busy, Spent or Denied.
    """

    id: str
    url: str
    system: str
    words: Callable[[str, City, str], dict[str, str]]
    read: Callable[[Any], Point | None]


def read_degrees(lon: object, lat: object) -> Point | None:
    """Return a point from numbers or their texts; None where they are none."""
    try:
        point = Point(float(str(lon)), float(str(lat)))
    except ValueError:
        return None
    inside = -180 <= point.lon <= 180 and -90 <= point.lat <= 90
    return point if inside and (point.lon, point.lat) != (0.0, 0.0) else None
