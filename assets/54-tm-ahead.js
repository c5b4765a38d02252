/**
 * Painting before the page has answered: where only a filter or the month changes, the next picture
 * follows from the address, so its numbers are asked for at once. The page's own spec comes a moment
 * later and has the last word.
 */
(function (tm) {
  "use strict";

  // Words that change which people or openings are counted, and nothing else of the map.
  const FREE = ["industry", "occupation", "specialty", "education", "title", "age", "wage", "month"];
  const ORDER = ["metric", "at", ...FREE.slice(0, -1), "month", "versus", "chain", "reach"];
  let told = { path: "", params: new URLSearchParams() };

  const here = () => new URLSearchParams(window.location.search);

  /** Remember the address a spec was made for. */
  function remember() {
    told = { path: window.location.pathname, params: here() };
  }

  /** The spec the page will most likely answer with; null where that cannot be known. */
  function likely(spec) {
    if (!spec || spec.arcs || spec.spare || spec.instead || window.location.pathname !== told.path) return null;
    const now = here();
    const names = new Set([...now.keys(), ...told.params.keys()]);
    names.delete("view");
    const changed = [...names].filter((name) => now.get(name) !== told.params.get(name));
    if (!changed.length || !changed.every((name) => FREE.includes(name))) return null;
    // An opening address names nothing: what it stands for is the page's to say.
    if (!now.get("metric") || !told.params.get("metric")) return null;
    const asked = new URLSearchParams(spec.query);
    for (const name of changed) {
      if (now.get(name)) asked.set(name, now.get(name));
      else if (name === "month") return null; // the newest one is the server's to know
      else asked.delete(name);
    }
    if (asked.get("industry")) asked.delete("chain");
    const place = (name) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
    const words = [...asked].sort(([a], [b]) => place(a) - place(b));
    return { ...spec, query: tm.queryText(new URLSearchParams(words)).slice(1), chip: null };
  }

  async function run() {
    const before = tm.spec;
    const next = tm.map ? likely(before) : null;
    if (!next) return;
    const address = window.location.href;
    try {
      await tm.pictureOf(next);
    } catch {
      return; // the page's own answer says what is wrong
    }
    if (tm.spec === before && address === window.location.href) tm.show(next);
  }

  window.addEventListener("_dashprivate_pushstate", run);

  tm.ahead = { remember, likely };
})(window.tm);
