/**
 * Callouts of the wall's map: a ring round a place, a line, a box with its number.
 *
 * A box stands where it hides the fewest cells that carry a value, near its place, and over no
 * other box, legend or locator. One that fits nowhere is left out.
 */
(function (tm) {
  "use strict";

  const RING = 22; // px at 1920, as everything here: times the unit
  const EDGE = 12;
  const MOST = { high: 2, low: 1 }; // of those offered, the first that are in the window
  const GRID = [14, 10]; // how many positions are looked at, across and down
  const SAMPLES = [5, 3]; // points under a box that are looked at
  const meets = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
  let given = [];

  function layer() {
    const stage = document.getElementById("stage");
    if (!stage) return null;
    let box = stage.querySelector(".wall-callouts");
    if (!box) {
      box = tm.el("div", { class: "wall-callouts" });
      stage.append(box);
    }
    return box;
  }

  function draw() {
    const box = layer();
    const view = tm.stage.view();
    if (!box) return;
    box.replaceChildren();
    if (!given.length || !view || !tm.map) return;
    const unit = tm.unit();
    const lines = tm.svg("svg", { width: view.innerWidth, height: view.innerHeight, "aria-hidden": "true" });
    box.append(lines);
    const taken = cards();
    const seen = given.map((one) => at(one, view)).filter((one) => inside(one, view));
    const points = Object.entries(MOST).flatMap(([end, most]) =>
      seen.filter(({ one }) => one.end === end).slice(0, most));
    points.forEach(({ x, y }) => taken.push(around(x, y, RING * unit)));
    for (const point of points) {
      const node = tm.el("div", { class: "wall-callout-box" });
      node.innerHTML = point.one.html;
      box.append(node);
      const place = best(point, [node.offsetWidth, node.offsetHeight], taken, view, unit);
      if (!place) {
        node.remove();
        continue;
      }
      taken.push(place);
      Object.assign(node.style, { left: place[0] + "px", top: place[1] + "px" });
      lines.append(...ring(point, place, unit));
    }
    tm.labels.later();
  }

  function at(one, view) {
    const [wx, wy] = tm.project(one.lon, one.lat);
    return { one, x: view.x(wx) - view.padX, y: view.y(wy) - view.padY };
  }

  const inside = ({ x, y }, view) =>
    x > EDGE && y > EDGE && x < view.innerWidth - EDGE && y < view.innerHeight - EDGE;
  const around = (x, y, r) => [x - r, y - r, x + r, y + r];

  /** Legend and locator, in pixels of the map. */
  function cards() {
    const frame = document.getElementById("stage").getBoundingClientRect();
    return ["#legend", "#locator", ".tm-scale"].map((one) => document.querySelector(one))
      .filter((card) => card && card.offsetWidth)
      .map((card) => card.getBoundingClientRect())
      .map((r) => [r.left - frame.left - 8, r.top - frame.top - 8, r.right - frame.left + 8, r.bottom - frame.top + 8]);
  }

  function best(point, [width, height], taken, view, unit) {
    const edge = EDGE * unit;
    const [right, bottom] = [view.innerWidth - width - edge, view.innerHeight - height - edge];
    let [found, least] = [null, Infinity];
    for (let i = 0; i <= GRID[0]; i += 1) {
      for (let j = 0; j <= GRID[1]; j += 1) {
        const [x, y] = [edge + ((right - edge) * i) / GRID[0], edge + ((bottom - edge) * j) / GRID[1]];
        const box = [x, y, x + width, y + height];
        if (taken.some((other) => meets(box, other))) continue;
        const [px, py] = nearest(box, point);
        const away = Math.hypot(px - point.x, py - point.y) / view.innerWidth;
        const cost = away + (3 * hidden(box, view)) / (SAMPLES[0] * SAMPLES[1]);
        if (cost < least) [found, least] = [box, cost];
      }
    }
    return found;
  }

  const nearest = ([l, t, r, b], { x, y }) => [Math.max(l, Math.min(r, x)), Math.max(t, Math.min(b, y))];

  /** How many of some points of a box lie over a cell (or an area) with a value. */
  function hidden([l, t, r, b], view) {
    const { picture } = tm;
    let n = 0;
    for (let i = 0; i < SAMPLES[0]; i += 1) {
      for (let j = 0; j < SAMPLES[1]; j += 1) {
        const x = l + ((r - l) * (i + 0.5)) / SAMPLES[0];
        const y = t + ((b - t) * (j + 0.5)) / SAMPLES[1];
        const [lon, lat] = tm.unproject((x + view.padX + view.left) / view.k, (y + view.padY + view.top) / view.k);
        if (picture && picture.grid) {
          const { index } = picture.grid.at(lat, lon);
          if (index >= 0) n += picture.classes[index] < tm.ZERO ? 1 : 0.2;
        } else if (tm.areas.at("district", lat, lon)) n += 0.5;
      }
    }
    return n;
  }

  function ring(point, box, unit) {
    const r = RING * unit;
    const [px, py] = nearest(box, point);
    const far = Math.hypot(px - point.x, py - point.y) || 1;
    const start = [point.x + ((px - point.x) * r) / far, point.y + ((py - point.y) * r) / far];
    return [
      tm.svg("circle", { cx: point.x, cy: point.y, r }),
      tm.svg("line", { x1: start[0], y1: start[1], x2: px, y2: py }),
    ];
  }

  /** Show callouts: {lon, lat, html} each; none takes them away. */
  function show(list) {
    given = list;
    draw();
  }

  tm.callouts = { show, draw };
  tm.stage.onRest(() => given.length && draw());
})(window.tm);
