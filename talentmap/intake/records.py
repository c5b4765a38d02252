"""Split a block of CSV into records, so that a broken row takes no neighbour with it.

A newline ends a record where it stands at even quote parity. A line with an even number of quotes
is a record by itself; one with an odd number opens a quoted cell that the next such line closes, if
the two together read as one record of the right width, and is judged alone where they do not. The
even lines are looked at all at once; only the others one by one.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from talentmap.intake.encoding import DAMAGED
from talentmap.intake.source import Ints

Bytes = npt.NDArray[np.uint8]
Bools = npt.NDArray[np.bool_]

LONGEST_RECORD = 2**20
WIDTH = "wrong number of cells"
QUOTE = "unbalanced quote"
ENCODING = "characters not readable in the encoding of the file"
BREAK = "line break inside a cell without quotes"
_NEWLINE, _RETURN, _QUOTE = 10, 13, 34
_DAMAGED = DAMAGED.encode()


@dataclass(frozen=True)
class Records:
    """The records of a block: bytes of the good ones with the row number of each, and the others.

    `consumed` bytes and `lines` lines of the block are dealt with; the rest belongs to a record
    that goes on in the next block. Blank lines are no rows.
    """

    data: bytes
    rows: Ints
    multiline: bool
    refused: dict[str, list[int]]
    consumed: int
    lines: int

    @property
    def rows_in(self) -> int:
        """Number of rows met, good or refused."""
        return len(self.rows) + sum(len(rows) for rows in self.refused.values())


@dataclass
class _Odd:
    """What came of the lines looked at one by one."""

    taken: Bools  # lines that are dealt with
    rows: list[int] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)
    refused: dict[str, list[int]] = field(default_factory=dict)
    open_from: int = -1  # line whose quoted cell goes on in the next block


@dataclass(frozen=True)
class _Lines:
    """Where the lines of a block start and end, and what is in them."""

    buffer: Bytes
    starts: Ints
    ends: Ints
    blank: Bools
    odd: Bools
    irregular: Bools
    damaged: Bools
    width: Ints

    def text(self, first: int, last: int) -> str:
        """Return lines first to last as text."""
        return self.buffer[self.starts[first] : self.ends[last]].tobytes().decode()

    def size(self, first: int, last: int) -> int:
        """Return the number of bytes of lines first to last."""
        return int(self.ends[last] - self.starts[first])


def split(data: bytes, first_row: int, width: int, delimiter: str, *, final: bool) -> Records:
    """Split whole lines of UTF-8 into records of `width` cells; `first_row` numbers line one.

    `final` says that nothing follows, so that a quoted cell still open is not waited for.
    """
    if not data:
        return Records(b"", np.empty(0, np.int64), multiline=False, refused={}, consumed=0, lines=0)
    lines = _lines(data, ord(delimiter))
    odd = _judge_singly(lines, width, delimiter, final=final)
    until = odd.open_from if odd.open_from >= 0 else len(lines.starts)
    plain = ~(lines.blank | odd.taken)
    plain[until:] = False
    good = plain & (lines.width == width) & ~lines.damaged
    refused = {reason: [first_row + i for i in rows] for reason, rows in odd.refused.items()}
    _refuse(refused, ENCODING, plain & lines.damaged, first_row)
    _refuse(refused, WIDTH, plain & ~lines.damaged & (lines.width != width), first_row)
    rows = np.concatenate([np.flatnonzero(good), np.array(odd.rows, np.int64)]) + first_row
    consumed = int(lines.starts[until]) if until < len(lines.starts) else len(data)
    return Records(
        _bytes_of(data, lines, good) + _as_csv(odd.cells, delimiter),
        rows.astype(np.int64),
        multiline=bool(odd.cells),
        refused={reason: found for reason, found in refused.items() if found},
        consumed=consumed,
        lines=until,
    )


def _lines(data: bytes, delimiter: int) -> _Lines:
    buffer = np.frombuffer(data, np.uint8)
    ends = np.flatnonzero(buffer == _NEWLINE) + 1
    if not len(ends) or ends[-1] != len(buffer):
        ends = np.append(ends, len(buffer))
    starts = np.concatenate([[0], ends[:-1]]).astype(np.int64)
    content = ends - starts - (buffer[ends - 1] == _NEWLINE)
    before = np.maximum(starts + content - 1, 0)
    content -= (content > 0) & (buffer[before] == _RETURN)
    none = np.zeros(len(ends), np.bool_)
    odd, irregular = none, none.copy()
    quotes = np.flatnonzero(buffer == _QUOTE)
    if len(quotes):
        odd, irregular = _quoting(buffer, quotes, starts, ends, delimiter)
    irregular |= _bare_returns(buffer, ends)
    return _Lines(
        buffer,
        starts,
        ends,
        content == 0,
        odd,
        irregular,
        _lines_with(data, _DAMAGED, ends),
        _widths(np.flatnonzero(buffer == delimiter), quotes, starts, ends),
    )


def _widths(marks: Ints, quotes: Ints, starts: Ints, ends: Ints) -> Ints:
    """Return the number of cells of each line, delimiters in quotes not counting."""
    if not len(quotes):
        return _count(marks, starts, ends) + 1
    inside = np.searchsorted(quotes, marks) % 2 == 1
    at_start = np.searchsorted(quotes, starts) % 2 == 1
    even, odd = _count(marks[~inside], starts, ends), _count(marks[inside], starts, ends)
    widths: Ints = np.where(at_start, odd, even) + 1
    return widths


def _count(marks: Ints, starts: Ints, ends: Ints) -> Ints:
    counts: Ints = np.searchsorted(marks, ends) - np.searchsorted(marks, starts)
    return counts


def _quoting(
    buffer: Bytes, quotes: Ints, starts: Ints, ends: Ints, delimiter: int
) -> tuple[Bools, Bools]:
    """Return lines with an odd number of quotes, and lines with a quote inside a bare cell."""
    line = np.searchsorted(ends, quotes, side="right")
    counts = np.bincount(line, minlength=len(ends))
    rank = np.arange(len(quotes)) - (np.cumsum(counts) - counts)[line]
    before = buffer[np.maximum(quotes - 1, 0)]
    after = buffer[np.minimum(quotes + 1, len(buffer) - 1)]
    opens = (quotes == starts[line]) | (before == delimiter) | ((before == _QUOTE) & (rank > 0))
    closes = (quotes + 1 == len(buffer)) | np.isin(after, (delimiter, _NEWLINE, _RETURN, _QUOTE))
    wrong = ~np.where(rank % 2 == 0, opens, closes)
    irregular = np.zeros(len(ends), np.bool_)
    irregular[line[wrong]] = True
    return counts % 2 == 1, irregular


def _bare_returns(buffer: Bytes, ends: Ints) -> Bools:
    """Return the lines with a carriage return that is not part of their end."""
    returns = np.flatnonzero(buffer == _RETURN)
    after = buffer[np.minimum(returns + 1, len(buffer) - 1)]
    bare = returns[(after != _NEWLINE) & (returns + 1 < len(buffer))]
    found = np.zeros(len(ends), np.bool_)
    found[np.searchsorted(ends, bare, side="right")] = True
    return found


def _lines_with(data: bytes, mark: bytes, ends: Ints) -> Bools:
    found = np.zeros(len(ends), np.bool_)
    at = data.find(mark)
    while at >= 0:
        line = int(np.searchsorted(ends, at, side="right"))
        found[line] = True
        at = data.find(mark, int(ends[line]))
    return found


def _judge_singly(lines: _Lines, width: int, delimiter: str, *, final: bool) -> _Odd:
    """Judge the lines with odd or irregular quotes, alone or with the line that closes them."""
    odd = _Odd(np.zeros(len(lines.starts), np.bool_))
    odd_lines = np.flatnonzero(lines.odd)
    for i in np.flatnonzero(lines.odd | lines.irregular).tolist():
        if odd.taken[i]:
            continue
        last = i
        if lines.odd[i]:
            place = int(np.searchsorted(odd_lines, i, side="right"))
            last = int(odd_lines[place]) if place < len(odd_lines) else -1
            if last < 0 and not final and lines.size(i, -1) < LONGEST_RECORD:
                odd.open_from = i
                break
        _judge(odd, lines, i, last, width, delimiter)
    return odd


def _judge(odd: _Odd, lines: _Lines, i: int, last: int, width: int, delimiter: str) -> None:
    if last > i and lines.size(i, last) < LONGEST_RECORD:
        cells = _one_record(lines.text(i, last), delimiter)
        if cells is not None and len(cells) == width:
            _accept(odd, i, last, cells)
            return
    text = lines.text(i, i)
    bare = text.rstrip("\r\n")
    cells = _one_record(bare, delimiter)
    if cells is not None and len(cells) == width:
        _accept(odd, i, i, cells)
        return
    odd.taken[i] = True
    reason = BREAK if "\r" in bare and not lines.odd[i] else QUOTE if cells is None else WIDTH
    odd.refused.setdefault(reason, []).append(i)


def _accept(odd: _Odd, i: int, last: int, cells: list[str]) -> None:
    odd.taken[i : last + 1] = True
    if any(DAMAGED in cell for cell in cells):
        odd.refused.setdefault(ENCODING, []).append(i)
        return
    odd.rows.append(i)
    odd.cells.append(cells)


def _one_record(text: str, delimiter: str) -> list[str] | None:
    """Return the cells of a text that is exactly one record; None where it is not."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None


def _refuse(refused: dict[str, list[int]], reason: str, which: Bools, first_row: int) -> None:
    refused.setdefault(reason, []).extend((np.flatnonzero(which) + first_row).tolist())


def _bytes_of(data: bytes, lines: _Lines, good: Bools) -> bytes:
    if good.all():
        return data if data.endswith(b"\n") else data + b"\n"
    kept = lines.buffer[np.repeat(good, lines.ends - lines.starts)].tobytes()
    return kept if kept.endswith(b"\n") or not kept else kept + b"\n"


def _as_csv(cells: list[list[str]], delimiter: str) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(
        cells
    )
    return out.getvalue().encode()
