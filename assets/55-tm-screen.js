/**
 * The wall screen: turns through the stories by itself, for days.
 *
 * The round and every turn are read once a release and kept, so that the wall goes on with what it
 * has when the server does not answer, and a day of turning asks the server for next to nothing.
 * A change cross-fades; nothing that is made for it stays behind.
 */
(function (tm) {
  "use strict";

  const FADE_MS = 300;
  const POLL_MS = 30000;
  const TICK_MS = 250;
  const RETRY_MS = 5000;
  const PICTURE_MS = 4000; // longer than this no fade waits for the map
  let wall = null; // the one that is on the page

  const still = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const root = () => document.querySelector("#wall-frame .wall");

  async function read(name, search) {
    const response = await fetch(`/screen/${name}.json${search}`, { credentials: "same-origin" });
    if (!response.ok) throw new Error((await response.text()).trim() || response.statusText);
    return response.json();
  }

  // ------------------------------------------------------------ one wall

  class Wall {
    constructor(node) {
      this.node = node;
      this.seconds = Number(node.dataset.seconds);
      this.resume = Number(node.dataset.resume);
      node.querySelector(".wall-tabs").dataset.paused = node.dataset.paused;
      this.language = node.dataset.language === "en" ? "?lang=en" : "";
      this.composed = node.dataset.stamp.split(" ").pop();
      this.stamp = "";
      this.turns = [];
      this.kept = new Map(); // turns of this release that were read, by address
      this.at = -1;
      this.turned = 0; // how often it has turned, for tests
      this.spent = 0; // milliseconds of this turn
      this.paused = 0; // when it goes on by itself
      this.good = Date.now(); // when the server last answered
      this.busy = false;
      this.tick = window.setInterval(() => this.pass(), TICK_MS);
      this.poll = window.setInterval(() => this.look(), POLL_MS);
      this.last = performance.now();
      this.load();
    }

    stop() {
      window.clearInterval(this.tick);
      window.clearInterval(this.poll);
      window.clearTimeout(this.later);
      this.kept.clear();
      tm.callouts.show([]);
    }

    /** Read the round; begin with the turn the address names, else with the first. */
    async load() {
      try {
        const round = await read("programme", this.language);
        if (wall !== this) return;
        this.answered();
        this.kept.clear();
        this.stamp = round.stamp;
        this.turns = round.turns;
        this.fill(round.parts);
        const here = this.turns.findIndex((turn) => sameTurn(turn.href, window.location.search));
        await this.turn(Math.max(0, here));
      } catch (error) {
        this.failed(error, () => this.load());
      }
    }

    /** Show a turn; what could not be read leaves the last one standing. */
    async turn(index) {
      const next = this.turns.length ? this.turns[index % this.turns.length] : { story: "", href: "/screen" + this.language };
      this.busy = true;
      try {
        const shown = await this.get(next.href);
        if (wall !== this) return;
        await this.show(next, shown);
        this.at = this.turns.length ? index % this.turns.length : 0;
        this.turned += 1;
      } catch (error) {
        this.failed(error, this.at < 0 ? () => this.turn(index) : null);
      } finally {
        this.busy = false;
        this.spent = 0;
      }
    }

    async get(href) {
      if (!this.kept.has(href)) {
        const one = await read("turn", new URL(href, window.location.href).search);
        this.kept.set(href, one);
        this.answered();
      }
      return this.kept.get(href);
    }

    async show(next, shown) {
      await this.prepare(shown.spec);
      const picture = ghostOfMap();
      const before = tm.picture;
      tm.callouts.show([]);
      tm.show(shown.spec);
      place(shown.spec);
      this.fill(shown.parts);
      this.mark(next);
      window.history.replaceState(window.history.state, "", next.href);
      link(shown.href);
      await painted(before, shown.spec);
      fadeOut(picture);
      tm.callouts.show(shown.callouts);
    }

    /** Read what the map needs before anything fades. */
    async prepare(spec) {
      if (spec.level !== "cell" || !tm.map) return;
      const resolution = tm.cells.resolutionFor(tm.map.getZoom(), spec.resolutions);
      await tm.data.values(spec.release, resolution, spec.query).catch(() => {});
    }

    fill(parts) {
      for (const [name, html] of Object.entries(parts)) {
        const part = this.node.querySelector(`[data-part="${name}"]`);
        if (part) swap(part, html);
      }
      this.say();
    }

    mark(turn) {
      this.node.dataset.story = turn.story;
      for (const tab of this.node.querySelectorAll(".wall-tab")) {
        if (tab.dataset.story === turn.story) tab.setAttribute("aria-current", "true");
        else tab.removeAttribute("aria-current");
        tab.querySelector("i").style.width = "0";
      }
    }

    // ---------------------------------------------------------- time

    pass() {
      const now = performance.now();
      const gone = Math.min(now - this.last, 4 * TICK_MS); // a sleeping machine does not turn
      this.last = now;
      if (this.paused && now >= this.paused) this.go();
      if (this.paused || this.busy || this.at < 0 || this.turns.length < 2) return;
      this.spent += gone * wallSpeed();
      const share = Math.min(1, this.spent / (1000 * this.seconds));
      const bar = this.node.querySelector(".wall-tab[aria-current] i");
      if (bar) bar.style.width = (100 * share).toFixed(1) + "%";
      if (share >= 1) this.turn(this.at + 1);
    }

    pause() {
      this.paused = performance.now() + 1000 * this.resume;
      this.node.dataset.pausedNow = "";
    }

    go() {
      this.paused = 0;
      delete this.node.dataset.pausedNow;
    }

    /** The next turn that tells a story, or the next but n. */
    jump(story, step) {
      const from = Math.max(0, this.at);
      for (let i = 1; i <= this.turns.length; i += 1) {
        const index = (from + (step < 0 ? -i : i) + this.turns.length * 2) % this.turns.length;
        if (!story || this.turns[index].story === story) {
          this.turn(index);
          return;
        }
      }
    }

    // ---------------------------------------------------------- the server

    /** Whether there is a new release or composition. */
    async look() {
      try {
        const { stamp } = await read("now", this.language);
        if (wall !== this) return;
        this.answered();
        if (stamp.split(" ").pop() !== this.composed) window.location.reload();
        else if (stamp !== this.stamp && !this.busy) this.load();
      } catch (error) {
        this.failed(error, null);
      }
    }

    answered() {
      this.good = Date.now();
      this.stale = false;
      this.say();
    }

    /** Nothing is taken away: the wall says since when its data stand, and tries again. */
    failed(error, again) {
      if (wall !== this) return;
      this.stale = true;
      this.say();
      if (this.at < 0) swap(this.node.querySelector("[data-part=headline]"), escaped(error.message));
      if (!again) return;
      window.clearTimeout(this.later);
      this.later = window.setTimeout(() => wall === this && again(), RETRY_MS);
    }

    say() {
      const place = this.node.querySelector(".wall-stale");
      if (!place) return;
      const time = new Date(this.good).toTimeString().slice(0, 5);
      place.textContent = this.stale ? this.node.dataset.stale.replace("{t}", time) : "";
    }
  }

  /** Tests turn faster. */
  function wallSpeed() {
    return tm.wallSpeed || 1;
  }

  function sameTurn(href, search) {
    const words = (text) => {
      const params = new URLSearchParams(text);
      return ["industry", "chain", "place", "tab"].map((name) => params.get(name) || "").join("|");
    };
    return words(new URL(href, window.location.href).search) === words(search);
  }

  function escaped(text) {
    return tm.el("h1", {}, text).outerHTML;
  }

  // ------------------------------------------------------------ fading

  /** Put new content into a part; the old one fades out above it and goes. */
  function swap(part, html) {
    if (!part || part.dataset.html === html) return;
    const first = !part.dataset.html;
    part.dataset.html = html;
    const ghost = first || still() || document.hidden ? null : part.cloneNode(true);
    part.innerHTML = html;
    if (!ghost) return;
    ghost.removeAttribute("data-part");
    ghost.classList.add("wall-ghost");
    ghost.setAttribute("aria-hidden", "true");
    const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = part;
    Object.assign(ghost.style, { left: offsetLeft + "px", top: offsetTop + "px",
      width: offsetWidth + "px", height: offsetHeight + "px" });
    part.parentNode.insertBefore(ghost, part.nextSibling);
    part.animate([{ opacity: 0 }, { opacity: 1 }], FADE_MS);
    fadeOut(ghost);
  }

  function fadeOut(ghost) {
    if (!ghost) return;
    ghost.animate([{ opacity: 1 }, { opacity: 0 }], { duration: FADE_MS, fill: "forwards" });
    window.setTimeout(() => ghost.remove(), FADE_MS);
  }

  /** A picture of the map as it is now, above it. */
  function ghostOfMap() {
    const field = document.querySelector(".tm-canvas-field");
    const view = tm.stage.view();
    const stage = document.getElementById("stage");
    if (!field || !view || !tm.picture || still() || document.hidden) return null;
    const ghost = tm.el("canvas", { class: "wall-map-ghost", "aria-hidden": "true",
      width: Math.round(view.innerWidth * view.dpr), height: Math.round(view.innerHeight * view.dpr) });
    ghost.getContext("2d").drawImage(field, -view.padX * view.dpr, -view.padY * view.dpr);
    stage.append(ghost);
    return ghost;
  }

  /** Wait until the map has painted the picture of a spec. */
  function painted(before, spec) {
    const started = performance.now();
    return new Promise((done) => {
      const look = () => {
        const ready = tm.picture && (tm.picture !== before || tm.picture.spec.query === spec.query);
        if (ready || performance.now() - started > PICTURE_MS) window.setTimeout(done, 30);
        else window.setTimeout(look, 40);
      };
      look();
    });
  }

  // ------------------------------------------------------------ the map

  /** Show the turn's district, or where most people are. */
  function place(spec) {
    if (!tm.map || !tm.map._loaded) return;
    const box = spec.place && tm.areas.ready() ? tm.view.boxOf(spec.place) : null;
    if (box) tm.map.fitBounds(box.pad(0.15), { animate: false });
    else tm.fit(spec.level === "cell" ? spec.busy_bounds : spec.bounds, false);
  }

  /** The whole map is a link to the page it is of. */
  function link(href) {
    const stage = document.getElementById("stage");
    let over = stage.querySelector(".wall-over");
    if (!over) {
      over = tm.el("a", { class: "go wall-over" });
      stage.append(over);
    }
    over.setAttribute("href", href);
  }

  // ------------------------------------------------------------ keys and touch

  function onPointer(event) {
    if (!wall || !wall.node.isConnected) return;
    wall.pause();
    const tab = event.target.closest && event.target.closest(".wall-tab");
    if (tab && event.type === "pointerdown") wall.jump(tab.dataset.story, 1);
  }

  function onKey(event) {
    if (!wall || !wall.node.isConnected || event.metaKey || event.ctrlKey || event.altKey) return;
    const tabs = wall.node.querySelectorAll(".wall-tab");
    const tab = tabs[Number(event.key) - 1];
    wall.pause();
    if (tab) wall.jump(tab.dataset.story, 1);
    else if (event.key === "ArrowRight") wall.jump("", 1);
    else if (event.key === "ArrowLeft") wall.jump("", -1);
    else if (event.key === " ") {
      event.preventDefault();
      wall.go();
    }
  }

  let startX = 0;
  document.addEventListener("pointerdown", (event) => {
    startX = event.clientX;
    onPointer(event);
  });
  document.addEventListener("pointerup", (event) => {
    const moved = event.clientX - startX;
    if (wall && wall.node.isConnected && event.pointerType === "touch" && Math.abs(moved) > 80) {
      wall.jump("", moved < 0 ? 1 : -1);
    }
  });
  document.addEventListener("keydown", onKey);
  window.addEventListener("resize", () => wall && wall.node.isConnected && tm.spec && place(tm.spec));

  // ------------------------------------------------------------ coming and going

  function chosenTheme() {
    try {
      return window.localStorage.getItem("tm.theme");
    } catch (error) {
      return "light"; // storage is off
    }
  }

  /** The wall is dark whatever the office has chosen for its desks. */
  function dress(on) {
    document.documentElement.classList.toggle("wall-on", on);
    tm.theme.set(on || chosenTheme() === "dark" ? "dark" : "light");
    tm.css.forget();
    tm.stage.request("field", "flow");
  }

  function check() {
    const node = root();
    if (wall && wall.node !== node) {
      wall.stop();
      wall = null;
      const over = document.querySelector(".wall-over");
      if (over) over.remove();
      if (!document.getElementById("wall-frame")) dress(false);
    }
    if (node && !wall) {
      dress(true);
      wall = new Wall(node);
    }
  }

  new MutationObserver(check).observe(document.documentElement, { childList: true, subtree: true });
  tm.wall = { current: () => wall };
})(window.tm);
