/**
 * The legend: name, unit, how it is reckoned, cells in view per class, ramp with its edges, the
 * four looks of what is absent, and the scale of flows.
 */
(function (tm) {
  "use strict";

  const COLUMN_PX = 20;
  const WIDTH = 344; // px, at its narrowest; before it is filled it has no width of its own
  let last = null;
  const told = { key: "", node: null };

  const STATES = [["zero", tm.ZERO], ["insufficient", tm.INSUFFICIENT],
    ["suppressed", tm.SUPPRESSED], ["missing", tm.MISSING]];
  const HEXAGON = "8,0.8 14.2,4.4 14.2,11.6 8,15.2 1.8,11.6 1.8,4.4";

  /** A small hexagon (16 px) in the look of a state or in a colour. */
  function hexagon(klass, colour) {
    const svg = tm.svg("svg", { class: "tm-hex", viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" });
    const id = "tm-p" + klass;
    const line = tm.css("state-line");
    if (klass === tm.SUPPRESSED || klass === tm.MISSING) svg.append(patternNode(id, klass));
    const fill = klass === tm.INSUFFICIENT ? "none"
      : klass === tm.ZERO ? tm.css("zero")
        : klass === tm.SUPPRESSED || klass === tm.MISSING ? `url(#${id})` : colour;
    const outlined = klass >= tm.ZERO;
    svg.append(tm.svg("polygon", {
      points: HEXAGON, fill, stroke: outlined ? line : "none",
      "stroke-width": klass === tm.INSUFFICIENT ? 0.9 : 0.5,
    }));
    return svg;
  }

  function patternNode(id, klass) {
    const line = tm.css(klass === tm.MISSING ? "state-hatch" : "state-dot");
    const size = klass === tm.MISSING ? 4 : 3.6;
    const made = tm.svg("pattern", { id, width: size, height: size, patternUnits: "userSpaceOnUse" });
    if (klass === tm.MISSING) {
      made.setAttribute("patternTransform", "rotate(45)");
      made.append(tm.svg("rect", { width: 1, height: size, fill: line, "fill-opacity": 0.85 }));
    } else made.append(tm.svg("circle", { cx: size / 2, cy: size / 2, r: 0.9, fill: line }));
    return tm.svg("defs", {}, made);
  }

  function head(box, picture, counted) {
    const { spec } = picture;
    const note = tm.scale.isToView(picture) ? tm.word("scaledToView")
      : counted ? tm.word("counted_" + (picture.grid ? "cell" : picture.areaKind)) : "";
    const [comma, stop] = spec.language === "en" ? [", ", "; "] : ["，", "；"];
    const { title, unit, how } = spec.layer;
    const said = [[[unit, how].filter(Boolean).join(comma), note], [unit, note], [unit, ""]]
      .map((words) => words.filter(Boolean).join(stop));
    // A long formula gives way to what the grey columns are; it stays in the tooltip.
    const room = (box.clientWidth || WIDTH) / tm.unit() - 64 - tm.labels.widthOf(title, 14, 600);
    const text = said.find((one) => tm.labels.widthOf(one, 12, 400) <= room) || said[2];
    return tm.el("div", { class: "tm-legend-head" },
      tm.el("strong", {}, title),
      tm.el("span", { title: how || null }, text), about(spec));
  }

  /** The "i": formula, unit, source, what to mind. Kept, so that it stays open while the map moves. */
  function about(spec) {
    if (!spec.about || !spec.about.length) return null;
    const key = JSON.stringify([spec.layer.title, spec.about]);
    if (told.key === key) return told.node;
    const label = tm.word("about") + spec.layer.title;
    const rows = spec.about.flatMap(([name, text]) => [tm.el("dt", {}, name), tm.el("dd", {}, text)]);
    told.key = key;
    told.node = tm.el("details", { class: "about" },
      tm.el("summary", { title: label, "aria-label": label }, info()),
      tm.el("div", { class: "about-card" }, tm.el("strong", {}, spec.layer.title), tm.el("dl", {}, ...rows)));
    return told.node;
  }

  function info() {
    return tm.svg("svg", {
      width: 14, height: 14, viewBox: "0 0 24 24", fill: "none", stroke: "currentColor",
      "stroke-width": 1.75, "stroke-linecap": "round", "aria-hidden": "true",
    }, tm.svg("circle", { cx: 12, cy: 12, r: 10 }), tm.svg("path", { d: "M12 16v-4M12 8h.01" }));
  }

  /** What the discs over the cells are, where there are any. */
  function firms() {
    const [points, clusters] = [tm.points.list(), tm.points.clusters()];
    const disc = (name) => tm.el("i", { class: "tm-disc tm-disc-" + name });
    const kinds = [
      points.some((point) => point.key) ? [disc("key"), tm.word("keyFirm")] : null,
      points.some((point) => !point.key) || clusters.some((one) => one.n === 1) ? [disc("firm"), tm.word("firm")] : null,
      clusters.some((one) => one.n > 1) ? [disc("many"), tm.word("firmsHere")] : null,
    ].filter(Boolean);
    if (!kinds.length) return null;
    return tm.el("div", { class: "tm-states tm-firms" }, ...kinds.map((kind) => tm.el("span", {}, ...kind)));
  }

  function columns(picture, counts) {
    const shown = picture.colours.map((_, i) => counts[i] || 0);
    const most = Math.max(1, ...shown);
    return tm.el("div", { class: "tm-columns" }, ...shown.map((n) => {
      const height = n ? Math.max(2, Math.round((n / most) * COLUMN_PX)) : 0;
      return tm.el("div", { class: "tm-column" }, tm.el("span", {}, n.toLocaleString("en-US")),
        tm.el("i", { style: `height:${height}px` }));
    }));
  }

  function ramp(picture) {
    return tm.el("div", { class: "tm-ramp" },
      ...picture.colours.map((colour) => tm.el("i", { style: `background:${colour}` })));
  }

  function edges(picture) {
    const n = picture.colours.length;
    // On a phone only every second edge has room; the middle pair always stays.
    const small = tm.isPhone() && picture.breaks.length > 4;
    const kept = (i) => !small || i === 0 || i === picture.breaks.length - 1
      || Math.abs(i - (picture.breaks.length - 1) / 2) < 1;
    return tm.el("div", { class: "tm-edges" }, ...picture.breaks.map((edge, i) =>
      kept(i) ? tm.el("span", { style: `left:${((i + 1) / n) * 100}%` }, tm.edge(edge, picture.kind)) : null));
  }

  function ends(picture) {
    const { spec } = picture;
    if (!spec.layer.ends || tm.scale.isToView(picture)) return null;
    return tm.el("div", { class: "tm-ends" }, ...spec.layer.ends.map((word) => tm.el("span", {}, word)));
  }

  function states(spec) {
    // A change of nothing is in the middle class.
    const shown = spec.arcs ? STATES.slice(2, 3) : spec.compare === "diff" ? STATES.slice(1) : STATES;
    const flows = spec.arcs ? tm.arcs.flows() : null;
    const cut = flows && flows.cut ? tm.el("span", {}, tm.word("belowDrawn", { n: tm.arcs.MOST })) : null;
    return tm.el("div", { class: "tm-states" }, ...shown.map(([word, klass]) =>
      tm.el("span", {}, hexagon(klass, ""), tm.word(word) + hiddenNote(spec, klass))), cut);
  }

  function hiddenNote(spec, klass) {
    if (!spec.arcs || klass !== tm.SUPPRESSED || !spec.arcs.threshold) return "";
    const text = tm.word("fewerThan", { n: spec.arcs.threshold });
    return spec.language === "en" ? ` (${text})` : `（${text}）`;
  }

  function flowScale(spec) {
    const flows = tm.arcs.flows();
    if (!spec.arcs || !flows || !flows.arcs.length) return null;
    const steps = tm.arcs.legendPersons().map((persons) => tm.el("span", { class: "tm-flow-step" },
      tm.el("i", { style: `height:${Math.max(1.2, tm.arcs.widthOf(persons))}px` }),
      persons.toLocaleString("en-US")));
    return tm.el("div", { class: "tm-flows" }, tm.el("strong", {}, tm.word("flow")), ...steps,
      tm.el("span", { class: "tm-unit" }, tm.word("persons")));
  }

  /** Draw the legend of a picture; `counts` are the cells in view per class. */
  function draw(picture, counts) {
    last = { picture, counts };
    const box = document.getElementById("legend");
    if (!box || !picture) return;
    const { spec } = picture;
    const phone = tm.isPhone();
    const counted = !phone && window.innerWidth >= 1500 && !spec.arcs && tm.unit() === 1;
    if (!box.firstChild) box.append(tm.el("div")); // so that it is laid out and can be measured
    const parts = phone
      ? [ramp(picture), edges(picture)]
      : [head(box, picture, counted), counted ? columns(picture, counts) : null, ramp(picture),
        edges(picture), ends(picture), tm.el("hr"), flowScale(spec), states(spec), firms()];
    box.classList.add("tm-card");
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", tm.word("legend") + " " + spec.layer.title);
    box.replaceChildren(...parts.filter(Boolean));
  }

  tm.legend = { draw, hexagon, redraw: () => last && draw(last.picture, last.counts) };
})(window.tm);
