"""Home–work pairs as rows of an answer; the place of the question fixes one end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from talentmap.answers.areas import Area, Areas
from talentmap.answers.ids import level_of_place
from talentmap.answers.rows import joined, table_of, take
from talentmap.answers.view import PlaneView
from talentmap.answers.viewer import Viewer
from talentmap.model.cells import parent
from talentmap.model.errors import NotPublished
from talentmap.model.metric import S_OK, Values
from talentmap.model.question import CELL_LEVELS, Question

if TYPE_CHECKING:
    from talentmap.answers.desk import Desk


def pair_rows(desk: Desk, question: Question, viewer: Viewer, language: str) -> pa.Table:
    """One row a home–work pair, most people first; the place fixes one end."""
    area = desk.area(question, viewer)
    if area is not None:
        return _of_area(desk, question, area, viewer, language)
    kind, code = question.place_parts()
    own = question.level
    fixed = level_of_place(kind, code) if kind else own
    home_level, work_level = (own, fixed) if question.at == "work" else (fixed, own)
    level = desk.names.level(own)
    view = PlaneView(desk.release, viewer.tier, question, level, desk.month_of(question))
    home, work, values = view.pairs(home_level, work_level)
    if kind:
        end = work if question.at == "work" else home
        rows = np.flatnonzero(end == desk.names.find(fixed, code))
    else:
        rows = np.arange(len(home))
    rows = rows[np.argsort(-values.value[rows], kind="stable")]
    ends = ((home_level, home[rows]), (work_level, work[rows]))
    codes = joined([desk.names.codes(lv, ids) for lv, ids in ends], ">")
    names = joined([desk.names.names(lv, ids, language) for lv, ids in ends], " → ")
    shown = take(values, rows)
    return table_of(codes, names, Values(shown.value, shown.status, n=shown.value))


def _of_area(desk: Desk, question: Question, area: Area, viewer: Viewer, language: str) -> pa.Table:
    """One row a place of the question's level that sends people to (or gets them from) an area.

    Flows with a hidden count are left out of the sums.
    """
    own, level = question.level, desk.names.level(area.level)
    view = PlaneView(desk.release, viewer.tier, question, level, desk.month_of(question))
    home, work, values = view.pairs(area.level, area.level)
    fixed, far = (work, home) if question.at == "work" else (home, work)
    rows = np.isin(fixed, area.ids) & (values.status == S_OK)
    ids, index = np.unique(lifted(desk.areas, far[rows], area.level, own), return_inverse=True)
    persons = np.bincount(index, values.value[rows], len(ids)).astype(np.float64)
    order = np.argsort(-persons, kind="stable")
    mine = ["area"] * len(ids), [area.name(language)] * len(ids)
    theirs = (
        desk.names.codes(own, ids[order]), desk.names.names(own, ids[order], language)
    )  # fmt: skip
    ends = (theirs, mine) if question.at == "work" else (mine, theirs)
    codes = joined([ends[0][0], ends[1][0]], ">")
    names = joined([ends[0][1], ends[1][1]], " → ")
    status = np.full(len(ids), S_OK, dtype=np.uint8)
    return table_of(codes, names, Values(persons[order], status, n=persons[order]))


def lifted(areas: Areas, ids: npt.NDArray[np.int64], level: str, own: str) -> npt.NDArray[np.int64]:
    """Return the ids of cells as ids of a level above them."""
    if own == level:
        return ids
    if own in CELL_LEVELS and level in CELL_LEVELS and CELL_LEVELS[own] <= CELL_LEVELS[level]:
        return parent(ids, CELL_LEVELS[own])
    if own == "district" and level in CELL_LEVELS:
        return areas.districts_of(level, ids)
    raise NotPublished(f"flows of an area made of {level} have no level {own}")
