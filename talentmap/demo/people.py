"""The people of the demo city, a chunk at a time: no two alike, none of them real."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from talentmap.demo.careers import Careers
from talentmap.demo.census import OCCUPATIONS, SECTIONS
from talentmap.demo.choice import Choice, pick, turns
from talentmap.demo.column import degrees, words
from talentmap.demo.divisions import CODES, division_weights
from talentmap.demo.enterprises import Enterprises
from talentmap.demo.flows import NEIGHBOURS, Flows, outside_points
from talentmap.demo.ground import Ground, scatter
from talentmap.demo.moves import move_columns
from talentmap.demo.places import Sites
from talentmap.demo.plane import to_degrees
from talentmap.demo.tables import CAMPUSES
from talentmap.intake.districts import Districts

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

EMPLOYED, SEEKING, STUDENT, OTHER = range(4)
_STATUS = ("employed", "seeking", "student", "other")
STATUS_SHARES = np.array([0.852, 0.095, 0.045, 0.008])
COMMUTERS_IN = 0.022  # of those at work, live outside the city
_HOME_BY_DISTRICT = 0.03  # rows that tell no more of the home than its district
_WORK_BY_DISTRICT = 0.015
_LOOSE_SPREAD_KM = 0.18
_FIELD_KM = 0.3  # from a farmer's home to the field
_SHARE_AT_SITES = 0.4  # of those without an employer; the others work where people live


@dataclass(frozen=True)
class City:
    """Everything that stays the same from chunk to chunk."""

    districts: Districts
    ground: Ground
    sites: Sites
    made: Enterprises
    flows: Flows
    careers: Careers
    joint: Floats  # district × section × education × occupation
    calm: Floats  # district × section: share of would-be seekers who find work at once
    employers: Choice
    loose_spots: Choice  # by work zone, places in `spots`
    spots: Floats  # km of the sites, then of the compounds


@dataclass(frozen=True)
class _Homes:
    """Home of each person; `neighbour` is -1 in the city, else a place in NEIGHBOURS."""

    km: Floats
    zone: Ints
    district: Ints
    neighbour: Ints


def employer_choice(made: Enterprises, zones: int) -> Choice:
    """Return employers by section and work zone; the item after the last is to have none."""
    own = made.section * zones + made.zone
    loose = np.arange(len(SECTIONS) * zones)
    nobody = np.full(len(loose), len(made.code))
    return Choice(
        np.concatenate([own, loose]),
        np.concatenate([np.arange(len(made.code)), nobody]),
        np.concatenate([made.size, made.loose.ravel() + 1e-9]),
        len(loose),
    )


def make_people(rng: np.random.Generator, city: City, first: int, count: int) -> pa.Table:
    """Return `count` rows of the input table `people`; keys go on from `first`."""
    cell, status = _kinds(rng, city, count)
    district, section, level, occupation = np.unravel_index(cell, city.joint.shape)
    homes = _homes(rng, city, status, district, section)
    supply = status <= SEEKING
    level = city.careers.levels(rng, section, level)
    neighbour_codes = [row[1] for row in NEIGHBOURS]
    columns = {
        "person_key": pa.array([f"SYN{i:010d}" for i in range(first, first + count)], pa.string()),
        **_home_columns(rng, city, homes),
        **_work_columns(rng, city, status, section, homes),
        "occupation": words(list(OCCUPATIONS), occupation, supply),
        "status": words(_STATUS, status),
        **city.careers.columns(rng, section, occupation, level, district, status == STUDENT),
        **move_columns(rng, section, homes.neighbour, neighbour_codes),
    }
    return pa.table(columns)


def _kinds(rng: np.random.Generator, city: City, count: int) -> tuple[Ints, Ints]:
    """Return place in the joint table and status of each, both as even as whole persons can be.

    So a small city has the shares of a large one: who seeks is spread over the sorted table, then
    the rows are shuffled.
    """
    cell = np.sort(pick(rng, city.joint.ravel(), count, even=True))
    district, section, _, _ = np.unravel_index(cell, city.joint.shape)
    along = turns(rng, count)
    employed, seeking = STATUS_SHARES[:2]
    ends = np.cumsum(STATUS_SHARES)
    status = np.minimum(np.searchsorted(ends, along, side="right"), OTHER)
    found_work = along < employed + seeking * city.calm[district, section]
    status = np.where((status == SEEKING) & found_work, EMPLOYED, status)
    order = rng.permutation(count)
    return cell[order], status[order]


def _homes(
    rng: np.random.Generator, city: City, status: Ints, district: Ints, section: Ints
) -> _Homes:
    compound = city.flows.home.draw(rng, district * len(SECTIONS) + section, even=True)
    students = np.flatnonzero(status == STUDENT)
    compound[students] = pick(rng, _campus_weights(city.ground), len(students))
    km, zone = scatter(rng, city.ground, compound, city.districts), city.ground.zone[compound]
    home_district = city.ground.district[compound]
    outside = np.flatnonzero((status == EMPLOYED) & (rng.random(len(status)) < COMMUTERS_IN))
    town = pick(rng, np.array([row[4] for row in NEIGHBOURS]), len(outside))
    neighbour = np.full(len(status), -1)
    neighbour[outside] = town
    km[outside] = outside_points(rng, town, city.districts)
    zone[outside] = len(city.ground.zone_km) + town
    return _Homes(km, zone, home_district, neighbour)


def _campus_weights(ground: Ground) -> Floats:
    """Return the weight of each compound as the home of a student."""
    shares = np.array([CAMPUSES.get(name, 0) for name in ground.zone_names], dtype=np.float64)
    zones = {name: ground.zone_names.count(name) for name in CAMPUSES}
    shares /= [zones.get(name, 1) for name in ground.zone_names]
    weights: Floats = shares[ground.zone] * ~ground.village * ground.weight
    return weights


def _home_columns(rng: np.random.Generator, city: City, homes: _Homes) -> dict[str, pa.Array]:
    inside = homes.neighbour < 0
    coarse = inside & (rng.random(len(inside)) < _HOME_BY_DISTRICT)
    lonlat = to_degrees(homes.km)
    return {
        "home_lon": degrees(lonlat[:, 0], ~coarse),
        "home_lat": degrees(lonlat[:, 1], ~coarse),
        "home_district": words(city.districts.names, homes.district, coarse),
    }


def _work_columns(
    rng: np.random.Generator, city: City, status: Ints, section: Ints, homes: _Homes
) -> dict[str, pa.Array]:
    """Return employer, industry and place of work.

    Who has an employer works where it is, a farmer near home, the others somewhere in their zone;
    a few rows tell only the district. Seekers have an industry and no workplace.
    """
    made, sites = city.made, city.sites
    employed = status == EMPLOYED
    zone = np.zeros(len(section), dtype=np.int64)
    # Nobody else is asked: a student may live where nobody works in the section drawn for them.
    rows = city.flows.work_rows(homes.zone, section)[employed]
    zone[employed] = city.flows.work.draw(rng, rows)
    employer = city.employers.draw(rng, section * sites.zones + zone)
    hired = employer < len(made.code)
    at = np.minimum(employer, len(made.code) - 1)
    own = Choice.of_matrix(division_weights()).draw(rng, section)
    division = np.where(employed & hired, made.division[at], own)
    coarse = employed & (rng.random(len(zone)) < _WORK_BY_DISTRICT)
    loose = employed & ~hired & ~coarse
    farming = (section == SECTIONS.index("A")) & (homes.neighbour < 0)
    lonlat = to_degrees(_loose_places(rng, city, zone, homes.km, farming))
    return {
        "work_lon": degrees(lonlat[:, 0], loose),
        "work_lat": degrees(lonlat[:, 1], loose),
        "work_district": words(city.districts.names, sites.district[zone], coarse),
        "employer_code": pa.array(
            made.code[at].astype(object), pa.string(), mask=~(employed & hired & ~coarse)
        ),
        "industry": words(CODES, division, status <= SEEKING),
    }


def loose_spots(sites: Sites, ground: Ground) -> tuple[Ints, Floats]:
    """Return where those without an employer work: zone and weight of sites, then compounds."""
    site = np.full(len(sites.km), _SHARE_AT_SITES)
    site /= np.bincount(sites.zone)[sites.zone]
    living = ground.weight * (1 - _SHARE_AT_SITES)
    living /= np.bincount(ground.zone, ground.weight)[ground.zone]
    zone = np.concatenate([sites.zone, ground.zone])
    weight = np.concatenate([site, living])
    return zone, weight


def _loose_places(
    rng: np.random.Generator, city: City, zone: Ints, home_km: Floats, farming: Bools
) -> Floats:
    """Return points in the city: fields near the home of a farmer, else near a spot of the zone."""
    spot = np.where(farming[:, None], home_km, city.spots[city.loose_spots.draw(rng, zone)])
    spread = np.where(farming, _FIELD_KM, _LOOSE_SPREAD_KM)[:, None]
    km = spot + spread * rng.normal(0, 1, spot.shape)
    outside = city.districts.locate(*to_degrees(km).T) < 0
    km[outside] = spot[outside]
    return km
