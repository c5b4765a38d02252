/**
 * Class edges from what is in the window, where the page asks for that instead of the city's own.
 *
 * The edges depend on the window alone, so an address with its `view` gives the same colours again.
 */
(function (tm) {
  "use strict";

  const LEAST_VALUES = 6; // fewer say nothing about a distribution: the city's edges stay
  const CLASSES = 6;
  const STEPS = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];

  /** How the page wants the coloured layer: {smooth, toView, opacity}. */
  tm.look = () => (tm.spec && tm.spec.look) || { smooth: false, toView: false, opacity: null };

  /** Give a picture the edges its look asks for; what it came with is kept. */
  function fit(picture, view) {
    if (!picture.own) picture.own = { breaks: picture.breaks, classes: picture.classes };
    const found = isToView(picture) ? edges(inWindow(picture, view), picture.kind) : null;
    const breaks = found || picture.own.breaks;
    if (same(breaks, picture.breaks)) return;
    picture.breaks = breaks;
    if (!found) picture.classes = picture.own.classes;
    else if (picture.grid) picture.classes = tm.paint.classify(picture.head, picture.codes, breaks);
    else {
      picture.classes = new Map([...picture.rows.values()].map((row) =>
        [row.id, tm.areas.classOfRow(row, breaks)]));
    }
  }

  /** A comparison keeps its edges: both sides must have the same, and a change is fixed around none. */
  function isToView(picture) {
    return tm.look().toView && !picture.spec.compare;
  }

  const same = (a, b) => a.length === b.length && a.every((edge, i) => edge === b[i]);

  /** Values above zero in the window. */
  function inWindow(picture, view) {
    const values = [];
    if (!picture.grid) {
      for (const place of tm.areas.list(picture.areaKind)) {
        const row = picture.rows.get(place.code);
        if (row && row.status === "ok" && row.value > 0 && meets(place.box, view)) values.push(row.value);
      }
      return values;
    }
    const { grid, head, codes } = picture;
    for (const chunk of grid.inView(view)) {
      for (let i = 0; i < chunk.end - chunk.start; i += 1) {
        const code = codes[chunk.start + i];
        if (code in tm.paint.CODE_STATES) continue;
        const x = view.x(chunk.centre[2 * i] + grid.originX) - view.padX;
        const y = view.y(chunk.centre[2 * i + 1] + grid.originY) - view.padY;
        if (x < 0 || y < 0 || x > view.innerWidth || y > view.innerHeight) continue;
        const value = tm.paint.valueOf(head, code);
        if (value > 0) values.push(value);
      }
    }
    return values;
  }

  function meets([w, n, e, s], view) {
    return view.x(e) > view.padX && view.x(w) < view.padX + view.innerWidth
      && view.y(s) > view.padY && view.y(n) < view.padY + view.innerHeight;
  }

  /** Round edges near the quantiles, null for too few values. */
  function edges(values, kind) {
    if (values.length < LEAST_VALUES) return null;
    values.sort((a, b) => a - b);
    const at = (share) => values[Math.min(values.length - 1, Math.floor(share * values.length))];
    const rounded = Array.from({ length: CLASSES - 1 }, (_, i) => round(at(Math.pow((i + 1) / CLASSES, 0.8)), kind));
    return [...new Set(rounded)].filter((edge) => edge > 0).sort((a, b) => a - b);
  }

  function round(value, kind) {
    if (kind === "ratio") return Number(value.toFixed(2));
    if (kind === "share") return Number(value.toFixed(3));
    if (kind === "km") return Number(value.toFixed(1));
    const power = Math.pow(10, Math.floor(Math.log10(value)));
    return STEPS.reduce((a, b) => (Math.abs(b - value / power) < Math.abs(a - value / power) ? b : a)) * power;
  }

  tm.scale = { fit, edges, isToView };
})(window.tm);
