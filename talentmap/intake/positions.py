"""Where a row is: coordinates, place or district become degrees, base cell, district and precision.

The ladder, best first: coordinates of the row (exact), the point of its employer or of a place it
names (place), the district named by the row, its place or its address (district), nothing (none).
The district a row names is believed before the one its point lies in, so that the office's own
totals are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from h3ronpy.vector import coordinates_to_cells

from talentmap.intake.crs import to_wgs84
from talentmap.intake.districts import Districts
from talentmap.intake.divisions import Divisions, Meaning
from talentmap.intake.geocode.geocoder import Geocoder
from talentmap.model.cells import BASE_RESOLUTION
from talentmap.model.schemas import DISTRICT, EXACT, NONE, PLACE

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

FIELDS = ("lon", "lat", "cell", "district", "place", "outside", "precision")
_EARTH_METRES = 6371008.8


@dataclass(frozen=True)
class Gazetteer:
    """What positions are looked up in.

    `places`: text (a code or a name), lon, lat. `employers`: employer_code and FIELDS.
    `system`: the coordinate system of the file (see crs). `geocoder`: None where it is off.
    """

    districts: Districts
    divisions: Divisions
    places: pl.DataFrame
    employers: pl.DataFrame
    system: str
    geocoder: Geocoder | None = None


def not_understood(
    frame: pl.DataFrame, side: str, gazetteer: Gazetteer
) -> Iterator[tuple[str, Bools]]:
    """Yield (column, rows) of names that are no place, district or city known."""
    if not len(gazetteer.districts):
        return
    for word in ("district", "city"):
        text = _column(frame, _name(side, word), pl.String)
        unknown = ~_meaning(text, _reader(gazetteer, word)).known
        yield _name(side, word), (text.is_not_null() & unknown).to_numpy()
    place = _column(frame, _name(side, "place"), pl.String)
    here = ~np.isnan(_known_places(place, gazetteer.places)[0])
    named = _meaning(place, gazetteer.divisions.of_district).known
    yield _name(side, "place"), place.is_not_null().to_numpy() & ~named.to_numpy() & ~here


def strayed(frame: pl.DataFrame, side: str, gazetteer: Gazetteer) -> Bools:
    """Tell which rows name the city and have a point outside it, which is then not believed.

    Sites fill in a point of their own where they know none.
    """
    city = _column(frame, _name(side, "city"), pl.String)
    if not len(gazetteer.districts) or city.null_count() == len(city):
        return np.zeros(len(frame), np.bool_)
    said = _meaning(city, _reader(gazetteer, "city"))
    here = (said.known & ~said.foreign).to_numpy()
    lon, lat = to_wgs84(gazetteer.system, *_degrees(frame, side))
    outside: Bools = here & ~np.isnan(lon) & (gazetteer.districts.locate(lon, lat) < 0)
    return outside


def locate(frame: pl.DataFrame, side: str, gazetteer: Gazetteer) -> pl.DataFrame:
    """Return FIELDS of one side of each row; `side` is home, work or '' (see model.schemas)."""
    lon, lat = to_wgs84(gazetteer.system, *_degrees(frame, side))
    exact = ~np.isnan(lon)
    place = _column(frame, _name(side, "place"), pl.String)
    known = _known_places(place, gazetteer.places)
    at_place = ~exact & ~np.isnan(known[0])
    lon, lat = np.where(at_place, known[0], lon), np.where(at_place, known[1], lat)
    code, foreign = _districts(frame, side, place, gazetteer)
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


def as_looked_up(text: pl.Expr) -> pl.Expr:
    """Return codes and names of places as they are compared: NFKC, no spaces, no case."""
    return text.str.normalize("NFKC").str.replace_all(r"\s+", "").str.to_lowercase()


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
    found = place.rename("text").to_frame().with_columns(as_looked_up(pl.col("text")))
    found = found.join(places, on="text", how="left", maintain_order="left")
    lon, lat = (found[name].fill_null(np.nan).to_numpy() for name in ("lon", "lat"))
    return lon, lat


def _districts(
    frame: pl.DataFrame, side: str, place: pl.Series, gazetteer: Gazetteer
) -> tuple[pl.Series, pl.Series]:
    """Return the district a row names, and whether it is in another city.

    A city that is another one decides, since districts of two cities bear one name; then the first
    to mean something of district, place and address.
    """
    text = _column(frame, _name(side, "district"), pl.String)
    if not len(gazetteer.districts):  # nothing to compare with: the text itself is the code
        return text, pl.repeat(value=False, n=len(text), eager=True)
    city = _meaning(_column(frame, _name(side, "city"), pl.String), _reader(gazetteer, "city"))
    code, foreign = city.code, city.foreign
    address = _column(frame, _name(side, "address"), pl.String)
    for words, word in ((text, "district"), (place, "place"), (address, "address")):
        said = _meaning(words, _reader(gazetteer, word))
        open_still = code.is_null() & ~foreign
        code = said.code.zip_with(open_still, code)
        foreign |= open_still & said.foreign
    return code.set(city.foreign, None), foreign


def _reader(gazetteer: Gazetteer, word: str) -> Callable[[str], Meaning]:
    readers = {"city": gazetteer.divisions.of_city, "address": gazetteer.divisions.of_address}
    return readers.get(word, gazetteer.divisions.of_district)


@dataclass(frozen=True)
class _Said:
    """What the texts of a column mean."""

    code: pl.Series
    foreign: pl.Series
    known: pl.Series


def _meaning(text: pl.Series, read: Callable[[str], Meaning]) -> _Said:
    """Read each distinct text once; null means nothing."""
    found = {value: read(value) for value in text.unique().drop_nulls().to_list()}

    def each(pick: Callable[[Meaning], object], dtype: type[pl.DataType]) -> pl.Series:
        meanings = {value: pick(meaning) for value, meaning in found.items()}
        return text.replace_strict(meanings, default=None, return_dtype=dtype)

    return _Said(
        each(lambda meaning: meaning.district, pl.String),
        each(lambda meaning: meaning.foreign, pl.Boolean).fill_null(value=False),
        each(lambda meaning: meaning.known, pl.Boolean).fill_null(value=False),
    )
