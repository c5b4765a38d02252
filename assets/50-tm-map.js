/**
 * The map itself: finds the Leaflet map of the page, follows the spec, answers the user.
 */
(function (tm) {
  "use strict";

  const CLICK_MS = 230; // a second click within this is a double click
  const MAX_ZOOM = 17;
  const VIEW_DIGITS = 4;
  let placedOnce = false;
  let asked = {};
  let clickTimer = 0;
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
    placedOnce = false;
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
    container.append(tm.el("div", { class: "tm-crosshair", "aria-hidden": "true" }));
    tm.stage.attach(map);
    bind(map, container);
    new ResizeObserver(() => tm.map === map && map.invalidateSize({ pan: false })).observe(container);
    if (tm.spec) follow();
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
    if (!spec) return keep;
    tm.spec = spec;
    tm.notice.forget();
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
    if (!placedOnce) placeFirst(map, spec);
    once("places", spec.release, async () => {
      if (await tm.areas.load(spec.release)) afterPlaces();
    });
    followPicture();
    const arcs = spec.arcs ? JSON.stringify(spec.arcs) + spec.language : "";
    once("arcs", spec.release + arcs, (current) => loadArcs(spec, current));
    once("chip", [spec.release, spec.query, spec.place, spec.language, Boolean(spec.arcs)].join(), async () => {
      await tm.marks.updateChip(spec);
    });
    tm.points.update(spec, map).catch((error) => tm.notice.failed(error, follow));
    showPlace(map, spec);
    tm.hover.hide();
    tm.marks.draw();
    tm.labels.later();
    tm.locator.update();
  }

  function afterPlaces() {
    tm.stage.request("field", "flow");
    tm.marks.draw();
    tm.labels.later();
    tm.locator.update();
    Object.assign(asked, { chip: "", arcs: "" }); // both speak of places, known only now
    follow();
  }

  async function loadArcs(spec, current) {
    if (!spec.arcs) {
      tm.arcs.set(null);
      return;
    }
    const url = `/api/arcs/${spec.release}`
      + tm.data.join(spec.arcs.query, { limit: 120, lang: spec.language });
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
    const shape = spec.level === "cell" ? "cell" + resolution : spec.level;
    const layer = JSON.stringify([spec.layer, spec.heat, Boolean(spec.arcs), spec.language]);
    once("picture", [spec.release, shape, spec.query, layer].join("|"), async (current) => {
      const next = spec.level === "cell" ? await readCells(spec, resolution) : await readAreas(spec);
      if (!current()) return;
      tm.picture = next;
      tm.notice.clear();
      tm.stage.request("field");
      tm.labels.later();
      tm.locator.update();
      if (spec.level === "cell") prefetch(spec, resolution);
    });
  }

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
      [row.id, tm.areas.classOfRow(row, breaks)]));
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
    picture.colours = tm.palette(picture.spec.layer.palette, picture.breaks.length + 1);
    const counts = picture.grid
      ? tm.paint.cells(context, view, picture)
      : tm.areas.paintAreas(context, view, { ...picture, kind: picture.areaKind });
    tm.legend.draw(picture, counts);
  });

  // ------------------------------------------------------------ view

  function placeFirst(map, spec) {
    placedOnce = true;
    const [w, s, e, n] = spec.bounds;
    const all = window.L.latLngBounds([s, w], [n, e]);
    map.setMinZoom(Math.max(2, map.getBoundsZoom(all) - 0.5));
    map.setMaxBounds(all.pad(0.6));
    const view = viewOfUrl();
    if (view) map.setView([view[1], view[0]], view[2], { animate: false });
    else fit(spec.busy_bounds || spec.bounds, false);
  }

  /** Show a box [west, south, east, north] in degrees. */
  function fit(bounds, animate = true) {
    const { map } = tm;
    const [w, s, e, n] = bounds;
    const box = window.L.latLngBounds([s, w], [n, e]);
    const legend = document.getElementById("legend");
    const beside = legend && !tm.isPhone() ? legend.offsetWidth + 24 : 16;
    // Where it costs no size, the city stands beside the legend instead of under it.
    const zoomOf = (left) => map.getBoundsZoom(box, false, window.L.point(left + 16, 32));
    const left = zoomOf(beside) >= zoomOf(16) - 0.25 ? beside : 16;
    const { top, bottom } = covered(map);
    map.fitBounds(box, { animate, paddingTopLeft: [left, top + 16], paddingBottomRight: [16, bottom + 16] });
  }

  /** Pixels of the map that on a phone lie under the legend and under the sheet. */
  function covered(map) {
    if (!tm.isPhone()) return { top: 0, bottom: 0 };
    const frame = map.getContainer().getBoundingClientRect();
    const [legend, panel] = ["#legend", ".panel"].map((one) => document.querySelector(one));
    const top = legend ? legend.getBoundingClientRect().bottom - frame.top : 0;
    const bottom = panel ? frame.bottom - panel.getBoundingClientRect().top : 0;
    const half = frame.height * 0.45;
    return { top: Math.max(0, Math.min(half, top)), bottom: Math.max(0, Math.min(half, bottom)) };
  }

  /** [lon, lat, zoom] of the URL's `view`, null where it has none that can be read. */
  function viewOfUrl() {
    const text = new URLSearchParams(window.location.search).get("view");
    const numbers = text ? text.split(",").map(Number) : [];
    return numbers.length === 3 && numbers.every(Number.isFinite) ? numbers : null;
  }

  function writeView() {
    if (!tm.map || !placedOnce) return;
    const { lat, lng } = tm.map.getCenter();
    const params = new URLSearchParams(window.location.search);
    const zoom = Math.round(tm.map.getZoom() * 100) / 100;
    params.set("view", [lng.toFixed(VIEW_DIGITS), lat.toFixed(VIEW_DIGITS), zoom].join(","));
    const url = window.location.pathname + tm.queryText(params) + window.location.hash;
    window.history.replaceState(window.history.state, "", url);
  }

  /** A place selected elsewhere on the page is brought into the window. */
  function showPlace(map, spec) {
    if (asked.shown === spec.place) return;
    const [kind, code] = tm.marks.parts(spec.place);
    if (kind && kind !== "cell" && kind !== "enterprise" && !tm.areas.find(kind, code)) return;
    asked.shown = spec.place;
    const box = boxOf(spec.place);
    if (!box || map.getBounds().intersects(box)) return;
    map.panTo(box.getCenter());
  }

  /** The box of a place in degrees, null where it has none. */
  function boxOf(place) {
    const [kind, code] = tm.marks.parts(place);
    const points = kind ? tm.marks.ringsOf(kind, code).flat() : [];
    if (!points.length) return null;
    return window.L.latLngBounds(points.map(([x, y]) => tm.unproject(x, y).reverse()));
  }

  /** Go into a place: zoom so that it fills the window. */
  tm.drill = function (place) {
    const box = boxOf(place);
    if (!box) return;
    const zoom = Math.min(15, tm.map.getBoundsZoom(box.pad(0.15)));
    tm.map.setView(box.getCenter(), place.startsWith("cell:") ? Math.min(zoom, tm.map.getZoom() + 2) : zoom);
  };
  tm.fit = fit;

  // ------------------------------------------------------------ the user

  function bind(map, container) {
    map.on("moveend", () => {
      writeView();
      if (!tm.spec) return;
      followPicture();
      tm.points.update(tm.spec, map).catch((error) => tm.notice.failed(error, follow));
    });
    map.on("mousemove", (event) => tm.canHover() && !map.dragging.moving() && tm.hover.show(event.containerPoint));
    map.on("mouseout movestart zoomstart", () => tm.hover.hide());
    map.on("click", (event) => onClick(map, event));
    map.on("dblclick", (event) => {
      window.clearTimeout(clickTimer);
      const local = tm.hover.under(event.containerPoint);
      if (local && local.place) {
        tm.select(local.place);
        tm.drill(local.place);
      } else map.setZoomAround(event.containerPoint, map.getZoom() + 1);
    });
    container.addEventListener("keydown", (event) => onKey(map, event));
    // Leaflet focuses the map on every click, so :focus-visible alone does not mean the keyboard.
    const byKeys = () => container.classList.contains("tm-by-keys");
    container.addEventListener("pointerdown", () => container.classList.remove("tm-by-keys"));
    container.addEventListener("wheel", () => container.classList.remove("tm-by-keys"), { passive: true });
    container.addEventListener("keyup", () => {
      if (byKeys()) return;
      container.classList.add("tm-by-keys");
      showCentre(map);
    });
    container.addEventListener("blur", () => {
      container.classList.remove("tm-by-keys");
      tm.hover.hide();
    });
    map.on("moveend", () => byKeys() && showCentre(map));
  }

  function onClick(map, event) {
    window.clearTimeout(clickTimer);
    if (!tm.spec) return;
    const local = tm.hover.under(event.containerPoint);
    if (local && local.cluster) {
      map.setView([local.cluster.lat, local.cluster.lon], Math.min(MAX_ZOOM, map.getZoom() + 2));
      return;
    }
    const place = local ? local.place : placeUnder(event.latlng);
    if (local && local.point && !local.place) return;
    clickTimer = window.setTimeout(() => tm.select(place), CLICK_MS);
  }

  /** Beside all cells a click means the park or the district, outside the city nothing. */
  function placeUnder({ lat, lng }) {
    const park = tm.spec.parks ? tm.areas.at("park", lat, lng) : null;
    const place = park || tm.areas.at("district", lat, lng);
    return place ? place.kind + ":" + place.code : "";
  }

  function showCentre(map) {
    tm.hover.show(map.getSize().divideBy(2).round());
  }

  function onKey(map, event) {
    if (event.target !== map.getContainer()) return;
    if (event.key === "Enter") {
      const local = tm.hover.under(map.getSize().divideBy(2).round());
      if (local && local.place) tm.select(local.place);
    } else if (event.key === "Escape" && tm.spec && tm.spec.place) tm.select("");
  }

  window.addEventListener("popstate", () => {
    const view = viewOfUrl();
    if (view && tm.map) tm.map.setView([view[1], view[0]], view[2], { animate: false });
  });

  tm.theme.watch(() => {
    tm.stage.request("field", "flow");
    tm.legend.redraw();
    tm.labels.later();
  });
})(window.tm);
