/**
 * The hover card: at once what the map itself knows, then the server's words.
 */
(function (tm) {
  "use strict";

  const WAIT_MS = 110;
  const WIDTH = 232;
  let card = null;
  let timer = 0;
  let shown = "";

  /** The server's words about a place: {title, status, value, text, unit, interval, rows}. */
  function ask(spec, place) {
    const [kind, code] = tm.marks.parts(place);
    const level = kind === "cell" ? "cell" + h3.getResolution(code) : kind;
    const url = `/api/hover/${spec.release}`
      + tm.data.join(spec.query, { level, place, lang: spec.language, ...versusOf(spec) });
    return tm.data.json(url);
  }

  function versusOf(spec) {
    return spec.versus ? { versus: spec.versus } : {};
  }

  /** Rows about the other month: one line beside a value, both values where the months are compared. */
  function sinceRows(spec, answer) {
    if (!answer || !answer.change) return [];
    return spec.compare ? answer.both : [answer.since];
  }

  /** What the map knows by itself of what is under a point of the window; null for nothing. */
  function under(pixel, isCursor) {
    if (isCursor) return underField(pixel); // the keyboard goes along the places themselves
    const stop = tm.lines.hit(pixel);
    if (stop) return { place: "", title: stop.name, text: stop.text, klass: null, point: true };
    const arc = tm.arcs.hit(pixel);
    if (arc) return { place: "", title: arc.name || arc.title, text: arc.text, unit: tm.word("persons"), klass: null, point: true };
    const point = tm.points.hit(pixel);
    if (point) return underPoint(point);
    return underField(pixel);
  }

  function underField(pixel) {
    const { map, spec, picture } = tm;
    const { lat, lng } = map.containerPointToLatLng(pixel);
    if (tm.colours(spec) === "cell") return picture && picture.grid ? underCell(picture, lat, lng) : null;
    return underArea(spec, picture, lat, lng);
  }

  function underPoint(point) {
    if (point.id) return { place: "enterprise:" + point.id, title: point.name, text: point.text, klass: null, point: true };
    const title = tm.number(point.n, "count") + " " + tm.word("enterprises");
    const text = tm.number(point.openings, "count") + " " + tm.word("openings");
    return { place: "", title, text, klass: null, point: true, cluster: point };
  }

  function underCell(picture, lat, lon) {
    const { cell, index } = picture.grid.at(lat, lon);
    if (index < 0) return null;
    const district = tm.areas.at("district", lat, lon);
    const title = tm.word("cell") + (district ? " · " + tm.areas.nameOf(district) : "");
    const klass = picture.classes[index];
    const value = tm.paint.valueOf(picture.head, picture.codes[index]);
    return { place: "cell:" + cell, title, klass, text: textOf(picture, klass, value), index };
  }

  function underArea(spec, picture, lat, lon) {
    const place = tm.areas.at(spec.level, lat, lon) || (spec.level === "park" ? tm.areas.at("district", lat, lon) : null);
    if (!place) return null;
    const row = picture && picture.rows ? picture.rows.get(place.code) : null;
    const klass = row && place.kind === picture.areaKind ? picture.classes.get(place.code) : null;
    return { place: place.kind + ":" + place.code, title: tm.areas.nameOf(place), klass, text: row ? row.text || textOf(picture, klass, row.value) : "" };
  }

  function textOf(picture, klass, value) {
    if (klass === tm.NOTHING) return ""; // land: the server has the words
    const state = { [tm.INSUFFICIENT]: "insufficient", [tm.SUPPRESSED]: "suppressed", [tm.MISSING]: "missing" }[klass];
    return state ? tm.word(state) : tm.number(value, picture.kind);
  }

  // ------------------------------------------------------------ the card

  function body(local, answer) {
    const { picture, spec } = tm;
    const isState = local.klass !== null && local.klass >= tm.INSUFFICIENT && local.klass !== tm.NOTHING;
    const colour = picture && picture.colours ? picture.colours[local.klass] : null;
    const swatch = local.klass === null || local.klass === undefined || local.klass === tm.NOTHING ? null
      : isState || local.klass === tm.ZERO ? tm.legend.hexagon(local.klass, "")
        : tm.el("i", { class: "tm-swatch", style: `background:${colour}` });
    const isChange = spec.compare === "diff" && !local.point;
    const said = isChange && answer && answer.change ? answer.change : answer;
    const text = said && !local.point ? said.text || local.text : local.text;
    const unit = isState ? "" : local.unit || (local.point ? "" : (said && said.unit) || spec.layer.unit);
    const interval = (!isChange && answer && answer.interval) || "";
    const rows = [...sinceRows(spec, answer), ...((answer && answer.rows) || [])].map(([label, value]) => tm.el("div", { class: "tm-row" },
      tm.el("span", {}, label), tm.el("b", { class: signOf(value) }, value)));
    const word = isState || /[^\d.,%+−–\s万]/.test(text || "");
    return [
      tm.el("div", { class: "tm-hover-title" }, (answer && answer.title) || local.title),
      tm.el("div", { class: "tm-hover-value" }, swatch,
        tm.el("strong", { class: word ? "tm-hover-word" : null }, text || ""),
        tm.el("span", {}, word ? "" : unit || ""), tm.el("span", { class: "tm-interval" }, interval)),
      rows.length ? tm.el("div", { class: "tm-rows" }, ...rows) : null,
    ].filter(Boolean);
  }

  function signOf(value) {
    return /^▲/.test(value) ? "tm-up" : /^▼/.test(value) ? "tm-down" : null;
  }

  /** Place the card 22 right of and 34 above the place, inside the window, off the chip. */
  function put(map, at) {
    const frame = map.getContainer().getBoundingClientRect();
    const height = card.offsetHeight;
    const room = (left, top) => left >= 8 && left + WIDTH <= frame.width - 8 && top >= 8 && top + height <= frame.height - 8;
    const right = at.x + 22;
    const left = at.x - 22 - WIDTH;
    const top = Math.max(8, Math.min(frame.height - height - 8, at.y - 34));
    const choices = [[right, top], [left, top], [right, at.y + 22], [left, at.y + 22],
      [right, at.y - height - 22], [left, at.y - height - 22]];
    const chip = tm.labels.chipBox();
    const meetsChip = ([x, y]) => chip && x < chip.right - frame.left + 6 && x + WIDTH > chip.left - frame.left - 6
      && y < chip.bottom - frame.top + 6 && y + height > chip.top - frame.top - 6;
    const free = choices.find((c) => room(c[0], c[1]) && !meetsChip(c))
      || choices.find((c) => room(c[0], c[1])) || [Math.max(8, left), top];
    card.style.transform = `translate(${Math.round(free[0])}px, ${Math.round(free[1])}px)`;
  }

  /** Show the card for a point of the window; `null` hides it. */
  function show(pixel, isCursor) {
    const local = pixel && tm.spec ? under(pixel, isCursor) : null;
    if (!local) {
      hide();
      return null;
    }
    const key = local.place || local.title + local.text;
    tm.marks.hover(local.place);
    const at = local.point ? pixel : anchorOf(local.place, pixel);
    if (key !== shown) {
      shown = key;
      fill(local, null, at);
      window.clearTimeout(timer);
      if (local.place) timer = window.setTimeout(() => complete(key, local, at), WAIT_MS);
    } else if (!local.place || !local.place.startsWith("cell:")) put(tm.map, at);
    return local;
  }

  /** A hexagon's card hangs on the hexagon; that of a larger place follows the pointer. */
  function anchorOf(place, pixel) {
    if (!place.startsWith("cell:")) return pixel;
    const [lat, lng] = h3.cellToLatLng(place.slice(5));
    return tm.map.latLngToContainerPoint([lat, lng]);
  }

  async function complete(key, local, at) {
    try {
      const answer = await ask(tm.spec, local.place);
      if (shown === key) fill(local, answer, at);
    } catch (error) {
      if (shown !== key) return;
      // A place the viewer may not see in detail is no failure of the map: the card says so.
      if (error.refused) {
        fill(local, { rows: [["", tm.notice.refusal(error)]] }, at);
      } else tm.notice.failed(error, () => complete(key, local, at));
    }
  }

  function fill(local, answer, at) {
    const map = tm.map;
    if (!card || !card.isConnected) {
      card = tm.el("div", { class: "tm-hover", role: "status" });
      map.getContainer().append(card);
    }
    card.replaceChildren(...body(local, answer));
    card.classList.add("tm-shown");
    put(map, at);
  }

  function hide() {
    window.clearTimeout(timer);
    shown = "";
    tm.marks.hover("");
    if (card) card.classList.remove("tm-shown");
  }

  tm.hover = { show, hide, under };
})(window.tm);
