/**
 * A smooth surface instead of hexagons: the mean of the cells around, by distance, in the colours
 * of the same classes. What is hidden, too little or missing takes no part and stays drawn as it is.
 */
(function (tm) {
  "use strict";

  const STEP = 6; // px between the nodes that are reckoned
  const REACH = 1.6; // of a cell's width: how far a cell is felt
  const PASSES = 3; // box means one after the other come near a bell
  const SHADES = 256;
  let sheet = null;

  /** Paint a picture's surface and its absent cells; returns the counts per class. */
  function paint(context, view, picture) {
    const nodes = surface(view, picture);
    if (nodes) {
      context.save();
      clipToLand(context, view);
      context.globalAlpha = tm.paint.alphaOf(picture.spec);
      context.imageSmoothingEnabled = true;
      context.imageSmoothingQuality = "high";
      context.drawImage(draw(nodes, picture), 0, 0, nodes.nx * STEP, nodes.ny * STEP);
      context.restore();
    }
    return tm.paint.cells(context, view, picture, tm.INSUFFICIENT);
  }

  /** Nobody lives beyond the border, so no colour goes there. */
  function clipToLand(context, view) {
    const land = tm.areas.list("city").length ? tm.areas.list("city") : tm.areas.list("district");
    if (!land.length) return;
    const all = new Path2D();
    for (const place of land) {
      all.addPath(tm.areas.pathOf(place, view), new DOMMatrix().translate(view.x(place.box[0]), view.y(place.box[1])));
    }
    context.clip(all, "evenodd");
  }

  /** Sums of values and of weights on nodes over the canvas, spread by distance. */
  function surface(view, picture) {
    const { grid, head, codes, kind } = picture;
    const chunks = grid.inView(view);
    const width = 2 * tm.paint.apothemOf(chunks, view);
    if (!width) return null;
    const nx = Math.ceil(view.width / STEP) + 1;
    const ny = Math.ceil(view.height / STEP) + 1;
    const sums = new Float32Array(nx * ny);
    const weights = new Float32Array(nx * ny);
    for (const chunk of chunks) {
      for (let i = 0; i < chunk.end - chunk.start; i += 1) {
        const code = codes[chunk.start + i];
        if (code in tm.paint.CODE_STATES && code !== tm.paint.ZERO_CODE) continue;
        const x = view.x(chunk.centre[2 * i] + grid.originX) / STEP;
        const y = view.y(chunk.centre[2 * i + 1] + grid.originY) / STEP;
        if (x < 0 || y < 0 || x >= nx - 1 || y >= ny - 1) continue;
        const value = code === tm.paint.ZERO_CODE ? 0 : tm.paint.valueOf(head, code);
        // A ratio and its inverse are the same distance from 1.
        add(sums, weights, nx, x, y, kind === "ratio" ? Math.log(Math.max(value, 0.05)) : value);
      }
    }
    const radius = Math.max(1, Math.round((REACH * width) / STEP / PASSES));
    for (let pass = 0; pass < PASSES; pass += 1) {
      spread(sums, nx, ny, radius);
      spread(weights, nx, ny, radius);
    }
    const full = (STEP * STEP) / (0.866 * width * width); // weight where cells leave no gap
    return { sums, weights, nx, ny, full };
  }

  function add(sums, weights, nx, x, y, value) {
    const [i, j] = [Math.floor(x), Math.floor(y)];
    const [u, v] = [x - i, y - j];
    const at = j * nx + i;
    for (const [to, share] of [[at, (1 - u) * (1 - v)], [at + 1, u * (1 - v)], [at + nx, (1 - u) * v], [at + nx + 1, u * v]]) {
      sums[to] += share * value;
      weights[to] += share;
    }
  }

  /** The mean over a window of 2·radius + 1 nodes, along rows, then along columns. */
  function spread(field, nx, ny, radius) {
    const line = new Float32Array(Math.max(nx, ny));
    for (let j = 0; j < ny; j += 1) along(field, line, j * nx, 1, nx, radius);
    for (let i = 0; i < nx; i += 1) along(field, line, i, nx, ny, radius);
  }

  function along(field, line, start, stride, n, radius) {
    for (let i = 0; i < n; i += 1) line[i] = field[start + i * stride];
    let sum = 0;
    for (let i = 0; i <= Math.min(radius, n - 1); i += 1) sum += line[i];
    for (let i = 0; i < n; i += 1) {
      field[start + i * stride] = sum / (2 * radius + 1);
      if (i + radius + 1 < n) sum += line[i + radius + 1];
      if (i - radius >= 0) sum -= line[i - radius];
    }
  }

  /** The nodes as a small picture, to be drawn larger. */
  function draw({ sums, weights, nx, ny, full }, picture) {
    if (!sheet) sheet = document.createElement("canvas");
    sheet.width = nx;
    sheet.height = ny;
    const context = sheet.getContext("2d");
    const image = context.createImageData(nx, ny);
    const shades = shadesOf(picture.colours);
    for (let i = 0; i < nx * ny; i += 1) {
      if (weights[i] <= full * 0.02) continue;
      const mean = sums[i] / weights[i];
      const value = picture.kind === "ratio" ? Math.exp(mean) : mean;
      const at = 3 * Math.round(position(value, picture.breaks) * (SHADES - 1));
      image.data[4 * i] = shades[at];
      image.data[4 * i + 1] = shades[at + 1];
      image.data[4 * i + 2] = shades[at + 2];
      image.data[4 * i + 3] = 255 * Math.min(1, weights[i] / (full * 0.45));
    }
    context.putImageData(image, 0, 0);
    return sheet;
  }

  /** Where a value stands between the first and the last class, 0 to 1. */
  function position(value, breaks) {
    const n = breaks.length;
    if (!n) return 0;
    const klass = tm.paint.classOf(value, breaks);
    const low = klass === 0 ? Math.min(0, breaks[0]) : breaks[klass - 1];
    const high = klass === n ? 2 * breaks[n - 1] - (n > 1 ? breaks[n - 2] : 0) : breaks[klass];
    const within = Math.max(0, Math.min(1, (value - low) / (high - low || 1)));
    return (klass + within) / (n + 1);
  }

  /** Colours between the classes' own, each of which stands in the middle of its class. */
  function shadesOf(colours) {
    const all = colours.map((colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)));
    const shades = new Uint8ClampedArray(3 * SHADES);
    for (let i = 0; i < SHADES; i += 1) {
      const at = Math.max(0, Math.min(all.length - 1, (i / (SHADES - 1)) * all.length - 0.5));
      const [from, to] = [all[Math.floor(at)], all[Math.ceil(at)]];
      for (let c = 0; c < 3; c += 1) shades[3 * i + c] = from[c] + (to[c] - from[c]) * (at % 1);
    }
    return shades;
  }

  tm.smooth = { paint, surface, position };
})(window.tm);
