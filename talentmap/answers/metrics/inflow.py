"""Inflow: people who come from elsewhere to work in a place."""

from talentmap.model.metric import Metric, Values, View
from talentmap.model.question import Question
from talentmap.model.words import Words


def compute(view: View, question: Question) -> Values:
    """Return people working there and living elsewhere."""
    flow = view.commute("inflow")
    return Values(flow.value, flow.status, n=flow.value)


METRIC = Metric(
    "inflow",
    Words("通勤流入", "Commuting in"),
    Words("人", "persons"),
    "count",
    Words("在此工作而居住在别处的人数", "people working here and living elsewhere"),
    Words("职住数据", "people with home and work known"),
    compute,
)
