"""Positions as people write them: decimal degrees in either order, or degrees, minutes, seconds."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r"""(?P<hemisphere>[NSEW])|(?P<number>[-+]?\d{1,3}(?:\.\d+)?)\s*(?P<unit>[°'"]?)|[\s,;]+"""
)
_WORDS = str.maketrans(
    {"北": "N", "南": "S", "东": "E", "西": "W", "度": "°", "º": "°", "分": "'", "秒": '"',
     "′": "'", "’": "'", "″": '"', "”": '"', "纬": " ", "经": " "}
)  # fmt: skip
_PARTS = {"": 1.0, "°": 1.0, "'": 60.0, '"': 3600.0}
_MOST_LATITUDE, _MOST_LONGITUDE = 90.0, 180.0


@dataclass(frozen=True, slots=True)
class Position:
    """A position in WGS-84 degrees."""

    lon: float
    lat: float


@dataclass
class _Angle:
    """Degrees, and the hemisphere where one is named."""

    degrees: float = 0.0
    units: list[str] = field(default_factory=list)
    hemisphere: str = ""

    @property
    def value(self) -> float:
        """Degrees with the sign of the hemisphere."""
        return -self.degrees if self.hemisphere in ("S", "W") else self.degrees


def read_position(words: str) -> Position | None:
    """Return the position a text names; None where it names none or one that is not on earth.

    Without a hemisphere the first number is the longitude, unless only the other order is possible.
    """
    text = words.translate(_WORDS)  # first, since NFKC would make other marks of some of these
    angles = _angles(unicodedata.normalize("NFKC", text).upper().translate(_WORDS).strip())
    if len(angles) != 2:
        return None
    first, second = angles
    north = [a.hemisphere in ("N", "S") for a in angles]
    if first.hemisphere and second.hemisphere:
        if north[0] == north[1]:
            return None
        latitude_first = north[0]
    elif first.hemisphere or second.hemisphere:
        latitude_first = north[0] or bool(second.hemisphere and not north[1])
    else:
        latitude_first = abs(second.value) > _MOST_LATITUDE
    lat, lon = (first, second) if latitude_first else (second, first)
    on_earth = abs(lon.value) <= _MOST_LONGITUDE and abs(lat.value) <= _MOST_LATITUDE
    return Position(lon.value, lat.value) if on_earth else None


def _angles(text: str) -> list[_Angle]:
    """Return the angles of a text that consists of nothing else; else none."""
    found: list[_Angle] = []
    waiting, at = "", 0
    before = text[:1] in tuple("NSEW")  # N36 E117, else 36N 117E
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            return []
        at = token.end()
        hemisphere, number, unit = token["hemisphere"], token["number"], token["unit"]
        if hemisphere and before:
            waiting = hemisphere
        elif hemisphere:
            if not found or found[-1].hemisphere:
                return []
            found[-1].hemisphere = hemisphere
        elif number is not None:
            if unit in ("", "°"):
                found.append(_Angle(hemisphere=waiting))
                waiting = ""
            elif not found or unit in found[-1].units or float(number) >= 60:
                return []
            found[-1].units.append(unit)
            found[-1].degrees += float(number) / _PARTS[unit]
    return found
