/**
 * Menus that fold, the role of the local profile, the purpose of looking at records, and going
 * into a place from the panel.
 */
(function (tm) {
  "use strict";

  const ui = (tm.ui = tm.ui || {});
  const FIRM_ZOOM = 15.5;
  const SEEN_ZOOM = 14.25; // from here single enterprises are drawn
  let closing = 0;
  let shownFirm = "";
  const address = new URLSearchParams(window.location.search);
  let opened = address.has("view") ? address.get("place") || "" : "";

  // ---------------------------------------------------------------- folding

  function fold(target) {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(target)) menu.open = false;
    }
  }

  function onKey(event) {
    const menu = event.target.closest && event.target.closest("details.menu[open]");
    if (!menu) return;
    if (event.key === "Escape") {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const items = [...menu.querySelectorAll(".menu-item")];
      const at = items.indexOf(document.activeElement);
      items[(at + (event.key === "ArrowDown" ? 1 : -1) + items.length) % items.length].focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  // ---------------------------------------------------------------- role and purpose

  async function send(method, path, body) {
    const response = await fetch("/api/role" + path, {
      method, credentials: "same-origin", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
    });
    const answer = await response.json().catch(() => ({}));
    if (!response.ok) throw new Error(answer.error || response.statusText);
  }

  /** Everything read so far is of the other tier: the page begins anew. */
  async function switchRole(tier) {
    await send("POST", "", { tier });
    window.location.reload();
  }

  async function say(form) {
    const value = (name) => form.querySelector(`input[name=${name}]`).value;
    const error = form.querySelector(".form-error");
    try {
      await send("POST", "/purpose", { who: value("who"), purpose: value("purpose") });
      window.location.reload();
    } catch (failure) {
      error.textContent = failure.message;
    }
  }

  async function endPurpose() {
    await send("DELETE", "/purpose", {});
    window.location.reload();
  }

  /** Records close by themselves when their time is up, whether anybody clicks or not. */
  function watchTime() {
    const marked = document.querySelector("[data-until]");
    window.clearTimeout(closing);
    if (!marked) return;
    const left = Number(marked.dataset.until) * 1000 - Date.now();
    closing = window.setTimeout(() => window.location.reload(), Math.max(0, left) + 500);
  }

  // ---------------------------------------------------------------- into a place

  function into(place) {
    if (place.startsWith("enterprise:")) lookAtFirm(place, FIRM_ZOOM);
    else if (tm.drill) tm.drill(place);
  }

  /** An enterprise is a point that the map knows only near by: its card says where it lies. */
  function lookAtFirm(place, zoom) {
    const node = document.querySelector("[data-at]");
    if (!node || node.dataset.place !== place || !tm.map) return;
    const [lon, lat] = node.dataset.at.split(",").map(Number);
    tm.map.setView([lat, lon], Math.max(zoom, tm.map.getZoom()));
  }

  /** A card that has come: bring its enterprise into the window, once. */
  function showFirm() {
    const node = document.querySelector("[data-at]");
    const place = node ? node.dataset.place : "";
    if (place === shownFirm) return;
    if (place && !(tm.map && tm.map._loaded)) return; // asked again when the map has its view
    shownFirm = place;
    const asOpened = place && place === opened;
    opened = "";
    if (!place || asOpened) return; // an address with its view shows just that view
    const [lon, lat] = node.dataset.at.split(",").map(Number);
    const seen = tm.map.getBounds().contains([lat, lon]) && tm.map.getZoom() >= SEEN_ZOOM;
    if (!seen) tm.map.setView([lat, lon], Math.max(SEEN_ZOOM + 0.5, tm.map.getZoom()));
  }

  function onClick(event) {
    fold(event.target);
    const node = event.target.closest("[data-role], [data-purpose], [data-purpose-end], button[data-drill], .menu .menu-item");
    if (!node) return;
    const data = node.dataset;
    if ("role" in data) switchRole(data.role).catch((error) => tm.notice.failed(error, () => switchRole(data.role)));
    else if ("purpose" in data) say(node.closest(".purpose-form"));
    else if ("purposeEnd" in data) endPurpose().catch((error) => tm.notice.failed(error, endPurpose));
    else if ("drill" in data) into(data.drill);
    else node.closest("details.menu").open = false;
  }

  document.addEventListener("click", onClick);
  document.addEventListener("dblclick", (event) => {
    const row = event.target.closest("a[data-drill]");
    if (row) into(row.dataset.drill);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches && event.target.matches(".purpose-form input")) {
      say(event.target.closest(".purpose-form"));
    } else onKey(event);
  }, true);

  window.addEventListener("load", () => {
    const page = document.getElementById("react-entry-point") || document.body;
    let frame = 0;
    new MutationObserver(() => {
      if (frame) return;
      frame = window.requestAnimationFrame(() => {
        frame = 0;
        watchTime();
        showFirm();
      });
    }).observe(page, { childList: true, subtree: true });
  });
  document.addEventListener("tm:placed", showFirm);
  ui.into = into;
})((window.tm = window.tm || {}));
