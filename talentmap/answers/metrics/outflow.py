"""Outflow: people who leave a place for work elsewhere."""

from talentmap.model.metric import Metric, Values, View
from talentmap.model.question import Question
from talentmap.model.words import Words


def compute(view: View, question: Question) -> Values:
    """Return people living there and working elsewhere."""
    flow = view.commute("outflow")
    return Values(flow.value, flow.status, n=flow.value)


METRIC = Metric(
    "outflow",
    Words("通勤流出", "Commuting out"),
    Words("人", "persons"),
    "count",
    Words("居住在此而在别处工作的人数", "people living here and working elsewhere"),
    Words("职住数据", "people with home and work known"),
    compute,
)
