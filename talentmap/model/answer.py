"""The Answer: rows with their certainty, and what they mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from talentmap.model.question import Question

# Statuses of a row. Missing, suppressed, insufficient and zero are four different things.
OK, SUPPRESSED, INSUFFICIENT, MISSING = "ok", "suppressed", "insufficient", "missing"
STATUSES = (OK, SUPPRESSED, INSUFFICIENT, MISSING)

SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("name", pa.string()),
        ("value", pa.float64()),  # null unless status is ok
        ("low", pa.float64()),  # 90 % interval, null where the metric has none
        ("high", pa.float64()),
        ("n", pa.float64()),  # persons (or openings) behind the value; null where suppressed
        ("status", pa.string()),
    ]
)


@dataclass(frozen=True)
class Answer:
    """Rows (SCHEMA) and their meaning.

    `unit`, `formula` and `source` are in the language asked for; `notes` says what was left out and
    what to mind; `synthetic` marks demo data; `extra` holds what a metric adds (a decomposition).
    """

    question: Question
    table: pa.Table
    unit: str
    formula: str
    source: str
    month: str
    release: str
    tier: str
    synthetic: bool
    notes: list[str] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)

    def to_json(self, *, rows: bool = True) -> dict[str, Any]:
        """Return a plain object: question, metric, unit, month, release, source, notes and rows."""
        about = {
            "question": self.question.to_query(),
            "metric": self.question.metric,
            "unit": self.unit,
            "formula": self.formula,
            "month": self.month,
            "release": self.release,
            "source": self.source,
            "tier": self.tier,
            "synthetic": self.synthetic,
            "notes": self.notes,
            **self.extra,
        }
        return {**about, "rows": self.table.to_pylist()} if rows else about
