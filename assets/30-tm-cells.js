/**
 * Hexagons: from bytes to boundaries, kept per release and resolution; hit tests.
 *
 * The sorted ids are cut where a coarser parent changes; such a chunk is built when it first comes
 * into view. Corners are kept as Float32 relative to the grid's origin (exact to a hundredth of a
 * pixel at zoom 18), with their number per cell: near an edge of the icosahedron it is 7 or 8.
 */
(function (tm) {
  "use strict";

  const CHUNK_LEVELS = 3; // a chunk is what lies under the parent three resolutions up
  const CHUNK_MARGIN = 0.25; // children reach beyond their parent's boundary
  const MAX_CORNERS = 10;
  const grids = new Map();

  /** Cells of one resolution with their geometry. */
  class Grid {
    constructor(resolution, cells) {
      this.resolution = resolution;
      this.n = cells.n;
      this.low = cells.low;
      this.high = cells.high;
      this.chunks = [];
      if (this.n > 0) this.cut();
    }

    cut() {
      const [lat, lon] = h3.cellToLatLng([this.low[0], this.high[0]]);
      [this.originX, this.originY] = tm.project(lon, lat);
      this.originLon = lon;
      const top = Math.max(0, this.resolution - CHUNK_LEVELS);
      const shift = 3 * (15 - top);
      let start = 0;
      for (let i = 1; i <= this.n; i += 1) {
        if (i < this.n && sameParent(this, i, start, shift)) continue;
        this.chunks.push({ start, end: i, box: this.boxOf(start, top), corners: null });
        start = i;
      }
    }

    /** World box [w, n, e, s], relative to the origin, that holds the children of i's parent. */
    boxOf(i, top) {
      const ring = h3.cellToBoundary(h3.cellToParent([this.low[i], this.high[i]], top));
      let [w, n, e, s] = [Infinity, Infinity, -Infinity, -Infinity];
      for (const [lat, lon] of ring) {
        const [x, y] = this.relative(lon, lat);
        w = Math.min(w, x); e = Math.max(e, x); n = Math.min(n, y); s = Math.max(s, y);
      }
      const grow = CHUNK_MARGIN * Math.max(e - w, s - n);
      return [w - grow, n - grow, e + grow, s + grow];
    }

    relative(lon, lat) {
      const near = lon - 360 * Math.round((lon - this.originLon) / 360);
      const [x, y] = tm.project(near, lat);
      return [x - this.originX, y - this.originY];
    }

    /** Build a chunk's corners and centres once. */
    build(chunk) {
      if (chunk.corners) return;
      const n = chunk.end - chunk.start;
      const corners = new Float32Array(n * MAX_CORNERS * 2);
      chunk.first = new Uint32Array(n + 1);
      chunk.centre = new Float32Array(2 * n);
      let at = 0;
      for (let i = 0; i < n; i += 1) {
        const cell = chunk.start + i;
        const ring = h3.cellToBoundary([this.low[cell], this.high[cell]]);
        chunk.first[i] = at;
        let [sumX, sumY] = [0, 0];
        for (const [lat, lon] of ring) {
          const [x, y] = this.relative(lon, lat);
          corners[at] = x;
          corners[at + 1] = y;
          sumX += x; sumY += y; at += 2;
        }
        chunk.centre[2 * i] = sumX / ring.length;
        chunk.centre[2 * i + 1] = sumY / ring.length;
      }
      chunk.first[n] = at;
      chunk.corners = corners.slice(0, at);
    }

    /** Chunks that may be seen in a view, built. */
    inView(view) {
      const dx = (view.left / view.k) - this.originX;
      const dy = (view.top / view.k) - this.originY;
      const right = dx + view.width / view.k;
      const bottom = dy + view.height / view.k;
      const seen = this.chunks.filter(
        ({ box }) => box[0] < right && box[2] > dx && box[1] < bottom && box[3] > dy,
      );
      seen.forEach((chunk) => this.build(chunk));
      return seen;
    }

    /** Index of a cell given as text, −1 where it is not one of the grid. */
    indexOf(text) {
      const [low, high] = h3.h3IndexToSplitLong(text).map((half) => half >>> 0);
      let [from, to] = [0, this.n - 1];
      while (from <= to) {
        const i = (from + to) >> 1;
        const d = this.high[i] - high || this.low[i] - low;
        if (d === 0) return i;
        if (d < 0) from = i + 1;
        else to = i - 1;
      }
      return -1;
    }

    /** Cell (as text) that is drawn at a position, with its index (−1 where there is none). */
    at(lat, lon) {
      const cell = h3.latLngToCell(lat, lon, this.resolution);
      return { cell, index: this.indexOf(cell) };
    }
  }

  function sameParent(grid, a, b, shift) {
    if (shift >= 32) return (grid.high[a] >>> (shift - 32)) === (grid.high[b] >>> (shift - 32));
    return grid.high[a] === grid.high[b] && (grid.low[a] >>> shift) === (grid.low[b] >>> shift);
  }

  /** Load the grid of a resolution; built once a release. */
  async function load(release, resolution) {
    const key = release + "/" + resolution;
    if (!grids.has(key)) {
      const cells = await tm.data.cells(release, resolution);
      if (!grids.has(key)) grids.set(key, new Grid(resolution, cells));
      for (const old of grids.keys()) if (!old.startsWith(release + "/")) grids.delete(old);
    }
    return grids.get(key);
  }

  /** The resolution for a zoom: the one whose cells are large enough to hit, of those there are. */
  function resolutionFor(zoom, offered) {
    const wanted = zoom < 10.5 ? 7 : zoom < 12.5 ? 8 : 9;
    const sorted = [...offered].sort((a, b) => a - b);
    return sorted.reduce((best, r) => (r <= wanted ? r : best), sorted[0]);
  }

  /** World ring [[x, y], …] of any cell given as text. */
  function ring(cell) {
    const points = h3.cellToBoundary(cell);
    const lon0 = points[0][1];
    return points.map(([lat, lon]) => tm.project(lon - 360 * Math.round((lon - lon0) / 360), lat));
  }

  tm.cells = { Grid, load, resolutionFor, ring };
})(window.tm);
