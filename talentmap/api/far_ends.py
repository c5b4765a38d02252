"""The other ends of a place's commute: a number a hexagon, the strongest pairs of the city."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from talentmap.answers.desk import Desk
from talentmap.answers.viewer import Viewer
from talentmap.api.encode import Scale, count_breaks, encode
from talentmap.api.words import number
from talentmap.model.answer import STATUSES
from talentmap.model.cells import from_hex
from talentmap.model.metric import S_OK, Floats, Values
from talentmap.model.question import CELL_LEVELS, Question

_SAMPLED = 600  # people looked at to find the edges
_CELL = {"zh": "网格", "en": "Hexagon"}


def has_ends(desk: Desk, question: Question) -> bool:
    """Tell whether a question is one of flows, whose hexagons are where the other ends are."""
    metric = desk.metrics.get(question.metric)
    return metric is not None and metric.compute is None


def coded(
    desk: Desk, question: Question, viewer: Viewer
) -> tuple[npt.NDArray[np.uint16], Scale, list[float]]:
    """Return one code a cell, their scale and class edges: who of the place has an end there.

    `question` has a cell level and a place. Cells without anybody are land.
    """
    table = desk.destinations(question.but(versus=""), viewer).table
    ids = desk.names.cells(CELL_LEVELS[question.level])["id"].to_numpy()
    ends = table["id"].to_pylist()
    named = np.array([from_hex(e) if e.startswith("8") else 0 for e in ends], dtype=np.int64)
    at = np.searchsorted(ids, named)
    placed = (at < len(ids)) & (ids[np.minimum(at, len(ids) - 1)] == named)
    found = Values(np.zeros(len(ids)), np.zeros(len(ids), dtype=np.uint8))
    value = table["value"].to_numpy(zero_copy_only=False)
    states = np.array([STATUSES.index(s) for s in table["status"].to_pylist()], dtype=np.uint8)
    found.value[at[placed]] = np.nan_to_num(value[placed])
    found.status[at[placed]] = states[placed]
    nothing = np.ones(len(ids), dtype=np.bool_)
    nothing[at[placed]] = False
    codes, scale = encode(found, nothing, np.zeros(len(ids), dtype=np.bool_))
    return codes, scale, _breaks(value[placed][states[placed] == S_OK])


def _breaks(persons: Floats) -> list[float]:
    """Return class edges that part the people, not the hexagons, into equal shares.

    Most hexagons hold one or two of a place's people; by hexagons half of the city is in the top
    class.
    """
    ordered = np.sort(persons[persons > 0])
    if len(ordered) == 0:
        return []
    held = np.cumsum(ordered)
    each = np.searchsorted(held, np.linspace(0, held[-1], _SAMPLED))
    shown = ordered[np.minimum(each, len(ordered) - 1)]
    edges = count_breaks(Values(shown, np.zeros(len(shown), dtype=np.uint8)))
    return [edge for edge in edges if ordered[0] < edge <= ordered[-1]]


def hover(desk: Desk, question: Question, viewer: Viewer, language: str) -> dict[str, Any]:
    """Return the card of a hexagon under flows: its name; the map knows its number."""
    asked = Question("supply", question.at, question.level, place=question.place)
    row = desk.ask(asked, viewer, language).table.to_pylist()[0]
    name = row["name"]
    title = f"{_CELL[language]} · {name}" if question.level in CELL_LEVELS else name
    return {"title": title, "status": "ok", "value": None, "text": "", "unit": "",
            "interval": "", "rows": []}  # fmt: skip


def links(
    desk: Desk, question: Question, viewer: Viewer, limit: int, language: str
) -> dict[str, Any]:
    """Return the strongest flows between districts, each with its own two ends."""
    asked = question.but(metric="commute_od", level="district", place="", versus="")
    places = {p.code: p for p in desk.info.places.get("district", ())}
    arcs, hidden = [], 0
    for row in desk.ask(asked, viewer, language).table.to_pylist():
        home, work = (places.get(code) for code in row["id"].split(">"))
        if home is None or work is None or home is work:
            continue
        if row["status"] != "ok":
            hidden += 1
            continue
        arcs.append(
            {
                "id": row["id"],
                "name": "",
                "title": row["name"],
                "lon": home.lon,
                "lat": home.lat,
                "to": [work.lon, work.lat],
                "persons": row["value"],
                "text": number(row["value"], "count", language),
            }
        )
    return {"anchor": None, "arcs": arcs[:limit], "hidden": hidden, "outside": 0.0}
