"""Amap (高德), Web service API v3: coordinates in GCJ-02."""

from __future__ import annotations

from typing import Any

from talentmap.intake.geocode.provider import (
    AREAS,
    Busy,
    City,
    Denied,
    Point,
    Provider,
    Spent,
    read_degrees,
)

# Codes of https://lbs.amap.com/api/webservice/guide/tools/info
_BUSY = ("10004", "10014", "10015", "10016", "10019", "10020", "10021", "10022", "10029")
_SPENT = ("10003", "10044", "10045")
_NOTHING = ("20800", "30000", "30001", "30002", "30003")  # no data for this address


def _words(address: str, city: City, key: str) -> dict[str, str]:
    return {"key": key, "address": address, "city": city.code or city.name, "output": "JSON"}


def _read(body: Any) -> Point | None:
    code = str(body.get("infocode", ""))
    if str(body.get("status")) != "1":
        if code in _BUSY:
            raise Busy
        if code in _SPENT:
            raise Spent
        if code in _NOTHING:
            return None
        raise Denied(f"{body.get('info', 'no reason given')} ({code or 'no code'})")
    found = body.get("geocodes") or []
    if not found or found[0].get("level") in AREAS:
        return None
    lon, _, lat = str(found[0].get("location", "")).partition(",")
    return read_degrees(lon, lat)


PROVIDER = Provider(
    id="amap",
    url="https://restapi.amap.com/v3/geocode/geo",
    system="gcj02",
    words=_words,
    read=_read,
)
