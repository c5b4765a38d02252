"""How tight the market is around the city's average: blue has spare talent, red lacks it."""

from talentmap.model.layer import Layer
from talentmap.model.words import Words

LAYER = Layer(
    id="scarcity",
    name=Words("紧缺指数", "Scarcity"),
    shape="cells",
    metric="scarcity",
    palette="scarcity",
    breaks=(0.5, 0.67, 0.83, 1.2, 1.5, 2.0),
    order=10,
)
