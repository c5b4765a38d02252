/**
 * Reading from the server: one cache of answers, one place where failures are told apart.
 *
 * A release in the path makes an answer immutable, so what was read once is kept. A failed answer
 * is never kept.
 */
(function (tm) {
  "use strict";

  const KEPT_ANSWERS = 120;
  const SLOW_MS = 1000;
  const GONE = 410; // the release is no longer served
  const answers = new Map();
  let open = 0;
  let slowTimer = 0;

  /** A failure to read. `status` is the HTTP status, 0 where the server was not reached. */
  class ReadError extends Error {
    constructor(status, message, url, incident) {
      super(message);
      this.incident = incident || ""; // the number an administrator can look up
      this.status = status;
      this.url = url;
      /** The server answered that this may not or cannot be had; asking again changes nothing. */
      this.refused = status >= 400 && status < 500 && status !== GONE;
    }
  }

  async function request(url) {
    let response;
    try {
      response = await fetch(url, { credentials: "same-origin" });
    } catch (cause) {
      throw new ReadError(0, String(cause), url);
    }
    if (response.ok) return response;
    const body = await response.json().catch(() => ({}));
    throw new ReadError(response.status, body.error || response.statusText, url, body.incident);
  }

  function remembered(url, decode) {
    if (answers.has(url)) {
      const kept = answers.get(url);
      answers.delete(url); // the newest used goes last
      answers.set(url, kept);
      return kept;
    }
    started();
    const promise = request(url).then(decode).finally(finished);
    promise.catch(() => answers.delete(url));
    answers.set(url, promise);
    if (answers.size > KEPT_ANSWERS) answers.delete(answers.keys().next().value);
    return promise;
  }

  function started() {
    open += 1;
    if (open === 1) slowTimer = window.setTimeout(() => tm.notice.slow(true), SLOW_MS);
  }

  function finished() {
    open -= 1;
    if (open > 0) return;
    window.clearTimeout(slowTimer);
    tm.notice.slow(false);
  }

  /** Join a question's query with more parameters. */
  function join(query, extra) {
    const params = new URLSearchParams(query);
    for (const [name, value] of Object.entries(extra)) params.set(name, value);
    return tm.queryText(params);
  }

  tm.data = {
    ReadError,
    GONE,
    join,
    /** JSON of an address, kept. */
    json: (url) => remembered(url, (response) => response.json()),

    /** The sorted cells of a resolution: low and high halves of the 64-bit ids. */
    cells: (release, resolution) =>
      remembered(`/api/cells/${release}/${resolution}`, async (response) => {
        const halves = new Uint32Array(await response.arrayBuffer());
        const n = halves.length / 2;
        const low = new Uint32Array(n);
        const high = new Uint32Array(n);
        for (let i = 0; i < n; i += 1) {
          low[i] = halves[2 * i];
          high[i] = halves[2 * i + 1];
        }
        return { n, low, high };
      }),

    /** Codes of a question in the order of the cells, with the header that explains them. */
    values: (release, resolution, query) =>
      remembered(
        `/api/values/${release}/${resolution}` + join(query, { level: "cell" + resolution }),
        async (response) => ({
          head: JSON.parse(response.headers.get("X-Talentmap")),
          codes: new Uint16Array(await response.arrayBuffer()),
        }),
      ),

    /** Whether something is still being read. */
    busy: () => open > 0,
  };
})(window.tm);
