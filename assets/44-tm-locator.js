/**
 * Where we are: the small city with the window on it, the scale bar, the zoom buttons.
 */
(function (tm) {
  "use strict";

  const SIZE = { large: [128, 152], small: [104, 124] };
  const PAD = 10;
  const SCALE_PX = 140;
  const NICE = [1, 2, 5];
  const MOST_DOTS = 1500;
  let drawn = "";

  function size() {
    return window.innerWidth >= 1500 ? SIZE.large : SIZE.small;
  }

  /** World box to locator pixels: {k, dx, dy}. */
  function fit([w, n, e, s], [width, height]) {
    const k = Math.min((width - 2 * PAD) / (e - w), (height - 2 * PAD) / (s - n));
    return { k, dx: width / 2 - (k * (w + e)) / 2, dy: height / 2 - (k * (n + s)) / 2 };
  }

  function worldBox(spec) {
    const [w, s, e, n] = spec.bounds;
    const [x0, y0] = tm.project(w, n);
    const [x1, y1] = tm.project(e, s);
    return [x0, y0, x1, y1];
  }

  function shapes(scale) {
    const view = { x: (x) => x * scale.k + scale.dx, y: (y) => y * scale.k + scale.dy };
    const path = (place, name) => {
      const rings = place.rings.map((flat) =>
        Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i], flat[2 * i + 1]]));
      return tm.svg("path", { class: name, d: tm.marks.pathText(rings, view) });
    };
    if (!tm.areas.list("district").length && !tm.areas.list("city").length) return [cellDots(view)];
    return [
      ...tm.areas.list("district").map((place) => path(place, "tm-loc-district")),
      ...tm.areas.list("city").map((place) => path(place, "tm-loc-city")),
    ];
  }

  /** A city without boundaries is known by where its people are. */
  function cellDots(view) {
    const grid = tm.picture && tm.picture.grid;
    let d = "";
    const step = grid ? Math.ceil(grid.n / MOST_DOTS) : 1;
    for (let i = 0; grid && i < grid.n; i += step) {
      const [lat, lon] = h3.cellToLatLng([grid.low[i], grid.high[i]]);
      const [x, y] = tm.project(lon, lat);
      d += `M${view.x(x).toFixed(1)} ${view.y(y).toFixed(1)}h.1`;
    }
    return tm.svg("path", { class: "tm-loc-cells", d });
  }

  function draw() {
    const box = document.getElementById("locator");
    const { spec, map } = tm;
    if (!box || !spec || !map || !map._loaded) return;
    const dimensions = size();
    const key = [spec.release, spec.language, dimensions, tm.areas.ready(),
      Boolean(tm.picture && tm.picture.grid)].join();
    if (drawn !== key || !box.querySelector("svg")) {
      drawn = key;
      build(box, dimensions);
    }
    moveWindow(box, dimensions);
    drawScale(box, map);
  }

  function build(box, dimensions) {
    const [width, height] = dimensions;
    const scale = fit(worldBox(tm.spec), dimensions);
    const svg = tm.svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": tm.word("locator"), click: jump },
      ...shapes(scale), tm.svg("rect", { class: "tm-loc-window" }));
    const bar = tm.el("div", { class: "tm-scale", "aria-hidden": "true" }, tm.el("span"), tm.el("i"));
    box.classList.add("tm-card");
    box.replaceChildren(svg, bar);
  }

  function moveWindow(box, dimensions) {
    const scale = fit(worldBox(tm.spec), dimensions);
    const b = tm.map.getBounds();
    const [x0, y0] = tm.project(b.getWest(), b.getNorth());
    const [x1, y1] = tm.project(b.getEast(), b.getSouth());
    const clamp = (v, most) => Math.max(4, Math.min(most - 4, v));
    const clampX = (x) => clamp(x * scale.k + scale.dx, dimensions[0]);
    const clampY = (y) => clamp(y * scale.k + scale.dy, dimensions[1]);
    const [left, top] = [clampX(x0), clampY(y0)];
    const rect = box.querySelector(".tm-loc-window");
    const [w, n, e, s] = worldBox(tm.spec);
    rect.classList.toggle("tm-loc-all", x0 <= w && y0 <= n && x1 >= e && y1 >= s);
    rect.setAttribute("x", left);
    rect.setAttribute("y", top);
    rect.setAttribute("width", Math.max(3, clampX(x1) - left));
    rect.setAttribute("height", Math.max(3, clampY(y1) - top));
  }

  function jump(event) {
    const svg = event.currentTarget.getBoundingClientRect();
    const scale = fit(worldBox(tm.spec), size());
    const [lon, lat] = tm.unproject((event.clientX - svg.left - scale.dx) / scale.k,
      (event.clientY - svg.top - scale.dy) / scale.k);
    tm.map.panTo([lat, lon]);
  }

  /** The longest round length that fits, in the units of the place. */
  function drawScale(box, map) {
    const bar = box.querySelector(".tm-scale");
    const y = map.getSize().y / 2;
    const most = SCALE_PX * tm.unit();
    const metres = map.distance(map.containerPointToLatLng([0, y]), map.containerPointToLatLng([most, y]));
    const power = Math.pow(10, Math.floor(Math.log10(metres)));
    const length = NICE.reduce((best, n) => (n * power <= metres ? n * power : best), power);
    bar.style.width = (most * length) / metres + "px";
    bar.firstChild.textContent = length >= 1000
      ? `${length / 1000} ${tm.word("km")}` : `${length} ${tm.word("m")}`;
  }

  // ------------------------------------------------------------ zoom buttons

  const ICONS = {
    zoomIn: ["M5 12h14", "M12 5v14"],
    zoomOut: ["M5 12h14"],
    fit: ["M8 3H5a2 2 0 0 0-2 2v3", "M21 8V5a2 2 0 0 0-2-2h-3", "M3 16v3a2 2 0 0 0 2 2h3", "M16 21h3a2 2 0 0 0 2-2v-3"],
  };

  function icon(name) {
    return tm.svg("svg", {
      width: 16, height: 16, viewBox: "0 0 24 24", fill: "none", stroke: "currentColor",
      "stroke-width": 1.75, "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true",
    }, ...ICONS[name].map((d) => tm.svg("path", { d })));
  }

  function drawButtons() {
    const box = document.getElementById("zoom-box");
    if (!box || !tm.map) return;
    if (box.dataset.language !== tm.language() || !box.firstChild) {
      box.dataset.language = tm.language();
      const actions = {
        zoomIn: () => tm.map.zoomIn(1),
        zoomOut: () => tm.map.zoomOut(1),
        fit: () => tm.fit(tm.spec.bounds),
      };
      box.classList.add("tm-card");
      box.replaceChildren(...Object.entries(actions).map(([name, act]) => tm.el("button", {
        type: "button", class: "tm-zoom-" + name, "aria-label": tm.word(name), title: tm.word(name), click: act,
      }, icon(name))));
    }
    box.querySelector(".tm-zoom-zoomIn").disabled = tm.map.getZoom() >= tm.map.getMaxZoom();
    box.querySelector(".tm-zoom-zoomOut").disabled = tm.map.getZoom() <= tm.map.getMinZoom();
  }

  function update() {
    draw();
    drawButtons();
  }

  tm.locator = { update };
  tm.stage.onRest(update);
})(window.tm);
