"""Shuttle suggestions (接驳): lines for those of a park or drawn area whom rail does not reach."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from talentmap.answers.assumed import Assumed
from talentmap.answers.distances import ways_of
from talentmap.answers.homes import Homes, home_level, homes_of, stations
from talentmap.answers.inout import dominance
from talentmap.answers.lines import clusters_of, lines_of
from talentmap.answers.placed import Placed, Told, placed
from talentmap.answers.rows import table_of
from talentmap.answers.travel import FILE, Travel, read_travel
from talentmap.cube.trips import RAIL_NEITHER, RAIL_WORK, WALK_KM
from talentmap.cube.ways import RAIL
from talentmap.model.errors import UserError
from talentmap.model.metric import S_OK, Values
from talentmap.model.words import Words

_UNIT = Words("人", "persons")
_FORMULA = Words(
    "站点步行范围内、居住地远离车站的在职者 × 假定乘坐比例",
    "working people near a stop whose homes are far from rail × the share assumed to ride",
)
_RANKED = Words(
    "居住地远离车站的在职者人数；本身远离车站的园区排在前面",
    "working people whose homes are far from rail; parks that are far from it too come first",
)
_NO_STATIONS = Words(
    "数据中没有车站：所有居住地都按远离轨道计",
    "No stations are known: every home counts as far from rail",
)
_HIDDEN = Words(
    "另有 {n} 个居住网格因人数过少未公布，未计入",
    "{n} home hexagons are hidden for their size and left out",
)
_OUTSIDE = Words(
    "另有 {n} 人住在市外，不在线路之内", "{n} people live outside the city and are on no line"
)
_NOBODY = Words(
    "居住地过于分散或都靠近车站，没有值得设站的线路",
    "Homes are too scattered, or near a station: no stop would be worth its halt",
)


def shuttles(p: Placed, assumed: Assumed) -> Told:
    """Rows `L1`…: expected riders of candidate lines to the place; without one, rows of parks.

    `extra` has the lines with their stops, the clusters of homes and what is assumed. Raises
    NotAllowed for a tier that sees no hexagons fine enough to walk across, UserError for a place no
    line can go to or a travel table that cannot be read.
    """
    level, travel = home_level(p), _travel(p, assumed)
    asked = p.question.but(at="work", level="city")
    p = placed(p.desk, asked, p.viewer, p.language)
    if not asked.place:
        return _ranking(p, level, assumed, travel)
    if p.level != "park" and not p.area:
        raise UserError("place: a shuttle line goes to a park or a drawn area; name one")
    if p.level == "district":
        raise UserError("place: districts are too large for one line; name a park or draw an area")
    homes = homes_of(p, level, assumed.rules.walk_km)
    lines = lines_of(p, homes, assumed, travel, _title(p))
    for i, line in enumerate(lines, start=1):
        line["id"] = f"L{i}"
    riders, served = (
        np.array([line[key] for line in lines], dtype=np.float64) for key in ("riders", "served")
    )
    values = Values(riders, np.full(len(lines), S_OK, dtype=np.uint8), n=served)
    table = table_of([line["id"] for line in lines], [line["name"] for line in lines], values)
    extra = {"lines": lines, "clusters": clusters_of(p, homes, assumed)}
    extra |= {**_described(homes, assumed), **_said(p, assumed, travel)}
    notes = [*_notes(p, homes), *([] if lines else [p.say(_NOBODY)]), *dominance(p)]
    return Told(table, notes, extra, unit=_UNIT, formula=_FORMULA)


def _ranking(p: Placed, level: str, assumed: Assumed, travel: Travel | None) -> Told:
    """Rank the parks: those far from rail first, by how many of their people rail cannot reach."""
    found = []
    for park in p.release.info.places.get("park", ()):
        own = placed(p.desk, p.question.but(place=f"park:{park.code}"), p.viewer, p.language)
        homes = homes_of(own, level, assumed.rules.walk_km)
        name = park.name.in_(p.language)
        about = {"id": park.code, "name": name, **_described(homes, assumed)}
        about |= _as_built(own, assumed)
        best = lines_of(own, homes, replace(assumed, lines=1), travel, name)
        found.append((about, [{**line, "id": park.code, "park": park.code} for line in best]))
    found.sort(key=lambda row: (not row[0]["far_from_rail"], -row[0]["unserved"], row[0]["id"]))
    parks = [about for about, _ in found]
    unserved, workers = (
        np.array([about[key] for about in parks], dtype=np.float64)
        for key in ("unserved", "workers")
    )
    values = Values(unserved, np.full(len(parks), S_OK, dtype=np.uint8), n=workers)
    table = table_of([a["id"] for a in parks], [a["name"] for a in parks], values)
    extra: dict[str, Any] = {"lines": [line for _, best in found for line in best], "parks": parks}
    notes = [] if len(stations(p)) else [p.say(_NO_STATIONS)]
    return Told(table, notes, extra | _said(p, assumed, travel), unit=_UNIT, formula=_RANKED)


def _as_built(p: Placed, assumed: Assumed) -> dict[str, float]:
    """Return a park's workers, and those living beyond a walk from rail, as counted at build.

    There no small flow is missing; {} where the walk is another one, or the numbers are hidden.
    """
    if assumed.walk_m != WALK_KM * 1000:
        return {}
    far, status = ways_of(p, p.level, p.ids, together=True).of(
        RAIL + RAIL_WORK, RAIL + RAIL_NEITHER
    )
    jobs = p.view().commute("jobs")
    if status[0] != S_OK or jobs.status[0] != S_OK or far[0] <= 0:
        return {}
    return {"unserved": float(far[0]), "workers": float(jobs.value[0])}


def _described(homes: Homes, assumed: Assumed) -> dict[str, Any]:
    near = np.isfinite(homes.rail_km)
    return {
        "workers": homes.workers,
        "unserved": homes.unserved,
        "outside": homes.outside,
        "rail_km": round(homes.rail_km, 2) if near else None,
        "far_from_rail": bool(homes.rail_km > assumed.rules.walk_km),
    }


def _said(p: Placed, assumed: Assumed, travel: Travel | None) -> dict[str, Any]:
    return {
        "assumptions": assumed.said(p.language, travel.name if travel else ""),
        "walk_m": assumed.walk_m,
        "detour": assumed.detour,
    }


def _notes(p: Placed, homes: Homes) -> list[str]:
    notes = [] if len(stations(p)) else [p.say(_NO_STATIONS)]
    notes += [p.say(_HIDDEN, n=homes.hidden)] if homes.hidden else []
    return notes + ([p.say(_OUTSIDE, n=f"{homes.outside:,.0f}")] if homes.outside else [])


def _title(p: Placed) -> str:
    if p.area is not None:
        return p.area.name(p.language)
    return p.desk.names.names(p.level, p.ids, p.language)[0]


def _travel(p: Placed, assumed: Assumed) -> Travel | None:
    """Return the table asked for, else the workspace's own, else None."""
    file = assumed.travel or p.release.folder.parent.parent / FILE
    if assumed.travel is None and not file.exists():
        return None
    changed = file.stat().st_mtime_ns if file.exists() else 0
    return _read(file, changed)


@lru_cache(maxsize=2)
def _read(file: Path, _changed: int) -> Travel:
    """Read a table once as long as it is not changed."""
    return read_travel(file)
