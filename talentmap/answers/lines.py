"""Candidate lines in plain objects: stops with names, people, length, time, what is saved."""

from __future__ import annotations

from typing import Any

import numpy as np
from h3ronpy.vector import coordinates_to_cells

from talentmap.analysis.shuttle import Line, candidate_lines, clusters, plane
from talentmap.answers.assumed import Assumed
from talentmap.answers.homes import Homes, Point
from talentmap.answers.placed import Ids, Placed
from talentmap.answers.travel import Travel
from talentmap.model.cells import BASE_RESOLUTION
from talentmap.model.words import Words

_LINE = Words("{first}—{last}", "{first} – {last}")


def lines_of(
    p: Placed, homes: Homes, assumed: Assumed, travel: Travel | None, title: str
) -> list[dict[str, Any]]:
    """Return the lines to a place called `title`, most riders first, without ids.

    km and minutes are for one way; minutes are null unless every leg is in the travel table.
    """
    at = np.flatnonzero(homes.far)
    if not len(at):
        return []
    km = plane(homes.lon[at], homes.lat[at], homes.to)
    persons = homes.persons[at]
    label = clusters(km, persons, assumed.rules.walk_km)
    found = candidate_lines(km, persons, assumed.rules)
    return [_plain(p, homes, at, line, label, assumed, travel, title) for line in found]


def clusters_of(p: Placed, homes: Homes, assumed: Assumed) -> list[dict[str, Any]]:
    """Return the clusters of homes far from rail, largest first: middle, persons, cells, name."""
    at = np.flatnonzero(homes.far)
    if not len(at):
        return []
    km = plane(homes.lon[at], homes.lat[at], homes.to)
    label = clusters(km, homes.persons[at], assumed.rules.walk_km)
    return [_cluster(p, homes, at[label == k]) for k in range(int(label.max()) + 1)]


def _cluster(p: Placed, homes: Homes, cells: Ids) -> dict[str, Any]:
    weight = homes.persons[cells]
    largest = homes.ids[cells[[int(np.argmax(weight))]]]
    return {
        "lon": round(float(np.average(homes.lon[cells], weights=weight)), 5),
        "lat": round(float(np.average(homes.lat[cells], weights=weight)), 5),
        "persons": float(weight.sum()),
        "cells": len(cells),
        "name": p.desk.names.names(homes.level, largest, p.language)[0],
    }


def _plain(
    p: Placed, homes: Homes, at: Ids, line: Line, label: Ids, assumed: Assumed,
    travel: Travel | None, title: str,
) -> dict[str, Any]:  # fmt: skip
    cells = at[line.stops]
    plain = p.desk.names.names(homes.level, homes.ids[cells], p.language)
    names = _told_apart(plain)
    points = [(float(homes.lon[i]), float(homes.lat[i])) for i in cells]
    km, minutes = _length(line, [*points, homes.to], homes.ids[cells], assumed.detour, travel)
    served, riders = line.served, line.served * assumed.share
    saved = float((line.persons * line.way_km).sum()) * assumed.share * assumed.detour
    stops = [
        {"lon": round(lon, 5), "lat": round(lat, 5), "name": name, "persons": float(n)}
        for (lon, lat), name, n in zip(points, names, line.persons, strict=True)
    ]
    last = {"lon": round(homes.to[0], 5), "lat": round(homes.to[1], 5), "name": title}
    touched = {int(k) for k in label[line.stops] if k >= 0}
    return {
        "id": "",
        "name": p.say(_LINE, first=plain[0], last=title),
        "served": served,
        "riders": round(riders, 1),
        "share": assumed.share,
        "km": round(km, 2),
        "stops": [*stops, {**last, "persons": 0.0}],
        "person_km_saved": round(saved, 1),
        "clusters": [_cluster(p, homes, at[label == k]) for k in sorted(touched)],
        "minutes": None if minutes is None else round(minutes, 1),
    }


def _told_apart(names: list[str]) -> list[str]:
    """Number the names that stand more than once."""
    seen: dict[str, int] = {}
    told = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        told.append(f"{name} {seen[name]}" if names.count(name) > 1 else name)
    return told


def _length(
    line: Line, points: list[Point], cells: Ids, detour: float, travel: Travel | None
) -> tuple[float, float | None]:
    """Return km and minutes of a line, leg by leg from the table where it has the leg."""
    if travel is None:
        return line.km, None
    lon, lat = points[-1]
    last = np.array(coordinates_to_cells([lat], [lon], BASE_RESOLUTION)).astype(np.int64)
    ends = [*cells.tolist(), int(last[0])]
    at = np.array(points)
    flat = plane(at[:, 0], at[:, 1], points[-1])
    straight = np.hypot(*np.diff(flat, axis=0).T) * detour
    km, minutes, whole = 0.0, 0.0, True
    for i, length in enumerate(straight.tolist()):
        leg = travel.leg(ends[i], ends[i + 1])
        km += length if leg is None or np.isnan(leg[1]) else leg[1]
        minutes += leg[0] if leg is not None else 0.0
        whole &= leg is not None
    return km, minutes if whole else None
