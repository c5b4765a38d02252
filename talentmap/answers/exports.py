"""Answers as files: one writer a format, chosen by name."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import h3
import pyarrow.parquet as pq

from talentmap.answers.desk import Desk
from talentmap.model.answer import Answer
from talentmap.model.cells import from_hex
from talentmap.model.question import CELL_LEVELS

SYNTHETIC = "演示数据（合成） / synthetic demo data"


def to_csv(answer: Answer, _desk: Desk) -> bytes:
    """Return rows `id,name,value,low,high,n,status`, below comment lines that say what they are.

    A text that a spreadsheet would run as a formula gets a leading apostrophe.
    """
    text = io.StringIO()
    for line in heading(answer):
        text.write(f"# {line}\n")
    text.write(to_plain_csv(answer))
    return text.getvalue().encode("utf-8-sig")


def heading(answer: Answer) -> list[str]:
    """Return what every export says about itself: question, month, release, source, marks."""
    lines = [
        f"question: {answer.question.to_query()}",
        f"unit: {answer.unit}; formula: {answer.formula}",
        f"month: {answer.month}; release: {answer.release}; tier: {answer.tier}",
        f"source: {answer.source}",
        *answer.notes,
    ]
    return [SYNTHETIC, *lines] if answer.synthetic else lines


def to_plain_csv(answer: Answer) -> str:
    """Return the rows with their column names and nothing else."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    names = answer.table.column_names
    writer.writerow(names)
    for row in answer.table.to_pylist():
        writer.writerow(["" if row[n] is None else _plain(row[n]) for n in names])
    return text.getvalue()


def to_json(answer: Answer, _desk: Desk) -> bytes:
    """Return the Answer as one JSON object."""
    return (
        json.dumps(answer.to_json(), ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    ).encode()


def to_geojson(answer: Answer, desk: Desk) -> bytes:
    """Return a FeatureCollection; a place without a known shape has a null geometry."""
    shapes = _shapes(answer, desk)
    body = {
        "type": "FeatureCollection",
        **{k: v for k, v in answer.to_json().items() if k != "rows"},
        "features": [
            {
                "type": "Feature",
                "id": row["id"],
                "geometry": shapes.get(row["id"]),
                "properties": row,
            }
            for row in answer.table.to_pylist()
        ],
    }
    return (json.dumps(body, ensure_ascii=False, allow_nan=False) + "\n").encode()


def to_parquet(answer: Answer, _desk: Desk) -> bytes:
    """Return the rows as Parquet; everything else the Answer says is in the file's metadata."""
    about = {k: v for k, v in answer.to_json().items() if k != "rows"}
    meta = {b"talentmap": json.dumps(about, ensure_ascii=False).encode()}
    sink = io.BytesIO()
    pq.write_table(answer.table.replace_schema_metadata(meta), sink)
    return sink.getvalue()


FORMATS: dict[str, Callable[[Answer, Desk], bytes]] = {
    "csv": to_csv,
    "json": to_json,
    "geojson": to_geojson,
    "parquet": to_parquet,
}


def _plain(value: Any) -> Any:
    """Keep a spreadsheet from running a name as a formula; write whole numbers whole."""
    if isinstance(value, str) and value[:1] in "=+-@\t\r":
        return f"'{value}"
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _shapes(answer: Answer, desk: Desk) -> dict[str, Any]:
    """Return {id: GeoJSON geometry} of the rows."""
    level = answer.question.level
    if level in CELL_LEVELS:
        return {row: _hexagon(row) for row in answer.table["id"].to_pylist() if row[:1].isdigit()}
    if level == "enterprise":
        rows = desk.release.table("enterprises").select(["code", "lon", "lat"]).to_pylist()
        return {r["code"]: _point(r) for r in rows if r["lon"] is not None}
    text = desk.release.geojson(level)
    features = json.loads(text)["features"] if text else []
    shapes = {f["properties"].get("code", ""): f["geometry"] for f in features}
    return {desk.info.city_code: shapes.get("")} if level == "city" else shapes


def _point(row: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [row["lon"], row["lat"]]}


def _hexagon(code: str) -> dict[str, Any]:
    ring = [[lon, lat] for lat, lon in h3.cell_to_boundary(h3.int_to_str(from_hex(code)))]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
