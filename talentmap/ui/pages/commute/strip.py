"""The strip under the map: suggested shuttle lines as cards; the chosen one is on the map."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from talentmap.model.errors import NotAllowed, UserError
from talentmap.model.words import Words
from talentmap.ui.components.about import note
from talentmap.ui.components.basics import icon
from talentmap.ui.components.shuttle import card
from talentmap.ui.components.states import refused
from talentmap.ui.draw.numbers import figure
from talentmap.ui.draw.shuttle import Line
from talentmap.ui.pages.commute import asking, words
from talentmap.ui.visit import Visit

_MOST = 12


def shuttle_strip(visit: Visit) -> list[Component]:
    """Return the head of the strip and a card a line; nothing in the views without a map."""
    if asking.tab(visit):
        return []
    try:
        found = asking.shuttles(visit)
    except NotAllowed:
        return [_none(visit, words.LINES_CLOSED, words.LINES_CLOSED_WHY)]
    except UserError as error:
        return [html.Div(refused(error, visit, brief=True), className="lines-none")]
    if not found.lines:
        none = _none(visit, words.NO_SHUTTLE, words.NO_SHUTTLE_WHY)
        return [_head(visit, found, None), none]
    chosen = asking.chosen_line(visit, found)
    cards = [
        card(i, _title(visit, line), line, _href(visit, line), line is chosen, facts(visit, line))
        for i, line in enumerate(found.lines[:_MOST], start=1)
    ]
    return [_head(visit, found, chosen), html.Div(cards, className="line-cards")]


def _none(visit: Visit, title: Words, why: Words) -> Component:
    said = [html.Strong(visit.say(title)), html.P(visit.say(why), className="note")]
    return html.Div(said, className="lines-none")


def _title(visit: Visit, line: Line) -> str:
    """Lines of a place are told apart by where they begin; those of parks by the park."""
    place = visit.info.place("park", line.park) if line.park else None
    return visit.say_plain(place.name) if place else line.stops[0].name


def facts(visit: Visit, line: Line) -> list[str]:
    """Return what a card says: people, riders, stops and length, what is saved."""
    language = visit.language
    served = str(figure(line.served, "count", language, visit.say(words.PERSONS)))
    riders = str(figure(line.riders, "count", language, visit.say(words.PERSONS)))
    length = visit.say(words.STOPS_KM, stops=len(line.stops), km=f"{line.km:.1f}")
    saved = visit.say(words.SAVED, km=figure(line.saved_km, "count", language))
    return [served, visit.say(words.RIDERS, riders=riders), length, saved]


def _href(visit: Visit, line: Line) -> str:
    """A line of the ranking leads to its park, where its other lines are."""
    if line.park:
        return visit.href(place=f"park:{line.park}", at="work", metric=asking.METRIC)
    return visit.href(line=line.id)


def _head(visit: Visit, found: asking.Suggestion, chosen: Line | None) -> Component:
    title = visit.say(words.SHUTTLES)
    rows = [("·", said) for said in found.assumptions]
    said = (
        visit.say(words.SHUTTLES_OF, n=len(found.lines))
        if asking.has_lines(visit)
        else visit.say(words.SHUTTLES_CITY)
    )
    parts: list[Component] = [
        html.H3([title, note(title, rows, visit)] if rows else title),
        html.P(said, className="note"),
    ]
    if chosen is not None and asking.has_lines(visit):
        parts.append(html.Div(_links(visit, chosen), className="line-links"))
    return html.Div(parts, className="lines-head")


def _links(visit: Visit, line: Line) -> list[Component]:
    return [
        html.A(
            [icon("download", 14), visit.say(words.LINE_FILE)],
            href=visit.href("/export/commute-line.geojson", line=line.id),
            className="link",
        ),
        html.A(
            [icon("file-text", 14), visit.say(words.OPEN_BRIEF)],
            href=visit.href("/commute/brief", line=line.id),
            className="link",
            target="_blank",
        ),
    ]
