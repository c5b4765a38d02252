"""How far and where to people go to work, and whether rail is near: counted at build.

A node has for every place and crossing four classifications of the same commuters, told apart by
the column `way`: band and direction together (analysis.bearing), band, direction, and what is near
rail (trips.py). All four are protected together, so that none gives away what another hides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from talentmap.analysis import bearing
from talentmap.cube.base import UNLOCATED, at_level
from talentmap.cube.engines.base import Engine
from talentmap.cube.lattice import Node
from talentmap.cube.publish import numbered_rows
from talentmap.cube.rollup import Counts, Matrix
from talentmap.cube.sums import Dims, Sums, added_up
from talentmap.model.cells import parent
from talentmap.privacy.planes import Tier, complement, publish, too_few

Codes = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

# Where the codes of each classification begin; `way` 0 is a distance not known, in the first.
BOTH, BAND, TURN, RAIL = 0, 100, 200, 300
_KINDS = 100
_ROUNDS = 12


class WayRolls:
    """The ways of people with both ends known, by one end, of one month."""

    def __init__(
        self, engine: Engine, commuters: ir.Table, nodes: Sequence[Node], month: int
    ) -> None:
        self._month, fact = month, nodes[0].fact

        def count(level: str, dims: Dims) -> pa.Table:
            return way_sums(engine, commuters, fact, level, dims)

        levels: dict[str, list[Dims]] = {}
        for node in nodes:
            levels.setdefault(node.level, []).append(_plain(node))
        self._sums = Sums(("id", "way", "rail"), levels, count)

    def of(self, node: Node) -> Counts:
        """Return a node, its keys sorted."""
        return spread(self._sums.of(node.level, _plain(node)), _plain(node), self._month)


def roll_ways(engine: Engine, commuters: ir.Table, node: Node, month: int) -> Counts:
    """Return a node counted from the commuters of a month."""
    dims = _plain(node)
    return spread(way_sums(engine, commuters, node.fact, node.level, dims), dims, month)


def way_sums(
    engine: Engine, rows: ir.Table, fact: str, level: str, dims: Sequence[str]
) -> pa.Table:
    """Return id, dims, way, rail and persons of those with both ends known, in no order."""
    own, other = ("home", "work") if fact == "ways_home" else ("work", "home")
    # Of an enterprise only one end is a level; the other is known where its district is.
    beyond = "district" if level == "enterprise" else level
    keyed = rows.select(
        *dims, "way", "rail", "persons",
        id=at_level(rows, f"{own}_", level), other=at_level(rows, f"{other}_", beyond),
    )  # fmt: skip
    keyed = keyed.filter((keyed.id != UNLOCATED) & (keyed.other != UNLOCATED))
    grouped = keyed.group_by(["id", *dims, "way", "rail"])
    return engine.arrow(grouped.agg(persons=keyed.persons.sum().cast("float64")))


def spread(found: pa.Table, dims: Dims, month: int) -> Counts:
    """Return the four classifications under one another, sorted by id, dims and way."""
    way = found["way"].to_numpy().astype(np.int64)
    rail = found["rail"].to_numpy().astype(np.int64)
    known = way != bearing.UNKNOWN
    parts = [
        (np.ones(len(way), dtype=bool), BOTH + way),
        (known, BAND + bearing.band_of(way)),
        (known, TURN + bearing.turn_of(way)),
        (np.ones(len(way), dtype=bool), RAIL + rail),
    ]
    keyed = found.drop_columns(["way", "rail"])
    tables = [
        keyed.filter(pa.array(rows)).append_column("way", pa.array(codes[rows].astype(np.int16)))
        for rows, codes in parts
    ]
    names = ("id", *dims, "way")
    summed = added_up(pa.concat_tables(tables), names)
    order = np.lexsort([summed[name].to_numpy() for name in reversed(names)])
    columns = {name: summed[name].to_numpy()[order] for name in summed.column_names}
    return Counts(
        columns["id"],
        {name: columns[name] for name in names[1:]},
        (month,),
        {"persons": columns["persons"][:, None]},
    )


def protect_ways(counts: Counts, tier: Tier, level: str) -> Counts:
    """Return the ways of one tier's plane: small numbers hidden, and what would give them away."""
    persons = counts.measures["persons"]
    hidden = too_few(persons, tier)
    if hidden.any():
        hidden = _covered(counts, persons, hidden, level)
    return replace(counts, measures={"persons": publish(persons, hidden, tier)})


def _covered(counts: Counts, persons: Matrix, hidden: Mask, level: str) -> Mask:
    """Hide more until no hidden number is the only one of a sum that is told."""
    groups = list(_told(counts, level))
    for _ in range(_ROUNDS):
        before = int(hidden.sum())
        for rows, key in groups:
            hidden = hidden.copy()
            hidden[rows] = complement(persons[rows], hidden[rows], key)
        if int(hidden.sum()) == before:
            break
    return hidden


def _told(counts: Counts, level: str) -> Iterator[tuple[npt.NDArray[np.intp], Codes]]:
    """Yield rows and their groups: those whose sum is another number of the plane."""
    way = counts.dims["way"].astype(np.int64)
    others = [codes for name, codes in counts.dims.items() if name != "way"]
    own: list[npt.NDArray[np.integer[Any]]] = [counts.ids, *others]
    both = np.flatnonzero((way > BOTH) & (way < BAND))
    for part in (bearing.band_of, bearing.turn_of):
        yield both, numbered_rows([*(c[both] for c in own), part(way[both])])
    for kind in (BAND, TURN, RAIL):  # of bands and directions the sum is `measured` of the ends
        rows = np.flatnonzero(way // _KINDS == kind // _KINDS)
        yield rows, numbered_rows([c[rows] for c in own])
    every = np.arange(len(way))
    if others:
        yield every, numbered_rows([counts.ids, *others[:-1], way])
    if level not in ("city", "enterprise"):
        above = parent(counts.ids, int(level[4:]) - 1) if level in ("cell8", "cell9") else None
        up = np.zeros_like(counts.ids) if above is None else above
        yield every, numbered_rows([up, *others, way])


def _plain(node: Node) -> Dims:
    return tuple(name for name in node.dims if name != "way")
