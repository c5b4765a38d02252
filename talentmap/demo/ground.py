"""Where people can live: zones along the real axes and towns, made of compounds and villages.

A *zone* is a neighbourhood of about a kilometre, the unit of commuting. A *compound* is a housing
estate or a village of a few hundred metres, where homes are. The axes and towns of Jinan are real
(data/demo), the compounds on them come from the dice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
import shapely

from talentmap.demo.census import Census
from talentmap.demo.plane import distances, to_degrees, to_km
from talentmap.intake.districts import Districts
from talentmap.model.codes import DATA

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_STEP_KM = 1.1  # from one zone of an axis to the next
_TOWN_ZONE_KM = 0.8  # how far the zones of a town lie apart
_COMPOUNDS_PER_ZONE = 8
_VILLAGE_SPACING_KM = 1.9
_PERSONS_PER_VILLAGE = 1600
_TOWN_OF_A_VILLAGE_KM = 9.0
_PUSH_TRIES = 8


@dataclass(frozen=True)
class Ground:
    """Zones and compounds; positions in km of `plane`, districts as places in `Districts`."""

    zone_km: Floats
    zone_district: Ints
    zone_urban: npt.NDArray[np.bool_]
    zone_names: list[str]
    km: Floats  # of the compounds, as all below
    zone: Ints
    district: Ints
    village: npt.NDArray[np.bool_]
    radius_km: Floats
    weight: Floats  # residents, in persons of the census


def make_ground(rng: np.random.Generator, districts: Districts, census: Census) -> Ground:
    """Lay out the city; residents of a district, urban and rural, are those of the census."""
    zones = _zones(rng, districts)
    zone_km = np.array([zone.km for zone in zones])
    zone_weight = np.array([zone.weight for zone in zones])
    spread = np.array([zone.spread_km for zone in zones])
    estates = _estates(rng, zone_km, zone_weight, spread)
    villages = _villages(rng, districts, census, zone_km)
    km = np.concatenate([estates[0], villages[0]])
    zone = np.concatenate([estates[1], villages[1]])
    weight = np.concatenate([estates[2], villages[2]])
    village = np.arange(len(km)) >= len(estates[0])
    district = _locate(districts, km)
    keep = district >= 0
    weight = _to_census(weight, district, village, keep, census)
    keep &= weight > 0
    radius = np.where(village, 0.16, 0.19) * rng.lognormal(0, 0.35, len(km))
    return Ground(
        zone_km,
        _locate(districts, zone_km),
        np.array([zone.urban for zone in zones]),
        [zone.name for zone in zones],
        km[keep],
        zone[keep],
        district[keep],
        village[keep],
        radius[keep],
        weight[keep],
    )


@dataclass(frozen=True)
class _Zone:
    name: str
    km: Floats
    weight: float
    spread_km: float
    urban: bool


def _zones(rng: np.random.Generator, districts: Districts) -> list[_Zone]:
    zones = [*_axis_zones(rng), *_town_zones(rng)]
    inside = _locate(districts, np.array([zone.km for zone in zones])) >= 0
    return [zone for zone, there in zip(zones, inside, strict=True) if there]


def _axis_zones(rng: np.random.Generator) -> Iterator[_Zone]:
    for row in pl.read_csv(DATA / "demo" / "jinan_axes.csv").iter_rows(named=True):
        line = shapely.LineString(to_km(read_line(row["line"])))
        for along in np.arange(rng.uniform(0.2, 0.8), line.length, _STEP_KM):
            point = line.interpolate(along)
            aside = rng.normal(0, row["width_km"], 2)
            km = np.array([point.x, point.y]) + aside
            weight = row["weight"] * rng.lognormal(0, 0.4)
            yield _Zone(row["name"], km, weight, 0.55, urban=True)


def _town_zones(rng: np.random.Generator) -> Iterator[_Zone]:
    towns = pl.read_csv(DATA / "demo" / "jinan_towns.csv", schema_overrides={"district": pl.String})
    for row in towns.iter_rows(named=True):
        centre = to_km(np.array([row["lon"], row["lat"]]))
        count = max(1, round(2.2 * row["weight"]))
        for i in range(count):
            aside = rng.normal(0, row["spread_km"] * _TOWN_ZONE_KM, 2) if i else np.zeros(2)
            weight = row["weight"] / count * (1.6 if i == 0 else 1) * rng.lognormal(0, 0.3)
            yield _Zone(row["name"], centre + aside, weight, 0.45, urban=False)


def read_line(text: str) -> Floats:
    """Return the points, in degrees, of a line written `lon lat;lon lat`."""
    return np.array([[float(number) for number in point.split()] for point in text.split(";")])


def _estates(
    rng: np.random.Generator, zone_km: Floats, zone_weight: Floats, spread: Floats
) -> tuple[Floats, Ints, Floats]:
    """Return position, zone and weight of the housing estates of every zone."""
    zone = np.repeat(np.arange(len(zone_km)), _COMPOUNDS_PER_ZONE)
    turn = rng.uniform(0, np.pi, len(zone_km))[zone]
    long_way, short_way = rng.normal(0, 1.25, len(zone)), rng.normal(0, 0.7, len(zone))
    aside = np.column_stack(
        [
            long_way * np.cos(turn) - short_way * np.sin(turn),
            long_way * np.sin(turn) + short_way * np.cos(turn),
        ]
    )
    weight = zone_weight[zone] * rng.gamma(1.1, 1.0, len(zone))
    return zone_km[zone] + aside * spread[zone, None], zone, weight


def _villages(
    rng: np.random.Generator, districts: Districts, census: Census, zone_km: Floats
) -> tuple[Floats, Ints, Floats]:
    """Return position, nearest zone and weight of the villages, denser near the towns."""
    found: list[Floats] = []
    for i, rural in enumerate(census.rural):
        wanted = int(rural / _PERSONS_PER_VILLAGE)
        spots = _lattice(rng, districts, i)
        near = distances(spots, zone_km).min(axis=1) if len(spots) else np.zeros(0)
        appeal = np.exp(-near / _TOWN_OF_A_VILLAGE_KM) * rng.random(len(spots)) ** 0.7
        found.append(spots[np.argsort(-appeal)[:wanted]])
    km = np.concatenate(found)
    zone = distances(km, zone_km).argmin(axis=1)
    return km, zone, rng.lognormal(0, 0.55, len(km))


def _lattice(rng: np.random.Generator, districts: Districts, district: int) -> Floats:
    """Return points of a shaken triangular lattice inside one district."""
    west, south, east, north = shapely.bounds(districts.shapes[district])
    (x0, y0), (x1, y1) = to_km(np.array([[west, south], [east, north]]))
    rows = np.arange(y0, y1, _VILLAGE_SPACING_KM * 0.87)
    columns = np.arange(x0, x1, _VILLAGE_SPACING_KM)
    x, y = np.meshgrid(columns, rows)
    x[1::2] += _VILLAGE_SPACING_KM / 2
    points = np.column_stack([x.ravel(), y.ravel()])
    points += rng.normal(0, 0.28 * _VILLAGE_SPACING_KM, points.shape)
    inside: Floats = points[_locate(districts, points) == district]
    return inside


def _locate(districts: Districts, km: Floats) -> Ints:
    degrees = to_degrees(km)
    return districts.locate(degrees[:, 0], degrees[:, 1]).astype(np.int64)


def _to_census(
    weight: Floats,
    district: Ints,
    village: npt.NDArray[np.bool_],
    keep: npt.NDArray[np.bool_],
    census: Census,
) -> Floats:
    """Scale weights so that each district has its urban residents in estates, rural in villages."""
    scaled = np.zeros_like(weight)
    for i in range(len(census.codes)):
        here = keep & (district == i)
        rural = census.rural[i] if (here & village).any() else 0.0
        urban = census.urban[i] + census.rural[i] - rural
        for which, persons in ((here & ~village, urban), (here & village, rural)):
            if which.any():
                scaled[which] = weight[which] / weight[which].sum() * persons
    return scaled


def scatter(
    rng: np.random.Generator, ground: Ground, compound: Ints, districts: Districts
) -> Floats:
    """Return a point (km) in each of the compounds, inside the compound's district.

    A point that falls over the border is thrown again; after a few tries it takes the middle.
    """
    km = ground.km[compound].copy()
    todo = np.arange(len(compound))
    for _ in range(_PUSH_TRIES):
        spread = ground.radius_km[compound[todo], None] * rng.normal(0, 1, (len(todo), 2)) * 0.8
        tried = ground.km[compound[todo]] + spread
        good = _locate(districts, tried) == ground.district[compound[todo]]
        km[todo[good]] = tried[good]
        todo = todo[~good]
    return km
