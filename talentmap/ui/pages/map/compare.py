"""Two months on one map: as a difference, or side by side. The address says which (`compare`)."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from talentmap.analysis.change import LEAST_BASE, SCALES
from talentmap.model import months
from talentmap.model.errors import NotPublished, UserError
from talentmap.model.question import Question
from talentmap.model.words import Words
from talentmap.ui.components.basics import attrs, current, go, icon
from talentmap.ui.draw.facts import only_row
from talentmap.ui.draw.numbers import change, figure, status_words
from talentmap.ui.layers import PLACES_SHAPE, published
from talentmap.ui.sentence import versus_words
from talentmap.ui.visit import Visit, place_level

WAYS = ("diff", "side")

_WAY = {
    "": Words("单图", "One map"),
    "diff": Words("差异", "Change"),
    "side": Words("并排", "Two maps"),
}
_WHY = {
    "": Words("只看这个月", "This month only"),
    "diff": Words("图上显示两个月之间的变化", "The map shows the change between the two months"),
    "side": Words("左边是对比月，右边是这个月", "The other month left, this month right"),
}
_COMPARE = Words("对比方式", "How to compare")
_START = Words("对比{when}", "Compare with {when}")
_YEAR = Words("上年同月", "a year before")
_MONTH = Words("上月", "the month before")
_STOP = Words("不再对比", "Stop comparing")
_TITLE = Words("{metric}较{month}变化", "{metric}: change since {month}")
_ENDS = (Words("下降", "Fell"), Words("基本不变", "About the same"), Words("上升", "Rose"))
_MINUS = Words("本月 − 对比月", "this month − the other")
_HOW = {
    "percent": Words("对比月不足 {least} 的不计", "from {least} in the other month"),
    "times": Words("本月 ÷ 对比月", "this month ÷ the other"),
    "points": _MINUS,
    "km_change": _MINUS,
    "score_change": _MINUS,
}
_UNIT = {
    "percent": Words("", ""),
    "times": Words("倍", "×"),
    "points": Words("个百分点", "pts"),
    "km_change": Words("公里", "km"),
    "score_change": Words("", ""),
}
_LITTLE = Words("基数不足", "Too small a base")
_NOT_THEN = Words("不能对比", "Cannot be compared")
_NOT_THEN_WHY = Words(
    "{month}没有公布这些条件的数字，图上只有{now}。",
    "These conditions are not published for {month}: the map shows {now} only.",
)


def way_of(visit: Visit) -> str:
    """Return how the visit compares: diff, side, or '' for one month alone."""
    way = visit.choices.get("compare", "")
    told = visit.metric.shape == PLACES_SHAPE and visit.metric.kind in SCALES
    return way if way in WAYS and visit.question.versus and told else ""


def compared(visit: Visit, spec: dict[str, Any], shown: Question) -> dict[str, Any]:
    """Return a map spec with the month to compare with and how; `shown` is what colours the map.

    Where the other month is not published the map stays with its own month and says so.
    """
    versus = visit.question.versus
    names = [months.to_words(m, visit.language) for m in (visit.month, *_index(versus))]
    told = {**spec, "versus": versus, "compare": "", "months": names}
    way = way_of(visit)
    if not way:
        return told
    try:
        offered = _published_then(visit, spec, shown.but(month=versus))
    except NotPublished:
        why = visit.say(_NOT_THEN_WHY, month=names[1], now=names[0])
        return {**told, "instead": {"title": visit.say(_NOT_THEN), "text": why}}
    told = {**told, "compare": way, "resolutions": offered}
    return _as_change(visit, told) if way == "diff" else {**told, "chip_then": _then(visit, spec)}


def compare_controls(visit: Visit) -> Component | None:
    """Return the switch between one map, the difference and two maps; else the way to begin.

    None where no month is there to compare with or the metric has no change.
    """
    if visit.metric.shape != PLACES_SHAPE or visit.metric.kind not in SCALES:
        return None
    if not visit.question.versus:
        return _start(visit)
    now = way_of(visit)
    links = [
        go(
            visit.say(_WAY[way]),
            visit.href(compare=way),
            "segment",
            title=visit.say(_WHY[way]),
            **current(way == now),
        )
        for way in ("", *WAYS)
    ]
    stop = visit.say(_STOP)
    close = go(
        icon("x", 14), visit.href(versus="", compare=""), "stop-compare", title=stop,
        **attrs(aria_label=stop),
    )  # fmt: skip
    segments = html.Nav(links, className="segments", **attrs(aria_label=visit.say(_COMPARE)))
    return html.Div([segments, close], className="time-compare")


def _start(visit: Visit) -> Component | None:
    for apart, words in ((12, _YEAR), (1, _MONTH)):
        if visit.month - apart in visit.info.months:
            label = visit.say(_START, when=visit.say(words))
            href = visit.href(versus=months.to_text(visit.month - apart), compare="diff")
            return html.Div(go(label, href, "button compact"), className="time-compare")
    return None


def _index(month: str) -> list[int]:
    return [months.to_index(month)] if month else []


def _published_then(visit: Visit, spec: dict[str, Any], then: Question) -> list[int]:
    """Return the resolutions published for both months; raise NotPublished where there is none."""
    if spec["level"] == "cell":
        return published(visit, then, spec["resolutions"])
    visit.desk.ask(then.but(level=spec["level"], place="", versus=""), visit.viewer, visit.language)
    return list(spec["resolutions"])


def _as_change(visit: Visit, spec: dict[str, Any]) -> dict[str, Any]:
    """Return the spec of the difference map: its own legend, one scale, the query of both."""
    scale = SCALES[visit.metric.kind]
    metric = visit.say_plain(visit.metric.name)
    how = visit.say(_HOW[scale.kind], least=f"{LEAST_BASE:g}")
    zh = visit.language == "zh"  # in English the words for it are longer than the legend
    month = versus_words(visit, visit.question.versus) if zh else spec["months"][1]
    layer = {
        **spec["layer"],
        "palette": "scarcity",
        "title": visit.say(_TITLE, metric=metric, month=month),
        "unit": visit.say(_UNIT[scale.kind]),
        "how": how,
        "ends": [visit.say(words) for words in _ENDS],
        "breaks": list(scale.edges),
    }
    words = {**spec["words"]}
    if scale.kind == "percent":
        words["insufficient"] = visit.say(_LITTLE)
    query = f"{spec['query']}&versus={visit.question.versus}"
    return {**spec, "layer": layer, "words": words, "query": query, "chip": _chip(visit, spec)}


def _then(visit: Visit, spec: dict[str, Any]) -> str:
    """Return the value the selected place had in the other month, for the chip of its map."""
    if not spec.get("chip"):
        return ""
    try:
        level = place_level(visit.question.place)
        row = only_row(visit.ask(level=level, month=visit.question.versus))
    except UserError:
        return ""  # the panel says why there is no value
    if not row.ok:
        return status_words(row.status, visit.language)
    return str(figure(row.number, visit.metric.kind, visit.language))


def _chip(visit: Visit, spec: dict[str, Any]) -> dict[str, str] | None:
    """Return the chip of the selected place with its change instead of its value."""
    if not spec.get("chip"):
        return None
    try:
        level = place_level(visit.question.place)
        now = only_row(visit.ask(level=level))
        then = only_row(visit.ask(level=level, month=visit.question.versus))
    except UserError:
        return {**spec["chip"], "text": ""}  # the panel says why there is no value
    if not (now.ok and then.ok):
        absent = now if not now.ok else then
        return {**spec["chip"], "text": status_words(absent.status, visit.language)}
    metric = visit.metric
    moved = change(now.number, then.number, metric.kind, metric.worse, visit.language)
    return {**spec["chip"], "text": f"{moved.mark} {moved.words}".strip() if moved else ""}
