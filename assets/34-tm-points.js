/**
 * Enterprises: circles with a number where the server grouped them, single dots where it did not.
 */
(function (tm) {
  "use strict";

  const FROM_ZOOM = 13; // below this the cells speak; single firms would be a blot
  const BOX_STEP = 0.01; // degrees: a view asks for a box rounded outwards, so that small pans reuse it
  let points = { clusters: [], points: [] };
  let wanted = "";

  function isOn(spec, zoom) {
    return Boolean(spec && spec.points) && (zoom >= FROM_ZOOM || spec.layer.shape === "points");
  }

  /** Ask for the enterprises of the window, if the zoom is one that shows them. */
  async function update(spec, map) {
    const zoom = map.getZoom();
    if (!isOn(spec, zoom)) {
      wanted = "";
      put({ clusters: [], points: [] });
      return;
    }
    const b = map.getBounds().pad(0.1);
    const down = (v) => (Math.floor(v / BOX_STEP) * BOX_STEP).toFixed(2);
    const up = (v) => (Math.ceil(v / BOX_STEP) * BOX_STEP).toFixed(2);
    const bbox = [down(b.getWest()), down(b.getSouth()), up(b.getEast()), up(b.getNorth())].join(",");
    const url = `/api/points/${spec.release}`
      + tm.data.join(spec.query, { level: "enterprise", bbox, zoom: Math.floor(zoom), lang: spec.language });
    if (url === wanted) return;
    wanted = url;
    const answer = await tm.data.json(url);
    if (url === wanted) put(answer);
  }

  function put(answer) {
    if (!answer.clusters.length && !answer.points.length
      && !points.clusters.length && !points.points.length) return;
    points = {
      clusters: answer.clusters.map(([lon, lat, n, openings]) => ({
        at: tm.project(lon, lat), n, openings, lon, lat,
      })),
      points: answer.points.map((p) => ({ ...p, at: tm.project(p.lon, p.lat) })),
    };
    tm.stage.request("flow");
    tm.labels.later();
    tm.legend.redraw();
  }

  const clusterRadius = (n) => (n === 1 ? 5.5 : Math.min(20, 8 + 2.2 * Math.log2(n)));
  const pointRadius = (p) => (p.key ? 5.5 : 4) + Math.min(3, Math.log10(1 + (p.openings || 0)));

  function paint(context, view) {
    for (const c of points.clusters) paintCluster(context, view, c);
    for (const p of points.points) paintPoint(context, view, p);
  }

  function paintCluster(context, view, cluster) {
    const [x, y] = [view.x(cluster.at[0]), view.y(cluster.at[1])];
    if (cluster.n === 1) { // one firm is a dot, not a "1"
      disc(context, x, y, 4, tm.css("surface"), tm.css("ink"), 1.4);
      return;
    }
    disc(context, x, y, clusterRadius(cluster.n), tm.css("surface"), tm.css("ink"), 1.4);
    context.fillStyle = tm.css("ink");
    context.font = "500 12px " + tm.labels.FONT;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(tm.number(cluster.n, "count"), x, y + 0.5);
  }

  function paintPoint(context, view, point) {
    const [x, y] = [view.x(point.at[0]), view.y(point.at[1])];
    const fill = point.key ? tm.css("ink") : tm.css("surface");
    disc(context, x, y, pointRadius(point), fill, point.key ? tm.css("surface") : tm.css("ink"), 1.4);
  }

  function disc(context, x, y, radius, fill, line, width) {
    context.beginPath();
    context.arc(x, y, radius + 1.5, 0, 2 * Math.PI);
    context.fillStyle = tm.css("halo");
    context.fill();
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = fill;
    context.fill();
    context.strokeStyle = line;
    context.lineWidth = width;
    context.stroke();
  }

  /** The enterprise or cluster under a point of the window, null where there is none. */
  function hit(pixel) {
    const view = tm.stage.view();
    if (!view) return null;
    const [x, y] = [pixel.x + view.padX, pixel.y + view.padY];
    const reach = (one, radius) =>
      Math.hypot(view.x(one.at[0]) - x, view.y(one.at[1]) - y) <= radius + 3;
    return points.points.find((p) => reach(p, pointRadius(p)))
      || points.clusters.find((c) => reach(c, clusterRadius(c.n))) || null;
  }

  tm.points = {
    update, hit, pointRadius, clusterRadius,
    list: () => points.points,
    clusters: () => points.clusters,
    find: (id) => points.points.find((p) => p.id === id) || null,
  };
  tm.stage.register("flow", 20, paint);
})(window.tm);
