"""Self-containment: of those who work in a place, how many live there too."""

from talentmap.model.layer import Layer
from talentmap.model.words import Words

LAYER = Layer(
    id="self_containment",
    name=Words("岗位自足率", "Self-containment"),
    shape="cells",
    metric="self_containment",
    palette="supply",
    pages=("commute",),
    order=62,
)
