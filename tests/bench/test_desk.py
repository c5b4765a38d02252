"""An answer reads the cube only: it must be quick, and not slower for more people."""

from __future__ import annotations

import pytest

from talentmap.answers.desk import Desk
from talentmap.answers.viewer import Viewer
from talentmap.cube.release import open_release
from talentmap.model.question import Question
from talentmap.model.workspace import Workspace
from tests.bench.timing import median_ms

LIMIT_MS = 150.0
QUESTIONS = [
    Question("scarcity", level="district", industry="I"),
    Question("scarcity", level="cell8", industry="I"),
    Question("supply", at="home", level="cell8"),
    Question("jobs_housing_ratio", level="district"),
    Question("commute_od", level="district", place="district:370102"),
]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.to_query())
def test_an_answer(demo_workspace: Workspace, question: Question) -> None:
    desk, viewer = Desk(open_release(demo_workspace)), Viewer("internal")
    assert median_ms(question.to_query(), lambda: desk.ask(question, viewer)) < LIMIT_MS
