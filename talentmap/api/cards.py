"""What the map says about single places: hover card, enterprise points, flows."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from talentmap.answers.desk import Desk
from talentmap.answers.viewer import Viewer
from talentmap.api.far_ends import links
from talentmap.api.points import Window, clustered, clusters, inside
from talentmap.api.words import STATUS_WORDS, number, unit
from talentmap.model.cells import from_hex, resolution_of
from talentmap.model.codes import code_table
from talentmap.model.errors import NotAllowed, NotPublished, UserError
from talentmap.model.question import CELL_LEVELS, Question
from talentmap.model.words import Words

_RANK = Words("排名", "Rank")
_CELL = Words("网格", "Cell")
_INTERVAL = Words("区间", "interval")


def hover(desk: Desk, question: Question, viewer: Viewer, language: str) -> dict[str, Any]:
    """Return the card of one place: name, value with interval, openings and people, rank.

    A place seen on the map has a card even where its number is not published (`unpublished`).
    """
    if not question.place:
        raise UserError("place: the hover card needs one")
    row = _row_or_name(desk, question, viewer, language)
    metric = desk.metrics[question.metric]
    known = row["status"] == "ok"
    title = row["name"]
    if question.level in CELL_LEVELS:
        title = f"{_CELL.in_(language)} · {title}"
    rows = [*_both_sides(desk, question, viewer, language)]
    if known and row["value"]:  # the many places with nothing share no rank
        rows.append(_rank(desk, question, viewer, row["value"], language))
    return {
        "title": title,
        "status": row["status"],
        "value": row["value"],
        "text": number(row["value"], metric.kind, language)
        if known
        else STATUS_WORDS[row["status"]][language],
        "unit": unit(metric, language) if known else "",
        "interval": _interval(row, metric.kind, language),
        "rows": rows,
    }


def points(
    desk: Desk, question: Question, viewer: Viewer, window: Window, language: str
) -> dict[str, Any]:
    """Return the enterprises in a window, gathered or single, with their openings."""
    if "enterprise" not in viewer.rules.levels:
        return {"clusters": [], "points": []}
    table = desk.release.table("enterprises")
    lon, lat = (table[c].to_numpy(zero_copy_only=False) for c in ("lon", "lat"))
    chosen = _of_industry(desk, question)
    rows = inside(lon, lat, window)
    rows = rows[chosen[rows]]
    openings = _openings(desk, question, viewer)
    if clustered(rows, window):
        found = clusters(lon[rows], lat[rows], openings[rows], window.zoom)
        return {"clusters": found, "points": []}
    unit_word = desk.metrics["demand"].unit.in_(language)
    return {
        "clusters": [],
        "points": [
            {
                "id": row["code"],
                "name": row["name"],
                "lon": row["lon"],
                "lat": row["lat"],
                "key": bool(row["key"]),
                "openings": float(wanted),
                "text": f"{number(float(wanted), 'count', language)} {unit_word}",
            }
            for row, wanted in zip(table.take(rows).to_pylist(), openings[rows], strict=True)
        ],
    }


def arcs(
    desk: Desk, question: Question, viewer: Viewer, limit: int, language: str
) -> dict[str, Any]:
    """Return the strongest flows of a place: where its workers live, or its residents work.

    Without a place the strongest between districts.
    """
    kind, code = question.place_parts()
    if not kind:
        return links(desk, question, viewer, limit, language)
    level = f"cell{resolution_of(from_hex(code))}" if kind == "cell" else "cell7"
    asked = question.but(metric="commute_od", level=level, versus="")
    rows = desk.ask(asked, viewer, language).table.to_pylist()
    far = 0 if question.at == "work" else 1
    cells = desk.names.cells(CELL_LEVELS[level])
    at = {f"{i:x}": k for k, i in enumerate(cells["id"].to_pylist())}
    lon, lat = cells["lon"].to_numpy(), cells["lat"].to_numpy()
    found, outside, hidden = [], 0.0, 0
    for row in rows:
        end = row["id"].split(">")[far]
        if row["status"] != "ok":
            hidden += 1
        elif end == "outside":
            outside += row["value"]
        elif end in at and end != code:
            found.append((end, row))
    return {
        "anchor": _anchor(desk, question, viewer, language),
        "arcs": [
            {
                "id": end,
                "name": row["name"].split(" → ")[far],
                "lon": float(lon[at[end]]),
                "lat": float(lat[at[end]]),
                "persons": row["value"],
                "text": number(row["value"], "count", language),
            }
            for end, row in found[:limit]
        ],
        "hidden": hidden,
        "outside": outside,
    }


def _row_or_name(desk: Desk, question: Question, viewer: Viewer, language: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = desk.ask(question, viewer, language).table.to_pylist()[0]
    except NotPublished:
        at = desk.names.find(question.level, question.place_parts()[1])
        name = desk.names.names(question.level, np.array([at], dtype=np.int64), language)[0]
        return {"name": name, "value": None, "low": None, "high": None, "status": "unpublished"}
    return found


def _both_sides(desk: Desk, question: Question, viewer: Viewer, language: str) -> list[list[str]]:
    """Openings and people of the place, where the crossing is published."""
    lines = []
    for name in ("demand", "supply"):
        if name == question.metric:
            continue
        try:
            row = desk.ask(question.but(metric=name), viewer, language).table.to_pylist()[0]
        except (NotAllowed, NotPublished):
            continue
        metric = desk.metrics[name]
        shown = (
            f"{number(row['value'], metric.kind, language)} {metric.unit.in_(language)}"
            if row["status"] == "ok"
            else STATUS_WORDS[row["status"]][language]
        )
        lines.append([metric.name.in_(language), shown])
    return lines


def _rank(desk: Desk, question: Question, viewer: Viewer, value: float, language: str) -> list[str]:
    level, values = desk.values(question, viewer)
    shown = values.value[(values.status == 0) & (level.ids >= 0)]
    rank = int((shown > value).sum()) + 1
    text = f"第 {rank:,} / {len(shown):,}" if language == "zh" else f"{rank:,} of {len(shown):,}"
    return [_RANK.in_(language), text]


def _interval(row: dict[str, Any], kind: str, language: str) -> str:
    if row["low"] is None or row["high"] is None:
        return ""
    low, high = (number(row[end], kind, language) for end in ("low", "high"))
    return f"{_INTERVAL.in_(language)} {low}–{high}"


def _of_industry(desk: Desk, question: Question) -> npt.NDArray[np.bool_]:
    """Mark the enterprises of the question's industry; all where it names none."""
    industries = desk.release.table("enterprises")["industry"].to_pylist()
    if not question.industry:
        return np.ones(len(industries), dtype=bool)
    wanted = code_table("industry").below(question.industry)
    return np.array([code in wanted for code in industries], dtype=bool)


