/**
 * The drawn selection on the map: its outline as the server has it, and the hexagons it is made of.
 */
(function (tm) {
  "use strict";

  const MOST_OUTLINED = 6000; // hexagons
  const LEAST_PX = 9; // across; smaller ones would be a sheet of lines
  let shown = null; // {place, rings, cells, level, name}

  /** World rings of a GeoJSON polygon or multipolygon. */
  function ringsOf(geometry) {
    const polygons = geometry.type === "MultiPolygon" ? geometry.coordinates
      : geometry.type === "Polygon" ? [geometry.coordinates] : [];
    return polygons.flat().map((ring) => ring.map(([lon, lat]) => tm.project(lon, lat)));
  }

  const isArea = (place) => tm.shapes.isArea(tm.marks.parts(place)[0]);

  /** Read the area of a spec's place; nothing is kept of the one before. */
  async function load(spec) {
    if (!isArea(spec.place)) {
      take(null);
      return;
    }
    if (shown && shown.place === spec.place && shown.language === spec.language) return;
    if (shown && shown.place !== spec.place) take(null);
    const query = new URLSearchParams({ place: spec.place, lang: spec.language });
    const found = await tm.data.json(`/api/area/${spec.release}${tm.queryText(query)}`);
    if (!tm.spec || tm.spec.place !== spec.place) return;
    take({ ...found, place: spec.place, language: spec.language, rings: ringsOf(found.outline), paths: null });
    tm.reveal();
  }

  function take(area) {
    if (!area && !shown) return;
    shown = area;
    tm.marks.draw();
    tm.labels.later();
    tm.stage.request("flow");
  }

  /** The hexagons an answer is made of, lightly outlined. */
  function paintCells(context, view) {
    if (!shown || !shown.cells.length || shown.cells.length > MOST_OUTLINED) return;
    shown.paths = shown.paths || shown.cells.map((cell) => tm.cells.ring(cell));
    const [one] = shown.paths;
    if (Math.hypot(one[0][0] - one[3][0], one[0][1] - one[3][1]) * view.k < LEAST_PX) return;
    context.strokeStyle = tm.css("accent");
    context.globalAlpha = 0.55;
    context.lineWidth = 0.9;
    context.beginPath();
    for (const ring of shown.paths) {
      const [x0, y0] = [view.x(ring[0][0]), view.y(ring[0][1])];
      if (x0 < -200 || y0 < -200 || x0 > view.width + 200 || y0 > view.height + 200) continue;
      ring.forEach(([x, y], i) => (i ? context.lineTo(view.x(x), view.y(y)) : context.moveTo(x0, y0)));
      context.closePath();
    }
    context.stroke();
    context.globalAlpha = 1;
  }

  tm.area = {
    load,
    /** World rings of a place that is an area; none until it is read. */
    rings: (place) => (shown && shown.place === place ? shown.rings : []),
    shown: () => shown,
  };
  tm.stage.register("flow", 5, paintCells);
})(window.tm);
