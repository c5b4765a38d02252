"""The base of the cube: records as integers, written once as Ibis expressions.

Ids of a place column: >= 0 is the place (or, for cells, > 0 the H3 cell), and three kinds of
nowhere that are kept so that every level adds up to the same total.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.types as ir

from talentmap.cube.codebook import Codebook
from talentmap.model.cells import BASE_RESOLUTION, parent_masks

OUTSIDE = -1  # known to be outside the city
UNLOCATED = -2  # of the city's register, but not known where at this level
ELSEWHERE = -3  # in the city, in none of these places (parks, enterprises)
SPECIAL = (ELSEWHERE, UNLOCATED, OUTSIDE)

NEVER = 32767  # month of leaving of those who stay
_SEEKING = "seeking"
# The finest age bands, by the age they begin with; the codes are those of data/codes/age.csv.
_AGE_BANDS = ((16, "A16"), (25, "A25"), (30, "A30"), (35, "A35"), (45, "A45"), (55, "A55"))
AGE_CODES = tuple(code for _, code in _AGE_BANDS)
# A student or a retired person is in the register but not in the supply.
_IN_SUPPLY = ("employed", _SEEKING)


@dataclass(frozen=True)
class Trips:
    """Two functions an engine can run: the `way` and the `rail` of a record (see trips.py)."""

    way: Any
    rail: Any


class Mappings:
    """Small tables the records are joined with: code → integer, place code → index."""

    def __init__(
        self, codes: Mapping[str, tuple[Codebook, ir.Table]], places: Mapping[str, ir.Table]
    ):
        self.codes = codes
        self.places = places

    def encode(self, rows: ir.Table, dimensions: tuple[str, ...]) -> ir.Table:
        """Replace each dimension's code by `dimension` and `dimension_top`, 0 where not known."""
        for dimension in dimensions:
            mapping = self.codes[dimension][1].rename(
                {f"{dimension}__c": "code", f"{dimension}__f": "fine", f"{dimension}__t": "top"}
            )
            joined = rows.left_join(mapping, rows[dimension] == mapping[f"{dimension}__c"])
            fine, top = joined[f"{dimension}__f"], joined[f"{dimension}__t"]
            rows = joined.mutate(
                **{
                    dimension: _small(fine.fill_null(0)),
                    f"{dimension}_top": _small(top.fill_null(0)),
                }
            ).drop(f"{dimension}__c", f"{dimension}__f", f"{dimension}__t")
        return rows

    def index(self, rows: ir.Table, kind: str, column: str, into: str) -> ir.Table:
        """Add `into`: the index of the place or enterprise with the code in `column`, or null."""
        mapping = self.places[kind].rename({f"{into}__c": "code", f"{into}__i": "index"})
        joined = rows.left_join(mapping, rows[column] == mapping[f"{into}__c"])
        return joined.mutate(**{into: joined[f"{into}__i"]}).drop(f"{into}__c", f"{into}__i")


def people_base(rows: ir.Table, maps: Mappings, park_of: Any, trips: Trips, year: int) -> ir.Table:
    """Return one row per record: ids of both ends at every level, dimensions, months, persons.

    A seeker has no workplace and counts where they live, at both sides. `commuter` marks the
    employed: the only ones with a way to work; see trips.py for what `way` and `rail` say of it.
    """
    rows = rows.mutate(
        status=rows.status.fill_null("employed"),
        age=rows.age.fill_null(_age_band(year - rows.birth_year)),
    )
    rows = rows.filter(rows.status.isin(_IN_SUPPLY))
    # Supply within reach counts even from outside the city, where its cell is known.
    rows = rows.mutate(reach_cell=rows.home_cell.fill_null(UNLOCATED))
    for side in ("home", "work"):
        rows = _locate(rows, maps, park_of, f"{side}_")
    rows = maps.index(rows, "enterprise", "employer_code", "employer")
    seeking = rows.status == _SEEKING
    for level in ("cell", "district", "park"):
        rows = rows.mutate(
            **{f"work_{level}": ibis.ifelse(seeking, rows[f"home_{level}"], rows[f"work_{level}"])}
        )
    rows = rows.mutate(
        employer=ibis.ifelse(seeking, None, rows.employer).fill_null(ELSEWHERE).cast("int32"),
        commuter=~seeking,
        seekers=ibis.ifelse(seeking, rows.persons, 0).cast("int32"),
        month_in=rows.arrived.fill_null(0).cast("int16"),
        month_out=rows.left.fill_null(NEVER).cast("int16"),
        way=trips.way(
            rows.metres, rows.home_lon, rows.home_lat, rows.work_lon, rows.work_lat
        ).fill_null(0),  # an engine does not ask where one of these is null
        rail=trips.rail(rows.home_cell, rows.work_cell),
    )
    dimensions = ("industry", "occupation", "specialty", "education", "title", "age", "wage")
    rows = maps.encode(rows, dimensions)
    ends = [
        f"{side}_{level}" for side in ("home", "work") for level in ("cell", "district", "park")
    ]
    both = [name for d in dimensions for name in (d, f"{d}_top")]
    rest = [
        "reach_cell",
        "employer",
        "commuter",
        "persons",
        "seekers",
        "metres",
        "way",
        "rail",
        "month_in",
        "month_out",
    ]
    return rows.select(*ends, *both, *rest)


