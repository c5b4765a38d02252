"""The step of the position ladder for rows that know an address and no place."""

from __future__ import annotations

import numpy as np
import polars as pl

from talentmap.intake.geocode.geocoder import Geocoder
from talentmap.intake.positions import FIELDS, Gazetteer, base_cells
from talentmap.model.schemas import PLACE


def from_address(
    found: pl.DataFrame, addresses: pl.Series, gazetteer: Gazetteer, geocoder: Geocoder
) -> pl.DataFrame:
    """Return positions (FIELDS) with the point of the address where a row knows no better.

    Its precision is that of a place. A point outside the city, or in another district than the row
    names, is not believed: geocoders fall back to a street of the same name elsewhere.
    """
    open_ = (found["precision"] > PLACE) & ~found["outside"].fill_null(value=False)
    asked = addresses.set(~open_, None)
    texts = asked.unique().drop_nulls().to_list()
    if not texts:
        return found
    looked_up = geocoder.find(texts)
    points = looked_up.points
    lon, lat = (
        asked.replace_strict(degrees, default=None, return_dtype=pl.Float64)
        for degrees in (
            {text: point.lon for text, point in points.items()},
            {text: point.lat for text, point in points.items()},
        )
    )
    district, good = _believed(found["district"], lon, lat, gazetteer)
    left = asked.is_in(looked_up.left)
    geocoder.count(
        placed=int(good.sum()),
        unknown=int((asked.is_not_null() & lon.is_null() & ~left).sum()),
        elsewhere=int((lon.is_not_null() & ~good).sum()),
        left=int(left.sum()),
    )
    x, y = (degrees.fill_null(np.nan).to_numpy() for degrees in (lon, lat))
    better = {
        "lon": lon,
        "lat": lat,
        "cell": base_cells(x, y),
        "district": district,
        "precision": pl.repeat(PLACE, len(found), dtype=pl.UInt8, eager=True),
    }
    columns = {name: found[name] for name in FIELDS}
    columns |= {name: values.zip_with(good, found[name]) for name, values in better.items()}
    return pl.DataFrame(columns)


def _believed(
    named: pl.Series, lon: pl.Series, lat: pl.Series, gazetteer: Gazetteer
) -> tuple[pl.Series, pl.Series]:
    """Return the district of each point, and which points are where the row says."""
    if not len(gazetteer.districts):
        return named, lon.is_not_null()
    x, y = (degrees.fill_null(np.nan).to_numpy() for degrees in (lon, lat))
    inside = gazetteer.districts.locate(x, y)
    codes = pl.Series([*gazetteer.districts.codes, None], dtype=pl.String)
    district = codes.gather(inside % len(codes))
    agrees = named.is_null() | (named == district).fill_null(value=False)
    return district, district.is_not_null() & agrees
