"""Mean way to work of those who live (or work) in a place."""

from talentmap.model.layer import Layer
from talentmap.model.words import Words

LAYER = Layer(
    id="commute_km",
    name=Words("平均通勤距离", "Mean way to work"),
    shape="cells",
    metric="commute_km",
    palette="demand",
    pages=("commute",),
    order=64,
)
