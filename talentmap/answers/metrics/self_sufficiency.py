"""Self-sufficiency: of the working residents of a place, how many find their work there."""

from talentmap.analysis.ratios import ratio
from talentmap.model.metric import Metric, Values, View
from talentmap.model.question import Question
from talentmap.model.words import Words


def compute(view: View, question: Question) -> Values:
    """Return live-and-work over residents who work."""
    return ratio(view.commute("live_work"), view.commute("residents"))


METRIC = Metric(
    "self_sufficiency",
    Words("就业自足率", "Self-sufficiency"),
    Words("%", "%"),
    "share",
    Words(
        "职住同地人数 ÷ 在此居住的在职人数", "people living and working here ÷ working residents"
    ),
    Words("职住数据", "people with home and work known"),
    compute,
    note=Words(
        "文献中两个自足率名称常互换，以公式为准。",
        "The literature swaps the two names: the formula counts.",
    ),
)
