"""The share of a place's jobs that are held by people who live there."""

from talentmap.model.layer import Layer
from talentmap.model.words import Words

LAYER = Layer(
    id="self_containment",
    name=Words("岗位自足率", "Self-containment"),
    shape="cells",
    metric="self_containment",
    palette="supply",
    group="commute",
    pages=("map", "commute"),
    order=66,
)
