"""The desk: the only door to numbers. Question + viewer → Answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from talentmap.answers.above import above
from talentmap.answers.areas import Area, Areas, described
from talentmap.answers.catalogue import catalogue
from talentmap.answers.commute import CommuteAnswers
from talentmap.answers.enterprises import enterprise_card, openings_of
from talentmap.answers.find import Finder, Found, find
from talentmap.answers.flows import FlowBook
from talentmap.answers.ids import Level, Names, level_of_place
from talentmap.answers.notes import area_notes, left_out
from talentmap.answers.pairs import pair_rows
from talentmap.answers.placed import Placed, Told, placed
from talentmap.answers.rankings import Listed, Rankings
from talentmap.answers.records import PAGE_ROWS, allow, asked_rows, records
from talentmap.answers.rows import shown, table_of, take, under_one_another
from talentmap.answers.view import PlaneView
from talentmap.answers.viewer import Viewer
from talentmap.cube.release import Release
from talentmap.model import months
from talentmap.model.answer import Answer
from talentmap.model.area import AREA_KINDS
from talentmap.model.codes import code_table
from talentmap.model.discover import discover
from talentmap.model.errors import NotPublished, UserError, unknown
from talentmap.model.metric import S_MISSING, S_OK, Metric, Values
from talentmap.model.question import Question
from talentmap.model.release import Place, ReleaseInfo
from talentmap.model.words import Words
from talentmap.privacy.audit import Audit

_KEPT_ANSWERS = 512
# What the rows of a crossing of two dimensions are: a gap in openings, not an index.
_GAP = Words(
    "岗位 − 人才 × (岗位合计 ÷ 人才合计)", "openings − people × (all openings ÷ all people)"
)


class Desk(CommuteAnswers):
    """Answers questions about one release; the same question gets the same answer everywhere."""

    def __init__(self, release: Release, audit: Audit | None = None) -> None:
        self.release = release
        self.info: ReleaseInfo = release.info
        self.metrics = discover("talentmap.answers.metrics", "METRIC", Metric)
        self.names = Names(release)
        self.areas = Areas(release, self.names)
        self.flow_book = FlowBook(release)
        self._audit = audit
        self._rankings = Rankings(release, self.names)
        self._finder = cache(lambda: Finder(release))
        self._computed = lru_cache(_KEPT_ANSWERS)(self._compute)

    def ask(self, question: Question, viewer: Viewer, language: str = "zh") -> Answer:
        """Answer at the question's level, one row a place (or a pair of places).

        Raises UserError for an unknown metric, code, place or month, NotAllowed for a level
        above the tier, NotPublished for a crossing its plane does not hold.
        """
        if question.level == "person":
            return self.records(question, viewer, language)
        metric = self._checked(question)
        self._note(viewer, "ask", question.to_query())
        if metric.compute is None:
            table = pair_rows(self, question, viewer, language)
            return self._answer(question, metric, table, viewer, language, [])
        if question.level == "area":
            return self._of_place(question, metric, viewer, language)
        level, values = self.values(question, viewer)
        rows = self._rows(question, metric, level, values)
        table = self._table(level, values, rows, language)
        if question.versus:
            before = self.values(question.but(month=question.versus), viewer)[1]
            table = table.append_column("before", shown(before.value[rows], before.status[rows]))
        notes = left_out(metric, level, values, language)
        answer = self._answer(question, metric, table, viewer, language, notes)
        return replace(answer, extra=self._why(question, viewer))

    def records(
        self, question: Question, viewer: Viewer, language: str = "zh", page: int = 1
    ) -> Answer:
        """Answer with masked records of the question's place, a page at a time (records.py).

        `extra` has `page`, `pages` and `total`. Raises NotAllowed for any but an authorised viewer
        with a purpose; every look is in the audit with it.
        """
        allow(viewer, page)
        asked = question.but(metric="supply", versus="")
        metric = self._checked(asked)
        rows = asked_rows(self, asked, viewer, page)
        if self._audit is not None:
            detail = f"{self.info.name} {question.to_query()} page {page}"
            self._audit.look(viewer.tier, "records", detail, purpose=viewer.purpose, who=viewer.who)
        table, total = records(self.release, rows, language)
        answer = self._answer(question, metric, table, viewer, language, [])
        extra = {"page": page, "pages": max(1, -(-total // PAGE_ROWS)), "total": total}
        return replace(answer, extra=extra)

    def enterprise(self, question: Question, viewer: Viewer, language: str = "zh") -> Answer:
        """Answer with the openings of the question's enterprise and, in `extra`, its card."""
        extra = enterprise_card(self, question, viewer, language)
        return replace(self.ask(openings_of(question), viewer, language), extra=extra)

    def find(self, words: str, viewer: Viewer, language: str = "zh") -> list[Found]:
        """Return the places and enterprises some words may mean to a viewer (find.py)."""
        return find(self, self._finder(), words, viewer, language)

    def above(self, place: str) -> list[Place]:
        """Return the places a place lies in, the largest first (above.py)."""
        return above(self.release, self.names, place)

    def values(self, question: Question, viewer: Viewer) -> tuple[Level, Values]:
        """Return the numbers of the whole level, ids ascending; the map draws from these."""
        self._checked(question)
        wide = question.but(place="", versus="", month=months.to_text(self.month_of(question)))
        return self.names.level(question.level), self._computed(wide, viewer.tier)

    def series(self, question: Question, viewer: Viewer, language: str = "zh") -> Answer:
        """Answer for one place (the question's, or the city) over all months of the release."""
        metric = self._checked(question)
        self._note(viewer, "series", question.to_query())
        asked = [question.but(month=months.to_text(m)) for m in self.info.months]
        found = self._kept_months(asked, metric, viewer)
        ids = [q.month for q in asked]
        names = [months.to_words(m, language) for m in self.info.months]
        table = under_one_another(ids, names, found)
        return self._answer(question, metric, table, viewer, language, [])

    def breakdown(
        self, question: Question, dimension: str, viewer: Viewer, language: str = "zh"
    ) -> Answer:
        """Answer for one place by the codes of a dimension: its roots, or those below a filter."""
        metric = self._checked(question)
        self._note(viewer, f"breakdown {dimension}", question.to_query())
        codes = self._parts(question, dimension)
        found = [self._one(question.but(**{dimension: code}), metric, viewer) for code in codes]
        names = [code_table(dimension).name(code, language, short=True) for code in codes]
        return self._answer(
            question, metric, under_one_another(codes, names, found), viewer, language, []
        )

    def ranking(
        self, question: Question, viewer: Viewer, language: str = "zh", dimension: str = "industry"
    ) -> Answer:
        """Rank the codes of a dimension (or the chains) at the question's place, scarcest first.

        `extra["detail"]` has the decomposition of every row (see docs/methods/scarcity.md).
        """
        metric = self._checked(question.but(metric="scarcity"))
        self._note(viewer, f"ranking {dimension}", question.to_query())
        found = self._rankings.ranking(
            question, viewer.tier, self.month_of(question), dimension, language
        )
        return self._listed(question, metric, found, viewer, language)

    def mismatch(
        self, question: Question, viewer: Viewer, language: str = "zh",
        rows: str = "specialty", columns: str = "education",
    ) -> Answer:  # fmt: skip
        """Answer openings beside people for every crossing of two dimensions, with the indices."""
        metric = self._checked(question.but(metric="scarcity"))
        self._note(viewer, f"mismatch {rows} {columns}", question.to_query())
        month = self.month_of(question)
        found = self._rankings.mismatch(question, viewer.tier, month, rows, columns, language)
        answer = self._listed(question, metric, found, viewer, language)
        unit = self.metrics["demand"].unit.in_(language)
        return replace(answer, unit=unit, formula=_GAP.in_(language))

    def catalogue(self, question: Question, viewer: Viewer, language: str = "zh") -> Answer:
        """Answer with the catalogue of scarce talent of the city, scarcest first."""
        metric = self._checked(question.but(metric="scarcity"))
        self._note(viewer, "catalogue", question.to_query())
        month = self.month_of(question)
        found = catalogue(self.release, question, viewer.tier, month, language)
        return self._listed(question, metric, found, viewer, language)

    def geojson(self, kind: str) -> bytes | None:
        """Return the outlines of a kind of place as GeoJSON; None where the release has none."""
        return self.release.geojson(kind)

    def month_of(self, question: Question) -> int:
        """Return the month a question is about; raise UserError where the release lacks it."""
        if not question.month:
            return self.info.month
        month = months.to_index(question.month)
        if month not in self.info.months:
            first, last = (months.to_text(m) for m in (self.info.months[0], self.info.month))
            raise UserError(f"month: {question.month} is not in this release ({first} to {last})")
        return month

    def _listed(
        self, question: Question, metric: Metric, found: Listed, viewer: Viewer, language: str
    ) -> Answer:
        table = table_of(found.ids, found.names, found.values)
        answer = self._answer(question, metric, table, viewer, language, [])
        return replace(answer, extra=found.extra)

    def told(
        self,
        what: str,
        tell: Callable[[Placed], Told],
        question: Question,
        viewer: Viewer,
        language: str,
    ) -> Answer:
        """Answer about the commute of one place (commute.py)."""
        metric = self._checked(question.but(metric="commute_od"))
        self._note(viewer, what, question.to_query())
        place = placed(self, question, viewer, language)
        found = tell(place)
        notes, extra = found.notes, found.extra
        if place.area is not None:
            notes = [*area_notes(place.area, 0, language), *notes]
            extra = {"area": described(place.area, 0), **extra}
        answer = self._answer(question, metric, found.table, viewer, language, notes)
        unit, formula = found.unit or metric.unit, found.formula or metric.formula
        return replace(answer, extra=extra, unit=unit.in_(language), formula=formula.in_(language))

    def area(self, question: Question, viewer: Viewer) -> Area | None:
        """Return the drawn area a question is limited to; None for any other place, or none."""
        if question.place_parts()[0] not in AREA_KINDS:
            return None
        return self.areas.of(question.place, viewer.tier)

    def _of_place(
        self, question: Question, metric: Metric, viewer: Viewer, language: str
    ) -> Answer:
        """Answer with one row: the question's place itself, or the city."""
        area = self.area(question, viewer)
        values, hidden = self._one_of(question, metric, viewer)
        kind, code = question.place_parts()
        if area is not None:
            ids, names = ["area"], [area.name(language)]
        else:
            level = level_of_place(kind, code)
            found = np.array([self.names.find(level, code) if kind else 0], dtype=np.int64)
            ids = self.names.codes(level, found)
            names = self.names.names(level, found, language)
        table = table_of(ids, names, values)
        if question.versus:
            before = self._one_of(question.but(month=question.versus), metric, viewer)[0]
            table = table.append_column("before", shown(before.value, before.status))
        answer = self._answer(question, metric, table, viewer, language, [])
        if area is None:
            return answer
        notes = area_notes(area, len(hidden), language)
        extra = {"area": described(area, len(hidden))}
        return replace(answer, notes=[*notes, *answer.notes], extra=extra)

    def _one(self, question: Question, metric: Metric, viewer: Viewer) -> Values:
        """Compute a metric for the question's place alone."""
        return self._one_of(question, metric, viewer)[0]

    def _one_of(
        self, question: Question, metric: Metric, viewer: Viewer
    ) -> tuple[Values, set[int]]:
        """Compute a metric for the question's place alone; the ids an area had to leave out."""
        if metric.compute is None:
            raise NotPublished(f"metric {metric.id}: has no value for a single place")
        area = self.area(question, viewer)
        kind, code = question.place_parts()
        name = "area" if area else level_of_place(kind, code)
        place = self.names.find(name, code) if kind and area is None else 0
        alone = Level(name, np.array([place], dtype=np.int64))
        asked = question.but(level=name)
        month = self.month_of(asked)
        view = PlaneView(self.release, viewer.tier, asked, alone, month, area)
        return metric.compute(view, asked), view.left_out

    def _kept_months(self, asked: list[Question], metric: Metric, viewer: Viewer) -> list[Values]:
        """Compute month by month; missing where a crossing is not kept for a month.

        Raises NotPublished where it is kept for none.
        """
        found: list[Values] = []
        refusal: NotPublished | None = None
        for question in asked:
            try:
                found.append(self._one(question, metric, viewer))
            except NotPublished as error:
                refusal = error
                found.append(Values(np.zeros(1), np.array([S_MISSING], dtype=np.uint8)))
        if refusal is not None and all(v.status[0] == S_MISSING for v in found):
            raise refusal
        return found

    def _parts(self, question: Question, dimension: str) -> list[str]:
        present = self.info.codes.get(dimension)
        if present is None:
            raise unknown("dimension", dimension, self.info.codes)
        table = code_table(dimension)
        chosen = getattr(question, dimension, "")
        if not chosen:
            return [code for code in table.roots() if code in present]
        below = [c for c in present if table.codes[c].parent == chosen]
        return below or [chosen]

    def _compute(self, question: Question, tier: str) -> Values:
        metric = self.metrics[question.metric]
        level = self.names.level(question.level)
        view = PlaneView(self.release, tier, question, level, self.month_of(question))
        if metric.compute is None:
            raise NotPublished(f"metric {metric.id}: rows are pairs, ask for them")
        return metric.compute(view, question)

    def _checked(self, question: Question) -> Metric:
        """Check every word of a question against the metrics, the code tables and the months."""
        if question.metric not in self.metrics:
            raise unknown("metric", question.metric, self.metrics)
        for dimension, code in question.filters().items():
            code_table(dimension).check(code)
        if question.chain and question.chain not in self.info.chains:
            raise unknown("chain", question.chain, self.info.chains)
        for month in (question.month, question.versus):
            self.month_of(question.but(month=month))
        return self.metrics[question.metric]

    def _rows(
        self, question: Question, metric: Metric, level: Level, values: Values
    ) -> npt.NDArray[np.int64]:
        """Choose the rows to show: the place's, and the nowheres only where they hold somebody."""
        inside = self.areas.inside(question)
        if inside is not None:
            return np.flatnonzero(inside)
        somebody = (metric.kind == "count") & (values.value > 0) & (values.status == S_OK)
        return np.flatnonzero((level.ids >= 0) | somebody)

    def _table(
        self, level: Level, values: Values, rows: npt.NDArray[np.int64], language: str
    ) -> pa.Table:
        ids = level.ids[rows]
        codes = self.names.codes(level.name, ids)
        names = self.names.names(level.name, ids, language)
        return table_of(codes, names, take(values, rows))

    def _why(self, question: Question, viewer: Viewer) -> dict[str, Any]:
        """The decomposition of scarcity by place, in the plain form of the JSON answer."""
        if question.metric != "scarcity":
            return {}
        month = self.month_of(question)
        return {"decomposition": self._rankings.decomposition(question, viewer.tier, month)}

    def _answer(
        self,
        question: Question,
        metric: Metric,
        table: pa.Table,
        viewer: Viewer,
        language: str,
        notes: list[str],
    ) -> Answer:
        crossed = len(question.filters()) > 1
        return Answer(
            question,
            table,
            metric.unit.in_(language),
            metric.formula.in_(language),
            metric.source.in_(language),
            months.to_text(self.month_of(question)),
            self.info.name,
            viewer.tier,
            self.info.synthetic,
            [
                *notes,
                *([metric.note.in_(language)] if metric.note.zh else []),
                *(self.info.caveats if crossed else ()),
            ],
        )

    def _note(self, viewer: Viewer, what: str, detail: str) -> None:
        if self._audit is not None and viewer.tier != "public":
            self._audit.record(viewer.tier, what, f"{self.info.name} {detail}")
