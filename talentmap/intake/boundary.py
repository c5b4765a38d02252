"""Read a boundary file of any common format and CRS into districts in WGS-84."""

from __future__ import annotations

from pathlib import Path

import geopandas
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import shapely
from pyogrio.errors import DataSourceError

from talentmap.intake.districts import SCHEMA, valid_areas
from talentmap.intake.pinyin import english_name
from talentmap.model.errors import UserError

FORMATS = (".geojson", ".json", ".gpkg", ".shp", ".zip", ".parquet", ".geoparquet")
_PARQUET = (".parquet", ".geoparquet")
_CODE = ("code", "adcode", "区划代码", "代码", "编号", "geoid", "gid", "id", "iso", "nuts_id")
_NAME = ("name", "名称", "区县", "区县名称", "行政区", "namelsad", "name_zh", "label", "nuts_name")
_NAME_EN = ("name_en", "name:en", "英文名", "nameen", "en")
_AREAS = ("Polygon", "MultiPolygon")


def read_boundary(file: Path) -> pa.Table:
    """Return the areas of a GeoJSON, GeoPackage, Shapefile or GeoParquet file as SCHEMA.

    Any CRS becomes WGS-84; codes and names are found by common column names, else areas are
    numbered from 1. Raises UserError naming the file: unreadable, without a CRS, without polygons,
    or with a code twice.
    """
    frame = _read(file)
    if frame.crs is None:
        raise UserError(f"{file}: no coordinate reference system (is the .prj missing?)")
    frame = frame.to_crs("EPSG:4326")
    shapes = shapely.force_2d(frame.geometry.to_numpy(dtype=np.object_))
    for row, shape in enumerate(shapes, start=1):
        if shape is None or shape.is_empty or shape.geom_type not in _AREAS:
            kind = "empty" if shape is None or shape.is_empty else f"a {shape.geom_type}"
            raise UserError(f"{file}: feature {row} is {kind}, not a polygon")
    return _table(file, frame, valid_areas(shapes))


def _read(file: Path) -> geopandas.GeoDataFrame:
    if not file.is_file():
        raise UserError(f"{file}: there is no such file")
    if file.suffix.lower() not in FORMATS:
        raise UserError(f"{file}: unknown kind of boundary file; known: {' '.join(FORMATS)}")
    try:
        parquet = file.suffix.lower() in _PARQUET
        frame = geopandas.read_parquet(file) if parquet else geopandas.read_file(file)
    except (DataSourceError, ValueError, OSError, pa.ArrowException) as error:
        raise UserError(f"{file}: cannot be read as a boundary: {_first_line(error)}") from None
    if not isinstance(frame, geopandas.GeoDataFrame):
        raise UserError(f"{file}: has no geometry")
    if frame.empty:
        raise UserError(f"{file}: has no features")
    return frame


def _table(file: Path, frame: geopandas.GeoDataFrame, shapes: npt.NDArray[np.object_]) -> pa.Table:
    names = _texts(frame, _NAME)
    codes = _texts(frame, _CODE) or [str(i) for i in range(1, len(frame) + 1)]
    names = names or codes
    names_en = _texts(frame, _NAME_EN) or [english_name(name) for name in names]
    twice = {code for code in codes if codes.count(code) > 1}
    if twice:
        raise UserError(f"{file}: the code {min(twice)!r} is there more than once")
    columns = (codes, names, names_en, list(shapely.to_wkb(shapes)))
    return pa.table(dict(zip(SCHEMA.names, columns, strict=True)), schema=SCHEMA)


def _texts(frame: geopandas.GeoDataFrame, wanted: tuple[str, ...]) -> list[str]:
    """Return the texts of the first wanted column that is there and full; else an empty list."""
    columns = {str(column).strip().lower(): column for column in frame.columns}
    for name in wanted:
        if name in columns:
            values = frame[columns[name]]
            texts = [str(value).strip() for value in values]
            if not values.isna().any() and all(texts):
                return [text.removesuffix(".0") for text in texts]
    return []


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0]
