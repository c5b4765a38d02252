"""Tiles below the map: only where configured, in the right place, gone where they cannot come."""

from __future__ import annotations

import http.server
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from talentmap.intake.crs import wgs84_to_gcj02
from talentmap.model.workspace import Workspace
from tests.browser.conftest import DESK, WAIT_MS, OpenPage
from tests.browser.ready import wait_painted
from tests.browser.serve import served
from tests.browser.watch import Watch

# Known places of Jinan, and corners of the country far from it: lon, lat.
POINTS = [(117.0204, 36.6683), (117.1201, 36.6512), (116.4074, 39.9042), (121.4737, 31.2304),
          (113.2644, 23.1291), (87.6168, 43.8256)]  # fmt: skip
METRES = 5.0
_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)
# Where the map has a point, and where the tile that shows it (in GCJ-02) has been put.
_AWAY = """
([lon, lat, gcjLon, gcjLat]) => {
  const map = tm.map;
  map.setView([lat, lon], 16, {animate: false});
  return new Promise((done) => setTimeout(() => {
    const pixel = map.project([gcjLat, gcjLon], 16);
    const coords = pixel.divideBy(256).floor();
    const within = pixel.subtract(coords.multiplyBy(256));
    const name = `/${16}/${coords.x}/${coords.y}`;
    const all = [...document.querySelectorAll(".tm-tiles img")];
    const tile = all.find((img) => img.src.includes(name));
    if (!tile) return done(null);
    const frame = map.getContainer().getBoundingClientRect();
    const box = tile.getBoundingClientRect();
    const at = [box.left - frame.left + within.x, box.top - frame.top + within.y];
    done(map.distance([lat, lon], map.containerPointToLatLng(at)));
  }, 600));
}
"""


class Tiles(http.server.BaseHTTPRequestHandler):
    """Answers every tile with one pixel; /none with an error."""

    def do_GET(self) -> None:
        fine = not self.path.startswith("/none")
        self.send_response(200 if fine else 500)
        self.send_header("Content-Type", "image/png")
        self.end_headers()
        if fine:
            self.wfile.write(_PNG)

    def log_message(self, *_: object) -> None:
        """Keep the tests' output clean."""


@pytest.fixture(scope="module")
def tiles() -> Iterator[str]:
    """The address of a tile server of this machine."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Tiles)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def configured(
    demo_workspace: Workspace, tiles: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The demo city with three grounds: shifted tiles (shown at once), plain ones, and none."""
    folder = tmp_path_factory.mktemp("grounds")
    city = folder / "city"
    shutil.copytree(demo_workspace.path, city)
    with (city / "city.toml").open("a", encoding="utf-8") as profile:
        profile.write('\n[basemap]\ndefault = "shifted"\napproval = "鲁S(2026)001号"\n')
        for name, path, system in (
            ("shifted", "", "gcj02"),
            ("plain", "", "wgs84"),
            ("broken", "/none", "wgs84"),
        ):
            url = f"{tiles}{path}/{{z}}/{{x}}/{{y}}.png"
            profile.write(f'[basemap.{name}]\nkind = "xyz"\nurl = "{url}"\nsystem = "{system}"\n')
            profile.write(f'attribution = "© {name}"\n')
    with served(city, folder / "log.txt") as base:
        yield base


@pytest.fixture
def ground(chromium: Browser, configured: str) -> Iterator[Page]:
    context = chromium.new_context(
        viewport=DESK,  # type: ignore[arg-type]
        base_url=configured,
        locale="zh-CN",
    )
    context.set_default_timeout(WAIT_MS)
    yield context.new_page()
    context.close()


def test_no_request_leaves_where_no_tiles_are_configured(
    open_page: OpenPage, watches: list[Watch]
) -> None:
    page = open_page("/?base=osm")  # a source of another city: nothing to show, nothing to ask
    wait_painted(page)
    assert page.evaluate("tm.basemap.on()") is False
    assert page.locator("#map-credit").inner_text() == ""
    assert not [url for url in watches[0].requests if "/tiles/" in url or "openstreetmap" in url]


def test_the_shift_is_that_of_the_import(open_page: OpenPage) -> None:
    page = open_page("/")
    page.wait_for_function("window.tm && tm.basemap")
    for lon, lat in POINTS:
        x, y = (float(v[0]) for v in wgs84_to_gcj02(np.array([lon]), np.array([lat])))
        ours = page.evaluate("x => tm.basemap.toGcj(...x)", [lon, lat])
        back = page.evaluate("x => tm.basemap.toWgs(...x)", [x, y])
        assert ours == pytest.approx([x, y], abs=1e-9)
        assert back == pytest.approx([lon, lat], abs=1e-9)


def test_shifted_tiles_lie_where_their_ground_is(ground: Page) -> None:
    ground.goto("/")
    wait_painted(ground)
    assert ground.locator("#map-credit").inner_text().split("\n") == ["© shifted", "鲁S(2026)001号"]
    for lon, lat in POINTS[:2]:
        x, y = wgs84_to_gcj02(np.array([lon]), np.array([lat]))
        away = ground.evaluate(_AWAY, [lon, lat, float(x[0]), float(y[0])])
        assert away is not None
        assert away < METRES
        off = ground.evaluate("([a, b]) => tm.map.distance(a, b)", [[lat, lon], [y[0], x[0]]])
        assert off > 300  # without the shift it would be this far away


def test_plain_tiles_are_not_shifted(ground: Page) -> None:
    ground.goto("/?base=plain")
    wait_painted(ground)
    lon, lat = POINTS[0]
    assert ground.evaluate(_AWAY, [lon, lat, lon, lat]) < METRES


def test_the_ground_is_chosen_in_the_card_of_the_layers(ground: Page) -> None:
    ground.goto("/")
    wait_painted(ground)
    ground.locator("details.layers > summary").click()
    ground.get_by_role("button", name="仅区县（离线）").click()
    ground.wait_for_function("!tm.basemap.on()")
    assert "base=none" in ground.url
    ground.get_by_role("button", name="plain").click()
    ground.wait_for_function("tm.basemap.on()")
    ground.go_back()
    ground.wait_for_function("!tm.basemap.on()")


def test_tiles_that_cannot_come_give_way_to_the_districts(ground: Page) -> None:
    ground.goto("/?base=broken")
    ground.wait_for_function("tm.basemap && document.querySelector('#map-credit span')")
    ground.wait_for_function("document.querySelector('#map-credit').innerText.includes('载入不了')")
    assert ground.evaluate("tm.basemap.on()") is False


def test_a_wrong_configuration_stops_the_start(demo_workspace: Workspace, tmp_path: Path) -> None:
    city = tmp_path / "city"
    shutil.copytree(demo_workspace.path, city)
    with (city / "city.toml").open("a", encoding="utf-8") as profile:
        profile.write('\n[basemap.td]\nkind = "tianditu"\n')
    with pytest.raises(RuntimeError, match=r"basemap.td.*key"), served(city, tmp_path / "log.txt"):
        pass
