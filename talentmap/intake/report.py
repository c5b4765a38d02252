"""What became of one file: the report of a batch, and the tally it is made from."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from talentmap.intake.source import Chunk, Ints, Refusal

MOST_EXAMPLES = 20
MOST_WORDS = 500
_LONGEST_WORD = 40
_LONG_NUMBER = re.compile(r"\d{6}\s\d{8}\s\d{3}[\dXx]|\d{3}[\s-]\d{4}[\s-]\d{4}|\d{7,}[Xx]?")


def blotted(word: str) -> str:
    """Return a word fit to be kept: no number that could be somebody's, and not too long.

    Seven digits or more are a telephone, an identity card, an account: they become #.
    """
    short = _LONG_NUMBER.sub(lambda number: "#" * len(number[0]), word)
    return short if len(short) <= _LONGEST_WORD else f"{short[: _LONGEST_WORD - 1]}…"


@dataclass(frozen=True)
class BatchReport:
    """One batch: rows in = accepted + refused, by reason. Never a value of a row.

    `persons` is the sum of weights of the accepted people (0 for other tables); `examples` are
    (row, column, reason); `as_of` a month index; `started` ISO 8601 in UTC; `sha256` of the file.
    `series` is what the files of one source have in common: its name in the mapping, else that of
    the file without numbers. `mended` counts rows put right by reason. `unread` counts by column
    what was not understood, and `words` by column and value: words of a vocabulary, with longer
    numbers blotted out. `coverage` counts the accepted records by side, district ('' where none is
    known, 'outside') and precision. `difference` to the last batch of the series: records new,
    changed, same and gone.
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
    series: str = ""
    mended: dict[str, int] = field(default_factory=dict)
    unread: dict[str, int] = field(default_factory=dict)
    words: dict[str, dict[str, int]] = field(default_factory=dict)
    coverage: dict[str, dict[str, dict[str, int]]] = field(default_factory=dict)
    compared: str = ""  # the batch `difference` is to
    difference: dict[str, int] = field(default_factory=dict)

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
    mended: dict[str, int] = field(default_factory=dict)
    unread: dict[str, int] = field(default_factory=dict)
    words: dict[str, dict[str, int]] = field(default_factory=dict)
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

    def mend(self, mended: Refusal) -> None:
        """Count file rows in which something was put right."""
        key = f"{mended.column}: {mended.reason}" if mended.column else mended.reason
        self.mended[key] = self.mended.get(key, 0) + len(np.unique(mended.rows))

    def leave(self, unread: Mapping[str, Mapping[str, int]]) -> None:
        """Count what was not understood; of each column only the first MOST_WORDS are kept."""
        for column, words in unread.items():
            self.unread[column] = self.unread.get(column, 0) + sum(words.values())
            kept = self.words.setdefault(column, {})
            for word, times in words.items():
                shown = blotted(word)
                if shown in kept or len(kept) < MOST_WORDS:
                    kept[shown] = kept.get(shown, 0) + times

    def supersede(self, rows: Ints, persons: int, column: str, reason: str) -> None:
        """Count accepted file rows as refused: later ones took their place."""
        self.accepted -= len(rows)
        self.persons -= persons
        self.refuse(Refusal(rows, column, reason))

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
