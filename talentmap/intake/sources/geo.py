"""Places as GeoJSON, GeoPackage or Shapefile, in any coordinate reference system."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyogrio
import pyproj
import shapely
from pyogrio.errors import DataLayerError, DataSourceError

from talentmap.intake.source import ROW, Chunk, Options, Reading, Source
from talentmap.model.errors import UserError

_WGS84 = "EPSG:4326"
_GEOMETRY = "geometry"
_NO_CRS = "the file names no coordinate reference system: taken as WGS-84"


def _read(file: Path, _table: str, _options: Options) -> Reading:
    try:
        meta, table = pyogrio.read_arrow(file)
    except (DataSourceError, DataLayerError, ValueError, RuntimeError):
        raise UserError(f"{file.name}: not a readable GeoJSON, GeoPackage or Shapefile") from None
    shape = meta["geometry_name"] or "wkb_geometry"
    if shape not in table.column_names:
        raise UserError(f"{file.name}: there are no geometries in it")
    if not table.num_rows:
        raise UserError(f"{file.name}: no rows in it")
    geometry = _as_wgs84(table.column(shape), meta["crs"], file)
    properties = table.drop_columns([shape])
    columns = {name: properties.column(name) for name in properties.column_names}
    whole = pa.table({**columns, _GEOMETRY: geometry})

    def chunks(names: Sequence[str]) -> Iterator[Chunk]:
        rows = pa.array(np.arange(1, whole.num_rows + 1, dtype=np.int64))
        yield Chunk(whole.select(list(names)).append_column(ROW, rows), whole.num_rows)

    return Reading(tuple(whole.column_names), chunks, () if meta["crs"] else (_NO_CRS,))


def _as_wgs84(cells: pa.ChunkedArray, system: str | None, file: Path) -> pa.Array:
    """Return WKB in WGS-84; null where a row has none."""
    shapes = shapely.from_wkb(np.asarray(cells.to_pylist(), dtype=object), on_invalid="ignore")
    if system and pyproj.CRS(system) != pyproj.CRS(_WGS84):
        try:
            change = pyproj.Transformer.from_crs(system, _WGS84, always_xy=True)
        except pyproj.exceptions.ProjError:
            raise UserError(f"{file.name}: its coordinate reference system is not known") from None
        shapes = shapely.transform(
            shapes, lambda points: np.column_stack(change.transform(points[:, 0], points[:, 1]))
        )
    return pa.array(shapely.to_wkb(shapes).tolist(), pa.binary())


SOURCE = Source(
    id="geo",
    suffixes=(".geojson", ".json", ".gpkg", ".shp"),
    tables=("places",),
    read=_read,
)
