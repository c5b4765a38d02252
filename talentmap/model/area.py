"""Drawn areas: what the words of a place such as `polygon:117.0,36.6;117.1,36.6;117.1,36.7` mean.

An area is part of the Question, so the URL says it all. Coordinates are WGS-84 degrees, longitude
first; lengths are kilometres.
"""

from __future__ import annotations

import math
import re

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from talentmap.model import cells
from talentmap.model.errors import UserError

DRAWN = ("polygon", "circle", "ring", "shape")  # made of the cells whose centre is inside
LISTED = ("cells", "districts", "parks")  # made of what is named
AREA_KINDS = (*DRAWN, *LISTED)

_MOST_CORNERS, _MOST_LISTED, _MOST_KM = 400, 500, 500.0
_KM_PER_DEGREE = 111.195  # of a great circle of the mean earth radius, 6 371.009 km
_CORNERS_OF_CIRCLE = 128
_KEY = re.compile(r"[0-9a-f]{16}")


def check_area(kind: str, code: str) -> None:
    """Raise UserError naming what is wrong with the words of an area."""
    if kind == "shape":
        if not _KEY.fullmatch(code):
            raise UserError(f"place: {code!r} is not the key of an uploaded area")
    elif kind in LISTED:
        _check_list(kind, listed(code))
    else:
        outline(kind, code)


def listed(code: str) -> list[str]:
    """Return the codes of a list, each once, in order."""
    return sorted({part for part in code.split(",") if part})


def outline(kind: str, code: str) -> BaseGeometry:
    """Return the outline of a polygon, circle or ring; raise UserError where it is none."""
    if kind == "polygon":
        return _polygon(code)
    numbers = _numbers(kind, code, 3 if kind == "circle" else 4)
    radii = numbers[2:]
    if not all(0 < r <= _MOST_KM for r in radii[-1:]) or radii[0] < 0:
        raise UserError(f"place: the radius of a {kind} is above 0 and at most {_MOST_KM:g} km")
    if kind == "circle":
        return _disc(numbers[0], numbers[1], radii[0])
    if radii[0] >= radii[1]:
        raise UserError("place: the inner radius of a ring is smaller than the outer one")
    outer = _disc(numbers[0], numbers[1], radii[1])
    return outer.difference(_disc(numbers[0], numbers[1], radii[0])) if radii[0] else outer


def _polygon(code: str) -> BaseGeometry:
    corners = [_numbers("polygon", pair, 2) for pair in code.split(";") if pair]
    if len(corners) > 1 and corners[0] == corners[-1]:
        corners.pop()
    if len({tuple(c) for c in corners}) < 3:
        raise UserError("place: a polygon has at least three corners")
    if len(corners) > _MOST_CORNERS:
        raise UserError(
            f"place: the polygon has {len(corners):,} corners, at most {_MOST_CORNERS} fit into an "
            "address; upload it as GeoJSON"
        )
    shape = shapely.Polygon(corners)
    if not shape.is_valid:
        raise UserError(f"place: the polygon is not one area ({shapely.is_valid_reason(shape)})")
    return shape


def _disc(lon: float, lat: float, km: float) -> BaseGeometry:
    turn = np.linspace(0, 2 * math.pi, _CORNERS_OF_CIRCLE, endpoint=False)
    north = km / _KM_PER_DEGREE
    east = north / math.cos(math.radians(lat))
    return shapely.Polygon(np.column_stack([lon + east * np.cos(turn), lat + north * np.sin(turn)]))


def _numbers(kind: str, text: str, count: int) -> list[float]:
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        raise UserError(f"place: {text!r} of the {kind} is not numbers with commas") from None
    if len(numbers) != count or not all(math.isfinite(n) for n in numbers):
        raise UserError(f"place: {text!r} of the {kind} is not {count} numbers")
    if not (-180 <= numbers[0] <= 180 and -85 <= numbers[1] <= 85):
        raise UserError(f"place: {text!r} is not a longitude and a latitude")
    return numbers


def _check_list(kind: str, codes: list[str]) -> None:
    if not codes or len(codes) > _MOST_LISTED:
        raise UserError(f"place: {kind} takes 1 to {_MOST_LISTED} codes with commas between")
    if kind != "cells":
        return
    try:
        resolutions = {cells.resolution_of(cells.from_hex(code)) for code in codes}
    except ValueError:
        raise UserError("place: cells takes H3 cells only") from None
    if len(resolutions) > 1:
        raise UserError("place: cells takes cells of one resolution")
