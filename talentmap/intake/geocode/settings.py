"""Whether and how addresses may be looked up online: off unless an administrator says otherwise.

`[geocoder]` of city.toml, or the environment, which wins; the key is in the environment alone,
since city.toml is copied about. What is sent is listed: home addresses are not unless named.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from urllib.parse import urlsplit

from talentmap.intake.geocode.provider import Provider
from talentmap.model.discover import discover
from talentmap.model.errors import UserError, unknown
from talentmap.model.workspace import PROFILE, Workspace

CHOICE, ADDRESS, KEY = "TALENTMAP_GEOCODER", "TALENTMAP_GEOCODER_URL", "TALENTMAP_GEOCODER_KEY"
COLUMNS = ("address", "work_address", "home_address")
_SENT = COLUMNS[:2]
_PER_SECOND = 3.0
_PER_IMPORT = 1000


@dataclass(frozen=True, slots=True)
class GeocoderSettings:
    """Which provider, where, with which key; how fast, how many an import, which columns."""

    provider: Provider
    url: str
    key: str
    per_second: float = _PER_SECOND
    per_import: int = _PER_IMPORT
    send: tuple[str, ...] = _SENT


def geocoder_settings(workspace: Workspace) -> GeocoderSettings | None:
    """Return the settings of a workspace, None where no geocoder is configured.

    Raise UserError naming the setting that is wrong or missing.
    """
    given = tomllib.loads((workspace.path / PROFILE).read_text(encoding="utf-8")).get(
        "geocoder", {}
    )
    chosen = os.environ.get(CHOICE) or given.get("provider", "")
    if not chosen:
        return None
    known = discover("talentmap.intake.geocode.providers", "PROVIDER", Provider)
    if chosen not in known:
        raise unknown("geocoder", str(chosen), known)
    url = os.environ.get(ADDRESS) or str(given.get("url", known[chosen].url))
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        raise UserError(f"{ADDRESS}: not an http or https address")
    key = os.environ.get(KEY, "")
    if not key:
        raise UserError(f"{KEY}: the geocoder {chosen} needs a key")
    return GeocoderSettings(
        known[chosen],
        url,
        key,
        _number(given, "per_second", _PER_SECOND),
        int(_number(given, "per_import", _PER_IMPORT)),
        _columns(given),
    )


def _number(given: dict[str, object], name: str, default: float) -> float:
    value = given.get(name, default)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not value > 0:
        raise UserError(f"{PROFILE}: [geocoder] {name}: not a number above 0")
    return float(value)


def _columns(given: dict[str, object]) -> tuple[str, ...]:
    send = given.get("send", _SENT)
    if not isinstance(send, (list, tuple)):
        raise UserError(f"{PROFILE}: [geocoder] send: not a list of columns")
    for name in send:
        if name not in COLUMNS:
            raise unknown(f"{PROFILE}: [geocoder] send", str(name), COLUMNS)
    return tuple(send)
