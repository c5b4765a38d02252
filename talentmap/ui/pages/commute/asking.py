"""What the page 职住 asks the desk, and the answers in the shapes its drawings take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol, cast

from talentmap.model.answer import Answer
from talentmap.model.errors import UserError, unknown
from talentmap.model.question import Question
from talentmap.ui.draw.commute import Flows
from talentmap.ui.draw.facts import NOTHING, NOWHERE, Row, by_id, by_value, rows_of
from talentmap.ui.draw.heat import Heat, heat_of
from talentmap.ui.draw.rose import Rose, rose_of
from talentmap.ui.draw.shuttle import Line, lines_of
from talentmap.ui.pages.commute.words import LEVELS, MATRIX_LEVELS, MEASURES_BY, TABS
from talentmap.ui.visit import Visit

METRIC = "commute_od"
# Too large or too small for a line of its own.
_NO_LINES = ("", "district", "districts", "cell", "enterprise")


class CommuteDesk(Protocol):
    """What this page needs of the desk beside what every page does."""

    def distances(self, question: Question, viewer: Any, language: str = "zh", /) -> Answer:
        """People of a place by distance band and direction."""
        ...

    def matrix(self, question: Question, viewer: Any, language: str = "zh", /) -> Answer:
        """Homes by workplaces of a level."""
        ...

    def flows(self, question: Question, viewer: Any, language: str = "zh", /) -> Answer:
        """Who comes in, goes out, lives and works in a place."""
        ...

    def destinations(self, question: Question, viewer: Any, language: str = "zh", /) -> Answer:
        """The other ends of a place's commute."""
        ...

    def commuting(
        self, question: Question, viewer: Any, language: str = "zh", by: str = "", /
    ) -> Answer:
        """The measures of the national commuting monitor."""
        ...

    def geojson(self, kind: str) -> bytes | None:
        """The outlines of a kind of place, None where the release has none."""
        ...

    def shuttles(self, question: Question, viewer: Any, language: str = "zh", /) -> Answer:
        """Candidate lines of a place, or each park's best."""
        ...


@dataclass(frozen=True, slots=True)
class Distances:
    """How far and where to: the rose, the bands of the desk, the mean and who is not in it."""

    rose: Rose
    bands: list[Row]
    directions: list[Row]
    cells: dict[str, Row]
    mean_km: float | None


@dataclass(frozen=True, slots=True)
class Ends:
    """Places at the other end, most people first; who is outside; how many rows are hidden."""

    rows: list[Row]
    beside: list[Row]
    hidden: int


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure: its id, its name and formula in words, and how it is written (km or share)."""

    id: str
    name: str
    kind: str
    formula: str


@dataclass(frozen=True, slots=True)
class Measured:
    """Blocks of measures (code, name, {measure: row}), published figures, what to mind."""

    measures: list[Measure]
    blocks: list[tuple[str, str, dict[str, Row]]]
    reference: list[dict[str, Any]]
    notes: list[str]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The lines of a place, or of the city's parks, with what they assume."""

    lines: list[Line]
    assumptions: list[str]
    walk_m: float | None
    detour: float | None
    answer: Answer


def tab(visit: Visit) -> str:
    """Return which of the views is open; raise UserError for one there is not."""
    name = visit.choices.get("tab", "")
    if name not in TABS:
        raise unknown("tab", name, [t for t in TABS if t])
    return name


def check(visit: Visit) -> None:
    """Raise UserError for a choice of the address that this page does not have."""
    view = tab(visit)
    least(visit)
    offered = {"": LEVELS, "matrix": MATRIX_LEVELS, "measures": MEASURES_BY}[view]
    if visit.by and visit.by not in offered:
        raise unknown("by", visit.by, offered)


def ends_level(visit: Visit) -> str:
    """Return the level of the list of other ends: districts unless another is asked for."""
    return visit.by if visit.by in LEVELS else "district"


def matrix_level(visit: Visit) -> str:
    """Return the level of the matrix: districts unless parks are asked for."""
    return visit.by if visit.by in MATRIX_LEVELS else "district"


def distances(visit: Visit) -> Distances:
    """Return people by distance and direction."""
    answer = distances_answer(visit)
    rows = rows_of(answer)
    bands = [_row(one) for one in answer.extra.get("bands", [])]
    directions = [_row(one) for one in answer.extra.get("directions", [])]
    mean = answer.extra.get("mean_km")
    return Distances(rose_of(rows), bands, directions, {row.id: row for row in rows}, mean)


def distances_answer(visit: Visit) -> Answer:
    """Return the desk's answer by band and direction."""
    return _desk(visit).distances(_asked(visit), visit.viewer, visit.language)


