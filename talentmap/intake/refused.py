"""The refused rows of a file with their cells, for the person who mends them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from talentmap.intake.source import ROW, Chunk, Refusal

MOST_ROWS = 5_000
# Identity numbers never leave the file they came in, whatever column they stand in.
_IDENTITY = re.compile(r"[1-9]\d{16}[\dXx]|[1-9]\d{14}(?!\d)")
_HIDDEN = "（已隐去）"


@dataclass(frozen=True)
class RefusedRow:
    """One refused row: its number in the file, its cells (none where it could not be split)."""

    row: int
    column: str
    reason: str
    cells: tuple[str, ...] = ()


@dataclass
class RefusedRows:
    """Collects the first MOST_ROWS refused rows; `hidden` columns of persons are blotted out."""

    hidden: frozenset[str] = frozenset()
    header: tuple[str, ...] = ()
    rows: list[RefusedRow] = field(default_factory=list)
    left_out: int = 0

    def collect(self, chunk: Chunk, refused: Iterable[Refusal]) -> None:
        """Take the refused rows of a chunk, cells and all."""
        names = [name for name in chunk.table.column_names if name != ROW]
        self.header = self.header or tuple(names)
        numbers = chunk.table[ROW].to_numpy()
        for refusal in refused:
            free = max(MOST_ROWS - len(self.rows), 0)
            wanted = np.unique(refusal.rows)
            self.left_out += max(len(wanted) - free, 0)
            for number in wanted[:free].tolist():
                places = np.flatnonzero(numbers == number)
                cells = self._cells(chunk.table, names, int(places[0])) if len(places) else ()
                self.rows.append(RefusedRow(number, refusal.column, refusal.reason, cells))

    def _cells(self, table: pa.Table, names: list[str], place: int) -> tuple[str, ...]:
        values = [table[name][place].as_py() for name in names]
        return tuple(
            _HIDDEN if name in self.hidden and value else _IDENTITY.sub(_HIDDEN, _text(value))
            for name, value in zip(names, values, strict=True)
        )


def _text(value: object) -> str:
    return "" if value is None or isinstance(value, bytes) else str(value)
