"""What a metric sees: aligned numbers from the plane of the viewer's tier."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from talentmap.answers.areas import Area
from talentmap.answers.filters import Accepted, accepted_columns, accepted_rows, not_published
from talentmap.answers.flows import pairs_of
from talentmap.answers.ids import Level
from talentmap.cube.lattice import DIMENSION_ORDER, Node
from talentmap.cube.release import Release
from talentmap.cube.rollup import Counts, Pairs
from talentmap.model.errors import NotAllowed, NotPublished
from talentmap.model.metric import S_MISSING, S_OK, S_SUPPRESSED, Floats, Statuses, Values
from talentmap.model.question import Question, reach_of
from talentmap.privacy.planes import TIER_RULES

_POST_FILTERS = ("industry", "occupation", "specialty", "education", "title")


class PlaneView:
    """Numbers of one question from one tier's plane (see model.metric.View).

    With an `area` the only place is the area: published numbers of what it is made of, added up.
    What is hidden of them is left out and stands in `left_out`; only where all is hidden the sum is
    hidden too.
    """

    def __init__(
        self,
        release: Release,
        tier: str,
        question: Question,
        level: Level,
        month: int,
        area: Area | None = None,
    ) -> None:
        self._release = release
        self._tier = tier
        self._question = question
        self._level = level
        self._month = month
        self._area = area
        self._of = area.level if area else level.name
        self.left_out: set[int] = set()
        if self._of not in TIER_RULES[tier].levels:
            raise NotAllowed(f"level {self._of} is not open to the {tier} tier")

    def persons(self, side: str) -> Values:
        """Employed and seeking people by home or work."""
        return self._measure(side, "persons")

    def seekers(self, side: str) -> Values:
        """The seekers among them; they count where they live, at both sides."""
        return self._measure(side, "seekers")

    def openings(self) -> Values:
        """Openings of the month. A filter a post cannot have (age) leaves nothing: missing."""
        if not self._release.manifest["has"]["vacancies"]:
            return self._all_missing()
        if any(name not in _POST_FILTERS for name in self._question.filters()):
            raise NotPublished("openings have no age or wage group: take that filter away")
        return self._measure("posts", "openings")

    def effective(self) -> Values:
        """People of the place, or (reach=catchment) the share of a whole catchment's it can draw.

        The default reach of scarcity is the catchment, of everything else the place itself.
        """
        if reach_of(self._question) == "own":
            return self.persons(self._question.at)
        return self._measure("reach", "persons")

    def commute(self, part: str) -> Values:
        """People with both ends known; inflow and outflow are what is left without live_work."""
        side = "work" if part in ("jobs", "inflow") else "home"
        both = self._measure(f"ends_{side}", "both")
        if part in ("jobs", "residents"):
            return both
        stay = self._stay(self._area) if self._area else self._measure(f"ends_{side}", "live_work")
        if part == "live_work":
            return stay
        status = np.maximum(both.status, stay.status)
        return Values(both.value - stay.value, status.astype(np.uint8))

    def distance(self, side: str) -> tuple[Values, Values]:
        """Person-kilometres and the persons they were measured for."""
        metres = self._measure(f"ends_{side}", "metres")
        km = Values(metres.value / 1000.0, metres.status)
        return km, self._measure(f"ends_{side}", "measured")

    def points(self) -> tuple[Floats, Floats]:
        """Longitude and latitude of the level's cells; NaN for what is no cell."""
        cells = self._release.table("cells")
        ids = cells["id"].to_numpy()
        order = np.argsort(ids)
        at = order[np.searchsorted(ids, self._level.ids, sorter=order).clip(max=len(ids) - 1)]
        known = ids[at] == self._level.ids
        lon, lat = (np.where(known, cells[c].to_numpy()[at], np.nan) for c in ("lon", "lat"))
        return lon, lat

    def crossing(self, rows: str, columns: str) -> tuple[Floats, Floats, Statuses]:
        """Openings and people (places × rows × columns) by the roots of two dimensions.

        Suppressed where a place has any hidden number among them.
        """
        fact = "reach" if reach_of(self._question) == "catchment" else self._question.at
        wanted, hidden = self._spread("posts", "openings", rows, columns)
        people, hidden_people = self._spread(fact, "persons", rows, columns)
        status = np.where(hidden | hidden_people, S_SUPPRESSED, S_OK).astype(np.uint8)
        return wanted, people, status

    def _spread(
        self, fact: str, measure: str, rows: str, columns: str
    ) -> tuple[Floats, npt.NDArray[np.bool_]]:
        accepted = self._columns()
        tops = [f"{name}_top" for name in (rows, columns)]
        dims = [f"{n}{end}" for n in DIMENSION_ORDER for end in ("_top", "")]
        crossed = {d: accepted.get(d, []) for d in dims if d in accepted or d in tops}
        counts = self._counts(fact, crossed)
        at = self._places(counts.ids)
        kept = (at >= 0) & accepted_rows(counts.dims, accepted, len(counts.ids))
        sizes = [len(self._release.codebooks[name].top) + 1 for name in (rows, columns)]
        first, second = (counts.dims[top][kept].astype(np.int64) for top in tops)
        cell = (at[kept] * sizes[0] + first) * sizes[1] + second
        values = counts.measures[measure][kept, counts.months.index(self._month)]
        n = len(self._level.ids)
        total = np.bincount(cell, np.where(values < 0, 0.0, values), n * sizes[0] * sizes[1])
        secret = np.bincount(at[kept], values < 0, n)
        hidden = secret >= (max(len(values), 1) if self._area else 1)
        self._leave_out(counts.ids[kept], values)
        shaped = total.reshape(n, *sizes)[:, 1:, 1:]
        return shaped.astype(np.float64), hidden

    def prior(self) -> tuple[float, float, float] | None:
        """The fitted prior of this level and crossing; None where the month had too little."""
        columns = tuple(self._columns())
        fact = "reach" if reach_of(self._question) == "catchment" else self._question.at
        level = "district" if self._area else self._of  # an area is as large as a district
        name = "-".join((fact, level, *columns))
        if name not in self._release.priors:  # a rare crossing: the prior of the level as a whole
            name = f"{fact}-{level}-industry_top"
        found = self._release.priors.get(name, {}).get(str(self._month))
        return (found[0], found[1], found[2]) if found else None

    def pairs(
        self, home: str, work: str
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], Values]:
        """Home ids, work ids and persons of the home–work pairs, the levels of the ends given."""
        accepted = self._columns()
        found = self._pairs(home, work, accepted)
        rows = accepted_rows(found.dims, accepted, len(found.home))
        keys = np.stack([found.home[rows], found.work[rows]])
        unique, index = np.unique(keys, axis=1, return_inverse=True)
        values = _add(found.measures["both"][rows], index.reshape(-1), unique.shape[1])
        return unique[0], unique[1], values

    def _columns(self) -> Accepted:
        return accepted_columns(self._release, self._question)

    def _measure(self, fact: str, measure: str) -> Values:
        if not self._release.manifest["has"]["people"] and fact != "posts":
            return self._all_missing()
        accepted = self._columns()
        counts = self._counts(fact, accepted)
        column = counts.months.index(self._month)
        rows = accepted_rows(counts.dims, accepted, len(counts.ids))
        ids = counts.ids[rows]
        at = self._places(ids)
        kept = at >= 0
        values = counts.measures[measure][:, column][rows][kept]
        if self._area is None:
            return self._zeros_hidden(_add(values, at[kept], len(self._level.ids)))
        self._leave_out(ids[kept], values)
        return _add_shown(values)

    def _stay(self, area: Area) -> Values:
        """People with both ends in the area; what is hidden of the flows inside is left out."""
        found = self._pairs(self._of, self._of, self._columns())
        rows = accepted_rows(found.dims, self._columns(), len(found.home))
        rows &= np.isin(found.home, area.ids) & np.isin(found.work, area.ids)
        values = found.measures["both"][rows]
        self._leave_out(found.home[rows], values)
        return Values(_add_shown(values).value, np.full(1, S_OK, dtype=np.uint8))

    def _places(self, ids: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Return where ids of a node stand among the places asked for; -1 outside them."""
        if self._area is None:
            return self._level.position(ids)
        return np.where(np.isin(ids, self._area.ids), 0, -1)

    def _leave_out(self, ids: npt.NDArray[np.int64], values: Floats) -> None:
        if self._area is not None:
            self.left_out |= set(ids[values < 0].tolist())

    def _counts(self, fact: str, accepted: dict[str, list[int]]) -> Counts:
        """The node that holds the crossing; for the authorised tier else the base itself."""
        node = Node(fact, self._of, tuple(accepted), "")
        if self._release.has(self._tier, node.name):
            found = self._release.counts(self._tier, node)
            if self._month in found.months:
                return found
        if self._tier != "authorised" or fact in ("reach", "market"):
            raise not_published(tuple(accepted), self._of)
        crossing = Node(fact, self._of, tuple(accepted), "all")
        return self._release.base.counts(crossing, accepted, self._month)

    def _zeros_hidden(self, values: Values) -> Values:
        """To a tier that may not tell zero from hidden, an absent row is hidden too."""
        rules = TIER_RULES[self._tier]
        if rules.zero_shows:
            return values
        hidden = np.where(values.value == 0, S_SUPPRESSED, values.status)
        return Values(values.value, hidden.astype(np.uint8))

    def _pairs(self, home: str, work: str, accepted: Accepted) -> Pairs:
        return pairs_of(self._release, self._tier, home, work, accepted, self._month)

    def _all_missing(self) -> Values:
        n = len(self._level.ids)
        return Values(np.zeros(n), np.full(n, S_MISSING, dtype=np.uint8))


def _add_shown(values: Floats) -> Values:
    """Sum what is published of an area; hidden only where all of it is."""
    hidden = values < 0
    status = S_SUPPRESSED if len(values) and hidden.all() else S_OK
    total = np.array([values[~hidden].sum()], dtype=np.float64)
    return Values(total, np.array([status], dtype=np.uint8))


def _add(values: Floats, at: npt.NDArray[np.int64], n: int) -> Values:
    """Sum published numbers into n places; a sum with a hidden part is hidden itself."""
    hidden = values < 0
    total = np.bincount(at, weights=np.where(hidden, 0.0, values), minlength=n).astype(float)
    some = np.bincount(at, weights=hidden, minlength=n) > 0
    return Values(total, np.where(some, S_SUPPRESSED, S_OK).astype(np.uint8))
