"""Who works where: a gravity model between home zones and work zones, section by section."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from talentmap.demo.census import SECTIONS
from talentmap.demo.choice import Choice
from talentmap.demo.enterprises import Enterprises
from talentmap.demo.ground import Ground
from talentmap.demo.places import Sites
from talentmap.demo.plane import distances, to_degrees, to_km
from talentmap.intake.districts import Districts

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

# Most work near home, some go far: a mixture of two exponentials, in km.
_NEAR_KM, _FAR_KM, _FAR_SHARE = 3.0, 10.0, 0.065
_FARM_KM = 0.7
_WITHIN_KM = 0.5  # a zone is no point: nobody travels nothing
_ROUNDS, _ROUGH_ROUNDS = 40, 12
MEAN_KM = 7.8  # between middles of zones; from door to door it is about a kilometre more
_STRETCH, _HALVINGS = (0.35, 1.6), 6

# Towns over the border whose people work in the city: name, code of their city, place, weight.
NEIGHBOURS = (
    ("齐河", "371400", 116.740, 36.785, 3.0),
    ("临邑", "371400", 116.870, 37.190, 0.5),
    ("禹城", "371400", 116.640, 36.935, 0.6),
    ("惠民", "371600", 117.510, 37.490, 0.3),
    ("邹平", "371600", 117.745, 36.865, 0.9),
    ("博山", "370300", 117.865, 36.495, 0.5),
    ("周村", "370300", 117.860, 36.805, 0.6),
    ("泰安", "370900", 117.090, 36.195, 1.2),
    ("新泰", "370900", 117.770, 35.905, 0.5),
    ("肥城", "370900", 116.770, 36.185, 0.5),
    ("东阿", "371500", 116.250, 36.335, 0.4),
)
_QUARTERS = 14  # of a neighbouring town
_TOWN_SPREAD_KM, _QUARTER_SPREAD_KM = 1.5, 0.22
NEIGHBOUR_KM = to_km(np.array([row[2:4] for row in NEIGHBOURS]))


@dataclass(frozen=True)
class Flows:
    """Homes by district and section, and work zones by home zone and section.

    Home zones are the zones of the ground, then the NEIGHBOURS. Rows of `home` are
    district × section, items compounds; rows of `work` are home zone × section.
    """

    home: Choice
    work: Choice
    expected: Floats  # people at work by section × work zone
    farmers: Floats  # who live in each compound, by which their fields are

    def work_rows(self, zone: Ints, section: Ints) -> Ints:
        """Return the rows of `work` for home zones and sections."""
        return zone * len(SECTIONS) + section


def make_flows(
    ground: Ground, sites: Sites, made: Enterprises, residents: Floats, commuters_in: float
) -> Flows:
    """Balance homes and jobs; `residents` are workers by district × section.

    `commuters_in` is the share of all who work in the city and live outside it.
    """
    homes = _home_weights(ground, residents)
    zones = len(ground.zone_km)
    by_zone = np.zeros((len(SECTIONS), zones + len(NEIGHBOURS)))
    np.add.at(by_zone.T, ground.zone, homes)
    outside = np.array([row[4] for row in NEIGHBOURS])
    total = by_zone.sum(axis=1, keepdims=True)
    by_zone[:, zones:] = total * commuters_in / (1 - commuters_in) * outside / outside.sum()
    jobs = made.jobs()
    farming = SECTIONS.index("A")  # fields are where the farmers are
    jobs[farming, :zones] = by_zone[farming, :zones] + 1e-9
    trips = _calibrated(by_zone, jobs, _distances(ground, sites))
    rows = trips.transpose(1, 0, 2).reshape(-1, trips.shape[2])  # home zone × section
    at_work = trips.sum(axis=1)
    return Flows(_home_choice(ground, homes), Choice.of_matrix(rows), at_work, homes[:, farming])


def _home_weights(ground: Ground, residents: Floats) -> Floats:
    """Return compounds × sections: farmers live in villages, programmers seldom do."""
    village = ground.village[:, None]
    farm = np.array([section == "A" for section in SECTIONS])
    town = np.array([section in "IJKLMPR" for section in SECTIONS])
    taste = np.where(farm, np.where(village, 1.0, 0.04), 1.0)
    taste = np.where(town & village, 0.3, taste)
    weights = ground.weight[:, None] * taste
    total = np.zeros_like(residents)
    np.add.at(total, ground.district, weights)
    scaled: Floats = weights * (residents / total)[ground.district]
    return scaled


def _home_choice(ground: Ground, homes: Floats) -> Choice:
    sections = len(SECTIONS)
    compound = np.repeat(np.arange(len(ground.km)), sections)
    row = (ground.district[:, None] * sections + np.arange(sections)).ravel()
    return Choice(row, compound, homes.ravel(), (int(ground.district.max()) + 1) * sections)


def _calibrated(homes: Floats, jobs: Floats, km: Floats) -> Floats:
    """Return the trips with reaches such that the mean way is MEAN_KM, as nearly as can be.

    Where the dice put the large employers decides how far people must go, the more so the smaller
    the city; the reaches give way.
    """
    low, high = _STRETCH
    for _ in range(_HALVINGS):
        stretch = np.sqrt(low * high)
        trips = _balance(homes, jobs, _decay(km / stretch), _ROUGH_ROUNDS)
        if (trips.sum(axis=0) * km).sum() / trips.sum() > MEAN_KM:
            high = stretch
        else:
            low = stretch
    return _balance(homes, jobs, _decay(km / np.sqrt(low * high)), _ROUNDS)


def _distances(ground: Ground, sites: Sites) -> Floats:
    """Return home zones × work zones in km."""
    start = np.concatenate([ground.zone_km, NEIGHBOUR_KM])
    centre = np.array([sites.km[sites.zone == zone].mean(axis=0) for zone in range(sites.zones)])
    return np.maximum(distances(start, centre), _WITHIN_KM)


def _decay(km: Floats) -> Floats:
    """Return sections × home zones × work zones: how readily people make the way."""
    near, far = np.exp(-km / _NEAR_KM), np.exp(-km / _FAR_KM)
    most = (1 - _FAR_SHARE) * near + _FAR_SHARE * far * (_NEAR_KM / _FAR_KM) ** 2 * 4
    farm = np.exp(-km / _FARM_KM) + 1e-12
    return np.array([farm if section == "A" else most for section in SECTIONS])


def _balance(homes: Floats, jobs: Floats, decay: Floats, rounds: int) -> Floats:
    """Return sections × home zones × work zones with the homes exact and the jobs nearly so."""
    jobs = jobs * (homes.sum(axis=1) / np.maximum(jobs.sum(axis=1), 1e-12))[:, None]
    pull = np.ones_like(jobs)
    for _ in range(rounds):
        push = homes / np.maximum(np.einsum("shw,sw->sh", decay, pull), 1e-300)
        pull = jobs / np.maximum(np.einsum("shw,sh->sw", decay, push), 1e-300)
    push = homes / np.maximum(np.einsum("shw,sw->sh", decay, pull), 1e-300)
    trips: Floats = push[:, :, None] * decay * pull[:, None, :]
    return trips


def outside_points(rng: np.random.Generator, town: Ints, districts: Districts) -> Floats:
    """Return points (km) in the neighbouring towns, none of them inside the city."""
    # The quarters of a town are the same in every chunk of people, whatever `rng` is at.
    fixed = np.random.default_rng(len(NEIGHBOURS))
    quarters = fixed.normal(0, _TOWN_SPREAD_KM, (len(NEIGHBOURS), _QUARTERS, 2))
    quarter = rng.integers(0, _QUARTERS, len(town))
    aside = quarters[town, quarter] + rng.normal(0, _QUARTER_SPREAD_KM, (len(town), 2))
    km = NEIGHBOUR_KM[town] + aside
    degrees = to_degrees(km)
    inside = districts.locate(degrees[:, 0], degrees[:, 1]) >= 0
    km[inside] = NEIGHBOUR_KM[town[inside]]
    return km
