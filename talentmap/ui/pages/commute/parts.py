"""The parts of the page 职住, drawn from a visit and the desk's answers."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from talentmap.model.answer import SUPPRESSED
from talentmap.model.errors import NotAllowed, NotPublished, UserError
from talentmap.ui import text
from talentmap.ui.components import cards
from talentmap.ui.components.about import about, note
from talentmap.ui.components.basics import current, go, segmented
from talentmap.ui.components.kpi import kpi
from talentmap.ui.components.states import absent, nothing, refused
from talentmap.ui.components.table import listing, section
from talentmap.ui.draw.commute import Flows, flows_of, other_ends
from talentmap.ui.draw.facts import NOTHING, Row, by_value, only_row, rows_of, total
from talentmap.ui.draw.numbers import figure, status_words
from talentmap.ui.draw.scale import LinearAxis
from talentmap.ui.draw.story import story
from talentmap.ui.sentence import place_name
from talentmap.ui.visit import Visit, place_level

_MOST = 60
_FLOW_LEVEL = (
    "cell7"  # the far ends of the arcs are hexagons of this level, those of a cell its own
)
_NOWHERE = ("unlocated", "elsewhere")


def story_card(visit: Visit) -> Component:
    """Return what the flows of the place say, or which crossing is not published."""
    try:
        return _story(visit)
    except UserError as error:
        return html.Div(refused(error, visit, brief=True), className="card story")


def _story(visit: Visit) -> Component:
    if visit.question.metric != "commute_od":
        districts = [
            r for r in rows_of(visit.ask(level="district", place="")) if _is_place(visit, r)
        ]
        said = story(visit.metric, districts, only_row(visit.ask(place="")), None, visit.language)
        return cards.story_card(visit, *said)
    found, ends = _flows(visit), _ends(visit)
    share = _away_share(found, visit.question.at)
    if share is None:
        said = visit.say(text.NOTHING_KNOWN), visit.say(text.NOTHING_KNOWN_WHY)
        return cards.story_card(visit, *said)
    words = text.STORY_FLOW_IN if visit.question.at == "work" else text.STORY_FLOW_OUT
    place = place_name(visit) or visit.say_plain(visit.info.city)
    headline = visit.say(words, share=figure(share, "share", visit.language), place=place)
    return cards.story_card(visit, headline, _most(visit, ends))


def flows_published(visit: Visit) -> bool:
    """Tell whether the flows of the selected place are published for these words."""
    place = visit.question.place
    if not place:
        return False
    try:
        level = place_level(place) if place.startswith("cell:") else _FLOW_LEVEL
        visit.ask(metric="commute_od", level=level)
    except (NotAllowed, NotPublished):
        return False
    return True


def view_switch(visit: Visit) -> Component:
    """Return the switch 居住 / 工作 / 职住比 / 流向."""
    q = visit.question
    views = {
        "home": {"metric": "supply", "at": "home"},
        "work": {"metric": "supply", "at": "work"},
        "ratio": {"metric": "jobs_housing_ratio"},
        "flow": {"metric": "commute_od"},
    }
    options = [
        (
            visit.say(text.VIEWS[name]),
            visit.href(**words),
            all(getattr(q, key) == value for key, value in words.items()),
        )
        for name, words in views.items()
    ]
    return html.Div(segmented(options, visit.say(text.MAP_LABEL)), className="card switch")


def panel_top(visit: Visit) -> list[Component]:
    """Return name and kind, the direction, and the numbers of work and home."""
    directions = [
        (visit.say(words), visit.href(at=at, metric="commute_od"), visit.question.at == at)
        for at, words in text.DIRECTIONS.items()
    ]
    return [
        cards.panel_head(visit, cards.selected_name(visit), cards.kind_line(visit)),
        html.Div(segmented(directions, visit.say(text.VIEWS["flow"])), className="directions"),
        html.Div(_numbers(visit), className="kpi-pair four"),
    ]


def flows(visit: Visit) -> list[Component]:
    """Return the in/live&work/out bar and the two shares, each with its definition."""
    found = _flows(visit)
    body = _flow_bar(visit, found) if found.parts else absent(SUPPRESSED, visit.language, why=True)
    metrics = visit.desk.metrics
    shares = [
        kpi(visit, metrics[name], only_row(visit.here(metric=name)), NOTHING)
        for name in ("self_containment", "self_sufficiency")
        if name in metrics
    ]
    title = visit.say(text.IN_OUT)
    rows = [
        (visit.say(text.FLOW_IN), visit.say(text.FLOW_IN_WHY)),
        (visit.say(text.FLOW_STAY), visit.say(text.FLOW_STAY_WHY)),
        (visit.say(text.FLOW_OUT), visit.say(text.FLOW_OUT_WHY)),
        (visit.say(text.MIND), visit.say(text.BOTH_ENDS)),
    ]
    return [
        section([title, note(title, rows, visit)], body),
        html.Div(shares, className="kpi-pair"),
    ]


def areas(visit: Visit) -> Component:
    """Return where the other ends are: name, persons, share."""
    ends = _ends(visit)
    ends_title = text.TOP_HOMES if visit.question.at == "work" else text.TOP_WORK
    title = visit.say(ends_title if visit.question.place else text.TOP_PAIRS)
    if not ends:
        return nothing(visit.say(text.NOTHING_KNOWN), visit.say(text.NOTHING_KNOWN_WHY))
    whole = total(ends)
    axis = LinearAxis(max((r.number for r in ends if r.ok), default=0.0))
    lines = [_end_line(visit, row, whole, axis) for row in ends[:_MOST]]
    heads = [visit.say(w) for w in (text.COLUMN_AREA, text.COLUMN_PERSONS)]
    heads += ["", visit.say(text.COLUMN_SHARE)]
    return section(
        title,
        listing(heads, lines, "columns-flow" if visit.question.place else "columns-pair"),
        visit.say(text.SHARE_OF),
    )


def _numbers(visit: Visit) -> list[Component]:
    """Jobs, residents, their ratio, and the mean way to work."""
    metrics = visit.desk.metrics
    asked = [("supply", "work"), ("supply", "home"), ("jobs_housing_ratio", ""), ("commute_km", "")]
    found = []
    for name, at in asked:
        if name not in metrics:
            continue
        words = {"metric": name, **({"at": at} if at else {})}
        row, before = only_row(visit.here(**words)), only_row(visit.then(visit.here, **words))
        box = kpi(visit, metrics[name], row, before)
        if at:
            box = _renamed(box, visit.say(text.JOBS if at == "work" else text.RESIDENTS), visit)
        found.append(box)
    return found


def _renamed(box: Component, name: str, visit: Visit) -> Component:
    """The same metric stands twice, so its two boxes are named after their sides."""
    head = html.Div(
        [html.Span(name), about(visit.desk.metrics["supply"], visit)], className="kpi-name"
    )
    box.children = [head, *box.children[1:]]
    return box


def _flows(visit: Visit) -> Flows:
    names = ("inflow", "outflow", "self_containment", "self_sufficiency")
    return flows_of(*(only_row(visit.here(metric=name)) for name in names))


def _flow_bar(visit: Visit, found: Flows) -> Component:
    whole = sum(found.parts) or 1.0
    named = (text.FLOW_IN, text.FLOW_STAY, text.FLOW_OUT)
    whys = (text.FLOW_IN_WHY, text.FLOW_STAY_WHY, text.FLOW_OUT_WHY)
    segments = [
        html.Span(className=f"flow-part part-{i}", style={"flexGrow": str(round(v / whole, 4))})
        for i, v in enumerate(found.parts)
    ]
    columns = [
        html.Div(
            [
                html.Span([html.Span(className=f"swatch part-{i}"), visit.say(named[i])]),
                html.Div(
                    [
                        html.Strong(str(figure(value, "count", visit.language)), className="num"),
                        html.Span(
                            str(figure(value / whole, "share", visit.language)),
                            className="note num",
                        ),
                    ]
                ),
                html.Span(visit.say(whys[i]), className="note why"),
            ]
        )
        for i, value in enumerate(found.parts)
    ]
    bar = html.Div(segments, className="flow-bar")
    return html.Div([bar, html.Div(columns, className="flow-words")])


def _ends(visit: Visit) -> list[Row]:
    """The districts at the other end of the place's flows, or the pairs of the whole city."""
    rows = rows_of(visit.ask(metric="commute_od", level="district"))
    if visit.question.place:
        rows = other_ends(rows, visit.question.at)
    return by_value([row for row in rows if not _nowhere(row)])


