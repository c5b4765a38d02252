/**
 * Tiles below the map, where the office has configured some (docs/base-map.md); else the districts.
 *
 * What may be shown comes with the page as `data-basemap` of the stage, which one is the word `base`
 * of the address. Tiles in GCJ-02 are put where they belong, each by the shift of its own middle.
 */
(function (tm) {
  "use strict";

  const NONE = "none";
  const MOST_FAILED = 6; // tiles that may fail before the districts take over again
  const A = 6378137.0; // as the import reckons it, so that both agree to a millimetre
  const EE = 0.00669342162296594323;
  let known = null;
  let shown = { id: NONE, layers: [], map: null };
  let broken = "";

  // ------------------------------------------------------------ GCJ-02

  /** Where GCJ-02 has a position [lon, lat] of WGS-84. */
  function toGcj(lon, lat) {
    const [x, y] = [lon - 105, lat - 35];
    const root = Math.sqrt(Math.abs(x));
    const common = ((20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI)) * 2) / 3;
    let dLat = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + common;
    dLat += ((20 * Math.sin(y * Math.PI) + 40 * Math.sin((y / 3) * Math.PI)) * 2) / 3;
    dLat += ((160 * Math.sin((y / 12) * Math.PI) + 320 * Math.sin((y * Math.PI) / 30)) * 2) / 3;
    let dLon = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + common;
    dLon += ((20 * Math.sin(x * Math.PI) + 40 * Math.sin((x / 3) * Math.PI)) * 2) / 3;
    dLon += ((150 * Math.sin((x / 12) * Math.PI) + 300 * Math.sin((x / 30) * Math.PI)) * 2) / 3;
    const phi = (lat * Math.PI) / 180;
    const magic = 1 - EE * Math.sin(phi) ** 2;
    const metresLat = ((A * (1 - EE)) / (magic * Math.sqrt(magic))) * Math.PI / 180;
    const metresLon = ((A / Math.sqrt(magic)) * Math.cos(phi) * Math.PI) / 180;
    return [lon + dLon / metresLon, lat + dLat / metresLat];
  }

  /** The position [lon, lat] of WGS-84 that GCJ-02 has there; exact to a millimetre. */
  function toWgs(lon, lat) {
    let [x, y] = [lon, lat];
    for (let i = 0; i < 6; i += 1) {
      const [u, v] = toGcj(x, y);
      x += lon - u;
      y += lat - v;
    }
    return [x, y];
  }

  /** A tile layer whose tiles stand where their ground is in WGS-84. */
  function shifted() {
    const { TileLayer } = window.L;
    return TileLayer.extend({
      _getTilePos(coords) {
        const place = TileLayer.prototype._getTilePos.call(this, coords);
        const size = this.getTileSize();
        const middle = coords.scaleBy(size).add(size.divideBy(2));
        const { lng, lat } = this._map.unproject(middle, coords.z);
        const [lon, north] = toWgs(lng, lat);
        return place.add(this._map.project([north, lon], coords.z).subtract(middle).round());
      },
      _getTiledPixelBounds(centre) {
        const [lon, lat] = toGcj(centre.lng, centre.lat);
        return TileLayer.prototype._getTiledPixelBounds.call(this, window.L.latLng(lat, lon));
      },
    });
  }

  // ------------------------------------------------------------ which one

  /** What the office configured: {approval, default, sources}. */
  function config() {
    if (!known) {
      const stage = document.getElementById("stage");
      known = JSON.parse((stage && stage.dataset.basemap) || '{"approval":"","default":"","sources":[]}');
    }
    return known;
  }

  /** The id the address asks for, or the office's own choice; `none` for one that is not known. */
  function wanted() {
    const { sources, default: own } = config();
    const asked = new URLSearchParams(window.location.search).get("base") || own || NONE;
    return sources.some((source) => source.id === asked) ? asked : NONE;
  }

  function make(source) {
    const { L } = window;
    const options = {
      pane: "tm-tiles", maxNativeZoom: source.maxZoom, maxZoom: 22, className: "tm-tiles",
      ...(source.subdomains ? { subdomains: source.subdomains } : {}),
    };
    if (source.layers) {
      const asked = { ...options, layers: source.layers, format: "image/png", transparent: true };
      return source.urls.map((url) => L.tileLayer.wms(url, asked));
    }
    const Layer = source.gcj02 ? shifted() : L.TileLayer;
    return source.urls.map((url) => new Layer(url, options));
  }

  /** Show what the address asks for; does nothing where that is shown already. */
  function update() {
    const { map } = tm;
    const id = wanted();
    if (shown.id === id && shown.map === map) return;
    if (shown.map === map) shown.layers.forEach((layer) => layer.remove());
    broken = "";
    const source = config().sources.find((one) => one.id === id);
    if (source && !map.getPane("tm-tiles")) map.createPane("tm-tiles").style.zIndex = 200;
    shown = { id, map, layers: source ? make(source) : [] };
    for (const layer of shown.layers) {
      watch(layer, id);
      layer.addTo(map);
    }
    credit();
    tm.stage.request("field");
  }

  /** Without a network no tile comes: then the districts are better than an empty ground. */
  function watch(layer, id) {
    let failed = 0;
    layer.on("tileload", () => (failed = -Infinity));
    layer.on("tileerror", () => {
      failed += 1;
      if (failed !== MOST_FAILED || shown.id !== id) return;
      broken = id;
      shown.layers.forEach((one) => one.remove());
      shown.layers = [];
      credit();
      tm.stage.request("field");
    });
  }

  /** Who made the ground, and the number the map was approved under. */
  function credit() {
    const box = document.getElementById("map-credit");
    if (!box) return;
    const source = config().sources.find((one) => one.id === shown.id);
    const said = [
      broken ? tm.word("noTiles") : source && source.attribution,
      config().approval,
    ].filter(Boolean);
    box.replaceChildren(...said.map((words) => tm.el("span", {}, words)));
  }

  tm.basemap = {
    NONE, config, wanted, update, credit, toGcj, toWgs,
    /** Whether tiles lie below the cells now. */
    on: () => shown.layers.length > 0,
  };
})(window.tm);
