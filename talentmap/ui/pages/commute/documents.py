"""What the page 职住 gives away beside its table: matrix, distances, measures, a line."""

from __future__ import annotations

import json
from typing import Any

from talentmap.model.answer import Answer
from talentmap.model.errors import UserError
from talentmap.ui import text
from talentmap.ui.draw.facts import rows_of
from talentmap.ui.draw.rose import DIRECTIONS
from talentmap.ui.draw.shuttle import Line, geojson
from talentmap.ui.pages.commute import asking, words
from talentmap.ui.sheet import Sheet
from talentmap.ui.visit import Visit

_COLUMNS = ("id", "name", "value", "n", "status")


def matrix_sheet(visit: Visit) -> Sheet:
    """Return the matrix: a row a home, a column a workplace; a hidden number is its state."""
    answer = asking.matrix_answer(visit, asking.matrix_level(visit))
    matrix = answer.extra["matrix"]
    heads = ["home", "home_name", *(f"{c} {n}" for c, n in _ends(matrix))]
    lines = [
        [code, name, *(_cell(v, s) for v, s in zip(values, states, strict=True))]
        for (code, name), values, states in zip(
            _ends(matrix), matrix["persons"], matrix["status"], strict=True
        )
    ]
    return Sheet(answer, tuple(heads), lines)


def _ends(matrix: dict[str, Any]) -> list[tuple[str, str]]:
    return list(zip(matrix["codes"], matrix["names"], strict=True))


def _cell(value: float | None, status: str) -> float | str | None:
    return value if status == "ok" else status


def rose_sheet(visit: Visit) -> Sheet:
    """Return persons by distance band (km) and direction, one row each, and who is in neither."""
    answer = asking.distances_answer(visit)
    lines: list[list[Any]] = []
    for row in rows_of(answer):
        band, _, direction = row.id.rpartition("-")
        ends = [band, direction] if direction in DIRECTIONS else [row.id, ""]
        lines.append([*ends, row.value, row.status])
    return Sheet(answer, ("band_km", "direction", "persons", "status"), lines)


def inout_sheet(visit: Visit) -> Sheet:
    """Return who comes in, goes out, lives and works in the place, one row each."""
    answer = asking.flows_answer(visit)
    return Sheet(answer, _COLUMNS, _lines(answer))


def ends_sheet(visit: Visit) -> Sheet:
    """Return the other ends of the place at the level shown; without a place every pair."""
    level = asking.ends_level(visit)
    answer = (
        asking.ends_answer(visit, level)
        if visit.question.place
        else asking.matrix_answer(visit, level)
    )
    return Sheet(answer, _COLUMNS, _lines(answer))


def measures_sheet(visit: Visit) -> Sheet:
    """Return the measures, one row each."""
    answer = asking.measures_answer(visit)
    return Sheet(answer, _COLUMNS, _lines(answer))


def _lines(answer: Answer) -> list[list[Any]]:
    return [[row[c] for c in _COLUMNS] for row in answer.table.to_pylist()]


def line_named(visit: Visit) -> tuple[Line, asking.Suggestion]:
    """Return the line of the address and what it comes from; UserError where there is none."""
    if not asking.has_lines(visit):
        raise UserError("place: a shuttle line is made for a park or a drawn area; name one")
    found = asking.shuttles(visit)
    line = asking.chosen_line(visit, found)
    if line is None:
        raise UserError("line: no shuttle line can be suggested here")
    named = visit.choices.get("line", "")
    if named and named != line.id:
        raise UserError(f"line: {named!r} is not one of {', '.join(x.id for x in found.lines)}")
    return line, found


def line_file(visit: Visit) -> str:
    """Return the chosen line as GeoJSON with its source, month, release and mark."""
    line, found = line_named(visit)
    about = {"name": line.name, "talentmap": _about(visit, found.answer, found.assumptions)}
    return json.dumps(geojson(line, about), ensure_ascii=False)


def _about(visit: Visit, answer: Answer, assumptions: list[str]) -> dict[str, Any]:
    mark = visit.say(text.SYNTHETIC) if answer.synthetic else ""
    return {
        "mark": mark,
        "month": answer.month,
        "release": answer.release,
        "source": answer.source,
        "tier": visit.say(words.TIERS[answer.tier]),
        "assumptions": assumptions,
    }
