/**
 * The toolbox of the selection: its buttons and keys, the card that says what to do next, upload.
 */
(function (tm) {
  "use strict";

  const MOST_BYTES = 5 * 1024 * 1024; // as the server has it
  const ICONS = {
    pick: ["M4.04 4.69a.5.5 0 0 1 .65-.65l16 6.5a.5.5 0 0 1-.06.95l-6.13 1.58a2 2 0 0 0-1.43 1.43l-1.58 6.13a.5.5 0 0 1-.95.06z"],
    rectangle: ["M4 6h16v12H4z"],
    polygon: ["M12 3.5l8.5 6.2-3.2 10H6.7l-3.2-10z"],
    circle: ["M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0z"],
    ring: ["M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0z", "M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0z"],
    upload: ["M12 3v12", "m17 8-5-5-5 5", "M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4"],
    clear: ["M18 6 6 18", "m6 6 12 12"],
  };
  // What the server says of a file, in words of the page.
  const REFUSALS = [
    [/not GeoJSON/, "fileKind"], [/no polygon/, "fileEmpty"], [/larger than/, "fileLarge"],
    [/not degrees/, "fileDegrees"], [/outside the city/, "drawOutside"],
  ];
  let problem = ""; // of the last upload
  let detail = "";
  let busy = false;
  let chooser = null;

  const tools = () => (tm.spec && tm.spec.tools) || [];
  const word = (name) => (tm.spec && tm.spec.words[name]) || name;

  // ------------------------------------------------------------ the buttons

  function icon(name) {
    return tm.svg("svg", {
      width: 16, height: 16, viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", "stroke-width": 1.75,
      "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true",
    }, ...ICONS[name].map((d) => tm.svg("path", { d })));
  }

  function update() {
    const box = document.getElementById("tool-box");
    if (!box || !tm.spec) return;
    const key = [tm.language(), tools().map((tool) => tool.id)].join();
    if (box.dataset.key !== key) {
      box.dataset.key = key;
      box.setAttribute("role", "toolbar");
      box.setAttribute("aria-label", word("tools"));
      box.setAttribute("aria-orientation", "vertical");
      box.classList.toggle("tm-card", tools().length > 0);
      box.replaceChildren(...tools().map(button));
    }
    const inHand = tm.draw.tool() || "pick";
    for (const one of box.querySelectorAll("button")) {
      one.setAttribute("aria-pressed", String(one.dataset.tool === inHand));
      if (one.dataset.tool === "clear") one.disabled = !tm.spec.place && !tm.draw.tool();
    }
    updateCard();
  }

  function button(tool) {
    const title = tool.name + (tool.key ? (tm.language() === "en" ? ` (${tool.key})` : `（${tool.key}）`) : "");
    return tm.el("button", {
      type: "button", "data-tool": tool.id, title, "aria-label": title, "aria-keyshortcuts": tool.key || null,
      click: () => take(tool.id),
    }, icon(tool.id));
  }

  /** Do what a button of the toolbox does. */
  function take(id) {
    problem = detail = "";
    if (id === "clear") letGo();
    else if (id === "upload") choose();
    else tm.draw.start(id === "pick" || id === tm.draw.tool() ? "" : id);
    update();
  }

  /** Step back: the corners, then the tool, then the selection. */
  function letGo() {
    const draft = tm.draw.draft();
    if (draft && draft.points.length) tm.draw.clear();
    else if (draft) tm.draw.stop();
    else if (tm.spec && tm.spec.place) tm.select("");
  }

  // ------------------------------------------------------------ the card beside it

  function updateCard() {
    const stage = document.getElementById("stage");
    const draft = tm.draw.draft();
    let card = document.getElementById("tool-card");
    if (!draft && !problem && !busy) {
      if (card) card.remove();
      return;
    }
    if (!card) {
      card = tm.el("div", { id: "tool-card", class: "tm-card tm-tool-card", role: "group", "aria-live": "polite" });
      stage.append(card);
    }
    const key = draft ? draft.tool + draft.points.length + tm.language() + draft.problem : "file" + problem + busy;
    if (card.dataset.key !== key) {
      card.dataset.key = key;
      const held = card.contains(document.activeElement) ? document.activeElement.name : "";
      card.replaceChildren(...(draft ? drawing(draft) : filing()));
      const again = held && card.querySelector(`[name=${held}]`);
      if (again) again.focus();
      tm.labels.later();
    }
    for (const input of draft ? card.querySelectorAll("input") : []) {
      if (document.activeElement !== input) input.value = String(draft[input.name]);
    }
  }

  function drawing(draft) {
    const round = draft.tool === "circle" || draft.tool === "ring";
    const tool = tools().find((one) => one.id === draft.tool);
    const next = `draw_${draft.tool}_${draft.points.length ? "next" : "first"}`;
    const fields = !round || !draft.points.length ? null : tm.el("div", { class: "tm-fields" },
      draft.tool === "ring" ? field("inner", word("innerKm")) : null,
      field("outer", word(draft.tool === "ring" ? "outerKm" : "radiusKm")));
    const ready = round ? draft.points.length > 0 : draft.tool === "polygon" && draft.points.length > 2;
    return [
      tm.el("strong", {}, tool ? tool.name : ""), tm.el("p", {}, word(next)), fields,
      draft.problem ? tm.el("p", { class: "tm-problem", role: "alert" }, word(draft.problem)) : null,
      tm.el("div", { class: "tm-card-foot" },
        ready ? tm.el("button", { type: "button", class: "tm-apply", click: tm.draw.finish }, word("apply")) : null,
        draft.tool === "polygon" && draft.points.length
          ? tm.el("button", { type: "button", click: tm.draw.back }, word("undoCorner")) : null,
        tm.el("button", { type: "button", click: () => take("pick") }, word("cancel"))),
    ].filter(Boolean);
  }

  function field(name, label) {
    return tm.el("label", {}, label, tm.el("input", {
      name, type: "number", min: "0", max: "200", step: "0.1", value: String(tm.draw.draft()[name]),
      input: (event) => tm.draw.setRadius(name, Number(event.target.value)),
      keydown: (event) => event.key === "Enter" && tm.draw.finish(),
    }));
  }

  function filing() {
    if (busy) return [tm.el("p", { role: "status" }, word("fileReading"))];
    const more = !detail ? null : tm.language() === "en" ? tm.el("p", {}, detail)
      : tm.el("details", {}, tm.el("summary", {}, tm.word("details")), tm.el("p", { lang: "en" }, detail));
    return [
      tm.el("strong", {}, word("fileRefused")), tm.el("p", { class: "tm-problem", role: "alert" }, word(problem)), more,
      tm.el("div", { class: "tm-card-foot" },
        tm.el("button", { type: "button", class: "tm-apply", click: choose }, word("fileOther")),
        tm.el("button", { type: "button", click: () => take("pick") }, word("cancel"))),
    ].filter(Boolean);
  }

  // ------------------------------------------------------------ a file

  function choose() {
    if (!chooser || !chooser.isConnected) {
      chooser = tm.el("input", {
        type: "file", id: "area-file", accept: ".geojson,.json,application/geo+json", hidden: "",
        change: () => {
          const [file] = chooser.files;
          chooser.value = "";
          if (file) send(file);
        },
      });
      document.getElementById("stage").append(chooser);
    }
    chooser.click();
  }

  /** Hand a file to the server; what it makes of it becomes the selection. */
  async function send(file) {
    problem = detail = "";
    tm.draw.stop();
    if (file.size > MOST_BYTES) {
      refuse("fileLarge", "");
      return;
    }
    busy = true;
    update();
    let response;
    try {
      response = await fetch("/api/areas", { method: "POST", body: file, headers: { "Content-Type": "application/geo+json" } });
    } catch (cause) {
      refuse("fileOffline", String(cause));
      return;
    }
    const said = await response.json().catch(() => ({}));
    if (!response.ok) {
      const line = said.error || response.statusText;
      const known = REFUSALS.find(([pattern]) => pattern.test(line));
      refuse(known ? known[1] : "fileUnread", line);
      return;
    }
    busy = false;
    tm.go({ place: said.place });
    if (said.bbox) tm.fit(said.bbox);
    update();
  }

  function refuse(why, line) {
    busy = false;
    problem = why;
    detail = line;
    update();
  }

  /** A file dropped on the map is one chosen. */
  function onDrop(event) {
    const file = event.dataTransfer && event.dataTransfer.files[0];
    if (!file || !tools().length || !event.target.closest("#stage")) return;
    event.preventDefault();
    send(file);
  }

  // ------------------------------------------------------------ keys

  function isTyping(node) {
    return node && node.closest && node.closest("input, textarea, select, [contenteditable='true']");
  }

  function onKey(event) {
    if (!tools().length || !document.getElementById("tool-box")) return;
    if (tm.draw.tool()) {
      if (event.key === "Escape") consume(event, letGo);
      else if (isTyping(event.target)) return;
      else if (event.key === "Enter" && event.target.tagName !== "BUTTON") consume(event, tm.draw.finish);
      else if (event.key === "Backspace") consume(event, tm.draw.back);
    } else if (event.key === "Escape" && (problem || busy)) consume(event, () => take("pick"));
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const tool = tools().find((one) => one.key && one.key === event.key.toUpperCase());
    if (tool && !document.querySelector(".picker-box.open")) consume(event, () => take(tool.id));
  }

  function consume(event, act) {
    event.preventDefault();
    event.stopPropagation();
    act();
    update();
  }

  document.addEventListener("keydown", onKey, true);
  document.addEventListener("dragover", (event) => {
    if (tools().length && event.target.closest && event.target.closest("#stage")) event.preventDefault();
  });
  document.addEventListener("drop", onDrop);

  tm.toolbox = { update, take, send };
})((window.tm = window.tm || {}));
