"""People who live in a place and work elsewhere."""

from talentmap.model.layer import Layer
from talentmap.model.words import Words

LAYER = Layer(
    id="outflow",
    name=Words("通勤流出", "Commuting out"),
    shape="cells",
    metric="outflow",
    palette="supply",
    group="commute",
    order=64,
)
