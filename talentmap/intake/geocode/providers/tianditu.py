"""Tianditu (天地图), geocoder: coordinates in CGCS2000, which is WGS-84 at this scale."""

from __future__ import annotations

import json
from typing import Any

from talentmap.intake.geocode.provider import (
    AREAS,
    Busy,
    City,
    Denied,
    Point,
    Provider,
    read_degrees,
)

_FOUND, _NOTHING, _FAULT = "0", "101", "404"
_LEAST_SCORE = 60  # of 100; below it another address is meant as often as this one


def _words(address: str, city: City, key: str) -> dict[str, str]:
    whole = address if city.name in address else city.name + address
    return {"ds": json.dumps({"keyWord": whole}, ensure_ascii=False), "tk": key}


def _read(body: Any) -> Point | None:
    status = str(body.get("status", ""))
    if status == _FAULT:
        raise Busy
    if status == _NOTHING:
        return None
    if status != _FOUND:
        raise Denied(f"{body.get('msg', 'no reason given')} ({body.get('code', status)})")
    found = body.get("location") or {}
    if found.get("level") in AREAS or float(found.get("score", 100)) < _LEAST_SCORE:
        return None
    return read_degrees(found.get("lon"), found.get("lat"))


PROVIDER = Provider(
    id="tianditu",
    url="https://api.tianditu.gov.cn/geocoder",
    system="wgs84",
    words=_words,
    read=_read,
)
