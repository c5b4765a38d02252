"""A table of travel times between cells, where the office has one: `travel.csv` of the workspace.

Columns home_cell, work_cell (H3 as hexadecimal text, all of one resolution, 7 to 9), minutes and,
if known, km. One row a pair, in the direction of the way to work.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from talentmap.model.cells import MAP_RESOLUTIONS, from_hex, parent, resolution_of
from talentmap.model.errors import UserError

FILE = "travel.csv"
_NEEDED = ("home_cell", "work_cell", "minutes")
_FIRST_ROW = 2  # the line after the header, as a spreadsheet counts


@dataclass(frozen=True)
class Travel:
    """Minutes and km (NaN: not given) by pair of cells of one resolution, ascending by pair."""

    name: str
    resolution: int
    pairs: npt.NDArray[np.int64]  # home × work, two columns
    minutes: npt.NDArray[np.float64]
    km: npt.NDArray[np.float64]

    def leg(self, home: int, work: int) -> tuple[float, float] | None:
        """Return minutes and km between two cells at least as fine; None where not given."""
        ends = parent(np.array([home, work], dtype=np.int64), self.resolution)
        low = int(np.searchsorted(self.pairs[:, 0], ends[0], side="left"))
        high = int(np.searchsorted(self.pairs[:, 0], ends[0], side="right"))
        at = low + int(np.searchsorted(self.pairs[low:high, 1], ends[1]))
        if at >= high or self.pairs[at, 1] != ends[1]:
            return None
        return float(self.minutes[at]), float(self.km[at])


def read_travel(file: Path) -> Travel:
    """Read the table; raise UserError naming file, row and column of the first mistake."""
    if not file.is_file():
        raise UserError(f"travel: {file}: there is no such file")
    try:
        rows = pl.read_csv(file, infer_schema=False, encoding="utf8")
    except (pl.exceptions.PolarsError, OSError) as error:
        raise UserError(
            f"{file.name}: not a readable table: {str(error).splitlines()[0]}"
        ) from None
    for name in _NEEDED:
        if name not in rows.columns:
            raise UserError(f"{file.name}: no column {name}; needed: {', '.join(_NEEDED)}")
    cells = [_cells(rows, name, file) for name in _NEEDED[:2]]
    minutes = _numbers(rows, "minutes", file)
    km = _numbers(rows, "km", file) if "km" in rows.columns else np.full(len(rows), np.nan)
    if not len(rows):
        raise UserError(f"{file.name}: no rows after the header")
    resolution = _one_resolution(np.concatenate(cells), file)
    order = np.lexsort([cells[1], cells[0]])
    pairs = np.column_stack(cells)[order]
    twice = np.flatnonzero((pairs[1:] == pairs[:-1]).all(axis=1))
    if len(twice):
        row = int(max(order[twice[0]], order[twice[0] + 1])) + _FIRST_ROW
        raise UserError(f"{file.name}: row {row}: home_cell and work_cell are given twice")
    return Travel(file.name, resolution, pairs, minutes[order], km[order])


def _cells(rows: pl.DataFrame, name: str, file: Path) -> npt.NDArray[np.int64]:
    found = np.zeros(len(rows), dtype=np.int64)
    for i, text in enumerate(rows[name]):
        try:
            found[i] = from_hex((text or "").strip())
        except ValueError:
            raise UserError(
                f"{file.name}: row {i + _FIRST_ROW}, {name}: {text!r} is not an H3 cell"
            ) from None
    return found


def _numbers(rows: pl.DataFrame, name: str, file: Path) -> npt.NDArray[np.float64]:
    text = rows[name].str.strip_chars()
    numbers = text.cast(pl.Float64, strict=False)
    empty = text.is_null() | (text == "")
    wrong = (numbers.is_null() | ~numbers.is_finite() | (numbers < 0)).fill_null(value=True)
    wrong &= ~empty if name == "km" else pl.Series([True]).new_from_index(0, len(rows))
    if wrong.any():
        row = int(wrong.arg_max() or 0)
        raise UserError(
            f"{file.name}: row {row + _FIRST_ROW}, {name}: {text[row] or ''!r} is no number >= 0"
        )
    return numbers.fill_null(float("nan")).to_numpy().astype(np.float64)


def _one_resolution(cells: npt.NDArray[np.int64], file: Path) -> int:
    found = np.array([resolution_of(int(cell)) for cell in np.unique(cells)])
    if found.min() != found.max() or int(found[0]) not in MAP_RESOLUTIONS:
        levels = ", ".join(str(r) for r in np.unique(found))
        raise UserError(f"{file.name}: cells of resolution {levels}; all must be of one, 7 to 9")
    return int(found[0])
