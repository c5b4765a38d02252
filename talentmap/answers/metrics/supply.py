"""Supply: the people an industry (or any other crossing) has in a place."""

from talentmap.model.metric import Metric, Values, View
from talentmap.model.question import Question
from talentmap.model.words import Words


def compute(view: View, question: Question) -> Values:
    """Return persons by the question's side."""
    persons = view.effective()
    return Values(persons.value, persons.status, n=persons.value)


METRIC = Metric(
    "supply",
    Words("人才供给", "Talent supply"),
    Words("人", "persons"),
    "count",
    Words(
        "当月在职与求职人数之和（按人员权重）", "employed and seeking people of the month, weighted"
    ),
    Words("人员数据", "people register"),
    compute,
    note=Words("求职者按居住地计。", "Seekers count where they live."),
)
