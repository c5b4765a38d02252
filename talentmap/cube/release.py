"""Reading a release: its manifest, its small tables, and the nodes of one tier's plane."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from talentmap.cube.adhoc import Base
from talentmap.cube.codebook import Codebook
from talentmap.cube.lattice import Node, PairNode, layout
from talentmap.cube.publish import read_counts, read_pairs
from talentmap.cube.rollup import Counts, Pairs
from talentmap.model.errors import UserError
from talentmap.model.release import Place, ReleaseInfo
from talentmap.model.rules import ScarcityRules
from talentmap.model.words import Words
from talentmap.model.workspace import Workspace

CURRENT = "CURRENT"
KEPT_RELEASES = 2
_NAME = re.compile(r"r\d{4}-[0-9a-f]{6}")
_KEPT_NODES = 256


class Release:
    """One immutable build. Nodes are read when first asked for, and kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text("utf-8"))
        if self.manifest.get("layout") != layout():
            raise UserError(
                f"release {folder.name} was built by another version of the program; build again"
            )
        self.info = _info(self.manifest)
        self.codebooks = {
            book["dimension"]: Codebook.from_json(book) for book in self.manifest["codebooks"]
        }
        self.priors: dict[str, dict[str, list[float]]] = self.manifest["priors"]
        self.base = Base(folder)
        self.counts = lru_cache(_KEPT_NODES)(self._counts)
        self.pairs = lru_cache(_KEPT_NODES)(self._pairs)
        self.table = lru_cache(8)(self._table)

    def has(self, tier: str, name: str) -> bool:
        """Tell whether a node is published to a tier."""
        return (self.folder / "planes" / tier / f"{name}.parquet").exists()

    def geojson(self, kind: str) -> bytes | None:
        """Return the polygons of a kind as GeoJSON bytes; None where there are none."""
        file = self.folder / "places" / f"{kind}.geojson"
        return file.read_bytes() if file.exists() else None

    def _counts(self, tier: str, node: Node) -> Counts:
        return read_counts(self.folder / "planes" / tier / f"{node.name}.parquet")

    def _pairs(self, tier: str, node: PairNode) -> Pairs:
        return read_pairs(self.folder / "planes" / tier / f"{node.name}.parquet")

    def _table(self, name: str) -> pa.Table:
        """Return cells (res, id, lon, lat, district, sector, persons) or enterprises."""
        return pq.read_table(self.folder / f"{name}.parquet")


def release_names(ws: Workspace) -> list[str]:
    """Return the names of the finished releases, oldest first."""
    return sorted(p.name for p in ws.cube.glob("r*") if _NAME.fullmatch(p.name))


def current_name(ws: Workspace) -> str:
    """Return the name of the served release; raise UserError where nothing is built yet."""
    pointer = ws.cube / CURRENT
    if not pointer.exists():
        raise UserError(
            f"workspace {ws.path}: nothing is built yet; run 'talentmap build {ws.path}'"
        )
    name = pointer.read_text("utf-8").strip()
    if not (ws.cube / name / "manifest.json").exists():
        raise UserError(f"workspace {ws.path}: release {name} is damaged; build again")
    return name


def open_release(ws: Workspace, name: str = "") -> Release:
    """Open a release by name, or the served one."""
    return Release(ws.cube / (name or current_name(ws)))


def release_problems(ws: Workspace) -> list[str]:
    """Return what is wrong with the served release: files that are missing or cannot be read."""
    if not (ws.cube / CURRENT).exists():
        return []
    try:
        release = open_release(ws)
    except (UserError, ValueError, KeyError) as error:
        return [str(error)]
    problems = []
    for file in sorted(release.folder.rglob("*.parquet")):
        try:
            pq.read_metadata(file)
        except (OSError, pa.ArrowInvalid):
            problems.append(f"{file}: not a readable table")
    return problems


def _info(m: dict[str, Any]) -> ReleaseInfo:
    places = {kind: tuple(_place(p) for p in rows) for kind, rows in m["places"].items()}
    west, south, east, north = m["bounds"]
    w, s, e, n = m["busy_bounds"]
    return ReleaseInfo(
        m["name"],
        m["number"],
        m["city_code"],
        Words(*m["city"]),
        m["synthetic"],
        tuple(m["months"]),
        places,
        {dimension: tuple(codes) for dimension, codes in m["codes"].items()},
        (west, south, east, north),
        (w, s, e, n),
        m["default_industry"],
        tuple(m["sources"]),
        tuple(m["caveats"]),
        m["counts"],
        {key: (Words(*name), tuple(codes)) for key, (name, codes) in m["chains"].items()},
        ScarcityRules(tuple(m["scarcity"]["weights"]), tuple(m["scarcity"]["stars"])),
    )


def _place(row: dict[str, Any]) -> Place:
    return Place(
        row["kind"], row["code"], Words(*row["name"]), row["lon"], row["lat"], row["parent"]
    )
