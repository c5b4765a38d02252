/**
 * What went wrong or takes long, said over the map; the old picture stays, paler.
 */
(function (tm) {
  "use strict";

  const GONE = 410;
  let retry = null;
  let paintedAt = null;

  function box() {
    return document.getElementById("map-notice");
  }

  function put(kind, ...children) {
    const node = box();
    if (!node) return;
    node.dataset.kind = kind;
    node.className = kind ? "tm-notice tm-notice-" + kind : "";
    node.setAttribute("role", kind === "error" || kind === "gone" ? "alert" : "status");
    node.replaceChildren(...children.filter(Boolean));
    tm.labels.later();
  }

  function button(word, act) {
    return tm.el("button", { type: "button", click: act }, tm.word(word));
  }

  /** Say what failed and how to go on. `again` is what the retry button does. */
  function failed(error, again) {
    if (!(error instanceof tm.data.ReadError)) throw error;
    tm.stage.dim(true);
    retry = again;
    if (error.status === GONE) {
      put("gone", tm.el("strong", {}, tm.word("gone")), button("reload", () => window.location.reload()));
      return;
    }
    const refused = error.status >= 400 && error.status < 500; // the server's line says why
    const title = error.status === 0 ? tm.word("offline") : refused ? error.message : tm.word("failed");
    const time = paintedAt ? paintedAt.toTimeString().slice(0, 5) : "";
    const kept = time ? tm.word("kept", { t: time }) : "";
    const detail = error.incident ? `${tm.word("number")} ${error.incident}` : "";
    put("error", tm.el("strong", {}, title), kept ? tm.el("p", {}, kept) : null,
      tm.el("div", { class: "tm-notice-foot" }, button("retry", again_), detail ? tm.el("span", {}, detail) : null));
  }

  function again_() {
    const act = retry;
    clear();
    if (act) act();
  }

  /** A new picture is there: nothing to complain about any more. */
  function clear() {
    const node = box();
    paintedAt = new Date();
    retry = null;
    tm.stage.dim(false);
    if (node && node.dataset.kind) put("");
  }

  /** A line of text when an answer takes longer than a second; never over an error. */
  function slow(on) {
    const node = box();
    if (!node || node.dataset.kind === "error" || node.dataset.kind === "gone") return;
    if (on) put("slow", tm.word("loading") + "…");
    else if (node.dataset.kind === "slow") put("");
  }

  tm.notice = { failed, clear, slow };
})(window.tm);
