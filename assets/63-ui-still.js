/**
 * Parts that only show come as HTML in `data-html` (talentmap/ui/still.py) and are put into place
 * here. What the reader had opened, scrolled to or focused in a part stays as it was.
 */
(function (tm) {
  "use strict";

  const ui = (tm.ui = tm.ui || {});

  /** How the reader left a part. */
  function left(part) {
    const active = document.activeElement;
    return {
      open: Array.from(part.querySelectorAll("details"), (one) => one.open),
      rolled: Array.from(part.querySelectorAll(".rows"), (one) => one.scrollTop),
      focus: active && part.contains(active) ? keyOf(active) : "",
    };
  }

  /** What names a control across two states of a part: where a link leads, what a button sets. */
  function keyOf(control) {
    return (
      control.getAttribute("href") ||
      (control.dataset.value || "").split(":")[0] ||
      control.getAttribute("aria-label") ||
      ""
    );
  }

  function restore(part, was) {
    part.querySelectorAll("details").forEach((one, i) => {
      if (was.open[i] && !one.classList.contains("about")) one.open = true;
    });
    part.querySelectorAll(".rows").forEach((one, i) => (one.scrollTop = was.rolled[i] || 0));
    if (!was.focus) return;
    const controls = Array.from(part.querySelectorAll("a, button, summary"));
    const same = controls.find((control) => keyOf(control) === was.focus);
    if (same) same.focus({ preventScroll: true });
  }

  ui.still = function (part) {
    const was = left(part);
    part.innerHTML = part.dataset.html;
    restore(part, was);
  };

  const observer = new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "attributes") ui.still(change.target);
      for (const node of change.addedNodes || []) {
        if (node.nodeType !== Node.ELEMENT_NODE) continue;
        if (node.matches(".still")) ui.still(node);
        else node.querySelectorAll(".still").forEach(ui.still);
      }
    }
  });
  observer.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ["data-html"],
    childList: true,
    subtree: true,
  });
})((window.tm = window.tm || {}));
