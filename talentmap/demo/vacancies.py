"""Vacancies of 36 months: where work is tight more are open, and they stay open longer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from talentmap.demo import tables as t
from talentmap.demo.careers import SPECIALTY_CODES
from talentmap.demo.census import OCCUPATIONS, SECTIONS
from talentmap.demo.choice import Choice
from talentmap.demo.column import degrees, month_texts, words
from talentmap.demo.divisions import CODES
from talentmap.demo.people import City
from talentmap.demo.plane import to_degrees

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

WARM_UP = 8  # months before the first, so that it opens with older postings as any other
_NO_EMPLOYER = 0.06  # rows that name a place and no employer
_BY_DISTRICT = 0.02  # rows that name a district only
_FESTIVAL = {289: 0.55, 300: 0.80, 301: 0.72, 313: 0.55}  # months with the Spring Festival days
_PEAK_AFTER = {290: 1.1, 302: 1.12, 314: 1.12}


@dataclass(frozen=True)
class Market:
    """By enterprise: openings that stand open in the last month, months a posting is open."""

    stock: Floats
    open_months: Floats


def make_market(city: City, tight: Floats, open_in_last: float) -> Market:
    """Spread the openings of the last month over the enterprises by size and tightness.

    `tight` is the tightness of each enterprise, up to a factor.
    """
    people = city.made.size * (1 + _loose_share(city))
    stock = people * tight
    stock *= open_in_last / stock.sum()
    relative = tight / np.average(tight, weights=people)
    return Market(stock, 1.15 + 0.95 * relative)


def _loose_share(city: City) -> Floats:
    """Return for each enterprise the people without an employer, against those with, around it."""
    hired = np.zeros_like(city.made.loose)
    np.add.at(hired, (city.made.section, city.made.zone), city.made.size)
    by_section = city.made.loose.sum(axis=1) / hired.sum(axis=1)
    farming = SECTIONS.index("A")
    by_section[farming] = 0.0  # farms do not advertise
    share: Floats = by_section[city.made.section]
    return share


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
    made = city.made
    factor = month_factors()[month - (t.FIRST_MONTH - WARM_UP)][made.section]
    openings_each = np.array([t.OPENINGS[section] for section in SECTIONS])[made.section]
    rate = market.stock / market.open_months / openings_each * factor
    enterprise = np.repeat(np.arange(len(rate)), rng.poisson(rate))
    last = month + rng.geometric(1 / market.open_months[enterprise]) - 1
    kept = last >= t.FIRST_MONTH
    enterprise, last = enterprise[kept], last[kept]
    return _table(rng, city, market, month, first, enterprise, last)


def _table(
    rng: np.random.Generator,
    city: City,
    market: Market,
    month: int,
    first: int,
    enterprise: Ints,
    last: Ints,
) -> pa.Table:
    count, made = len(enterprise), city.made
    section = made.section[enterprise]
    mean = np.array([t.OPENINGS[s] for s in SECTIONS])[section]
    openings = rng.geometric(1 / mean)
    closed = last <= t.LAST_MONTH
    level, occupation = _work(rng, city, section)
    wanted = city.careers.wanted(rng, section, occupation, level)
    low, high = _wages(rng, section, wanted.level, month)
    schooled = wanted.level >= t.LEVELS.index("31")
    return pa.table(
        {
            "vacancy_id": pa.array([f"V{i:09d}" for i in range(first, first + count)], pa.string()),
            **_where(rng, city, enterprise),
            "industry": words(CODES, made.division[enterprise]),
            "occupation": words(list(OCCUPATIONS), occupation),
            "specialty": words(SPECIALTY_CODES, wanted.specialty, schooled),
            "education_min": words(t.LEVELS, wanted.level),
            "title_min": words(t.TITLES, wanted.title),
            "openings": pa.array(openings),
            "filled": pa.array(_filled(rng, market, enterprise, openings, closed)),
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


def _where(rng: np.random.Generator, city: City, enterprise: Ints) -> dict[str, pa.Array]:
    dice = rng.random(len(enterprise))
    coarse = dice < _BY_DISTRICT
    loose = ~coarse & (dice < _BY_DISTRICT + _NO_EMPLOYER)
    lonlat = to_degrees(city.made.km[enterprise])
    codes = city.made.code[enterprise].astype(object)
    return {
        "employer_code": pa.array(codes, pa.string(), mask=coarse | loose),
        "lon": degrees(lonlat[:, 0], loose),
        "lat": degrees(lonlat[:, 1], loose),
        "district": words(city.districts.names, city.made.district[enterprise], coarse),
    }


def _filled(
    rng: np.random.Generator,
    market: Market,
    enterprise: Ints,
    openings: Ints,
    closed: npt.NDArray[np.bool_],
) -> Ints:
    """Return how many of the openings were filled: fewer where work is tight."""
    slack = np.clip(1.05 - 0.22 * (market.open_months[enterprise] - 1.15), 0.35, 0.97)
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
