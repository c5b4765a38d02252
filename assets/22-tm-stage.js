/**
 * The stage: the canvases on the Leaflet map and when they are painted.
 *
 * Two canvases (`field`: land, cells, lines, parks; `flow`: rings, arcs, points) and one SVG
 * (`marks`: selection and hover) lie in one element that is moved and scaled by CSS while the map
 * zooms, and painted anew when it rests. Labels lie in a pane of their own above all.
 */
(function (tm) {
  "use strict";

  const MARGIN = 0.14; // of the map's size, painted beyond each edge so that a drag shows no gap
  const DRAG_REPAINT_MS = 140;
  const painters = { field: [], flow: [] };
  const restCallbacks = [];
  let stage = null;

  /**
   * Register a painter.
   * @param {"field"|"flow"} canvas
   * @param {number} order lower is painted first, so lies below
   * @param {function(CanvasRenderingContext2D, Object)} paint gets the context in CSS pixels
   */
  function register(canvas, order, paint) {
    painters[canvas].push({ order, paint });
    painters[canvas].sort((a, b) => a.order - b.order);
  }

  function attach(map) {
    const pane = map.createPane("tm-stage");
    pane.style.zIndex = 350;
    const labels = map.createPane("tm-labels");
    labels.style.zIndex = 620;
    const box = tm.el("div", { class: "tm-stage leaflet-zoom-animated" });
    const canvases = {};
    for (const name of ["field", "flow"]) {
      canvases[name] = tm.el("canvas", { class: "tm-canvas tm-canvas-" + name, "aria-hidden": "true" });
      box.append(canvases[name]);
    }
    const marks = tm.svg("svg", { class: "tm-marks", "aria-hidden": "true" });
    box.append(marks);
    pane.append(box);
    stage = { map, box, canvases, marks, labels, view: null, dirty: new Set(), frame: 0, dragged: 0, late: 0 };
    map.on("moveend viewreset resize", rest);
    map.on("move", drag);
    map.on("zoom", scale);
    map.on("zoomanim", animate);
    map.on("zoomstart", () => labels.classList.add("tm-hidden"));
    if (map._loaded) rest();
  }

  function detach() {
    if (!stage) return;
    window.cancelAnimationFrame(stage.frame);
    window.clearTimeout(stage.late);
    stage = null;
  }

  /** Everything a painter needs: x = worldX * k - left, y = worldY * k - top, in CSS pixels. */
  function measure() {
    const { map } = stage;
    const size = map.getSize();
    const pad = L.point(Math.ceil(size.x * MARGIN), Math.ceil(size.y * MARGIN));
    const topLeft = map.containerPointToLayerPoint([-pad.x, -pad.y]).round();
    const origin = map.getPixelOrigin().add(topLeft);
    const zoom = map.getZoom();
    const k = Math.pow(2, zoom);
    return {
      zoom, k, topLeft, left: origin.x, top: origin.y,
      width: size.x + 2 * pad.x, height: size.y + 2 * pad.y,
      padX: pad.x, padY: pad.y, innerWidth: size.x, innerHeight: size.y,
      dpr: Math.min(window.devicePixelRatio || 1, 2), center: map.getCenter(),
      x: (worldX) => worldX * k - origin.x,
      y: (worldY) => worldY * k - origin.y,
    };
  }

  /** The map has come to rest: put the stage in place and paint all of it at once. */
  function rest() {
    if (!stage || stage.map.getSize().x === 0) return;
    const view = measure();
    const last = stage.view;
    const same = last && last.zoom === view.zoom && last.left === view.left && last.top === view.top
      && last.width === view.width && last.height === view.height && last.dpr === view.dpr;
    L.DomUtil.setPosition(stage.box, view.topLeft);
    if (!same) {
      stage.view = view;
      resizeMarks(view);
      stage.dirty.add("field").add("flow");
      paint();
    }
    stage.labels.classList.remove("tm-hidden");
    restCallbacks.forEach((callback) => callback(view));
  }

  function resizeMarks(view) {
    stage.marks.setAttribute("width", view.width);
    stage.marks.setAttribute("height", view.height);
    stage.marks.setAttribute("viewBox", `0 0 ${view.width} ${view.height}`);
  }

  /** A long drag may leave the painted margin: follow it, but not at every mouse event. */
  function drag() {
    if (!stage || !stage.view || stage.map._animatingZoom) return;
    if (stage.map.getZoom() !== stage.view.zoom) return;
    const offset = stage.map.containerPointToLayerPoint([0, 0]).subtract(stage.view.topLeft);
    const { padX, padY } = stage.view;
    const inside = offset.x >= 0 && offset.y >= 0 && offset.x <= 2 * padX && offset.y <= 2 * padY;
    const now = performance.now();
    window.clearTimeout(stage.late);
    if (inside) return;
    if (now - stage.dragged < DRAG_REPAINT_MS) {
      stage.late = window.setTimeout(drag, DRAG_REPAINT_MS); // the pointer may stand still now
      return;
    }
    stage.dragged = now;
    stage.view = measure();
    L.DomUtil.setPosition(stage.box, stage.view.topLeft);
    stage.dirty.add("field").add("flow");
    paint();
  }

  function animate(event) {
    transform(event.center, event.zoom);
  }

  /** Pinch and flight: the map's zoom changes continuously without an animation of its own. */
  function scale() {
    if (stage && stage.view) transform(stage.map.getCenter(), stage.map.getZoom());
  }

  function transform(center, zoom) {
    if (!stage || !stage.view) return;
    const { map, view } = stage;
    const factor = map.getZoomScale(zoom, view.zoom);
    const position = L.point(view.left, view.top).multiplyBy(factor)
      .subtract(map._getNewPixelOrigin(center, zoom));
    L.DomUtil.setTransform(stage.box, position, factor);
  }

  /** Ask for a canvas to be painted in the next frame. */
  function request(...names) {
    if (!stage || !stage.view) return;
    names.forEach((name) => stage.dirty.add(name));
    if (stage.frame) return;
    stage.frame = window.requestAnimationFrame(() => {
      if (!stage) return;
      stage.frame = 0;
      if (!stage.map._animatingZoom) paint(); // else the rest after the animation paints
    });
  }

  function paint() {
    const started = performance.now();
    for (const name of stage.dirty) paintCanvas(stage.canvases[name], painters[name]);
    stage.dirty.clear();
    tm.painted += 1;
    if (tm.painted % 500 === 0) performance.clearMarks("tm:painted");
    performance.mark("tm:painted", { detail: { count: tm.painted, ms: performance.now() - started } });
  }

  function paintCanvas(canvas, list) {
    const { view } = stage;
    const width = Math.round(view.width * view.dpr);
    const height = Math.round(view.height * view.dpr);
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
      canvas.style.width = view.width + "px";
      canvas.style.height = view.height + "px";
    }
    const context = canvas.getContext("2d");
    context.setTransform(view.dpr, 0, 0, view.dpr, 0, 0);
    context.clearRect(0, 0, view.width, view.height);
    for (const { paint: one } of list) {
      context.save();
      one(context, view);
      context.restore();
    }
  }

  tm.stage = {
    register, attach, detach, request,
    /** The painters of a canvas, the lowest first, for a second picture of the same view. */
    painters: (canvas) => painters[canvas],
    /** Call back whenever the map has come to rest and is painted. */
    onRest: (callback) => restCallbacks.push(callback),
    view: () => (stage ? stage.view : null),
    marks: () => (stage ? stage.marks : null),
    labelPane: () => (stage ? stage.labels : null),
    /** Make the old picture paler while what was asked for cannot be had. */
    dim: (on) => stage && stage.box.classList.toggle("tm-dim", on),
  };
})(window.tm);
