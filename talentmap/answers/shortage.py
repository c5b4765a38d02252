"""Why a place or an industry is scarce: tightness, the composite score and what adds to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from talentmap.analysis.bands import Rule, actions, stars
from talentmap.analysis.composite import Composite, RankInterval, combine, rank_interval, robust_z
from talentmap.analysis.tightness import LEAST_WEIGHT
from talentmap.answers.groups import Groups
from talentmap.answers.strata import Cut, Strata, gather
from talentmap.cube.release import Release
from talentmap.model.errors import NotPublished
from talentmap.model.metric import S_INSUFFICIENT, S_OK, S_SUPPRESSED, Values
from talentmap.model.rules import COMPONENTS, ScarcityRules

_BANDS = ("insufficient", "surplus", "ample", "balanced", "short", "severe")  # by stars, 0 to 5
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Weighed:
    """The strata of a release with their scores; arrays are groups × places, flattened."""

    strata: Strata
    composite: Composite
    z: Floats
    ranks: RankInterval
    stars: npt.NDArray[np.int8]
    actions: list[str]
    before: Floats


def weigh(
    release: Release, cut: Cut, groups: Groups, places: int, before: int, rules: ScarcityRules
) -> Weighed:
    """Score every group × place of a level; z is robust against all of them.

    `before` is the month to compare tightness with. Raises NotPublished where the plane does not
    hold the crossing.
    """
    found = gather(release, cut, groups.column, groups.members, places)
    enough = found.shown & _enough(found)
    raw = [np.where(enough, found.raw[name], np.nan).ravel() for name in COMPONENTS]
    z = np.stack([robust_z(values) for values in raw], axis=1)
    weights = np.array(rules.weights)
    composite = combine(z, weights)
    tight = found.tight
    sure, weight = (
        (np.zeros(enough.size), np.zeros(enough.size))
        if tight is None
        else (tight.above_one.ravel(), tight.weight.ravel())
    )
    given = stars(
        composite.score, sure, np.where(enough.ravel(), weight, 0.0), found.openings.ravel(),
        Rule(tuple(rules.stars)),
    )  # fmt: skip
    return Weighed(
        found, composite, z, rank_interval(z, weights), given, actions(given),
        _before(release, cut, groups, places, before),
    )  # fmt: skip


def values_of(weighed: Weighed, at: npt.NDArray[np.int64]) -> Values:
    """Return tightness with its interval at flat positions; `n` the people it rests on."""
    found = weighed.strata
    shown, tight = found.shown.ravel()[at], found.tight
    if tight is None:
        status = np.where(shown, S_INSUFFICIENT, S_SUPPRESSED).astype(np.uint8)
        return Values(np.zeros(len(at)), status)
    enough = _enough(found).ravel()[at]
    status = np.where(shown, np.where(enough, S_OK, S_INSUFFICIENT), S_SUPPRESSED)
    mean, low, high = (part.ravel()[at] for part in (tight.mean, tight.low, tight.high))
    return Values(mean, status.astype(np.uint8), low, high, found.people.ravel()[at])


def detail_of(
    weighed: Weighed, at: Sequence[int], codes: Sequence[str], rules: ScarcityRules
) -> dict[str, Any]:
    """Return {code: decomposition} at flat positions, as plain JSON values (null where unknown)."""
    return {code: _detail(weighed, i, rules) for code, i in zip(codes, at, strict=True)}


def _detail(weighed: Weighed, i: int, rules: ScarcityRules) -> dict[str, Any]:
    found, composite = weighed.strata, weighed.composite
    shown = bool(found.shown.ravel()[i])
    star = int(weighed.stars[i])
    known = [not np.isnan(z) for z in weighed.z[i]]
    coverage = float(composite.coverage[i])
    tight = found.tight
    return {
        "openings": _number(found.openings, i, shown),
        "people": _number(found.people, i, shown),
        "stars": star or None,
        "band": _BANDS[star],
        "action": weighed.actions[i] or "none",
        "score": _number(composite.score, i, shown and star > 0),
        "total": _number(composite.value, i, shown and star > 0),
        "coverage": [sum(known), len(known)],
        "above_one": None if tight is None else _number(tight.above_one, i, shown),
        "rank": [int(weighed.ranks.low[i]), int(weighed.ranks.high[i])]
        if star and weighed.ranks.rank[i]
        else None,
        "contributions": [
            {
                "id": name,
                "weight": weight / coverage if here and coverage else None,
                "z": _number(weighed.z[:, k], i, here),
                "value": _number(composite.contributions[:, k], i, here),
            }
            for k, (name, weight, here) in enumerate(
                zip(COMPONENTS, rules.weights, known, strict=True)
            )
        ],
        "fill_rate": _number(found.fill_rate, i, shown),
        "open_days": _number(found.raw["open_days"], i, shown),
        "wage": _number(found.wage, i, shown),
        "wage_growth": _number(found.raw["wage_growth"], i, shown),
        "demand_growth": _number(found.raw["demand_growth"], i, shown),
        "before": _number(weighed.before, i, shown),
    }


def _before(release: Release, cut: Cut, groups: Groups, places: int, month: int) -> Floats:
    """Tightness of another month; NaN where it is hidden, insufficient or not kept."""
    earlier = Cut(cut.tier, cut.level, cut.fact, cut.accepted, month)
    try:
        found = gather(release, earlier, groups.column, groups.members, places)
    except NotPublished:
        return np.full((len(groups.codes), places), np.nan)
    if found.tight is None:
        return np.full(found.shown.shape, np.nan)
    return np.where(found.shown & _enough(found), found.tight.mean, np.nan)


def _enough(found: Strata) -> npt.NDArray[np.bool_]:
    if found.tight is None:
        return np.zeros(found.shown.shape, dtype=bool)
    return np.asarray(found.tight.weight >= LEAST_WEIGHT)


def _number(values: Floats, i: int, shown: bool) -> float | None:
    value = float(values.ravel()[i])
    return value if shown and np.isfinite(value) else None
