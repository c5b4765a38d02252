/**
 * The map itself: finds the Leaflet map of the page, follows the spec, answers the user.
 */
(function (tm) {
  "use strict";

  const MAX_ZOOM = 17;
  let asked = {};
  tm.picture = null;

  // ------------------------------------------------------------ finding the map

  /** Call back once Leaflet is on the page, whichever script comes first. */
  function whenLeaflet(callback) {
    if (window.L && window.L.Map) {
      callback();
      return;
    }
    let leaflet;
    Object.defineProperty(window, "L", {
      configurable: true,
      get: () => leaflet,
      set: (value) => {
        leaflet = value;
        Object.defineProperty(window, "L", { value, writable: true, configurable: true });
        callback();
      },
    });
  }

  whenLeaflet(() => {
    window.L.Map.addInitHook(function () {
      if (this.getContainer().id === "map") onMap(this);
    });
  });

  function onMap(map) {
    if (tm.map) tm.stage.detach();
    tm.map = map;
    tm.picture = null;
    asked = {};
    Object.assign(map.options, {
      zoomSnap: 0.25, zoomDelta: 1, wheelPxPerZoomLevel: 90, maxZoom: MAX_ZOOM, zoomControl: false,
      attributionControl: false, zoomAnimation: !reducedMotion(), inertia: !reducedMotion(),
    });
    map.doubleClickZoom.disable();
    map.on("unload", () => {
      if (tm.map !== map) return;
      tm.stage.detach();
      tm.map = null;
    });
    // Its own constructor has not given it a view yet.
    window.setTimeout(() => tm.map === map && begin(map), 0);
  }

  function begin(map) {
    if (map.zoomControl) map.zoomControl.remove();
    if (map.attributionControl) map.attributionControl.remove();
    const container = map.getContainer();
    container.setAttribute("role", "application");
    tm.stage.attach(map);
    tm.user.bind(map, container, moved);
    new ResizeObserver(() => tm.map === map && resized(map)).observe(container);
    if (tm.spec) follow();
  }

  /** What is in the middle stays there: cards come and go, and a link shows the same everywhere. */
  function resized(map) {
    const view = tm.view.ofUrl(); // exact, where the middle in pixels is not
    map.invalidateSize({ pan: false });
    if (map._loaded && view) map.setView([view[1], view[0]], view[2], { animate: false });
  }

  function reducedMotion() {
    return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  }

  // ------------------------------------------------------------ following the spec

  /**
   * Draw everything on the map from one map spec. Cheap and idempotent: only what changed is read
   * and painted again. Returns no_update, so that it can end a clientside callback.
   */
  tm.show = function (spec) {
    const keep = window.dash_clientside ? window.dash_clientside.no_update : undefined;
    if (!spec || (spec.spare && tm.spec)) return keep; // what is drawn is better than a spare map
    const before = tm.spec;
    tm.spec = spec;
    tm.ahead.remember();
    tm.notice.instead(spec.instead);
    if (tm.map && before) tm.view.followLevel(before, spec);
    if (tm.map && tm.stage.marks()) follow();
    return keep;
  };

  /** Run a task unless its key is the one that ran last; a failure shows its retry. */
  function once(name, key, task) {
    if (asked[name] === key) return;
    asked[name] = key;
    const current = () => asked[name] === key;
    const run = () => task(current).catch((error) => {
      if (!current()) return;
      asked[name] = "";
      tm.notice.failed(error, follow, name !== "picture"); // asks again for all that failed, and only for that
    });
    run();
  }

  function follow() {
    const { spec, map } = tm;
    map.getContainer().setAttribute("aria-label", tm.word("map"));
    tm.compare.layout(spec, map);
    tm.view.placeFirst(map, spec);
    tm.basemap.update();
    once("places", spec.release, async () => {
      if (await tm.areas.load(spec.release)) afterPlaces();
    });
    followPicture();
    const arcs = spec.arcs ? JSON.stringify(spec.arcs) + spec.language : "";
    once("arcs", spec.release + arcs, (current) => loadArcs(spec, current));
    followPoints();
    once("area", [spec.release, spec.place, spec.language].join("|"), () => tm.area.load(spec));
    once("look", JSON.stringify(spec.look || ""), async () => tm.stage.request("field"));
    showPlace(map, spec);
    tm.hover.hide();
    tm.marks.draw();
    tm.labels.later();
    tm.locator.update();
    tm.toolbox.update();
  }

  function afterPlaces() {
    tm.stage.request("field", "flow");
    tm.marks.draw();
    tm.labels.later();
    tm.locator.update();
    asked.arcs = ""; // speaks of places, known only now
    follow();
  }

  async function loadArcs(spec, current) {
    if (!spec.arcs) {
      tm.arcs.set(null);
      return;
    }
    const url = `/api/arcs/${spec.release}`
      + tm.data.join(spec.arcs.query, { limit: tm.arcs.ASKED, lang: spec.language });
    tm.arcs.set(null); // flows of another place would be read as this one's
    const answer = await tm.data.json(url);
    if (!current()) return;
    tm.arcs.set(answer);
    tm.legend.redraw();
    tm.labels.later();
  }

  /** Read the values of what is coloured now; the old picture stays until they are here. */
  function followPicture() {
    const { spec, map } = tm;
    const resolution = tm.cells.resolutionFor(map.getZoom(), spec.resolutions);
    const cells = tm.colours(spec) === "cell";
    const shape = cells ? "cell" + resolution : spec.level;
    const then = tm.compare.isSide(spec) ? spec.versus : "";
    const layer = JSON.stringify([spec.layer, spec.heat, Boolean(spec.arcs), spec.language, then]);
    once("picture", [spec.release, shape, spec.query, layer].join("|"), async (current) => {
      const [next, before] = await Promise.all([tm.pictureOf(spec), tm.compare.readThen(spec)]);
      if (!current()) return;
      tm.picture = next;
      tm.compare.set(before, next);
      tm.notice.clear();
      tm.stage.request("field");
      tm.labels.later();
      tm.locator.update();
      if (cells) prefetch(spec, resolution);
      if (cells && spec.level !== "cell" && !spec.instead) {
        tm.notice.instead({ title: tm.word("unshaped"), text: tm.word("unshapedWhy") });
      }
    });
  }

  /** What is coloured: the spec's level, or cells where the release has no shapes of it. */
  tm.colours = function (spec) {
    const shapeless = tm.areas.ready() && !tm.areas.list(spec.level).length;
    return spec.level !== "cell" && shapeless && spec.resolutions.length ? "cell" : spec.level;
  };

  /** Read the picture of a spec at the zoom the map has; what was read before is there at once. */
  tm.pictureOf = function (spec) {
    if (tm.colours(spec) !== "cell") return readAreas(spec);
    return readCells(spec, tm.cells.resolutionFor(tm.map.getZoom(), spec.resolutions));
  };

  async function readCells(spec, resolution) {
    const [grid, answer] = await Promise.all([
      tm.cells.load(spec.release, resolution),
      tm.data.values(spec.release, resolution, spec.query),
    ]);
    const { head, codes } = answer;
    const breaks = spec.layer.breaks && spec.layer.breaks.length ? spec.layer.breaks : head.breaks;
    return { spec, grid, head, codes, breaks, kind: head.kind, classes: tm.paint.classify(head, codes, breaks) };
  }

  async function readAreas(spec) {
    const url = `/api/areas/${spec.release}/${spec.level}`
      + tm.data.join(spec.query, { level: spec.level, lang: spec.language });
    const answer = await tm.data.json(url);
    const breaks = spec.layer.breaks && spec.layer.breaks.length ? spec.layer.breaks : answer.breaks;
    const rows = new Map(answer.rows.map((row) => [row.id, row]));
    const classes = new Map(answer.rows.map((row) =>
      [row.id, tm.areas.classOfRow(row, breaks, answer.change)]));
    return { spec, areaKind: spec.level, rows, classes, breaks, kind: answer.kind };
  }

  /** Read the neighbouring resolutions while nobody waits, so that a zoom finds them. */
  function prefetch(spec, resolution) {
    const idle = window.requestIdleCallback || ((task) => window.setTimeout(task, 400));
    for (const other of spec.resolutions.filter((r) => Math.abs(r - resolution) === 1)) {
      // A failure here is no loss: what is really needed is asked for again.
      idle(() => readCells(spec, other).catch(() => {}));
    }
  }

  tm.stage.register("field", 10, (context, view) => {
    const picture = tm.picture;
    if (!picture) return;
    tm.scale.fit(picture, view);
    picture.colours = tm.palette(picture.spec.layer.palette, picture.breaks.length + 1);
    const cells = tm.look().smooth ? tm.smooth.paint : tm.paint.cells;
    const counts = picture.grid
      ? cells(context, view, picture)
      : tm.areas.paintAreas(context, view, { ...picture, kind: picture.areaKind });
    picture.counts = counts;
    tm.legend.draw(picture, counts);
  });

  /** A place selected elsewhere on the page is brought into the window. */
  function showPlace(map, spec) {
    if (asked.shown === spec.place) return;
    const [kind, code] = tm.marks.parts(spec.place);
    if (kind && kind !== "enterprise" && !tm.marks.ringsOf(kind, code).length) return; // not read yet
    asked.shown = spec.place;
    const box = tm.view.boxOf(spec.place);
    if (!box || map.getBounds().intersects(box)) return;
    map.panTo(box.getCenter());
  }

  tm.reveal = () => showPlace(tm.map, tm.spec);

  function moved() {
    followPicture();
    followPoints();
  }

  function followPoints() {
    tm.points.update(tm.spec, tm.map).catch((error) => tm.notice.failed(error, follow, true));
  }

  tm.theme.watch(() => {
    tm.stage.request("field", "flow");
    tm.legend.redraw();
    tm.labels.later();
  });
})(window.tm);
