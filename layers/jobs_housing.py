"""Jobs per resident: red has more jobs than residents, blue more residents than jobs."""

from talentmap.model.layer import Layer
from talentmap.model.words import Words

LAYER = Layer(
    id="jobs_housing",
    name=Words("职住比", "Jobs per resident"),
    shape="cells",
    metric="jobs_housing_ratio",
    palette="scarcity",
    breaks=(0.5, 0.67, 0.83, 1.2, 1.5, 2.0),
    pages=("map", "commute"),
    group="commute",
    order=60,
)
