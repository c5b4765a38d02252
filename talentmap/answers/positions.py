"""Positions as people write them: decimal degrees in either order, or degrees, minutes, seconds."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_DECIMAL = re.compile(
    r"(?P<a>[-+]?\d{1,3}(?:\.\d+)?)\s*°?\s*(?P<ah>[NSEW]?)\s*[,;\s]\s*"
    r"(?P<b>[-+]?\d{1,3}(?:\.\d+)?)\s*°?\s*(?P<bh>[NSEW]?)"
)
_PART = (
    r"(?P<{n}h1>[NSEW]?)\s*(?P<{n}d>\d{{1,3}})\s*[°d]\s*(?:(?P<{n}m>\d{{1,2}}(?:\.\d+)?)\s*['′m]\s*)?"
    r"(?:(?P<{n}s>\d{{1,2}}(?:\.\d+)?)\s*(?:\"|″|''|s)\s*)?(?P<{n}h2>[NSEW]?)"
)
_SEXAGESIMAL = re.compile(_PART.format(n="a") + r"\s*[,;\s]?\s*" + _PART.format(n="b"))
_WORDS = str.maketrans(
    {"北": "N", "南": "S", "东": "E", "西": "W", "度": "°", "分": "'", "秒": '"'}
)
_SIGN = {"N": 1, "E": 1, "S": -1, "W": -1, "": 1}
_SOUTH_NORTH = "NS"
_MOST_LATITUDE, _MOST_LONGITUDE = 90.0, 180.0


@dataclass(frozen=True, slots=True)
class Position:
    """A position in WGS-84 degrees."""

    lon: float
    lat: float


def read_position(words: str) -> Position | None:
    """Return the position a text names; None where it names none or one that is not on earth.

    Without a hemisphere the first number is the longitude, unless only the other order is possible.
    """
    text = unicodedata.normalize("NFKC", words).translate(_WORDS).upper()
    text = re.sub(r"[纬经]", "", text).replace("’", "'").replace("”", '"').replace("º", "°")
    text = re.sub(r"([NSEW])\s*([\d.]+)(?=[\s,;]|$)", r"\2\1", text.strip())
    found = _DECIMAL.fullmatch(text)
    if found:
        ends = [(float(found[e]), found[f"{e}h"]) for e in "ab"]
        return _ordered([(_SIGN[h] * value, h) for value, h in ends])
    found = _SEXAGESIMAL.fullmatch(text.replace("D", "d").replace("M", "m"))
    if not found:
        return None
    return _ordered([_degrees(found, end) for end in "ab"])


def _degrees(found: re.Match[str], end: str) -> tuple[float, str]:
    whole, minutes, seconds = (float(found[f"{end}{part}"] or 0) for part in "dms")
    hemisphere = found[f"{end}h1"] or found[f"{end}h2"]
    return _SIGN[hemisphere] * (whole + minutes / 60 + seconds / 3600), hemisphere


def _ordered(ends: list[tuple[float, str]]) -> Position | None:
    (a, first), (b, second) = ends
    if first and second and (first in _SOUTH_NORTH) == (second in _SOUTH_NORTH):
        return None
    latitude_first = first in _SOUTH_NORTH if first else bool(second) and second in "EW"
    if not first and not second:
        latitude_first = abs(b) > _MOST_LATITUDE
    lon, lat = (b, a) if latitude_first else (a, b)
    on_earth = abs(lon) <= _MOST_LONGITUDE and abs(lat) <= _MOST_LATITUDE
    return Position(lon, lat) if on_earth else None
