/**
 * On a phone the panel is a sheet with three stops: the name and value, the first numbers, all.
 * A tap on its grip goes to the next stop, a drag to the nearest. What lies over the map stands
 * below the bar, however many lines its sentence has.
 */
(function (tm) {
  "use strict";

  const ui = (tm.ui = tm.ui || {});
  const STOPS = ["low", "middle", "full"];
  const DRAG_PX = 24;
  let drag = null;

  const stopOf = (panel) => panel.dataset.stop || "middle";

  function set(panel, stop) {
    panel.dataset.stop = stop;
  }

  /** Go to the next stop, from the top one back to the lowest. */
  function step(grip) {
    if (drag && drag.moved) return;
    const panel = grip.closest(".panel");
    set(panel, STOPS[(STOPS.indexOf(stopOf(panel)) + 1) % STOPS.length]);
  }

  document.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-grip]");
    drag = grip ? { panel: grip.closest(".panel"), y: event.clientY, moved: false } : null;
  });

  document.addEventListener("pointermove", (event) => {
    if (drag && Math.abs(event.clientY - drag.y) > DRAG_PX) drag.moved = true;
  });

  document.addEventListener("pointerup", (event) => {
    if (!drag || !drag.moved) return;
    const up = event.clientY < drag.y ? 1 : -1;
    const at = STOPS.indexOf(stopOf(drag.panel)) + up;
    set(drag.panel, STOPS[Math.max(0, Math.min(STOPS.length - 1, at))]);
    // The click that follows a drag must not step once more.
    window.setTimeout(() => (drag = null), 0);
  });

  /** How far down the bar reaches: its sentence may take two lines or four. The style sheet uses it. */
  function measureBar(bar) {
    const down = bar.getBoundingClientRect().bottom;
    document.documentElement.style.setProperty("--bar", Math.ceil(down) + "px");
  }

  new MutationObserver((_, waiting) => {
    const bar = document.getElementById("bar");
    if (!bar) return;
    waiting.disconnect();
    new ResizeObserver(() => measureBar(bar)).observe(bar);
  }).observe(document.documentElement, { childList: true, subtree: true });

  ui.sheet = { step };
})((window.tm = window.tm || {}));
