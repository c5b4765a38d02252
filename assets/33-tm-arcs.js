/**
 * Flows: curved lines from a place, width by the root of persons; distance rings round the place.
 */
(function (tm) {
  "use strict";

  const WIDEST = 9; // px, of the strongest flow
  const THINNEST = 1.2;
  const MOST = 40; // flows drawn; more would be a tangle, and the table in the panel has them all
  const ASKED = 240; // many of them may begin and end in the place
  const BEND = 0.16; // of an arc's length
  const BORDER_STEPS = 60;
  const RINGS_KM = [5, 10, 20];
  let given = null; // the answer as it came
  let flows = null;
  let kept = { key: "", rings: [] };

  /**
   * Take an answer of the arcs endpoint; null takes the flows away. Flows of the whole city have
   * both ends of their own and no anchor.
   */
  function set(answer) {
    given = answer;
    build(borderOf());
    tm.stage.request("flow");
  }

  function build(border) {
    flows = null;
    if (!given) return;
    const anchor = given.anchor || { lon: NaN, lat: NaN };
    const placed = isPlaced(anchor);
    const [x, y] = placed ? tm.project(anchor.lon, anchor.lat) : [NaN, NaN];
    const least = (tm.spec.arcs && tm.spec.arcs.least) || 0;
    const arcs = given.arcs
      .filter((arc) => arc.persons >= least)
      .map((arc) => ({ ...arc, at: tm.project(arc.lon, arc.lat), end: arc.to ? tm.project(...arc.to) : [x, y] }))
      .filter((arc) => arc.at[0] !== x || arc.at[1] !== y)
      // Who lives and works in the place does not cross its border: the hexagons show them.
      .filter((arc) => !tm.areas.insideRings(border, ...arc.at))
      .sort((a, b) => b.persons - a.persons)
      .slice(0, MOST);
    for (const arc of arcs) arc.stop = border.length ? borderAt(arc, border) : 1;
    const most = arcs.reduce((m, arc) => Math.max(m, arc.persons), 1);
    flows = { anchor: { ...anchor, at: [x, y], placed }, arcs, most, border, cut: least > 0 || arcs.length >= MOST };
  }

  /** Flat world rings of the place; those of a drawn area come later than its flows. */
  function borderOf() {
    const [kind, code] = tm.marks.parts(tm.spec.place);
    const rings = kind ? tm.marks.ringsOf(kind, code) : [];
    const key = tm.spec.place + rings.length;
    if (kept.key !== key) kept = { key, rings: rings.map((ring) => ring.flat()) };
    return kept.rings;
  }

  /** How far along an arc the border of its place is: there the line ends, and the place stays open. */
  function borderAt(arc, border) {
    const [mx, my] = bent(arc.at, arc.end);
    for (let i = 1; i < BORDER_STEPS; i += 1) {
      const t = i / BORDER_STEPS;
      const u = 1 - t;
      const x = u * u * arc.at[0] + 2 * u * t * mx + t * t * arc.end[0];
      const y = u * u * arc.at[1] + 2 * u * t * my + t * t * arc.end[1];
      if (tm.areas.insideRings(border, x, y)) return t;
    }
    return 1;
  }

  /** The control point of an arc: turned the same way for all, so that neighbours never cross. */
  function bent([x0, y0], [x1, y1]) {
    return [(x0 + x1) / 2 + (y0 - y1) * BEND, (y0 + y1) / 2 - (x0 - x1) * BEND];
  }

  /** A place known by name only has no position: then its flows are shown by their far ends. */
  function isPlaced({ lon, lat }) {
    const [w, s, e, n] = tm.spec.bounds;
    const room = Math.max(e - w, n - s);
    return Number.isFinite(lon) && Number.isFinite(lat) && lon >= w - room && lon <= e + room
      && lat >= s - room && lat <= n + room;
  }

  /** Width in px of a flow of so many persons. */
  function widthOf(persons) {
    return Math.max(THINNEST, WIDEST * Math.sqrt(persons / flows.most));
  }

  /** The curve of an arc on the canvas, cut where it stops: from the far end, one control point. */
  function curve(arc, view) {
    const [wx, wy] = bent(arc.at, arc.end);
    const [x0, y0] = [view.x(arc.at[0]), view.y(arc.at[1])];
    const [cx, cy] = [view.x(wx), view.y(wy)];
    const [ex, ey] = [view.x(arc.end[0]), view.y(arc.end[1])];
    const t = arc.stop;
    const u = 1 - t;
    return {
      x0, y0, mx: u * x0 + t * cx, my: u * y0 + t * cy,
      x1: u * u * x0 + 2 * u * t * cx + t * t * ex, y1: u * u * y0 + 2 * u * t * cy + t * t * ey,
    };
  }

  /** Points along an arc in canvas pixels, for keeping labels off it. */
  function pointsAlong(arc, view, count) {
    if (!isDrawn(arc)) return [];
    const c = curve(arc, view);
    return Array.from({ length: count }, (_, i) => {
      const t = (i + 0.5) / count;
      const u = 1 - t;
      return [u * u * c.x0 + 2 * u * t * c.mx + t * t * c.x1,
        u * u * c.y0 + 2 * u * t * c.my + t * t * c.y1];
    });
  }

  function paint(context, view) {
    if (!flows || !tm.spec || !tm.spec.arcs) return;
    if (flows.border !== borderOf()) build(borderOf());
    const shown = [...flows.arcs].reverse(); // the strong ones above, each with its own casing
    if (flows.anchor.placed) paintRings(context, view);
    for (const arc of shown) if (isDrawn(arc)) paintArc(context, view, arc);
    if (flows.anchor.placed) paintAnchor(context, view);
    for (const arc of shown) paintNode(context, view, arc);
  }

  /** Whether an arc has a line: both ends are known. */
  function isDrawn(arc) {
    return Number.isFinite(arc.end[0]);
  }

  function paintArc(context, view, arc) {
    const c = curve(arc, view);
    const width = widthOf(arc.persons);
    context.beginPath();
    context.moveTo(c.x0, c.y0);
    context.quadraticCurveTo(c.mx, c.my, c.x1, c.y1);
    context.lineCap = "round";
    context.globalAlpha = 0.78;
    context.strokeStyle = tm.css("halo");
    context.lineWidth = width + 2;
    context.stroke();
    context.strokeStyle = tm.css("accent");
    context.lineWidth = width;
    context.stroke();
    context.globalAlpha = 1;
  }

  /** Radius of the ring at a far end. */
  function nodeRadius(arc) {
    return Math.min(6, 2 + widthOf(arc.persons) * 0.45);
  }

  function paintNode(context, view, arc) {
    context.beginPath();
    context.arc(view.x(arc.at[0]), view.y(arc.at[1]), nodeRadius(arc), 0, 2 * Math.PI);
    context.fillStyle = tm.css("halo");
    context.fill();
    context.strokeStyle = tm.css("accent");
    context.lineWidth = 1.6;
    context.stroke();
  }

  /** The place all arcs meet at: a small shape is filled, a district or drawn area stays open. */
  function paintAnchor(context, view) {
    const ring = anchorRing(view);
    if (!ring) return;
    context.fillStyle = tm.css("accent-weak");
    context.strokeStyle = tm.css("accent");
    context.lineWidth = 2;
    context.beginPath();
    ring.forEach(([x, y], i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
    context.closePath();
    context.fill();
    context.stroke();
  }

  function anchorRing(view) {
    const [kind, code] = tm.marks.parts(tm.spec.place);
    if (kind !== "park" && kind !== "cell") return null;
    const rings = tm.marks.ringsOf(kind, code);
    if (rings.length !== 1) return null;
    return rings[0].map(([x, y]) => [view.x(x), view.y(y)]);
  }

  // ------------------------------------------------------------ distance rings

  /** Radius in px of a distance from the anchor. */
  function ringRadius(km, view) {
    const lat = (flows.anchor.lat * Math.PI) / 180;
    const kmPerPixel = (40075.016686 * Math.cos(lat)) / (256 * view.k);
    return km / kmPerPixel;
  }

  function paintRings(context, view) {
    const [x, y] = [view.x(flows.anchor.at[0]), view.y(flows.anchor.at[1])];
    context.strokeStyle = tm.css("ink-3");
    context.lineWidth = 1;
    context.setLineDash([2, 4]);
    for (const km of RINGS_KM) {
      context.beginPath();
      context.arc(x, y, ringRadius(km, view), 0, 2 * Math.PI);
      context.stroke();
    }
    context.setLineDash([]);
  }

  /** Where ring labels may stand, best first: [{km, places: [[x, y], …]}] in canvas pixels. */
  function ringLabels(view) {
    if (!flows || !flows.anchor.placed) return [];
    const [x, y] = [view.x(flows.anchor.at[0]), view.y(flows.anchor.at[1])];
    return RINGS_KM.map((km) => {
      const r = ringRadius(km, view);
      const angles = [90, 0, 180, 270, 60, 120, 30, 150, 315, 225];
      const at = (a) => [x + r * Math.cos((a * Math.PI) / 180), y + r * Math.sin((a * Math.PI) / 180)];
      return { km, radius: r, places: angles.map(at) };
    });
  }

  /** Three round numbers of persons that show the scale of widths. */
  function legendPersons() {
    if (!flows || !flows.arcs.length) return [];
    const round = (v, digits) => {
      const unit = Math.pow(10, Math.max(0, Math.floor(Math.log10(v)) + 1 - digits));
      return Math.max(1, Math.floor(v / unit) * unit);
    };
    const { most } = flows;
    return [...new Set([round(most / 7, 1), round(most / 2.3, 1), round(most, 2)])];
  }

  /** The flow whose far end is within reach of a point of the window, null where none. */
  function hit(point) {
    const view = tm.stage.view();
    if (!flows || !view || !tm.spec.arcs) return null;
    const [x, y] = [point.x + view.padX, point.y + view.padY];
    const near = (arc) => Math.hypot(view.x(arc.at[0]) - x, view.y(arc.at[1]) - y);
    const found = flows.arcs.filter((arc) => near(arc) < 9).sort((a, b) => near(a) - near(b));
    return found[0] || null;
  }

  tm.arcs = {
    MOST, ASKED, set, widthOf, pointsAlong, nodeRadius, ringLabels, legendPersons, hit,
    flows: () => (tm.spec && tm.spec.arcs ? flows : null),
  };
  tm.stage.register("flow", 10, paint);
})(window.tm);