def _openings(desk: Desk, question: Question, viewer: Viewer) -> npt.NDArray[np.float64]:
    """Openings of every enterprise in the month, in the order of the enterprises."""
    asked = Question(metric="demand", level="enterprise", month=question.month)
    level, values = desk.values(asked, viewer)
    return np.where(values.status == 0, values.value, 0.0)[level.ids >= 0]


def _anchor(desk: Desk, question: Question, viewer: Viewer, language: str) -> dict[str, Any]:
    kind, code = question.place_parts()
    area = desk.area(question, viewer)
    if area is not None:
        west, south, east, north = area.bbox
        middle = {"lon": (west + east) / 2, "lat": (south + north) / 2}
        return {"id": code, "name": area.name(language), **middle}
    if kind == "cell":
        level = f"cell{resolution_of(from_hex(code))}"
        ids = np.array([int(code, 16)], dtype=np.int64)
        cells = desk.names.cells(CELL_LEVELS[level])
        row = int(np.searchsorted(cells["id"].to_numpy(), ids)[0])
        name = desk.names.names(level, ids, language)[0]
        return {
            "id": code,
            "name": name,
            "lon": cells["lon"][row].as_py(),
            "lat": cells["lat"][row].as_py(),
        }
    place = desk.info.place(kind, code)
    if place is None:
        raise UserError(f"place: no {kind} with the code {code!r}")
    return {"id": code, "name": place.name.in_(language), "lon": place.lon, "lat": place.lat}
