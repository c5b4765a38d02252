"""The priors of the scarcity index, fitted at build by crossing and month."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from talentmap.analysis.tightness import Prior, fit_prior
from talentmap.cube.rollup import Counts, Matrix


def fit_priors(
    people: Counts, openings: Counts, totals: dict[str, Counts]
) -> dict[str, list[float]]:
    """Return {month: [rho, alpha, beta]} over the strata of one crossing (places of the city only).

    rho is the city's openings per person in all industries, so that every crossing compares.
    """
    v, s = _aligned(openings, people)
    city = totals["posts-city"]
    rho = {}
    for column, month in enumerate(people.months):
        of_city = city.measures["openings"][city.ids >= 0, city.months.index(month)]
        rho[month] = float(of_city.sum() / max(_city_people(people, column), 1e-9))
    return fit_months(v, replace(people, measures={"persons": s}), rho)


def fit_months(openings: Matrix, people: Counts, rho: dict[int, float]) -> dict[str, list[float]]:
    """Fit month by month, each from the month before; a month with nothing to fit is left out."""
    fitted: dict[str, list[float]] = {}
    before: Prior | None = None
    persons = people.measures["persons"]
    for column, month in enumerate(people.months):
        prior = fit_prior(
            openings[:, column], persons[:, column], rho=rho.get(month, 0.0), start=before
        )
        if prior is not None:
            fitted[str(month)] = [prior.rho, prior.alpha, prior.beta]
            before = prior
    return fitted


def _city_people(people: Counts, column: int) -> float:
    """People of the city in one month: every crossing of a level adds up to them."""
    return float(people.measures["persons"][people.ids != -1, column].sum())


def _aligned(openings: Counts, people: Counts) -> tuple[np.ndarray, np.ndarray]:
    """Return openings and persons over the union of their keys inside places (k × m each)."""
    both = [
        np.stack([c.ids, *c.dims.values()], axis=1).astype(np.int64) for c in (openings, people)
    ]
    inside = [keys[:, 0] >= 0 for keys in both]
    union, index = np.unique(
        np.concatenate([keys[i] for keys, i in zip(both, inside, strict=True)]),
        axis=0,
        return_inverse=True,
    )
    index = index.reshape(-1)
    cut = int(inside[0].sum())
    v = np.zeros((len(union), len(openings.months)))
    s = np.zeros((len(union), len(people.months)))
    v[index[:cut]] = openings.measures["openings"][inside[0]]
    s[index[cut:]] = people.measures["persons"][inside[1]]
    return v, s
