"""The parts of the page 地图, drawn from a visit and the desk's answers."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from talentmap.model.codes import code_table
from talentmap.model.errors import UserError
from talentmap.model.words import Words
from talentmap.ui import text, tool_words
from talentmap.ui.components import cards
from talentmap.ui.components.bars import Bars, bars, strip
from talentmap.ui.components.basics import go, icon, phrases, segmented, tabs
from talentmap.ui.components.kpi import kpi
from talentmap.ui.components.states import refused
from talentmap.ui.components.tools import used_cells
from talentmap.ui.components.twin import twin
from talentmap.ui.draw.facts import Row, by_value, only_row, rank, rows_of
from talentmap.ui.draw.numbers import figure, interval, status_words
from talentmap.ui.draw.spec import map_level
from talentmap.ui.layers import layer_of_visit
from talentmap.ui.pages.map.layout import Ids
from talentmap.ui.pages.map.lists import known_places
from talentmap.ui.pages.map.trend import trend
from talentmap.ui.visit import Visit, place_level

_TABS = ("district", "industry", "education", "title", "age", "occupation")
_TREND = "trend"  # on a phone the months are a tab, elsewhere the strip below the map
_LEAST_SHARE = 0.001


def level_switch(visit: Visit, grid: str) -> Component:
    """Return the switch between districts, hexagons and parks."""
    now = map_level(visit.question)
    levels = {"district": "district", "cell": grid, "park": "park"}
    options = [
        (visit.say(text.LEVELS[name]), visit.href(level=level), name == now)
        for name, level in levels.items()
        if name == "cell" or visit.info.places.get(name)
    ]
    return html.Div(segmented(options, visit.say(text.LAYERS)), className="card switch")


def panel_top(visit: Visit) -> list[Component]:
    """Return name and kind, the hero number with its strip and words, and two more numbers."""
    row = only_row(visit.here())
    before = only_row(visit.then(visit.here))
    hero = [kpi(visit, visit.metric, row, before, "hero")]
    if row.ok and visit.metric.kind == "ratio":
        hero.append(strip(row, _marks(visit, before)))
    words = phrases(_in_words(visit, row)) if row.ok else _ways_out(visit)
    return [
        cards.panel_head(
            visit, cards.selected_name(visit), used_cells(visit) or cards.kind_line(visit)
        ),
        html.Div(hero, className="hero-row"),
        html.P(words, className="in-words"),
        html.Div(_others(visit), className="kpi-pair"),
    ]


def breakdown(visit: Visit, tab: str | None) -> Component:
    """Return the bars of the chosen tab; a click on one sets that word of the question.

    Raises as the panel's head does where the question itself is not published.
    """
    visit.here()
    names = _tab_names(visit) + ([_TREND] if len(visit.info.months) > 1 else [])
    chosen, body = _opened(visit, [tab] if tab in names else names)
    shown = [(name, visit.say(text.DIMENSION[name])) for name in names]
    head = tabs(Ids.TAB, shown, chosen, visit.say(text.BY_ALL), narrow=_TREND)
    return html.Section([head, _unchoose(visit, chosen), body], className="section tabbed")


def _opened(visit: Visit, names: list[str]) -> tuple[str, Component]:
    """Return the first of the tabs that is published and its body, else why the first is not."""
    why: UserError | None = None
    for name in names:
        try:
            return name, trend(visit) if name == _TREND else _twinned(visit, name)
        except UserError as error:
            why = why or error
    if why is None:
        raise ValueError("no tab to open")
    return names[0], refused(why, visit, brief=True)


def _twinned(visit: Visit, tab: str) -> Component:
    """Return the bars of a tab and the table that can stand in their place."""
    chart = _chart(visit, tab)
    kind, language = visit.metric.kind, visit.language
    lines = [
        [
            row.name,
            str(figure(row.number, kind, language))
            if row.ok
            else status_words(row.status, language),
            interval(row.low, row.high, kind, language),
        ]
        for row in chart.rows
    ]
    heads = [visit.say(text.DIMENSION[tab]), visit.say_plain(visit.metric.name)]
    if any(line[2] for line in lines):
        heads.append(visit.say(tool_words.SPAN))
    table = twin(visit.say(tool_words.TABLE_TWIN), heads, [line[: len(heads)] for line in lines])
    return html.Div([table, html.Div(bars(chart), className="chart")], className="twinned")


def _unchoose(visit: Visit, tab: str) -> Component | None:
    """Return the chip of the bar that is chosen: a click takes the filter away again."""
    chosen = str(getattr(visit.question, tab, ""))
    if not chosen:
        return None
    name = code_table(tab).name(chosen, visit.language, short=True)
    body = [html.Span(visit.say(tool_words.CHOSEN, name=name)), icon("x", 12)]
    return go(
        body, visit.href(**{tab: ""}), "chosen", title=visit.say(tool_words.UNCHOOSE, name=name)
    )


def _marks(visit: Visit, before: Row) -> list[tuple[float, str]]:
    """The city's value beside a place's; for the city its own value then."""
    if visit.question.place:
        city = only_row(visit.ask(place=""))
        return [_mark(visit, city, text.CITY_MARK)] if city.ok else []
    return [_mark(visit, before, text.THEN_MARK)] if before.ok else []


def _mark(visit: Visit, row: Row, words: Words) -> tuple[float, str]:
    value = figure(row.number, visit.metric.kind, visit.language)
    return row.number, visit.say(words, value=value)


def _in_words(visit: Visit, row: Row) -> str:
    said = [_meaning(visit, row), _rank_words(visit)]
    return visit.say(text.SENTENCE_JOIN).join(filter(None, said))


def _meaning(visit: Visit, row: Row) -> str:
    if visit.metric.id in ("scarcity", "openings_ratio"):
        return _per_hundred(visit)
    if visit.metric.id == "jobs_housing_ratio":
        return visit.say(text.PER_RESIDENT, here=f"{100 * row.number:,.0f}")
    if visit.metric.kind == "count" and visit.question.place:
        city = only_row(visit.ask(place=""))
        if city.ok and city.number > 0 and row.number >= _LEAST_SHARE * city.number:
            share = figure(row.number / city.number, "share", visit.language)
            return visit.say(text.SHARE_OF_CITY, share=share)
    return ""


def _per_hundred(visit: Visit) -> str:
    everyone = {"place": "", "industry": "", "occupation": "", "specialty": ""}
    here = _openings_per_hundred(
        only_row(visit.here(metric="demand")), only_row(visit.here(metric="supply"))
    )
    city = _openings_per_hundred(
        only_row(visit.ask(metric="demand", **everyone)),
        only_row(visit.ask(metric="supply", **everyone)),
    )
    return visit.say(text.PER_HUNDRED, here=here, city=city) if here and city else ""


def _openings_per_hundred(demand: Row, supply: Row) -> str:
    if not (demand.ok and supply.ok and supply.number > 0):
        return ""
    return f"{100 * demand.number / supply.number:.1f}"


def _rank_words(visit: Visit) -> str:
    kind, code = visit.question.place_parts()
    if kind not in ("district", "park", "cell"):
        return ""
    rows = rows_of(visit.ask(level=place_level(visit.question.place), place=""))
    found = rank(rows if kind == "cell" else known_places(visit, kind, rows), code)
    if found is None:
        return ""
    return visit.say(
        text.RANKED, rank=f"{found[0]:,}", of=f"{found[1]:,}", kind=visit.say(text.RANK_KIND[kind])
    )


def _ways_out(visit: Visit) -> list[Component]:
    """Where a value can be had when here is none: the district, or the city."""
    home = cards.district_of(visit)
    if home:
        return [go(visit.say(text.SEE_DISTRICT, name=home[1]), visit.href(place=home[0]), "link")]
    if visit.question.place:
        return [go(visit.say(text.SEE_CITY), visit.href(place=""), "link")]
    return []


def _others(visit: Visit) -> list[Component]:
    names = [n for n in ("demand", "supply", "scarcity") if n != visit.question.metric]
    known = [n for n in names if n in visit.desk.metrics][:2]
    return [
        kpi(
            visit,
            visit.desk.metrics[name],
            only_row(visit.here(metric=name)),
            only_row(visit.then(visit.here, metric=name)),
        )
        for name in known
    ]


def _tab_names(visit: Visit) -> list[str]:
    has_districts = bool(visit.info.places.get("district")) and not visit.question.place
    known = [n for n in _TABS if visit.info.codes.get(n) or (n == "district" and has_districts)]
    return known or ["industry"]


def _chart(visit: Visit, tab: str) -> Bars:
    palette = layer_of_visit(visit).palette
    if tab == "district":
        rows = known_places(visit, "district", rows_of(visit.ask(level="district", place="")))
        return Bars(
            by_value(rows), visit.metric.kind, palette, visit.language,
            lambda row: visit.href(place=f"district:{row.id}"),
        )  # fmt: skip
    chosen = str(getattr(visit.question, tab))
    return Bars(
        by_value(rows_of(visit.breakdown(tab))), visit.metric.kind, palette, visit.language,
        lambda row: visit.href(**{tab: "" if row.id == chosen else row.id}), chosen,
    )  # fmt: skip
