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

# Persons with both ends known; metres are persons × metres, measured those whose way is known.
PAIR_MEASURES = ("both", "metres", "measured")
# live_work: the other end is the same place.
END_MEASURES = ("both", "live_work", "metres", "measured")


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
    kept = tuple(months) if node.months == "all" else compared(months)
    needed = (*node.dims, "month_in", "month_out", *measures)
    keyed = rows.select(*needed, id=at_level(rows, _prefix(node.fact), node.level))
    found = _summed(engine, changes(keyed, kept, measures), node.dims, measures)
    return pivot(found, node.dims, kept, measures)


def changes(rows: ir.Table, months: Sequence[int], measures: Sequence[str]) -> ir.Table:
    """Return what measures rise or fall by: once as a row comes, once as it goes.

    `column` of the months takes the place of month_in and month_out; what happened between two
    columns counts at the later one.
    """
    came = _changes(rows, months, measures, "month_in", 1)
    return ibis.union(came, _changes(rows, months, measures, "month_out", -1))


def stock_sums(
    engine: Engine,
    changed: ir.Table,
    fact: str,
    level: str,
    dims: Sequence[str],
    measures: Sequence[str],
) -> pa.Table:
    """Return id, dims, column and the sums of `changes`, in no order."""
    ids = at_level(changed, _prefix(fact), level)
    return _summed(engine, changed.select(*dims, "column", *measures, id=ids), dims, measures)


def roll_ends(engine: Engine, commuters: Mapping[int, ir.Table], node: Node) -> Counts:
    """Count people with both ends known by the place of one end; one column per month.

    Measures: END_MEASURES.
    """
    found = end_sums(engine, in_months(commuters), node.fact, node.level, node.dims)
    return pivot(found, node.dims, tuple(commuters), END_MEASURES, running=False)


def in_months(commuters: Mapping[int, ir.Table]) -> ir.Table:
    """Return the commuters of all months with the `column` of each."""
    parts = [
        rows.mutate(column=ibis.literal(i, "int64")) for i, rows in enumerate(commuters.values())
    ]
    return ibis.union(*parts) if len(parts) > 1 else parts[0]


def end_sums(
    engine: Engine, rows: ir.Table, fact: str, level: str, dims: Sequence[str]
) -> pa.Table:
    """Return id, dims, column and END_MEASURES of the commuters `in_months`, in no order."""
    ends = {end: at_level(rows, f"{end}_", level) for end in ("home", "work")}
    keyed = rows.select(*dims, "column", "persons", "metres", **ends)
    keyed = keyed.filter((keyed.home != UNLOCATED) & (keyed.work != UNLOCATED))
    own = keyed[fact.removeprefix("ends_")]
    same = (keyed.home == keyed.work) & (own >= 0)
    live_work = ibis.ifelse(same, keyed.persons, 0).name("live_work")
    rows = keyed.select(own.name("id"), *dims, "column", *_distance(keyed), live_work)
    sums = {name: rows[name].sum().cast("float64") for name in END_MEASURES}
    return engine.arrow(rows.group_by(["id", *dims, "column"]).agg(**sums))


def roll_pairs(engine: Engine, rows: ir.Table, node: PairNode) -> Pairs:
    """Count people by home and work place; both ends known, at least one in the city."""
    return as_pairs(pair_sums(engine, rows, node.home, node.work, node.dims), node.dims)


def pair_sums(
    engine: Engine, rows: ir.Table, home: str, work: str, dims: Sequence[str]
) -> pa.Table:
    """Return home, work, dims and PAIR_MEASURES, in no order."""
    ends = {"home": at_level(rows, "home_", home), "work": at_level(rows, "work_", work)}
    keyed = rows.select(*dims, "persons", "metres", **ends)
    keyed = keyed.filter((keyed.home != UNLOCATED) & (keyed.work != UNLOCATED))
    keyed = keyed.filter((keyed.home > ELSEWHERE) | (keyed.work > ELSEWHERE))
    keyed = keyed.select("home", "work", *dims, *_distance(keyed))
    sums = {name: keyed[name].sum().cast("float64") for name in PAIR_MEASURES}
    return engine.arrow(keyed.group_by(["home", "work", *dims]).agg(**sums))


def as_pairs(found: pa.Table, dims: Sequence[str]) -> Pairs:
    """Return the pairs sorted by home, work and dims."""
    order = np.lexsort([found[c].to_numpy() for c in (*reversed(dims), "work", "home")])
    take = {name: found[name].to_numpy()[order] for name in found.column_names}
    return Pairs(
        take["home"],
        take["work"],
        {d: take[d] for d in dims},
        {name: take[name] for name in PAIR_MEASURES},
    )


def employers_at(
    engine: Engine, rows: ir.Table, fact: str, level: str, dims: Sequence[str], month: int
) -> pa.Table:
    """Return the distinct id, dims and employer of a month; rows without one are left out."""
    there = rows.filter((rows.month_in <= month) & (rows.month_out > month) & (rows.employer >= 0))
    keyed = there.select("employer", *dims, id=at_level(there, _prefix(fact), level))
    return engine.arrow(keyed.distinct())


def compared(months: Sequence[int]) -> tuple[int, ...]:
    """Return the same month a year before, where it is known, and the newest."""
    newest = months[-1]
    return (newest - 12, newest) if newest - 12 in months else (newest,)


def _prefix(fact: str) -> str:
    """Return what the columns of a fact's place begin with."""
    return f"{fact}_" if fact in ("home", "work") else ""


def _distance(rows: ir.Table) -> list[ir.Value]:
    known = rows.metres.notnull()
    return [
        rows.persons.name("both"),
        (rows.persons * rows.metres.fill_null(0)).name("metres"),
        ibis.ifelse(known, rows.persons, 0).name("measured"),
    ]


def _changes(
    rows: ir.Table, months: Sequence[int], measures: Sequence[str], month: str, sign: int
) -> ir.Table:
    within = rows.filter(rows[month] <= months[-1])
    column = _column(within[month].cast("int64"), months).cast("int64")
    signed = {name: within[name].cast("int64") * sign for name in measures}
    return within.mutate(column=column, **signed).drop("month_in", "month_out")


def _summed(
    engine: Engine, rows: ir.Table, dims: Sequence[str], measures: Sequence[str]
) -> pa.Table:
    sums = {name: rows[name].sum().cast("int64") for name in measures}
    return engine.arrow(rows.group_by(["id", *dims, "column"]).agg(**sums))


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
