"""Self-containment: of the jobs of a place, how many are held by people who live there."""

from talentmap.analysis.ratios import ratio
from talentmap.model.metric import Metric, Values, View
from talentmap.model.question import Question
from talentmap.model.words import Words


def compute(view: View, question: Question) -> Values:
    """Return live-and-work over jobs."""
    return ratio(view.commute("live_work"), view.commute("jobs"))


METRIC = Metric(
    "self_containment",
    Words("岗位自足率", "Self-containment"),
    Words("%", "%"),
    "share",
    Words("职住同地人数 ÷ 在此工作人数", "people living and working here ÷ people working here"),
    Words("职住数据", "people with home and work known"),
    compute,
    note=Words(
        "文献中两个自足率名称常互换，以公式为准。",
        "The literature swaps the two names: the formula counts.",
    ),
)