def _nowhere(row: Row) -> bool:
    return any(word in row.id for word in _NOWHERE)


def _stays(row: Row) -> bool:
    """Tell whether a pair of the whole city begins and ends in the same district."""
    home, pair, work = row.id.partition(">")
    return bool(pair) and home == work


def _is_place(visit: Visit, row: Row) -> bool:
    return visit.info.place("district", row.id) is not None


def _away_share(found: Flows, at: str) -> float | None:
    away, whole = (found.inflow, found.jobs) if at == "work" else (found.outflow, found.residents)
    return away / whole if away is not None and whole else None


def _most(visit: Visit, ends: list[Row]) -> str:
    kind, code = visit.question.place_parts()
    same = f"{kind}:{code}"
    others = [row for row in ends if row.ok and f"district:{row.id}" != same and not _stays(row)]
    if not others:
        return visit.say(text.BOTH_ENDS)
    unit = visit.say_plain(visit.desk.metrics["commute_od"].unit)
    persons = figure(others[0].number, "count", visit.language, unit)
    return visit.say(text.STORY_FLOW_EVIDENCE, name=others[0].name, persons=persons)


def _end_line(visit: Visit, row: Row, whole: float, axis: LinearAxis) -> list[Component | str]:
    known = visit.info.place("district", row.id) is not None
    chosen = visit.question.place == f"district:{row.id}"
    href = visit.href(place=f"district:{row.id}")
    name = go(row.name, href, "row-name", **current(chosen)) if known else html.Span(row.name)
    if not row.ok:
        return [
            name,
            html.Span(status_words(row.status, visit.language), className="absent-word"),
            "",
            "",
        ]
    width = {"width": f"{axis.at(row.number)}%"}
    return [
        name,
        str(figure(row.number, "count", visit.language)),
        html.Span(html.Span(className="flow-mini-fill", style=width), className="flow-mini"),
        str(figure(row.number / whole, "share", visit.language)) if whole else "",
    ]
