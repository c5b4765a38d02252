"""Openings per seeker (求人倍率), the official and simple measure."""

from talentmap.analysis.ratios import ratio
from talentmap.model.metric import Metric, Values, View
from talentmap.model.question import Question
from talentmap.model.words import Words


def compute(view: View, question: Question) -> Values:
    """Return openings over seekers; seekers count where they live."""
    return ratio(view.openings(), view.seekers(question.at))


METRIC = Metric(
    "openings_ratio",
    Words("求人倍率", "Openings per seeker"),
    Words("倍", "×"),
    "ratio",
    Words("有效岗位 ÷ 求职人数", "openings ÷ seekers"),
    Words("人力资源和社会保障部求人倍率口径", "MOHRSS definition"),
    compute,
    worse="up",
    note=Words("只计正在求职者，按居住地计。", "Only those who seek, counted where they live."),
)
