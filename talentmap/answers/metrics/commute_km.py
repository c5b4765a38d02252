"""Mean way to work, in a straight line."""

from talentmap.analysis.ratios import ratio
from talentmap.model.metric import Metric, Values, View
from talentmap.model.question import Question
from talentmap.model.words import Words


def compute(view: View, question: Question) -> Values:
    """Return kilometres per person of those who live (or work) there."""
    return ratio(*view.distance(question.at))


METRIC = Metric(
    "commute_km",
    Words("平均通勤距离", "Mean way to work"),
    Words("公里", "km"),
    "km",
    Words("居住地到工作地的直线距离均值", "mean straight-line distance from home to work"),
    Words("职住数据（两端位置精确者）", "people with both positions exact"),
    compute,
    worse="up",
)
