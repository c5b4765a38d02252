/**
 * Marks over the picture: what is selected, what the pointer is on, where the keyboard is.
 */
(function (tm) {
  "use strict";

  let hovered = "";

  /** [kind, code] of a place written `kind:code`. */
  function parts(place) {
    const at = (place || "").indexOf(":");
    return at < 0 ? ["", ""] : [place.slice(0, at), place.slice(at + 1)];
  }

  /** World rings [[[x, y], …], …] of a place; empty for one without a shape. */
  function ringsOf(kind, code) {
    if (kind === "cell") return [tm.cells.ring(code)];
    if (tm.shapes.isArea(kind)) return tm.area.rings(kind + ":" + code);
    const place = tm.areas.find(kind, code);
    if (!place) return [];
    return place.rings.map((flat) =>
      Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i], flat[2 * i + 1]]));
  }

  function pathText(rings, view) {
    return rings.map((ring) => {
      let last = null;
      let text = "";
      for (const [wx, wy] of ring) {
        const p = [view.x(wx), view.y(wy)];
        if (last && Math.abs(p[0] - last[0]) < 0.6 && Math.abs(p[1] - last[1]) < 0.6) continue;
        text += (last ? "L" : "M") + p[0].toFixed(1) + " " + p[1].toFixed(1);
        last = p;
      }
      return text + "Z";
    }).join("");
  }

  function outline(place, view, name) {
    const [kind, code] = parts(place);
    if (kind === "enterprise") return pointOutline(code, view, name);
    const rings = ringsOf(kind, code);
    if (!rings.length) return [];
    const d = pathText(rings, view);
    return [tm.svg("path", { class: `tm-${name}-halo`, d }), tm.svg("path", { class: `tm-${name}`, d })];
  }

  function pointOutline(id, view, name) {
    const point = tm.points.find(id);
    if (!point) return [];
    const at = { cx: view.x(point.at[0]), cy: view.y(point.at[1]), r: tm.points.pointRadius(point) + 4 };
    return [tm.svg("circle", { class: `tm-${name}-halo`, ...at }),
      tm.svg("circle", { class: `tm-${name}`, ...at })];
  }

  /** Draw the marks anew. */
  function draw() {
    const [svg, view] = [tm.stage.marks(), tm.stage.view()];
    if (!svg || !view || !tm.spec) return;
    const marks = [];
    if (tm.spec.place) marks.push(...outline(tm.spec.place, view, "selected"));
    if (hovered && hovered !== tm.spec.place) marks.push(...outline(hovered, view, "hovered"));
    svg.replaceChildren(...marks);
  }

  /** Put the hover outline on a place; "" takes it away. */
  function hover(place) {
    if (place === hovered) return;
    hovered = place;
    draw();
  }

  /** Where the chip of the selection points: top centre in canvas pixels, null if not in view. */
  function chipAnchor(view) {
    const [kind, code] = parts(tm.spec.place);
    if (!kind) return null;
    if (kind === "enterprise") {
      const point = tm.points.find(code);
      return point ? [view.x(point.at[0]), view.y(point.at[1]) - tm.points.pointRadius(point) - 6] : null;
    }
    const points = ringsOf(kind, code).flat();
    if (!points.length) return null;
    const ys = points.map((p) => view.y(p[1]));
    const xs = points.map((p) => view.x(p[0]));
    const min = (list) => list.reduce((a, b) => Math.min(a, b), Infinity);
    const max = (list) => list.reduce((a, b) => Math.max(a, b), -Infinity);
    return [(min(xs) + max(xs)) / 2, min(ys) - 4, max(ys) + 4];
  }

  /** The words of the selection's chip: {place, title, text}; all empty where nothing is selected. */
  function chip() {
    const words = tm.spec && tm.spec.place ? tm.spec.chip : null;
    return words ? { place: tm.spec.place, ...words } : { place: "", title: "", text: "" };
  }

  tm.marks = {
    parts, ringsOf, draw, hover, chipAnchor, pathText, chip,
    hovered: () => hovered,
  };
  tm.stage.onRest(draw);
})(window.tm);
