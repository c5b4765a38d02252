"""The layers of `layers/`, found once: which one a visit shows and which a page offers."""

from __future__ import annotations

from functools import cache

from talentmap.model.discover import discover
from talentmap.model.errors import NotPublished
from talentmap.model.layer import Layer
from talentmap.model.question import Question
from talentmap.ui.draw.spec import layer_of
from talentmap.ui.visit import Desk, Visit

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
