"""What may lie under the map besides the districts: tiles, by the office's own configuration.

`[basemap]` of city.toml holds `approval` (审图号) and `default` (the id of a source shown at once);
each `[basemap.ID]` below it is one source, see docs/base-map.md. Without it no tile is asked for.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from talentmap.model.errors import UserError, unknown
from talentmap.model.words import Words

KEY = "TALENTMAP_BASEMAP_KEY"
SYSTEMS = ("wgs84", "gcj02")
MOST_ZOOM = 22
_GENERAL = ("approval", "default")
_ID = re.compile(r"[a-z0-9_-]{1,32}")
# What a source may say, by kind, beside kind, name, name_en and attribution.
_OWN = {
    "tianditu": ("key", "style"),
    "amap": ("style",),
    "osm": (),
    "xyz": ("url", "subdomains", "system", "max_zoom"),
    "wms": ("url", "layers", "max_zoom"),
    "pmtiles": ("file", "system"),
}
_SHARED = ("kind", "name", "name_en", "attribution")
_TIANDITU = (
    "https://t{{s}}.tianditu.gov.cn/{layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0"
    "&LAYER={layer}&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles"
    "&TILEMATRIX={{z}}&TILEROW={{y}}&TILECOL={{x}}&tk={key}"
)
_TIANDITU_STYLES = {"vec": ("vec", "cva"), "img": ("img", "cia"), "ter": ("ter", "cta")}
_AMAP = (
    "https://webrd0{s}.is.autonavi.com/appmaptile?lang=zh_cn&size=1&scale=1&style=8"
    "&x={x}&y={y}&z={z}"
)
_AMAP_IMAGES = "https://webst0{s}.is.autonavi.com/appmaptile?style=6&x={x}&y={y}&z={z}"
_OSM = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"


@dataclass(frozen=True, slots=True)
class TileSource:
    """One source: addresses with {z} {x} {y} (and {s}), drawn one over the other.

    `layers` makes it a WMS; `file` a PMTiles archive of this machine, served by the program;
    `gcj02` says that its tiles are shifted, as those of Chinese map companies are.
    """

    id: str
    name: Words
    urls: tuple[str, ...]
    attribution: str
    subdomains: str = ""
    max_zoom: int = 18
    gcj02: bool = False
    layers: str = ""
    file: Path | None = None


@dataclass(frozen=True, slots=True)
class Basemap:
    """The sources of a city, the one shown at once, and the approval number of the map."""

    sources: tuple[TileSource, ...] = field(default=())
    default: str = ""
    approval: str = ""


def read_basemap(data: Mapping[str, Any], file: Path) -> Basemap:
    """Read `[basemap]`; raise UserError naming the file, the source and what is wrong with it."""
    approval, default = str(data.get("approval", "")), str(data.get("default", ""))
    sources = []
    for name, given in data.items():
        if name in _GENERAL:
            continue
        where = f"{file}: [basemap.{name}]"
        if not isinstance(given, dict):
            raise unknown(f"{file}: [basemap]", name, _GENERAL)
        if not _ID.fullmatch(name):
            raise UserError(f"{where}: an id has small letters, digits, - and _, at most 32")
        sources.append(_source(name, given, where, file.parent))
    known = [source.id for source in sources]
    if default and default not in known:
        raise unknown(f"{file}: [basemap] default", default, known)
    return Basemap(tuple(sources), default, approval)


@dataclass(frozen=True, slots=True)
class _Given:
    """One table of the profile: its id, its words, its name in errors, where its files are."""

    id: str
    words: Mapping[str, Any]
    where: str
    folder: Path

    def get(self, name: str, default: Any = "") -> Any:
        """Return a word of it."""
        return self.words.get(name, default)

    def one_of(self, name: str, known: Iterable[str]) -> str:
        """Return a word that must be one of several, the first where it is not given."""
        names = list(known)
        word = str(self.get(name, names[0]))
        if word not in names:
            raise unknown(f"{self.where} {name}", word, names)
        return word


def _source(name: str, given: dict[str, Any], where: str, folder: Path) -> TileSource:
    kind = str(given.get("kind", ""))
    if kind not in _OWN:
        raise unknown(f"{where} kind", kind, _OWN)
    for word in given:
        if word not in (*_SHARED, *_OWN[kind]):
            raise unknown(where, word, (*_SHARED, *_OWN[kind]))
    made = _MAKERS[kind](_Given(name, given, where, folder))
    zh = str(given.get("name", made.name.zh))
    words = Words(zh, str(given.get("name_en", given.get("name", made.name.en))))
    return replace(made, name=words, attribution=str(given.get("attribution", made.attribution)))


def _tianditu(given: _Given) -> TileSource:
    key = str(given.get("key") or os.environ.get(KEY, ""))
    if not re.fullmatch(r"\w+", key):
        raise UserError(f"{given.where}: needs a key of its own; write key = or set {KEY}")
    style = given.one_of("style", _TIANDITU_STYLES)
    urls = tuple(_TIANDITU.format(layer=layer, key=key) for layer in _TIANDITU_STYLES[style])
    return TileSource(given.id, Words("天地图", "Tianditu"), urls, "© 天地图", "01234567")


def _amap(given: _Given) -> TileSource:
    style = given.one_of("style", ("road", "satellite"))
    url = _AMAP if style == "road" else _AMAP_IMAGES
    return TileSource(given.id, Words("高德地图", "Amap"), (url,), "© 高德地图", "1234", gcj02=True)


def _osm(given: _Given) -> TileSource:
    return TileSource(given.id, Words("OpenStreetMap", "OpenStreetMap"), (_OSM,), "© OpenStreetMap")


def _xyz(given: _Given) -> TileSource:
    url = _address(given)
    for word in ("{z}", "{x}", "{y}"):
        if word not in url:
            raise UserError(f"{given.where} url: lacks {word}")
    subdomains = str(given.get("subdomains", ""))
    if ("{s}" in url) != bool(subdomains):
        raise UserError(f"{given.where}: {{s}} in url and subdomains belong together")
    zoom, shifted = _zoom(given), given.one_of("system", SYSTEMS) == "gcj02"
    return TileSource(given.id, Words(given.id, given.id), (url,), "", subdomains, zoom, shifted)


def _wms(given: _Given) -> TileSource:
    layers = str(given.get("layers", ""))
    if not layers:
        raise UserError(f"{given.where}: layers is missing")
    url = _address(given)
    zoom = _zoom(given)
    return TileSource(given.id, Words(given.id, given.id), (url,), "", max_zoom=zoom, layers=layers)


def _pmtiles(given: _Given) -> TileSource:
    file = given.folder / str(given.get("file", ""))
    if not file.is_file():
        raise UserError(f"{given.where} file: {file} is no file")
    shifted = given.one_of("system", SYSTEMS) == "gcj02"
    urls = (f"/api/tiles/{given.id}/{{z}}/{{x}}/{{y}}",)
    return TileSource(given.id, Words(given.id, given.id), urls, "", gcj02=shifted, file=file)


def _zoom(given: _Given) -> int:
    zoom = given.get("max_zoom", 18)
    if isinstance(zoom, bool) or not isinstance(zoom, int) or not 1 <= zoom <= MOST_ZOOM:
        raise UserError(f"{given.where} max_zoom: not a whole number from 1 to {MOST_ZOOM}")
    return zoom


def _address(given: _Given) -> str:
    url = str(given.get("url", ""))
    try:
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        fine = False
    if not fine:
        raise UserError(f"{given.where} url: not an http or https address")
    return url


_MAKERS = {
    "tianditu": _tianditu,
    "amap": _amap,
    "osm": _osm,
    "xyz": _xyz,
    "wms": _wms,
    "pmtiles": _pmtiles,
}


def to_page(basemap: Basemap) -> dict[str, Any]:
    """Return what the map's script reads; it holds no path of this machine."""
    sources = [
        {
            "id": source.id,
            "zh": source.name.zh,
            "en": source.name.en,
            "urls": list(source.urls),
            "attribution": source.attribution,
            "subdomains": source.subdomains,
            "maxZoom": source.max_zoom,
            "gcj02": source.gcj02,
            "layers": source.layers,
        }
        for source in basemap.sources
    ]
    return {"approval": basemap.approval, "default": basemap.default, "sources": sources}
