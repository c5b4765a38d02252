"""Rankings, decompositions and mismatch: what the desk answers beside plain rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from talentmap.analysis.mismatch import duncan, margins_and_joint, qualification
from talentmap.answers.groups import Groups, groups_of, without
from talentmap.answers.ids import Names
from talentmap.answers.shortage import Weighed, detail_of, values_of, weigh
from talentmap.answers.strata import Cut, gather
from talentmap.cube.release import Release
from talentmap.model import months
from talentmap.model.answer import STATUSES
from talentmap.model.errors import NotAllowed, NotPublished
from talentmap.model.metric import S_OK, S_SUPPRESSED, Floats, Values
from talentmap.model.question import Question, reach_of
from talentmap.privacy.planes import TIER_RULES

PLACES = ("city", "district", "park")
Mask = npt.NDArray[np.bool_]
_DRAWS = 100
# The code tables list education and titles from the highest down; mismatch wants them rising.
_ORDINAL = ("education", "title")


@dataclass(frozen=True)
class Listed:
    """Rows to show: ids, names, their numbers, and what else is said of them."""

    ids: list[str]
    names: list[str]
    values: Values
    extra: dict[str, Any]


class Rankings:
    """Answers from the strata of one release."""

    def __init__(self, release: Release, names: Names) -> None:
        self._release = release
        self._names = names

    def ranking(
        self, question: Question, tier: str, month: int, dimension: str, language: str
    ) -> Listed:
        """One row a group at the question's place (or the city), scarcest first."""
        groups = groups_of(self._release, question, dimension, language)
        level, place = self._place(question)
        cut = self._cut(without(question, dimension), tier, level, month)
        count = len(self._names.level(level).ids) - 3
        found = self._weigh(cut, groups, count, question)
        shown = np.array(groups.shown, dtype=np.int64)
        shown = shown[scarcest_first(values_of(found, shown * count + place))]
        at, codes = shown * count + place, [groups.codes[i] for i in shown]
        detail = detail_of(found, at.tolist(), codes, self._release.info.rules)
        names = [groups.names[i] for i in shown]
        return Listed(codes, names, values_of(found, at), {"detail": detail})

    def decomposition(self, question: Question, tier: str, month: int) -> dict[str, Any]:
        """Why each place of the question's level is as scarce as it is; {} where nothing is kept.

        The yardstick is every industry in every place of the level.
        """
        if question.level not in PLACES:
            return {}
        dimension = "chain" if question.chain else "industry"
        groups = groups_of(self._release, question, dimension, "zh")
        chosen = question.chain or question.industry
        if chosen not in groups.codes:  # a branch: it is weighed among its own depth
            plain = question.but(industry="")
            groups = groups_of(self._release, plain, dimension, "zh")
        if chosen not in groups.codes:
            return {}
        level = self._names.level(question.level)
        count = len(level.ids) - 3
        cut = self._cut(without(question, dimension), tier, question.level, month)
        try:
            found = self._weigh(cut, groups, count, question)
        except NotPublished:
            return {}
        at = groups.codes.index(chosen) * count + np.arange(count)
        codes = self._names.codes(question.level, level.ids[3:])
        return detail_of(found, at.tolist(), codes, self._release.info.rules)

    def mismatch(
        self, question: Question, tier: str, month: int, rows: str, columns: str, language: str
    ) -> Listed:
        """Openings beside people for every crossing of two dimensions, and the indices over it."""
        across = groups_of(self._release, without(question, columns), columns, language)
        down = groups_of(self._release, without(question, rows), rows, language)
        level, place = self._place(question)
        plain = without(without(question, rows), columns)
        count = len(self._names.level(level).ids) - 3
        v, u, shown = (np.zeros((len(down.codes), len(across.codes))) for _ in range(3))
        for j, members in enumerate(across.members):
            cut = self._cut(plain, tier, level, month, {across.column: members})
            strata = gather(self._release, cut, down.column, down.members, count)
            v[:, j], u[:, j] = strata.openings[:, place], strata.people[:, place]
            shown[:, j] = strata.shown[:, place]
        return _matrix(down, across, v, u, shown > 0, columns)

    def _weigh(self, cut: Cut, groups: Groups, count: int, question: Question) -> Weighed:
        before = months.to_index(question.versus) if question.versus else cut.month - 12
        return weigh(self._release, cut, groups, count, before, self._release.info.rules)

    def _place(self, question: Question) -> tuple[str, int]:
        kind, code = question.place_parts()
        if not kind:
            return "city", 0
        if kind not in PLACES:
            raise NotPublished(f"place: a {kind} has no ranking; ask for its district or park")
        return kind, self._names.find(kind, code)

    def _cut(
        self,
        question: Question,
        tier: str,
        level: str,
        month: int,
        more: dict[str, list[int]] | None = None,
    ) -> Cut:
        if level not in TIER_RULES[tier].levels:
            raise NotAllowed(f"level {level} is not open to the {tier} tier")
        books = self._release.codebooks
        accepted = dict(books[n].column_for(code) for n, code in question.filters().items())
        if question.chain:
            codes = self._release.info.chains[question.chain][1]
            accepted["industry"] = books["industry"].integers(codes)
        catchment = reach_of(question.but(metric="scarcity")) == "catchment"
        fact = "reach" if catchment else question.at
        return Cut(tier, level, fact, {**accepted, **(more or {})}, month)


