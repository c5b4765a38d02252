/**
 * Where the map looks: the first view, the view in the URL, fitting and drilling.
 */
(function (tm) {
  "use strict";

  const VIEW_DIGITS = 4;
  let placed = null; // the map that has been given its first view
  let left = null; // the view that was left when districts were chosen
  // What a phone's cards cover before they are filled: bar and legend above, the sheet below, px.
  const PHONE_COVER = { top: 146, bottom: 284 };

  /** Give a new map its first view: the URL's, else where most people are. */
  function placeFirst(map, spec) {
    if (placed === map) return;
    placed = map;
    const [w, s, e, n] = spec.bounds;
    const all = window.L.latLngBounds([s, w], [n, e]);
    map.setMinZoom(Math.max(2, map.getBoundsZoom(all) - 0.5));
    map.setMaxBounds(all.pad(0.6));
    const view = viewOfUrl();
    if (view) map.setView([view[1], view[0]], view[2], { animate: false });
    else fit(spec.level === "district" ? spec.bounds : spec.busy_bounds, false);
    document.dispatchEvent(new Event("tm:placed"));
  }

  /** Districts are for the whole city; back at hexagons or parks the view is what it was. */
  function followLevel(before, spec) {
    const { map } = tm;
    const [was, is] = [before, spec].map((one) => one.level === "district");
    if (was === is || before.release !== spec.release) return;
    if (is) {
      left = { centre: map.getCenter(), zoom: map.getZoom() };
      fit(spec.bounds, false);
    } else if (left) map.setView(left.centre, left.zoom, { animate: false });
  }

  /** Show a box [west, south, east, north] in degrees. */
  function fit(bounds, animate = true) {
    const { map } = tm;
    const [w, s, e, n] = bounds;
    const box = window.L.latLngBounds([s, w], [n, e]);
    const legend = document.getElementById("legend");
    const beside = legend && !tm.isPhone() ? legend.offsetWidth + 24 : 16;
    // Where it costs no size, the city stands beside the legend instead of under it.
    const zoomOf = (aside) => map.getBoundsZoom(box, false, window.L.point(aside + 16, 32));
    const inset = zoomOf(beside) >= zoomOf(16) - 0.25 ? beside : 16;
    const { top, bottom } = covered(map);
    map.fitBounds(box, { animate, paddingTopLeft: [inset, top + 16], paddingBottomRight: [16, bottom + 16] });
  }

  /** Pixels of the map that on a phone lie under the legend and under the sheet. */
  function covered(map) {
    if (!tm.isPhone()) return { top: 0, bottom: 0 };
    const frame = map.getContainer().getBoundingClientRect();
    const [legend, panel] = ["#legend", ".panel"].map((one) => document.querySelector(one));
    const below = legend && legend.firstChild ? legend.getBoundingClientRect().bottom - frame.top : 0;
    const top = below || PHONE_COVER.top;
    const bottom = panel ? frame.bottom - panel.getBoundingClientRect().top : PHONE_COVER.bottom;
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
    if (!tm.map || placed !== tm.map) return;
    const { lat, lng } = tm.map.getCenter();
    const params = new URLSearchParams(window.location.search);
    const zoom = Math.round(tm.map.getZoom() * 100) / 100;
    params.set("view", [lng.toFixed(VIEW_DIGITS), lat.toFixed(VIEW_DIGITS), zoom].join(","));
    const url = window.location.pathname + tm.queryText(params) + window.location.hash;
    window.history.replaceState(window.history.state, "", url);
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

  window.addEventListener("popstate", () => {
    const view = viewOfUrl();
    if (view && tm.map) tm.map.setView([view[1], view[0]], view[2], { animate: false });
  });

  tm.fit = fit;
  tm.view = { placeFirst, followLevel, write: writeView, boxOf, ofUrl: viewOfUrl };
})(window.tm);
