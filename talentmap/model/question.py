"""The Question: what somebody wants to know, small enough to be a URL and a cache key."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from talentmap.model import cells, months
from talentmap.model.area import AREA_KINDS, check_area
from talentmap.model.errors import UserError, unknown

# `area` is the place itself as one row, whatever kind of place it is.
LEVELS = ("city", "district", "park", "cell7", "cell8", "cell9", "enterprise", "area", "person")
CELL_LEVELS = {"cell7": 7, "cell8": 8, "cell9": 9}
SIDES = ("work", "home")
REACHES = ("own", "catchment")
PLACE_KINDS = ("district", "park", "cell", "enterprise", *AREA_KINDS)
FILTERS = ("industry", "occupation", "specialty", "education", "title", "age", "wage")


@dataclass(frozen=True, slots=True)
class Question:
    """A metric, at a side and a level, filtered, for a month.

    `place` limits the answer to one place, written `district:370102`, `park:P03`, `cell:8831…` or
    `enterprise:9137…`, or to a drawn area (see talentmap.model.area). `month` empty means the
    newest of the release; `versus` is the month to compare with. `chain` is an industry chain of
    the city's profile, instead of an industry;
    `reach` is own or catchment, empty the metric's default. Filters are codes of `data/codes` and
    mean the code and all below it.
    """

    metric: str = "supply"
    at: str = "work"
    level: str = "city"
    industry: str = ""
    occupation: str = ""
    specialty: str = ""
    education: str = ""
    title: str = ""
    age: str = ""
    wage: str = ""
    place: str = ""
    month: str = ""
    versus: str = ""
    chain: str = ""
    reach: str = ""

    def __post_init__(self) -> None:
        if self.at not in SIDES:
            raise unknown("at", self.at, SIDES)
        if self.level not in LEVELS:
            raise unknown("level", self.level, LEVELS)
        if self.place:
            _check_place(self.place)
        if self.reach not in ("", *REACHES):
            raise unknown("reach", self.reach, REACHES)
        if self.chain and self.industry:
            raise UserError("chain and industry: give one of them")
        for name in ("month", "versus"):
            if getattr(self, name):
                months.to_index(getattr(self, name))

    @classmethod
    def from_query(cls, query: str) -> Question:
        """Read a question from `metric=supply&at=work…`; raise UserError for a wrong parameter."""
        given: dict[str, str] = {}
        known = [f.name for f in fields(cls)]
        for name, value in parse_qsl(query.lstrip("?"), keep_blank_values=True):
            if name not in known:
                raise unknown("parameter", name, known)
            if name in given:
                raise UserError(f"parameter {name} is given twice")
            given[name] = value.strip()
        return cls(**{name: value for name, value in given.items() if value})

    def to_query(self) -> str:
        """Return the canonical query: metric, at and level always, the rest where not empty."""
        pairs = [(f.name, getattr(self, f.name)) for f in fields(self)]
        return urlencode([(name, value) for name, value in pairs if value], safe=":,;")

    def filters(self) -> dict[str, str]:
        """Return {dimension: code} of the filters that are set."""
        return {name: getattr(self, name) for name in FILTERS if getattr(self, name)}

    def place_parts(self) -> tuple[str, str]:
        """Return (kind, code) of the place; two empty strings where there is none."""
        kind, _, code = self.place.partition(":")
        return kind, code

    def but(self, **changes: Any) -> Question:
        """Return the same question with some words changed."""
        return replace(self, **changes)


def reach_of(question: Question) -> str:
    """Return the reach of a question: scarcity counts a catchment, everything else its place."""
    return question.reach or ("catchment" if question.metric == "scarcity" else "own")


def _check_place(place: str) -> None:
    kind, _, code = place.partition(":")
    if kind not in PLACE_KINDS:
        raise unknown("place", kind, PLACE_KINDS)
    if not code:
        raise UserError(f"place: {place!r} names no code; write {kind}:CODE")
    if kind == "cell":
        try:
            cells.from_hex(code)
        except ValueError:
            raise UserError(f"place: {code!r} is not an H3 cell") from None
    elif kind in AREA_KINDS:
        check_area(kind, code)
