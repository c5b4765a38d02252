"""People who work in a place and live elsewhere."""

from talentmap.model.layer import Layer
from talentmap.model.words import Words

LAYER = Layer(
    id="inflow",
    name=Words("通勤流入", "Commuting in"),
    shape="cells",
    metric="inflow",
    palette="demand",
    group="commute",
    order=62,
)
