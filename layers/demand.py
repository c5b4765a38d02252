"""Openings, where the employers are."""

from talentmap.model.layer import Layer
from talentmap.model.words import Words

LAYER = Layer(
    id="demand",
    name=Words("有效岗位", "Openings"),
    shape="cells",
    metric="demand",
    palette="demand",
    group="supply",
    order=30,
)
