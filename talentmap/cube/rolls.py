"""The nodes of the lattice from few queries: the large crossings counted, the others added up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from talentmap.cube.base import OUTSIDE
from talentmap.cube.engines.base import Engine
from talentmap.cube.lattice import CATALOGUE, WANTED_DIMS, WANTED_LEVELS, Node, PairNode
from talentmap.cube.publish import Behind
from talentmap.cube.rollup import (
    END_MEASURES,
    Counts,
    Pairs,
    as_pairs,
    compared,
    employers_at,
    end_sums,
    pair_sums,
    pivot,
    stock_sums,
)
from talentmap.cube.sums import Dims, Sums, added_up
from talentmap.model.cells import parent

_FINER = {"city": "district", "cell7": "cell9", "cell8": "cell9"}


class StockRolls:
    """People or openings of one fact; cells are counted at the finest, the city by district."""

    def __init__(
        self,
        engine: Engine,
        changed: ir.Table,
        nodes: Sequence[Node],
        months: Sequence[int],
        measures: Sequence[str],
    ) -> None:
        self._months, self._measures = tuple(months), tuple(measures)
        fact = nodes[0].fact

        def count(level: str, dims: Dims) -> pa.Table:
            return stock_sums(engine, changed, fact, level, dims, measures)

        asked = _by_level((_source(node), node.dims) for node in nodes)
        self._sums = Sums(("id", "column"), asked, count)

    def of(self, node: Node) -> Counts:
        """Return a node, its keys sorted."""
        source = _source(node)
        found = self._sums.of(source, node.dims)
        kept = self._months if node.months == "all" else compared(self._months)
        if source != node.level or kept != self._months:
            ids = _lifted(found["id"].to_numpy(), node.level)
            at = np.searchsorted(
                [self._months.index(month) for month in kept], found["column"].to_numpy()
            )
            found = _replaced(_replaced(found, "id", ids), "column", at)
            found = added_up(found, ("id", *node.dims, "column"))
        return pivot(found, node.dims, kept, self._measures)


class EndRolls:
    """People with both ends known, by one end; whether both are one place depends on the level."""

    def __init__(
        self, engine: Engine, commuters: ir.Table, nodes: Sequence[Node], months: Sequence[int]
    ) -> None:
        self._months = tuple(months)
        fact = nodes[0].fact

        def count(level: str, dims: Dims) -> pa.Table:
            return end_sums(engine, commuters, fact, level, dims)

        asked = _by_level((node.level, node.dims) for node in nodes)
        self._sums = Sums(("id", "column"), asked, count)

    def of(self, node: Node) -> Counts:
        """Return a node, its keys sorted."""
        found = self._sums.of(node.level, node.dims)
        return pivot(found, node.dims, self._months, END_MEASURES, running=False)


class PairRolls:
    """Home–work pairs."""

    def __init__(self, engine: Engine, commuters: ir.Table, nodes: Sequence[PairNode]) -> None:
        ends = {f"{node.home}-{node.work}": (node.home, node.work) for node in nodes}

        def count(level: str, dims: Dims) -> pa.Table:
            return pair_sums(engine, commuters, *ends[level], dims)

        asked = _by_level((f"{node.home}-{node.work}", node.dims) for node in nodes)
        self._sums = Sums(("home", "work"), asked, count)

    def of(self, node: PairNode) -> Pairs:
        """Return a node, sorted."""
        return as_pairs(self._sums.of(f"{node.home}-{node.work}", node.dims), node.dims)


class BehindRolls:
    """How many enterprises stand behind each number of a month."""

    def __init__(self, engine: Engine, rows: ir.Table, nodes: Sequence[Node], month: int) -> None:
        fact = nodes[0].fact
        self._found: dict[tuple[str, Dims], Behind] = {}

        def count(level: str, dims: Dims) -> pa.Table:
            return employers_at(engine, rows, fact, level, dims, month)

        asked = _by_level((_source_of_behind(node), node.dims) for node in nodes)
        self._sums = Sums(("id", "employer"), asked, count)

    def of(self, node: Node) -> Behind:
        """Return {(id, *dims): enterprises}; a row without an enterprise's code counts as none.

        What is found is kept: openings and how they fare ask for the same.
        """
        key = (node.level, node.dims)
        if key not in self._found:
            self._found[key] = self._counted(node)
        return self._found[key]

    def _counted(self, node: Node) -> Behind:
        source = _source_of_behind(node)
        found = self._sums.of(source, node.dims)
        names = ["id", *node.dims]
        if source != node.level:
            ids = _lifted(found["id"].to_numpy(), node.level)
            found = added_up(_replaced(found, "id", ids), (*names, "employer"))
        counted = found.group_by(names).aggregate([("employer", "count")])
        keys = zip(*(counted[name].to_pylist() for name in names), strict=True)
        return dict(zip(keys, counted["employer_count"].to_pylist(), strict=True))


def _source(node: Node) -> str:
    """Return the level a node is added up from.

    The catalogue's crossings are so many that by district they would be nearly a row a person; so
    are the fine codes by finest cell.
    """
    if node.level in WANTED_LEVELS and node.dims in WANTED_DIMS:
        return WANTED_LEVELS[-1]
    return node.level if node.dims == CATALOGUE else _FINER.get(node.level, node.level)


def _source_of_behind(node: Node) -> str:
    """Return the level: cells as they are, since one enterprise has people in many fine ones."""
    return _source(node) if node.level == "city" else node.level


def _by_level(asked: Iterable[tuple[str, Dims]]) -> dict[str, list[Dims]]:
    levels: dict[str, list[Dims]] = {}
    for level, dims in asked:
        levels.setdefault(level, []).append(dims)
    return levels


def _lifted(ids: npt.NDArray[np.int64], level: str) -> npt.NDArray[np.int64]:
    """Return the ids of finest cells or districts as ids of a level above."""
    if level.startswith("cell"):
        return parent(ids, int(level[4:]))
    if level == "city":
        return np.where(ids == OUTSIDE, OUTSIDE, 0).astype(np.int64)
    return ids


def _replaced(rows: pa.Table, name: str, values: npt.NDArray[Any]) -> pa.Table:
    return rows.set_column(rows.column_names.index(name), name, pa.array(values))
