/**
 * Room for names: boxes that are taken, what a place costs, the best place inside a polygon.
 * Boxes are [left, top, right, bottom] in window pixels.
 */
(function (tm) {
  "use strict";

  const GRID = [10, 8]; // steps of the search for a district's name, px
  const COARSE = 4; // px
  const MOST_WEIGHED = 120; // places of a district's name that are compared

  const meets = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
  const grown = (b, by) => [b[0] - by, b[1] - by, b[2] + by, b[3] + by];

  /** What is taken and what costs, of one placement. */
  class Room {
    constructor(view) {
      this.view = view;
      this.taken = [];
      this.points = []; // flow lines, as points
      this.window = [4, 4, view.innerWidth - 4, view.innerHeight - 4];
    }

    take(box) {
      this.taken.push(box);
    }

    isFree(box) {
      const w = this.window;
      return box[0] >= w[0] && box[1] >= w[1] && box[2] <= w[2] && box[3] <= w[3]
        && !this.taken.some((other) => meets(box, other));
    }

    cost(box) {
      return this.points.reduce((n, p) =>
        n + (p[0] > box[0] && p[0] < box[2] && p[1] > box[1] && p[1] < box[3] ? 1 : 0), 0);
    }

    /** The cheapest free box of several, null where none is free. */
    best(boxes) {
      let [found, least] = [null, Infinity];
      for (const box of boxes) {
        if (!this.isFree(box)) continue;
        const cost = this.cost(box);
        if (cost < least) [found, least] = [box, cost];
      }
      return found;
    }
  }

  function around(x, y, r, w, h) {
    const d = r * 0.75;
    return [
      [x + r, y - h / 2], [x - r - w, y - h / 2], [x - w / 2, y - r - h], [x - w / 2, y + r],
      [x + d, y - d - h], [x - d - w, y - d - h], [x + d, y + d], [x - d - w, y + d],
    ].map(([left, top]) => [left, top, left + w, top + h]);
  }

  /** The best box wholly inside the visible part of a district; null where none is. */
  function searchInside(room, view, district, width, height) {
    const left = Math.max(room.window[0], view.x(district.box[0]) - view.padX);
    const right = Math.min(room.window[2], view.x(district.box[2]) - view.padX) - width;
    const top = Math.max(room.window[1], view.y(district.box[1]) - view.padY);
    const bottom = Math.min(room.window[3], view.y(district.box[3]) - view.padY) - height;
    if (right < left || bottom < top) return null;
    const steps = (from, to, step) => Math.max(step, (to - from) / 32);
    const dx = steps(left, right, GRID[0]);
    const dy = steps(top, bottom, GRID[1]);
    const centre = [(left + right) / 2, (top + bottom) / 2];
    const reach = Math.hypot(right - left, bottom - top) || 1;
    const rings = coarseRings(view, district);
    const boxes = [];
    for (let y = top; y <= bottom; y += dy) {
      for (let x = left; x <= right; x += dx) {
        const box = [x, y, x + width, y + height];
        if (room.isFree(box) && boxInside(rings, box)) boxes.push(box);
      }
    }
    const stride = Math.ceil(boxes.length / MOST_WEIGHED);
    let [found, most] = [null, -Infinity];
    for (let i = 0; i < boxes.length; i += stride) {
      const box = boxes[i];
      const away = Math.hypot(box[0] - centre[0], box[1] - centre[1]);
      const score = (-60 * away) / reach - 40 * cellsUnder(view, box) - 15 * room.cost(box);
      if (score > most) [found, most] = [box, score];
    }
    return found;
  }

  /** A district's rings in window pixels, without the corners a name cannot notice. */
  function coarseRings(view, district) {
    return district.rings.map((ring) => {
      const kept = [];
      for (let i = 0; i < ring.length; i += 2) {
        const x = view.x(ring[i]) - view.padX;
        const y = view.y(ring[i + 1]) - view.padY;
        const n = kept.length;
        if (n && Math.abs(x - kept[n - 2]) < COARSE && Math.abs(y - kept[n - 1]) < COARSE) continue;
        kept.push(x, y);
      }
      return kept;
    });
  }

  function boxInside(rings, box) {
    const xs = [box[0], (box[0] + box[2]) / 2, box[2]];
    return xs.every((x) => tm.areas.insideRings(rings, x, box[1]) && tm.areas.insideRings(rings, x, box[3]));
  }

  function cellsUnder(view, box) {
    const picture = tm.picture && tm.picture.grid ? tm.picture : null;
    if (!picture) return 0;
    let n = 0;
    for (const x of [box[0] + 4, (box[0] + box[2]) / 2, box[2] - 4]) {
      const [lon, lat] = tm.unproject((x + view.padX + view.left) / view.k,
        ((box[1] + box[3]) / 2 + view.padY + view.top) / view.k);
      if (picture.grid.at(lat, lon).index >= 0) n += 1;
    }
    return n;
  }

  tm.room = { Room, grown, around, searchInside };
})(window.tm);
