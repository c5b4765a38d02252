"""Charts of a report: lying bars with intervals, lines over months, shares as stacked bars."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, NullLocator

from talentmap.reports.content.model import Chart, Series
from talentmap.reports.pictures.style import (
    GRID,
    INK,
    INK_2,
    INK_3,
    LINE,
    PALETTES,
    RATIO_BREAKS,
    SERIES,
    WIDTH,
    bare,
    face,
    figure,
    write,
)
from talentmap.reports.words import digits

_ROW = 0.235  # inches a bar row takes
_LONGEST = 26
_RATIO_TICKS = (0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0)


def draw_chart(chart: Chart) -> Figure:
    """Return a chart as a figure."""
    return _DRAWN[chart.shape](chart)


def _bars(chart: Chart) -> Figure:
    """Lying bars, the first category on top; several series stand below one another in a row."""
    count, series = len(chart.categories), chart.series
    row = _ROW * max(1.0, 0.75 * len(series))
    bottom = 0.52 if len(series) > 1 else 0.36
    fig = figure(max(1.0, count * row + bottom + 0.12))
    height = fig.get_figheight()
    left = _left(chart.categories)
    ax = fig.add_axes((left, bottom / height, 0.93 - left, 1 - (bottom + 0.1) / height))
    bare(ax)
    start, limits = _scale(ax, chart)
    for k, one in enumerate(series):
        _bar_series(ax, chart, one, k, start)
    ax.set_ylim(count - 0.5, -0.5)
    for y, name in enumerate(chart.categories):
        write(ax, -0.012, 1 - (y + 0.5) / count, shorten_name(name), 7.5, ha="right", data=False)
    ax.axvline(start, color=LINE, lw=0.7, zorder=3)
    if chart.reference is not None and limits[0] < chart.reference < limits[1]:
        ax.axvline(chart.reference, color=INK_2, lw=0.7, ls=(0, (3, 2)), zorder=1)
    _foot(fig, chart, bottom / height)
    return fig


def _bar_series(ax: Axes, chart: Chart, one: Series, k: int, start: float) -> None:
    size = 0.62 / len(chart.series)
    for y, value in enumerate(one.values):
        at = y + (k - (len(chart.series) - 1) / 2) * size
        if value is None:
            ax.text(start, at, " —", fontproperties=face(7), color=INK_3, va="center")
            continue
        tint = chart.tints[y] if chart.tints else one.colour
        ax.barh(at, value - start, size, left=start, color=_colour(tint, value), zorder=2)
        low = one.low[y] if one.low else None
        high = one.high[y] if one.high else None
        if low is not None and high is not None:
            ax.plot([low, high], [at, at], color=INK_2, lw=0.8, zorder=4, solid_capstyle="butt")
        end = max(value, start, high or value)
        text = digits(value, chart.kind) + ("%" if chart.kind == "share" else "")
        ax.annotate(
            text, (end, at), xytext=(3, 0), textcoords="offset points",
            fontproperties=face(7), color=INK, va="center", annotation_clip=False,
        )  # fmt: skip


def _colour(tint: str, value: float) -> str:
    if tint == "class":
        return PALETTES["scarcity"][int(np.searchsorted(RATIO_BREAKS, value, side="right"))]
    return SERIES[tint]


def _scale(ax: Axes, chart: Chart) -> tuple[float, tuple[float, float]]:
    """Set the axis of numbers; ratios are logarithmic around 1. Return where bars start."""
    numbers = [v for s in chart.series for v in (*s.values, *s.low, *s.high) if v is not None]
    if chart.kind == "ratio":
        positive = [v for v in numbers if v > 0]
        limits = (min([0.5, *positive]) * 0.9, max([2.0, *positive]) * 1.22)
        ax.set_xscale("log")
        ticks: Sequence[float] = [t for t in _RATIO_TICKS if limits[0] <= t <= limits[1]]
        start = 1.0
    else:
        low, high = min([0.0, *numbers]), max([0.0, *numbers]) or 1.0
        limits = (low - (high - low) * (0.1 if low < 0 else 0), high + (high - low) * 0.12)
        start = 0.0
        ticks = [t for t in MaxNLocator(5).tick_values(low, high) if limits[0] <= t <= limits[1]]
    ax.set_xlim(*limits)
    ax.xaxis.set_minor_locator(NullLocator())
    ax.set_xticks(ticks, [_tick(t, chart.kind) for t in ticks])
    for label in ax.get_xticklabels():
        label.set_fontproperties(face(7))
        label.set_color(INK_3)
    ax.grid(axis="x", color=GRID, lw=0.6, zorder=0)
    ax.set_axisbelow(True)
    return start, limits


def _tick(value: float, kind: str) -> str:
    if kind == "ratio":
        return f"{value:g}"
    if kind == "share":
        return f"{value * 100:g}%"
    return digits(value, kind) if abs(value) >= 1 or value == 0 else f"{value:g}"


def _lines(chart: Chart) -> Figure:
    """Lines over months, named at their ends."""
    fig = figure(2.3)
    # Room at the right for the names of the lines and their last numbers.
    room = max(_width(one.name) for one in chart.series) + 5.5
    ax = fig.add_axes((0.09, 0.15, 0.89 - room * 7.5 / 72 / WIDTH, 0.78))
    bare(ax)
    xs = np.arange(len(chart.categories))
    for one in chart.series:
        ys = np.array([np.nan if v is None else v for v in one.values])
        ax.plot(xs, ys, color=SERIES[one.colour], lw=1.4, zorder=3)
        if one.low and one.high:
            low, high = (
                np.array([np.nan if v is None else v for v in part]) for part in (one.low, one.high)
            )
            ax.fill_between(xs, low, high, color=SERIES[one.colour], alpha=0.16, lw=0, zorder=1)
    _ends(ax, chart, xs)
    _value_axis(ax, chart)
    step = max(1, int(np.ceil(len(xs) / 7)))
    shown = list(range(len(xs) - 1, -1, -step))[::-1]
    ax.set_xticks(shown, [chart.categories[i] for i in shown])
    for label in ax.get_xticklabels():
        label.set_fontproperties(face(7))
        label.set_color(INK_3)
    if chart.reference is not None:
        ax.axhline(chart.reference, color=INK_3, lw=0.7, ls=(0, (3, 2)))
    ax.set_xlim(-0.5, len(xs) - 0.5)
    return fig


def _value_axis(ax: Axes, chart: Chart) -> None:
    low, high = ax.get_ylim()
    if chart.kind != "ratio" and low < 0.6 * high:
        low = 0.0
        ax.set_ylim(low, high * 1.05)
    ticks = [t for t in MaxNLocator(4).tick_values(low, high) if low <= t <= high]
    ax.set_yticks(ticks, [_tick(t, chart.kind) for t in ticks])
    for label in ax.get_yticklabels():
        label.set_fontproperties(face(7))
        label.set_color(INK_3)
    ax.grid(axis="y", color=GRID, lw=0.6)
    ax.set_axisbelow(True)
    if chart.unit:
        write(ax, 0.0, 1.04, chart.unit, 7, colour=INK_3, data=False)


def _ends(ax: Axes, chart: Chart, xs: np.ndarray[tuple[int], np.dtype[np.int64]]) -> None:
    """Name each line at its end, apart from one another."""
    ends = []
    for one in chart.series:
        last = [(i, v) for i, v in enumerate(one.values) if v is not None]
        if last:
            ends.append((last[-1][1], one, last[-1][0]))
    low, high = ax.get_ylim()
    room, used = (high - low) * 0.13, -np.inf
    for value, one, at in sorted(ends, key=lambda e: e[0]):
        y = max(value, used + room)
        used = y
        ax.plot([xs[at]], [value], "o", ms=3.2, color=SERIES[one.colour], zorder=4)
        text = digits(value, chart.kind) + ("%" if chart.kind == "share" else "")
        ax.annotate(
            f"{one.name} {text}", (xs[-1], y), xytext=(7, 0), textcoords="offset points",
            fontproperties=face(7.5), color=SERIES[one.colour], va="center",
            annotation_clip=False,
        )  # fmt: skip


def _stack(chart: Chart) -> Figure:
    """Shares of each category as one bar to 100 %, the parts named below."""
    count = len(chart.categories)
    fig = figure(count * 0.32 + 0.55)
    height, left = fig.get_figheight(), _left(chart.categories)
    ax = fig.add_axes((left, 0.42 / height, 0.97 - left, 1 - 0.5 / height))
    bare(ax)
    begun = np.zeros(count)
    for k, one in enumerate(chart.series):
        values = np.array([0.0 if v is None else v for v in one.values])
        colour = PALETTES["supply"][min(k + 1, 5)]
        ax.barh(range(count), values, 0.66, left=begun, color=colour)
        for y, value in enumerate(values):
            if value >= 0.07:
                dark = "white" if k >= 3 else INK
                write(ax, begun[y] + value / 2, y, f"{digits(value, 'share')}%", 7, colour=dark,
                      ha="center")  # fmt: skip
        begun += values
    ax.set_xlim(0, 1)
    ax.set_ylim(count - 0.5, -0.5)
    for y, name in enumerate(chart.categories):
        write(ax, -0.012, 1 - (y + 0.5) / count, shorten_name(name), 7.5, ha="right", data=False)
    keys = [(s.name, PALETTES["supply"][min(k + 1, 5)]) for k, s in enumerate(chart.series)]
    _keys(fig, keys, left, 0.16 / height)
    return fig


def _foot(fig: Figure, chart: Chart, bottom: float) -> None:
    """Write what the bars are under the axis: keys where there are several, else the note."""
    ax = fig.add_axes((0.0, 0.0, 1.0, bottom))
    bare(ax)
    ax.patch.set_alpha(0)
    if len(chart.series) > 1:
        _keys(fig, [(s.name, SERIES[s.colour]) for s in chart.series], 0.3, 0.16 / _inches(fig))
    note = "，".join(filter(None, (chart.unit, chart.note)))
    if note:
        write(ax, 0.97, 0.16 if len(chart.series) == 1 else 0.1, note, 6.8, colour=INK_3,
              ha="right", data=False)  # fmt: skip


def _keys(fig: Figure, keys: list[tuple[str, str]], x: float, y: float) -> None:
    ax = fig.add_axes((0.0, 0.0, 1.0, 1.0))
    bare(ax)
    ax.patch.set_alpha(0)
    ax.set_xlim(0, 1)
    ax.set_ylim(0, 1)
    for name, colour in keys:
        ax.plot([x], [y], "s", ms=5.5, color=colour, transform=ax.transAxes)
        write(ax, x + 0.014, y, name, 7.2, colour=INK_2, data=False)
        x += 0.05 + 0.0165 * _width(name)


def _inches(fig: Figure) -> float:
    return float(fig.get_figheight())


def _width(text: str) -> float:
    """Width in Chinese characters; a Latin letter takes about half of one."""
    return sum(1.0 if ord(c) > 0x2E7F else 0.55 for c in text)


def shorten_name(name: str) -> str:
    """Return a name that fits beside a bar."""
    if _width(name) <= _LONGEST:
        return name
    kept = ""
    for letter in name:
        if _width(kept + letter) > _LONGEST - 1:
            break
        kept += letter
    return f"{kept}…"


def _left(names: Sequence[str]) -> float:
    widest = max((_width(shorten_name(n)) for n in names), default=4)
    return min(0.44, 0.03 + widest * 7.5 / 72 / WIDTH)


_DRAWN = {"bars": _bars, "lines": _lines, "stack": _stack}
