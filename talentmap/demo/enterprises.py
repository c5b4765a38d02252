"""Employers: where they are, what they do, how large they are; no name or code is a real one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from stdnum.cn import uscc

from talentmap.demo import divisions
from talentmap.demo.census import SECTIONS
from talentmap.demo.choice import Choice, pick
from talentmap.demo.ground import Ground
from talentmap.demo.places import Sites
from talentmap.demo.plane import distances, to_degrees, to_km
from talentmap.intake.districts import Districts

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

MOST = 120_000  # enterprises, however many people
_TAIL = 1.25  # exponent of the Pareto distribution of sizes
_LARGEST = 0.05  # share of a section that one enterprise may have at most
# In a smaller city than this enterprises are smaller: else they are so few that all go far to them.
_FULL_SIZES, _SHRINK = 180_000, 0.3
_KEY_SHARE = 0.02
_BY_DISTRICT = 0.02
_SMALL = 20
_CENTRE = to_km(np.array([117.035, 36.661]))
_CBD = to_km(np.array([117.118, 36.657]))

# Section: mean persons an enterprise, share of people without one (shops, farms, own account),
# share of the rest in parks, pull of the centre, of residents, unevenness.
_SECTIONS = {
    "A": (15, 0.93, 0.00, 0.0, 1.0, 0.2),
    "B": (90, 0.05, 0.00, 0.0, 0.4, 1.6),
    "C": (45, 0.08, 0.46, 0.0, 0.5, 1.0),
    "D": (60, 0.02, 0.05, 0.5, 0.7, 0.9),
    "E": (35, 0.22, 0.03, 0.5, 0.8, 0.7),
    "F": (8, 0.32, 0.02, 0.9, 0.9, 0.6),
    "G": (22, 0.30, 0.10, 0.1, 0.8, 0.9),
    "H": (9, 0.30, 0.02, 0.8, 0.9, 0.6),
    "I": (15, 0.02, 0.40, 1.6, 0.6, 0.3),
    "J": (30, 0.03, 0.14, 2.2, 0.6, 0.9),
    "K": (18, 0.08, 0.02, 0.8, 1.0, 0.5),
    "L": (16, 0.12, 0.16, 1.6, 0.7, 0.8),
    "M": (24, 0.05, 0.38, 1.4, 0.5, 0.9),
    "N": (40, 0.05, 0.00, 0.3, 0.9, 0.6),
    "O": (6, 0.50, 0.00, 0.4, 1.0, 0.4),
    "P": (55, 0.04, 0.00, 0.5, 0.9, 0.7),
    "Q": (45, 0.06, 0.03, 0.9, 0.8, 0.9),
    "R": (15, 0.18, 0.07, 1.6, 0.7, 0.8),
    "S": (50, 0.01, 0.00, 1.0, 0.8, 0.7),
    "T": (10, 0.00, 0.00, 2.0, 0.5, 0.5),
}
# Work at desks keeps to office buildings, and gathers: the pull of a zone to this power.
_AT_DESKS = {"I": 1.5, "M": 1.4, "J": 1.4, "L": 1.3}
# Jobs a resident worker, in the order of the districts: people go to work in the middle.
_JOBS_PER_RESIDENT = np.array(
    [1.50, 1.12, 0.95, 0.88, 1.06, 0.85, 0.95, 0.90, 0.97, 0.97, 0.93, 0.92]
)
_BRAND = (
    "岱齐鲁泉泺舜云锦汇凌恒启瑞博盛众卓翰晟润川浦铭昱澄弘嘉骏朗沐",
    "衡溪禾野青岳源鼎辰航达诚信联创维腾远泰华睿宇峰程佳讯兴业安康",
)
_SUFFIXES = ("有限公司", "有限责任公司", "股份有限公司", "集团有限公司")
_ALPHABET = np.array(list("0123456789ABCDEFGHJKLMNPQRTUWXY"))


@dataclass(frozen=True)
class Enterprises:
    """Employers in the order of section and work zone, and what they employ.

    `size` is in people of the demo; `loose` (sections × work zones) those without an employer.
    """

    code: npt.NDArray[np.str_]
    name: npt.NDArray[np.str_]
    section: Ints
    division: Ints
    zone: Ints
    km: Floats
    district: Ints
    size: Floats
    loose: Floats

    def headcount(self, expected: Floats) -> Ints:
        """Return the persons each employs if `expected` (sections × work zones) work there."""
        persons = np.round(self.share() * expected[self.section, self.zone])
        return np.maximum(1, persons).astype(np.int64)

    def share(self) -> Floats:
        """Return the share of each among the people of its section at work in its zone."""
        share: Floats = self.size / self.jobs()[self.section, self.zone]
        return share

    def loose_share(self) -> Floats:
        """Return the share of those without an employer, by section and work zone."""
        jobs = self.jobs()
        one = np.ones_like(jobs)
        share: Floats = np.divide(self.loose, jobs, out=one, where=jobs > 0)
        return share

    def jobs(self) -> Floats:
        """Return the people at work by section and work zone."""
        jobs = self.loose.copy()
        np.add.at(jobs, (self.section, self.zone), self.size)
        return jobs


def make_enterprises(
    rng: np.random.Generator,
    ground: Ground,
    sites: Sites,
    districts: Districts,
    residents: Floats,
) -> Enterprises:
    """Return employers, with sizes by a heavy tail, for the workers who live in the city.

    `residents` are workers by district × section.
    """
    workers = residents.sum(axis=0)
    attraction = _attraction(rng, ground, sites, residents / workers.clip(1e-9))
    rules = np.array([_SECTIONS[section] for section in SECTIONS])
    employed = workers * (1 - rules[:, 1])
    small = min(1.0, (float(workers.sum()) / _FULL_SIZES) ** _SHRINK)
    count = _counts(employed, rules[:, 0] * small)
    section = np.repeat(np.arange(len(SECTIONS)), count)
    size = _sizes(rng, section, employed)
    zone = Choice.of_matrix(attraction).draw(rng, section, even=True)
    order = np.lexsort((-size, zone, section))
    section, zone, size = section[order], zone[order], size[order]
    km = _placed(rng, sites.km[_site(rng, sites, section, zone)], districts)
    district = _locate(districts, km)
    division = _divisions(rng, sites, section, zone)
    loose = attraction * (workers - employed)[:, None]
    names = _names(rng, division, districts, district)
    codes = _codes(rng, districts, district)
    return Enterprises(codes, names, section, division, zone, km, district, size, loose)


def _attraction(rng: np.random.Generator, ground: Ground, sites: Sites, lived: Floats) -> Floats:
    """Return sections × work zones, each row summing to 1: where employers of a section settle.

    `lived` is the share of a section's workers who live in each district (districts × sections).
    """
    residents = np.bincount(ground.zone, ground.weight, len(ground.zone_km))
    estates = np.bincount(ground.zone, ground.weight * ~ground.village, len(ground.zone_km))
    middle = sum(
        np.exp(-distances(ground.zone_km, point[None, :])[:, 0] / 4.0) for point in (_CENTRE, _CBD)
    )
    rows = []
    for i, section in enumerate(SECTIONS):
        _, _, in_parks, centre, pull, uneven = _SECTIONS[section]
        basis = residents if section == "A" else estates + 0.1 * residents
        free = basis**pull * np.exp(centre * middle) * rng.lognormal(0, uneven, len(basis))
        free **= _AT_DESKS.get(section, 1.0)
        park = np.array([park.jobs_share * park.sections[i] for park in sites.parks])
        park = park / park.sum() * in_parks if park.sum() > 0 else park
        free = free / free.sum() * (1 - park.sum())
        weights = np.concatenate([free, park])
        rows.append(_by_district(weights, sites, lived[:, i]))
    return np.array(rows)


def _by_district(weights: Floats, sites: Sites, lived: Floats) -> Floats:
    """Move jobs between districts to where the workers are, times what the district attracts.

    Parks stay as they are; a district keeps some of its other jobs however large its parks.
    """
    wanted = lived * _JOBS_PER_RESIDENT
    wanted = wanted / wanted.sum()
    free = np.arange(len(weights)) < sites.first_park
    count = len(lived)
    in_parks = np.bincount(sites.district[~free], weights[~free], count)
    elsewhere = np.bincount(sites.district[free], weights[free], count)
    left = np.maximum(wanted - in_parks, 0.2 * wanted)
    ratio = np.divide(left, elsewhere, out=np.zeros(count), where=elsewhere > 0)
    moved = weights * np.where(free, ratio[sites.district], 1.0)
    shares: Floats = moved / moved.sum()
    return shares


def _counts(employed: Floats, mean: Floats) -> Ints:
    """Return the enterprises a section has: at least three, and not too many in all."""
    wanted = np.maximum(3, employed / mean)
    shrink = min(1.0, MOST / float(wanted.sum()))
    return np.maximum(3, np.round(wanted * shrink)).astype(np.int64)


def _sizes(rng: np.random.Generator, section: Ints, employed: Floats) -> Floats:
    """Return Pareto sizes, scaled so that each section employs what it should."""
    size, uneven = 1 + rng.pareto(_TAIL, len(section)), rng.uniform(0.6, 1, len(section))
    for _ in range(3):  # cutting the largest changes the sum, so scale and cut again
        total = np.bincount(section, size, len(employed))[section]
        count = np.bincount(section, minlength=len(employed))[section]
        size = np.minimum(size, np.maximum(_LARGEST, 2 / count) * total * uneven)
    scaled: Floats = size / np.bincount(section, size, len(employed))[section] * employed[section]
    return scaled


def _site(rng: np.random.Generator, sites: Sites, section: Ints, zone: Ints) -> Ints:
    """Return a site of each one's zone; desk work keeps to the offices, so that it clusters."""
    desk = np.isin(section, [SECTIONS.index(s) for s in _AT_DESKS])
    every = np.arange(len(sites.km))
    of_office = zone + sites.zones * desk
    row = np.concatenate([sites.zone, sites.zone[sites.offices] + sites.zones])
    item = np.concatenate([every, every[sites.offices]])
    choice = Choice(row, item, np.ones(len(item)), 2 * sites.zones)
    return choice.draw(rng, of_office, even=True)


