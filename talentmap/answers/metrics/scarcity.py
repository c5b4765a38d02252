"""Scarcity: how tight a place × industry is against the city's average, shrunk where small."""

import numpy as np

from talentmap.analysis.ratios import worst
from talentmap.analysis.tightness import LEAST_WEIGHT, Prior, posterior
from talentmap.model.metric import S_INSUFFICIENT, S_OK, Metric, Values, View
from talentmap.model.question import Question
from talentmap.model.words import Words


def compute(view: View, question: Question) -> Values:
    """Return the posterior mean and its 90 % interval; `n` is the people it rests on."""
    openings, people = view.openings(), view.effective()
    status = worst(openings, people)
    prior = view.prior()
    if prior is None:
        status = np.where(status == S_OK, S_INSUFFICIENT, status).astype(np.uint8)
        return Values(np.zeros(len(status)), status)
    found = posterior(openings.value, people.value, Prior(*prior))
    thin = (found.weight < LEAST_WEIGHT) & (status == S_OK)
    status = np.where(thin, S_INSUFFICIENT, status).astype(np.uint8)
    return Values(found.mean, status, found.low, found.high, people.value)


METRIC = Metric(
    "scarcity",
    Words("紧缺指数", "Scarcity index"),
    Words("倍", "×"),
    "ratio",
    Words(
        "(岗位 + α) ÷ (ρ·人才 + β)；ρ 为全市每人岗位数，α、β 由当月各地各行业极大边际似然估计；"
        "1 为全市平均，区间为 90%",
        "(openings + α) ÷ (ρ·people + β); ρ is the city's openings per person, α and β fitted by "
        "marginal likelihood over the month's places and industries; 1 is the city's average, "
        "interval 90 %",
    ),
    Words("经验贝叶斯收缩（Clayton、Kaldor 1987）", "empirical Bayes (Clayton and Kaldor 1987)"),
    compute,
    worse="up",
    note=Words(
        "本项目自有方法，非官方指数；人才为通勤可达范围内的在职与求职者，与周边岗位竞争后计入。",
        "Our own method, not an official index; people employed and seeking within reach, after "
        "competition with the jobs around.",
    ),
)
