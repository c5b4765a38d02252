"""Maps of a report: hexagons or areas in classes, with legend, scale, north, source and marks."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import cos, floor, log10, radians

import h3
import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.patheffects import withStroke

from talentmap.model.answer import INSUFFICIENT, MISSING, OK, SUPPRESSED
from talentmap.reports.content.model import Area, Floats, Map
from talentmap.reports.fonts import drawable
from talentmap.reports.pictures.style import (
    ABSENT,
    ACCENT,
    DISTRICT,
    INK,
    INK_2,
    INK_3,
    LAND,
    LINE,
    PALETTES,
    WIDTH,
    ZERO,
    bare,
    face,
    figure,
    write,
)
from talentmap.reports.words import digits

_MAP = 0.77  # of the width; the rest is the legend's
_TALLEST = 3.95  # inches
_KM = 111.195  # a degree of latitude
_CLOSE = 3  # a map of fewer areas than this names the places beside them too


@dataclass(frozen=True)
class Plane:
    """Local kilometres: true lengths at the middle of the map."""

    lon: float
    lat: float

    def to_km(self, points: Floats) -> Floats:
        """Return points (lon, lat) as kilometres east and north of the middle."""
        out = np.empty_like(points)
        out[:, 0] = (points[:, 0] - self.lon) * _KM * cos(radians(self.lat))
        out[:, 1] = (points[:, 1] - self.lat) * _KM
        return out


def draw_map(spec: Map) -> Figure:
    """Return a map as a figure."""
    rings = [_outer(spec.focus)] if spec.focus else [_outer(area) for area in spec.areas]
    hexes = _hexagons(spec.cells)
    whole = np.concatenate([*rings, *([hexes.reshape(-1, 2)] if spec.focus else [])])
    (west, south), (east, north) = whole.min(axis=0), whole.max(axis=0)
    plane = Plane((west + east) / 2, (south + north) / 2)
    corners = plane.to_km(np.array([[west, south], [east, north]]))
    reach = (corners[1] - corners[0]) * 0.53
    height = min(_TALLEST, max(2.6, WIDTH * _MAP * reach[1] / reach[0]))
    fig = figure(height + 0.3)
    ax = fig.add_axes((0.0, 0.28 / (height + 0.3), _MAP, height / (height + 0.3)))
    bare(ax)
    ax.set_aspect("equal")
    ax.set_xlim(-reach[0], reach[0])
    ax.set_ylim(-reach[1], reach[1])
    _land(ax, spec, plane)
    if spec.cells:
        _cells(ax, spec, _each(plane, hexes))
    _lines(ax, spec, plane)
    _names(ax, spec, plane)
    _scale_bar(ax, reach, spec)
    _legend(fig, spec)
    return fig


def _hexagons(cells: tuple[str, ...]) -> Floats:
    """Return the corners (cells × 6 × 2) of hexagons; a pentagon repeats its first corner."""
    corners = np.zeros((len(cells), 6, 2))
    for i, cell in enumerate(cells):
        ring = np.array(h3.cell_to_boundary(cell))[:, ::-1]
        corners[i, : len(ring)] = ring[:6]
        corners[i, len(ring) :] = ring[0]
    return corners


def _each(plane: Plane, hexes: Floats) -> Floats:
    return plane.to_km(hexes.reshape(-1, 2)).reshape(hexes.shape)


def _outer(area: Area) -> Floats:
    return np.concatenate(list(area.rings))


def _patch(area: Area, plane: Plane, **style: object) -> PathPatch:
    paths = [Path(plane.to_km(ring), closed=True) for ring in area.rings]
    return PathPatch(Path.make_compound_path(*paths), **style)


def _land(ax: Axes, spec: Map, plane: Plane) -> None:
    own = not spec.cells
    for i, area in enumerate(spec.areas):
        style: dict[str, object] = {"facecolor": LAND, "edgecolor": "none"}
        if own and spec.statuses[i] == OK:
            style["facecolor"] = _fill(spec, float(spec.values[i]))
        elif own and spec.statuses[i] != INSUFFICIENT:
            dots = spec.statuses[i] == SUPPRESSED
            style |= {"hatch": "...." if dots else "////", "edgecolor": ABSENT, "lw": 0}
        ax.add_patch(_patch(area, plane, zorder=1, **style))


def _fill(spec: Map, value: float) -> str:
    if value == 0 and spec.kind in ("count", "ratio"):
        return ZERO
    return PALETTES[spec.palette][int(np.searchsorted(spec.breaks, value, side="right"))]


def _cells(ax: Axes, spec: Map, hexes: Floats) -> None:
    status = np.array(spec.statuses)
    ok = status == OK
    # A hexagon where nobody is stays land: an empty mountain is no zero worth a colour.
    shown = ok & ((spec.values > 0) if spec.kind == "count" else np.ones(len(ok), dtype=bool))
    colours = [_fill(spec, float(v)) for v in spec.values[shown]]
    ax.add_collection(
        PolyCollection(list(hexes[shown]), facecolors=colours, edgecolors="white", lw=0.2, zorder=2)
    )
    for state, style in _STATES.items():
        at = status == state
        if at.any():
            ax.add_collection(PolyCollection(list(hexes[at]), zorder=2, **style))  # type: ignore[arg-type]
    centres = hexes[status == SUPPRESSED].mean(axis=1)
    if len(centres):
        ax.plot(centres[:, 0], centres[:, 1], ".", ms=1.1, color=ABSENT, zorder=3)


_STATES: dict[str, dict[str, object]] = {
    SUPPRESSED: {"facecolors": "#F4F1EA", "edgecolors": "white", "lw": 0.2},
    INSUFFICIENT: {"facecolors": "none", "edgecolors": "#C6CDD3", "lw": 0.25},
    MISSING: {"facecolors": "none", "edgecolors": "#C6CDD3", "lw": 0.2, "hatch": "////"},
}


def _lines(ax: Axes, spec: Map, plane: Plane) -> None:
    rings = [plane.to_km(ring) for area in spec.areas for ring in area.rings]
    ax.add_collection(LineCollection(rings, colors=DISTRICT, linewidths=0.6, zorder=4))
    if spec.focus is not None:
        own = [plane.to_km(ring) for ring in spec.focus.rings]
        ax.add_collection(LineCollection(own, colors="white", linewidths=2.6, zorder=5))
        ax.add_collection(LineCollection(own, colors=ACCENT, linewidths=1.3, zorder=6))


def _names(ax: Axes, spec: Map, plane: Plane) -> None:
    halo = [withStroke(linewidth=2.2, foreground="white")]
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    placed: list[tuple[float, float, float]] = []
    step = (top - bottom) / 30
    for area in spec.areas:
        x, y = plane.to_km(np.array([[area.lon, area.lat]]))[0]
        if not (left < x < right and bottom < y < top):
            continue
        wide = len(area.name) * step * 0.95
        # Two names on one another are read by nobody: the later one moves down, or stays away.
        for shift in (0.0, -1.4, 1.4, -2.8, 2.8):
            at = y + shift * step
            if all(abs(at - b) > 1.3 * step or abs(x - a) > (wide + w) / 2 for a, b, w in placed):
                placed.append((x, at, wide))
                ax.text(x, at, drawable(area.name), fontproperties=face(7.5), color=INK,
                        ha="center", va="center", path_effects=halo, zorder=7)  # fmt: skip
                break


def _scale_bar(ax: Axes, reach: npt.NDArray[np.float64], spec: Map) -> None:
    wanted = reach[0] * 0.45
    unit = 10 ** floor(log10(wanted))
    length = max(unit * k for k in (1, 2, 5) if unit * k <= wanted)
    x, y, thick = -reach[0] * 0.97, -reach[1] * 0.96, reach[1] * 0.012
    for k, colour in enumerate((INK, "white")):
        ax.add_patch(Rectangle((x + k * length / 2, y), length / 2, thick, facecolor=colour,
                               edgecolor=INK, lw=0.5, zorder=8))  # fmt: skip
    for k, text in enumerate(("0", f"{length / 2:g}", f"{length:g} {spec.words['km']}")):
        write(ax, x + k * length / 2, y + thick * 3.4, text, 6.5, colour=INK_2,
              ha="center" if k < 2 else "left")  # fmt: skip
    # North, as a needle with its word.
    nx, ny, tall = reach[0] * 0.93, reach[1] * 0.86, reach[1] * 0.05
    for side, colour in ((-1, INK), (1, "white")):
        corner = [(nx, ny + tall), (nx + side * tall * 0.45, ny - tall), (nx, ny - tall * 0.55)]
        ax.add_patch(PathPatch(Path([*corner, corner[0]]), facecolor=colour, edgecolor=INK, lw=0.5,
                               zorder=8))  # fmt: skip
    write(ax, nx, ny + tall * 1.75, spec.words["north"], 7.5, bold=True, ha="center")


def _legend(fig: Figure, spec: Map) -> None:
    ax = fig.add_axes((_MAP, 0.0, 1 - _MAP, 1.0))
    bare(ax)
    ax.set_xlim(0, 1)
    ax.set_ylim(0, _inches(fig))
    y = min(_inches(fig) - 0.25, 0.62 + 0.21 * (len(_keys(spec)) + 1) + 0.16)
    for line in spec.legend.split("\n"):
        write(ax, 0.04, y, line, 7.8 if line == spec.legend.split("\n")[0] else 6.8,
              bold=line == spec.legend.split("\n")[0], colour=INK)  # fmt: skip
        y -= 0.2
    for text, style in _keys(spec):
        ax.add_patch(Rectangle((0.04, y - 0.065), 0.15, 0.13, **style))  # type: ignore[arg-type]
        if style.get("label") == SUPPRESSED:
            ax.plot([0.08, 0.115, 0.15], [y] * 3, ".", ms=1.4, color=ABSENT)
        write(ax, 0.25, y, text, 7)
        y -= 0.21
    foot = fig.add_axes((0.0, 0.0, 1.0, 0.24 / _inches(fig)))
    bare(foot)
    foot.patch.set_alpha(0)
    write(foot, 0.005, 0.5, spec.foot, 6.6, colour=INK_3, data=False)


def _keys(spec: Map) -> list[tuple[str, dict[str, object]]]:
    """Return the classes from the highest down, then the absent states that occur."""
    edges = [digits(b, spec.kind) + ("%" if spec.kind == "share" else "") for b in spec.breaks]
    names = [f"<{edges[0]}", *(f"{a}–{b}" for a, b in pairwise(edges)),
             f"≥{edges[-1]}"] if edges else []  # fmt: skip
    colours = PALETTES[spec.palette]
    listed = list(zip(names, colours, strict=False))[::-1]
    keys: list[tuple[str, dict[str, object]]] = [
        (name, {"facecolor": colour, "edgecolor": LINE, "lw": 0.3}) for name, colour in listed
    ]
    found = set(spec.statuses)
    if SUPPRESSED in found:
        keys.append((spec.words[SUPPRESSED], {"facecolor": "#F4F1EA", "edgecolor": LINE, "lw": 0.3,
                                              "label": SUPPRESSED}))  # fmt: skip
    if INSUFFICIENT in found:
        keys.append((spec.words[INSUFFICIENT], {"facecolor": "none", "edgecolor": "#9AA5AD",
                                                "lw": 0.6}))  # fmt: skip
    if MISSING in found:
        keys.append((spec.words[MISSING], {"facecolor": "none", "edgecolor": ABSENT, "lw": 0.3,
                                           "hatch": "/////"}))  # fmt: skip
    return keys


def _inches(fig: Figure) -> float:
    return float(fig.get_figheight())
