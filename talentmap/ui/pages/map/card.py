"""The panel of one enterprise: what it is, what it wants most, who lives near enough to fill it."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from talentmap.model.answer import OK
from talentmap.ui import tool_words as words
from talentmap.ui.components import cards
from talentmap.ui.components.basics import attrs, tabs
from talentmap.ui.components.kpi import kpi
from talentmap.ui.components.table import listing, section, swatch
from talentmap.ui.draw.facts import Row, only_row
from talentmap.ui.draw.numbers import figure, status_words
from talentmap.ui.draw.scale import ratio_colour
from talentmap.ui.pages.map.layout import Ids
from talentmap.ui.visit import Visit

_SHADES = 62  # per cent of the colour in the fullest cell


def is_firm(visit: Visit) -> bool:
    """Tell whether an enterprise is selected."""
    return visit.question.place_parts()[0] == "enterprise"


def top(visit: Visit) -> list[Component]:
    """Return name and kind, the openings with their change, the people on record."""
    answer = _card(visit)
    extra, metrics = answer.extra, visit.desk.metrics
    row, people = only_row(answer), _row(extra["headcount"])
    before = only_row(visit.then(visit.here, metric="demand", **_whole(visit)))
    then = only_row(visit.then(visit.here, metric="supply", at="work", **_whole(visit)))
    return [
        cards.panel_head(visit, cards.selected_name(visit), cards.kind_line(visit)),
        html.Div(_tags(visit, extra["enterprise"]), className="tags", **_where(visit, extra)),
        html.Div(
            [
                kpi(visit, metrics["demand"], row, before, "hero"),
                kpi(visit, metrics["supply"], people, then, "hero"),
            ],
            className="kpi-pair firm",
        ),
    ]


def wants(visit: Visit, tab: str | None) -> Component:
    """Return the codes it has most openings for: openings, days open, scarcity in the city."""
    extra = _card(visit).extra
    chosen = _chosen(extra, tab)
    shown = [(name, visit.say(w)) for name, w in words.WANTED_TABS.items()]
    head = tabs(Ids.TAB, shown, chosen, visit.say(words.WANTS))
    rows = extra["wanted"][chosen]
    note = html.Span(visit.say(words.WANTS_WHY), className="note")
    title = html.Div([html.H3(visit.say(words.WANTS)), note], className="section-head")
    what = visit.say(words.NAME_OF[chosen])
    if not rows:
        body: list[Component] = [
            html.P(visit.say(words.NOTHING_WANTED, what=what), className="note quiet")
        ]
    else:
        heads = [what, *(visit.say(w) for w in (words.WANTED_OPENINGS, words.DAYS, words.SCARCITY))]
        body = [listing(heads, [_wanted(visit, row) for row in rows], "columns-want")]
    rest = extra["unspecified"][chosen]
    if rest and rows:
        count = figure(rest, "count", visit.language)
        said = visit.say(words.UNSPECIFIED, count=count, what=what)
        body.append(html.P(said, className="note quiet"))
    return html.Section([title, head, *body], className="section tabbed wants")


def nearby(visit: Visit, tab: str | None) -> Component:
    """Return how many people of each wanted code live within each distance."""
    extra = _card(visit).extra
    chosen = _chosen(extra, tab)
    rows = [row for row in extra["wanted"][chosen] if row["reach"]["persons"] is not None]
    note = visit.say(words.WITHIN_WHY)
    if not rows:
        body: Any = html.P(visit.say(words.NO_POSITION), className="note quiet")
        known = extra["enterprise"]["lon"] is not None
        return section(visit.say(words.WITHIN_REACH), "" if known else body, note)
    heads = [visit.say(words.NAME_OF[chosen]), *extra["bands"]]
    most = max(max(row["reach"]["persons"]) for row in rows)
    lines = [[row["name"], *_bands(visit, row["reach"], most)] for row in rows]
    table = listing(heads, lines, "columns-reach")
    hidden = any(row["reach"]["hidden"] for row in rows)
    foot = html.P(visit.say(words.REACH_NOTE), className="note quiet") if hidden else None
    return section(
        visit.say(words.WITHIN_REACH), html.Div([table, foot], className="stacked"), note
    )


def _card(visit: Visit) -> Any:
    question = visit.question.but(versus="")  # what it was then is asked for by itself
    return visit.desk.enterprise(question, visit.viewer, visit.language)


def _whole(visit: Visit) -> dict[str, str]:
    """Take away the filters: an enterprise is shown whole."""
    return {**dict.fromkeys(visit.question.filters(), ""), "chain": ""}


def _chosen(extra: dict[str, Any], tab: str | None) -> str:
    """Return the tab asked for, else the first that has anything in it."""
    if tab in words.WANTED_TABS:
        return str(tab)
    return next((name for name in words.WANTED_TABS if extra["wanted"][name]), "specialty")


def _row(found: dict[str, Any]) -> Row:
    return Row("", "", found["value"], found["low"], found["high"], None, found["status"])


def _where(visit: Visit, extra: dict[str, Any]) -> dict[str, Any]:
    """Tell the map where the enterprise lies: it knows single ones only near by."""
    lon, lat = (extra["enterprise"][end] for end in ("lon", "lat"))
    if lon is None or lat is None:
        return {}
    return attrs(data_at=f"{lon:.6f},{lat:.6f}", data_place=visit.question.place)


def _tags(visit: Visit, firm: dict[str, Any]) -> list[Component]:
    named = [firm[name]["name"] for name in ("industry", "scale") if firm[name]]
    tags: list[Component] = [html.Span(name, className="tag", title=name) for name in named]
    if firm["key"]:
        tags.append(html.Span(visit.say(words.KEY_FIRM), className="tag main"))
    return tags


def _wanted(visit: Visit, row: dict[str, Any]) -> list[Any]:
    days = figure(row["days"], "count", visit.language) if row["days"] else "—"
    scarce = row["scarcity"]
    if scarce["status"] == OK and scarce["value"] is not None:
        value: Any = [
            swatch(ratio_colour(scarce["value"])),
            str(figure(scarce["value"], "ratio", visit.language)),
        ]
    else:
        said = status_words(scarce["status"], visit.language)
        value = html.Span(said, className="absent-word")
    name = html.Span(row["name"], title=row["name"])
    return [name, str(figure(row["openings"], "count", visit.language)), str(days), value]


def _bands(visit: Visit, reach: dict[str, Any], most: float) -> list[Any]:
    """Return a cell for each distance, shaded by its people; 已隐去 where nothing at all shows."""
    persons = reach["persons"]
    if not any(persons) and reach["hidden"]:
        gone = html.Span(status_words("suppressed", visit.language), className="absent-word")
        return [gone, *([""] * (len(persons) - 1))]
    return [
        html.Span(
            str(figure(count, "count", visit.language)),
            className="shade",
            style={"--part": f"{_SHADES * count / most if most else 0:.0f}%"},
        )
        for count in persons
    ]
