"""What the OGC endpoint offers: every layer at every level the tier may see, and the places."""

from __future__ import annotations

from dataclasses import dataclass

from talentmap.answers.desk import Desk
from talentmap.answers.offers import published
from talentmap.answers.viewer import Viewer
from talentmap.model.discover import discover
from talentmap.model.layer import Layer
from talentmap.model.question import FILTERS, Question
from talentmap.model.words import Words

PLACE_KINDS = ("city", "district", "park")
# Words of a Question that a client may give as parameters.
ASKED = (*FILTERS, "chain", "place", "month", "versus", "reach")
_FLOW_LEVELS = ("district", "park", "cell7", "cell8", "cell9")
_LEVELS = {
    "city": Words("全市", "city"),
    "district": Words("区县", "districts"),
    "park": Words("园区", "parks"),
    "cell7": Words("网格（约 5 平方公里）", "hexagons (about 5 km²)"),
    "cell8": Words("网格（约 0.7 平方公里）", "hexagons (about 0.7 km²)"),
    "cell9": Words("网格（约 0.1 平方公里）", "hexagons (about 0.1 km²)"),
    "enterprise": Words("企业", "enterprises"),
}
_PLACES = {
    "city": Words("市界", "City outline"),
    "district": Words("区县界", "District outlines"),
    "park": Words("园区界", "Park outlines"),
}
_COLUMNS = ("value", "low", "high", "n", "status", "before")
_PLACE_COLUMNS = ("name_en", "parent")


@dataclass(frozen=True, slots=True)
class Collection:
    """A layer at a level, or (`question` None) the outlines of a kind of place."""

    id: str
    title: Words
    description: Words
    geometry: str  # polygon, point or line-string
    level: str
    question: Question | None = None
    columns: tuple[str, ...] = _COLUMNS
    asked: tuple[str, ...] = ()


def collections(desk: Desk, viewer: Viewer) -> dict[str, Collection]:
    """Return the collections by id: what is published to the viewer's tier, in order of layers."""
    layers = discover("layers", "LAYER", Layer).values()
    offered = [
        _of_layer(layer, level, desk)
        for layer in sorted(layers, key=lambda layer: (layer.order, layer.id))
        if layer.metric in desk.metrics
        for level in _levels(layer, viewer)
    ]
    kept = [
        c for c in offered if c.question is not None and published(desk, c.question, viewer)
    ] + [_of_places(kind) for kind in PLACE_KINDS if desk.release.geojson(kind)]
    return {collection.id: collection for collection in kept}


def _levels(layer: Layer, viewer: Viewer) -> tuple[str, ...]:
    """Return the levels a layer may have: those with a shape, flows where both ends may stand."""
    open_ = [level for level in viewer.rules.levels if level in _LEVELS]
    if layer.shape == "arcs":
        return tuple(level for level in open_ if level in _FLOW_LEVELS)
    return tuple(open_)


def _of_layer(layer: Layer, level: str, desk: Desk) -> Collection:
    metric = desk.metrics[layer.metric]
    title = Words(
        f"{layer.name.zh} · {_LEVELS[level].zh}", f"{layer.name.en} · {_LEVELS[level].en}"
    )
    described = Words(
        f"{metric.formula.zh}。单位：{metric.unit.zh}。来源：{metric.source.zh}。",
        f"{metric.formula.en}. Unit: {metric.unit.en}. Source: {metric.source.en}.",
    )
    drawn = "line-string" if layer.shape == "arcs" else "polygon"
    return Collection(
        id=f"{layer.id}_{level}",
        title=title,
        description=described,
        geometry="point" if level == "enterprise" else drawn,
        level=level,
        question=Question(metric=layer.metric, at=layer.at or "work", level=level),
        asked=ASKED if layer.at else ("at", *ASKED),
    )


def _of_places(kind: str) -> Collection:
    return Collection(
        id=f"places_{kind}",
        title=_PLACES[kind],
        description=_PLACES[kind],
        geometry="polygon",
        level=kind,
        columns=_PLACE_COLUMNS,
        asked=ASKED,  # taken, though no outline changes by them: a connection may carry them
    )
