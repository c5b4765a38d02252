"""The districts as small shapes: enough for a thumbnail, not for a map."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians

import numpy as np
import shapely

from talentmap.intake.districts import Districts
from talentmap.model.words import Words
from talentmap.model.workspace import Workspace

WIDTH = 1000.0
_DETAIL = 3.0  # of WIDTH: bends smaller than this do not show


@dataclass(frozen=True)
class Outline:
    """A district: code, name, and its shape as an SVG path `WIDTH` wide and `height` high."""

    code: str
    name: Words
    path: str
    height: float


def outlines(workspace: Workspace) -> list[Outline]:
    """Return the districts in the order of the boundary, all in one frame."""
    districts = Districts.of(workspace)
    if districts.bounds is None:
        return []
    west, south, east, north = districts.bounds
    x_scale = WIDTH / (east - west)
    y_scale = x_scale / cos(radians((south + north) / 2))

    def to_frame(
        points: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    ) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        return np.column_stack([(points[:, 0] - west) * x_scale, (north - points[:, 1]) * y_scale])

    shapes = shapely.simplify(shapely.transform(districts.shapes, to_frame), _DETAIL)
    height = (north - south) * y_scale
    names = zip(districts.names, districts.names_en, strict=True)
    return [
        Outline(code, Words(*name), _path(shape), height)
        for code, name, shape in zip(districts.codes, names, shapes, strict=True)
    ]


def _path(shape: shapely.Geometry) -> str:
    rings = shapely.get_rings(shapely.get_parts(shape))
    return "".join(
        "M" + "L".join(f"{x:.0f},{y:.0f}" for x, y in shapely.get_coordinates(ring)) + "Z"
        for ring in rings
    )