def scarcest_first(values: Values) -> npt.NDArray[np.int64]:
    """Return the order of rows: by value, the highest first, those without a value last."""
    return np.lexsort((-values.value, values.status.astype(np.int64)))


def _matrix(
    down: Groups, across: Groups, v: Floats, u: Floats, shown: Mask, columns: str
) -> Listed:
    """Openings against people in the proportion of the whole table, and the indices over it."""
    status = np.where(shown, S_OK, S_SUPPRESSED).astype(np.uint8)
    known_v, known_u = np.where(shown, v, 0.0), np.where(shown, u, 0.0)
    share = known_v.sum() / max(known_u.sum(), 1e-9)
    pairs = [(r, c) for r in range(len(down.codes)) for c in range(len(across.codes))]
    plain = {
        "openings": _plain(v, shown),
        "people": _plain(u, shown),
        "status": [[STATUSES[s] for s in row] for row in status.tolist()],
    }
    named = {
        "rows": [list(x) for x in zip(down.codes, down.names, strict=True)],
        "columns": [list(x) for x in zip(across.codes, across.names, strict=True)],
    }
    values = Values((v - u * share).ravel(), status.ravel(), n=u.ravel())
    return Listed(
        [f"{down.codes[r]}>{across.codes[c]}" for r, c in pairs],
        [f"{down.names[r]} · {across.names[c]}" for r, c in pairs],
        values,
        {"matrix": {**named, **plain}, "index": _indices(known_v, known_u, columns)},
    )


def _indices(v: Floats, u: Floats, columns: str) -> dict[str, float | None]:
    """Mismatch on the table and its margins; None where there is nothing to compare."""
    names = ("joint", "rows", "columns", "joint_only", "duncan")
    if v.sum() <= 0 or u.sum() <= 0:
        return dict.fromkeys((*names, "over_qualified", "under_qualified"))
    found = margins_and_joint(v, u, ("rows", "columns"), draws=_DRAWS)
    levels = qualification(v.sum(axis=0)[::-1], u.sum(axis=0)[::-1])
    ordinal = columns in _ORDINAL
    index = {
        "joint": found.joint.value,
        "rows": found.margins["rows"].value,
        "columns": found.margins["columns"].value,
        "joint_only": min(found.only_joint.values()),
        "duncan": duncan(v, u),
        "over_qualified": levels.over if ordinal else None,
        "under_qualified": levels.under if ordinal else None,
    }
    return {k: x if x is not None and np.isfinite(x) else None for k, x in index.items()}


def _plain(values: Floats, shown: Mask) -> list[list[float | None]]:
    return [
        [value if seen else None for value, seen in zip(row, mask, strict=True)]
        for row, mask in zip(values.tolist(), shown.tolist(), strict=True)
    ]
