"""Hexagons in the browser near an edge of H3's icosahedron, where cells have 7 or 8 corners."""

from __future__ import annotations

import h3
import numpy as np
import pytest

from tests.browser.conftest import OpenPage
from tests.browser.ready import wait_painted

# Suzhou: an edge of the icosahedron runs through it.
LAT, LON = 31.3, 120.6

_BUILD = """
([lat, lon, resolution, rings]) => {
  const centre = h3.latLngToCell(lat, lon, resolution);
  const ids = h3.gridDisk(centre, rings).sort();
  const halves = ids.map((id) => h3.h3IndexToSplitLong(id).map((half) => half >>> 0));
  const grid = new tm.cells.Grid(resolution, {
    n: ids.length,
    low: Uint32Array.from(halves, (h) => h[0]),
    high: Uint32Array.from(halves, (h) => h[1]),
  });
  grid.chunks.forEach((chunk) => grid.build(chunk));
  const pixels = 2 ** 18;
  const found = {cells: ids.length, corners: [], held: 0, hit: 0, off: 0, boxed: 0};
  for (const chunk of grid.chunks) {
    for (let i = 0; i < chunk.end - chunk.start; i += 1) {
      const id = ids[chunk.start + i];
      const ring = h3.cellToBoundary(id);
      const [from, to] = [chunk.first[i], chunk.first[i + 1]];
      found.corners.push(ring.length);
      found.held += (to - from) / 2 === ring.length ? 1 : 0;
      ring.forEach(([y, x], c) => {
        const [wx, wy] = tm.project(x, y);
        const [dx, dy] = [chunk.corners[from + 2 * c], chunk.corners[from + 2 * c + 1]];
        const away = Math.hypot(wx - grid.originX - dx, wy - grid.originY - dy) * pixels;
        found.off = Math.max(found.off, away);
        const [w, n, e, s] = chunk.box;
        found.boxed += dx >= w && dx <= e && dy >= n && dy <= s ? 0 : 1;
      });
      const [y, x] = h3.cellToLatLng(id);
      found.hit += grid.at(y, x).index === chunk.start + i ? 1 : 0;
    }
  }
  return found;
}
"""


@pytest.mark.parametrize("resolution", [7, 9])
def test_cells_with_more_corners_are_drawn_whole(open_page: OpenPage, resolution: int) -> None:
    page = open_page("/")
    wait_painted(page)
    rings = 20 if resolution == 7 else 90
    found = page.evaluate(_BUILD, [LAT, LON, resolution, rings])
    assert max(found["corners"]) >= 7, "no cell here lies across an edge"
    assert min(found["corners"]) == 6
    assert found["held"] == found["hit"] == found["cells"]
    assert found["off"] < 0.2, "corners are off by a visible part of a pixel at zoom 18"
    assert found["boxed"] == 0, "a corner lies outside its chunk's box, so it would not be drawn"


_DRAWN = """
([ids, zoom]) => {
  const halves = ids.map((id) => h3.h3IndexToSplitLong(id).map((half) => half >>> 0));
  const grid = new tm.cells.Grid(h3.getResolution(ids[0]), {
    n: ids.length,
    low: Uint32Array.from(halves, (h) => h[0]),
    high: Uint32Array.from(halves, (h) => h[1]),
  });
  const [lat, lon] = h3.cellToLatLng(ids[Math.floor(ids.length / 2)]);
  const k = 2 ** zoom;
  const [x, y] = tm.project(lon, lat);
  const size = 60000;
  const [left, top] = [x * k - size / 2, y * k - size / 2];
  const view = {
    zoom, k, left, top, width: size, height: size, padX: 0, padY: 0, dpr: 1,
    innerWidth: size, innerHeight: size, x: (wx) => wx * k - left, y: (wy) => wy * k - top,
  };
  const rings = [];
  const add = (px, py) => rings[rings.length - 1].push([px, py]);
  const context = {
    beginPath() {}, closePath() {}, fill() {}, stroke() {},
    moveTo(px, py) { rings.push([]); add(px, py); }, lineTo: add,
  };
  const colours = ["#000000"];
  const spec = {layer: {palette: "supply"}};
  tm.paint.cells(context, view, {grid, classes: new Uint8Array(ids.length), colours, spec});
  return rings.map((ring) => ring.map(([px, py]) =>
    tm.unproject((px + left) / k, (py + top) / k)));
}
"""


@pytest.mark.parametrize("resolution", [7, 8, 9])
def test_what_is_drawn_is_what_h3_says(open_page: OpenPage, resolution: int) -> None:
    page = open_page("/")
    wait_painted(page)
    zoom = {7: 14, 8: 15, 9: 17}[resolution]
    ids = sorted(h3.grid_disk(h3.latlng_to_cell(LAT, LON, resolution), 20))
    drawn = page.evaluate(_DRAWN, [ids, zoom])
    assert len(drawn) == len(ids)
    # A gap of half a pixel at each edge lets the land show; at a corner that is a little more.
    pixel = 360 / 256 / 2**zoom
    for cell, ring in zip(ids, drawn, strict=True):
        wanted = [(lon, lat) for lat, lon in h3.cell_to_boundary(cell)]
        assert len(ring) == len(wanted), cell
        away = np.abs(np.array(ring) - np.array(wanted)).max()
        assert away < 1.2 * pixel, cell
