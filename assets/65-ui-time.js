/**
 * The months: playing them, looking along them by dragging, stepping with the arrow keys.
 *
 * The map is shown a month from what was read ahead, so that it is painted at once; the address
 * follows, and with it the panels.
 */
(function (tm) {
  "use strict";

  const STEP_MS = 1400;
  const FOLLOW_MS = 5000; // the panels may take so long to follow before the next step
  const AHEAD = 3; // months read ahead
  const YEAR = 12;
  let playing = 0; // the number of the run; 0 while none
  let runs = 0;
  let scrub = null;

  const ticks = () => Array.from(document.querySelectorAll(".strip .tick"));
  const current = () => document.querySelector(".strip .tick[aria-current]");
  const still = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  /** The map spec as it will be at the month of a tick; null where the map cannot know it. */
  function specAt(tick) {
    if (!tm.spec || !tm.map) return null;
    const words = new URL(tick.href, window.location.href).searchParams;
    const versus = words.get("versus") || "";
    if (tm.spec.compare && !versus) return null; // no month to compare with: the server decides
    const query = new URLSearchParams(tm.spec.query);
    query.set("month", words.get("month"));
    if (query.has("versus")) query.set("versus", versus);
    return { ...tm.spec, query: tm.queryText(query).slice(1), versus, compare: tm.spec.compare };
  }

  function read(tick) {
    const spec = tick ? specAt(tick) : null;
    return spec ? Promise.all([tm.pictureOf(spec), tm.compare.readThen(spec)]) : Promise.resolve();
  }

  /** Read the months after a tick while nobody waits; what is missing is asked for again later. */
  function readAhead(tick) {
    let next = tick;
    for (let i = 0; i < AHEAD && next; i += 1) {
      next = next.nextElementSibling;
      read(next).catch(() => {});
    }
  }

  function show(tick) {
    const spec = specAt(tick);
    if (spec) tm.show(spec);
    bubble(tick);
  }

  /** Go to a month: its map at once, then the address and the panels. */
  function goTo(tick, replaces) {
    show(tick);
    const target = new URL(tick.href, window.location.href);
    const view = new URLSearchParams(window.location.search).get("view");
    if (view) target.searchParams.set("view", view);
    const path = target.pathname + tm.queryText(target.searchParams);
    window.history[replaces ? "replaceState" : "pushState"]({}, "", path);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  }

  // ---------------------------------------------------------------- playing

  async function play() {
    if (playing) {
      stop();
      return;
    }
    const list = ticks();
    const at = list.indexOf(current());
    if (still()) { // whoever wants no motion steps by hand
      if (list[at + 1]) goTo(list[at + 1]);
      return;
    }
    playing = runs += 1;
    const run = playing;
    document.documentElement.classList.add("playing");
    let next = at === list.length - 1 ? 0 : at + 1;
    let replaces = false; // one step back leads to where the run began
    while (playing === run && ticks()[next]) {
      await read(ticks()[next]).catch(() => {}); // shown by the map itself when it asks
      if (playing !== run || !ticks()[next]) break;
      goTo(ticks()[next], replaces);
      readAhead(ticks()[next]);
      replaces = true;
      next += 1;
      await followed();
    }
    if (playing === run) stop();
  }

  /** Wait a step, and until the panels have come after. */
  async function followed() {
    const started = performance.now();
    const pause = () => new Promise((done) => window.setTimeout(done, 60));
    await new Promise((done) => window.setTimeout(done, STEP_MS));
    while (document.querySelector("#page [data-dash-is-loading='true']")
      && performance.now() - started < FOLLOW_MS) await pause();
  }

  function stop() {
    playing = 0;
    document.documentElement.classList.remove("playing");
    bubble(null);
  }

  /** Any touch of the page stops the months: what one looks at stays. */
  function onTouch(event) {
    if (playing && !(event.target.closest && event.target.closest("[data-play]"))) stop();
  }

  // ---------------------------------------------------------------- dragging along the line

  function tickAt(clientX) {
    const list = ticks();
    const first = list.length ? list[0].getBoundingClientRect() : null;
    if (!first) return null;
    const i = Math.floor((clientX - first.left) / first.width);
    return list[Math.max(0, Math.min(list.length - 1, i))];
  }

  function onDown(event) {
    const tick = event.target.closest && event.target.closest(".strip .tick");
    if (!tick || event.button !== 0) return;
    scrub = { from: tick, at: tick, id: event.pointerId, moved: false };
  }

  function onMove(event) {
    if (!scrub || event.pointerId !== scrub.id) return;
    const tick = tickAt(event.clientX);
    if (!tick || tick === scrub.at) return;
    scrub.at = tick;
    scrub.moved = true;
    show(tick);
  }

  function onUp(event) {
    if (!scrub || event.pointerId !== scrub.id) return;
    const { at, moved } = scrub;
    scrub = moved ? { done: true } : null;
    if (!moved) return;
    goTo(at);
    bubble(null);
    window.setTimeout(() => { scrub = null; }, 0); // after the click that ends the drag
  }

  /** The click that ends a drag goes to no other month. */
  function onClick(event) {
    if (event.target.closest && event.target.closest("[data-play]")) play();
    const link = event.target.closest && event.target.closest(".strip a.tick");
    if (!link) return;
    if (scrub && scrub.done) {
      event.preventDefault();
      event.stopPropagation();
    } else if (event.shiftKey) {
      event.preventDefault();
      event.stopPropagation();
      tm.go({ versus: link.dataset.month, compare: (tm.spec && tm.spec.compare) || "diff" });
    } else if (!event.ctrlKey && !event.metaKey && !event.altKey) {
      const spec = specAt(link); // the map at once; the link changes the address
      if (spec) tm.show(spec);
    }
  }

  /** What a month holds, over the line, while one looks along it. */
  function bubble(tick) {
    const time = document.querySelector(".strip .time");
    if (!time) return;
    let node = time.querySelector(".time-bubble");
    if (!tick) {
      if (node) node.remove();
      return;
    }
    if (!node) {
      node = tm.el("div", { class: "time-bubble num", "aria-hidden": "true" });
      time.append(node);
    }
    node.textContent = tick.title;
    const [box, own] = [time.getBoundingClientRect(), tick.getBoundingClientRect()];
    node.style.left = own.left + own.width / 2 - box.left + "px";
  }

  // ---------------------------------------------------------------- keys

  function onKey(event) {
    const tick = event.target.closest && event.target.closest(".strip .tick");
    const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: YEAR, PageDown: -YEAR, Home: -Infinity, End: Infinity }[event.key];
    if (!tick || step === undefined) {
      onTouch(event);
      return;
    }
    event.preventDefault();
    const list = ticks();
    const next = list[Math.max(0, Math.min(list.length - 1, list.indexOf(tick) + step))];
    next.focus();
    goTo(next);
  }

  document.addEventListener("pointerdown", (event) => { onTouch(event); onDown(event); }, true);
  document.addEventListener("pointermove", onMove);
  document.addEventListener("pointerup", onUp);
  document.addEventListener("pointercancel", () => { scrub = null; bubble(null); });
  document.addEventListener("dragstart", (event) => scrub && event.preventDefault());
  document.addEventListener("click", onClick, true);
  document.addEventListener("wheel", onTouch, { passive: true, capture: true });
  document.addEventListener("keydown", onKey);

  tm.time = { play, stop, playing: () => playing > 0 };
})((window.tm = window.tm || {}));
