"""What the desk answers about work and home: one method a question, all told the same way."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from functools import partial

from talentmap.answers.assumed import Assumed
from talentmap.answers.commuting import commuting
from talentmap.answers.distances import distances
from talentmap.answers.inout import destinations, inout
from talentmap.answers.matrix import matrix
from talentmap.answers.placed import Placed, Told
from talentmap.answers.shuttles import shuttles
from talentmap.answers.viewer import Viewer
from talentmap.model.answer import Answer
from talentmap.model.question import Question


class CommuteAnswers(ABC):
    """The commute part of a desk."""

    @abstractmethod
    def told(
        self,
        what: str,
        tell: Callable[[Placed], Told],
        question: Question,
        viewer: Viewer,
        language: str,
    ) -> Answer:
        """Answer about the commute of one place; `tell` makes the rows, `what` is for the audit."""

    def distances(self, question: Question, viewer: Viewer, language: str = "zh") -> Answer:
        """Answer for one place by distance band and direction (distances.py)."""
        return self.told("distances", distances, question, viewer, language)

    def matrix(self, question: Question, viewer: Viewer, language: str = "zh") -> Answer:
        """Answer with homes by workplaces of the question's level (matrix.py)."""
        return self.told("matrix", matrix, question, viewer, language)

    def flows(self, question: Question, viewer: Viewer, language: str = "zh") -> Answer:
        """Answer who comes in, goes out, lives and works in one place (inout.py)."""
        return self.told("inout", inout, question, viewer, language)

    def destinations(self, question: Question, viewer: Viewer, language: str = "zh") -> Answer:
        """Answer where the people of one place live (at=work) or work (at=home; inout.py)."""
        return self.told("destinations", destinations, question, viewer, language)

    def commuting(
        self, question: Question, viewer: Viewer, language: str = "zh", by: str = ""
    ) -> Answer:
        """Answer with the measures of the national commuting report (commuting.py).

        Of the question's place or the city; of every place of a level; with `by` industry of each.
        """
        what = f"commuting {by}".strip()
        return self.told(what, partial(commuting, by=by), question, viewer, language)

    def shuttles(
        self,
        question: Question,
        viewer: Viewer,
        language: str = "zh",
        assumed: Assumed | None = None,
    ) -> Answer:
        """Answer with candidate shuttle lines of a park or drawn area, or rank the parks."""
        tell = partial(shuttles, assumed=assumed or Assumed())
        return self.told("shuttle", tell, question, viewer, language)
