/**
 * Two maps side by side: the month to compare with on the left, the month in question on the right.
 *
 * The right one is the map itself, on half the width. The left one is a second picture of the same
 * view: it takes every shift, zoom, mark and name over from the map, so that both cannot drift
 * apart, and hands what the pointer does on to it. One cursor is on both.
 */
(function (tm) {
  "use strict";

  const PICTURE_ORDER = 10; // the painter of the cells, see 50-tm-map.js
  let then = null; // the picture of the other month
  let half = null; // the left half: its nodes and observers

  const isSide = (spec) => Boolean(spec && spec.compare === "side" && spec.versus && !tm.isPhone());

  /** Read the other month's picture of a spec; null where only one map is shown. */
  function readThen(spec) {
    if (!isSide(spec)) return Promise.resolve(null);
    const query = tm.data.join(spec.query, { month: spec.versus }).slice(1);
    return tm.pictureOf({ ...spec, query });
  }

  /** Take the other month's picture, in the classes of the map's own: one legend is for both. */
  function set(picture, now) {
    then = picture;
    if (!then) return;
    then.breaks = now.breaks;
    if (then.grid) then.classes = tm.paint.classify(then.head, then.codes, now.breaks);
    else then.classes = new Map([...then.rows.values()].map((row) => [row.id, tm.areas.classOfRow(row, now.breaks)]));
  }

  // ------------------------------------------------------------ the two halves

  /** Give the map half the width or all of it; its centre stays. */
  function layout(spec, map) {
    const stage = document.getElementById("stage");
    const side = isSide(spec);
    if (!stage || !map) return;
    if (side) name(spec);
    if (stage.classList.contains("tm-side") === side && (!side || (half && half.map === map))) return;
    const centre = map._loaded ? map.getCenter() : null;
    stage.classList.toggle("tm-side", side);
    if (side) build(stage, map);
    else remove();
    map.invalidateSize({ pan: false });
    if (centre) map.setView(centre, map.getZoom(), { animate: false });
    if (side) name(spec);
  }

  function build(stage, map) {
    remove();
    const canvases = ["field", "flow"].map((one) => tm.el("canvas", { class: "tm-canvas tm-canvas-" + one }));
    const marks = tm.svg("svg", { class: "tm-marks" });
    const box = tm.el("div", { class: "tm-stage leaflet-zoom-animated" }, ...canvases, marks);
    const labels = tm.el("div", { class: "tm-then-labels" });
    const pane = tm.el("div", { class: "leaflet-pane leaflet-map-pane" }, box, labels);
    const cursors = [tm.el("i", { class: "tm-cursor" }), tm.el("i", { class: "tm-cursor" })];
    const captions = [tm.el("div", { class: "tm-month tm-month-then" }), tm.el("div", { class: "tm-month tm-month-now" })];
    const node = tm.el("div", { class: "tm-then", "aria-hidden": "true" }, pane, cursors[0]);
    stage.append(node, ...captions);
    map.getContainer().append(cursors[1]);
    half = { map, node, pane, box, canvases, marks, labels, captions, cursors, observers: [] };
    mirror();
    listen();
  }

  function remove() {
    if (!half) return;
    half.observers.forEach((observer) => observer.disconnect());
    half.map.off("mousemove", half.pointed).off("mouseout", half.left);
    [half.node, ...half.captions, half.cursors[1]].forEach((node) => node.remove());
    half = null;
  }

  function name(spec) {
    if (!half) return;
    const [now, before] = spec.months || ["", ""];
    half.captions[0].textContent = before || "";
    half.captions[1].textContent = now;
  }

  // ------------------------------------------------------------ taking over

  function watch(node, options, take) {
    const observer = new MutationObserver(take);
    observer.observe(node, options);
    half.observers.push(observer);
    take();
  }

  /** Take shifts, zooms, marks and names over from the map whenever they change, in the same frame. */
  function mirror() {
    const { map, pane, box, marks, labels } = half;
    const own = map.getPane("mapPane");
    const stageBox = tm.stage.marks().parentNode;
    const styled = { attributes: true, attributeFilter: ["style", "class"] };
    watch(own, styled, () => {
      pane.style.transform = own.style.transform;
      pane.classList.toggle("leaflet-zoom-anim", own.classList.contains("leaflet-zoom-anim"));
    });
    watch(stageBox, styled, () => {
      box.style.transform = stageBox.style.transform;
      box.classList.toggle("tm-dim", stageBox.classList.contains("tm-dim"));
    });
    watch(tm.stage.marks(), { childList: true, attributes: true }, () => copyInto(marks, tm.stage.marks()));
    const names = tm.stage.labelPane();
    watch(names, { childList: true, ...styled }, () => {
      labels.className = names.className.replace("leaflet-pane", "") + " tm-then-labels";
      labels.replaceChildren(...[...names.childNodes].map((one) => one.cloneNode(true)));
      const value = labels.querySelector(".tm-chip span:last-child");
      if (value && tm.spec && tm.spec.chip && tm.spec.chip.text) value.textContent = tm.spec.chip_then || "";
    });
  }

  function copyInto(copy, original) {
    for (const attribute of ["width", "height", "viewBox"]) {
      copy.setAttribute(attribute, original.getAttribute(attribute) || "");
    }
    copy.replaceChildren(...[...original.childNodes].map((one) => one.cloneNode(true)));
  }

  tm.stage.register("field", 1000, (context, view) => {
    if (!half) return;
    const copy = sized(half.canvases[0], context.canvas);
    copy.setTransform(view.dpr, 0, 0, view.dpr, 0, 0);
    copy.clearRect(0, 0, view.width, view.height);
    for (const { order, paint } of tm.stage.painters("field")) {
      if (order === 1000) continue;
      copy.save();
      if (order !== PICTURE_ORDER) paint(copy, view);
      else if (then && tm.picture) paintThen(copy, view);
      copy.restore();
    }
  });

  function paintThen(context, view) {
    then.colours = tm.picture.colours;
    if (then.grid) (tm.look().smooth ? tm.smooth.paint : tm.paint.cells)(context, view, then);
    else tm.areas.paintAreas(context, view, { ...then, kind: then.areaKind });
  }

  tm.stage.register("flow", 1000, (context) => {
    if (half) sized(half.canvases[1], context.canvas).drawImage(context.canvas, 0, 0);
  });

  /** The context of a copy of a canvas, of the same size and empty. */
  function sized(copy, original) {
    copy.width = original.width;
    copy.height = original.height;
    copy.style.width = original.style.width;
    copy.style.height = original.style.height;
    return copy.getContext("2d");
  }

  // ------------------------------------------------------------ the pointer

  /** Hand what happens on the left on to the map, as if it had happened at the same place there. */
  function listen() {
    const { node, map, cursors } = half;
    const shift = () => map.getContainer().getBoundingClientRect().left - node.getBoundingClientRect().left;
    const send = (event, kind, by) => map.getContainer().dispatchEvent(new kind(event.type, copyOf(event, by)));
    for (const type of ["click", "dblclick", "mousemove", "mouseup", "mouseout", "contextmenu"]) {
      node.addEventListener(type, (event) => send(event, MouseEvent, shift()));
    }
    // A drag of the map is measured from where it began, on whichever half that was.
    node.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const by = tm.draw.tool() ? shift() : 0;
      if (!event.shiftKey) map.getPane("mapPane").dispatchEvent(new MouseEvent("mousedown", copyOf(event, by)));
    });
    node.addEventListener("wheel", (event) => {
      event.preventDefault();
      send(event, WheelEvent, shift());
    }, { passive: false });
    half.pointed = (event) => cursors.forEach((cursor) => {
      cursor.style.transform = `translate(${event.containerPoint.x}px, ${event.containerPoint.y}px)`;
      cursor.classList.add("tm-shown");
    });
    half.left = () => cursors.forEach((cursor) => cursor.classList.remove("tm-shown"));
    map.on("mousemove", half.pointed).on("mouseout", half.left);
    node.addEventListener("mouseleave", half.left);
  }

  function copyOf(event, by) {
    return {
      bubbles: true, cancelable: true, view: window, detail: event.detail, button: event.button, buttons: event.buttons,
      clientX: event.clientX + by, clientY: event.clientY, screenX: event.screenX + by, screenY: event.screenY,
      ctrlKey: event.ctrlKey, shiftKey: event.shiftKey, altKey: event.altKey, metaKey: event.metaKey,
      deltaX: event.deltaX, deltaY: event.deltaY, deltaMode: event.deltaMode,
    };
  }

  tm.compare = { readThen, set, layout, isSide, then: () => then };
})(window.tm);
