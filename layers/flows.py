"""The strongest commuter flows of a place, over where the other end lives or works."""

from talentmap.model.layer import Layer
from talentmap.model.words import Words

LAYER = Layer(
    id="flows",
    name=Words("通勤流向", "Commuter flows"),
    shape="arcs",
    metric="commute_od",
    palette="supply",
    pages=("commute",),
    group="commute",
    order=70,
)
