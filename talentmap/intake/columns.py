"""Which column of a file is which: by name, exact after normalising, never by order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from talentmap.intake.names import normal
from talentmap.model.errors import UserError
from talentmap.model.schemas import INPUT, Column

_NEAR_SCORE = 60
_MOST_NEAR = 3
_LOOKS_LIKE_DATA = re.compile(r"[\d\s.,:/+\-]*")


@dataclass(frozen=True, slots=True)
class Match:
    """Columns of a table found in a file: {name of ours: name in the file}."""

    table: str
    named: Mapping[str, str]
    unused: tuple[str, ...]  # columns of the file that mean a column already taken

    def caveats(self) -> list[str]:
        """Return a line for each column that was left aside for another of the same meaning."""
        return [f"column {name!r} was not used: another one means the same" for name in self.unused]


def match_columns(table: str, header: Sequence[str], file: str) -> Match:
    """Match the header of a file to the columns of a table.

    Of several that mean the same the first in the order own name, synonyms is taken. Raise
    UserError naming the file and the column where a required one, or a whole group of alternatives,
    is not there.
    """
    present: dict[str, str] = {}
    for name in header:
        present.setdefault(normal(name), name)
    named: dict[str, str] = {}
    unused: list[str] = []
    for column in INPUT[table]:
        hits = [present[n] for n in _names(column) if n in present and n]
        if hits:
            named[column.name] = hits[0]
            unused += [name for name in dict.fromkeys(hits[1:]) if name != hits[0]]
    taken = set(named.values())
    _check_required(table, header, file, named)
    return Match(table, named, tuple(name for name in unused if name not in taken))


def known_names(table: str) -> frozenset[str]:
    """Return the names by which columns of a table are known, normalised."""
    return frozenset(name for column in INPUT[table] for name in _names(column))


def _names(column: Column) -> list[str]:
    return list(dict.fromkeys(normal(name) for name in (column.name, *column.synonyms)))


def _check_required(table: str, header: Sequence[str], file: str, named: Mapping[str, str]) -> None:
    groups: dict[str, list[Column]] = {}
    for column in INPUT[table]:
        if column.one_of:
            groups.setdefault(column.one_of, []).append(column)
        elif column.required and column.name not in named:
            raise _missing(file, header, [column])
    for columns in groups.values():
        if not any(column.name in named for column in columns):
            raise _missing(file, header, columns)


def _missing(file: str, header: Sequence[str], columns: Sequence[Column]) -> UserError:
    wanted = " or ".join(_label(column) for column in columns)
    what = "no column" if len(columns) == 1 else "none of the columns"
    if _is_data(header):  # then its words are values of a row, which no message may show
        return UserError(f"{file}: {what} {wanted}; row 1 does not look like a header")
    names = [name for column in columns for name in _names(column)]
    scores = {
        header_name: process.extractOne(normal(header_name), names, scorer=fuzz.ratio)[1]
        for header_name in header
        if normal(header_name)
    }
    near = sorted((n for n in scores if scores[n] >= _NEAR_SCORE), key=lambda n: -scores[n])
    hint = f"; nearest in row 1: {', '.join(near[:_MOST_NEAR])}" if near else ""
    return UserError(f"{file}: {what} {wanted}{hint}")


def _label(column: Column) -> str:
    return f"{column.name} ({column.synonyms[0]})" if column.synonyms else column.name


def _is_data(header: Sequence[str]) -> bool:
    """Tell whether a first line is more numbers and gaps than names."""
    numeric = sum(_LOOKS_LIKE_DATA.fullmatch(name) is not None for name in header)
    return 3 * numeric >= len(header)
