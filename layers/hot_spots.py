"""Where talent gathers or is absent, beyond chance."""

from talentmap.model.layer import Layer
from talentmap.model.words import Words

LAYER = Layer(
    id="hot_spots",
    name=Words("人才高地与洼地", "Hot and cold spots"),
    shape="cells",
    metric="hot_spots",
    palette="scarcity",
    breaks=(-3.29, -2.58, -1.96, 1.96, 2.58, 3.29),
    group="supply",
    order=45,
)
