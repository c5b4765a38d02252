/**
 * The page 报告 in the browser: buttons ask the server, bars show how far a report is. What is shown
 * afterwards is drawn by the server: here only its store is told to look again.
 */
(function () {
  "use strict";

  const BASE = "/api/reports";
  const STATE = "reports-state"; // what is ordered: only a choice draws the order anew
  const TICK = "reports-tick"; // what is looked at, and that something got on
  const WATCH_MS = 600;
  let count = 0;
  let watching = 0;
  let begun = false;
  let scheduling = false; // the card of a schedule is open

  /** Ask the server; throws an Error with its one line. */
  async function ask(method, path, body) {
    const options = { method, headers: {} };
    if (body) {
      options.body = JSON.stringify(body);
      options.headers["Content-Type"] = "application/json";
    }
    const answer = await fetch(BASE + path, options);
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(said.error || `HTTP ${answer.status}`);
    return said;
  }

  /** What a store of the page holds: it keeps it for this tab under its own name. */
  function kept(store) {
    try {
      return JSON.parse(sessionStorage.getItem(store)) || {};
    } catch (error) {
      return {};
    }
  }

  function set(store, changes) {
    count += 1;
    const data = Object.assign(kept(store), changes || {}, { n: Date.now() + count });
    window.dash_clientside.set_props(store, { data });
  }

  /** Have the server draw reports, schedules and preview anew. */
  const look = (changes) => set(TICK, changes);

  /** Have the server draw everything anew: an order has been given. */
  function renew() {
    set(STATE);
    look();
  }

  function tell(error) {
    const place = document.querySelector(".data-tile.order .data-note");
    if (place) place.textContent = error.message;
  }

  const pressed = (what) =>
    Array.from(document.querySelectorAll(`[data-report="${what}"][aria-pressed="true"]`), (b) => b.dataset.value);

  /** The order on the page: kind and scope as the server wrote them, formats as pressed. */
  function order() {
    const { kind, query, language } = document.querySelector(".order [data-kind]").dataset;
    return { kind, query, language, formats: pressed("format") };
  }

  const acts = {
    format: async (button) => {
      const on = button.getAttribute("aria-pressed") === "true";
      button.setAttribute("aria-pressed", String(!on));
      set(STATE, { formats: pressed("format") });
    },
    when: async (button) => {
      for (const other of document.querySelectorAll('[data-report="when"]')) {
        other.setAttribute("aria-pressed", String(other === button));
      }
    },
    make: async () => {
      await ask("POST", "", order());
      renew();
    },
    preview: async () => look({ open: (await ask("POST", "/preview", order())).id }),
    close: async () => look({ open: "" }),
    schedule: async () => {
      const day = Number(document.querySelector(".schedule-card [data-day]").value);
      const folder = document.getElementById("reports-folder").value;
      await ask("POST", "/schedules", Object.assign(order(), { when: pressed("when")[0], day, folder }));
      scheduling = false;
      renew();
    },
    run: async (button) => {
      await ask("POST", `/schedules/${button.dataset.id}/run`, {});
      look();
    },
    unschedule: async (button) => {
      await ask("DELETE", `/schedules/${button.dataset.id}`);
      look();
    },
    remove: async (button) => {
      await ask("DELETE", `/${button.dataset.id}`);
      look();
    },
  };

  // ---------------------------------------------------------------- long work

  /** Follow the bars on the page until what they stand for has ended. */
  async function watch() {
    const bars = Array.from(document.querySelectorAll("[data-watch-report]"));
    const found = await Promise.all(bars.map((bar) => ask("GET", `/${bar.dataset.watchReport}`)));
    let changed = false;
    found.forEach((entry, k) => {
      if (entry.state.state === "running") {
        bars[k].querySelector(".meter > span").style.width = (100 * entry.state.amount).toFixed(1) + "%";
        // The step's words are the server's: a new step is drawn there.
        changed = changed || (bars[k].dataset.step || entry.state.step) !== entry.state.step;
        bars[k].dataset.step = entry.state.step;
      } else changed = true;
    });
    if (changed) look();
  }

  /** The first visit of a tab opens with the preview made, where there is room beside the order. */
  function first() {
    const button = document.querySelector('.paper [data-report="preview"]');
    if (begun || !button || kept(TICK).open !== undefined || !window.matchMedia("(min-width: 641px)").matches) return;
    begun = true;
    acts.preview(button).catch(tell); // not a click: that would fold what the reader has opened
  }

  /** The order is drawn anew when its words change: a card somebody has opened stays open. */
  function stayOpen() {
    const card = document.querySelector(".order details.confirm");
    if (card && scheduling && !card.open) card.open = true;
  }

  document.addEventListener("toggle", ({ target }) => {
    if (target.matches(".order details.confirm")) scheduling = target.open;
  }, true);
  new MutationObserver(stayOpen).observe(document.documentElement, { childList: true, subtree: true });

  async function keepWatch() {
    window.clearTimeout(watching);
    first();
    // A server that is away for a moment is asked again.
    await watch().catch(() => {});
    watching = window.setTimeout(keepWatch, WATCH_MS);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-report]");
    if (!button || button.disabled) return;
    button.disabled = true; // once is enough: the page is drawn anew when the server has answered
    acts[button.dataset.report](button)
      .catch(tell)
      .finally(() => (button.disabled = false));
  });
  keepWatch();
})();
