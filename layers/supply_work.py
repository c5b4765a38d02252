"""Talent, where people work."""

from talentmap.model.layer import Layer
from talentmap.model.words import Words

LAYER = Layer(
    id="supply_work",
    name=Words("人才（工作地）", "Talent by workplace"),
    shape="cells",
    metric="supply",
    palette="supply",
    at="work",
    pages=("map", "commute"),
    group="supply",
    order=40,
)