def _placed(rng: np.random.Generator, site_km: Floats, districts: Districts) -> Floats:
    """Return positions some steps from their site; the site itself where that left the city."""
    km = site_km + rng.normal(0, 0.06, site_km.shape)
    outside = _locate(districts, km) < 0
    km[outside] = site_km[outside]
    return km


def _locate(districts: Districts, km: Floats) -> Ints:
    degrees = to_degrees(km)
    return districts.locate(degrees[:, 0], degrees[:, 1]).astype(np.int64)


def _divisions(rng: np.random.Generator, sites: Sites, section: Ints, zone: Ints) -> Ints:
    base = divisions.division_weights()
    division = Choice.of_matrix(base).draw(rng, section)
    for i, park in enumerate(sites.parks):
        here = np.flatnonzero(zone == sites.first_park + i)
        mixed = Choice.of_matrix(divisions.in_park(base, park.divisions))
        division[here] = mixed.draw(rng, section[here])
    return division


def _names(
    rng: np.random.Generator, division: Ints, districts: Districts, district: Ints
) -> npt.NDArray[np.str_]:
    """Return fictional names; one that is taken gets the district before it, then a number."""
    first, second = (np.array(list(part)) for part in _BRAND)
    count = len(division)
    one, two = rng.integers(0, len(first), count), rng.integers(0, len(second), count)
    brand = np.char.add(first[one], second[two])
    trade_at, suffix_at = rng.random(count), pick(rng, np.array([70, 14, 10, 6]), count)
    taken: set[str] = set()
    names = []
    for i in range(count):
        trades = divisions.TRADES[division[i]]
        public = divisions.CODES[division[i]][0] in divisions.PUBLIC
        end = "" if public else _SUFFIXES[suffix_at[i]]
        name = f"{brand[i]}{trades[int(trade_at[i] * len(trades))]}{end}"
        if name in taken:
            name = f"{districts.names[district[i]].rstrip('区县')}{name}"
        plain, number = name, 2
        while name in taken:
            name, number = f"{plain}（{number}）", number + 1
        taken.add(name)
        names.append(name)
    return np.array(names)


