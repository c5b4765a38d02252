/**
 * Whether the server is there and serves what the page shows.
 *
 * While it is away the last picture stays and a notice says so; when it is back the page goes on by
 * itself. Where another release has taken over, the page offers to load it: numbers of two releases
 * are never mixed.
 */
(function (tm) {
  "use strict";

  const CALM_MS = 20_000;
  const TROUBLED_MS = 2_000;
  let timer = 0;
  let left = null; // the address at which the server was lost

  /** The address without pan and zoom. */
  function question() {
    const params = new URLSearchParams(window.location.search);
    params.delete("view");
    return window.location.pathname + tm.queryText(params);
  }

  async function served() {
    try {
      const answer = await fetch("/api/release", { cache: "no-store" });
      return answer.ok ? (await answer.json()).release : "";
    } catch {
      return "";
    }
  }

  /** Ask once, and again after a while; soon, where something is wrong. */
  async function beat() {
    window.clearTimeout(timer);
    const release = document.hidden && left === null ? null : await served();
    if (release === "") lost();
    else if (release !== null) found(release);
    timer = window.setTimeout(beat, left === null ? CALM_MS : TROUBLED_MS);
  }

  function lost() {
    if (left !== null || !tm.spec) return;
    left = question();
    tm.notice.failed(new tm.data.ReadError(0, "", "/api/release"), beat, true);
  }

  function found(release) {
    const was = left;
    left = null;
    if (tm.spec && tm.spec.release !== release) {
      tm.notice.failed(new tm.data.ReadError(tm.data.GONE, "", ""), beat, true);
    } else if (was !== null) {
      tm.notice.clear();
      // What was asked meanwhile found nobody: it is asked again, as a whole.
      if (was !== question()) window.location.reload();
      else tm.show(tm.spec);
    }
  }

  window.addEventListener("load", () => (timer = window.setTimeout(beat, CALM_MS)));
  window.addEventListener("online", beat);
  document.addEventListener("visibilitychange", () => !document.hidden && beat());

  tm.pulse = { beat };
})(window.tm);
