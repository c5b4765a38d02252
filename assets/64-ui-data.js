/**
 * The page 数据 in the browser: a file goes up in pieces, buttons ask the server, a bar shows how far
 * it is. What is shown afterwards is drawn by the server: here only its store is told to look again.
 */
(function (tm) {
  "use strict";

  const BASE = "/api/data";
  const STATE = "data-state";
  const WATCH_MS = 700;
  const TRIES = 4;
  const RETRY_MS = 800;
  let count = 0;
  let sending = null; // {stopped} of the upload under way
  let watching = 0;

  const wait = (ms) => new Promise((resolve) => window.setTimeout(resolve, ms));

  /** Ask the server; throws an Error with its one line. */
  async function ask(method, path, body) {
    const options = { method, headers: {} };
    if (body instanceof Blob) options.body = body;
    else if (body) {
      options.body = JSON.stringify(body);
      options.headers["Content-Type"] = "application/json";
    }
    const answer = await fetch(BASE + path, options);
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) {
      const error = new Error(said.error || `HTTP ${answer.status}`);
      error.status = answer.status;
      throw error;
    }
    return said;
  }

  /** Have the server draw the page anew for an upload. */
  function look(upload) {
    count += 1;
    window.dash_clientside.set_props(STATE, { data: { upload: upload || "", n: Date.now() + count } });
  }

  function tell(error) {
    const place = document.querySelector(".drop-error") || note();
    place.textContent = error.message;
  }

  /** A line under the buttons, for what the server said no to. */
  function note() {
    const found = document.querySelector(".data-note");
    if (found) return found;
    const made = document.createElement("div");
    made.className = "data-note";
    made.setAttribute("role", "alert");
    made.lang = "en";
    (document.querySelector(".data-tile.intake") || document.body).appendChild(made);
    return made;
  }

  const quietly = (work) => work().catch(tell);

  // ---------------------------------------------------------------- the file

  function pick() {
    const input = document.createElement("input");
    input.type = "file";
    input.addEventListener("change", () => input.files.length && quietly(() => send(input.files[0])));
    input.click();
  }

  async function send(file) {
    if (sending) return;
    const mine = (sending = { stopped: false });
    const zone = document.querySelector(".drop");
    zone.classList.add("busy");
    document.querySelector(".drop-error").textContent = "";
    let id = "";
    try {
      const begun = await ask("POST", "/uploads", { name: file.name, size: file.size });
      id = begun.id;
      let at = 0;
      while (at < file.size && !mine.stopped) {
        at = await piece(id, file, at, begun.piece);
        show(at / file.size);
      }
      if (mine.stopped) await ask("DELETE", `/uploads/${id}`);
      else look(id);
    } catch (error) {
      if (id) await ask("DELETE", `/uploads/${id}`).catch(() => {});
      throw error;
    } finally {
      sending = null;
      zone.classList.remove("busy");
      show(0);
    }
  }

  /** Send one piece, again where the line broke; returns how many bytes the server has. */
  async function piece(id, file, at, size) {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return (await ask("PUT", `/uploads/${id}?offset=${at}`, file.slice(at, at + size))).received;
      } catch (error) {
        if (error.status || attempt === TRIES) throw error;
        await wait(RETRY_MS * attempt);
      }
    }
  }

  function show(share) {
    const bar = document.querySelector(".drop-busy .meter > span");
    if (bar) bar.style.width = (100 * share).toFixed(1) + "%";
  }

  // ---------------------------------------------------------------- what the buttons ask

  /** Read the choices from the page: table, coordinates, and each drop-down changed or set by hand. */
  function choices(table) {
    const columns = {};
    for (const select of document.querySelectorAll('[data-choose="column"]')) {
      if (select.dataset.hand || select.dataset.changed) columns[select.dataset.name] = select.value;
    }
    const pressed = document.querySelector('[data-do="table"][aria-pressed="true"]');
    const system = document.querySelector('[data-choose="crs"]');
    return {
      table: table || (pressed ? pressed.dataset.value : ""),
      crs: system ? system.value : "",
      columns,
    };
  }

  async function choose(upload, table) {
    await ask("POST", `/uploads/${upload}/choose`, choices(table));
    look(upload);
  }

  const acts = {
    pick: async () => pick(),
    stop: async () => {
      if (sending) sending.stopped = true;
    },
    table: async ({ upload, value }) => choose(upload, value),
    change: async ({ upload }) => {
      await ask("POST", `/uploads/${upload}/forget`, {});
      look(upload);
    },
    judge: async ({ upload }) => begin(upload, "judge", {}),
    take: async ({ upload }) => begin(upload, "take", { replace: false }),
    replace: async ({ upload }) => begin(upload, "take", { replace: true }),
    drop: async ({ upload }) => {
      await ask("DELETE", `/uploads/${upload}`).catch((error) => {
        if (error.status !== 404) throw error;
      });
      look("");
    },
    undo: async ({ batch }) => {
      await ask("POST", `/batches/${batch}/undo`, {});
      look(open());
    },
    build: async () => {
      await ask("POST", "/build", {});
      look(open());
    },
  };

  /** The upload that is open on the page, '' for none. */
  function open() {
    const part = document.querySelector(".intake [data-upload]");
    return part ? part.dataset.upload : "";
  }

  async function begin(upload, what, body) {
    await ask("POST", `/uploads/${upload}/${what}`, body);
    look(upload);
  }

  // ---------------------------------------------------------------- long work

  /** Follow the bars on the page until what they stand for has ended. */
  async function watch() {
    const bars = document.querySelectorAll("[data-watch]");
    for (const bar of bars) {
      const name = bar.dataset.watch;
      const job = name === "build" ? await ask("GET", "/build") : (await ask("GET", `/uploads/${name}`)).job;
      if (job.state === "running") follow(bar, name, job);
      else if (name === "build" && job.state === "done") window.location.reload();
      else look(name === "build" ? open() : name);
    }
  }

  function follow(bar, name, job) {
    const words = bar.querySelector(".meter-words");
    if (name === "build") bar.querySelector(".meter > span").style.width = (100 * job.amount).toFixed(1) + "%";
    else words.textContent = bar.dataset.words.replace("{rows}", job.amount.toLocaleString("en"));
  }

  async function keepWatch() {
    window.clearTimeout(watching);
    // A server that is away for a moment is asked again; the page says so elsewhere.
    await watch().catch(() => {});
    watching = window.setTimeout(keepWatch, WATCH_MS);
  }

  // ---------------------------------------------------------------- events

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button && !button.disabled) {
      // Once is enough: the page is drawn anew when the server has answered.
      button.disabled = true;
      quietly(() => acts[button.dataset.do]({ ...button.dataset })).finally(() => (button.disabled = false));
    }
    for (const asked of document.querySelectorAll("details.confirm[open]")) {
      if (!asked.contains(event.target)) asked.open = false;
    }
  });
  document.addEventListener("change", (event) => {
    const select = event.target.closest("select[data-choose]");
    if (!select) return;
    select.dataset.changed = "1";
    quietly(() => choose(select.dataset.upload));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const asked of document.querySelectorAll("details.confirm[open]")) {
      asked.open = false;
      asked.querySelector("summary").focus();
    }
  });
  for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
    document.addEventListener(name, (event) => {
      const zone = event.target.closest && event.target.closest(".drop");
      if (!zone || !event.dataTransfer) return;
      event.preventDefault();
      zone.classList.toggle("over", name === "dragenter" || name === "dragover");
      const [file] = event.dataTransfer.files;
      if (name === "drop" && file) quietly(() => send(file));
    });
  }
  keepWatch();
})((window.tm = window.tm || {}));
