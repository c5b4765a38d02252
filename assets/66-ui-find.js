/**
 * Find: an enterprise, a park, a district, a station, a hexagon or a position, wholly by keyboard.
 * Opened by its button, by `/` or by Ctrl+K; the server says what the words may mean.
 */
(function (tm) {
  "use strict";

  const ui = (tm.ui = tm.ui || {});
  const WAIT_MS = 90;
  const MARK_MS = 5000; // a station has no outline: it is pointed at for a while
  const ZOOM = { enterprise: 15.5, station: 15, position: 14, cell: 14, park: 13, district: 11 };
  const GROUPS = ["position", "cell", "district", "park", "station", "enterprise"];
  let box = null; // the open box: its nodes and what was found
  let asked = 0;
  let timer = 0;

  const button = () => document.querySelector("[data-find]");
  const language = () => (document.documentElement.lang === "en" ? "en" : "zh");

  function open() {
    const opener = button();
    if (box || !opener) return;
    const words = JSON.parse(opener.dataset.find);
    const input = tm.el("input", {
      class: "find-input", type: "text", role: "combobox", placeholder: words.hint, maxlength: 80,
      "aria-label": words.label, "aria-expanded": "false", "aria-controls": "find-list",
      autocomplete: "off", spellcheck: "false",
    });
    const list = tm.el("div", { class: "find-list", id: "find-list", role: "listbox", "aria-label": words.label });
    const said = tm.el("div", { class: "find-said", role: "status" });
    const keys = tm.el("div", { class: "find-keys" }, words.keys);
    const node = tm.el("div", { class: "find-box", role: "dialog", "aria-label": words.label }, input, list, said, keys);
    const veil = tm.el("div", { class: "find-veil", pointerdown: (event) => event.target === veil && close() }, node);
    document.body.append(veil);
    box = { veil, input, list, said, words, opener, found: [], at: -1 };
    input.addEventListener("input", () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(ask, WAIT_MS);
    });
    node.addEventListener("keydown", onKey);
    input.focus();
  }

  function close() {
    if (!box) return;
    window.clearTimeout(timer);
    box.veil.remove();
    const opener = button(); // the bar may have come anew
    box = null;
    if (opener) opener.focus();
  }

  async function ask() {
    const words = box.input.value.trim();
    asked += 1;
    const mine = asked;
    if (!words) return show([], "");
    try {
      const query = new URLSearchParams({ q: words, lang: language() });
      const response = await fetch("/api/find?" + query, { credentials: "same-origin" });
      const body = await response.json();
      if (!box || mine !== asked) return undefined;
      // What the server cannot read as a hexagon or a name is no failure of ours.
      const found = response.ok ? body.found : [];
      return show(found, found.length ? "" : box.words.none);
    } catch (error) {
      return box && mine === asked ? show([], box.words.failed) : undefined;
    }
  }

  function show(found, said) {
    box.found = GROUPS.flatMap((kind) => found.filter((one) => one.kind === kind));
    box.said.textContent = said;
    const nodes = [];
    let last = "";
    box.found.forEach((one, i) => {
      if (one.kind !== last) nodes.push(tm.el("div", { class: "find-group", role: "presentation" }, box.words[one.kind]));
      last = one.kind;
      nodes.push(optionNode(one, i));
    });
    box.list.replaceChildren(...nodes);
    box.input.setAttribute("aria-expanded", String(box.found.length > 0));
    mark(box.found.length ? 0 : -1);
  }

  function optionNode(one, i) {
    const nowhere = one.kind === "position" && !one.place ? box.words.nobody : one.district;
    return tm.el("div", {
      class: "find-option", role: "option", id: "find-" + i, "aria-selected": "false",
      pointermove: () => mark(i), click: () => choose(i),
    }, tm.el("span", { class: "find-name", title: one.name }, one.name), tm.el("span", { class: "find-note" }, nowhere || ""));
  }

  function mark(i) {
    if (!box) return;
    box.at = i;
    box.list.querySelectorAll(".find-option").forEach((node, k) => {
      node.setAttribute("aria-selected", String(k === i));
      if (k === i) node.scrollIntoView({ block: "nearest" });
    });
    if (i >= 0) box.input.setAttribute("aria-activedescendant", "find-" + i);
    else box.input.removeAttribute("aria-activedescendant");
  }

  function onKey(event) {
    const n = box.found.length;
    if (event.key === "Escape") close();
    else if (event.key === "ArrowDown" && n) mark((box.at + 1) % n);
    else if (event.key === "ArrowUp" && n) mark((box.at - 1 + n) % n);
    else if (event.key === "Enter" && !event.isComposing && box.at >= 0) choose(box.at);
    else if (event.key !== "Tab") return;
    event.preventDefault();
    event.stopPropagation();
  }

  function choose(i) {
    const one = box.found[i];
    close();
    go(one);
  }

  /** Select what was found and bring it into the window; from a page without a map to the map. */
  function go(one) {
    const params = new URLSearchParams(window.location.search);
    if (one.place) params.set("place", one.place);
    if (["person", "enterprise"].includes(params.get("level"))) params.delete("level");
    params.delete("page");
    const onMap = tm.map && !document.querySelector(".page.full");
    if (one.lon !== null) params.set("view", [one.lon.toFixed(4), one.lat.toFixed(4), ZOOM[one.kind]].join(","));
    const path = onMap ? window.location.pathname : "/";
    if (!onMap) for (const name of [...params.keys()]) if (!["place", "view", "lang", "month"].includes(name)) params.delete(name);
    ui.go(path + tm.queryText(params));
    ui.look();
    if (one.kind === "station" || (one.kind === "position" && !one.place)) point(one);
  }

  /** Move the map to the `view` of the address. */
  ui.look = function () {
    const text = new URLSearchParams(window.location.search).get("view");
    const numbers = text ? text.split(",").map(Number) : [];
    if (tm.map && numbers.length === 3 && numbers.every(Number.isFinite)) {
      tm.map.setView([numbers[1], numbers[0]], numbers[2], { animate: false });
    }
  };

  function point(one) {
    if (!tm.map) return;
    const icon = window.L.divIcon({ className: "find-mark", iconSize: [28, 28] });
    const marker = window.L.marker([one.lat, one.lon], { icon, interactive: false, keyboard: false }).addTo(tm.map);
    window.setTimeout(() => marker.remove(), MARK_MS);
  }

  const typing = (node) => node.closest && node.closest("input, textarea, select, [contenteditable=true]");

  document.addEventListener("keydown", (event) => {
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target);
    const k = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey;
    if (!slash && !k) return;
    event.preventDefault();
    open();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-find]")) open();
  });
})((window.tm = window.tm || {}));