def flows(visit: Visit, **changes: str) -> Flows:
    """Return who comes in, stays and goes out; `changes` are other words of the question."""
    rows = by_id(flows_answer(visit, **changes))
    found = (rows.get(name, NOTHING) for name in ("inflow", "live_work", "outflow"))
    return Flows(*(row.value if row.ok else None for row in found))


def flow_rows(visit: Visit) -> list[Row]:
    """Return the rows of inflow, stay and outflow; a number left open has low and high."""
    rows = by_id(flows_answer(visit))
    return [rows.get(name, NOTHING) for name in ("inflow", "live_work", "outflow")]


def flows_answer(visit: Visit, **changes: str) -> Answer:
    """Return the desk's answer with who comes in, stays and goes out."""
    asked = _asked(visit).but(**changes)
    return _desk(visit).flows(asked, visit.viewer, visit.language)


def ends(visit: Visit, level: str) -> Ends:
    """Return the other ends of the place's commute."""
    rows = rows_of(ends_answer(visit, level))
    beside = [row for row in rows if row.id in NOWHERE]
    kept = [row for row in rows if row.id not in NOWHERE and row.ok and row.number > 0]
    hidden = sum(not row.ok for row in rows if row.id not in NOWHERE)
    return Ends(by_value(kept), [row for row in beside if not row.ok or row.number > 0], hidden)


def ends_answer(visit: Visit, level: str) -> Answer:
    """Return the desk's answer with the other ends, hidden rows and outside too."""
    return _desk(visit).destinations(_asked(visit, level), visit.viewer, visit.language)


def matrix(visit: Visit, level: str) -> Heat:
    """Return homes by workplaces of the whole city."""
    return heat_of(matrix_answer(visit, level).extra["matrix"])


def matrix_answer(visit: Visit, level: str) -> Answer:
    """Return the desk's answer with every pair."""
    asked = _asked(visit, level).but(place="")
    return _desk(visit).matrix(asked, visit.viewer, visit.language)


def measures(visit: Visit, by: str = "") -> Measured:
    """Return the measures of the place or the city, or one block of them a district or industry."""
    answer = measures_answer(visit, by)
    more = answer.extra
    names = [Measure(m["id"], m["name"], m["kind"], m["formula"]) for m in more["measures"]]
    blocks = [
        (place["id"], place["name"], {m.id: _measured(place[m.id]) for m in names})
        for place in more["places"]
    ]
    return Measured(names, blocks, more["reference"], answer.notes)


def measures_answer(visit: Visit, by: str = "") -> Answer:
    """Return the desk's answer with the measures; `by` is `district`, `industry` or ''."""
    group = by if by == "industry" else ""
    level = "district" if by == "district" else "city"
    asked = _asked(visit, level)
    asked = asked if not by else asked.but(place="")
    return _desk(visit).commuting(asked, visit.viewer, visit.language, group)


def shuttles(visit: Visit) -> Suggestion:
    """Return the lines of a park or drawn area; for the city and a district each park's best."""
    asked = _asked(visit).but(at="work")
    if not has_lines(visit):
        asked = asked.but(place="", level="park")
    answer = _desk(visit).shuttles(asked, visit.viewer, visit.language)
    more = answer.extra
    return Suggestion(
        lines_of(more.get("lines", [])), list(more.get("assumptions", [])), more.get("walk_m"),
        more.get("detour"), answer,
    )  # fmt: skip


def outlines(visit: Visit) -> bytes | None:
    """Return the districts as GeoJSON; None for a city without boundaries."""
    return _desk(visit).geojson("district")


def has_lines(visit: Visit) -> bool:
    """Tell whether the place is one that lines are made for: a park or a drawn area."""
    return visit.question.place_parts()[0] not in _NO_LINES


def chosen_line(visit: Visit, found: Suggestion) -> Line | None:
    """Return the line the address names, else the first; None where there is none."""
    named = visit.choices.get("line", "")
    first = found.lines[0] if found.lines else None
    return next((line for line in found.lines if line.id == named), first)


def least(visit: Visit) -> int:
    """Return the least persons of a flow that is drawn; raise UserError for what is no number."""
    text = visit.choices.get("least", "")
    if text and not (text.isascii() and text.isdigit()):
        raise UserError(f"least: {text!r} is not a whole number of persons")
    return int(text or 0)


def _asked(visit: Visit, level: str = "city") -> Question:
    return visit.question.but(metric=METRIC, level=level, versus="")


def _desk(visit: Visit) -> CommuteDesk:
    return cast("CommuteDesk", visit.desk)


def _row(one: dict[str, Any]) -> Row:
    """A band or a direction: its share of those whose distance is known, and its persons as n."""
    return Row(one["id"], one["name"], one["share"], None, None, one["value"], one["status"])


def _measured(one: dict[str, Any]) -> Row:
    return Row("", "", one["value"], None, None, one["n"], one["status"])
