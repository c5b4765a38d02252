"""Home–work pairs of a tier's plane, looked up by either end.

Rows are sorted by home and, in a second order, by work, so that what leaves or comes to an area is
found by bisection: the time is that of the flows of the area, not of the city.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from talentmap.answers.filters import Accepted, accepted_rows, not_published
from talentmap.cube.lattice import PairNode
from talentmap.cube.release import Release
from talentmap.cube.rollup import Pairs
from talentmap.model import months
from talentmap.model.errors import NotAllowed, NotPublished
from talentmap.privacy.planes import TIER_RULES, Tier

Ids = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

_KEPT = 24


@dataclass(frozen=True)
class Flows:
    """Pairs, ascending by home: ids of both ends and persons, below zero where hidden.

    `tier` has the rules they were published by: what is not there may be zero, or hidden too.
    """

    home: Ids
    work: Ids
    persons: Floats
    tier: Tier

    @property
    def hidden(self) -> Mask:
        """Mark the pairs whose number is hidden."""
        return self.persons < 0

    @cached_property
    def _by_work(self) -> npt.NDArray[np.int64]:
        return np.argsort(self.work, kind="stable")

    @cached_property
    def _work_sorted(self) -> Ids:
        return self.work[self._by_work]

    def leaving(self, ids: Ids) -> npt.NDArray[np.int64]:
        """Return the rows whose home is one of `ids` (distinct)."""
        return _between(self.home, ids)

    def coming(self, ids: Ids) -> npt.NDArray[np.int64]:
        """Return the rows whose workplace is one of `ids` (distinct)."""
        return self._by_work[_between(self._work_sorted, ids)]

    def at(self, side: str, ids: Ids) -> npt.NDArray[np.int64]:
        """Return the rows with that end among `ids`."""
        return self.leaving(ids) if side == "home" else self.coming(ids)

    def end(self, side: str) -> Ids:
        """Return the ids of one end."""
        return self.home if side == "home" else self.work


class FlowBook:
    """The flows of one release, each kept ready for the next question."""

    def __init__(self, release: Release) -> None:
        self._release = release
        self._kept = lru_cache(_KEPT)(self._read)

    def of(self, tier: str, home: str, work: str, accepted: Accepted, month: int) -> Flows:
        """Return the flows between two levels that the filters let through.

        Raises NotAllowed for a level above the tier, NotPublished for a crossing or a month that
        its plane does not hold.
        """
        key = tuple((column, tuple(integers)) for column, integers in accepted.items())
        return self._kept(tier, home, work, key, month)

    def _read(
        self, tier: str, home: str, work: str, key: Sequence[tuple[str, Sequence[int]]], month: int
    ) -> Flows:
        accepted = {column: list(integers) for column, integers in key}
        found = pairs_of(self._release, tier, home, work, accepted, month)
        persons, rules = found.measures["both"], TIER_RULES[tier]
        if not accepted:
            return Flows(found.home, found.work, persons, rules)
        rows = accepted_rows(found.dims, accepted, len(found.home))
        return Flows(found.home[rows], found.work[rows], persons[rows], rules)


def pairs_of(
    release: Release, tier: str, home: str, work: str, accepted: Accepted, month: int
) -> Pairs:
    """Return the node of pairs that holds a crossing; for the authorised tier else the base."""
    if any(level not in TIER_RULES[tier].levels for level in (home, work)):
        raise NotAllowed(f"flows from {home} to {work} are not open to the {tier} tier")
    node = PairNode(home, work, tuple(accepted))
    if month == release.info.month and release.has(tier, node.name):
        return release.pairs(tier, node)
    if tier != "authorised":
        if month != release.info.month:
            raise newest_only("flows", release)
        raise not_published((f"flows from {home} to {work}", *accepted), f"the {tier} tier")
    return release.base.pairs(node, accepted, month)


def newest_only(what: str, release: Release) -> NotPublished:
    """Return the refusal for a month that is not the newest."""
    newest = months.to_text(release.info.month)
    return NotPublished(f"month: {what} are published for the newest month only ({newest})")


def _between(ascending: Ids, ids: Ids) -> npt.NDArray[np.int64]:
    """Return the places of all values that are among `ids`."""
    first = np.searchsorted(ascending, ids, side="left")
    counts = np.searchsorted(ascending, ids, side="right") - first
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(first - (ends - counts), counts) + np.arange(total)
