"""The share of hires lost because people and openings differ; districts have enough for it."""

from talentmap.model.layer import Layer
from talentmap.model.words import Words

LAYER = Layer(
    id="mismatch",
    name=Words("供需错配率", "Mismatch"),
    shape="cells",
    metric="mismatch",
    palette="demand",
    level="district",
    group="balance",
    order=25,
)
