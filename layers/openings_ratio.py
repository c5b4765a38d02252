"""Openings per seeker, the simple official ratio, on the same breaks as scarcity."""

from talentmap.model.layer import Layer
from talentmap.model.words import Words

LAYER = Layer(
    id="openings_ratio",
    name=Words("求人倍率", "Openings per seeker"),
    shape="cells",
    metric="openings_ratio",
    palette="scarcity",
    breaks=(0.5, 0.67, 0.83, 1.2, 1.5, 2.0),
    order=20,
)
