/**
 * Saved views: the address of this moment under a name, kept by the server beside the data.
 */
(function (tm) {
  "use strict";

  const ui = (tm.ui = tm.ui || {});
  const SURE_MS = 4000;
  let card = null; // the open card: its node, words and whether one may change

  const headers = { "Content-Type": "application/json" };

  /** Ask the server; its one line is the error. */
  async function call(method, path, body) {
    const response = await fetch("/api/views" + path, {
      method, headers, credentials: "same-origin", body: body === undefined ? undefined : JSON.stringify(body),
    });
    const answer = await response.json().catch(() => ({}));
    if (!response.ok) throw new Error(answer.error || response.statusText);
    return answer;
  }

  async function open(button) {
    close();
    const words = JSON.parse(button.dataset.views);
    const node = tm.el("div", { class: "menu-card views-card", role: "dialog", "aria-label": words.title });
    document.body.append(node);
    const mark = button.getBoundingClientRect();
    node.style.top = mark.bottom + 6 + "px";
    node.style.right = Math.max(8, window.innerWidth - mark.right - 8) + "px";
    card = { node, words, button, may: "may" in button.dataset };
    node.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      close(true);
    });
    await refresh();
    const first = node.querySelector("button, a");
    if (first) first.focus();
  }

  function close(refocus) {
    if (!card) return;
    card.node.remove();
    const { button } = card;
    card = null;
    if (refocus && document.contains(button)) button.focus();
  }

  async function refresh() {
    try {
      draw((await call("GET", "")).views);
    } catch (error) {
      fail(error);
    }
  }

  function draw(views) {
    if (!card) return;
    const { words, may } = card;
    const rows = views.map(rowOf);
    const empty = rows.length ? null : tm.el("p", { class: "note" }, words.empty);
    const save = may ? tm.el("button", { class: "menu-item views-save", type: "button", click: () => edit(null) }, words.save) : null;
    card.node.replaceChildren(...[tm.el("strong", {}, words.title), save, tm.el("div", { class: "views-list" }, ...rows), empty]
      .filter(Boolean));
  }

  function rowOf(view) {
    const { words, may } = card;
    const name = tm.el("a", { class: "views-name", href: view.address, title: view.note || view.name, click: (event) => look(event, view) },
      tm.el("span", {}, view.name), view.note ? tm.el("span", { class: "note" }, view.note) : null);
    const tools = may ? [
      tool("pencil", words.rename, () => edit(view)),
      tool("trash", words.delete, (event) => remove(event.currentTarget, view)),
    ] : [];
    return tm.el("div", { class: "views-row", "data-view": view.id }, name, ...tools);
  }

  function tool(icon, label, click) {
    const drawing = `url(/assets/icons/sprite.svg#${icon})`;
    const mark = tm.el("span", { class: "icon", style: `mask-image:${drawing};-webkit-mask-image:${drawing};width:16px;height:16px` });
    return tm.el("button", { class: "tool", type: "button", title: label, "aria-label": label, click }, mark);
  }

  /** Go to a view as it was kept: place, conditions, pan and zoom. */
  function look(event, view) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    close();
    ui.go(view.address);
    ui.look();
  }

  /** The form for a new view, or for another name of one there is. */
  function edit(view) {
    const { words, node } = card;
    const field = (label, value, most) => {
      const input = tm.el("input", { class: "text-input", type: "text", maxlength: most, value: value || "", "aria-label": label });
      return [tm.el("label", { class: "field" }, tm.el("span", {}, label), input), input];
    };
    const [nameRow, name] = field(words.name, view ? view.name : document.querySelector(".panel-name h2, .headline")?.textContent, 60);
    const [noteRow, note] = field(words.note, view ? view.note : "", 200);
    const error = tm.el("p", { class: "form-error", role: "alert" });
    const keep = async (event) => {
      event.preventDefault();
      const address = window.location.pathname + window.location.search;
      const said = { name: name.value, note: note.value };
      try {
        await (view ? call("PUT", "/" + view.id, said) : call("POST", "", { ...said, address }));
        await refresh();
      } catch (failure) {
        error.textContent = `${words.failed} (${failure.message})`;
      }
    };
    const foot = tm.el("div", { class: "form-foot" },
      tm.el("button", { class: "button filled", type: "submit" }, words.keep),
      tm.el("button", { class: "button", type: "button", click: refresh }, words.cancel));
    node.replaceChildren(tm.el("strong", {}, view ? words.rename : words.save),
      tm.el("form", { submit: keep }, nameRow, noteRow, foot, error));
    name.focus();
    name.select();
  }

  /** A view is forgotten by a second click, so that none is lost by a slip. */
  async function remove(button, view) {
    const { words } = card;
    if (!button.classList.contains("sure")) {
      button.classList.add("sure");
      button.title = words.sure;
      button.setAttribute("aria-label", words.sure);
      window.setTimeout(() => button.classList.remove("sure"), SURE_MS);
      return;
    }
    try {
      draw((await call("DELETE", "/" + view.id, {})).views);
    } catch (error) {
      fail(error);
    }
  }

  function fail(error) {
    if (card) card.node.append(tm.el("p", { class: "form-error", role: "alert" }, `${card.words.failed} (${error.message})`));
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-views]");
    if (button) {
      if (card && card.button === button) close(true);
      else open(button);
    } else if (card && document.contains(event.target) && !event.target.closest(".views-card")) close();
  });
})((window.tm = window.tm || {}));
