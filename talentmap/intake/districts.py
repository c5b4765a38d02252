"""The districts of a workspace: which one a point lies in, and which one a text means."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from talentmap.model.errors import UserError
from talentmap.model.workspace import Workspace

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int32]

# The columns of `boundary.parquet`.
_COLUMNS: dict[str, pa.DataType] = {
    "code": pa.string(),
    "name": pa.string(),
    "name_en": pa.string(),
    "geometry": pa.binary(),  # WKB, valid polygons or multipolygons, WGS-84 degrees
}
SCHEMA = pa.schema(_COLUMNS)
OUTSIDE = -1
_AREA = 2  # dimensions of a polygon
# What may be missing at the end of a district's name in a list kept by hand.
_ENDINGS = ("自治县", "自治旗", "新区", "区", "县", "市", "旗", "省")
_SHORTEST_STEM = 2  # 单县 is never called 单 alone: with one character the ending stays


class Districts:
    """Districts in the order of `boundary.parquet`; none where the workspace has no boundary.

    A point on a border belongs to the first of its districts, so that none falls between two.
    """

    def __init__(
        self, codes: list[str], names: list[str], names_en: list[str], wkb: list[bytes]
    ) -> None:
        self.codes = codes
        self.names = names
        self.names_en = names_en
        self.shapes = shapely.from_wkb(np.asarray(wkb, dtype=object))
        self._boxes = shapely.bounds(self.shapes).reshape(-1, 4)
        self._by_text = _texts(codes, names, names_en)
        shapely.prepare(self.shapes)

    @classmethod
    def of(cls, workspace: Workspace) -> Districts:
        """Read the districts of a workspace; raise UserError where the file cannot be read."""
        return cls.read(workspace.boundary) if workspace.boundary.exists() else cls([], [], [], [])

    @classmethod
    def read(cls, file: Path) -> Districts:
        """Read `boundary.parquet`: columns code, name, name_en, geometry (WKB, WGS-84)."""
        try:
            table = pq.read_table(file, columns=SCHEMA.names)
        except (pa.ArrowException, OSError) as error:
            raise UserError(f"{file}: not a readable boundary: {error}") from None
        rows = table.to_pydict()
        return cls(rows["code"], rows["name"], rows["name_en"], rows["geometry"])

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def bounds(self) -> tuple[float, float, float, float] | None:
        """West, south, east, north of all districts in degrees; None where there are none."""
        if not len(self):
            return None
        west, south, east, north = shapely.total_bounds(self.shapes)
        return float(west), float(south), float(east), float(north)

    def locate(self, lon: Floats, lat: Floats) -> Places:
        """Return for each point (WGS-84 degrees, NaN allowed) the place of its district in `codes`.

        OUTSIDE (-1) where it lies in none, or where a coordinate is missing.
        """
        found = np.full(len(lon), OUTSIDE, dtype=np.int32)
        for i, (west, south, east, north) in enumerate(self._boxes):
            near = (found == OUTSIDE) & (lon >= west) & (lon <= east)
            near &= (lat >= south) & (lat <= north)
            rows = np.flatnonzero(near)
            inside = shapely.intersects_xy(self.shapes[i], lon[rows], lat[rows])
            found[rows[inside]] = i
        return found

    def code_of(self, text: str) -> str | None:
        """Return the code a text means: a code, or a name with or without its ending; else None.

        A name shared by two districts means neither.
        """
        return self._by_text.get(_normal(text))

    def label_points(self) -> list[tuple[float, float]]:
        """Return (lon, lat) inside each district, for its label."""
        points = shapely.point_on_surface(self.shapes)
        return [(float(x), float(y)) for x, y in shapely.get_coordinates(points)]


def valid_areas(shapes: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """Return valid polygons or multipolygons; lines and points left by a repair are dropped."""
    valid = shapely.make_valid(shapes)
    mixed = np.flatnonzero(shapely.get_type_id(valid) == shapely.GeometryType.GEOMETRYCOLLECTION)
    for i in mixed:
        parts = shapely.get_parts(valid[i])
        valid[i] = shapely.union_all(parts[shapely.get_dimensions(parts) == _AREA])
    return np.asarray(valid, dtype=object)


def _normal(text: str) -> str:
    return "".join(text.split()).casefold()


def _texts(codes: list[str], names: list[str], names_en: list[str]) -> dict[str, str]:
    """Map every accepted text to its code; texts of two districts are left out."""
    found: dict[str, str | None] = {}
    for code, name, name_en in zip(codes, names, names_en, strict=True):
        for text in {_normal(name), _normal(name_en), _normal(_stem(name))} - {""}:
            found[text] = code if found.get(text, code) == code else None
    found.update({_normal(code): code for code in codes})
    return {text: code for text, code in found.items() if code is not None}


def _stem(name: str) -> str:
    for ending in _ENDINGS:
        stem = name.removesuffix(ending)
        if stem != name and len(stem) >= _SHORTEST_STEM:
            return stem
    return name
