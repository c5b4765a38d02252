"""Hexagons in the browser near an edge of H3's icosahedron, where cells have 7 or 8 corners."""

from __future__ import annotations

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
