"""The strip under the headline: the city's numbers with the change in a year and in a month."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from dash import html
from dash.development.base_component import Component

from talentmap.model.answer import MISSING
from talentmap.model.errors import NotAllowed, NotPublished
from talentmap.ui import text
from talentmap.ui.components.basics import go
from talentmap.ui.components.states import absent
from talentmap.ui.draw.numbers import MINUS, Change, Figure, change, figure
from talentmap.ui.draw.scale import BALANCED
from talentmap.ui.pages.screen import asked, words
from talentmap.ui.visit import Visit

_APART = {"year": 12, "month": 1}
_MARKS = {"worse": "▲▼", "better": "△▽"}


@dataclass(frozen=True, slots=True)
class Reading:
    """A number of the strip in one month; `value` None where it has none, `status` says why."""

    value: float | None
    status: str = MISSING
    of: int = 0


@dataclass(frozen=True, slots=True)
class Kpi:
    """How one number is read, written, judged, and where a click leads.

    `kind` is as in numbers.figure, or `items` for a few things counted: their change is a
    difference, not per cent.
    """

    read: Callable[[Visit, str], Reading]
    kind: str
    worse: str
    unit: Callable[[Visit], str]
    href: Callable[[Visit], str]


def strip(visit: Visit, chosen: tuple[str, ...]) -> list[Component]:
    """Return the cells of the strip; a number that is not published there says so."""
    city = asked.city(visit)
    return [_cell(city, name) for name in chosen]


def read(visit: Visit, name: str, month: str = "") -> Reading:
    """Return one number of the strip for a month (the newest for none), from the desk."""
    try:
        return KPIS[name].read(asked.city(visit), month or visit.question.month)
    except (NotPublished, NotAllowed):
        return Reading(None)


def moved(now: float, then: float, kpi: Kpi, visit: Visit) -> tuple[str, str, str]:
    """Return (triangle, words, judgement) of a change; a neutral one has a sign and no triangle."""
    if kpi.kind == "items":
        step = round(now) - round(then)
        written = f"{abs(step):,} {kpi.unit(visit)}".strip()
        said = Change((step > 0) - (step < 0), written, _judged(step, kpi.worse))
    else:
        found = change(now, then, kpi.kind, kpi.worse, visit.language)
        if found is None:
            return "", "—", ""  # from nothing no per cent can be said
        said = found
    if not said.sign:
        return "", visit.say(text.UNCHANGED), ""
    marks = _MARKS.get(said.judgement)
    mark = "" if marks is None else marks[0 if said.sign > 0 else 1]
    return mark, f"{'+' if said.sign > 0 else MINUS}{said.words}", said.judgement


def _judged(step: float, worse: str) -> str:
    if not step or not worse:
        return ""
    return "worse" if (step > 0) == (worse == "up") else "better"


def _cell(visit: Visit, name: str) -> Component:
    kpi, reading = KPIS[name], read(visit, name)
    label = html.Div(visit.say(words.KPIS[name]), className="wall-kpi-name")
    if reading.value is None:
        return html.Div([label, absent(reading.status, visit.language)], className="wall-kpi")
    written = _written(visit, kpi, reading)
    number = html.Div(
        [
            html.Strong(written.digits, className="num"),
            html.Span(written.unit, className="wall-unit"),
        ],
        className="wall-kpi-number",
    )
    changes = html.Div(
        [_change(visit, name, reading.value, *pair) for pair in _APART.items()],
        className="wall-kpi-changes",
    )
    return go([label, number, changes], kpi.href(visit), "wall-kpi")


def _written(visit: Visit, kpi: Kpi, reading: Reading) -> Figure:
    value = reading.value or 0.0
    if kpi.kind == "items":
        unit = visit.say(words.OF_KINDS, of=reading.of) if reading.of else kpi.unit(visit)
        return Figure(f"{round(value):,}", unit)
    return figure(value, kpi.kind, visit.language, kpi.unit(visit))


def _change(visit: Visit, name: str, now: float, which: str, apart: int) -> Component | str:
    month = asked.before(visit, apart)
    then = read(visit, name, month).value if month else None
    if then is None:
        return ""
    mark, said, judged = moved(now, then, KPIS[name], visit)
    label = visit.say(words.YEAR if which == "year" else words.MONTH)
    return html.Div(
        [
            html.Span(label),
            html.Span(
                [html.Span(mark, className="triangle"), said], className=f"num delta {judged}"
            ),
        ],
        className="wall-change",
    )


def _metric(name: str) -> Callable[[Visit, str], Reading]:
    def read_it(visit: Visit, month: str) -> Reading:
        row = asked.shown(lambda: visit.here(metric=name, month=month))
        return Reading(row.value if row.ok else None, row.status)

    return read_it


def _per_hundred(visit: Visit, month: str) -> Reading:
    value = asked.per_hundred(visit, month)
    row = asked.shown(lambda: visit.here(metric="scarcity", month=month))
    return Reading(value, MISSING if row.ok else row.status)


def _scarce(kind: str) -> Callable[[Visit, str], Reading]:
    """Count those beyond the balanced band, surely above the city's average: as reports do."""

    def read_it(visit: Visit, month: str) -> Reading:
        then = replace(visit, question=visit.question.but(month=month))
        rows, _ = asked.ranked(then, kind)
        known = [row for row in rows if row.ok]
        scarce = sum(row.number >= BALANCED[1] and (row.low or 0.0) > 1.0 for row in known)
        return Reading(float(scarce) if known else None, of=len(known))

    return read_it


def _unit(name: str) -> Callable[[Visit], str]:
    """Return the unit of a metric; in English a count needs none beside its name."""

    def unit(visit: Visit) -> str:
        metric = visit.desk.metrics[name]
        counted = metric.kind == "count" and visit.language == "en"
        return "" if counted else visit.say_plain(metric.unit)

    return unit


def _to_map(name: str) -> Callable[[Visit], str]:
    return lambda visit: visit.href("/", metric=name, level="district", tab="")


def _to_supply(by: str) -> Callable[[Visit], str]:
    return lambda visit: visit.href("/supply", by=by, tab="")


KPIS = {
    "people": Kpi(_metric("supply"), "count", "", _unit("supply"), _to_map("supply")),
    "openings": Kpi(_metric("demand"), "count", "", _unit("demand"), _to_map("demand")),
    "per_hundred": Kpi(
        _per_hundred, "items", "down", lambda v: v.say(words.HEADS), _to_supply("industry")
    ),
    "scarce_industries": Kpi(
        _scarce("industries"), "items", "up", lambda v: v.say(words.ITEMS), _to_supply("industry")
    ),
    "scarce_chains": Kpi(
        _scarce("chains"), "items", "up", lambda v: v.say(words.ITEMS), _to_supply("chain")
    ),
    "per_seeker": Kpi(
        _metric("openings_ratio"), "ratio", "up", _unit("openings_ratio"),
        _to_map("openings_ratio"),
    ),
    "commute_km": Kpi(
        _metric("commute_km"), "km", "up", lambda v: v.say(words.KILOMETRES), _to_map("commute_km")
    ),
}  # fmt: skip
