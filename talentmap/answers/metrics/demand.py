"""Demand: openings that are posted and not yet closed."""

from talentmap.model.metric import Metric, Values, View
from talentmap.model.question import Question
from talentmap.model.words import Words


def compute(view: View, question: Question) -> Values:
    """Return the openings of the month by place of work."""
    openings = view.openings()
    return Values(openings.value, openings.status, n=openings.value)


METRIC = Metric(
    "demand",
    Words("有效岗位", "Openings"),
    Words("个", "openings"),
    "count",
    Words("当月已发布且未关闭的招聘人数", "openings posted and not yet closed in the month"),
    Words("岗位数据", "vacancy data"),
    compute,
    note=Words("岗位总是按工作地计。", "Openings always count where the work is."),
)
