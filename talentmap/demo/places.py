"""The fictional parks and stations of the demo city, and the sites where work is done."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa
import shapely
from shapely.geometry.base import BaseGeometry

from talentmap.demo.census import SECTIONS
from talentmap.demo.ground import Ground, read_line
from talentmap.demo.plane import to_degrees, to_km
from talentmap.intake.districts import Districts
from talentmap.model.codes import DATA

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_CORNERS = 9
_BUILDINGS_PER_KM2 = 12
_SITES_PER_ZONE = 5
_OFFICES_PER_ZONE = 2
# Fictional names of stations: first and second part are combined, never twice the same.
_FIRST = "云锦芙漱珍趵黑玉杜舜鹊华莲泺柳凤龙齐"
_SECOND = ("泉路", "湖", "山南", "桥", "园东", "林大街", "岭", "河口", "台", "堤路")


@dataclass(frozen=True)
class Park:
    """A park: its polygon (degrees), what is made in it, and how large a share of the jobs."""

    code: str
    name: str
    shape: shapely.Polygon
    jobs_share: float
    sections: Floats  # shares over SECTIONS
    divisions: dict[str, float]


@dataclass(frozen=True)
class Sites:
    """Spots where employers are. Work zones are the zones of the ground, then the parks."""

    km: Floats
    zone: Ints
    offices: npt.NDArray[np.bool_]  # spots where those settle who work at desks
    district: Ints  # of each work zone, as place in `Districts`
    parks: list[Park]
    first_park: int

    @property
    def zones(self) -> int:
        """Number of work zones."""
        return self.first_park + len(self.parks)


def make_parks(rng: np.random.Generator) -> list[Park]:
    """Return the parks of data/demo with irregular outlines of the given areas."""
    table = pl.read_csv(DATA / "demo" / "jinan_parks.csv")
    parks = []
    for row in table.iter_rows(named=True):
        shares = _shares(row["sections"])
        parks.append(
            Park(
                row["code"],
                row["name"],
                _outline(rng, to_km(np.array([row["lon"], row["lat"]])), row["area_km2"]),
                row["jobs_share"],
                np.array([shares.get(section, 0.0) for section in SECTIONS]),
                _shares(row["divisions"]),
            )
        )
    return parks


def _shares(text: str) -> dict[str, float]:
    pairs = (part.split(":") for part in text.split())
    return {code: float(share) for code, share in pairs}


def _outline(rng: np.random.Generator, centre: Floats, area_km2: float) -> shapely.Polygon:
    """Return a rough block of streets: an uneven ring of corners, stretched and turned."""
    angle = (np.arange(_CORNERS) + rng.uniform(-0.3, 0.3, _CORNERS)) * 2 * np.pi / _CORNERS
    reach = rng.uniform(0.75, 1.2, _CORNERS)
    stretch = rng.uniform(0.75, 1.0)
    ring = np.column_stack([reach * np.cos(angle), stretch * reach * np.sin(angle)])
    turn = rng.uniform(0, np.pi)
    ring = ring @ np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    ring *= np.sqrt(area_km2 / shapely.Polygon(ring).area)
    return shapely.Polygon(to_degrees(ring + centre))


def make_sites(
    rng: np.random.Generator, ground: Ground, parks: list[Park], districts: Districts
) -> Sites:
    """Return a few sites in every zone, at its larger estates, and the buildings of the parks."""
    km, zone = [], []
    for i in range(len(ground.zone_km)):
        near = np.flatnonzero((ground.zone == i) & ~ground.village)
        around = ground.km[near] if len(near) else ground.zone_km[i][None, :]
        spots = around[rng.integers(0, len(around), _SITES_PER_ZONE)]
        spots = spots + rng.normal(0, 0.22, spots.shape)
        outside = districts.locate(*to_degrees(spots).T) < 0
        spots[outside] = ground.zone_km[i]
        km.append(spots)
        zone.append(np.full(len(spots), i))
    for i, park in enumerate(parks):
        count = max(8, round(_BUILDINGS_PER_KM2 * shapely.Polygon(to_km_ring(park)).area))
        km.append(_inside(rng, park, count))
        zone.append(np.full(count, len(ground.zone_km) + i))
    middles = shapely.get_coordinates([park.shape.centroid for park in parks])
    park_district = districts.locate(*middles.T).astype(np.int64)
    district = np.concatenate([ground.zone_district, park_district])
    first_park = len(ground.zone_km)
    all_zones = np.concatenate(zone)
    offices = all_zones >= first_park
    offices |= np.arange(len(all_zones)) % _SITES_PER_ZONE < _OFFICES_PER_ZONE
    return Sites(np.concatenate(km), all_zones, offices, district, parks, first_park)


def to_km_ring(park: Park) -> Floats:
    """Return the corners of a park in km."""
    return to_km(shapely.get_coordinates(park.shape))


def _inside(rng: np.random.Generator, park: Park, count: int) -> Floats:
    """Return points well inside a park."""
    shape = shapely.Polygon(to_km_ring(park)).buffer(-0.12)
    west, south, east, north = shape.bounds
    points = rng.uniform((west, south), (east, north), (40 * count, 2))
    return points[shapely.contains_xy(shape, points[:, 0], points[:, 1])][:count]


def station_points() -> tuple[list[str], Floats]:
    """Return names and positions (degrees) of the stations, evenly along the lines of data/demo."""
    points: list[Floats] = []
    for row in pl.read_csv(DATA / "demo" / "jinan_lines.csv").iter_rows(named=True):
        route = shapely.LineString(to_km(read_line(row["route"])))
        along = np.linspace(0, route.length, row["stations"])
        points.append(to_degrees(shapely.get_coordinates(route.interpolate(along))))
    all_points = np.concatenate(points)
    names = [f"{a}{b}站" for b in _SECOND for a in _FIRST]
    # A stride coprime to the list takes each name at most once and mixes the parts.
    return [names[(i * 37) % len(names)] for i in range(len(all_points))], all_points


def places_table(parks: list[Park]) -> pa.Table:
    """Return parks and stations as the input table `places`: code, name, kind, wkt."""
    names, points = station_points()
    codes = [park.code for park in parks] + [f"ST{i:02d}" for i in range(1, len(names) + 1)]
    kinds = ["park"] * len(parks) + ["station"] * len(names)
    shapes: list[BaseGeometry] = [park.shape for park in parks]
    shapes += [shapely.Point(point) for point in points]
    return pa.table(
        {
            "code": codes,
            "name": [park.name for park in parks] + names,
            "kind": kinds,
            "wkt": [shapely.to_wkt(shape, rounding_precision=6) for shape in shapes],
        }
    )
