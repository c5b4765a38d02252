"""Answers as files for maps: GeoJSON, GeoPackage, KML, GeoParquet; WGS-84 degrees in all of them.

Rows keep their status; a value that is suppressed, insufficient or missing is null. A row without
a known place (outside the city, location not known) has no geometry.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import IO, Any
from xml.sax.saxutils import escape

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import shapely

from talentmap.answers.about import COLUMNS, STATUS_NOTE, facts, title
from talentmap.answers.desk import Desk
from talentmap.answers.shapes import Shapes, shapes
from talentmap.model.answer import Answer
from talentmap.model.errors import UserError

LAYER = "talentmap"  # name of the one layer in a file; ASCII, as its fields
CRS = "EPSG:4326"
_ROWS_AT_ONCE = 5_000
_DIGITS = 6  # of a degree: a tenth of a metre


def to_geojson(answer: Answer, desk: Desk, file: Path, _language: str) -> None:
    """Write a FeatureCollection, rows in pieces; what the Answer says stands beside them."""
    about = answer.to_json(rows=False)
    found = shapely.set_precision(_shapes(answer, desk), 10.0**-_DIGITS, mode="pointwise")
    with file.open("w", encoding="utf-8") as out:
        out.write(json.dumps({"type": "FeatureCollection", **about}, ensure_ascii=False)[:-1])
        out.write(', "features": [\n')
        mark = ""
        for start in range(0, answer.table.num_rows, _ROWS_AT_ONCE):
            rows = answer.table.slice(start, _ROWS_AT_ONCE).to_pylist()
            geometries = shapely.to_geojson(found[start : start + len(rows)])
            for row, geometry in zip(rows, geometries, strict=True):
                out.write(f"{mark}{_feature(row, geometry)}")
                mark = ",\n"
        out.write("\n]}\n")


def to_geopackage(answer: Answer, desk: Desk, file: Path, language: str) -> None:
    """Write one layer; titles of the columns and the words of the question stand in the file."""
    about = facts(answer, desk.metrics[answer.question.metric].name)
    pyogrio.write_dataframe(
        _frame(answer, desk),
        file,
        driver="GPKG",
        layer=LAYER,
        promote_to_multi=True,
        layer_metadata=about,
        layer_options={"IDENTIFIER": about["metric"], "DESCRIPTION": _description(about)},
    )
    _add_titles(file, answer.table.column_names, language)


def to_kml(answer: Answer, desk: Desk, file: Path, language: str) -> None:
    """Write a document; the question stands in its description, the columns in ExtendedData.

    KML gives features an `id` of its own, so the column of that name is called `code`.
    """
    raw = file.with_name(f"raw-{file.name}")
    # The plain driver writes as it goes; LIBKML holds the whole document in memory.
    frame = _frame(answer, desk).rename(columns={"id": "code"})
    pyogrio.write_dataframe(frame, raw, driver="KML", layer=LAYER)
    about = facts(answer, desk.metrics[answer.question.metric].name)
    with raw.open(encoding="utf-8") as source, file.open("w", encoding="utf-8") as out:
        _with_words(source, out, about, language)
    raw.unlink()


def to_geoparquet(answer: Answer, desk: Desk, file: Path, language: str) -> None:
    """Write GeoParquet 1.1 (WKB, longitude first); the Answer in its metadata under `talentmap`."""
    found = _shapes(answer, desk)
    wkb = pa.array(shapely.to_wkb(found, include_srid=False), pa.binary())
    table = answer.table.append_column("geometry", wkb)
    fields = [f.with_metadata({"title": title(f.name, language)}) for f in table.schema]
    about = json.dumps(answer.to_json(rows=False), ensure_ascii=False)
    schema = pa.schema(fields, {"geo": json.dumps(_geo(found)), "talentmap": about})
    pq.write_table(table.cast(schema), file, row_group_size=_ROWS_AT_ONCE * 4)


def _shapes(answer: Answer, desk: Desk) -> Shapes:
    """Return the geometries; raise UserError where not one row has a place."""
    found = shapes(answer, desk)
    if len(found) and not (found != None).any():  # noqa: E711 - elementwise
        raise UserError("format: these rows have no place on a map; take csv, xlsx or json")
    return found


def _frame(answer: Answer, desk: Desk) -> gpd.GeoDataFrame:
    found = _shapes(answer, desk)
    return gpd.GeoDataFrame(answer.table.to_pandas(), geometry=gpd.array.from_shapely(found, CRS))


def _feature(row: dict[str, Any], geometry: str | None) -> str:
    body = json.dumps(row, ensure_ascii=False, allow_nan=False)
    name = json.dumps(row["id"], ensure_ascii=False)
    return (
        f'{{"type": "Feature", "id": {name}, "geometry": {geometry or "null"}, '
        f'"properties": {body}}}'
    )


def _geo(found: Shapes) -> dict[str, Any]:
    """Return the metadata of GeoParquet for one column; no crs means longitude and latitude."""
    kinds = sorted({shape.geom_type for shape in found if shape is not None})
    column: dict[str, Any] = {"encoding": "WKB", "geometry_types": kinds}
    if kinds:
        column["bbox"] = [float(x) for x in shapely.total_bounds(found)]
    return {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}


def _description(about: dict[str, str]) -> str:
    told = {k: v for k, v in about.items() if k not in ("synthetic", "mark", "notes")}
    said = "; ".join(f"{k}: {v}" for k, v in told.items() if v)
    return "\n".join(filter(None, [about["mark"], said, about["notes"]]))


def _add_titles(file: Path, columns: list[str], language: str) -> None:
    """Put the titles into the GeoPackage's table for them, which GDAL reads and does not write."""
    rows = [
        (LAYER, name, title(name, language), title(name, language), " / ".join(COLUMNS[name]))
        for name in columns
        if name in COLUMNS
    ]
    rows = [(*row[:4], " / ".join(STATUS_NOTE)) if row[1] == "status" else row for row in rows]
    with closing(sqlite3.connect(file)) as store, store:
        store.execute(
            "CREATE TABLE IF NOT EXISTS gpkg_data_columns (table_name TEXT NOT NULL, "
            "column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT, mime_type TEXT, "
            "constraint_name TEXT, CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name), "
            "CONSTRAINT gdc_tn UNIQUE (table_name, name))"
        )
        store.executemany(
            "INSERT INTO gpkg_data_columns (table_name, column_name, name, title, description) "
            "VALUES (?, ?, ?, ?, ?)",
            rows,
        )
        store.execute(
            "INSERT INTO gpkg_extensions VALUES ('gpkg_data_columns', NULL, 'gpkg_schema', "
            "'http://www.geopackage.org/spec121/#extension_schema', 'read-write')"
        )


def _with_words(source: IO[str], out: IO[str], about: dict[str, str], language: str) -> None:
    """Copy a KML, giving the document its words and the fields of its schema their titles."""
    for line in source:
        out.write(_worded(line, about, language))
        if "</Schema>" in line:
            break
    shutil.copyfileobj(source, out)


def _worded(line: str, about: dict[str, str], language: str) -> str:
    """Return a line of the head of a KML with our words put in."""
    if "<Document" in line:
        said = escape(_description(about))
        return f"{line}<name>{escape(about['metric'])}</name>\n<description>{said}</description>\n"
    name = line.partition('<SimpleField name="')[2].partition('"')[0]
    if not name:
        return line
    shown = escape(title("id" if name == "code" else name, language))
    return line.replace("</", f"<displayName>{shown}</displayName></", 1)
