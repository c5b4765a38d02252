"""The card of one enterprise: what it is, what it wants, who lives near enough to fill it.

Openings are the enterprise's; people are sums of published counts of hexagons, so that the card
tells no more than the map does.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from talentmap.answers.nearby import BANDS_KM, held, within_reach
from talentmap.answers.viewer import Viewer
from talentmap.cube.lattice import WANTED_DIMS, Node
from talentmap.cube.release import Release
from talentmap.cube.rollup import Counts
from talentmap.model import months
from talentmap.model.answer import Answer
from talentmap.model.codes import code_table
from talentmap.model.errors import NotAllowed, UserError
from talentmap.model.question import FILTERS, Question

if TYPE_CHECKING:
    from talentmap.answers.desk import Desk

DIMENSIONS = tuple(dims[0] for dims in WANTED_DIMS)
_MOST = 6  # codes listed per dimension


@dataclass(frozen=True)
class Wanted:
    """A code an enterprise has openings for, and how long they have been open (days, median)."""

    code: str
    openings: float
    before: float | None
    days: float | None


def enterprise_card(
    desk: Desk, question: Question, viewer: Viewer, language: str
) -> dict[str, Any]:
    """Return what the card of the question's enterprise says; see docs/api.md.

    Raises UserError where the place is no enterprise, NotAllowed for a tier without enterprises.
    """
    kind, code = question.place_parts()
    if kind != "enterprise":
        raise UserError("place: name an enterprise, enterprise:CODE")
    if "enterprise" not in viewer.rules.levels:
        raise NotAllowed(f"level enterprise is not open to the {viewer.tier} tier")
    index, month = desk.names.find("enterprise", code), desk.month_of(question)
    firm = about(desk.release, index, language)
    lists = {name: wanted(desk.release, viewer.tier, index, name, month) for name in DIMENSIONS}
    rows = {
        name: [_described(desk, viewer, firm, name, one, month, language) for one in found]
        for name, (found, _) in lists.items()
    }
    edges = pairwise(BANDS_KM)
    return {
        "enterprise": firm,
        "headcount": _single(desk.ask(_of_firm(question, "supply"), viewer, language)),
        "wanted": rows,
        "unspecified": {name: rest for name, (_, rest) in lists.items()},
        "bands": [f"{a}–{b}" for a, b in edges],
    }


def _described(
    desk: Desk,
    viewer: Viewer,
    firm: dict[str, Any],
    dimension: str,
    one: Wanted,
    month: int,
    language: str,
) -> dict[str, Any]:
    """Return a wanted code with who lives within reach and how scarce it is in the city."""
    found = {**asdict(one), "id": one.code}
    del found["code"]
    found["name"] = code_table(dimension).name(one.code, language, short=True)
    reach: dict[str, Any] = {"persons": None, "hidden": 0}
    if firm["lon"] is not None and firm["lat"] is not None:
        bands, hidden = within_reach(
            desk.release, viewer.tier, firm["lon"], firm["lat"], dimension, one.code, month
        )
        reach = {"persons": [round(p) for p in bands.tolist()], "hidden": hidden}
    asked = Question("scarcity", month=months.to_text(month)).but(**{dimension: one.code})
    return {**found, "reach": reach, "scarcity": _single(desk.ask(asked, viewer, language))}


def _single(answer: Answer) -> dict[str, Any]:
    row = answer.table.to_pylist()[0]
    return {name: row[name] for name in ("value", "low", "high", "status")}


def _of_firm(question: Question, metric: str) -> Question:
    return question.but(
        metric=metric, at="work", level="enterprise", versus="", chain="", reach="",
        **dict.fromkeys(FILTERS, ""),
    )  # fmt: skip


def openings_of(question: Question) -> Question:
    """Return the question of an enterprise's own openings, whole."""
    return _of_firm(question, "demand").but(versus=question.versus)


def about(release: Release, index: int, language: str) -> dict[str, Any]:
    """Return what an enterprise is: code, name, industry, scale, key, district, park, lon, lat.

    Codes with their names; null where the files did not say.
    """
    row = release.table("enterprises").slice(index, 1).to_pylist()[0]
    places = release.info.places
    found: dict[str, Any] = {name: row[name] for name in ("code", "name", "lon", "lat")}
    found["key"] = bool(row["key"])
    for kind in ("district", "park"):
        at = row[kind]
        listed = places.get(kind, ())
        known = at is not None and 0 <= at < len(listed)
        found[kind] = _coded(listed[at].code, listed[at].name.in_(language)) if known else None
    for name in ("industry", "scale"):
        code = row[name]
        found[name] = _coded(code, code_table(name).name(code, language)) if code else None
    return found


def wanted(
    release: Release, tier: str, index: int, dimension: str, month: int
) -> tuple[list[Wanted], float]:
    """Return the codes with most openings in a month, and the openings that name none.

    Raises NotPublished where the release does not hold the month by enterprise and code.
    """
    counts = held(release, tier, Node("posts", "enterprise", (dimension,), ""), month)
    column = counts.months.index(month)
    rows = np.flatnonzero(counts.ids == index)
    values, codes = counts.measures["openings"][rows], counts.dims[dimension][rows]
    now = values[:, column]
    days = _open_days(release, tier, index, dimension, month)
    book = release.codebooks[dimension].fine
    order = [i for i in np.argsort(-now, kind="stable") if now[i] > 0 and codes[i] > 0]
    then = _year_before(counts, column)
    found = [
        Wanted(
            book[codes[i] - 1],
            float(now[i]),
            None if then is None else float(values[i, then]),
            days.get(int(codes[i])),
        )
        for i in order[:_MOST]
    ]
    return found, float(now[codes == 0].sum())


def _open_days(
    release: Release, tier: str, index: int, dimension: str, month: int
) -> dict[int, float]:
    counts = held(release, tier, Node("market", "enterprise", (dimension,), ""), month)
    rows = np.flatnonzero(counts.ids == index)
    days = counts.measures["open_days"][rows, counts.months.index(month)]
    codes = counts.dims[dimension][rows]
    return {int(c): float(d) for c, d in zip(codes, days, strict=True) if d > 0}


def _year_before(counts: Counts, column: int) -> int | None:
    month = counts.months[column] - 12
    return counts.months.index(month) if month in counts.months else None


def _coded(code: str, name: str) -> dict[str, str]:
    return {"id": code, "name": name}
