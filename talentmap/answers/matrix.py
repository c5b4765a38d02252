"""Homes by workplaces: every pair of places of a level, and those beside them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from talentmap.answers.ids import Level
from talentmap.answers.placed import Floats, Ids, Placed, Statuses, Told, rest
from talentmap.answers.rows import table_of
from talentmap.answers.view import PlaneView
from talentmap.cube.base import ELSEWHERE, OUTSIDE, UNLOCATED
from talentmap.model.answer import STATUSES
from talentmap.model.errors import NotPublished
from talentmap.model.metric import S_MISSING, S_OK, S_SUPPRESSED, Values
from talentmap.model.words import Words

LEVELS = ("district", "park", "cell7")
MOST_PLACES = 120  # of hexagons those with most people; the others count as elsewhere
_LISTED = 40  # up to so many places every pair is a row, above only those with anybody
_BESIDE = (ELSEWHERE, OUTSIDE, UNLOCATED)
_HIDDEN = Words(
    "有 {n} 对流向因人数过少而隐去；能列出的共 {shown} 人",
    "{n} pairs are hidden for their size; those shown have {shown} persons",
)
_LARGEST = Words(
    "只列人数最多的 {n} 个网格，其余并入“其他地方”",
    "The {n} hexagons with most people; all others are elsewhere",
)


@dataclass(frozen=True)
class Table:
    """Persons by home (rows) and work (columns), and what each number is."""

    ids: Ids
    persons: Floats
    status: npt.NDArray[np.uint8]


def matrix(p: Placed) -> Told:
    """Rows `HOME>WORK` and `extra["matrix"]`: codes, names, persons and status, homes down.

    After the places come those elsewhere in the city (where there are any), outside of it, and not
    known; a place of the question limits rows and columns to what lies inside.
    """
    level = p.question.level
    if level not in LEVELS:
        raise NotPublished(f"matrix: level {level}; ask for one of {', '.join(LEVELS)}")
    found, left = _table(p, level)
    codes = p.desk.names.codes(level, found.ids)
    names = p.desk.names.names(level, found.ids, p.language)
    hidden = found.status == S_SUPPRESSED
    shown = float(found.persons[found.status == S_OK].sum())
    few = len(codes) - len(_BESIDE) <= _LISTED
    home, work = np.nonzero((found.persons > 0) | hidden if few else found.persons > 0)
    value, status = found.persons[home, work], found.status[home, work]
    table = table_of(
        [f"{codes[i]}>{codes[j]}" for i, j in zip(home, work, strict=True)],
        [f"{names[i]} → {names[j]}" for i, j in zip(home, work, strict=True)],
        Values(value, status, n=value),
    )
    notes = [p.say(_LARGEST, n=MOST_PLACES)] if left else []
    pairs = int(hidden.sum())
    notes += [p.say(_HIDDEN, n=pairs, shown=f"{shown:,.0f}")] if pairs else []
    return Told(table, notes, {"matrix": _plain(codes, names, found), "hidden": pairs})


def _table(p: Placed, level: str) -> tuple[Table, bool]:
    """Return the matrix, and whether some places were left out for their number."""
    flows = p.desk.flow_book.of(p.viewer.tier, level, level, p.accepted, p.month)
    persons = np.where(flows.hidden, 0.0, flows.persons)
    places, left = _places(p, level, flows.home, flows.work, persons)
    ids = np.concatenate([places, np.array(_BESIDE, dtype=np.int64)])
    size = len(ids)
    at = _at(ids, flows.home) * size + _at(ids, flows.work)
    total = np.bincount(at, persons, size * size).reshape(size, size).astype(np.float64)
    hidden = np.bincount(at, flows.hidden, size * size).reshape(size, size) > 0
    if not p.rules.zero_shows:
        hidden |= total == 0
    status = np.where(hidden, S_SUPPRESSED, S_OK).astype(np.uint8)
    found = Table(ids, total, status)
    _not_known(p, level, places, found)
    return _without_empty_elsewhere(found), left


def _places(p: Placed, level: str, home: Ids, work: Ids, persons: Floats) -> tuple[Ids, bool]:
    """Return the places that get a row, ascending: all, those inside, or the busiest hexagons."""
    known = p.desk.names.level(level).ids
    inside = p.desk.areas.inside(p.question) if p.question.place else None
    places = known[known >= 0] if inside is None else known[inside & (known >= 0)]
    if len(places) <= MOST_PLACES or not level.startswith("cell"):
        return places, False
    busy = np.zeros(len(places))
    for end in (home, work):
        at = np.searchsorted(places, end).clip(max=len(places) - 1)
        own = places[at] == end
        busy += np.bincount(at[own], persons[own], len(places))
    return np.sort(places[np.argsort(-busy, kind="stable")[:MOST_PLACES]]), True


def _at(ids: Ids, ends: Ids) -> Ids:
    """Return the row of each end: its own, or that of elsewhere, outside, not known."""
    count = len(ids) - len(_BESIDE)
    places = ids[:count]
    at = np.searchsorted(places, ends).clip(max=max(count - 1, 0))
    known = places[at] == ends if count else np.zeros(len(ends), dtype=bool)
    beside = np.select([ends == OUTSIDE, ends == UNLOCATED], [count + 1, count + 2], count)
    return np.where(known, at, beside)


def _not_known(p: Placed, level: str, places: Ids, found: Table) -> None:
    """Fill in those with only one end known: the employed of a place less those with both."""
    if len(places) != (p.desk.names.level(level).ids >= 0).sum():
        found.status[-1, :] = found.status[:, -1] = S_MISSING
        return
    asked = p.question.but(metric="supply", level=level, place="", versus="")
    wanted = Level(level, np.sort(found.ids))
    view = PlaneView(p.release, p.viewer.tier, asked, wanted, p.month)
    back = np.searchsorted(wanted.ids, found.ids)
    for side, both in (("home", view.commute("residents")), ("work", view.commute("jobs"))):
        parts = (view.persons(side), view.seekers(side), both)
        value = (parts[0].value - parts[1].value - both.value)[back][:-1]
        worst = np.max([part.status for part in parts], axis=0)[back][:-1]
        told = [rest(p.rules, float(v), int(s)) for v, s in zip(value, worst, strict=True)]
        line = np.s_[:-1, -1] if side == "home" else np.s_[-1, :-1]
        found.persons[line] = [v for v, _ in told]
        found.status[line] = [s for _, s in told]
    # Of those with neither end known nothing can be said beside a total.
    found.persons[-1, -1], found.status[-1, -1] = 0.0, S_OK if p.rules.zero_shows else S_SUPPRESSED


def _without_empty_elsewhere(found: Table) -> Table:
    at = len(found.ids) - len(_BESIDE)
    if (found.persons[at] > 0).any() or (found.persons[:, at] > 0).any():
        return found
    kept = np.delete(np.arange(len(found.ids)), at)
    square = np.ix_(kept, kept)
    return Table(found.ids[kept], found.persons[square], found.status[square])


def _plain(codes: list[str], names: list[str], found: Table) -> dict[str, list[object]]:
    states: Statuses = found.status
    return {
        "codes": list(codes),
        "names": list(names),
        "persons": [
            [v if s == S_OK else None for v, s in zip(row, line, strict=True)]
            for row, line in zip(found.persons.tolist(), states.tolist(), strict=True)
        ],
        "status": [[STATUSES[s] for s in line] for line in states.tolist()],
    }
