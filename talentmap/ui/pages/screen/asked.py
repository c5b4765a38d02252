"""What the wall asks the desk. Every number of the wall comes through here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol, cast

from talentmap.model import months
from talentmap.model.answer import Answer
from talentmap.model.codes import code_table
from talentmap.model.composition import Composition
from talentmap.model.errors import NotAllowed, NotPublished
from talentmap.model.question import Question
from talentmap.ui.draw.facts import NOTHING, Row, by_value, only_row, rows_of
from talentmap.ui.draw.mismatch import Cell, Mismatch, mismatch
from talentmap.ui.draw.scarcity import Detail, details_of
from talentmap.ui.pages.scarcity import questions
from talentmap.ui.pages.screen.captions import Tight
from talentmap.ui.visit import Visit

# What a story may be about, and the word of the question that names it.
WORD = {"industries": "industry", "chains": "chain", "districts": "place"}
_HUNDRED = 100.0
_SURE = 0.9


class WallDesk(Protocol):
    """What the wall needs of the desk beside what every page does."""

    def composition(self) -> Composition:
        """How the office composes the wall."""
        ...

    def ranking(
        self, question: Question, viewer: Any, language: str = "zh", dimension: str = "industry"
    ) -> Answer:
        """Scarcity of the codes of a dimension, with details."""
        ...


def desk_of(visit: Visit) -> WallDesk:
    """Return the desk as the wall needs it."""
    return cast("WallDesk", visit.desk)


def about(visit: Visit, **words_of: str) -> Visit:
    """Return a visit to the whole city, or to what the given words of a question name."""
    at = visit.question
    return replace(visit, question=Question("scarcity", at.at, month=at.month, **words_of))


def city(visit: Visit) -> Visit:
    """Return the visit to the whole city, all industries."""
    return about(visit)


def subject_name(visit: Visit) -> str:
    """Return what a visit is about, as short as it can be named."""
    q = visit.question
    if q.chain:
        return visit.say_plain(visit.info.chains[q.chain][0])
    if q.industry:
        return code_table("industry").name(q.industry, visit.language, short=True)
    kind, code = q.place_parts()
    place = visit.info.place(kind, code) if kind else None
    return visit.say_plain(place.name if place is not None else visit.info.city)


def ranked(visit: Visit, kind: str) -> tuple[list[Row], dict[str, Detail]]:
    """Return the industries, chains or districts, scarcest first, with what is known of each."""
    if kind == "districts":
        filters = {"industry": visit.question.industry, "chain": visit.question.chain}
        answer = about(visit, **filters).ask(level="district")
        return by_value([r for r in rows_of(answer) if _is_place(visit, r)]), {}
    question = about(visit, place=visit.question.place).question
    answer = desk_of(visit).ranking(question, visit.viewer, visit.language, WORD[kind])
    return by_value(rows_of(answer)), details_of(answer)


def is_scarce(row: Row, detail: Detail | None) -> bool:
    """Tell whether a row with a value is surely above the city's average: P(λ > 1) ≥ .9.

    Without the probability the 90 % interval has to lie above 1, which asks for more.
    """
    if row.number <= 1:
        return False
    if detail is not None and detail.above_one is not None:
        return detail.above_one >= _SURE
    return row.low is not None and row.low > 1


def tight(visit: Visit) -> Tight:
    """Return the shortage of the visit's subject; its row says why where it has none."""
    q = visit.question
    name = subject_name(visit)
    kind = "chains" if q.chain else "industries" if q.industry else ""
    highest, rank = False, None
    if kind and not q.place:
        rows, details = ranked(city(visit), kind)
        detail = details.get(q.chain or q.industry)
        rank = detail.rank if detail is not None else None
        highest = bool(rows) and rows[0].id == (q.chain or q.industry)
    row = only_row(visit.here())
    return Tight(name, row, highest, rank, per_hundred(visit), per_hundred(city(visit)))


def per_hundred(visit: Visit, month: str = "") -> float | None:
    """Return the people in reach of 100 openings; None where one of the two is not known."""
    asked = {"month": month or visit.question.month}
    people = only_row(visit.here(metric="scarcity", **asked))
    openings = only_row(visit.here(metric="demand", **asked))
    if people.n is None or not openings.ok or not openings.number:
        return None
    return _HUNDRED * people.n / openings.number


def matrix(visit: Visit) -> Mismatch | None:
    """Return specialty × education; None where it is not published or holds nothing."""
    try:
        drawn = mismatch(questions.mismatch(visit))
    except (NotPublished, NotAllowed):
        return None
    return drawn if drawn.rows and drawn.columns else None


def largest_gap(drawn: Mismatch, language: str) -> tuple[Cell, str, float] | None:
    """Return the cell with the largest gap, its words and its share of all gaps; None for none."""
    found = [
        (cell, _cell_words(row[1], column[1], language))
        for row, cells in zip(drawn.rows, drawn.cells, strict=True)
        for column, cell in zip(drawn.columns, cells, strict=True)
        if cell.ok and round(cell.gap) > 0
    ]
    if not found:
        return None
    cell, name = max(found, key=lambda one: one[0].gap)
    whole = sum(c.gap for line in drawn.cells for c in line if c.ok and c.gap > 0)
    return cell, name, cell.gap / whole


def mean_way(visit: Visit) -> Row:
    """Return the mean way to work of a visit's people, in km; missing where not published."""
    return shown(lambda: visit.here(metric="commute_km"))


def shown(ask: Callable[[], Answer]) -> Row:
    """Return the one row of an answer; missing where the crossing is not published or open."""
    try:
        return only_row(ask())
    except (NotPublished, NotAllowed):
        return NOTHING


def before(visit: Visit, apart: int) -> str:
    """Return the month so many before the visit's as text; '' where the release lacks it."""
    month = visit.month - apart
    return months.to_text(month) if month in visit.info.months else ""


def _is_place(visit: Visit, row: Row) -> bool:
    return visit.info.place("district", row.id) is not None


def _cell_words(specialty: str, education: str, language: str) -> str:
    return f"{specialty}{education}" if language == "zh" else f"{specialty}, {education}"
