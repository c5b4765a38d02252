"""Jobs over residents: whether a place is where people work or where they live."""

from talentmap.analysis.ratios import ratio
from talentmap.model.metric import Metric, Values, View
from talentmap.model.question import Question
from talentmap.model.words import Words


def compute(view: View, question: Question) -> Values:
    """Return people who work there over people who live there, both ends known."""
    return ratio(view.commute("jobs"), view.commute("residents"))


METRIC = Metric(
    "jobs_housing_ratio",
    Words("职住比", "Jobs per resident"),
    Words("倍", "×"),
    "ratio",
    Words("在此工作人数 ÷ 在此居住的在职人数", "people working here ÷ working people living here"),
    Words("职住数据（居住地与工作地都已知者）", "people with home and work known"),
    compute,
)