def posts_base(rows: ir.Table, maps: Mappings, park_of: Any) -> ir.Table:
    """Return one row per vacancy: ids, dimensions, openings, first month, month after the last."""
    rows = _locate(rows, maps, park_of, "")
    rows = maps.index(rows, "enterprise", "employer_code", "employer")
    dimensions = ("industry", "occupation", "specialty", "education", "title")
    rows = maps.encode(rows, dimensions).mutate(
        wage=ibis.coalesce((rows.wage_low + rows.wage_high) / 2, rows.wage_low, rows.wage_high),
        employer=rows.employer.fill_null(ELSEWHERE).cast("int32"),
        month_in=rows.posted.fill_null(0).cast("int16"),
        month_out=(rows.closed + 1).fill_null(NEVER).cast("int16"),
    )
    both = [name for d in dimensions for name in (d, f"{d}_top")]
    return rows.select(
        "cell", "district", "park", *both, "employer", "openings", "filled", "wage",
        "month_in", "month_out",
    )  # fmt: skip


def at_level(rows: ir.Table, prefix: str, level: str) -> ir.Value:
    """Return the id column of a level: a cell's ancestor, a place index, or the city itself."""
    if level == "reach":
        return _parent(rows.reach_cell, 8)
    if level == "enterprise":
        return rows.employer.cast("int64")
    if level == "city":
        return ibis.ifelse(rows[f"{prefix}district"] == OUTSIDE, OUTSIDE, 0).cast("int64")
    if level.startswith("cell"):
        return _parent(rows[f"{prefix}cell"], int(level[4:]))
    return rows[f"{prefix}{level}"].cast("int64")


def _parent(cell: ir.IntegerColumn, resolution: int) -> ir.Value:
    """Climb to `resolution` by bit arithmetic (model.cells.parent, for an engine)."""
    if resolution == BASE_RESOLUTION:
        return cell
    keep, digits, bits = parent_masks(resolution)
    return ibis.ifelse(cell > 0, (cell & keep) | (digits | bits), cell)


def _locate(rows: ir.Table, maps: Mappings, park_of: Any, prefix: str) -> ir.Table:
    """Turn the position columns of one side into ids: cell, district, park."""
    rows = maps.index(rows, "district", f"{prefix}district", f"{prefix}__d")
    rows = maps.index(rows, "park", f"{prefix}place", f"{prefix}__p")
    outside = rows[f"{prefix}outside"].fill_null(False)
    inside_park = ibis.coalesce(
        rows[f"{prefix}__p"].cast("int32"),
        park_of(rows[f"{prefix}lon"], rows[f"{prefix}lat"]).nullif(ELSEWHERE),
    )
    nowhere = ibis.ifelse(rows[f"{prefix}cell"].isnull(), UNLOCATED, ELSEWHERE)
    ids = {
        "cell": (rows[f"{prefix}cell"], UNLOCATED, "int64"),
        "district": (rows[f"{prefix}__d"], UNLOCATED, "int32"),
        "park": (inside_park, nowhere, "int32"),
    }
    return rows.mutate(
        **{
            f"{prefix}{name}": ibis.ifelse(outside, OUTSIDE, value.fill_null(missing)).cast(kind)
            for name, (value, missing, kind) in ids.items()
        }
    )


def _age_band(age: ir.IntegerColumn) -> ir.StringValue:
    """Return the code of the finest age band; null below working age or unknown."""
    branches = [(age >= first, code) for first, code in reversed(_AGE_BANDS)]
    return ibis.cases(*branches, else_=None)


def _small(column: ir.IntegerColumn) -> ir.IntegerColumn:
    return column.cast("int16")
