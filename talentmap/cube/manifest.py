"""The manifest of a release: what it is made of, in words and lists."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc
import pyarrow.parquet as pq

from talentmap.cube.engines.base import Engine
from talentmap.cube.inputs import Bases
from talentmap.cube.lattice import layout
from talentmap.intake.ledger import batch_meta
from talentmap.model.cells import MAP_RESOLUTIONS
from talentmap.model.release import Place
from talentmap.model.workspace import Workspace

Floats = npt.NDArray[np.float64]

_BUSY_SHARE = 0.45  # the start view holds this share of the people
_WINDOWS_DEGREES = (0.2, 0.3, 0.45, 0.6, 0.8, 1.1, 1.5, 2.0, 3.0)  # widths tried, small ones first
_WINDOW_SHAPE = 0.45  # height over width, in degrees
_MARGIN_DEGREES = 0.02
_WORLD = (-180.0, -60.0, 180.0, 75.0)


def write_manifest(
    engine: Engine, ws: Workspace, bases: Bases, folder: Path, name: str, built: dict[str, Any]
) -> None:
    """Write manifest.json; its presence is what makes a folder a release."""
    batches = batch_meta(ws)
    bounds, busy = _bounds(folder)
    if bases.geography.shapes["district"]:
        bounds = _union_bounds(bases)
    people = bases.people
    manifest = {
        "name": name,
        "number": int(name[1:5]),
        "layout": layout(),
        "built": datetime.now(UTC).isoformat(timespec="seconds"),
        "engine": getattr(engine, "id", ""),
        "city_code": ws.city.code or "city",
        "city": [ws.city.name, ws.city.name_en],
        "synthetic": ws.city.synthetic,
        "months": list(bases.months),
        "places": {
            "district": [_place(p) for p in _placed(bases, folder)],
            "park": [_place(p) for p in bases.geography.parks],
            "station": [_place(p) for p in bases.geography.stations],
        },
        "codebooks": [book.to_json() for book in bases.codebooks.values()],
        "codes": _present(folder, bases),
        "bounds": bounds,
        "busy_bounds": busy,
        "default_industry": ws.city.default_industry,
        "first_industries": list(ws.city.industries),
        "chains": {c.id: [list(c.name), list(c.industries)] for c in ws.city.chains},
        "scarcity": {"weights": ws.city.scarcity.weights, "stars": ws.city.scarcity.stars},
        "sources": sorted({f"{b['file']} ({b['source']})" for b in batches}),
        "batches": [b["batch"] for b in batches],
        "caveats": sorted({c for b in batches for c in b.get("caveats", ())}),
        "counts": {
            "people_rows": int(engine.arrow(people.aggregate(n=people.count()))["n"][0].as_py()),
            "enterprises": len(bases.enterprises),
        },
        "has": {
            "people": bases.has_people,
            "vacancies": bases.has_vacancies,
        },
        **built,
    }
    text = json.dumps(manifest, ensure_ascii=False, separators=(",", ":"))
    (folder / "manifest.json").write_text(text, encoding="utf-8")


def _placed(bases: Bases, folder: Path) -> list[Place]:
    """Return the districts; one without a polygon is labelled in the middle of its people."""
    cells = pq.read_table(folder / "cells.parquet", filters=[("res", "=", MAP_RESOLUTIONS[-1])])
    district, lon, lat, persons = (
        cells[c].to_numpy() for c in ("district", "lon", "lat", "persons")
    )
    found = []
    for index, place in enumerate(bases.geography.districts):
        own = district == index
        if place.code not in bases.geography.shapes["district"] and persons[own].sum() > 0:
            x, y = (float(np.average(v[own], weights=persons[own])) for v in (lon, lat))
            found.append(replace(place, lon=x, lat=y))
        else:
            found.append(place)
    return found


def _place(place: Place) -> dict[str, Any]:
    return {
        "kind": place.kind,
        "code": place.code,
        "name": list(place.name),
        "lon": place.lon,
        "lat": place.lat,
        "parent": place.parent,
    }


def _present(folder: Path, bases: Bases) -> dict[str, list[str]]:
    """Return per dimension the codes that records have, as roots and as they came."""
    people = pq.ParquetFile(folder / "people.parquet")
    posts = pq.ParquetFile(folder / "posts.parquet")
    found = {}
    for dimension, book in bases.codebooks.items():
        used = set()
        for file in (people, posts):
            if dimension in file.schema_arrow.names:
                column = file.read([dimension])[dimension]
                used |= set(pc.unique(column).to_pylist())
        fine = [code for i, code in enumerate(book.fine, start=1) if i in used]
        tops = {book.mapping()["top"][book.fine.index(code)].as_py() for code in fine}
        roots = [code for i, code in enumerate(book.top, start=1) if i in tops]
        found[dimension] = roots + [code for code in fine if code not in roots]
    return found


def _bounds(folder: Path) -> tuple[list[float], list[float]]:
    """Return the box of all cells, and of those that hold most of the people."""
    cells = pq.read_table(folder / "cells.parquet", filters=[("res", "=", 7)])
    lon, lat, persons = (cells[c].to_numpy() for c in ("lon", "lat", "persons"))
    if len(lon) == 0:
        return list(_WORLD), list(_WORLD)
    return _box(lon, lat), _busy(lon, lat, persons)


def _busy(lon: Floats, lat: Floats, persons: Floats) -> list[float]:
    """Return the smallest of some window sizes that holds the wanted share, where it holds most."""
    for width in _WINDOWS_DEGREES:
        near = np.abs(lon[:, None] - lon) <= width / 2
        near &= np.abs(lat[:, None] - lat) <= width * _WINDOW_SHAPE / 2
        held = near @ persons
        best = int(np.argmax(held))
        if held[best] >= _BUSY_SHARE * persons.sum():
            return _box(lon[near[best]], lat[near[best]])
    return _box(lon, lat)


def _box(lon: Floats, lat: Floats) -> list[float]:
    m = _MARGIN_DEGREES
    return [float(v) for v in (lon.min() - m, lat.min() - m, lon.max() + m, lat.max() + m)]


def _union_bounds(bases: Bases) -> list[float]:
    boxes = np.array([shape.bounds for shape in bases.geography.shapes["district"].values()])
    return [float(v) for v in (*boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0))]
