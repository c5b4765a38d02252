"""Talent, where people live."""

from talentmap.model.layer import Layer
from talentmap.model.words import Words

LAYER = Layer(
    id="supply_home",
    name=Words("人才（居住地）", "Talent by home"),
    shape="cells",
    metric="supply",
    palette="supply",
    at="home",
    pages=("map", "commute"),
    group="supply",
    order=50,
)
