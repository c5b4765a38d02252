"""The layers of `layers/`, found once: which one a visit shows and which a page offers."""

from __future__ import annotations

from functools import cache
from typing import Any

from talentmap.model.discover import discover
from talentmap.model.errors import NotPublished, UserError
from talentmap.model.layer import Layer
from talentmap.model.question import Question
from talentmap.ui import text
from talentmap.ui.draw.facts import only_row
from talentmap.ui.draw.look import Look
from talentmap.ui.draw.numbers import figure, status_words
from talentmap.ui.draw.spec import layer_of
from talentmap.ui.sentence import place_name
from talentmap.ui.visit import Desk, Visit, place_level

PLACES_SHAPE = "places"


@cache
def all_layers() -> dict[str, Layer]:
    """Return all layers by id, in the order they are offered."""
    found = discover("layers", "LAYER", Layer)
    return dict(sorted(found.items(), key=lambda item: (item[1].order, item[0])))


def layers_of(page: str, desk: Desk) -> list[Layer]:
    """Return the layers a page offers; those whose metric the desk lacks are left out."""
    return [x for x in all_layers().values() if page in x.pages and x.metric in desk.metrics]


def layer_of_visit(visit: Visit) -> Layer:
    """Return the layer a visit shows."""
    return layer_of(visit.question, visit.metric, all_layers())


def look_of(visit: Visit) -> Look:
    """Return how a visit wants its layer drawn."""
    return Look.parse(visit.choices.get("look", ""))


def drawable(visit: Visit, drawn: dict[str, Any], shown: Question) -> dict[str, Any]:
    """Return a map spec with what the map must not ask for in vain: resolutions, the chip's words.

    Raises NotPublished where the question has nothing at the level that is coloured.
    """
    level, offered = drawn["level"], drawn["resolutions"]
    told = {
        "look": look_of(visit).to_spec(),
        "about": _about(visit, shown),
        "chip": _chip(visit, shown),
    }
    if level == "cell":
        return {**drawn, **told, "resolutions": published(visit, shown, offered)}
    visit.desk.ask(shown.but(level=level, place="", versus=""), visit.viewer, visit.language)
    try:
        kept = published(visit, shown, offered)
    except NotPublished:
        kept = []  # only wanted where the release has no shapes of the level
    return {**drawn, **told, "resolutions": kept}


def _about(visit: Visit, shown: Question) -> list[list[str]]:
    """Return label–text rows of the metric that colours the map, for the legend's "i"."""
    metric = visit.desk.metrics[shown.metric]
    rows = (
        (text.FORMULA, metric.formula),
        (text.UNIT, metric.unit),
        (text.SOURCE, metric.source),
        (text.MIND, metric.note),
    )
    told = [[visit.say(label), visit.say_plain(words)] for label, words in rows]
    return [row for row in told if row[1]]


def _chip(visit: Visit, shown: Question) -> dict[str, str] | None:
    """Return the words of the selected place's chip: name and value; the name alone over flows."""
    if not visit.question.place:
        return None
    name = place_name(visit)
    if visit.metric.shape != PLACES_SHAPE:
        return {"title": name, "text": ""}
    asked = shown.but(level=place_level(visit.question.place), versus="")
    try:
        row = only_row(visit.desk.ask(asked, visit.viewer, visit.language))
    except UserError:
        return {"title": name, "text": ""}  # the panel says why there is no value
    kind = visit.question.place_parts()[0]
    value = (
        str(figure(row.number, visit.metric.kind, visit.language))
        if row.ok
        else status_words(row.status, visit.language)
    )
    return {"title": "" if kind == "cell" else name, "text": value}


def published(visit: Visit, shown: Question, resolutions: list[int]) -> list[int]:
    """Return the resolutions at which the hexagons of a question are published for the viewer.

    Raises NotPublished where there is none: then the map keeps what it shows.
    """
    # Any one district will do: the desk computes and keeps the whole level, the map reads it next.
    first = visit.info.places.get("district", ())[:1]
    asked = shown.but(place=f"district:{first[0].code}" if first else "", versus="")
    kept, refusal = [], None
    for resolution in resolutions:
        try:
            visit.desk.ask(asked.but(level=f"cell{resolution}"), visit.viewer, visit.language)
            kept.append(resolution)
        except NotPublished as error:
            refusal = error
    if refusal is not None and not kept:
        raise refusal
    return kept


def page_metrics(desk: Desk) -> list[str]:
    """Return the metrics of the map: those with a layer first, then every other of places."""
    first = [layer.metric for layer in layers_of("map", desk)]
    rest = [m.id for m in desk.metrics.values() if m.shape == PLACES_SHAPE]
    return list(dict.fromkeys([*first, *rest]))
