"""Which cells have nothing to show: land, not a zero and not "not enough data"."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from talentmap.answers.desk import Desk
from talentmap.answers.viewer import Viewer
from talentmap.model.errors import NotPublished
from talentmap.model.metric import S_INSUFFICIENT, S_MISSING, S_OK
from talentmap.model.question import Question


def nothing_there(desk: Desk, question: Question, viewer: Viewer) -> npt.NDArray[np.bool_]:
    """Mark the cells without anybody and without openings behind the metric.

    A count is zero only where the side has people of some other kind; an index lacks data only
    where its own crossing has somebody or something. A hidden number is never "nothing".
    """
    values = desk.values(question, viewer)[1]
    empty = (values.status == S_INSUFFICIENT) | ((values.status == S_OK) & (values.value == 0))
    if desk.metrics[question.metric].kind == "count":
        question = Question(at=question.at, level=question.level, month=question.month)
        sides: tuple[str, ...] = (question.at,)
    else:
        sides = ("home", "work")
    supplies = [question.but(metric="supply", at=side) for side in sides]
    for asked in (*supplies, question.but(metric="demand")):
        try:
            found = desk.values(asked, viewer)[1]
        except NotPublished:
            continue
        empty &= (found.value == 0) & ((found.status == S_OK) | (found.status == S_MISSING))
    return np.asarray(empty)
