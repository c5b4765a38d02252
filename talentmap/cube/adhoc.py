"""Crossings that are in no node, counted from the base: for the authorised tier only."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path

import ibis.expr.types as ir
import pyarrow as pa

from talentmap.cube.base import at_level
from talentmap.cube.engines.duckdb import DuckDB
from talentmap.cube.lattice import Node, PairNode
from talentmap.cube.rollup import Counts, Pairs, roll_ends, roll_pairs, roll_stock
from talentmap.cube.ways import roll_ways


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

    def records(
        self,
        accepted: dict[str, list[int]],
        month: int,
        place: tuple[str, str, list[int] | None],
        columns: Sequence[str],
        page: tuple[int, int],
    ) -> tuple[pa.Table, int]:
        """Return single people of a month, and how many there are: `columns` and `persons`.

        `place` is side, level and the ids there (None for everywhere), `page` rows and the first of
        them. In the order of the columns: nothing else of a record decides where it stands.
        """
        side, level, ids = place
        with self._lock:
            engine = self._open()
            rows = _limited(engine.read([self._folder / "people.parquet"]), accepted)
            rows = rows.filter((rows.month_in <= month) & (rows.month_out > month))
            if ids is not None:
                rows = rows.filter(at_level(rows, f"{side}_", level).isin(ids))
            total = int(engine.arrow(rows.aggregate(n=rows.count()))["n"][0].as_py())
            kept = rows.select(*columns, "persons").order_by([*columns, "persons"])
            return engine.arrow(kept.limit(page[0], offset=page[1])), total

    def ways(self, node: Node, accepted: dict[str, list[int]], month: int) -> Counts:
        """Return a node of ways of one month, limited to the accepted integers."""
        with self._lock:
            return roll_ways(self._open(), self._commuters(accepted, month), node, month)

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
