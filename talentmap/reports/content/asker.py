"""Asks the desk for a report: one release, one viewer, one language; remembers what was refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from talentmap.answers.desk import Desk
from talentmap.answers.office import Office
from talentmap.answers.viewer import Viewer
from talentmap.model import months
from talentmap.model.answer import Answer
from talentmap.model.cells import resolution_of
from talentmap.model.errors import NotAllowed, NotPublished, UserError
from talentmap.model.question import LEVELS, Question
from talentmap.model.words import Words
from talentmap.reports.content.rows import Row, only, rows_of

T = TypeVar("T")


@dataclass
class Asker:
    """The desk of one release for one report.

    `met` are the metrics that answered, for the notes on method; `withheld` the parts whose
    crossing is not published to the viewer.
    """

    desk: Desk
    office: Office
    viewer: Viewer
    question: Question
    language: str
    met: dict[str, Answer] = field(default_factory=dict)
    withheld: list[str] = field(default_factory=list)

    def say(self, words: Words, **more: object) -> str:
        """Return words in the report's language with their places filled in."""
        return words.in_(self.language).format(**more)

    @property
    def month(self) -> int:
        """The month the report is about."""
        return self.desk.month_of(self.question)

    def ask(self, metric: str, **changes: str) -> Answer:
        """Answer a metric, other words of the question changed; raises what the desk raises."""
        return self._met(
            metric, self.desk.ask(self._q(metric, changes), self.viewer, self.language)
        )

    def series(self, metric: str, **changes: str) -> Answer:
        """Answer a metric for the report's place over all months up to the report's."""
        found = self.desk.series(self._q(metric, changes), self.viewer, self.language)
        return self._met(metric, found)

    def breakdown(self, metric: str, dimension: str) -> Answer:
        """Answer a metric for the report's place by the codes of a dimension."""
        q = self._q(metric, {})
        return self._met(metric, self.desk.breakdown(q, dimension, self.viewer, self.language))

    def ranking(self, dimension: str, **changes: str) -> Answer:
        """Rank the codes of a dimension by scarcity at the report's place."""
        q = self._q("scarcity", changes)
        found = self.desk.ranking(q, self.viewer, self.language, dimension)
        return self._met("scarcity", found)

    def mismatch(self, rows: str, columns: str) -> Answer:
        """Cross openings and people of the report's place by two dimensions."""
        q = self._q("scarcity", {})
        return self.desk.mismatch(q, self.viewer, self.language, rows, columns)

    def catalogue(self) -> Answer:
        """Return the city's catalogue of scarce talent."""
        q = self._q("scarcity", {})
        return self._met("scarcity", self.desk.catalogue(q, self.viewer, self.language))

    def told(self, what: str, **changes: str) -> Answer:
        """Answer a commute question of the desk: distances, commuting, destinations, shuttles."""
        q = self._q("supply", changes)
        answer: Answer = getattr(self.desk, what)(q, self.viewer, self.language)
        return answer

    def one(self, metric: str) -> Row:
        """Return a metric's row of the report's place; a missing one where it is not published."""
        return only(self.may(lambda: self.ask(metric, level=self.level())))

    def level(self) -> str:
        """Return the level at which the report's place is one row."""
        kind, code = self.question.place_parts()
        if not kind:
            return "city"
        level = f"cell{resolution_of(int(code, 16))}" if kind == "cell" else kind
        return level if level in LEVELS else "area"

    def now(self, series: Answer | None) -> Row:
        """Return the row of the report's month of a series."""
        return self.at(series, 0)

    def at(self, series: Answer | None, ago: int) -> Row:
        """Return the row of a series so many months before the report's."""
        wanted = months.to_text(self.month - ago)
        return next((r for r in rows_of(series) if r.id == wanted), only(None))

    def may(self, ask: Callable[[], T], part: str = "") -> T | None:
        """Return what asking gives; None where the viewer's tier does not hold it.

        `part` names what is then missing, for the notes.
        """
        try:
            return ask()
        except (NotAllowed, NotPublished):
            if part and part not in self.withheld:
                self.withheld.append(part)
            return None

    def _q(self, metric: str, changes: dict[str, str]) -> Question:
        return self.question.but(metric=metric, versus="", **changes)

    def _met(self, metric: str, answer: Answer) -> Answer:
        self.met.setdefault(metric, answer)
        return answer


def year_before(asker: Asker) -> str:
    """Return the month a year before the report's, empty where the release does not reach it."""
    ago = asker.month - 12
    return months.to_text(ago) if ago in asker.desk.info.months else ""


def refuse(text: str) -> UserError:
    """Return the error of a report that cannot be written."""
    return UserError(f"report: {text}")
