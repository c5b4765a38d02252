"""The catalogue as rows: which match a filter, in which order, and as a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from talentmap.model.answer import Answer
from talentmap.ui.draw.facts import Row, rows_of
from talentmap.ui.draw.scarcity import Contribution, Detail, details_of
from talentmap.ui.pages.scarcity import words

FIRST = "value"
DOWN, UP = "down", "up"

FILE_COLUMNS = (
    "rank", "id", "occupation", "specialty", "education", "title", "status", "stars", "band",
    "action", "index", "low", "high", "openings", "people", "fill_rate", "open_days",
    "wage_yuan_month", "score", "composite", "change", "index_before",
)  # fmt: skip
COMPONENTS = tuple(words.COMPONENTS)


@dataclass(frozen=True, slots=True)
class Entry:
    """One kind of posts; `rank` is its place in the catalogue, None where it has no value."""

    rank: int | None
    row: Row
    detail: Detail

    @property
    def occupation(self) -> str:
        """The name in the first column."""
        return self.detail.names[0] or self.row.name

    @property
    def moved(self) -> float | None:
        """The change of the index since the month compared with."""
        if not self.row.ok or self.detail.before is None:
            return None
        return self.row.number - self.detail.before

    @property
    def drivers(self) -> list[tuple[Contribution, float]]:
        """The two largest contributions."""
        return sorted(self.detail.known, key=lambda known: -abs(known[1]))[:2]


def entries(answer: Answer) -> list[Entry]:
    """Return the entries of a catalogue in its order; rows without a value have no rank."""
    found = details_of(answer)
    listed, rank = [], 0
    for row in rows_of(answer):
        rank += row.ok
        listed.append(Entry(rank if row.ok else None, row, found[row.id]))
    return listed


# What each column is ordered by; None goes last whichever way.
KEYS: dict[str, Callable[[Entry], Any]] = {
    "occupation": lambda e: e.occupation,
    "stars": lambda e: e.detail.stars,
    "value": lambda e: e.row.value if e.row.ok else None,
    "openings": lambda e: e.detail.openings,
    "people": lambda e: e.detail.people,
    "fill_rate": lambda e: e.detail.fill_rate,
    "open_days": lambda e: e.detail.open_days,
    "wage": lambda e: e.detail.wage,
    "change": lambda e: e.moved,
}


def read_sort(given: str | None) -> tuple[str, str]:
    """Return (column, direction) of a choice like `openings:down`; the catalogue's own for none."""
    column, _, way = (given or "").partition(":")
    return (column, UP if way == UP else DOWN) if column in KEYS else ("", DOWN)


def ordered(listed: list[Entry], column: str, way: str) -> list[Entry]:
    """Return entries by a column; entries without its value stay last, in their order."""
    if not column:
        return listed
    key = KEYS[column]
    known = [e for e in listed if key(e) is not None]
    return sorted(known, key=key, reverse=way == DOWN) + [e for e in listed if key(e) is None]


def matching(listed: list[Entry], text: str | None, language: str) -> list[Entry]:
    """Return the entries in which every word of a text occurs."""
    wanted = (text or "").lower().split()
    return [e for e in listed if all(w in _said(e, language) for w in wanted)]


def file_lines(listed: list[Entry]) -> list[list[Any]]:
    """Return FILE_COLUMNS and the contributions of each entry; None where not known."""
    return [_line(entry) for entry in listed]


def _said(entry: Entry, language: str) -> str:
    action = words.ACTIONS[entry.detail.action].in_(language)
    return " ".join((entry.row.name, *entry.detail.names, action)).lower()


def _line(entry: Entry) -> list[Any]:
    row, detail = entry.row, entry.detail
    parts = {part.id: part.value for part in detail.contributions}
    return [
        entry.rank, row.id, *(detail.names if any(detail.names) else (row.name, "", "", "")),
        row.status, detail.stars, detail.band, detail.action, row.value, row.low, row.high,
        detail.openings, detail.people, detail.fill_rate, detail.open_days, detail.wage,
        detail.score, detail.total, detail.change, detail.before,
        *(parts.get(name) for name in COMPONENTS),
    ]  # fmt: skip
