/**
 * What the frame does in the browser: links that only change the URL, the theme, small helpers.
 *
 * Every choice of the interface is a link, so that it can be read, copied and opened in a new tab;
 * here a plain click on one becomes a change of the URL without a reload.
 */
(function (tm) {
  "use strict";

  const ui = (tm.ui = tm.ui || {});
  const COPIED_MS = 1600;
  const FOCUS_MS = 4000; // an answer later than this has lost the keyboard's user
  let focusKeeper = new MutationObserver(() => {});

  /** Go to an address in place; pan and zoom of the map (`view`) stay as they are. */
  ui.go = function (href) {
    const target = new URL(href, window.location.href);
    const view = new URLSearchParams(window.location.search).get("view");
    if (view && !target.searchParams.has("view")) target.searchParams.set("view", view);
    const search = tm.queryText ? tm.queryText(target.searchParams) : target.search;
    window.history.pushState({}, "", target.pathname + search);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  };

  function plainClick(event) {
    return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  }

  function onClick(event) {
    const link = event.target.closest("a.go");
    if (link && plainClick(event)) {
      event.preventDefault();
      ui.picker.close();
      ui.go(link.getAttribute("href")); // of a link in a drawing `href` is no text
      return;
    }
    const button = event.target.closest("button");
    if (button) onButton(button);
    closeDetails(event.target);
  }

  function onButton(button) {
    const data = button.dataset;
    if ("themeSwitch" in data) switchTheme();
    else if ("set" in data) window.dash_clientside.set_props(data.set, { data: data.value });
    else if ("copy" in data) copyLink(button);
    else if ("grip" in data) ui.sheet.step(button);
    else if ("retry" in data) window.location.reload();
  }

  function switchTheme() {
    const dark = !document.documentElement.classList.contains("dark");
    if (tm.theme) tm.theme.set(dark ? "dark" : "light");
    else document.documentElement.classList.toggle("dark", dark);
    try {
      window.localStorage.setItem("tm.theme", dark ? "dark" : "light");
    } catch (error) {
      // Storage is off: the choice holds for this page only.
    }
  }

  async function copyLink(button) {
    const before = button.title;
    await navigator.clipboard.writeText(window.location.href);
    button.title = button.dataset.done;
    button.classList.add("done");
    window.setTimeout(() => {
      button.title = before;
      button.classList.remove("done");
    }, COPIED_MS);
  }

  // ---------------------------------------------------------------- the "i" and folded cards

  function closeDetails(target) {
    for (const open of document.querySelectorAll("details.about[open]")) {
      if (!open.contains(target)) open.open = false;
    }
  }

  /** A card of an "i" is placed in the window, so that no panel cuts it off. */
  function placeAbout(event) {
    const details = event.target;
    if (!details.matches || !details.matches("details.about") || !details.open) return;
    const card = details.querySelector(".about-card");
    const mark = details.getBoundingClientRect();
    const { width, height } = card.getBoundingClientRect();
    const left = Math.max(8, Math.min(mark.left - 16, window.innerWidth - width - 8));
    const below = mark.bottom + 8;
    const top = below + height < window.innerHeight - 8 ? below : Math.max(8, mark.top - height - 8);
    card.style.left = left + "px";
    card.style.top = top + "px";
  }

  /** Along tabs by the arrow keys, as the WAI-ARIA pattern has it: the one reached is chosen. */
  function alongTabs(event) {
    const tab = event.target.closest && event.target.closest("[role=tab]");
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key];
    if (!tab || step === undefined) return;
    event.preventDefault();
    const all = Array.from(tab.closest("[role=tablist]").children).filter((one) => one.offsetParent);
    const at = all.indexOf(tab);
    const next = Number.isFinite(step) ? (at + step + all.length) % all.length : step < 0 ? 0 : all.length - 1;
    all[next].focus();
    keepFocus(all[next].dataset);
    all[next].click();
  }

  /** The tabs come anew with their answer, and the one in focus with them: give it the focus back. */
  function keepFocus({ set, value }) {
    focusKeeper.disconnect(); // only the tab reached last
    const observer = new MutationObserver(() => {
      const tab = document.querySelector(`[role=tab][data-set="${set}"][data-value="${value}"]`);
      if (tab && document.activeElement === document.body) tab.focus();
    });
    observer.observe(document.getElementById("page"), { childList: true, subtree: true });
    focusKeeper = observer;
    window.setTimeout(() => observer.disconnect(), FOCUS_MS);
  }

  function onKey(event) {
    alongTabs(event);
    if (event.key !== "Escape") return;
    for (const open of document.querySelectorAll("details.about[open], details.layers[open]")) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  }

  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
  document.addEventListener("toggle", placeAbout, true);

  // ---------------------------------------------------------------- callbacks

  /** Hand the map spec to the drawing. */
  ui.show = function (spec) {
    if (spec && tm.show) tm.show(spec);
    return window.dash_clientside.no_update;
  };

  /** Set the document's title and language. */
  ui.entitle = function (named) {
    if (named) {
      document.title = named.title;
      document.documentElement.lang = named.language === "en" ? "en" : "zh-CN";
      nameWords(named.canonical);
    }
    return window.dash_clientside.no_update;
  };

  /** An opening address names no words; put the ones it stands for into it, so that it can be shared. */
  function nameWords(canonical) {
    const here = new URLSearchParams(window.location.search);
    if (!canonical || here.has("metric")) return;
    const target = new URL(canonical, window.location.href);
    if (target.pathname !== window.location.pathname) return;
    if (here.has("view")) target.searchParams.set("view", here.get("view"));
    const search = tm.queryText ? tm.queryText(target.searchParams) : target.search;
    window.history.replaceState(window.history.state, "", target.pathname + search);
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.tmui = ui;
})((window.tm = window.tm || {}));
