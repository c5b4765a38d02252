"""How the openings of a place fare: filled or not, how long open, at what wage.

For each of the compared months M the vacancies posted in the twelve months up to M (and, for the
wage's growth, in the twelve before). Vacancies are known to the month: days are months × 30.4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import ibis
import ibis.expr.types as ir

from talentmap.cube.base import at_level
from talentmap.cube.engines.base import Engine
from talentmap.cube.lattice import Node
from talentmap.cube.publish import Behind, hidden_openings
from talentmap.cube.rollup import Counts, pivot
from talentmap.privacy.planes import Tier, publish

DAYS_A_MONTH = 30.4
_WINDOW = 12

# posted: openings; known and filled: of those whose filling is told; open_days: median over
# vacancies, those still open up to M; wage and wage_before: openings × monthly wage, and the
# openings with a wage.
MEASURES = (
    "posted",
    "known",
    "filled",
    "open_days",
    "wage",
    "waged",
    "wage_before",
    "waged_before",
)


def market_rows(posts: ir.Table, months: Sequence[int]) -> ir.Table:
    """Return the vacancies of the two years up to each month, with the `column` of that month.

    `now` marks those of its last twelve months, `days` is how long each was open by then.
    """
    parts = [_window(posts, month, column) for column, month in enumerate(months)]
    return ibis.union(*parts) if len(parts) > 1 else parts[0]


def roll_market(engine: Engine, rows: ir.Table, node: Node, months: Sequence[int]) -> Counts:
    """Return MEASURES per place and crossing for each of the months, from `market_rows`."""
    needed = ("column", "openings", "filled", "wage", "now", "days")
    rows = rows.select(*node.dims, *needed, id=at_level(rows, "", node.level))
    told = rows.now & rows.filled.notnull()
    waged, before = rows.wage.notnull() & rows.now, rows.wage.notnull() & ~rows.now
    pay = rows.wage * rows.openings
    sums = {
        "posted": ibis.ifelse(rows.now, rows.openings, 0).sum(),
        "known": ibis.ifelse(told, rows.openings, 0).sum(),
        "filled": ibis.ifelse(told, rows.filled, 0).sum(),
        "open_days": ibis.ifelse(rows.now, rows.days, None).median(),
        "wage": ibis.ifelse(waged, pay, 0).sum(),
        "waged": ibis.ifelse(waged, rows.openings, 0).sum(),
        "wage_before": ibis.ifelse(before, pay, 0).sum(),
        "waged_before": ibis.ifelse(before, rows.openings, 0).sum(),
    }
    named = {name: value.cast("float64").fill_null(0) for name, value in sums.items()}
    found = engine.arrow(rows.group_by(["id", *node.dims, "column"]).agg(**named))
    return pivot(found, node.dims, tuple(months), MEASURES, running=False)


def protect_market(counts: Counts, tier: Tier, level: str, behind: Behind | None) -> Counts:
    """Return one tier's plane: everything of a place goes where its openings may not show."""
    hidden = hidden_openings(counts, counts.measures["posted"], tier, level, behind)
    exact = replace(tier, round_to=0)
    return replace(
        counts,
        measures={name: publish(m, hidden, exact) for name, m in counts.measures.items()},
    )


def _window(posts: ir.Table, month: int, column: int) -> ir.Table:
    rows = posts.filter((posts.month_in <= month) & (posts.month_in > month - 2 * _WINDOW))
    until = ibis.least(rows.month_out, month + 1)
    return rows.mutate(
        now=rows.month_in > month - _WINDOW,
        days=(until - rows.month_in).cast("float64") * DAYS_A_MONTH,
        column=ibis.literal(column, "int64"),
    ).drop("month_in", "month_out")
