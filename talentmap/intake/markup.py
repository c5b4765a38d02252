"""Tables in HTML or in the XML of Excel 2003, which many systems name `.xls`."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from talentmap.intake.encoding import detect, utf16_as_utf8
from talentmap.intake.grid import HEAD_ROWS, Grid, Range, find_header, read_grid
from talentmap.intake.source import Reading
from talentmap.model.errors import UserError

_MOST_BYTES = 256 * 2**20
_TABLE = ("table",)
_ROW = ("tr", "row")
_CELL = ("td", "th", "cell")
_SILENT = ("script", "style", "head")
_LONGEST_SPAN = 1000
_LARGEST_SPAN = 10_000  # cells; what claims more is broken and covers only its own row


def looks_like_markup(head: bytes) -> bool:
    """Tell whether a file that starts so is HTML or XML."""
    start = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe\t\r\n ").lower()
    marks = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<head", b"<meta", b"<body", b"<!--")
    return start.startswith(marks)


def read_markup(file: Path, known: AbstractSet[str]) -> Reading:
    """Open the table of a page whose header has most of the names known.

    Raise UserError naming the file where there is no table with a header in it, or it is too large.
    """
    found = []
    for table in _tables(_text(file)):
        grid = Grid(table.rows[:HEAD_ROWS], lambda rows=table.rows: rows, table.merged)  # type: ignore[misc]
        header = find_header(grid, known)
        if header is not None:
            found.append((grid, header))
    if not found:
        raise UserError(f"{file.name}: a page without a table that has a header; save it as CSV")
    best = max(found, key=lambda pair: (pair[1].hits, len(list(pair[0].rows()))))
    return read_grid(*best, file.name)


@dataclass
class _Table:
    rows: list[list[str]] = field(default_factory=list)
    merged: list[Range] = field(default_factory=list)
    taken: set[tuple[int, int]] = field(default_factory=set)  # covered by a cell further up

    def place(self, text: str, across: int, down: int, at: int = -1) -> None:
        """Put a cell into the next free place of the last row, or at a place."""
        row = len(self.rows) - 1
        column = max(at, len(self.rows[row]))
        while (row, column) in self.taken:
            column += 1
        self.rows[row] += [""] * (column - len(self.rows[row]))
        self.rows[row] += [text] + [""] * (across - 1)
        if across > 1 or down > 1:
            self.merged.append(((row, column), (row + down - 1, column + across - 1)))
            self.taken |= {
                (i, j) for i in range(row + 1, row + down) for j in range(column, column + across)
            }


class _Parser(HTMLParser):
    """Collects the tables of a page; a page that is broken gives what can be made out."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[_Table] = []
        self._open: list[_Table] = []
        self._cell: tuple[int, int, int] | None = None
        self._text: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = tag.rpartition(":")[2]
        self._silent += name in _SILENT
        if name in _TABLE:
            self._close_cell()
            self._open.append(_Table())
            self.tables.append(self._open[-1])
        elif name in _ROW and self._open:
            self._close_cell()
            self._open[-1].rows.append([])
        elif name in _CELL and self._open and self._open[-1].rows:
            self._close_cell()
            self._cell = _spans({key.rpartition(":")[2]: value for key, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        self._silent -= name in _SILENT and self._silent > 0
        if name in (*_CELL, *_ROW, *_TABLE):
            self._close_cell()
        if name in _TABLE and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._silent:
            self._text.append(data)

    def close(self) -> None:
        super().close()
        self._close_cell()

    def _close_cell(self) -> None:
        if self._cell is not None and self._open:
            self._open[-1].place(" ".join("".join(self._text).split()), *self._cell)
        self._cell, self._text = None, []


def _tables(text: str) -> list[_Table]:
    parser = _Parser()
    parser.feed(text)
    parser.close()
    return parser.tables


def _spans(attributes: dict[str, str | None]) -> tuple[int, int, int]:
    """Return columns and rows a cell covers, and the column it names for itself (-1: the next)."""

    def number(name: str) -> int:
        value = attributes.get(name) or ""
        return min(int(value[:9]), _LONGEST_SPAN) if value.isascii() and value.isdigit() else 0

    across = max(number("colspan"), number("mergeacross") + 1)
    down = max(number("rowspan"), number("mergedown") + 1)
    return across, down if across * down <= _LARGEST_SPAN else 1, number("index") - 1


def _text(file: Path) -> str:
    if file.stat().st_size > _MOST_BYTES:
        raise UserError(f"{file.name}: a page of more than {_MOST_BYTES >> 20} MB; save it as CSV")
    data = file.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = utf16_as_utf8()(data, True)
    encoding, data = detect(data, file.name)
    return encoding.to_utf8(data).decode()
