/**
 * What the page 职住 lays over its flows: the chosen shuttle line with its stops, and the sector of
 * the rose that was picked, as the same piece of the rings on the map.
 */
(function (tm) {
  "use strict";

  const DASH = [2, 4];
  const KM_OF_EQUATOR = 40075.016686;
  const BEYOND_KM = 60; // the outermost sector has no end; it fades out before here
  const STEPS = 12; // straight pieces of an arc of 45 degrees

  // ------------------------------------------------------------ the sector

  /** A position so many km and degrees (clockwise from north) from the anchor, on the canvas. */
  function polar(anchor, view, km, degrees) {
    const kmPerPixel = (KM_OF_EQUATOR * Math.cos((anchor.lat * Math.PI) / 180)) / (256 * view.k);
    const [r, a] = [km / kmPerPixel, (degrees * Math.PI) / 180];
    return [view.x(anchor.at[0]) + r * Math.sin(a), view.y(anchor.at[1]) - r * Math.cos(a)];
  }

  function paintSector(context, view) {
    const [flows, wedge] = [tm.arcs.flows(), tm.spec && tm.spec.wedge];
    if (!wedge || !flows || !flows.anchor.placed) return;
    const { anchor } = flows;
    const far = wedge.to_km === null ? BEYOND_KM : wedge.to_km;
    const degrees = (i) => wedge.left + ((wedge.right - wedge.left) * i) / STEPS;
    const outer = Array.from({ length: STEPS + 1 }, (_, i) => polar(anchor, view, far, degrees(i)));
    const inner = Array.from({ length: STEPS + 1 }, (_, i) =>
      polar(anchor, view, wedge.from_km, degrees(STEPS - i)));
    context.beginPath();
    [...outer, ...inner].forEach(([x, y], i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
    context.closePath();
    context.fillStyle = tm.css("accent");
    context.globalAlpha = 0.1;
    context.fill();
    context.globalAlpha = 1;
    context.strokeStyle = tm.css("accent");
    context.lineWidth = 1.4;
    context.setLineDash(wedge.to_km === null ? DASH : []);
    context.stroke();
    context.setLineDash([]);
  }

  // ------------------------------------------------------------ the shuttle line

  function placed(view) {
    const line = tm.spec && tm.spec.shuttle;
    if (!line) return [];
    return line.stops.map((stop) => {
      const [x, y] = tm.project(stop.lon, stop.lat);
      return { ...stop, x: view.x(x), y: view.y(y) };
    });
  }

  /** The line in ink, so that it cannot be taken for a flow; its stops are rings. */
  function paintShuttle(context, view) {
    const stops = placed(view);
    if (stops.length < 2) return;
    context.lineJoin = context.lineCap = "round";
    for (const [colour, width] of [["halo", 6], ["ink", 2.4]]) {
      context.beginPath();
      stops.forEach(({ x, y }, i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
      context.strokeStyle = tm.css(colour);
      context.lineWidth = width;
      context.stroke();
    }
    stops.slice(1).forEach((stop) => paintStop(context, stop));
    paintNumber(context, stops[0], tm.spec.shuttle.number);
  }

  function paintStop(context, { x, y }) {
    context.beginPath();
    context.arc(x, y, 4.2, 0, 2 * Math.PI);
    context.fillStyle = tm.css("halo");
    context.fill();
    context.strokeStyle = tm.css("ink");
    context.lineWidth = 1.8;
    context.stroke();
  }

  /** The first stop carries the number of the line's card. */
  function paintNumber(context, { x, y }, number) {
    context.beginPath();
    context.arc(x, y, 9.5, 0, 2 * Math.PI);
    context.fillStyle = tm.css("ink");
    context.fill();
    context.strokeStyle = tm.css("halo");
    context.lineWidth = 1.5;
    context.stroke();
    context.fillStyle = tm.css("halo");
    context.font = `600 11px ${tm.labels.FONT}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(String(number), x, y + 0.5);
  }

  /** The stop under a point of the window, null where none. */
  function hit(point) {
    const view = tm.stage.view();
    if (!view) return null;
    const [x, y] = [point.x + view.padX, point.y + view.padY];
    return placed(view).find((stop) => Math.hypot(stop.x - x, stop.y - y) < 9) || null;
  }

  /** Boxes and points names keep off, in window pixels: [[x, y], …]. */
  function points(view) {
    return placed(view).map(({ x, y }) => [x - view.padX, y - view.padY]);
  }

  tm.lines = { hit, points };
  tm.stage.register("flow", 5, paintSector);
  tm.stage.register("flow", 20, paintShuttle);
})(window.tm);
