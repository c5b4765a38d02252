/**
 * Names on the map, kept apart by one list of taken boxes.
 *
 * In this order: cards over the map, park outlines, the chip of the selection, flow ends, ring
 * labels, park and place names (eight positions, the cheapest by what lies under them), then
 * district names by a search in the visible part of the polygon. What fits nowhere is left out.
 */
(function (tm) {
  "use strict";

  const FONT = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif';
  const GAP = 4;
  const MOST_FLOW_NAMES = 16;
  const MOST_POINT_NAMES = 40;
  const NODE_COST = 4; // an unnamed end under a name costs as much as so many points of a line
  let timer = 0;
  const widths = new Map();
  const measurer = document.createElement("canvas").getContext("2d");

  function widthOf(text, size, weight) {
    const key = size + weight + text;
    if (!widths.has(key)) {
      measurer.font = `${weight} ${size}px ${FONT}`;
      if (widths.size > 4000) widths.clear();
      widths.set(key, measurer.measureText(text).width);
    }
    return widths.get(key);
  }

  // ------------------------------------------------------------ boxes (window pixels)

  const { Room, grown, around, searchInside } = tm.room;

  /** Boxes of the cards that lie over the map, in window pixels. */
  function cardBoxes(map) {
    const container = map.getContainer();
    const frame = container.getBoundingClientRect();
    const cards = new Set(document.querySelectorAll(
      "#legend, #locator, #zoom-box, #tool-box, #tool-card, #map-notice, .tm-scale, .over > *, .topbar, .panel, .wall-callout-box",
    ));
    const area = frame.width * frame.height;
    return [...cards].map((card) => card.getBoundingClientRect())
      .filter((r) => r.width > 0 && r.height > 0 && r.width * r.height < area / 2)
      .map((r) => [r.left - frame.left, r.top - frame.top, r.right - frame.left, r.bottom - frame.top])
      .map((box) => grown(box, 6));
  }

  // ------------------------------------------------------------ the layers of names

  function place(room, out, text, box, style) {
    if (!box) return false;
    room.take(grown(box, GAP));
    out.push({ ...style, text, x: (box[0] + box[2]) / 2, y: (box[1] + box[3]) / 2 });
    return true;
  }

  function takeParks(room, view) {
    if (!tm.spec.parks) return;
    for (const park of tm.areas.list("park")) {
      const [w, n, e, s] = park.box;
      const box = [view.x(w), view.y(n), view.x(e), view.y(s)];
      room.take([box[0] - view.padX, box[1] - view.padY, box[2] - view.padX, box[3] - view.padY]);
    }
  }

  function placeChip(room, view) {
    const chip = tm.marks.chip();
    const anchor = chip.place ? tm.marks.chipAnchor(view) : null;
    if (!anchor || !(chip.title || chip.text)) return null;
    const [x, y] = [anchor[0] - view.padX, anchor[1] - view.padY];
    const bottom = anchor.length > 2 ? anchor[2] - view.padY : y;
    const gap = chip.title && chip.text ? 8 : 0;
    const unit = tm.unit();
    const width = (widthOf(chip.title, 13, 600) + widthOf(chip.text, 13, 600) + gap + 20) * unit;
    if (x < 0 || x > view.innerWidth || bottom < 0 || y > view.innerHeight) return null;
    const left = Math.max(8, Math.min(view.innerWidth - width - 8, x - width / 2));
    // On the flow page the arcs come in from above as often as not: the chip hangs below.
    const below = Boolean(tm.spec.arcs) && bottom + 34 < view.innerHeight;
    const top = below ? bottom + 6 : Math.max(8, y - 30 * unit);
    room.take([left - 2, top - 2, left + width + 2, top + 30 * unit]);
    return { ...chip, x, left, top, width, below };
  }

  function placeFlows(room, view, out) {
    const flows = tm.arcs.flows();
    if (!flows) return;
    const named = flows.arcs.filter((arc) => arc.name).slice(0, MOST_FLOW_NAMES);
    for (const arc of flows.arcs) {
      for (const [x, y] of tm.arcs.pointsAlong(arc, view, 24)) {
        room.points.push([x - view.padX, y - view.padY]);
      }
    }
    const at = (arc) => [view.x(arc.at[0]) - view.padX, view.y(arc.at[1]) - view.padY];
    for (const arc of flows.arcs) {
      const [x, y] = at(arc);
      const r = tm.arcs.nodeRadius(arc) + 1;
      if (named.includes(arc)) room.take([x - r, y - r, x + r, y + r]);
      else for (let i = 0; i < NODE_COST; i += 1) room.points.push([x, y]); // better not, but it may
    }
    tm.lines.points(view).forEach(([x, y]) => room.take([x - 10, y - 10, x + 10, y + 10]));
    placeRingNames(room, view, out);
    for (const arc of named) {
      const [x, y] = at(arc);
      const number = tm.number(arc.persons, "count");
      const width = widthOf(arc.name, 12, 500) + 4 + widthOf(number, 12, 400);
      const box = room.best(around(x, y, tm.arcs.nodeRadius(arc) + 5, width, 16));
      place(room, out, arc.name, box, { kind: "flow", number });
    }
  }

  function placeRingNames(room, view, out) {
    for (const { km, places, radius } of tm.arcs.ringLabels(view)) {
      if (radius < 30) continue;
      const text = km + " " + tm.word("km");
      const width = widthOf(text, 12, 400);
      const boxes = places.map(([x, y]) => [x - view.padX, y - view.padY])
        .map(([x, y]) => [x - width / 2, y - 8, x + width / 2, y + 8]);
      place(room, out, text, room.best(boxes), { kind: "ring" });
    }
  }

  /** How far a point is from a rectangle, 0 inside. */
  function away([left, top, right, bottom], x, y) {
    return Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
  }

  function placeParkNames(room, view, out) {
    if (!tm.spec.parks || view.zoom < 10) return;
    const middles = tm.areas.list("park").map((park) => [park.code,
      view.x((park.box[0] + park.box[2]) / 2) - view.padX, view.y((park.box[1] + park.box[3]) / 2) - view.padY]);
    // A name nearer to another park than to its own would be read as that one's.
    const isOwn = (code, x, y) => (box) => middles.every(([other, mx, my]) =>
      other === code || away(box, mx, my) > away(box, x, y));
    for (const park of tm.areas.list("park")) {
      if (tm.spec.place === "park:" + park.code) continue; // its chip says it
      const [w, n, e, s] = [view.x(park.box[0]), view.y(park.box[1]), view.x(park.box[2]), view.y(park.box[3])];
      const [x, y] = [(w + e) / 2 - view.padX, (n + s) / 2 - view.padY];
      const text = tm.areas.nameOf(park);
      const unit = tm.unit();
      const [width, halfWidth, halfHeight] = [widthOf(text, 12, 500) * unit, (e - w) / 2, (s - n) / 2];
      const below = [x - width / 2, y + halfHeight + 2, x + width / 2, y + halfHeight + 2 + 16 * unit];
      const boxes = [below, ...around(x, y, Math.max(halfWidth, halfHeight) + 4, width, 16 * unit)];
      place(room, out, text, room.best(boxes.filter(isOwn(park.code, x, y))), { kind: "park" });
    }
  }

  function takePoints(room, view) {
    const disc = (one, r) => {
      const [x, y] = [view.x(one.at[0]) - view.padX, view.y(one.at[1]) - view.padY];
      room.take([x - r, y - r, x + r, y + r]);
    };
    tm.points.list().forEach((point) => disc(point, tm.points.pointRadius(point)));
    tm.points.clusters().forEach((cluster) => disc(cluster, tm.points.clusterRadius(cluster.n)));
  }

  function placePointNames(room, view, out) {
    if (view.zoom < 14) return;
    const points = [...tm.points.list()].sort((a, b) => (b.key - a.key) || b.openings - a.openings);
    for (const point of points.slice(0, MOST_POINT_NAMES)) {
      if (tm.spec.place === "enterprise:" + point.id) continue;
      const [x, y] = [view.x(point.at[0]) - view.padX, view.y(point.at[1]) - view.padY];
      const width = widthOf(point.name, 12, 400);
      const box = room.best(around(x, y, tm.points.pointRadius(point) + 4, width, 16));
      place(room, out, point.name, box, { kind: "point" });
    }
  }

  function placeDistrictNames(room, view, out) {
    const size = 14;
    for (const district of tm.areas.list("district")) {
      if (tm.spec.place === "district:" + district.code && tm.marks.chip().title) continue;
      const text = tm.areas.nameOf(district);
      const unit = tm.unit();
      const box = searchInside(room, view, district, widthOf(text, size, 500) * unit + 4, 20 * unit);
      place(room, out, text, box, { kind: "district" });
    }
  }

  // ------------------------------------------------------------ drawing

  function drawLabels() {
    const [pane, view, map] = [tm.stage.labelPane(), tm.stage.view(), tm.map];
    if (!pane || !view || !tm.spec || map._animatingZoom) return;
    const room = new Room(view);
    cardBoxes(map).forEach((box) => room.take(box));
    const out = [];
    const chip = placeChip(room, view);
    takeParks(room, view);
    takePoints(room, view);
    placeFlows(room, view, out);
    placeParkNames(room, view, out);
    placePointNames(room, view, out);
    placeDistrictNames(room, view, out);
    const svg = tm.svg("svg", { class: "tm-label-sheet", width: view.innerWidth, height: view.innerHeight });
    svg.append(...out.map(labelNode));
    const sheet = tm.el("div", { class: "tm-sheet" }, svg, chip ? chipNode(chip) : null);
    L.DomUtil.setPosition(sheet, map.containerPointToLayerPoint([0, 0]));
    pane.replaceChildren(sheet);
  }

  function labelNode(label) {
    const text = tm.svg("text", { class: "tm-label tm-label-" + label.kind, x: label.x, y: label.y }, label.text);
    if (label.number) text.append(tm.svg("tspan", { class: "tm-label-number", dx: 4 }, label.number));
    return text;
  }

  function chipNode(chip) {
    const style = `left:${chip.left}px;top:${chip.top}px;width:${chip.width}px;`
      + `--tip:${chip.x - chip.left}px`;
    const drill = () => tm.drill(chip.place);
    return tm.el("button", {
      class: "tm-chip" + (chip.below ? " tm-chip-below" : ""), style, type: "button",
      title: tm.word("drill"), dblclick: drill,
    }, ...[chip.title, chip.text].filter(Boolean).map((word) => tm.el("span", {}, word)));
  }

  /** Place all names anew, soon; many calls make one. */
  function later() {
    window.clearTimeout(timer);
    timer = window.setTimeout(drawLabels, 30);
  }

  tm.labels = {
    later, now: drawLabels, widthOf, FONT,
    chipBox: () => {
      const node = document.querySelector(".tm-chip");
      return node ? node.getBoundingClientRect() : null;
    },
  };
  tm.stage.onRest(later);
})(window.tm);
