/**
 * Drawing a selection: rectangle, polygon, circle, ring. What is finished becomes the `place` of
 * the address; what is wrong with it is said in one line and stays to be mended.
 */
(function (tm) {
  "use strict";

  const DRAG_PX = 6; // a press moved less than this is a click
  const CLOSE_PX = 11; // a click so near to the first corner closes the polygon
  const RADII = { circle: [0, 3], ring: [1, 3] }; // km, where only the centre was clicked
  const LEAST_KM = 0.05;
  const MOST_KM = 200;
  const MOST_CORNERS = 400;
  const DIGITS = 1e5;
  const AFTER_MS = 400; // the click that ends a drawing is no click on the map
  let draft = null;
  let ended = -Infinity;

  const map = () => tm.map;
  const isRound = () => draft.tool === "circle" || draft.tool === "ring";
  const rounded = (point) => point.map((v) => Math.round(v * DIGITS) / DIGITS);
  const pointOf = ({ lat, lng }) => rounded([lng, lat]);
  const pixelOf = ([lon, lat]) => map().latLngToContainerPoint([lat, lon]);

  // ------------------------------------------------------------ beginning and ending

  /** Take up a tool; "" lays it down. */
  function start(tool) {
    stop();
    if (!tool || !map()) return;
    draft = { tool, points: [], at: null, inner: RADII.ring[0], outer: RADII.ring[1], pressed: null, problem: "" };
    const container = map().getContainer();
    container.classList.add("tm-drawing");
    draft.svg = tm.svg("svg", { class: "tm-draft", "aria-hidden": "true" });
    container.append(draft.svg);
    if (tool !== "polygon") map().dragging.disable();
    map().boxZoom.disable();
    map().on("mousedown", onDown).on("mousemove", onMove).on("mouseup", onUp).on("move zoom", draw);
    tm.hover.hide();
    changed();
  }

  /** Lay the tool down and forget what was not finished. */
  function stop() {
    if (!draft) return;
    map().getContainer().classList.remove("tm-drawing");
    draft.svg.remove();
    map().dragging.enable();
    map().boxZoom.enable();
    map().off("mousedown", onDown).off("mousemove", onMove).off("mouseup", onUp).off("move zoom", draw);
    draft = null;
    ended = performance.now();
    changed();
  }

  /** Forget the corners, keep the tool. */
  function clear() {
    Object.assign(draft, { points: [], at: null, pressed: null, problem: "", outer: RADII.ring[1], inner: RADII.ring[0] });
    changed();
  }

  function changed() {
    if (draft) draw();
    tm.toolbox.update();
  }

  function say(problem) {
    draft.problem = problem;
    changed();
  }

  /** End with a place, or say what is wrong with it and keep it. */
  function finish() {
    if (!draft) return;
    const wrong = problemOf();
    if (wrong) {
      say(wrong);
      return;
    }
    const place = textOf();
    stop();
    tm.go({ place });
  }

  function textOf() {
    const { tool, points, inner, outer } = draft;
    if (tool === "circle") return tm.shapes.circleText(points[0], outer);
    if (tool === "ring" && inner > 0) return tm.shapes.ringText(points[0], inner, outer);
    if (tool === "ring") return tm.shapes.circleText(points[0], outer);
    return tm.shapes.polygonText(cornersOf(points));
  }

  /** A rectangle is two corners until it is finished. */
  function cornersOf(points) {
    if (draft.tool !== "rectangle" || points.length < 2) return points;
    const [[w, s], [e, n]] = points;
    return [[w, s], [e, s], [e, n], [w, n]];
  }

  function problemOf() {
    const { tool, points, inner, outer } = draft;
    if (isRound()) {
      if (!points.length) return "drawNoCentre";
      if (!(outer >= LEAST_KM && outer <= MOST_KM) || inner < 0) return "drawRadius";
      if (tool === "ring" && inner >= outer) return "drawInner";
      return tm.shapes.reaches(tm.shapes.circle(points[0], outer), tm.spec.bounds) ? "" : "drawOutside";
    }
    const corners = cornersOf(points);
    if (new Set(corners.map(String)).size < 3) return "drawFew";
    if (tm.shapes.crosses(corners, true)) return "drawCrosses";
    return tm.shapes.reaches(corners, tm.spec.bounds) ? "" : "drawOutside";
  }

  // ------------------------------------------------------------ the pointer

  function onDown(event) {
    if (!draft || event.originalEvent.button) return;
    const { tool, problem } = draft;
    if (tool === "rectangle" && problem) draft.points = []; // the one that could not be: another try
    const first = !draft.points.length;
    draft.pressed = { pixel: event.containerPoint, first };
    if (tool === "polygon" || !first) return;
    draft.points = [pointOf(event.latlng)];
    draft.problem = "";
  }

  function onMove(event) {
    if (!draft) return;
    draft.at = pointOf(event.latlng);
    if (draft.pressed && draft.tool !== "polygon" && isDragged(event) && isRound()) reachTo(draft.at);
    draw();
  }

  function reachTo(point) {
    draft.outer = Math.round(tm.shapes.km(draft.points[0], point) * 100) / 100;
    draft.inner = Math.round(draft.outer * 5) / 10; // half, until somebody types it
    tm.toolbox.update();
  }

  function isDragged(event) {
    return draft.pressed && draft.pressed.pixel.distanceTo(event.containerPoint) >= DRAG_PX;
  }

  function onUp(event) {
    if (!draft || !draft.pressed) return;
    const dragged = isDragged(event);
    const point = pointOf(event.latlng);
    const { first } = draft.pressed;
    draft.pressed = null;
    if (draft.tool === "polygon") {
      if (!dragged) addCorner(point, event.containerPoint);
    } else if (draft.tool === "rectangle") secondCorner(point, first && !dragged);
    else roundDone(point, dragged);
  }

  /** A rectangle is one drag, or two clicks: then the first one is but a corner. */
  function secondCorner(point, isFirst) {
    if (!isFirst) {
      draft.points = [draft.points[0], point];
      finish();
    } else changed();
  }

  /** A dragged circle is finished; a ring, or a centre alone, waits for its kilometres. */
  function roundDone(point, dragged) {
    if (!dragged) draft.points = [point];
    else if (draft.tool === "circle") {
      finish();
      return;
    }
    changed();
  }

  function addCorner(point, pixel) {
    const { points } = draft;
    const closes = points.length > 2 && pixelOf(points[0]).distanceTo(pixel) <= CLOSE_PX;
    const again = points.length && String(points[points.length - 1]) === String(point);
    if (closes || (again && points.length > 2)) {
      finish();
      return;
    }
    if (again) return; // the second half of a double click
    if (points.length >= MOST_CORNERS) {
      say("drawMany");
      return;
    }
    if (tm.shapes.crosses([...points, point], false)) {
      say("drawCrosses");
      return;
    }
    points.push(point);
    say("");
  }

  /** Take the last corner back; with none left, nothing. */
  function back() {
    if (!draft || !draft.points.length) return false;
    draft.points.pop();
    say("");
    return true;
  }

  /** Set the kilometres of a circle or ring by hand. */
  function setRadius(name, value) {
    if (!draft) return;
    draft[name] = value;
    draft.problem = "";
    draw();
  }

  // ------------------------------------------------------------ the draft

  function draw() {
    if (!draft) return;
    const view = { x: (p) => pixelOf(p).x, y: (p) => pixelOf(p).y };
    const line = (points, closed) => points.map((p, i) =>
      (i ? "L" : "M") + view.x(p).toFixed(1) + " " + view.y(p).toFixed(1)).join("") + (closed ? "Z" : "");
    const nodes = [];
    const { points, at, tool } = draft;
    const bad = draft.problem ? " tm-bad" : "";
    if (isRound() && points.length) {
      const rings = [draft.outer, ...(tool === "ring" && draft.inner > 0 ? [draft.inner] : [])];
      const d = rings.filter((r) => r > 0).map((r) => line(tm.shapes.circle(points[0], r), true)).join("");
      nodes.push(tm.svg("path", { class: "tm-draft-shape" + bad, d, "fill-rule": "evenodd" }));
    } else if (tool === "rectangle" && points.length && at) {
      nodes.push(tm.svg("path", { class: "tm-draft-shape" + bad, d: line(cornersOf([points[0], points[1] || at]), true) }));
    } else if (points.length) {
      nodes.push(tm.svg("path", { class: "tm-draft-shape" + bad, d: line(points, points.length > 2) }));
      if (at) nodes.push(tm.svg("path", { class: "tm-draft-next" + (tm.shapes.crosses([...points, at], false) ? " tm-bad" : ""), d: line([points[points.length - 1], at]) }));
    }
    points.forEach((p, i) => nodes.push(tm.svg("circle", {
      class: "tm-draft-corner" + (i === 0 && points.length > 2 ? " tm-first" : ""), cx: view.x(p), cy: view.y(p), r: i === 0 && points.length > 2 ? 6 : 4,
    })));
    draft.svg.replaceChildren(...nodes);
  }

  tm.draw = {
    start, stop, clear, finish, back, setRadius,
    /** Whether the pointer draws, or has just done so. */
    busy: () => Boolean(draft) || performance.now() - ended < AFTER_MS,
    /** The tool in hand, "" for none. */
    tool: () => (draft ? draft.tool : ""),
    /** What is being drawn: {tool, points, inner, outer, problem}; null for nothing. */
    draft: () => draft,
  };
})(window.tm);
