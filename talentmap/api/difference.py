"""The map of a change: numbers of two months as one number a place, for a question with `versus`.

Both ends are numbers the desk publishes to the viewer; what is absent at either end is absent.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from talentmap.analysis.change import SCALES, change, worse_of
from talentmap.answers.desk import Desk
from talentmap.answers.ids import Level
from talentmap.answers.viewer import Viewer
from talentmap.api.empty import nothing_there
from talentmap.api.encode import encode
from talentmap.api.words import STATUS_WORDS, change_text, number
from talentmap.model import months
from talentmap.model.answer import STATUSES
from talentmap.model.errors import NotPublished, UserError
from talentmap.model.metric import S_INSUFFICIENT, S_OK, Values
from talentmap.model.question import Question
from talentmap.model.words import Words

_SINCE = Words("较{month}", "since {month}")
_UNITS = {"points": Words("个百分点", "pts"), "km_change": Words("公里", "km")}


def changed(desk: Desk, question: Question, viewer: Viewer) -> tuple[Level, Values]:
    """Return the change of every place of the question's level since the month `versus`.

    Raises UserError where the metric has no value a place or a month is not in the release,
    NotPublished where the crossing is not published for one of the months.
    """
    metric = desk.metrics[question.metric]
    if metric.kind not in SCALES:
        raise UserError(f"versus: the change of {metric.id} cannot be told")
    level, now = desk.values(question, viewer)
    then = desk.values(question.but(month=question.versus), viewer)[1]
    status = worse_of(now.status, then.status)
    value, told = change(metric.kind, _known(now), _known(then))
    status = np.where((status == S_OK) & ~told, S_INSUFFICIENT, status).astype(np.uint8)
    return level, Values(value, status)


def encoded(
    desk: Desk, question: Question, viewer: Viewer
) -> tuple[npt.NDArray[np.uint16], dict[str, Any]]:
    """Return one code a cell and the header that explains them; land where both are empty."""
    level, values = changed(desk, question, viewer)
    placed = level.ids > 0
    empty = nothing_there(desk, question, viewer)
    empty &= nothing_there(desk, question.but(month=question.versus), viewer)
    shown = Values(values.value[placed], values.status[placed])
    codes, scale = encode(shown, empty[placed], np.zeros(int(placed.sum()), dtype=bool))
    told = SCALES[desk.metrics[question.metric].kind]
    head = {"scale": scale.kind, "a": scale.a, "b": scale.b, "kind": told.kind}
    return codes, {**head, "breaks": list(told.edges), "change": True}


def areas(desk: Desk, question: Question, viewer: Viewer, language: str) -> dict[str, Any]:
    """Return the change of every district or park, in the shape of `/api/areas`."""
    level, values = changed(desk, question, viewer)
    told = SCALES[desk.metrics[question.metric].kind]
    placed = np.flatnonzero(level.ids >= 0)
    names = desk.names.names(level.name, level.ids[placed], language)
    codes = desk.names.codes(level.name, level.ids[placed])
    rows = [
        {"id": code, "name": name, **_cell(values, at, told.kind, language)}
        for code, name, at in zip(codes, names, placed.tolist(), strict=True)
    ]
    return {"breaks": list(told.edges), "kind": told.kind, "change": True, "rows": rows}


def hover(desk: Desk, question: Question, viewer: Viewer, language: str) -> dict[str, Any]:
    """Return what a hover card adds for two months; empty where `versus` cannot be told.

    `{"change": {"value", "status", "text"}, "since": [label, text], "both": [[month, text] × 2]}`:
    the change as the map draws it, as one line beside a value, and the two values themselves.
    """
    metric = desk.metrics[question.metric]
    if not question.versus or metric.kind not in SCALES:
        return {}
    asked = question.but(versus="")
    asked_then = asked.but(month=question.versus)
    try:
        now, then = (
            desk.ask(one, viewer, language).table.to_pylist()[0] for one in (asked, asked_then)
        )
    except NotPublished:
        return {}
    kind = SCALES[metric.kind].kind
    values, at_now, at_then = _of_rows(metric.kind, now, then)
    month = months.to_words(months.to_index(question.versus), language)
    told = [(desk.month_of(asked), now), (desk.month_of(asked_then), then)]
    return {
        "change": _cell(values, 0, kind, language),
        "since": _since(kind, values, at_now - at_then, month, language),
        "both": [[months.to_words(m, language), _said(r, metric.kind, language)] for m, r in told],
    }


def _of_rows(kind: str, now: dict[str, Any], then: dict[str, Any]) -> tuple[Values, float, float]:
    ends = [_ends([row]) for row in (now, then)]
    status = worse_of(ends[0].status, ends[1].status)
    value, told = change(kind, ends[0].value, ends[1].value)
    status = np.where((status == S_OK) & ~told, S_INSUFFICIENT, status).astype(np.uint8)
    return Values(value, status), float(ends[0].value[0]), float(ends[1].value[0])


def _since(kind: str, values: Values, apart: float, month: str, language: str) -> list[str]:
    """Return one line of a card: an index is told by its difference, as beside every value."""
    label = _SINCE.in_(language).format(month=month)
    if values.status[0] != S_OK:
        return [label, STATUS_WORDS[STATUSES[int(values.status[0])]][language]]
    if kind == "times":
        return [label, change_text(apart, "score_change")]
    unit = _UNITS[kind].in_(language) if kind in _UNITS else ""
    return [label, f"{change_text(float(values.value[0]), kind)} {unit}".strip()]


def _said(row: dict[str, Any], kind: str, language: str) -> str:
    if row["status"] == "ok":
        return number(row["value"], kind, language)
    return STATUS_WORDS[row["status"]][language]


def _ends(rows: list[dict[str, Any]]) -> Values:
    value = np.array([np.nan if row["value"] is None else row["value"] for row in rows])
    status = np.array([STATUSES.index(row["status"]) for row in rows], dtype=np.uint8)
    return Values(value, status)


def _cell(values: Values, at: int, kind: str, language: str) -> dict[str, Any]:
    status = STATUSES[int(values.status[at])]
    if status != "ok":
        return {"value": None, "status": status, "text": STATUS_WORDS[status][language]}
    value = float(values.value[at])
    return {"value": value, "status": status, "text": change_text(value, kind)}


def _known(values: Values) -> npt.NDArray[np.float64]:
    return np.where(values.status == S_OK, values.value, np.nan)
