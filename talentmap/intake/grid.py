"""Rows of cells, as sheets and HTML tables have them, as a reading: header, names, chunks.

The header of an office's sheet is rarely its first row: titles and notes stand above, names go over
two rows, cells are merged. The row whose cells look most like names of columns is the header.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice

import pyarrow as pa

from talentmap.intake.names import normal
from talentmap.intake.source import ROW, Chunk, Reading
from talentmap.model.errors import UserError

Cell = object
Row = Sequence[Cell]
Range = tuple[tuple[int, int], tuple[int, int]]  # first and last (row, column), both inclusive

HEAD_ROWS = 30
CHUNK_ROWS = 20_000
_LONGEST_NAME = 60
_NUMERIC = re.compile(r"[\d\s.,:/+\-%]+")
# A cell of a sheet holds 15 digits. A longer number was an identifier; its last digits are zeros.
_EXACT_UP_TO = 10**15


@dataclass(frozen=True)
class Grid:
    """A table of cells: its first rows, all of its rows from the first, and its merged ranges.

    Rows and columns count from 0 here; `rows` can be gone through again and again.
    """

    head: Sequence[Row]
    rows: Callable[[], Iterable[Row]]
    merged: Sequence[Range] = ()


@dataclass(frozen=True)
class Header:
    """Where the header of a grid is, how many of its names are known, and the names."""

    row: int
    hits: int
    names: tuple[str, ...]


def find_header(grid: Grid, known: AbstractSet[str]) -> Header | None:
    """Return the header of a grid, None where no row can be one.

    `known` are the names of columns, normalised. A row scores by the known names in it, how full it
    is and how many of its cells differ, and loses by numbers.
    """
    width = max((len(row) for row in grid.head), default=0)
    best: tuple[float, int, int] | None = None
    for i, row in enumerate(grid.head):
        texts = [as_text(cell).strip() for cell in row]
        filled = [text for text in texts if text]
        if not filled or len(filled) < min(2, width) or max(map(len, filled)) > _LONGEST_NAME:
            continue
        hits = sum(normal(name) in known for name in _names(grid, i, width))
        numeric = sum(_NUMERIC.fullmatch(text) is not None for text in filled) / len(filled)
        score = 3 * hits + len(filled) / width + len(set(filled)) / len(filled) - 3 * numeric
        if best is None or score > best[0]:
            best = score, i, hits
    if best is None:
        return None
    return Header(best[1], best[2], _names(grid, best[1], width))


def read_grid(grid: Grid, header: Header, file: str, caveats: tuple[str, ...] = ()) -> Reading:
    """Return the rows below the header as a reading; a cell merged downwards holds for its rows."""
    _check_rows(grid, header, file)

    def chunks(columns: Sequence[str]) -> Iterator[Chunk]:
        places = [header.names.index(name) for name in columns]
        rows = islice(enumerate(_filled(grid, header.row)), header.row + 1, None)
        while some := list(islice(rows, CHUNK_ROWS)):
            yield _chunk(some, columns, places)

    return Reading(header.names, chunks, caveats)


def as_text(cell: Cell) -> str:
    """Return a cell as the text a person would type; long numbers as the sheet itself shows them.

    A whole number loses its `.0`; a date becomes ISO 8601.
    """
    if cell is None or isinstance(cell, str):
        return cell or ""
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, (int, float)):
        return _number(cell)
    return cell.isoformat(sep=" ") if isinstance(cell, dt.datetime) else str(cell)


def _number(number: float) -> str:
    if abs(number) >= _EXACT_UP_TO:
        return f"{number:.5E}"
    return str(int(number)) if number == int(number) else repr(number)


def _names(grid: Grid, row: int, width: int) -> tuple[str, ...]:
    """Return a distinct name for each column; one that comes twice gets that of its group before.

    The group of a column is what stands above it: 居住地 over 经度 is 居住地经度.
    """
    own = [_merged_text(grid, row, column) for column in range(width)]
    while own and not own[-1]:
        own.pop()
    twice = {name for name, times in Counter(own).items() if times > 1}
    seen: set[str] = set()
    names = []
    for column, name in enumerate(own):
        group = _merged_text(grid, row - 1, column) if name in twice and name and row else ""
        full = f"{group}{name}" if group != name else name
        names.append(full if full and full not in seen else f"{full}#{column + 1}")
        seen.add(full)
    return tuple(names)


def _merged_text(grid: Grid, row: int, column: int) -> str:
    """Return the text of a cell, or of the merged cell that covers it."""
    text = _cell_text(grid.head, row, column)
    if text:
        return text
    for (top, left), (bottom, right) in grid.merged:
        if top <= row <= bottom and left <= column <= right:
            return _cell_text(grid.head, top, left)
    return ""


def _cell_text(rows: Sequence[Row], row: int, column: int) -> str:
    if row >= len(rows) or column >= len(rows[row]):
        return ""
    return "".join(as_text(rows[row][column]).split())


def _filled(grid: Grid, header: int) -> Iterator[Row]:
    """Yield all rows, the cells merged downwards below the header each with the value of theirs."""
    down = [((top, left), bottom) for (top, left), (bottom, _) in grid.merged if bottom > top]
    starts: dict[int, list[tuple[int, int]]] = {}
    for (top, left), bottom in down:
        if top > header:
            starts.setdefault(top, []).append((left, bottom))
    held: dict[int, tuple[int, Cell]] = {}
    for i, row in enumerate(grid.rows()):
        if i not in starts and not held:
            yield row
            continue
        cells = list(row)
        cells += [""] * (max([*held, *(left for left, _ in starts.get(i, ()))]) + 1 - len(cells))
        for column, (_, value) in held.items():
            cells[column] = value
        for column, bottom in starts.get(i, ()):
            held[column] = (bottom, cells[column])
        held = {column: (last, value) for column, (last, value) in held.items() if last > i}
        yield cells


def _chunk(some: Sequence[tuple[int, Row]], columns: Sequence[str], places: Sequence[int]) -> Chunk:
    """Return rows as text; blank ones are no rows, cells without a name above are left aside."""
    texts = [(i + 1, [as_text(cell) for cell in row]) for i, row in some]
    texts = [(i, row) for i, row in texts if any(cell and not cell.isspace() for cell in row)]
    arrays = [
        pa.array([row[place] if place < len(row) else "" for _, row in texts], pa.string())
        for place in places
    ]
    rows = pa.array([i for i, _ in texts], pa.int64())
    return Chunk(pa.Table.from_arrays([*arrays, rows], [*columns, ROW]), len(texts))


def _check_rows(grid: Grid, header: Header, file: str) -> None:
    below = islice(grid.rows(), header.row + 1, None)
    if not any(as_text(cell).strip() for row in below for cell in row):
        raise UserError(f"{file}: no rows after the header in row {header.row + 1}")
