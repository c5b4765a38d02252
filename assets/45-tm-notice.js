/**
 * What went wrong or takes long, said over the map; the old picture stays, paler.
 */
(function (tm) {
  "use strict";

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

  /**
   * Say what failed and how to go on.
   * @param {function()} again what the retry button does
   * @param {boolean} [keepsPicture] whether the colours on the map are still those asked for
   */
  function failed(error, again, keepsPicture) {
    if (!(error instanceof tm.data.ReadError)) throw error;
    tm.stage.dim(!error.refused || !keepsPicture);
    retry = again;
    if (error.status === tm.data.GONE) {
      put("gone", tm.el("strong", {}, tm.word("gone")), button("reload", () => window.location.reload()));
      return;
    }
    if (error.refused) {
      put("refused", tm.el("strong", {}, tm.word("refused")), tm.el("p", {}, error.message));
      return;
    }
    const title = error.status === 0 ? tm.word("offline") : tm.word("failed");
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

  /** Another question is asked: what was refused before no longer matters. */
  function forget() {
    const node = box();
    if (node && node.dataset.kind === "refused") put("");
  }

  tm.notice = { failed, clear, slow, forget };
})(window.tm);
