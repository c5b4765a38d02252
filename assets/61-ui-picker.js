/**
 * The list behind a word of the sentence: opened under the word, searched and chosen by keyboard.
 * Its options come from the server when the word is clicked.
 */
(function (tm) {
  "use strict";

  const ui = (tm.ui = tm.ui || {});
  const PHONE = "(max-width: 640px)";
  const GAP = 6;
  let word = null; // the button whose list is open
  let asked = 0;

  const box = () => document.getElementById("picker-box");
  const options = () => Array.from(document.querySelectorAll("#picker .option:not(.hidden)"));

  function open(button) {
    close();
    word = button;
    asked += 1;
    word.setAttribute("aria-expanded", "true");
    box().classList.add("open", "waiting");
    place();
    window.dash_clientside.set_props("asked-word", { data: { word: button.dataset.word, n: asked } });
  }

  function close(refocus) {
    if (!word) return;
    word.setAttribute("aria-expanded", "false");
    if (refocus && document.contains(word)) word.focus();
    word = null;
    box().classList.remove("open", "waiting");
  }

  function place() {
    if (!word || window.matchMedia(PHONE).matches) return;
    const mark = word.getBoundingClientRect();
    const width = box().offsetWidth || 380;
    box().style.left = Math.max(8, Math.min(mark.left - 12, window.innerWidth - width - 8)) + "px";
    box().style.top = mark.bottom + GAP + "px";
  }

  /** The options have come: focus the search box, mark and show the current one. */
  ui.picked = function (children) {
    const keep = window.dash_clientside.no_update;
    if (!children || !word) return keep;
    window.setTimeout(() => {
      if (!word) return;
      box().classList.remove("waiting");
      place();
      const search = document.querySelector("#picker .picker-search:not(.hidden) input, #picker input.picker-search:not(.hidden)");
      const here = document.querySelector("#picker .option[aria-current]") || options()[0];
      if (here) here.scrollIntoView({ block: "center" });
      mark(here);
      if (search) search.focus({ preventScroll: true });
      else if (here) here.focus({ preventScroll: true });
    }, 0);
    return keep;
  };

  function mark(option) {
    for (const other of document.querySelectorAll("#picker .option.marked")) other.classList.remove("marked");
    if (option) option.classList.add("marked");
  }

  function move(step) {
    const all = options();
    if (!all.length) return;
    const at = all.findIndex((option) => option.classList.contains("marked"));
    const next = all[(at + step + all.length) % all.length];
    mark(next);
    next.scrollIntoView({ block: "nearest" });
  }

  function filter(text) {
    const wanted = text.trim().toLowerCase();
    for (const option of document.querySelectorAll("#picker .option")) {
      const label = option.querySelector(".option-label").textContent.toLowerCase();
      option.classList.toggle("hidden", Boolean(wanted) && !label.includes(wanted));
    }
    const shown = options();
    document.querySelector("#picker .picker-list").classList.toggle("none", !shown.length);
    mark(shown[0]);
  }

  function onKey(event) {
    if (!word) return;
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(-1);
    else if (event.key === "Enter") choose();
    else if (event.key === "Escape") close(true);
    else if (event.key === "Tab") {
      close();
      return;
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function choose() {
    const option = document.querySelector("#picker .option.marked");
    if (!option) return;
    const href = option.href;
    close(true);
    ui.go(href);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-word]");
    if (button) {
      const same = button === word;
      close();
      if (!same) open(button);
    } else if (word && !event.target.closest("#picker-box")) close();
  });
  document.addEventListener("keydown", onKey, true);
  document.addEventListener("input", (event) => {
    if (event.target.closest("#picker")) filter(event.target.value);
  });
  document.addEventListener("mousemove", (event) => {
    const option = event.target.closest && event.target.closest("#picker .option");
    if (option) mark(option);
  });
  window.addEventListener("resize", place);

  ui.picker = { open, close };
})((window.tm = window.tm || {}));
