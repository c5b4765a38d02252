/**
 * Painting values: classes from codes, fills and the four looks of what is absent.
 */
(function (tm) {
  "use strict";

  const BATCH = 48; // hexagons a path; one big path per colour is ten times slower
  const EDGE = 0.5; // half the 1 px gap between cells, where the land shows
  const ALPHA = { scarcity: { light: 0.88, dark: 0.92 }, other: { light: 0.82, dark: 0.82 } };
  const HEAT_ALPHA = 0.72;
  const OVER_TILES = 0.66; // so that streets can be made out under the cells
  const CODE_STATES = {
    65535: tm.MISSING,
    65534: tm.SUPPRESSED,
    65533: tm.INSUFFICIENT,
    65532: tm.NOTHING,
    65531: tm.ZERO,
  };

  /** The value a code stands for, by the header of the answer. */
  function valueOf(head, code) {
    const linear = head.a + head.b * code;
    return head.scale === "log" ? Math.exp(linear) : linear;
  }

  /** Index of a value's class; the lower edge belongs to the class. */
  function classOf(value, breaks) {
    let i = 0;
    while (i < breaks.length && value >= breaks[i]) i += 1;
    return i;
  }

  /** Class of every cell of an answer. */
  function classify(head, codes, breaks) {
    const table = new Uint8Array(65536).fill(tm.NOTHING);
    const classes = new Uint8Array(codes.length);
    for (let i = 0; i < codes.length; i += 1) {
      const code = codes[i];
      if (table[code] === tm.NOTHING) table[code] = classOfCode(head, code, breaks);
      classes[i] = table[code];
    }
    return classes;
  }

  function classOfCode(head, code, breaks) {
    if (code in CODE_STATES) return CODE_STATES[code];
    const value = valueOf(head, code);
    return value === 0 && !head.change ? tm.ZERO : classOf(value, breaks);
  }

  /** Fill opacity of a layer's classes. */
  function alphaOf(spec) {
    const { opacity } = tm.look();
    if (opacity !== null) return opacity;
    if (tm.basemap.on()) return OVER_TILES;
    if (spec.heat) return HEAT_ALPHA;
    return ALPHA[spec.layer.palette === "scarcity" ? "scarcity" : "other"][tm.theme.get()];
  }

  // ------------------------------------------------------------ patterns

  /** A repeating 5 px picture: dots for suppressed, a 45° hatch for missing. */
  function pattern(context, view, state) {
    const size = 5;
    const tile = document.createElement("canvas");
    const scale = Math.max(1, Math.round(view.dpr * 2)); // sharp at every device pixel ratio
    tile.width = tile.height = size * scale;
    const c = tile.getContext("2d");
    c.scale(scale, scale);
    if (state === tm.SUPPRESSED) {
      c.fillStyle = tm.css("state-dot");
      c.beginPath();
      c.arc(size / 2, size / 2, 1.05, 0, 2 * Math.PI);
      c.fill();
    } else {
      c.strokeStyle = tm.css("state-hatch");
      c.globalAlpha = 0.85;
      c.lineWidth = 1;
      c.beginPath();
      for (const d of [-size, 0, size]) {
        c.moveTo(d - 1, size + 1);
        c.lineTo(d + size + 1, -1);
      }
      c.stroke();
    }
    const made = context.createPattern(tile, "repeat");
    // Tied to the ground, so that the pattern does not swim under a pan.
    const shift = new DOMMatrix().translate(-(view.left % size), -(view.top % size));
    made.setTransform(shift.scale(1 / scale));
    return made;
  }

  /** Set the style of a class and tell how it is drawn: "fill", "stroke" or "" (not at all). */
  function use(context, view, spec, colours, klass, apothem = Infinity) {
    context.globalAlpha = 1;
    if (klass < colours.length) {
      context.globalAlpha = alphaOf(spec);
      context.fillStyle = colours[klass];
    } else if (klass === tm.ZERO) {
      context.fillStyle = tm.css("zero");
    } else if (klass === tm.INSUFFICIENT) {
      context.strokeStyle = tm.css("state-line");
      context.lineWidth = Math.min(0.9, apothem * 0.09); // small cells would be all outline
      return "stroke";
    } else if (klass === tm.SUPPRESSED || klass === tm.MISSING) {
      context.globalAlpha = klass === tm.SUPPRESSED && (spec.arcs || spec.heat) ? 0.6 : 1;
      context.fillStyle = pattern(context, view, klass);
    } else return "";
    return "fill";
  }

  // ------------------------------------------------------------ hexagons

  /** Order the cells in view by class (counting sort), and count those inside the window. */
  function sortByClass(chunks, grid, classes, view) {
    const offsetX = grid.originX * view.k - view.left;
    const offsetY = grid.originY * view.k - view.top;
    const lists = new Map();
    const counts = new Uint32Array(256);
    chunks.forEach((chunk, c) => {
      const n = chunk.end - chunk.start;
      for (let i = 0; i < n; i += 1) {
        const x = chunk.centre[2 * i] * view.k + offsetX;
        const y = chunk.centre[2 * i + 1] * view.k + offsetY;
        const margin = 100;
        if (x < -margin || y < -margin || x > view.width + margin || y > view.height + margin) continue;
        const klass = classes[chunk.start + i];
        if (!lists.has(klass)) lists.set(klass, []);
        lists.get(klass).push(c, i);
        if (x >= view.padX && y >= view.padY && x <= view.width - view.padX
          && y <= view.height - view.padY) counts[klass] += 1;
      }
    });
    return { lists, counts, offsetX, offsetY };
  }

  /**
   * Paint the cells of a picture {grid, classes, colours, spec}, of classes from `least` on.
   * @returns {Uint32Array} how many cells of each class lie inside the window
   */
  function cells(context, view, picture, least = 0) {
    const { grid, classes, colours, spec } = picture;
    const chunks = grid.inView(view);
    const sorted = sortByClass(chunks, grid, classes, view);
    const apothem = apothemOf(chunks, view);
    // A little smaller, so that the land shows as a 1 px edge, at any size.
    const shrink = apothem ? 1 - Math.min(EDGE, apothem * 0.08) / apothem : 1;
    for (const [klass, list] of sorted.lists) {
      const how = klass < least ? "" : use(context, view, spec, colours, klass, apothem);
      if (how) batches(context, view, chunks, list, sorted, shrink, how);
    }
    context.globalAlpha = 1;
    return sorted.counts;
  }

  /** Half the width of a cell in px; 0 where none is in view. */
  function apothemOf(chunks, view) {
    const chunk = chunks.find((one) => one.end > one.start);
    if (!chunk) return 0;
    const dx = chunk.corners[0] - chunk.centre[0];
    const dy = chunk.corners[1] - chunk.centre[1];
    return Math.hypot(dx, dy) * view.k * 0.866;
  }

  function batches(context, view, chunks, list, offset, shrink, how) {
    const k = view.k;
    for (let from = 0; from < list.length; from += 2 * BATCH) {
      const to = Math.min(list.length, from + 2 * BATCH);
      context.beginPath();
      for (let at = from; at < to; at += 2) {
        const chunk = chunks[list[at]];
        const i = list[at + 1];
        const { corners, centre } = chunk;
        const cx = centre[2 * i] * k + offset.offsetX;
        const cy = centre[2 * i + 1] * k + offset.offsetY;
        const ks = k * shrink;
        for (let v = chunk.first[i]; v < chunk.first[i + 1]; v += 2) {
          const x = cx + (corners[v] - centre[2 * i]) * ks;
          const y = cy + (corners[v + 1] - centre[2 * i + 1]) * ks;
          if (v === chunk.first[i]) context.moveTo(x, y);
          else context.lineTo(x, y);
        }
        context.closePath();
      }
      context[how]();
    }
  }

  tm.paint = {
    ZERO_CODE: 65531, alphaOf, apothemOf, valueOf, classOf, classify, use, cells, CODE_STATES,
  };
})(window.tm);
