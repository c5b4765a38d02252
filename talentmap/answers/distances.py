"""How far and where to: the people of a place by distance band and direction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from talentmap.analysis.bearing import BANDS, TURNS, UNKNOWN, code_of, seen_from_work
from talentmap.answers.filters import accepted_rows, not_published
from talentmap.answers.flows import newest_only
from talentmap.answers.inout import dominance
from talentmap.answers.placed import Floats, Ids, Placed, Statuses, Told
from talentmap.answers.rows import table_of
from talentmap.cube.lattice import Node
from talentmap.cube.rollup import Counts
from talentmap.cube.ways import BAND, RAIL, TURN
from talentmap.model.answer import STATUSES
from talentmap.model.errors import NotPublished
from talentmap.model.metric import S_OK, S_SUPPRESSED, Values
from talentmap.model.words import Words
from talentmap.privacy.planes import Tier

BAND_NAMES = {
    "0-5": Words("5 公里以内", "under 5 km"),
    "5-10": Words("5–10 公里", "5–10 km"),
    "10-15": Words("10–15 公里", "10–15 km"),
    "15-20": Words("15–20 公里", "15–20 km"),
    "20-25": Words("20–25 公里", "20–25 km"),
    "25+": Words("25 公里以上", "25 km and more"),
}
TURN_NAMES = {
    "same": Words("住处即工作地", "at home"),
    "N": Words("北", "north"), "NE": Words("东北", "north-east"), "E": Words("东", "east"),
    "SE": Words("东南", "south-east"), "S": Words("南", "south"),
    "SW": Words("西南", "south-west"), "W": Words("西", "west"), "NW": Words("西北", "north-west"),
}  # fmt: skip
_UNKNOWN = Words("距离不明", "Distance not known")
_FORMULA = Words(
    "按每人居住地与工作地两点的直线距离分档，方位自{seen}看",
    "by the straight line between each person's own two points; directions as seen from {seen}",
)
_SEEN = {"work": Words("工作地", "work"), "home": Words("居住地", "home")}
_LOWER = Words(
    "有 {n} 个单元的部分人数已隐去，未计入", "{n} units have hidden numbers, which are left out"
)
_DIRECTIONS = TURNS[1:]


@dataclass(frozen=True)
class Ways:
    """The classes of a few ids: persons shown and how many numbers are hidden, one row an id."""

    ids: Ids
    codes: Ids
    persons: Floats
    hidden: Floats
    tier: Tier
    lenient: bool  # a sum leaves hidden parts out, as of a drawn area

    def of(self, *codes: int) -> tuple[Floats, Statuses]:
        """Return persons of some classes together and their status, per id."""
        columns = np.flatnonzero(np.isin(self.codes, codes))
        value = self.persons[:, columns].sum(axis=1)
        hidden = self.hidden[:, columns].sum(axis=1) > 0
        if self.lenient:
            hidden &= value == 0
        if not self.tier.zero_shows:
            hidden |= value == 0
        return value, np.where(hidden, S_SUPPRESSED, S_OK).astype(np.uint8)


def ways_of(p: Placed, level: str, ids: Ids, *, together: bool) -> Ways:
    """Return the classes of ids of a level; `together` adds all of them up to one row."""
    counts = _node(p, level)
    rows = np.isin(counts.ids, ids) & accepted_rows(counts.dims, p.accepted, len(counts.ids))
    persons = counts.measures["persons"][rows, 0]
    codes, column = np.unique(counts.dims["way"][rows].astype(np.int64), return_inverse=True)
    ids = np.unique(ids)
    line = np.zeros(len(column), dtype=np.int64)
    if not together:
        line = np.searchsorted(ids, counts.ids[rows])
    size = (1 if together else len(ids), max(len(codes), 1))
    at = line * size[1] + column
    shown = np.bincount(at, np.where(persons < 0, 0, persons), size[0] * size[1])
    hidden = np.bincount(at, persons < 0, size[0] * size[1])
    return Ways(
        ids, codes if len(codes) else np.array([-1]), shown.reshape(size).astype(np.float64),
        hidden.reshape(size).astype(np.float64), p.rules, together and len(ids) > 1,
    )  # fmt: skip


def distances(p: Placed) -> Told:
    """Rows `BAND-DIRECTION`, `same` (home and work are one point) and `unknown`: persons.

    `extra` has the bands and directions with their shares of those whose distance is known, how
    many these are (`measured`) and their mean way (`mean_km`, null where hidden).
    """
    ways = ways_of(p, p.level, p.ids, together=True)
    listed = [*_rows(p, ways), ("unknown", _UNKNOWN.in_(p.language), *_first(ways.of(UNKNOWN)))]
    ids, names, value, status = (list(column) for column in zip(*listed, strict=True))
    values = Values(np.array(value), np.array(status, dtype=np.uint8))
    mean, measured = _mean(p)
    extra = {
        "bands": _parts(p, ways, BAND_NAMES, {b: [BAND + i] for i, b in enumerate(BANDS)}),
        "directions": _parts(
            p, ways, {t: TURN_NAMES[t] for t in _DIRECTIONS},
            {t: [TURN + _seen(p, t)] for t in _DIRECTIONS},
        ),
        "mean_km": mean,
        "measured": measured,
        "seen_from": p.side,
    }  # fmt: skip
    units = _hidden_units(p) if ways.lenient else 0
    notes = [p.say(_LOWER, n=units)] if units else []
    formula = Words(*(w.format(seen=s) for w, s in zip(_FORMULA, _SEEN[p.side], strict=True)))
    table = table_of(ids, names, Values(values.value, values.status, n=values.value))
    return Told(table, [*notes, *dominance(p)], extra, formula=formula)


def _node(p: Placed, level: str) -> Counts:
    node = Node(f"ways_{p.side}", level, (*p.accepted, "way"), "")
    if p.month == p.release.info.month and p.release.has(p.viewer.tier, node.name):
        return p.release.counts(p.viewer.tier, node)
    if level == "enterprise" and p.side == "home":
        raise NotPublished("place: nobody lives in an enterprise; ask with at=work")
    if p.viewer.tier != "authorised":
        if p.month != p.release.info.month:
            raise newest_only("distances", p.release)
        raise not_published(("distance", *p.accepted), level)
    return p.release.base.ways(node, p.accepted, p.month)


def _seen(p: Placed, turn: str) -> int:
    """Return the direction seen from home of what lies that way from the place's side."""
    at = np.array([TURNS.index(turn)])
    return int(seen_from_work(at)[0]) if p.side == "work" else int(at[0])


