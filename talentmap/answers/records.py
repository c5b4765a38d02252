"""Single records, masked: bands and codes of a person, never a key, a name or a position.

For the authorised tier, with a purpose, a page at a time. Rows are numbered within the answer: in
the order of what they show, so that a number leads back to nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from talentmap.answers.ids import level_of_place
from talentmap.answers.viewer import Viewer
from talentmap.cube.release import Release
from talentmap.model.answer import OK, SCHEMA
from talentmap.model.codes import code_table
from talentmap.model.errors import NotAllowed, UserError
from talentmap.model.question import Question
from talentmap.model.words import Words

if TYPE_CHECKING:
    from talentmap.answers.desk import Desk

PAGE_ROWS = 200
# What a record shows, in this order; the first ones decide the order of the rows.
ATTRIBUTES = ("industry", "occupation", "specialty", "education", "title", "age")
PLACES = ("home_district", "work_place")
COLUMNS = (*ATTRIBUTES, *PLACES)

_UNKNOWN = Words("未知", "not known")
_OUTSIDE = Words("市外", "outside the city")
_RECORD = Words("第 {n} 条", "record {n}")


@dataclass(frozen=True)
class Rows:
    """The records asked for: the level and the ids there (None for the city), side and page."""

    level: str
    ids: list[int] | None
    at: str
    accepted: dict[str, list[int]]
    month: int
    page: int


def allow(viewer: Viewer, page: int) -> None:
    """Raise NotAllowed for a tier without records or a viewer without a purpose."""
    if "person" not in viewer.rules.levels:
        seen = viewer.rules.levels[-1]
        raise NotAllowed(
            f"level person: single records are open to the authorised tier only; the {viewer.tier} "
            f"tier sees down to level {seen}"
        )
    if not viewer.purpose.strip():
        raise NotAllowed("level person: say what the records are looked at for (purpose)")
    if page < 1:
        raise UserError(f"page: {page} is not 1 or more")


def asked_rows(desk: Desk, question: Question, viewer: Viewer, page: int) -> Rows:
    """Return which records a question asks for."""
    level, ids = _place(desk, question, viewer)
    books = desk.release.codebooks
    accepted = dict(books[name].column_for(code) for name, code in question.filters().items())
    if question.chain:
        accepted["industry"] = books["industry"].integers(desk.info.chains[question.chain][1])
    return Rows(level, ids, question.at, accepted, desk.month_of(question), page)


def _place(desk: Desk, question: Question, viewer: Viewer) -> tuple[str, list[int] | None]:
    kind, code = question.place_parts()
    area = desk.area(question, viewer)
    if area is not None:
        return area.level, area.ids.tolist()
    if not kind:
        return "city", None
    level = level_of_place(kind, code)
    return level, [desk.names.find(level, code)]


def records(release: Release, asked: Rows, language: str) -> tuple[pa.Table, int]:
    """Return a page of records and how many there are in all.

    Columns: SCHEMA (id and name are the number within the answer, value the persons a record
    stands for), then COLUMNS in words.
    """
    places = ("home_district", "work_district", "work_park")
    found, total = release.base.records(
        asked.accepted,
        asked.month,
        (asked.at, asked.level, asked.ids),
        (*ATTRIBUTES, *places),
        (PAGE_ROWS, (asked.page - 1) * PAGE_ROWS),
    )
    first = (asked.page - 1) * PAGE_ROWS + 1
    numbers = range(first, first + len(found))
    persons = found["persons"].to_numpy().astype(np.float64)
    columns: dict[str, Any] = {
        "id": [str(n) for n in numbers],
        "name": [_RECORD.in_(language).format(n=n) for n in numbers],
        "value": persons,
        "low": pa.nulls(len(found), pa.float64()),
        "high": pa.nulls(len(found), pa.float64()),
        "n": persons,
        "status": [OK] * len(found),
    }
    table = pa.table(columns, schema=SCHEMA)
    for name in ATTRIBUTES:
        words = _words_of(release, name, language)
        table = table.append_column(name, pa.array([words[i] for i in found[name].to_pylist()]))
    home = _place_words(release, "district", found["home_district"].to_pylist(), language)
    district = _place_words(release, "district", found["work_district"].to_pylist(), language)
    park = found["work_park"].to_pylist()
    named = _place_words(release, "park", park, language)
    work = [p if at >= 0 else d for at, p, d in zip(park, named, district, strict=True)]
    table = table.append_column("home_district", pa.array(home, pa.string()))
    return table.append_column("work_place", pa.array(work, pa.string())), total


def _words_of(release: Release, dimension: str, language: str) -> list[str]:
    """Return the name of every integer of a dimension; the first is that of an unknown one."""
    table = code_table(dimension)
    names = [table.name(code, language, short=True) for code in release.codebooks[dimension].fine]
    return [_UNKNOWN.in_(language), *names]


def _place_words(release: Release, kind: str, ids: list[int], language: str) -> list[str]:
    names = [place.name.in_(language) for place in release.info.places.get(kind, ())]
    absent = {-1: _OUTSIDE.in_(language)}
    unknown = _UNKNOWN.in_(language)
    return [names[i] if 0 <= i < len(names) else absent.get(i, unknown) for i in ids]
