"""Whether a question has an answer for a viewer, found out without giving one."""

from __future__ import annotations

from talentmap.answers.desk import Desk
from talentmap.answers.view import PlaneView
from talentmap.answers.viewer import Viewer
from talentmap.model.errors import NotAllowed, NotPublished
from talentmap.model.question import Question


def published(desk: Desk, question: Question, viewer: Viewer) -> bool:
    """Tell whether a question is open to the tier and published at its level.

    Nobody sees a number by it, so it leaves no line in the audit. Raises UserError for a question
    that is wrong in itself.
    """
    try:
        if desk.metrics[question.metric].compute is not None:
            desk.values(question, viewer)
        else:
            level = desk.names.level(question.level)
            month = desk.month_of(question)
            PlaneView(desk.release, viewer.tier, question, level, month).pairs(
                question.level, question.level
            )
    except (NotAllowed, NotPublished):
        return False
    return True
