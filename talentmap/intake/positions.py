"""Where a row is: coordinates, place or district become degrees, base cell, district and precision.

The ladder, best first: coordinates of the row (exact), the point of a known place (place), the
district it names (district), nothing (none). The district a row names is believed before the one
its point lies in, so that the office's own totals are kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from h3ronpy.vector import coordinates_to_cells

from talentmap.intake.crs import to_wgs84
from talentmap.intake.districts import Districts
from talentmap.model.cells import BASE_RESOLUTION
from talentmap.model.schemas import DISTRICT, EXACT, NONE, PLACE

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

FIELDS = ("lon", "lat", "cell", "district", "place", "outside", "precision")
_EARTH_METRES = 6371008.8
_DIVISION_DIGITS = 6  # a street's code of GB/T 2260 begins with that of its district
_DIVISION = rf"^\d{{{_DIVISION_DIGITS}}}(?:\d{{3}}|\d{{6}})?$"


@dataclass(frozen=True)
class Gazetteer:
    """What positions are looked up in.

    `places`: text (a code or a name), lon, lat. `employers`: employer_code and FIELDS.
    `system`: the coordinate system of the file (see crs).
    """

    districts: Districts
    places: pl.DataFrame
    employers: pl.DataFrame
    system: str


Faults = Iterator[tuple[str, str, Bools]]


def faults(frame: pl.DataFrame, side: str, gazetteer: Gazetteer) -> Faults:
    """Yield (column, reason, rows) of positions that cannot be right."""
    lon, lat = _degrees(frame, side)
    yield _name(side, "lat"), "longitude without latitude", ~np.isnan(lon) & np.isnan(lat)
    yield _name(side, "lon"), "latitude without longitude", np.isnan(lon) & ~np.isnan(lat)
    yield _name(side, "lon"), "the point (0, 0)", (lon == 0) & (lat == 0)
    named = _name(side, "district")
    if len(gazetteer.districts) and named in frame.columns:
        code, foreign = _named_districts(frame[named], gazetteer.districts)
        strange = frame[named].is_not_null() & code.is_null() & ~foreign
        yield named, "not a district of the city", strange.to_numpy()


def locate(frame: pl.DataFrame, side: str, gazetteer: Gazetteer) -> pl.DataFrame:
    """Return FIELDS of one side of each row; `side` is home, work or '' (see model.schemas)."""
    lon, lat = to_wgs84(gazetteer.system, *_degrees(frame, side))
    exact = ~np.isnan(lon)
    place = _column(frame, _name(side, "place"), pl.String)
    known = _known_places(place, gazetteer.places)
    at_place = ~exact & ~np.isnan(known[0])
    lon, lat = np.where(at_place, known[0], lon), np.where(at_place, known[1], lat)
    code, foreign = _districts(frame, side, place, gazetteer.districts)
    inside = gazetteer.districts.locate(lon, lat)
    codes = pl.Series([*gazetteer.districts.codes, None], dtype=pl.String)
    district = code.zip_with(code.is_not_null(), codes.gather(inside % len(codes)))
    nowhere = (inside < 0) & ~np.isnan(lon) & (len(gazetteer.districts) > 0)
    outside = pl.Series(nowhere) & code.is_null() | foreign
    given = _column(frame, _name(side, "outside"), pl.Boolean)
    precision = np.where(district.is_not_null() | foreign, DISTRICT, NONE)
    precision = np.where(exact, EXACT, np.where(at_place, PLACE, precision))
    return pl.DataFrame(
        {
            "lon": pl.Series(lon).fill_nan(None),
            "lat": pl.Series(lat).fill_nan(None),
            "cell": base_cells(lon, lat),
            "district": district,
            "place": place,
            "outside": given.zip_with(given.is_not_null(), outside),
            "precision": pl.Series(precision, dtype=pl.UInt8),
        }
    )


def from_employer(found: pl.DataFrame, codes: pl.Series, gazetteer: Gazetteer) -> pl.DataFrame:
    """Return positions with those of the employers where the row itself knows less.

    A row that names a district keeps it: an employer elsewhere is not where it works.
    """
    if not len(gazetteer.employers):
        return found
    theirs = codes.rename("employer_code").to_frame()
    theirs = theirs.join(gazetteer.employers, on="employer_code", how="left", maintain_order="left")
    agree = (found["district"] == theirs["district"]).fill_null(value=False)
    better = (theirs["precision"] < found["precision"]).fill_null(value=False)
    take = better & (agree | (found["precision"] == NONE))
    kept = found["place"].is_not_null()
    columns = {name: theirs[name].zip_with(take, found[name]) for name in FIELDS}
    columns["place"] = found["place"].zip_with(kept, columns["place"])
    return pl.DataFrame(columns)


def base_cells(lon: Floats, lat: Floats) -> pl.Series:
    """Return the base cells (Int64) of WGS-84 degrees; null where a coordinate is NaN."""
    known = ~(np.isnan(lon) | np.isnan(lat))
    cells = np.zeros(len(lon), np.int64)
    if known.any():
        found = coordinates_to_cells(lat[known], lon[known], BASE_RESOLUTION)
        cells[known] = pl.Series(found).to_numpy().astype(np.int64)
    return pl.Series(cells).set(pl.Series(~known), None)


def metres(home: pl.DataFrame, work: pl.DataFrame) -> pl.Series:
    """Return the great-circle metres from home to work; null unless both are known exactly."""
    lon1, lat1, lon2, lat2 = (
        np.radians(side[name].cast(pl.Float64).to_numpy())
        for side in (home, work)
        for name in ("lon", "lat")
    )
    half = np.sin((lat2 - lat1) / 2) ** 2
    half += np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    distance = pl.Series(2 * _EARTH_METRES * np.arcsin(np.sqrt(np.minimum(half, 1.0))))
    both = (home["precision"] == EXACT) & (work["precision"] == EXACT)
    return distance.fill_nan(None).set(~both, None)


def _name(side: str, word: str) -> str:
    return f"{side}_{word}" if side else word


def _column(frame: pl.DataFrame, name: str, dtype: type[pl.DataType]) -> pl.Series:
    if name in frame.columns and frame[name].dtype == dtype:
        return frame[name]
    return pl.Series(name, [None] * len(frame), dtype=dtype)


def _degrees(frame: pl.DataFrame, side: str) -> tuple[Floats, Floats]:
    lon, lat = (_column(frame, _name(side, word), pl.Float64) for word in ("lon", "lat"))
    return lon.fill_null(np.nan).to_numpy(), lat.fill_null(np.nan).to_numpy()


def _known_places(place: pl.Series, places: pl.DataFrame) -> tuple[Floats, Floats]:
    if not len(places) or place.null_count() == len(place):
        return np.full(len(place), np.nan), np.full(len(place), np.nan)
    found = place.rename("text").to_frame()
    found = found.join(places, on="text", how="left", maintain_order="left")
    lon, lat = (found[name].fill_null(np.nan).to_numpy() for name in ("lon", "lat"))
    return lon, lat


def _districts(
    frame: pl.DataFrame, side: str, place: pl.Series, districts: Districts
) -> tuple[pl.Series, pl.Series]:
    """Return the district a row names, itself or by its place, and whether it is another city's."""
    named = _column(frame, _name(side, "district"), pl.String)
    code, foreign = _named_districts(named, districts)
    if not len(districts):
        return code, foreign
    division = place.str.extract(rf"^(\d{{{_DIVISION_DIGITS}}})").set(
        ~place.str.contains(_DIVISION).fill_null(value=False), None
    )
    text = division.zip_with(division.is_not_null(), place)
    by_place, abroad = _named_districts(text, districts)
    return (
        code.zip_with(named.is_not_null(), by_place),
        foreign.zip_with(named.is_not_null(), abroad),
    )


def _named_districts(text: pl.Series, districts: Districts) -> tuple[pl.Series, pl.Series]:
    """Return the codes texts mean, and where they are codes of another city.

    Without a boundary there is nothing to compare with: the text itself is the code.
    """
    if not len(districts):
        return text, pl.repeat(value=False, n=len(text), eager=True)
    meanings = {value: districts.code_of(value) for value in text.unique().drop_nulls().to_list()}
    code = text.replace_strict(meanings, default=None, return_dtype=pl.String)
    foreign = text.str.contains(rf"^\d{{{_DIVISION_DIGITS}}}$").fill_null(value=False)
    return code, foreign & code.is_null()
