/**
 * The page that composes the wall: chips are pressed in order, tiles moved, all of it saved.
 */
(function (tm) {
  "use strict";

  const form = () => document.querySelector(".compose");

  function press(chip) {
    const chips = chip.parentElement;
    const pressed = inOrder(chips);
    const next = chip.dataset.at ? pressed.filter((one) => one !== chip) : [...pressed, chip];
    for (const one of chips.children) {
      const at = next.indexOf(one);
      one.setAttribute("aria-pressed", String(at >= 0));
      if (at >= 0) one.dataset.at = at + 1;
      else delete one.dataset.at;
    }
  }

  const inOrder = (chips) => Array.from(chips.children)
    .filter((chip) => chip.dataset.at)
    .sort((a, b) => a.dataset.at - b.dataset.at);

  const values = (chips) => inOrder(chips).map((chip) => chip.dataset.value);

  function move(button) {
    const line = button.closest(".compose-tile");
    const other = button.dataset.move === "up" ? line.previousElementSibling : line.nextElementSibling;
    if (!other) return;
    if (button.dataset.move === "up") other.before(line);
    else other.after(line);
    button.focus();
  }

  /** The list of one's own is that of the kind that is chosen. */
  function showKind() {
    if (!form()) return;
    const kind = form().querySelector("[data-compose=subjects]").value;
    for (const list of form().querySelectorAll(".compose-only")) list.hidden = list.dataset.kind !== kind;
  }

  function read() {
    const one = (name) => form().querySelector(`[data-compose=${name}]`);
    const kind = one("subjects").value;
    const tiles = Array.from(form().querySelectorAll(".compose-tile"), (line) =>
      [line.dataset.tile, line.querySelector("select").value]);
    const column = (name) => tiles.filter(([, where]) => where === name).map(([tile]) => tile);
    return {
      subjects: kind,
      only: values(form().querySelector(`.compose-only[data-kind=${kind}] .compose-chips`)),
      most: Number(one("most").value),
      stories: values(one("stories")),
      seconds: Number(one("seconds").value),
      resume: Number(one("resume").value),
      kpis: values(one("kpis")),
      left: column("left"), right: column("right"), below: column("below"),
    };
  }

  /** What is wrong with a composition, in the words of the page; the server looks again. */
  function wrong({ stories, kpis, left, right, below }) {
    const { noStory, manyKpis, manyTiles } = form().dataset;
    if (stories && !stories.length) return noStory;
    if (kpis && kpis.length > 6) return manyKpis;
    return left && (left.length > 3 || right.length > 3 || below.length > 1) ? manyTiles : "";
  }

  async function save(composition) {
    const { saved, failed, offline } = form().dataset;
    const said = form().querySelector(".compose-said");
    said.textContent = "";
    const error = wrong(composition) || (await put(composition, offline));
    said.textContent = error ? failed.replace("{t}", error) : saved;
    said.classList.toggle("failed", Boolean(error));
    return !error;
  }

  /** Send a composition; the error in words, "" for none. */
  async function put(composition, offline) {
    try {
      const response = await fetch("/api/screen", {
        method: "PUT", credentials: "same-origin", headers: { "Content-Type": "application/json" },
        body: JSON.stringify(composition),
      });
      return response.ok ? "" : (await response.json()).error || response.statusText;
    } catch (cause) {
      return offline;
    }
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest && event.target.closest(".compose button");
    if (!button) return;
    if (button.matches(".compose-chip")) press(button);
    else if ("move" in button.dataset) move(button);
    else if ("composeSave" in button.dataset) save(read());
    else if ("composeShipped" in button.dataset && (await save({}))) window.location.reload();
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches && event.target.matches("[data-compose=subjects]")) showKind();
  });
  new MutationObserver(showKind).observe(document.documentElement, { childList: true, subtree: true });
})(window.tm);
