"""Vacancies of 36 months: where work is tight more are open, and they stay open longer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy.stats import poisson

from talentmap.demo import tables as t
from talentmap.demo.careers import SPECIALTY_CODES
from talentmap.demo.census import OCCUPATIONS, SECTIONS
from talentmap.demo.choice import SILVER, Choice, turns, whole
from talentmap.demo.column import degrees, month_texts, words
from talentmap.demo.divisions import CODES, division_weights
from talentmap.demo.people import City
from talentmap.demo.plane import to_degrees
from talentmap.demo.posters import NOBODY, Posters

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

WARM_UP = 8  # months before the first, so that it opens with older postings as any other
_NO_EMPLOYER = 0.03  # of the rows of enterprises, those that name a place and no employer
_BY_DISTRICT = 0.02  # rows that name a district only
_UNEVEN = 0.35  # how far enterprises of a size and place differ in what they look for
_SPOT_SPREAD_KM = 0.15
_FESTIVAL = {289: 0.55, 300: 0.80, 301: 0.72, 313: 0.55}  # months with the Spring Festival days
_PEAK_AFTER = {290: 1.1, 302: 1.12, 314: 1.12}


@dataclass(frozen=True)
class Market:
    """By poster: openings that stand open in the last month, months a posting is open."""

    posters: Posters
    stock: Floats
    open_months: Floats


def make_market(
    rng: np.random.Generator, posters: Posters, tight: Floats, open_in_last: float
) -> Market:
    """Spread the openings of the last month over the posters by people and tightness.

    `tight` is the tightness of each poster, up to a factor.
    """
    uneven = rng.lognormal(-(_UNEVEN**2) / 2, _UNEVEN, len(tight))
    own = np.where(posters.employer == NOBODY, 1.0, uneven)
    stock = posters.people * tight * own
    stock *= open_in_last / stock.sum()
    relative = tight / np.average(tight, weights=posters.people)
    return Market(posters, stock, 1.15 + 0.95 * relative)


def _rates(market: Market) -> Floats:
    """Return by poster the openings posted a month that leave its stock open in the last month."""
    section = market.posters.section
    left, still_open = np.zeros((2, len(section)))
    still_open += 1.0
    for factor in reversed(month_factors()):
        left += factor[section] * still_open
        still_open *= 1 - 1 / market.open_months
    return market.stock / left


def month_factors() -> Floats:
    """Return months × sections: postings against the last month, with season and trend."""
    month = np.arange(t.FIRST_MONTH - WARM_UP, t.LAST_MONTH + 1)
    season = t.SEASON[month % 12].copy()
    for table in (_FESTIVAL, _PEAK_AFTER):
        for when, factor in table.items():
            season[month == when] *= factor
    season /= t.SEASON[t.LAST_MONTH % 12]
    growth = np.array([t.GROWTH[section] for section in SECTIONS])
    years = (month - t.LAST_MONTH) / 12
    factors: Floats = season[:, None] * (1 + growth) ** years[:, None]
    return factors


def make_vacancies(
    rng: np.random.Generator, city: City, market: Market, month: int, first: int
) -> pa.Table:
    """Return the postings of one month (index) as the input table `vacancies`.

    Those of the warm-up that closed before the first month are left out. Ids go on from `first`.
    """
    section = market.posters.section
    factor = month_factors()[month - (t.FIRST_MONTH - WARM_UP)][section]
    openings_each = np.array([t.OPENINGS[s] for s in SECTIONS])[section]
    rate = _rates(market) / openings_each * factor
    poster = np.repeat(np.arange(len(rate)), whole(rng, rate))
    more = poisson.ppf(turns(rng, len(poster), SILVER), openings_each[poster] - 1)
    openings = 1 + np.asarray(more, dtype=np.int64)
    stays = np.log1p(-turns(rng, len(poster))) / np.log1p(-1 / market.open_months[poster])
    last = month + np.floor(stays).astype(np.int64)
    kept = last >= t.FIRST_MONTH
    return _table(rng, city, market, month, first, poster[kept], openings[kept], last[kept])


def _table(
    rng: np.random.Generator,
    city: City,
    market: Market,
    month: int,
    first: int,
    poster: Ints,
    openings: Ints,
    last: Ints,
) -> pa.Table:
    count, section = len(poster), market.posters.section[poster]
    closed = last <= t.LAST_MONTH
    level, occupation = _work(rng, city, section)
    wanted = city.careers.wanted(rng, section, occupation, level)
    low, high = _wages(rng, section, wanted.level, month)
    schooled = wanted.level >= t.LEVELS.index("31")
    return pa.table(
        {
            "vacancy_id": pa.array([f"V{i:09d}" for i in range(first, first + count)], pa.string()),
            **_where(rng, city, market.posters, poster),
            "occupation": words(list(OCCUPATIONS), occupation),
            "specialty": words(SPECIALTY_CODES, wanted.specialty, schooled),
            "education_min": words(t.LEVELS, wanted.level),
            "title_min": words(t.TITLES, wanted.title),
            "openings": pa.array(openings),
            "filled": pa.array(_filled(rng, market, poster, openings, closed)),
            "posted": month_texts(np.full(count, month)),
            "closed": month_texts(last, closed),
            "wage_low": pa.array(low),
            "wage_high": pa.array(high),
        }
    )


def _work(rng: np.random.Generator, city: City, section: Ints) -> tuple[Ints, Ints]:
    """Return level and occupation as they go together in the section."""
    by_section = city.joint.sum(axis=0)
    shape = by_section.shape[1:]
    crossing = Choice.of_matrix(by_section.reshape(len(SECTIONS), -1)).draw(rng, section)
    level, occupation = np.unravel_index(crossing, shape)
    return city.careers.levels(rng, section, level), occupation


def _where(
    rng: np.random.Generator, city: City, posters: Posters, poster: Ints
) -> dict[str, pa.Array]:
    """Return employer, place and industry of postings; some name no employer, a few no place."""
    employer = posters.employer[poster]
    at_spot = employer == NOBODY
    dice = rng.random(len(poster))
    coarse = dice < _BY_DISTRICT
    nobody = coarse | at_spot | (dice < _BY_DISTRICT + _NO_EMPLOYER)
    km = posters.km[poster]
    km[at_spot] += rng.normal(0, _SPOT_SPREAD_KM, (int(at_spot.sum()), 2))
    outside = city.districts.locate(*to_degrees(km).T) != posters.district[poster]
    km[outside] = posters.km[poster][outside]
    lonlat, pointed = to_degrees(km), nobody & ~coarse
    own = Choice.of_matrix(division_weights()).draw(rng, posters.section[poster])
    division = np.where(at_spot, own, city.made.division[np.maximum(employer, 0)])
    codes = city.made.code[np.maximum(employer, 0)].astype(object)
    return {
        "employer_code": pa.array(codes, pa.string(), mask=nobody),
        "lon": degrees(lonlat[:, 0], pointed),
        "lat": degrees(lonlat[:, 1], pointed),
        "district": words(city.districts.names, posters.district[poster], coarse),
        "industry": words(CODES, division),
    }


def _filled(
    rng: np.random.Generator,
    market: Market,
    poster: Ints,
    openings: Ints,
    closed: npt.NDArray[np.bool_],
) -> Ints:
    """Return how many of the openings were filled: fewer where work is tight."""
    slack = np.clip(1.05 - 0.22 * (market.open_months[poster] - 1.15), 0.35, 0.97)
    return rng.binomial(openings, np.where(closed, slack, 0.25 * slack))


def _wages(
    rng: np.random.Generator, section: Ints, level: Ints, month: int
) -> tuple[Floats, Floats]:
    """Return the lower and upper end of the wage, CNY a month in hundreds; up 4 % a year."""
    base = np.array([t.WAGE[s] for s in SECTIONS], dtype=np.float64)[section]
    base = base * t.WAGE_OF_LEVEL[level] * rng.lognormal(0, 0.16, len(section))
    base *= 1.04 ** ((month - t.LAST_MONTH) / 12)
    high = base * rng.uniform(1.2, 1.7, len(section))
    return np.round(base, -2), np.round(high, -2)
