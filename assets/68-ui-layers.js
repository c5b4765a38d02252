/**
 * The slider of the layer card: it acts on the map at once, the address follows when it is let go.
 */
(function (tm) {
  "use strict";

  const [LEAST, MOST, STEP] = [20, 100, 5];
  const PLAIN = 85; // per cent, near what the palettes have by themselves

  const numberIn = (look) => look.split(",").find((word) => /^\d+$/.test(word));

  /** The look of the address with another opacity; the palette's own takes the number away. */
  function withOpacity(look, percent) {
    const words = look.split(",").filter((word) => word && !/^\d+$/.test(word));
    return [...words, String(percent)].join(",");
  }

  function slider(row) {
    const look = () => row.dataset.opacity;
    const input = tm.el("input", {
      type: "range", min: LEAST, max: MOST, step: STEP, "aria-label": row.dataset.label,
      input: () => {
        if (!tm.spec) return;
        tm.spec.look = { ...tm.look(), opacity: Number(input.value) / 100 };
        input.title = input.value + "%";
        tm.stage.request("field");
      },
      change: () => tm.go({ look: withOpacity(look(), input.value) }),
    });
    return input;
  }

  /** Put the slider into a card that has been opened, and its knob where the address has it. */
  function fill(details) {
    const row = details.querySelector("[data-opacity]");
    if (!row) return;
    const input = row.querySelector("input") || row.appendChild(slider(row));
    input.value = numberIn(row.dataset.opacity) || PLAIN;
    input.title = input.value + "%";
  }

  /** The grounds the office configured, none of them where it configured none. */
  function grounds(details) {
    const box = details.querySelector("[data-basemaps]");
    const { sources } = tm.basemap.config();
    if (!box || !sources.length) return;
    const now = tm.basemap.wanted();
    const choices = [{ id: tm.basemap.NONE, zh: tm.word("districtsOnly"), en: tm.word("districtsOnly") }, ...sources];
    const choose = (event) => {
      tm.go({ base: event.currentTarget.dataset.id });
      tm.basemap.update();
      for (const line of lines) line.setAttribute("aria-pressed", String(line === event.currentTarget));
    };
    const lines = choices.map((one) => tm.el("button", {
      type: "button", class: "layer", "data-id": one.id, "aria-pressed": String(one.id === now), click: choose,
    }, tm.el("span", { class: "tickbox" }, "✓"), tm.language() === "en" ? one.en : one.zh));
    box.replaceChildren(tm.el("div", { class: "layer-head" }, box.dataset.basemaps),
      tm.el("div", { class: "layer-lines" }, ...lines));
  }

  let open = false; // every answer of the page makes the card anew: it stays as it was left

  document.addEventListener("toggle", (event) => {
    const details = event.target;
    if (!details.matches || !details.matches("details.layers")) return;
    open = details.open;
    if (!open) return;
    fill(details);
    grounds(details);
  }, true);

  new MutationObserver(() => {
    const details = document.querySelector("details.layers");
    if (open && details && !details.open) details.open = true;
  }).observe(document.documentElement, { childList: true, subtree: true });
})((window.tm = window.tm || {}));
