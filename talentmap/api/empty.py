"""Which cells have nothing to show: land, or openings of zero, and not "not enough data"."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from talentmap.answers.desk import Desk
from talentmap.answers.viewer import Viewer
from talentmap.model.errors import NotPublished
from talentmap.model.metric import S_INSUFFICIENT, S_MISSING, S_OK
from talentmap.model.question import Question

Mask = npt.NDArray[np.bool_]

# Metrics that set openings against the people of one side; the others look at both ends.
_ONE_SIDE = ("scarcity", "openings_ratio")


def nothing_there(desk: Desk, question: Question, viewer: Viewer) -> Mask:
    """Mark the cells without anybody and without openings behind the metric.

    A count is zero only where the side has people of some other kind; an index lacks data only
    where its own crossing has somebody or something. A hidden number is never "nothing".
    """
    values = desk.values(question, viewer)[1]
    empty = (values.status == S_INSUFFICIENT) | ((values.status == S_OK) & (values.value == 0))
    sides: tuple[str, ...] = ("home", "work")
    if question.metric in _ONE_SIDE:
        sides = (question.at,)
    question = question.but(reach="own")
    if desk.metrics[question.metric].kind == "count":
        sides = (question.at,)
        question = Question(at=question.at, level=question.level, month=question.month)
    for asked in (*(question.but(metric="supply", at=side) for side in sides), _demand(question)):
        empty = empty & _none(desk, asked, viewer)
    return np.asarray(empty)


def no_openings(desk: Desk, question: Question, viewer: Viewer) -> Mask:
    """Mark the cells where an index of openings has no value because there is no opening."""
    values = desk.values(question, viewer)[1]
    lacking = values.status == S_INSUFFICIENT
    if question.metric not in _ONE_SIDE:
        return np.zeros(len(lacking), dtype=bool)
    return np.asarray(lacking & _none(desk, _demand(question), viewer))


def _demand(question: Question) -> Question:
    return question.but(metric="demand", reach="")


def _none(desk: Desk, question: Question, viewer: Viewer) -> Mask:
    """Mark where a count is known to be zero, or nobody counts it."""
    try:
        found = desk.values(question, viewer)[1]
    except NotPublished:  # openings have no age: the other counts decide
        return np.ones(len(desk.names.level(question.level).ids), dtype=bool)
    told = (found.status == S_OK) | (found.status == S_MISSING)
    return np.asarray(told & (found.value == 0))
