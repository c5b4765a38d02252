"""Home–work pairs: how many people live in one place and work in another."""

from talentmap.model.metric import Metric
from talentmap.model.words import Words

METRIC = Metric(
    "commute_od",
    Words("通勤流向", "Commuting flows"),
    Words("人", "persons"),
    "count",
    Words("居住在甲地、工作在乙地的人数", "people living in one place and working in the other"),
    Words("职住数据", "people with home and work known"),
    None,
    shape="pairs",
)
