/**
 * The keyboard's cursor on the map: arrow keys go from place to place, Enter selects, and what the
 * cursor is on is said aloud. Shift with an arrow moves the map itself.
 */
(function (tm) {
  "use strict";

  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const WIDEST = Math.cos(Math.PI / 3); // of the way an arrow points, to either side
  const EDGE_PX = 72;
  const SAY_MS = 420; // after the card has its words
  let at = ""; // the place under the cursor
  let voice = 0;

  /** Where the cursor can go: [{place, x, y}] in world pixels, as far as it is in view. */
  function candidates() {
    const { spec, picture } = tm;
    const view = tm.stage.view();
    if (tm.colours(spec) !== "cell") {
      return tm.areas.list(spec.level).map((one) => {
        const [x, y] = tm.project(one.lon, one.lat);
        return { place: one.kind + ":" + one.code, x, y };
      }).filter((one) => one.place !== at);
    }
    if (!picture || !picture.grid) return [];
    const { grid, classes } = picture;
    const own = at.startsWith("cell:") ? grid.indexOf(at.slice(5)) : -1;
    const found = [];
    for (const chunk of grid.inView(view)) {
      for (let i = 0; i < chunk.end - chunk.start; i += 1) {
        if (classes[chunk.start + i] === tm.NOTHING || chunk.start + i === own) continue;
        found.push({ index: chunk.start + i, x: chunk.centre[2 * i] + grid.originX, y: chunk.centre[2 * i + 1] + grid.originY });
      }
    }
    return found;
  }

  function placeOf(one) {
    if (one.place) return one.place;
    const { grid } = tm.picture;
    return "cell:" + h3.splitLongToH3Index(grid.low[one.index], grid.high[one.index]);
  }

  /** Where the cursor stands, in world pixels: its place, or the middle of the window. */
  function standing() {
    const [kind, code] = tm.marks.parts(at);
    const known = kind === "cell" ? h3.cellToLatLng(code) : null;
    const area = kind && kind !== "cell" ? tm.areas.find(kind, code) : null;
    if (known) return tm.project(known[1], known[0]);
    if (area) return tm.project(area.lon, area.lat);
    const { lat, lng } = tm.map.getCenter();
    return tm.project(lng, lat);
  }

  function nearest(list, [x, y], [dx, dy]) {
    let [best, least] = [null, Infinity];
    for (const one of list) {
      const [rx, ry] = [one.x - x, one.y - y];
      const far = Math.hypot(rx, ry);
      const along = far ? (rx * dx + ry * dy) / far : 0;
      if ((dx || dy) && (far < 1e-9 || along < WIDEST)) continue;
      const cost = dx || dy ? far * (2 - along) : far;
      if (cost < least) [best, least] = [one, cost];
    }
    return best;
  }

  /** Move the cursor; where nothing more lies that way in the window, the window moves. */
  function step(direction) {
    const found = nearest(candidates(), standing(), at ? direction : [0, 0]);
    if (!found && !direction.some(Boolean)) return;
    if (!found) {
      tm.map.panBy([direction[0] * 160, direction[1] * 160]);
      return;
    }
    at = placeOf(found);
    const [lon, lat] = tm.unproject(found.x, found.y);
    tm.map.panInside([lat, lon], { padding: [EDGE_PX, EDGE_PX], animate: false });
    show();
  }

  /** Stand on the place next to the middle of the window. */
  function begin() {
    if (!at) step([0, 0]);
  }

  function show() {
    if (!at) return;
    const [x, y] = standing();
    const [lon, lat] = tm.unproject(x, y);
    tm.hover.show(tm.map.latLngToContainerPoint([lat, lon]), at);
    window.clearTimeout(voice);
    voice = window.setTimeout(() => announce(0), SAY_MS);
  }

  /** Say the card's words once its numbers are there. */
  function announce(tries) {
    const card = document.querySelector(".tm-hover.tm-shown");
    if (!card) return;
    if (tm.data.busy() && tries < 10) {
      voice = window.setTimeout(() => announce(tries + 1), SAY_MS);
      return;
    }
    say([...card.querySelectorAll(".tm-hover-title, .tm-hover-value, .tm-row")]
      .map((node) => [...node.children].map((part) => part.textContent).filter(Boolean).join(" ") || node.textContent).join("，"));
  }

  function say(text) {
    const container = tm.map.getContainer();
    let live = container.querySelector(".tm-voice");
    if (!live) {
      live = tm.el("div", { class: "tm-voice", "aria-live": "polite", role: "status" });
      container.append(live);
    }
    live.textContent = text;
  }

  function onKey(event) {
    if (!tm.map || event.target !== tm.map.getContainer() || !tm.spec || tm.draw.tool()) return;
    if (event.key in ARROWS && !event.shiftKey && !event.altKey && !event.ctrlKey) {
      take(event);
      step(ARROWS[event.key]);
    } else if (event.key === "Enter" && at) {
      take(event);
      const place = new URLSearchParams(window.location.search).get("place") || "";
      if (event.ctrlKey || event.metaKey) tm.go({ place: tm.shapes.toggled(place, at) });
      else tm.select(at);
    }
  }

  /** Leaflet pans by the arrow keys, at the document. */
  function take(event) {
    event.preventDefault();
    event.stopPropagation();
  }

  /** Bind the cursor to a map's container. */
  function bind(container) {
    container.addEventListener("keydown", onKey);
    container.addEventListener("blur", () => { at = ""; });
    container.addEventListener("pointerdown", () => { at = ""; });
  }

  tm.cursor = { bind, begin, step, show, place: () => at };
})(window.tm);
