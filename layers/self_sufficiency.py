"""The share of a place's residents who also work there."""

from talentmap.model.layer import Layer
from talentmap.model.words import Words

LAYER = Layer(
    id="self_sufficiency",
    name=Words("就业自足率", "Self-sufficiency"),
    shape="cells",
    metric="self_sufficiency",
    palette="supply",
    group="commute",
    order=67,
)
