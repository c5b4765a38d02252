"""Mismatch: the share of hires lost because people and openings differ in field and education."""

import numpy as np

from talentmap.analysis.mismatch import mismatch_by_chance
from talentmap.model.metric import S_INSUFFICIENT, S_OK, Metric, Values, View
from talentmap.model.question import Question
from talentmap.model.words import Words

_DRAWS = 60


def compute(view: View, question: Question) -> Values:
    """Return M over specialty × education, corrected for chance; `n` the openings it rests on."""
    wanted, people, status = view.crossing("specialty", "education")
    value = np.zeros(len(status))
    for place in np.flatnonzero(status == S_OK):
        found = mismatch_by_chance(wanted[place], people[place], draws=_DRAWS).value
        if np.isfinite(found):
            value[place] = found
        else:
            status[place] = S_INSUFFICIENT
    return Values(value, status, n=wanted.sum(axis=(1, 2)))


METRIC = Metric(
    "mismatch",
    Words("供需错配率", "Mismatch"),
    Words("%", "%"),
    "share",
    Words(
        "1 − Σ(岗位占比)^½·(人才占比)^½，按专业 × 学历，减去随机水平",
        "1 − Σ (share of openings)^½ · (share of people)^½ over field × education, less chance",
    ),
    Words(
        "Şahin、Song、Topa、Violante 2014；小表偏差用随机置换校正",
        "Şahin, Song, Topa and Violante 2014; corrected for chance by permutation",
    ),
    compute,
    worse="up",
    note=Words("只比较结构，不比较总量。", "It compares structure, not totals."),
)
