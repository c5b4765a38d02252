"""A base map is what city.toml says; what is wrong there is one line at the start."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from talentmap.api.tiles import Archive, create_tiles_blueprint
from talentmap.model.basemap import KEY, Basemap, read_basemap, to_page
from talentmap.model.errors import UserError
from talentmap.model.workspace import Workspace

PIXEL = b"\x89PNG\r\n\x1a\n tile"
CITY = '[city]\ncode = "370100"\nname = "济南市"\n'


def read(text: str, folder: Path = Path("city")) -> Basemap:
    return read_basemap(tomllib.loads(text).get("basemap", {}), folder / "city.toml")


def archive(file: Path, kind: TileType = TileType.PNG) -> Path:
    with file.open("wb") as out:
        writer: Any = Writer(out)  # type: ignore[no-untyped-call]
        writer.write_tile(zxy_to_tileid(10, 845, 398), PIXEL)
        header = {
            "tile_type": kind,
            "tile_compression": Compression.NONE,
            "min_zoom": 10,
            "max_zoom": 10,
            "min_lon_e7": 1170000000,
            "min_lat_e7": 360000000,
            "max_lon_e7": 1172000000,
            "max_lat_e7": 362000000,
            "center_zoom": 10,
            "center_lon_e7": 1171000000,
            "center_lat_e7": 361000000,
        }
        writer.finalize(header, {})
    return file


def test_a_city_without_one_has_districts_only() -> None:
    assert read("") == Basemap()
    assert to_page(Basemap()) == {"approval": "", "default": "", "sources": []}


def test_every_kind_is_read(tmp_path: Path) -> None:
    archive(tmp_path / "city.pmtiles")
    found = read(
        """
[basemap]
approval = "鲁S(2026)001号"
default = "td"
[basemap.td]
kind = "tianditu"
key = "abc123"
[basemap.amap]
kind = "amap"
[basemap.osm]
kind = "osm"
[basemap.own]
kind = "xyz"
url = "http://10.0.0.5/{z}/{x}/{y}.png"
name = "内网底图"
name_en = "Office tiles"
attribution = "© 局"
system = "gcj02"
max_zoom = 16
[basemap.wms]
kind = "wms"
url = "http://10.0.0.5/wms"
layers = "base"
[basemap.file]
kind = "pmtiles"
file = "city.pmtiles"
""",
        tmp_path,
    )
    by_id = {source.id: source for source in found.sources}
    assert list(by_id) == ["td", "amap", "osm", "own", "wms", "file"]
    assert (found.approval, found.default) == ("鲁S(2026)001号", "td")
    assert len(by_id["td"].urls) == 2
    assert all("tk=abc123" in url and "{z}" in url for url in by_id["td"].urls)
    assert [s.id for s in found.sources if s.gcj02] == ["amap", "own"]
    assert (by_id["own"].name.zh, by_id["own"].name.en) == ("内网底图", "Office tiles")
    assert str(tmp_path) not in json.dumps(to_page(found))


def test_a_key_may_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY, "fromenv")
    assert "tk=fromenv" in read('[basemap.td]\nkind = "tianditu"').sources[0].urls[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[basemap]\ncolour = "red"', "colour"),
        ('[basemap]\ndefault = "x"', "default"),
        ('[basemap.a]\nkind = "google"', "google"),
        ("[basemap.a]", "kind"),
        ('[basemap."A B"]\nkind = "osm"', "id"),
        ('[basemap.a]\nkind = "tianditu"', "key"),
        ('[basemap.a]\nkind = "tianditu"\nkey = "x&y"', "key"),
        ('[basemap.a]\nkind = "tianditu"\nkey = "k"\nstyle = "neon"', "neon"),
        ('[basemap.a]\nkind = "osm"\nurl = "http://x/"', "url"),
        ('[basemap.a]\nkind = "xyz"', "url"),
        ('[basemap.a]\nkind = "xyz"\nurl = "javascript:alert(1)"', "url"),
        ('[basemap.a]\nkind = "xyz"\nurl = "http://[x/{z}/{x}/{y}"', "url"),
        ('[basemap.a]\nkind = "xyz"\nurl = "http://x/{z}/{x}.png"', "{y}"),
        ('[basemap.a]\nkind = "xyz"\nurl = "http://{s}.x/{z}/{x}/{y}"', "subdomains"),
        ('[basemap.a]\nkind = "xyz"\nurl = "http://x/{z}/{x}/{y}"\nsystem = "mars"', "mars"),
        ('[basemap.a]\nkind = "xyz"\nurl = "http://x/{z}/{x}/{y}"\nmax_zoom = 99', "max_zoom"),
        ('[basemap.a]\nkind = "wms"\nurl = "http://x/"', "layers"),
        ('[basemap.a]\nkind = "pmtiles"\nfile = "none.pmtiles"', "none.pmtiles"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_at_the_start(
    text: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(KEY, raising=False)
    (tmp_path / "city.toml").write_text(CITY + text, encoding="utf-8")
    with pytest.raises(UserError) as error:
        Workspace.open(tmp_path)
    assert said in str(error.value)
    assert "city.toml" in str(error.value)
    assert "\n" not in str(error.value)


def test_tiles_of_an_archive_are_served(tmp_path: Path) -> None:
    archive(tmp_path / "city.pmtiles")
    found = read('[basemap.a]\nkind = "pmtiles"\nfile = "city.pmtiles"', tmp_path)
    server = Flask("test")
    server.register_blueprint(create_tiles_blueprint(found))
    client = server.test_client()
    tile = client.get("/api/tiles/a/10/845/398")
    assert (tile.status_code, tile.data, tile.mimetype) == (200, PIXEL, "image/png")
    assert client.get("/api/tiles/a/10/1/1").status_code == 204
    for wrong in ("b/10/845/398", "a/10/9999/1", "a/99/1/1"):
        assert client.get(f"/api/tiles/{wrong}").status_code == 404


@pytest.mark.parametrize("content", [b"", b"PMTiles", b"nonsense" * 100])
def test_a_file_that_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.pmtiles").write_bytes(content)
    with pytest.raises(UserError, match="not a PMTiles archive"):
        Archive(tmp_path / "a.pmtiles")


def test_vector_tiles_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="vector"):
        Archive(archive(tmp_path / "v.pmtiles", TileType.MVT))
