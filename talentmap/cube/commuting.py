"""Excess commuting of the city, its groups and its places, computed at build (METHODS 4).

The zones are the hexagons of resolution 7 (5 km²), of resolution 6 where few live or work, so that
about a thousand are left to solve whatever the city. Only people whose two ends are hexagons of the
city take part; a group is paired anew among its own homes and its own jobs. Published tables cannot
give these numbers, since what they hide is missing from every flow; a mean over a group of people
is no secret of any one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from talentmap.analysis.excess import Excess, excess_commuting
from talentmap.cube.base import at_level
from talentmap.cube.decay import zone_distances
from talentmap.cube.engines.base import Engine
from talentmap.model.cells import parent
from talentmap.privacy.planes import TIER_RULES

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

ZONES, WIDE = "cell7", 6
# Of all homes and jobs; hexagons with less join their parent, which moves Tmin by about 1 %.
_LEAST_SHARE = 1 / 4000
NAME = "commuting"
# Fewer say nothing of a place, and more than any tier asks for behind a number.
_LEAST_PERSONS = 30
# What places are measured, by which of their people: those who live there or work there.
_PLACES = (("district", "home"), ("district", "work"), ("park", "work"))
SCHEMA = pa.schema(
    [
        ("level", pa.string()), ("side", pa.string()), ("id", pa.int64()),
        ("dimension", pa.string()), ("code", pa.int64()),  # a column of the cube and its integer
        ("persons", pa.float64()),
        ("observed", pa.float64()), ("least", pa.float64()),  # km
        ("most", pa.float64()), ("random", pa.float64()),
    ]
)  # fmt: skip


def write_commuting(
    engine: Engine, commuters: ir.Table, dimensions: tuple[str, ...], folder: Path
) -> None:
    """Write planes/TIER/commuting.parquet: a row (SCHEMA) a group of at least 30 commuters."""
    rows = [
        *_by_groups(engine, commuters, "city", "home", dimensions),
        *(row for level, side in _PLACES for row in _by_groups(engine, commuters, level, side)),
    ]
    table = pa.Table.from_pylist(rows, schema=SCHEMA)
    for tier in TIER_RULES.values():
        file = folder / "planes" / tier.id / f"{NAME}.parquet"
        file.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(table, file)


def excess_of(home: Ints, work: Ints, persons: Floats) -> Excess:
    """Return the excess of flows between hexagons (ids of resolution 7, all above zero)."""
    zones = zones_of(home, work, persons)
    return _excess(zones.at(home, work), persons, zones.km)


@dataclass(frozen=True)
class Zones:
    """Hexagons, ascending, the zone each belongs to, and the km between the zones."""

    cells: Ints
    zone: Ints
    km: Floats

    def at(self, home: Ints, work: Ints) -> tuple[Ints, Ints]:
        """Return the zones of homes and of workplaces; every hexagon must be one of `cells`."""
        first, second = (self.zone[np.searchsorted(self.cells, ids)] for ids in (home, work))
        return first, second


def zones_of(home: Ints, work: Ints, persons: Floats) -> Zones:
    """Return the zones of some flows: hexagons as they are, thin ones gathered."""
    cells, at = np.unique(np.concatenate([home, work]), return_inverse=True)
    ends = np.bincount(at, np.tile(persons, 2), len(cells))
    wide = np.where(ends < _LEAST_SHARE * ends.sum(), parent(cells, WIDE), cells)
    zones, zone = np.unique(wide, return_inverse=True)
    return Zones(cells, zone.astype(np.int64), zone_distances(zones))


def _excess(at: tuple[Ints, Ints], persons: Floats, km: Floats) -> Excess:
    """Return the excess of flows between zones, of those that are an end of any."""
    used, place = np.unique(np.concatenate(at), return_inverse=True)
    flows = np.zeros((len(used), len(used)))
    np.add.at(flows, tuple(place.reshape(2, -1)), persons)
    return excess_commuting(flows, km[np.ix_(used, used)])


def _by_groups(
    engine: Engine, commuters: ir.Table, level: str, side: str, dimensions: tuple[str, ...] = ()
) -> Iterator[dict[str, Any]]:
    """Yield a row a place of the level; the city also by each code of each dimension."""
    flows = _flows(engine, commuters, level, side, dimensions)
    zones = zones_of(flows["home"], flows["work"], flows["persons"])
    at = zones.at(flows["home"], flows["work"])
    keys = [("", np.zeros(len(flows["id"]), dtype=np.int64))]
    keys += [(name, flows[name].astype(np.int64)) for name in dimensions]
    for name, codes in keys:
        groups = np.stack([flows["id"], codes])
        found, group = np.unique(groups, axis=1, return_inverse=True)
        for k, (place, code) in enumerate(found.T.tolist()):
            own = group.reshape(-1) == k
            persons = flows["persons"][own]
            if place < 0 or (name and not code) or persons.sum() < _LEAST_PERSONS:
                continue
            excess = _excess((at[0][own], at[1][own]), persons, zones.km)
            row = {"level": level, "side": side, "id": place, "dimension": name, "code": code}
            yield row | {"persons": float(persons.sum())} | asdict(excess)


def _flows(
    engine: Engine, commuters: ir.Table, level: str, side: str, dimensions: tuple[str, ...]
) -> Mapping[str, npt.NDArray[Any]]:
    ends = {end: at_level(commuters, f"{end}_", ZONES) for end in ("home", "work")}
    own = at_level(commuters, f"{side}_", level)
    rows = commuters.select(*dimensions, "persons", id=own, **ends)
    rows = rows.filter((rows.home > 0) & (rows.work > 0))
    grouped = rows.group_by(["id", "home", "work", *dimensions])
    found = engine.arrow(grouped.agg(persons=rows.persons.sum().cast("float64")))
    return {name: found[name].to_numpy() for name in found.column_names}
