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
      put("refused", tm.el("strong", {}, refusal(error)), serverLine(error.message));
      return;
    }
    const title = error.status === 0 ? tm.word("offline") : tm.word("failed");
    const time = paintedAt ? paintedAt.toTimeString().slice(0, 5) : "";
    const kept = time ? tm.word("kept", { t: time }) : "";
    const detail = error.incident ? `${tm.word("number")} ${error.incident}` : "";
    put("error", tm.el("strong", {}, title), kept ? tm.el("p", {}, kept) : null,
      tm.el("div", { class: "tm-notice-foot" }, button("retry", again_), detail ? tm.el("span", {}, detail) : null));
  }

  /** What a refusal means, in the language of the page. */
  function refusal(error) {
    return tm.word([400, 403, 404].includes(error.status) ? "refused" + error.status : "refused422");
  }

  /** The server's own line, which is English: on a Chinese page only for those who open it. */
  function serverLine(line) {
    if (tm.language() === "en") return tm.el("p", {}, line);
    return tm.el("details", {}, tm.el("summary", {}, tm.word("details")),
      tm.el("p", { lang: "en" }, line));
  }

  /** The map shows something near to what was asked: say what. */
  function instead(said) {
    const node = box();
    if (said) put("refused", tm.el("strong", {}, said.title), tm.el("p", {}, said.text));
    else if (node && node.dataset.kind === "refused") put("");
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
    // What the map shows instead stays said for as long as it is shown.
    if (node && node.dataset.kind && !(tm.spec && tm.spec.instead)) put("");
  }

  /** A line of text when an answer takes longer than a second; never over an error. */
  function slow(on) {
    const node = box();
    if (!node || ["error", "gone", "refused"].includes(node.dataset.kind)) return;
    if (on) put("slow", tm.word("loading") + "…");
    else if (node.dataset.kind === "slow") put("");
  }

  tm.notice = { failed, clear, slow, instead, refusal };
})(window.tm);
