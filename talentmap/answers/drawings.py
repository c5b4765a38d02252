"""Uploaded areas: a GeoJSON somebody has, kept in the workspace under the hash of its shape."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from talentmap.model.errors import UserError

MOST_BYTES = 5 * 2**20
_MOST_KEPT = 500  # the oldest go first
_SIMPLIFY_DEGREES = 0.00005  # about five metres: much less than the smallest cell
_LONGEST_NAME = 60


def keep_area(folder: Path, content: bytes) -> tuple[str, str, BaseGeometry]:
    """Keep the polygons of a GeoJSON as one area; return its key, its name and its shape.

    Raises UserError for what is no GeoJSON, has no polygon, is too large or not in WGS-84 degrees.
    """
    if len(content) > MOST_BYTES:
        raise UserError(f"file: larger than {MOST_BYTES // 2**20} MB; simplify the area first")
    features = _features(content)
    shapes = [_shape(i, f.get("geometry")) for i, f in enumerate(features, 1)]
    shape = shapely.union_all([s for s in shapes if s is not None])
    if shape.is_empty:
        raise UserError("file: there is no polygon in it")
    west, south, east, north = shape.bounds
    if west < -180 or east > 180 or south < -90 or north > 90:
        raise UserError("file: the coordinates are not degrees of longitude and latitude (WGS-84)")
    shape = shape.simplify(_SIMPLIFY_DEGREES)
    name = _name(features)
    key = hashlib.sha256(shapely.to_wkb(shape) + name.encode()).hexdigest()[:16]
    _write(folder, key, name, shape)
    return key, name, shape


def _features(content: bytes) -> list[dict[str, Any]]:
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except ValueError:
        raise UserError("file: this is not GeoJSON") from None
    kind = found.get("type") if isinstance(found, dict) else None
    if kind == "FeatureCollection" and isinstance(found.get("features"), list):
        return [f for f in found["features"] if isinstance(f, dict)]
    if kind == "Feature":
        return [found]
    if kind in ("Polygon", "MultiPolygon", "GeometryCollection"):
        return [{"geometry": found, "properties": {}}]
    raise UserError("file: this is not GeoJSON")


def _shape(number: int, geometry: Any) -> BaseGeometry | None:
    if not isinstance(geometry, dict) or "Polygon" not in str(geometry.get("type")):
        return None
    try:
        shape = shapely.from_geojson(json.dumps(geometry))
    except shapely.errors.GEOSException:
        raise UserError(f"file: feature {number} is not a polygon that can be read") from None
    if not shape.is_valid:
        reason = shapely.is_valid_reason(shape)
        raise UserError(f"file: feature {number} is not one area ({reason})")
    return shape


def _name(features: list[dict[str, Any]]) -> str:
    """Return the name of the only feature, where it has one."""
    properties = features[0].get("properties") if len(features) == 1 else None
    name = (properties or {}).get("name", "")
    return str(name).strip()[:_LONGEST_NAME] if isinstance(name, str) else ""


def _write(folder: Path, key: str, name: str, shape: BaseGeometry) -> None:
    folder.mkdir(exist_ok=True)
    for old in sorted(folder.glob("*.geojson"), key=lambda f: f.stat().st_mtime)[:-_MOST_KEPT]:
        old.unlink()
    geometry = json.loads(shapely.to_geojson(shape))
    feature = {"type": "Feature", "properties": {"name": name}, "geometry": geometry}
    part = folder / f".{key}.part"
    part.write_text(json.dumps(feature, ensure_ascii=False), encoding="utf-8")
    part.replace(folder / f"{key}.geojson")
