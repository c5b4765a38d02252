"""Crossings that are in no node, counted from the base: for the authorised tier only."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path

import ibis.expr.types as ir

from talentmap.cube.engines.duckdb import DuckDB
from talentmap.cube.lattice import Node, PairNode
from talentmap.cube.rollup import Counts, Pairs, roll_ends, roll_pairs, roll_stock


class Base:
    """The base tables of one release, opened when first asked; one question at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._engine: DuckDB | None = None

    def counts(self, node: Node, accepted: dict[str, list[int]], month: int) -> Counts:
        """Return a node of one month, its dimensions limited to the accepted integers."""
        with self._lock:
            engine = self._open()
            if node.fact.startswith("ends_"):
                return roll_ends(engine, {month: self._commuters(accepted, month)}, node)
            file = "posts" if node.fact == "posts" else "people"
            measures = ("openings",) if file == "posts" else ("persons", "seekers")
            rows = _limited(engine.read([self._folder / f"{file}.parquet"]), accepted)
            return roll_stock(engine, rows, node, (month,), measures)

    def pairs(self, node: PairNode, accepted: dict[str, list[int]], month: int) -> Pairs:
        """Return home–work pairs of one month, limited to the accepted integers."""
        with self._lock:
            return roll_pairs(self._open(), self._commuters(accepted, month), node)

    def _commuters(self, accepted: dict[str, list[int]], month: int) -> ir.Table:
        rows = _limited(self._open().read([self._folder / "people.parquet"]), accepted)
        return rows.filter(rows.commuter & (rows.month_in <= month) & (rows.month_out > month))

    def _open(self) -> DuckDB:
        if self._engine is None:
            self._engine = DuckDB(Path(tempfile.gettempdir()))
        return self._engine


def _limited(rows: ir.Table, accepted: dict[str, list[int]]) -> ir.Table:
    for column, integers in accepted.items():
        rows = rows.filter(rows[column].isin(integers))
    return rows