def _rows(p: Placed, ways: Ways) -> list[tuple[str, str, float, int]]:
    found = []
    for i, band in enumerate(BANDS):
        for turn in _DIRECTIONS:
            code = int(code_of(np.array([i]), np.array([float(_seen(p, turn))]))[0])
            name = f"{BAND_NAMES[band].in_(p.language)} · {TURN_NAMES[turn].in_(p.language)}"
            found.append((f"{band}-{turn}", name, *_first(ways.of(code))))
    same = int(code_of(np.array([0]), np.array([0.0]))[0])
    return [*found, ("same", TURN_NAMES["same"].in_(p.language), *_first(ways.of(same)))]


def _first(found: tuple[Floats, Statuses]) -> tuple[float, int]:
    return float(found[0][0]), int(found[1][0])


def _parts(
    p: Placed, ways: Ways, names: dict[str, Words], codes: dict[str, list[int]]
) -> list[dict[str, Any]]:
    known, status = _first(ways.of(*(BAND + i for i in range(len(BANDS)))))
    found = []
    for id_, words in names.items():
        value, state = _first(ways.of(*codes[id_]))
        shown = state == S_OK
        share = value / known if shown and known > 0 and status == S_OK else None
        found.append(
            {
                "id": id_, "name": words.in_(p.language), "value": value if shown else None,
                "share": share, "status": STATUSES[state],
            }
        )  # fmt: skip
    return found


def _mean(p: Placed) -> tuple[float | None, float | None]:
    """Return the mean way in km of those whose way is known, and how many they are."""
    if p.level == "enterprise":
        return None, None
    km, measured = p.view().distance(p.side)
    if max(km.status[0], measured.status[0]) != S_OK or measured.value[0] <= 0:
        return None, None
    return float(km.value[0] / measured.value[0]), float(measured.value[0])


def _hidden_units(p: Placed) -> int:
    """Return how many ids of the place have a hidden number by band or direction."""
    each = ways_of(p, p.level, p.ids, together=False)
    return int((each.hidden[:, each.codes < RAIL] > 0).any(axis=1).sum())
