"""From the base to the nodes: one aggregation in the engine, then months by a running sum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from talentmap.cube.base import ELSEWHERE, UNLOCATED, at_level
from talentmap.cube.engines.base import Engine
from talentmap.cube.lattice import Node, PairNode

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Counts:
    """A node as arrays: k keys (id and dimension columns) by m months, one matrix per measure.

    `months` are the month indices of the columns; suppressed numbers are -1 in a protected plane.
    """

    ids: npt.NDArray[np.int64]
    dims: Mapping[str, npt.NDArray[np.integer[Any]]]
    months: tuple[int, ...]
    measures: dict[str, Matrix]


@dataclass(frozen=True)
class Pairs:
    """Home–work pairs of the newest month: ids of both ends, dimensions, measures (one column)."""

    home: npt.NDArray[np.int64]
    work: npt.NDArray[np.int64]
    dims: dict[str, npt.NDArray[np.int16]]
    measures: dict[str, npt.NDArray[np.float64]]


def roll_stock(
    engine: Engine, rows: ir.Table, node: Node, months: Sequence[int], measures: Sequence[str]
) -> Counts:
    """Count what is there in each month from what came in and went out.

    `rows` have month_in and month_out (first month no longer there); the sum over any level is the
    same because every row has one id at every level.
    """
    prefix = f"{node.fact}_" if node.fact in ("home", "work") else ""
    kept = tuple(months) if node.months == "all" else compared(months)
    needed = (*node.dims, "month_in", "month_out", *measures)
    keyed = rows.select(*needed, id=at_level(rows, prefix, node.level))
    came = _events(keyed, node.dims, measures, "month_in", kept, 1)
    went = _events(keyed, node.dims, measures, "month_out", kept, -1)
    events = ibis.union(came, went)
    sums = {m: events[m].sum().cast("int64") for m in measures}
    found = engine.arrow(events.group_by(["id", *node.dims, "column"]).agg(**sums))
    return pivot(found, node.dims, kept, measures)


def roll_ends(engine: Engine, commuters: dict[int, ir.Table], node: Node) -> Counts:
    """Count people with both ends known by the place of one end; one column per month.

    Measures: both (persons), live_work (the other end is the same place), metres (persons ×
    metres), measured (persons whose distance is known).
    """
    side = node.fact.removeprefix("ends_")
    parts = []
    for column, rows in enumerate(commuters.values()):
        home, work = at_level(rows, "home_", node.level), at_level(rows, "work_", node.level)
        column_ = ibis.literal(column, "int64")
        needed = (*node.dims, "persons", "metres")
        keyed = rows.select(*needed, home=home, work=work, column=column_)
        keyed = keyed.filter((keyed.home != UNLOCATED) & (keyed.work != UNLOCATED))
        own = keyed[side]
        same = (keyed.home == keyed.work) & (own >= 0)
        keyed = keyed.mutate(id=own, live_work=ibis.ifelse(same, keyed.persons, 0))
        parts.append(keyed.select("id", *node.dims, "column", *_distance(keyed), "live_work"))
    events = ibis.union(*parts) if len(parts) > 1 else parts[0]
    names = ("both", "live_work", "metres", "measured")
    sums = {name: events[name].sum().cast("float64") for name in names}
    found = engine.arrow(events.group_by(["id", *node.dims, "column"]).agg(**sums))
    return pivot(found, node.dims, tuple(commuters), names, running=False)


def roll_pairs(engine: Engine, rows: ir.Table, node: PairNode) -> Pairs:
    """Count people by home and work place; both ends known, at least one in the city."""
    home, work = at_level(rows, "home_", node.home), at_level(rows, "work_", node.work)
    keyed = rows.select(*node.dims, "persons", "metres", home=home, work=work)
    keyed = keyed.filter((keyed.home != UNLOCATED) & (keyed.work != UNLOCATED))
    keyed = keyed.filter((keyed.home > ELSEWHERE) | (keyed.work > ELSEWHERE))
    keyed = keyed.select("home", "work", *node.dims, *_distance(keyed))
    names = ("both", "metres", "measured")
    sums = {name: keyed[name].sum().cast("float64") for name in names}
    found = engine.arrow(keyed.group_by(["home", "work", *node.dims]).agg(**sums))
    order = np.lexsort([found[c].to_numpy() for c in (*reversed(node.dims), "work", "home")])
    take = {name: found[name].to_numpy()[order] for name in found.column_names}
    return Pairs(
        take["home"], take["work"], {d: take[d] for d in node.dims}, {n: take[n] for n in names}
    )


def employers_behind(
    engine: Engine, rows: ir.Table, node: Node, month: int
) -> dict[tuple[int, ...], int]:
    """Return {(id, *dims): how many enterprises stand behind the number in `month`}.

    A row without an enterprise's code counts as none; callers decide what that means.
    """
    prefix = f"{node.fact}_" if node.fact in ("home", "work") else ""
    there = rows.filter((rows.month_in <= month) & (rows.month_out > month) & (rows.employer >= 0))
    keyed = there.select(*node.dims, "employer", id=at_level(there, prefix, node.level))
    found = engine.arrow(keyed.group_by(["id", *node.dims]).agg(k=keyed.employer.nunique()))
    keys = zip(*(found[c].to_pylist() for c in ("id", *node.dims)), strict=True)
    return dict(zip(keys, found["k"].to_pylist(), strict=True))


def compared(months: Sequence[int]) -> tuple[int, ...]:
    """Return the same month a year before, where it is known, and the newest."""
    newest = months[-1]
    return (newest - 12, newest) if newest - 12 in months else (newest,)


def _distance(rows: ir.Table) -> list[ir.Value]:
    known = rows.metres.notnull()
    return [
        rows.persons.name("both"),
        (rows.persons * rows.metres.fill_null(0)).name("metres"),
        ibis.ifelse(known, rows.persons, 0).name("measured"),
    ]


def _events(
    rows: ir.Table,
    dims: Sequence[str],
    measures: Sequence[str],
    month: str,
    months: Sequence[int],
    sign: int,
) -> ir.Table:
    """Rows as changes at a column of the month axis; what happened between columns adds up."""
    within = rows.filter(rows[month] <= months[-1])
    column = _column(within[month].cast("int64"), months)
    changes = [(within[m].cast("int64") * sign).name(m) for m in measures]
    return within.select("id", *dims, column.cast("int64").name("column"), *changes)


def _column(month: ir.IntegerColumn, months: Sequence[int]) -> ir.Value:
    """Return the first column of the month axis at or after a month; months[-1] is the last."""
    if months[-1] - months[0] == len(months) - 1:
        return (month - months[0]).clip(lower=0)
    return ibis.cases(*[(month <= m, i) for i, m in enumerate(months[:-1])], else_=len(months) - 1)


def pivot(
    found: pa.Table,
    dims: Sequence[str],
    months: tuple[int, ...],
    measures: Sequence[str],
    *,
    running: bool = True,
) -> Counts:
    """Spread events over the months and, for stocks, sum them up; keys sorted by id, then dims.

    `found` has id, the dimensions, `column` (of the months) and the measures.
    """
    names = ("id", *dims)
    columns = {name: found[name].to_numpy() for name in (*names, "column")}
    order = np.lexsort([columns[name] for name in ("column", *reversed(dims), "id")])
    columns = {name: values[order] for name, values in columns.items()}
    new = _starts(columns, names)
    key = np.cumsum(new) - 1
    count = int(key[-1]) + 1 if len(key) else 0
    matrices = {}
    for measure in measures:
        matrix = np.zeros((count, len(months)))
        matrix[key, columns["column"]] = found[measure].to_numpy()[order]
        matrices[measure] = np.cumsum(matrix, axis=1) if running else matrix
    return Counts(columns["id"][new], {d: columns[d][new] for d in dims}, months, matrices)


def _starts(
    columns: dict[str, npt.NDArray[np.int64]], names: Sequence[str]
) -> npt.NDArray[np.bool_]:
    """Mark where a new key begins in sorted columns."""
    new = np.zeros(len(columns["id"]), dtype=bool)
    new[:1] = True
    for name in names:
        new[1:] |= columns[name][1:] != columns[name][:-1]
    return new