def _codes(rng: np.random.Generator, districts: Districts, district: Ints) -> npt.NDArray[np.str_]:
    """Return 统一社会信用代码 that pass the check digit of GB 32100 but can belong to nobody.

    Within one stands an organisation code with a check digit of its own (GB 11714: 0–9 or X); ours
    has a Y there.
    """
    count = len(district)
    serial = rng.choice(len(_ALPHABET) ** 6, count, replace=False, shuffle=True)
    letters = np.empty((count, 6), dtype="<U1")
    for place in range(6):
        serial, digit = np.divmod(serial, len(_ALPHABET))
        letters[:, place] = _ALPHABET[digit]
    bodies = ["".join(row) for row in letters]
    heads = [f"91{districts.codes[i]}MA{body}Y" for i, body in zip(district, bodies, strict=True)]
    return np.array([head + uscc.calc_check_digit(head) for head in heads])


def enterprise_table(
    rng: np.random.Generator,
    made: Enterprises,
    sites: Sites,
    headcount: Ints,
    districts: Districts,
) -> pa.Table:
    """Return the input table `enterprises`; of a few small ones only the district is known."""
    coarse = (rng.random(len(headcount)) < _BY_DISTRICT) & (headcount < _SMALL)
    private = ~np.isin(made.section, [SECTIONS.index(section) for section in "PQST"])
    key = private & (headcount >= np.quantile(headcount[private], 1 - _KEY_SHARE))
    degrees = np.round(to_degrees(made.km), 6)
    park = made.zone - sites.first_park
    park_codes = np.array([p.code for p in sites.parks] + [""])
    return pa.table(
        {
            "code": made.code,
            "name": made.name,
            "industry": np.array(divisions.CODES)[made.division],
            "lon": pa.array(degrees[:, 0], mask=coarse),
            "lat": pa.array(degrees[:, 1], mask=coarse),
            "district": np.array(districts.codes)[made.district],
            "park": park_codes[np.where(park >= 0, park, -1)],
            "scale": _scales(headcount),
            "key": key,
            "headcount": headcount,
        }
    )


def _scales(headcount: Ints) -> npt.NDArray[np.str_]:
    """Return the size class by persons (official bounds differ by trade; these are common)."""
    return np.array(["micro", "small", "medium", "large"])[np.digitize(headcount, [20, 300, 1000])]
