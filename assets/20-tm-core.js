/**
 * The map's own namespace: shared state, the page's URL, the theme, words and number formats.
 *
 * The page gives one object, the map spec, to `tm.show` (50-tm-map.js); everything else follows
 * from it. Coordinates inside are *world* pixels: Web Mercator at zoom 0, 256 px round the globe.
 */
(function (tm) {
  "use strict";

  /** Codes of classes that are not a step of the ramp; real classes count from 0. */
  tm.ZERO = 250;
  tm.INSUFFICIENT = 251;
  tm.SUPPRESSED = 252;
  tm.MISSING = 253;
  tm.NOTHING = 255;

  /** Counts painted frames, so that tests and benches can wait for the next one. */
  tm.painted = 0;
  tm.spec = null;
  tm.map = null;

  /** World pixels at zoom 0 of a position in degrees: [x, y]. */
  tm.project = function (lon, lat) {
    const clamped = Math.max(-85.0511287798, Math.min(85.0511287798, lat));
    const s = Math.sin((clamped * Math.PI) / 180);
    return [256 * (lon / 360 + 0.5), 256 * (0.5 - Math.log((1 + s) / (1 - s)) / (4 * Math.PI))];
  };

  /** Degrees [lon, lat] of a position in world pixels at zoom 0. */
  tm.unproject = function (x, y) {
    const n = Math.PI * (1 - (2 * y) / 256);
    return [(x / 256 - 0.5) * 360, (Math.atan(Math.sinh(n)) * 180) / Math.PI];
  };

  // ---------------------------------------------------------------- URL

  /**
   * Change words of the question in the page's URL; an empty value takes the word out.
   * @param {Object<string, ?string>} changes for example {place: "district:370102"}
   */
  tm.go = function (changes) {
    const params = new URLSearchParams(window.location.search);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null || value === undefined || value === "") params.delete(name);
      else params.set(name, value);
    }
    // Not set_props: a Location whose href is older than a replaceState would push the old one.
    const path = window.location.pathname + tm.queryText(params) + window.location.hash;
    window.history.pushState({}, "", path);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  };

  /** The search text of parameters, with `:`, `,` and `;` left readable. */
  tm.queryText = function (params) {
    const text = params.toString().replace(/%3A/gi, ":").replace(/%2C/gi, ",").replace(/%3B/gi, ";");
    return text ? "?" + text : "";
  };

  /** Select a place (`cell:…`, `district:…`, `park:…`, `enterprise:…`); "" selects the city. */
  tm.select = function (place) {
    if (tm.spec && tm.spec.place === place) return;
    tm.go({ place: place });
  };

  // ---------------------------------------------------------------- theme

  let cssCache = new Map();

  /** The value of a CSS variable of the page, `tm.css("ink")` for `--ink`. */
  tm.css = function (name) {
    if (!cssCache.has(name)) {
      const style = window.getComputedStyle(document.documentElement);
      cssCache.set(name, style.getPropertyValue("--" + name).trim() || "#888888");
    }
    return cssCache.get(name);
  };

  /** Forget the values of CSS variables: the page has others now. */
  tm.css.forget = () => {
    cssCache = new Map();
  };

  /** CSS pixels to a pixel of the drawing: 1 at a desk; on the wall all grows with the window. */
  tm.unit = () => {
    const html = document.documentElement;
    return html.classList.contains("wall-on")
      ? (1.2 * parseFloat(window.getComputedStyle(html).fontSize)) / 16 : 1;
  };

  const PALETTE_SIZES = { scarcity: 7, supply: 6, demand: 6, flow: 4 };

  /** The colours of a palette spread over a number of classes. */
  tm.palette = function (name, classes) {
    const size = PALETTE_SIZES[name] || PALETTE_SIZES.supply;
    const id = name in PALETTE_SIZES ? name : "supply";
    const step = classes > 1 ? (size - 1) / (classes - 1) : 0;
    return Array.from({ length: classes }, (_, i) => tm.css(id + "-" + (Math.round(i * step) + 1)));
  };

  tm.theme = {
    get: () => (document.documentElement.classList.contains("dark") ? "dark" : "light"),
    /** Switch the page to "dark" or "light"; the map repaints by itself. */
    set: (name) => document.documentElement.classList.toggle("dark", name === "dark"),
    /** Call back after every change of theme, whoever made it. */
    watch: (callback) => {
      let last = tm.theme.get();
      new MutationObserver(() => {
        if (tm.theme.get() === last) return;
        last = tm.theme.get();
        cssCache = new Map();
        callback();
      }).observe(document.documentElement, { attributes: true, attributeFilter: ["class"] });
    },
  };

  // Style sheets may arrive after the first reading of a variable.
  window.addEventListener("load", () => {
    cssCache = new Map();
  });

  // ---------------------------------------------------------------- words and numbers

  /** Words of the drawing itself; what the spec gives in `words` comes first. */
  const OWN_WORDS = {
    zh: {
      cell: "网格", zoomIn: "放大", zoomOut: "缩小", fit: "回到全城", locator: "全城位置",
      map: "地图。方向键移动，加减号缩放，回车选中中心的网格。", people: "人",
      belowDrawn: "只画最多的 {n} 条", fewerThan: "不足 {n} 人", drill: "双击放大", km: "公里",
      m: "米", loading: "正在计算", retry: "重试", reload: "重新载入", gone: "数据已更新",
      offline: "暂时连不上服务", failed: "这次没有算出来", refused400: "这个条件读不懂", refused403: "当前权限看不到这里", refused404: "没有这项内容",
      refused422: "这些条件没有公布过数字", details: "详情", unshaped: "没有边界，不能按区域上色",
      unshapedWhy: "图上仍是网格；各区域的数字在右侧。", kept: "图上仍是 {t} 的结果，条件已保留。",
      number: "编号", legend: "图例", zero: "零", insufficient: "数据不足", suppressed: "已隐去",
      scaledToView: "分级按视野重设", noTiles: "底图暂时载入不了，显示区县", districtsOnly: "仅区县（离线）", about: "关于", keyFirm: "重点企业", firm: "企业", firmsHere: "圈内企业数",
      missing: "无数据", flow: "流向", openings: "岗位", enterprises: "家企业",
    },
    en: {
      cell: "Cell", zoomIn: "Zoom in", zoomOut: "Zoom out", fit: "Whole city", locator: "Position",
      map: "Map. Arrow keys pan, plus and minus zoom, Enter selects the cell in the centre.",
      people: "people", belowDrawn: "{n} largest drawn",
      fewerThan: "under {n} people", drill: "Double-click to zoom", km: "km", m: "m",
      loading: "Calculating", retry: "Try again", reload: "Reload", gone: "The data was updated",
      offline: "The service cannot be reached", failed: "This did not work",
      refused400: "This condition cannot be read", refused403: "Your tier does not show this",
      refused404: "There is no such thing", refused422: "No number is published for this",
      details: "Details", unshaped: "No boundaries to colour",
      unshapedWhy: "The map stays with hexagons; the numbers are in the panel.",
      kept: "The map still shows the result of {t}; your question is kept.", number: "No.",
      legend: "Legend", zero: "Zero", insufficient: "Too few data", suppressed: "Hidden",
      scaledToView: "classes of this view", noTiles: "Tiles cannot be loaded: districts only", districtsOnly: "Districts (offline)", about: "About: ", keyFirm: "key enterprise", firm: "enterprise",
      firmsHere: "enterprises inside", missing: "No data", flow: "Flows", openings: "openings", enterprises: "enterprises",
    },
  };

  tm.language = () => (tm.spec && tm.spec.language === "en" ? "en" : "zh");

  /** A word in the language of the page; `{n}` and `{t}` are filled from `fill`. */
  tm.word = function (name, fill) {
    const given = tm.spec && tm.spec.words ? tm.spec.words[name] : undefined;
    const text = given === undefined ? OWN_WORDS[tm.language()][name] || name : given;
    return text.replace(/\{(\w+)\}/g, (whole, key) => (fill && key in fill ? fill[key] : whole));
  };

  /** Kinds of a change between two months: [factor, digits, sign written, mark behind]. */
  const CHANGES = {
    percent: [100, 1, true, "%"], times: [1, 2, false, ""], points: [100, 1, true, ""],
    km_change: [1, 1, true, ""], score_change: [1, 2, true, ""],
  };

  function change(value, [factor, digits, signed, mark]) {
    const text = Math.abs(value * factor).toFixed(digits);
    const none = !/[1-9]/.test(text);
    return (none || !signed ? "" : value < 0 ? "−" : "+") + text + mark;
  }

  /** A number as the page writes it. `kind` is count, ratio, share (of 1), km or a change's. */
  tm.number = function (value, kind) {
    const minus = value < 0 ? "−" : "";
    const v = Math.abs(value);
    if (kind in CHANGES) return change(value, CHANGES[kind]);
    if (kind === "ratio") return minus + v.toFixed(2);
    if (kind === "share") return minus + (v * 100).toFixed(1) + "%";
    if (kind === "km") return minus + v.toFixed(1);
    if (v >= 10000 && tm.language() === "zh") return minus + (v / 10000).toFixed(2) + "万";
    return minus + Math.round(v).toLocaleString("en-US");
  };

  /** An edge between two classes, as short as it can be without lying. */
  tm.edge = function (value, kind) {
    if (kind in CHANGES) {
      const [factor, digits, signed, mark] = CHANGES[kind];
      return change(value, [factor, Number.isInteger(Math.round(value * factor * 100) / 100) ? 0 : digits, signed, mark]);
    }
    if (kind === "ratio") return value.toFixed(2);
    if (kind === "share") return String(Math.round(value * 1000) / 10) + "%";
    if (kind === "count" && value >= 10000 && tm.language() === "zh") {
      return String(Math.round(value / 1000) / 10) + "万";
    }
    return (Math.round(value * 10) / 10).toLocaleString("en-US");
  };

  /** Create an element: tm.el("span", {class: "x"}, "text", child…); text is never parsed. */
  tm.el = function (tag, attributes, ...children) {
    const node = document.createElement(tag);
    return tm.fill(node, attributes, children);
  };

  /** The same for SVG. */
  tm.svg = function (tag, attributes, ...children) {
    return tm.fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
  };

  tm.fill = function (node, attributes, children) {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (typeof value === "function") node.addEventListener(name, value);
      else if (value !== null && value !== undefined) node.setAttribute(name, value);
    }
    node.append(...children.filter((c) => c !== null && c !== undefined));
    return node;
  };

  /** Whether the map is drawn for a phone: no hover, small legend. */
  tm.isPhone = () => window.matchMedia("(max-width: 640px)").matches;
  /** Whether there is a pointer that can hover. */
  tm.canHover = () => window.matchMedia("(hover: hover)").matches && !tm.isPhone();
})((window.tm = window.tm || {}));
