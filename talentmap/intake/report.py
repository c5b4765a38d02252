"""What became of one file: the report of a batch, and the tally it is made from."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from talentmap.intake.source import Chunk, Ints, Refusal

MOST_EXAMPLES = 20


@dataclass(frozen=True)
class BatchReport:
    """One batch: rows in = accepted + refused, by reason. Never a value of a row.

    `persons` is the sum of weights of the accepted people (0 for other tables); `examples` are
    (row, column, reason); `as_of` a month index; `started` ISO 8601 in UTC; `sha256` of the file.
    """

    batch: str
    table: str
    file: str
    source: str
    rows_in: int
    accepted: int
    refused: int
    reasons: dict[str, int]
    examples: tuple[tuple[int, str, str], ...]
    persons: int
    started: str
    sha256: str
    caveats: tuple[str, ...] = ()
    as_of: int | None = None
    dry_run: bool = False

    def __post_init__(self) -> None:
        if self.rows_in != self.accepted + self.refused:
            raise AssertionError(f"{self.file}: rows in and rows out differ")
        if self.refused != sum(self.reasons.values()):
            raise AssertionError(f"{self.file}: refused rows and their reasons differ")

    def to_json(self) -> str:
        """Return the report as one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> BatchReport:
        """Return the report of `to_json`."""
        data: dict[str, Any] = json.loads(text)
        examples = tuple((int(r), str(c), str(w)) for r, c, w in data.pop("examples"))
        return cls(**{**data, "examples": examples, "caveats": tuple(data["caveats"])})


@dataclass
class Tally:
    """Counts file rows while chunks go by; memory does not grow with the file."""

    rows_in: int = 0
    accepted: int = 0
    persons: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    examples: list[tuple[int, str, str]] = field(default_factory=list)
    notes: dict[str, int] = field(default_factory=dict)
    districts: dict[str, str] = field(default_factory=dict)
    districts_outside: dict[str, str] = field(default_factory=dict)

    def read(self, chunk: Chunk) -> None:
        """Count what the source gave and what it refused."""
        self.rows_in += chunk.rows_in
        for refusal in chunk.refused:
            self.refuse(refusal)
        for note, rows in chunk.notes.items():
            self.note(note, rows)
        self.districts.update(chunk.districts)
        self.districts_outside.update(chunk.districts_outside)

    def refuse(self, refusal: Refusal) -> None:
        """Count refused file rows (each once, however many records it stood for)."""
        rows = np.unique(refusal.rows)
        if not len(rows):
            return
        column, reason = refusal.column, refusal.reason
        key = f"{column}: {reason}" if column else reason
        self.reasons[key] = self.reasons.get(key, 0) + len(rows)
        free = MOST_EXAMPLES - len(self.examples)
        self.examples += [(int(row), column, reason) for row in rows[:free]]

    def accept(self, rows: Ints, persons: int) -> None:
        """Count accepted file rows and the persons they stand for."""
        self.accepted += len(np.unique(rows))
        self.persons += persons

    def note(self, caveat: str, rows: int) -> None:
        """Remember how many rows a caveat is about."""
        if rows:
            self.notes[caveat] = self.notes.get(caveat, 0) + rows

    @property
    def refused(self) -> int:
        """File rows refused so far."""
        return sum(self.reasons.values())

    def caveats(self) -> list[str]:
        """Return the caveats about rows, with their number."""
        return [f"{rows} rows: {caveat}" for caveat, rows in self.notes.items()]
