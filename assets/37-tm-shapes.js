/**
 * Plain geometry of what is drawn, and the words of a place: `polygon:…`, `circle:…`, `ring:…`,
 * `cells:…` (docs/api.md). Points are [longitude, latitude]; lengths are kilometres.
 */
(function (tm) {
  "use strict";

  const KM_PER_DEGREE = 111.195;
  const DIGITS = 5;
  const LISTS = { cell: "cells", district: "districts", park: "parks" };
  const AREAS = ["polygon", "circle", "ring", "shape", "cells", "districts", "parks"];

  /** Kilometres between two points; exact enough for the size of a city. */
  function km([lon0, lat0], [lon1, lat1]) {
    const x = (lon1 - lon0) * Math.cos(((lat0 + lat1) * Math.PI) / 360);
    return Math.hypot(x, lat1 - lat0) * KM_PER_DEGREE;
  }

  /** The corners of a circle, as the server draws it. */
  function circle([lon, lat], radius, corners = 72) {
    const north = radius / KM_PER_DEGREE;
    const east = north / Math.cos((lat * Math.PI) / 180);
    return Array.from({ length: corners }, (_, i) => {
      const turn = (2 * Math.PI * i) / corners;
      return [lon + east * Math.cos(turn), lat + north * Math.sin(turn)];
    });
  }

  const side = (a, b, c) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

  /** Whether two stretches cross or touch, ends that they share aside. */
  function meet(a, b, c, d) {
    const same = (p, q) => p[0] === q[0] && p[1] === q[1];
    if (same(a, c) || same(a, d) || same(b, c) || same(b, d)) return false;
    return side(a, b, c) * side(a, b, d) <= 0 && side(c, d, a) * side(c, d, b) <= 0;
  }

  /** Whether a line of points crosses itself; `closed` adds the way back to its beginning. */
  function crosses(points, closed) {
    const ends = closed ? [...points, points[0]] : points;
    for (let i = 0; i < ends.length - 1; i += 1) {
      for (let j = i + 2; j < ends.length - 1; j += 1) {
        if (meet(ends[i], ends[i + 1], ends[j], ends[j + 1])) return true;
      }
    }
    return false;
  }

  /** Whether the box of some points meets [west, south, east, north]. */
  function reaches(points, [w, s, e, n]) {
    const [lons, lats] = [points.map((p) => p[0]), points.map((p) => p[1])];
    return Math.min(...lons) <= e && Math.max(...lons) >= w && Math.min(...lats) <= n && Math.max(...lats) >= s;
  }

  const pair = (point) => point.map((v) => String(Number(v.toFixed(DIGITS)))).join(",");
  const length = (value) => String(Number(value.toFixed(2)));

  /** A place with one more of its kind, or without it where it has it; "" where none is left. */
  function toggled(place, code) {
    const [kind, one] = tm.marks.parts(code);
    if (!(kind in LISTS)) return code;
    const [own, codes] = tm.marks.parts(place);
    const listed = own === kind || own === LISTS[kind] ? codes.split(",") : [];
    const fits = kind !== "cell" || !listed.length
      || h3.getResolution(listed[0]) === h3.getResolution(one); // one size of hexagon at a time
    const kept = fits ? listed : [];
    const next = kept.includes(one) ? kept.filter((c) => c !== one) : [...kept, one];
    if (next.length < 2) return next.length ? `${kind}:${next[0]}` : "";
    return `${LISTS[kind]}:${next.join(",")}`;
  }

  tm.shapes = {
    km, circle, crosses, reaches, toggled, KM_PER_DEGREE,
    isArea: (kind) => AREAS.includes(kind),
    polygonText: (points) => "polygon:" + points.map(pair).join(";"),
    circleText: (centre, radius) => `circle:${pair(centre)},${length(radius)}`,
    ringText: (centre, inner, outer) => `ring:${pair(centre)},${length(inner)},${length(outer)}`,
  };
})((window.tm = window.tm || {}));
