/**
 * The map as a picture: painted anew at twice the size of the screen, with the sentence as its
 * title, the legend, month, release, source and the mark of demo data. Nothing covers the map:
 * the words stand above and below it.
 */
(function (tm) {
  "use strict";

  const SCALE = 2;
  const PAD = 24;
  const HEAD = 76;
  const FOOT = 150;
  const LEGEND = 420;
  const GAP = 4;
  const STATES = ["zero", "insufficient", "suppressed", "missing"];
  const font = (size, weight = 400) => `${weight} ${size}px ${tm.labels.FONT}`;

  /** Draw the picture and return its canvas. */
  function draw(words) {
    const view = { ...tm.stage.view(), dpr: SCALE };
    const [width, height] = [Math.max(view.innerWidth, 760), view.innerHeight];
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(width * SCALE);
    canvas.height = Math.round((HEAD + height + FOOT) * SCALE);
    const c = canvas.getContext("2d");
    c.scale(SCALE, SCALE);
    c.fillStyle = tm.css("surface");
    c.fillRect(0, 0, width, HEAD + height + FOOT);
    head(c, width, words);
    c.save();
    c.beginPath();
    c.rect(0, HEAD, width, height);
    c.clip();
    c.fillStyle = tm.css("ground");
    c.fillRect(0, HEAD, width, height);
    c.drawImage(painted(view), -view.padX + (width - view.innerWidth) / 2, HEAD - view.padY, view.width, view.height);
    c.translate((width - view.innerWidth) / 2, HEAD);
    marks(c, view);
    labels(c);
    chip(c);
    c.restore();
    foot(c, width, HEAD + height, words);
    return canvas;
  }

  /** Both canvases of the stage, painted at the size of the picture. */
  function painted(view) {
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(view.width * SCALE);
    canvas.height = Math.round(view.height * SCALE);
    const layer = document.createElement("canvas");
    const whole = canvas.getContext("2d");
    for (const name of ["field", "flow"]) {
      layer.width = canvas.width; // also wipes it
      layer.height = canvas.height;
      const c = layer.getContext("2d");
      c.setTransform(SCALE, 0, 0, SCALE, 0, 0);
      for (const { paint } of tm.stage.painters(name)) {
        c.save();
        paint(c, view);
        c.restore();
      }
      whole.drawImage(layer, 0, 0);
    }
    return canvas;
  }

  /** The outline of what is selected; not of what the pointer happens to be on. */
  function marks(c, view) {
    for (const node of tm.stage.marks().querySelectorAll("path, circle")) {
      if (/hovered/.test(node.getAttribute("class") || "")) continue;
      const style = window.getComputedStyle(node);
      c.save();
      c.translate(-view.padX, -view.padY);
      const shape = node.tagName === "path" ? new Path2D(node.getAttribute("d")) : circle(node);
      if (style.fill !== "none") {
        c.fillStyle = style.fill;
        c.globalAlpha = Number(style.fillOpacity);
        c.fill(shape);
        c.globalAlpha = 1;
      }
      if (style.stroke !== "none") {
        c.strokeStyle = style.stroke;
        c.lineWidth = parseFloat(style.strokeWidth);
        c.lineJoin = "round";
        if (style.strokeDasharray !== "none") c.setLineDash(style.strokeDasharray.split(/[ ,]+/).map(parseFloat));
        c.stroke(shape);
      }
      c.restore();
    }
  }

  function circle(node) {
    const path = new Path2D();
    const at = (name) => Number(node.getAttribute(name));
    path.arc(at("cx"), at("cy"), at("r"), 0, 2 * Math.PI);
    return path;
  }

  function labels(c) {
    for (const node of tm.stage.labelPane().querySelectorAll(".tm-label-sheet text")) {
      const style = window.getComputedStyle(node);
      const number = node.querySelector("tspan");
      const name = node.firstChild.textContent;
      const face = `${style.fontWeight} ${style.fontSize} ${tm.labels.FONT}`;
      const small = number ? `400 ${style.fontSize} ${tm.labels.FONT}` : "";
      c.font = face;
      const first = c.measureText(name).width;
      c.font = small || face;
      const second = number ? GAP + c.measureText(number.textContent).width : 0;
      const x = Number(node.getAttribute("x")) - (first + second) / 2;
      const y = Number(node.getAttribute("y"));
      haloed(c, name, x, y, face, style);
      if (number) haloed(c, number.textContent, x + first + GAP, y, small, window.getComputedStyle(number));
    }
  }

  function haloed(c, text, x, y, face, style) {
    c.font = face;
    c.textAlign = "left";
    c.textBaseline = "middle";
    c.lineJoin = "round";
    c.lineWidth = parseFloat(style.strokeWidth) || 3.5;
    c.strokeStyle = tm.css("halo");
    c.strokeText(text, x, y);
    c.fillStyle = style.fill;
    c.fillText(text, x, y);
  }

  /** The name and value of what is selected. */
  function chip(c) {
    const node = document.querySelector("#map .tm-chip");
    if (!node) return;
    const [left, top, width] = ["left", "top", "width"].map((name) => parseFloat(node.style[name]));
    c.fillStyle = tm.css("accent");
    c.beginPath();
    c.roundRect(left, top, width, 24, 4);
    c.fill();
    c.fillStyle = tm.css("on-accent");
    c.font = font(13, 600);
    c.textAlign = "center";
    c.textBaseline = "middle";
    c.fillText([...node.children].map((one) => one.textContent).join("  "), left + width / 2, top + 12.5);
  }

  // ---------------------------------------------------------------- words round the map

  function head(c, width, words) {
    c.textAlign = "left";
    c.textBaseline = "alphabetic";
    c.fillStyle = tm.css("ink");
    const room = width - 2 * PAD - (words.mark ? 150 : 0);
    let size = 20;
    do c.font = font(size, 600); while (c.measureText(words.title).width > room && (size -= 1) > 12);
    c.fillText(words.title, PAD, 36, room);
    const [evidence] = [document.querySelector(".story .headline")];
    c.font = font(13);
    c.fillStyle = tm.css("ink-2");
    c.fillText(evidence ? evidence.textContent : "", PAD, 60, room);
    if (words.mark) markNode(c, width, words.mark);
  }

  function markNode(c, width, text) {
    c.font = font(13, 500);
    const wide = c.measureText(text).width + 16;
    c.strokeStyle = tm.css("line-strong");
    c.lineWidth = 1;
    c.beginPath();
    c.roundRect(width - PAD - wide, 20, wide, 26, 4);
    c.stroke();
    c.fillStyle = tm.css("ink-2");
    c.fillText(text, width - PAD - wide + 8, 38);
  }

  function foot(c, width, top, words) {
    if (tm.picture) legend(c, top + 18, Math.min(LEGEND, width - 2 * PAD));
    const left = PAD + LEGEND + 40;
    c.textAlign = "left";
    c.textBaseline = "alphabetic";
    c.font = font(12);
    c.fillStyle = tm.css("ink-2");
    [words.release, words.source].forEach((text, i) => c.fillText(text, left, top + 32 + 20 * i, width - left - PAD));
    scaleBar(c, left, top + 92);
  }

  function legend(c, top, width) {
    const { picture } = tm;
    const { layer } = picture.spec;
    const colours = picture.colours || [];
    c.textAlign = "left";
    c.textBaseline = "alphabetic";
    c.fillStyle = tm.css("ink");
    c.font = font(14, 600);
    c.fillText(layer.title, PAD, top + 12);
    const used = c.measureText(layer.title).width + 10;
    c.font = font(12);
    c.fillStyle = tm.css("ink-2");
    c.fillText([layer.unit, layer.how].filter(Boolean).join(tm.language() === "en" ? ", " : "，"), PAD + used, top + 12, width - used);
    const each = width / Math.max(1, colours.length);
    colours.forEach((colour, i) => {
      c.fillStyle = colour;
      c.fillRect(PAD + i * each, top + 24, each + 0.5, 14);
    });
    c.fillStyle = tm.css("ink");
    c.textAlign = "center";
    picture.breaks.forEach((edge, i) => {
      const x = PAD + (i + 1) * each;
      c.fillRect(x - 0.5, top + 34, 1, 7);
      c.fillText(tm.edge(edge, picture.kind), x, top + 54);
    });
    ends(c, layer, top + 72, width);
    states(c, top + (layer.ends ? 84 : 70), width);
  }

  function ends(c, layer, y, width) {
    if (!layer.ends) return;
    c.fillStyle = tm.css("ink-2");
    layer.ends.forEach((text, i) => {
      c.textAlign = ["left", "center", "right"][i];
      c.fillText(text, PAD + (i * width) / 2, y);
    });
  }

  /** The four looks of what is absent, as the legend has them. */
  function states(c, top, width) {
    const each = width / STATES.length;
    STATES.forEach((name, i) => {
      const x = PAD + i * each;
      c.save();
      c.translate(x, top + 2);
      state(c, name);
      c.restore();
      c.fillStyle = tm.css("ink-2");
      c.textAlign = "left";
      c.font = font(12);
      c.fillText(tm.word(name), x + 22, top + 15, each - 26);
    });
  }

  function state(c, name) {
    const path = new Path2D("M8 .8 14.2 4.4V11.6L8 15.2 1.8 11.6V4.4Z");
    c.lineWidth = name === "insufficient" ? 0.9 : 0.5;
    c.strokeStyle = tm.css("state-line");
    if (name === "zero") {
      c.fillStyle = tm.css("zero");
      c.fill(path);
    }
    c.stroke(path);
    c.clip(path);
    c.strokeStyle = c.fillStyle = tm.css(name === "missing" ? "state-hatch" : "state-dot");
    if (name === "suppressed") {
      for (let x = 1.8; x < 16; x += 3.6) for (let y = 1.8; y < 16; y += 3.6) {
        c.beginPath();
        c.arc(x, y, 0.9, 0, 2 * Math.PI);
        c.fill();
      }
    } else if (name === "missing") {
      c.lineWidth = 1;
      c.beginPath();
      for (let d = -16; d < 16; d += 5.2) {
        c.moveTo(d, 16);
        c.lineTo(d + 16, 0);
      }
      c.stroke();
    }
  }

  function scaleBar(c, x, y) {
    const node = document.querySelector(".tm-scale");
    const bar = node ? node.querySelector("i") : null;
    if (!bar) return;
    const wide = bar.getBoundingClientRect().width;
    c.strokeStyle = c.fillStyle = tm.css("ink-2");
    c.lineWidth = 1;
    c.beginPath();
    c.moveTo(x, y);
    c.lineTo(x, y + 6);
    c.lineTo(x + wide, y + 6);
    c.lineTo(x + wide, y);
    c.stroke();
    c.textAlign = "left";
    c.font = font(12);
    c.fillText(node.textContent, x + wide + 8, y + 8);
  }

  // ---------------------------------------------------------------- the file

  async function save(button) {
    const words = JSON.parse(button.dataset.picture);
    await document.fonts.ready;
    const blob = await new Promise((done) => draw(words).toBlob(done, "image/png"));
    if (!blob) throw new Error(words.failed);
    const address = URL.createObjectURL(blob);
    tm.el("a", { href: address, download: words.file }).click();
    window.setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-picture]");
    if (button) save(button).catch((error) => tm.notice.failed(error, () => save(button)));
  });
  tm.mapPicture = draw;
})((window.tm = window.tm || {}));
