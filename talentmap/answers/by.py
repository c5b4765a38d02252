"""One question asked in another way: `--by` of the command line is `by=` of the API."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from talentmap.answers.assumed import Assumed
from talentmap.answers.desk import Desk
from talentmap.answers.viewer import Viewer
from talentmap.model.answer import Answer
from talentmap.model.errors import UserError
from talentmap.model.question import Question

COMMUTE = ("distance", "matrix", "inout", "destinations", "commuting", "shuttle")


def asked_by(
    desk: Desk,
    question: Question,
    viewer: Viewer,
    language: str = "zh",
    by: str = "",
    *,
    given: Mapping[str, str] | None = None,
    travel: Path | None = None,
    page: int = 1,
) -> Answer:
    """Answer a question; `by` says what the rows are instead of places.

    `enterprise`, `catalogue`, one of COMMUTE, `commuting,industry`, a dimension to rank, or two
    with a comma for their crossing. `given` are the assumptions of a shuttle. Raises UserError for
    a word that is none of these, or an assumption without `by=shuttle`.
    """
    if (given or travel) and by != "shuttle":
        names = ", ".join([*(given or {}), *(["travel"] if travel else [])])
        raise UserError(f"{names}: only for by=shuttle")
    if question.level == "person":
        return desk.records(question, viewer, language, page)
    single = {
        "": desk.ask, "enterprise": desk.enterprise, "catalogue": desk.catalogue,
        "distance": desk.distances, "matrix": desk.matrix, "inout": desk.flows,
        "destinations": desk.destinations, "commuting": desk.commuting,
    }  # fmt: skip
    if by in single:
        return single[by](question, viewer, language)
    if by == "shuttle":
        return desk.shuttles(question, viewer, language, Assumed.of(given or {}, travel))
    rows, comma, columns = by.partition(",")
    if rows == "commuting":
        return desk.commuting(question, viewer, language, columns)
    if comma:
        return desk.mismatch(question, viewer, language, rows, columns)
    return desk.ranking(question, viewer, language, by)
