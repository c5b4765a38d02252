"""A question about one place's commute: what the place is made of, for whom, and how it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from talentmap.answers.areas import Area
from talentmap.answers.filters import Accepted, accepted_columns
from talentmap.answers.ids import Level, level_of_place
from talentmap.answers.rows import table_of
from talentmap.answers.view import PlaneView
from talentmap.answers.viewer import Viewer
from talentmap.cube.release import Release
from talentmap.model.errors import NotAllowed
from talentmap.model.metric import S_OK, S_SUPPRESSED, Values
from talentmap.model.question import Question
from talentmap.model.words import Words
from talentmap.privacy.planes import Tier

if TYPE_CHECKING:
    from talentmap.answers.desk import Desk

Ids = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Statuses = npt.NDArray[np.uint8]

NAN = float("nan")


@dataclass(frozen=True)
class Told:
    """An answer in the making: rows, what to mind, what else is said; words only where they differ.

    `unit` and `formula` stand for the metric's own.
    """

    table: pa.Table
    notes: list[str] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)
    unit: Words | None = None
    formula: Words | None = None


@dataclass(frozen=True)
class Placed:
    """A question, who asks it, and the ids its place is made of at `level`; the city is id 0."""

    desk: Desk
    question: Question
    viewer: Viewer
    language: str
    level: str
    ids: Ids
    area: Area | None
    accepted: Accepted
    month: int

    @property
    def release(self) -> Release:
        """The release that answers."""
        return self.desk.release

    @property
    def rules(self) -> Tier:
        """What the viewer's tier may see."""
        return self.viewer.rules

    @property
    def side(self) -> str:
        """Which of the two ends the place is: home or work."""
        return self.question.at

    @property
    def other(self) -> str:
        """The side at the far end."""
        return "home" if self.side == "work" else "work"

    def say(self, words: Words, **values: Any) -> str:
        """Return words in the language of the answer, filled in."""
        return words.in_(self.language).format(**values)

    def view(self) -> PlaneView:
        """Return the numbers of the place itself; a drawn area's are sums of what is shown."""
        level = Level("area" if self.area else self.level, self.ids)
        asked = self.question.but(level=self.level)
        return PlaneView(self.release, self.viewer.tier, asked, level, self.month, self.area)


def placed(desk: Desk, question: Question, viewer: Viewer, language: str) -> Placed:
    """Return the place of a question, or the city; UserError for a code there is not.

    Raises NotAllowed for a place finer than the viewer's tier sees.
    """
    kind, code = question.place_parts()
    area = desk.area(question, viewer)
    if area is not None:
        level, ids = area.level, area.ids
    else:
        level = level_of_place(kind, code)
        ids = np.array([desk.names.find(level, code) if kind else 0], dtype=np.int64)
    if level not in viewer.rules.levels:
        raise NotAllowed(f"level {level} is not open to the {viewer.tier} tier")
    columns = accepted_columns(desk.release, question)
    month = desk.month_of(question)
    return Placed(desk, question, viewer, language, level, ids, area, columns, month)


def ranged(ids: list[str], names: list[str], values: Values, low: Floats, high: Floats) -> pa.Table:
    """Return rows whose bounds (NaN: none) stand even where the number itself is hidden."""
    table = table_of(ids, names, values)
    for name, bound in (("low", low), ("high", high)):
        column = pa.array(bound, mask=~np.isfinite(bound))
        table = table.set_column(table.column_names.index(name), name, column)
    return table


def employed_alone(p: Placed) -> tuple[float, int]:
    """Return the employed of the place whose other end is not known, and its status."""
    view = p.view()
    parts = (view.persons(p.side), view.seekers(p.side))
    both = view.commute("jobs" if p.side == "work" else "residents")
    value = float((parts[0].value - parts[1].value - both.value)[0])
    status = int(max(part.status[0] for part in (*parts, both)))
    return rest(p.rules, value, status)


def rest(rules: Tier, value: float, status: int) -> tuple[float, int]:
    """Return a difference of published numbers, hidden where its own count may not be told."""
    too_few = value < rules.least and (value > 0 or not rules.zero_shows)
    return max(value, 0.0), S_SUPPRESSED if status == S_OK and too_few else status
