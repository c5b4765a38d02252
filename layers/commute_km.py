"""How far people go to work, straight."""

from talentmap.model.layer import Layer
from talentmap.model.words import Words

LAYER = Layer(
    id="commute_km",
    name=Words("平均通勤距离", "Mean way to work"),
    shape="cells",
    metric="commute_km",
    palette="demand",
    breaks=(5.0, 10.0, 15.0, 20.0, 25.0),
    group="commute",
    pages=("map", "commute"),
    order=68,
)
