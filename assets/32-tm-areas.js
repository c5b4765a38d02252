/**
 * Places with a shape: the city's outline, districts, parks. Land, lines, coloured areas.
 */
(function (tm) {
  "use strict";

  const NEAR = 0.6; // px; corners nearer than this to the last one are left out of a path
  const STATUS_CLASS = {
    missing: tm.MISSING, suppressed: tm.SUPPRESSED, insufficient: tm.INSUFFICIENT,
  };
  let places = { city: [], district: [], park: [] };
  let loaded = "";

  /** One place: its properties, world rings (with holes) and world box. */
  function toPlace(kind, feature) {
    const { type, coordinates } = feature.geometry || { type: "Polygon", coordinates: [] };
    const polygons = type === "MultiPolygon" ? coordinates : type === "Polygon" ? [coordinates] : [];
    const rings = polygons.flat().filter((ring) => ring.length > 2).map((ring) => {
      const world = new Float64Array(ring.length * 2);
      ring.forEach(([lon, lat], i) => world.set(tm.project(lon, lat), 2 * i));
      return world;
    });
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const ring of rings) {
      for (let i = 0; i < ring.length; i += 2) {
        box[0] = Math.min(box[0], ring[i]); box[2] = Math.max(box[2], ring[i]);
        box[1] = Math.min(box[1], ring[i + 1]); box[3] = Math.max(box[3], ring[i + 1]);
      }
    }
    return { kind, ...feature.properties, rings, box, paths: new Map() };
  }

  /** Load the places of a release. @returns {Promise<boolean>} whether something changed */
  async function load(release) {
    if (loaded === release) return false;
    const kinds = ["city", "district", "park"];
    const read = (kind) => tm.data.json(`/api/places/${release}/${kind}.geojson`);
    const answers = await Promise.all(kinds.map(read));
    if (loaded === release) return false;
    places = Object.fromEntries(
      kinds.map((kind, i) => {
        const all = answers[i].features.map((feature) => toPlace(kind, feature));
        return [kind, all.filter((place) => place.rings.length)]; // known by name only: not drawn
      }),
    );
    loaded = release;
    return true;
  }

  /** A path at a zoom, in pixels from the place's own corner, so that pans use it again. */
  function pathOf(place, view) {
    const key = view.zoom;
    if (!place.paths.has(key)) {
      if (place.paths.size > 8) place.paths.clear();
      const path = new Path2D();
      const [originX, originY] = place.box;
      for (const ring of place.rings) addRing(path, ring, originX, originY, view.k);
      place.paths.set(key, path);
    }
    return place.paths.get(key);
  }

  function addRing(path, ring, originX, originY, k) {
    let [lastX, lastY] = [Infinity, Infinity];
    for (let i = 0; i < ring.length; i += 2) {
      const x = (ring[i] - originX) * k;
      const y = (ring[i + 1] - originY) * k;
      if (Math.abs(x - lastX) < NEAR && Math.abs(y - lastY) < NEAR) continue;
      if (i === 0) path.moveTo(x, y);
      else path.lineTo(x, y);
      [lastX, lastY] = [x, y];
    }
    path.closePath();
  }

  function isSeen(place, view) {
    return view.x(place.box[0]) < view.width && view.x(place.box[2]) > 0
      && view.y(place.box[1]) < view.height && view.y(place.box[3]) > 0;
  }

  /** Do something with a place's path, the context standing at its corner. */
  function withPath(context, view, place, draw) {
    if (!place.rings.length || !isSeen(place, view)) return;
    const [x, y] = [view.x(place.box[0]), view.y(place.box[1])];
    context.translate(x, y);
    draw(pathOf(place, view));
    context.translate(-x, -y);
  }

  function fillAll(context, view, list, colour) {
    context.fillStyle = colour;
    for (const place of list) withPath(context, view, place, (path) => context.fill(path, "evenodd"));
  }

  function strokeAll(context, view, list, colour, width, alpha) {
    context.strokeStyle = colour;
    context.lineWidth = width * tm.unit();
    context.lineJoin = "round";
    context.globalAlpha = alpha;
    for (const place of list) withPath(context, view, place, (path) => context.stroke(path));
    context.globalAlpha = 1;
  }

  function paintLand(context, view) {
    if (tm.basemap.on()) return; // the tiles are the ground
    if (places.city.length || places.district.length) {
      const land = places.city.length ? places.city : places.district;
      fillAll(context, view, land, tm.css("land"));
      strokeAll(context, view, places.district, tm.css("district-line"), 1, 1);
      return;
    }
    context.fillStyle = tm.css("land"); // a city without boundaries: all of it is land
    context.fillRect(0, 0, view.width, view.height);
  }

  /** Over the cells: ink at 20 %, on the flow page 14 %; never a white casing. */
  function paintLines(context, view) {
    const flows = tm.spec && tm.spec.arcs;
    strokeAll(context, view, places.district, tm.css("ink"), 1, flows ? 0.14 : 0.2);
    strokeAll(context, view, places.city, tm.css("city-line"), 1.6, 1);
  }

  function paintParks(context, view) {
    if (!tm.spec || (!tm.spec.parks && tm.spec.level !== "park")) return;
    const small = view.zoom < 9.5; // from the whole city an outline would be a blot
    strokeAll(context, view, places.park, tm.css("halo"), small ? 2 : 3.5, 1);
    strokeAll(context, view, places.park, tm.css("ink"), small ? 0.9 : 1.4, 1);
  }

  /** Colour the areas of a picture {kind, rows, breaks, colours, spec}; returns class counts. */
  function paintAreas(context, view, picture) {
    const counts = new Uint32Array(256);
    for (const place of places[picture.kind]) {
      const klass = picture.classes.get(place.code);
      if (klass === undefined) continue;
      counts[klass] += 1;
      const how = tm.paint.use(context, view, picture.spec, picture.colours, klass);
      // The pattern's shift is for the canvas, not for a path moved to the place's corner.
      if (how === "fill") withPath(context, view, place, (path) => context.fill(path, "evenodd"));
      context.globalAlpha = 1;
      if (how === "stroke") withPath(context, view, place, (path) => context.stroke(path));
    }
    return counts;
  }

  /** Class of a row of an areas answer. */
  function classOfRow(row, breaks, isChange) {
    if (row.status !== "ok") return STATUS_CLASS[row.status] || tm.MISSING;
    return row.value === 0 && !isChange ? tm.ZERO : tm.paint.classOf(row.value, breaks);
  }

  function isInside(place, x, y) {
    const [w, n, e, s] = place.box;
    return x >= w && x <= e && y >= n && y <= s && insideRings(place.rings, x, y);
  }

  /** Whether a point is inside flat rings [x, y, x, y, …] by the even-odd rule. */
  function insideRings(rings, x, y) {
    let inside = false;
    for (const ring of rings) {
      for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
        if (ring[i + 1] > y !== ring[j + 1] > y
          && x < ((ring[j] - ring[i]) * (y - ring[i + 1])) / (ring[j + 1] - ring[i + 1]) + ring[i]) {
          inside = !inside;
        }
      }
    }
    return inside;
  }

  /** The district or park at a position, null where there is none. */
  function at(kind, lat, lon) {
    const [x, y] = tm.project(lon, lat);
    return places[kind].find((place) => isInside(place, x, y)) || null;
  }

  tm.areas = {
    load, at, isInside, insideRings, classOfRow, paintAreas, pathOf,
    list: (kind) => places[kind] || [],
    find: (kind, code) => (places[kind] || []).find((place) => place.code === code) || null,
    /** Name of a place in the language of the page. */
    nameOf: (place) => (tm.language() === "en" && place.name_en ? place.name_en : place.name),
    /** Whether the release's places are there. */
    ready: () => loaded !== "",
  };

  tm.stage.register("field", 0, paintLand);
  tm.stage.register("field", 20, paintLines);
  tm.stage.register("field", 30, paintParks);
})(window.tm);
