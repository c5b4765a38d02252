"""The headline over the map, in words from the data."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from talentmap.model.errors import UserError
from talentmap.ui import text
from talentmap.ui.components import cards
from talentmap.ui.components.states import refused
from talentmap.ui.draw.facts import by_value, only_row, rows_of
from talentmap.ui.draw.heat import Heat
from talentmap.ui.draw.numbers import figure
from talentmap.ui.draw.story import story
from talentmap.ui.pages.commute import asking, words
from talentmap.ui.sentence import place_name
from talentmap.ui.visit import Visit

_NEAR = ("0-5", "5-10")
_NEAR_KM = 10


def story_card(visit: Visit) -> Component:
    """Return the story of the view that is open, or why there is none."""
    try:
        return cards.story_card(visit, *_said(visit))
    except UserError as error:
        return html.Div(refused(error, visit, brief=True), className="card story")


def _said(visit: Visit) -> tuple[str, str]:
    view = asking.tab(visit)
    if view == "matrix":
        return _of_matrix(visit)
    if view == "measures":
        return visit.say(words.MEASURES), visit.say(words.MEASURES_EVIDENCE)
    if visit.question.metric != asking.METRIC:
        return _of_districts(visit)
    return _of_flows(visit)


def _of_districts(visit: Visit) -> tuple[str, str]:
    known = {place.code for place in visit.info.places.get("district", ())}
    rows = [r for r in rows_of(visit.ask(level="district", place="")) if r.id in known]
    return story(visit.metric, rows, only_row(visit.ask(place="")), None, visit.language)


def _of_flows(visit: Visit) -> tuple[str, str]:
    found = asking.distances(visit)
    near = [row for row in found.bands if row.id in _NEAR and row.ok]
    if len(near) < len(_NEAR):
        return visit.say(text.NOTHING_KNOWN), visit.say(text.NOTHING_KNOWN_WHY)
    share = str(figure(sum(row.number for row in near), "share", visit.language))
    if not visit.question.place:
        mean = f"{found.mean_km:.1f}" if found.mean_km is not None else "—"
        said = visit.say(words.STORY_CITY, share=share, km=_NEAR_KM, mean=mean)
        return said, _strongest(visit)
    at, place = visit.question.at, place_name(visit)
    toward = _toward(visit, found)
    headline = visit.say(words.STORY_OF[at], place=place, share=share, km=_NEAR_KM, toward=toward)
    return headline, _evidence(visit, place)


def _toward(visit: Visit, found: asking.Distances) -> str:
    """Say the direction most people are in; nothing where it is hidden or none stands out."""
    rows = by_value([row for row in found.directions if row.ok])
    if len(rows) < len(found.directions) or not rows or rows[0].number <= 0:
        return ""
    return visit.say(words.TOWARD, direction=rows[0].name)


def _evidence(visit: Visit, place: str) -> str:
    flows, ends = asking.flows(visit), asking.ends(visit, "district")
    here = visit.question.place_parts()[1]
    others = [row for row in ends.rows if row.id != here]
    at_work = visit.question.at == "work"
    away = flows.inflow if at_work else flows.outflow
    whole = flows.jobs if at_work else flows.residents
    if away is None or not whole or not others:
        return ""
    first = others[0]
    return visit.say(
        words.EVIDENCE[visit.question.at],
        away=str(figure(away / whole, "share", visit.language)),
        place=place,
        name=first.name,
        persons=_persons(visit, first.number),
    )


def _strongest(visit: Visit) -> str:
    flows = asking.matrix(visit, "district").flows()
    if not flows:
        return ""
    name = f"{flows[0].home[1]} → {flows[0].work[1]}"
    return visit.say(words.EVIDENCE_CITY, name=name, persons=_persons(visit, flows[0].persons))


def _of_matrix(visit: Visit) -> tuple[str, str]:
    level = asking.matrix_level(visit)
    drawn: Heat = asking.matrix(visit, level)
    stay, whole = drawn.staying()
    flows = drawn.flows()
    if not whole or not flows:
        return visit.say(text.NOTHING_KNOWN), visit.say(text.NOTHING_KNOWN_WHY)
    kind = visit.say(words.KIND[level])
    share = str(figure(stay / whole, "share", visit.language))
    first = flows[0]
    evidence = visit.say(
        words.MATRIX_STRONGEST, kind=kind, home=first.home[1], work=first.work[1],
        persons=_persons(visit, first.persons),
    )  # fmt: skip
    return visit.say(words.MATRIX_HEADLINE[level], share=share), evidence


def _persons(visit: Visit, value: float) -> str:
    return str(figure(value, "count", visit.language, visit.say(words.PERSONS)))
