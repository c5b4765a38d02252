"""The views without a map: homes by workplaces, and the measures of the city."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from talentmap.model.errors import UserError
from talentmap.ui import text
from talentmap.ui.components.basics import icon, segmented
from talentmap.ui.components.heat_matrix import HeatWords, heat_matrix
from talentmap.ui.components.sankey import RibbonWords, sankey
from talentmap.ui.components.states import nothing, refused
from talentmap.ui.draw.heat import Heat
from talentmap.ui.draw.numbers import figure
from talentmap.ui.draw.sankey import sankey_of
from talentmap.ui.pages.commute import asking, words
from talentmap.ui.pages.commute.measures import measures_view
from talentmap.ui.visit import Visit

_RIBBONS = 18
_HEIGHT = 420.0


def wide(visit: Visit) -> Component | None:
    """Return what lies over the map: the matrix or the measures; None for the map itself."""
    view = asking.tab(visit)
    if not view:
        return None
    try:
        body = _matrix_view(visit) if view == "matrix" else measures_view(visit)
    except UserError as error:
        body = refused(error, visit)
    return html.Div(body, className=f"wide wide-{view}")


def _matrix_view(visit: Visit) -> Component:
    level = asking.matrix_level(visit)
    drawn = asking.matrix(visit, level)
    if not drawn.breaks:
        return nothing(visit.say(text.NOTHING_KNOWN), visit.say(text.NOTHING_KNOWN_WHY))
    return html.Div([_table(visit, drawn, level), _ribbons(visit, drawn, level)], className="pair")


def _table(visit: Visit, drawn: Heat, level: str) -> Component:
    links = [
        (visit.say(said), visit.href(by="" if name == "district" else name), name == level)
        for name, said in words.MATRIX_LEVELS.items()
        if visit.info.places.get(name)
    ]
    title = visit.say(words.MATRIX)
    file = html.A(
        [icon("download", 14), visit.say(words.MATRIX_FILE)],
        href=visit.href("/export/commute-matrix.csv"),
        className="link",
    )
    head = html.Div(
        [html.H3(title), html.Div(segmented(links, title), className="ends-levels"), file],
        className="section-head spread",
    )
    said = HeatWords(
        "",
        lambda code: visit.href(place=f"{level}:{code}", tab=""),
        visit.language,
        visit.question.place_parts()[1],
    )
    note = html.P(visit.say(words.MATRIX_EVIDENCE), className="note")
    parts = [head, heat_matrix(drawn, said), html.Div([_key(drawn), note], className="heat-foot")]
    return html.Section(parts, className="section matrix-part")


def _key(drawn: Heat) -> Component:
    """The classes with their lower edges, as the map's legend has them."""
    steps = [html.I(className=f"heat-{i}") for i in range(1, len(drawn.breaks) + 2)]
    edges = [
        html.Span(f"{edge:,.0f}", style={"left": f"{100 * i / (len(drawn.breaks) + 1):.1f}%"})
        for i, edge in enumerate(drawn.breaks, start=1)
    ]
    return html.Div(
        [html.Div(steps, className="heat-ramp"), html.Div(edges, className="heat-edges num")],
        className="heat-key",
    )


def _ribbons(visit: Visit, drawn: Heat, level: str) -> Component:
    laid = sankey_of(drawn.flows(), _HEIGHT, _RIBBONS)
    title = visit.say(words.RIBBONS, n=len(laid.ribbons))
    unit = visit.say(words.PERSONS)

    def says(home: str, work: str, persons: float) -> str:
        written = figure(persons, "count", visit.language, unit)
        return visit.say(words.RIBBON_SAYS, home=home, work=work, persons=written)

    said = RibbonWords(
        title, says, lambda code: visit.href(place=f"{level}:{code}", tab=""), visit.language
    )
    head = html.Div(
        [html.H3(title), html.Span(visit.say(words.RIBBONS_NOTE), className="note")],
        className="section-head spread",
    )
    return html.Section([head, sankey(laid, said)], className="section ribbons-part")
