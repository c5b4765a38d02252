"""What the page asks the desk: rankings, the mismatch, the catalogue, the lines over the months."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Protocol, cast

from talentmap.model import months
from talentmap.model.answer import Answer
from talentmap.model.codes import code_table
from talentmap.model.errors import unknown
from talentmap.model.question import FILTERS, Question, reach_of
from talentmap.ui.draw.facts import NOTHING, Row, by_id, rows_of
from talentmap.ui.draw.gap import Gap, gap
from talentmap.ui.draw.scarcity import Detail, details_of
from talentmap.ui.pages.scarcity.words import DIMENSIONS
from talentmap.ui.visit import Visit

METRIC = "scarcity"
_EVERYBODY = {**dict.fromkeys(FILTERS, ""), "place": "", "chain": ""}
# The catalogue is kept for the whole city over all industries: what is wanted, not by whom.
_NOT_IN_CATALOGUE = dict.fromkeys(("industry", "chain", "age", "wage", "place"), "")


class ScarcityDesk(Protocol):
    """What this page needs of the desk beside what every page does."""

    def ranking(
        self, question: Question, viewer: Any, language: str = "zh", dimension: str = "industry"
    ) -> Answer:
        """Scarcity of the codes of a dimension, with details."""
        ...

    def mismatch(
        self,
        question: Question,
        viewer: Any,
        language: str = "zh",
        rows: str = "specialty",
        columns: str = "education",
    ) -> Answer:
        """Openings against people, crossed two ways."""
        ...

    def catalogue(self, question: Question, viewer: Any, language: str = "zh") -> Answer:
        """The kinds of posts, scarcest first, with details."""
        ...


def dimension(visit: Visit) -> str:
    """Return what is ranked: the URL's `by`, else what the question names; UserError if unknown."""
    if visit.by:
        if visit.by not in offered(visit):
            raise unknown("by", visit.by, offered(visit))
        return visit.by
    named = [d for d in DIMENSIONS if chosen(visit, d)]
    return named[0] if named else next(iter(offered(visit)), "industry")


def offered(visit: Visit) -> list[str]:
    """Return the dimensions the data have."""
    known = {**visit.info.codes, "chain": tuple(visit.info.chains)}
    return [name for name in DIMENSIONS if known.get(name)]


def chosen(visit: Visit, name: str) -> str:
    """Return the code the question names in a dimension; '' for none."""
    return str(getattr(visit.question, name, ""))


def selected(visit: Visit) -> tuple[str, str]:
    """Return (dimension, code) of what the page explains; ('', '') where nothing is selected.

    The code of the ranked dimension, else the industry under which another dimension is ranked.
    """
    ranked = dimension(visit)
    for name in (ranked, "chain", "industry"):
        if chosen(visit, name):
            return name, chosen(visit, name)
    return "", ""


def ranking(visit: Visit, ranked: str) -> Answer:
    """Return the ranking that holds the chosen code: it and its siblings, or the roots."""
    code = chosen(visit, ranked)
    question = _question(visit)
    if ranked in ("industry", "chain"):
        question = question.but(industry="", chain="")
    if ranked in FILTERS:
        parent = code_table(ranked).codes[code].parent if code else ""
        question = question.but(**{ranked: parent})
    return _desk(visit).ranking(question, visit.viewer, visit.language, ranked)


def explained(visit: Visit) -> tuple[Row, Detail | None, Answer]:
    """Return the selected row, its detail and the ranking it is from; ask only where selected.

    Below the city the interval of the rank is over every group of every place: it is left out, as
    it would be read as one among the groups shown.
    """
    name, code = selected(visit)
    answer = ranking(visit, name)
    detail = details_of(answer).get(code)
    if detail is not None and visit.question.place:
        detail = replace(detail, rank=None)
    return by_id(answer).get(code, NOTHING), detail, answer


def mismatch(visit: Visit) -> Answer:
    """Return specialty × education of the question."""
    return _desk(visit).mismatch(_question(visit), visit.viewer, visit.language)


def catalogue(visit: Visit, **changes: str) -> Answer:
    """Return the catalogue of the question, with some words changed."""
    question = _question(visit).but(**{**_NOT_IN_CATALOGUE, **changes})
    return _desk(visit).catalogue(question, visit.viewer, visit.language)


def over_months(visit: Visit) -> Gap:
    """Return openings and what an average city would have, up to the month in question."""
    everywhere = (
        rows_of(visit.series(metric="demand", **_EVERYBODY)),
        rows_of(visit.series(metric="supply", **_EVERYBODY)),
    )
    openings = rows_of(visit.series(metric="demand"))
    people = rows_of(visit.series(metric="supply"))
    return gap(openings, people, everywhere, months.to_text(visit.month))


def reached(visit: Visit) -> bool:
    """Tell whether the people of a ranking are those who can reach the place."""
    return reach_of(_question(visit)) == "catchment"


def _question(visit: Visit) -> Question:
    return visit.question.but(metric=METRIC, level="city")


def _desk(visit: Visit) -> ScarcityDesk:
    return cast("ScarcityDesk", visit.desk)
