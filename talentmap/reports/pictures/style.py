"""Colours, fonts and sizes of the pictures: those of the light theme, on white paper."""

from __future__ import annotations

from functools import cache

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from talentmap.reports.fonts import drawable, fonts

DPI = 300
WIDTH = 6.3  # inches: the width of the text on A4

INK, INK_2, INK_3 = "#1A232B", "#47535E", "#66727D"
LINE, GRID, LAND, DISTRICT = "#8E9AA1", "#E3E7EA", "#F3F5F4", "#B4BDC2"
ZERO, ABSENT = "#DFE4E8", "#8A96A0"
ACCENT = "#5B3FA8"

PALETTES: dict[str, tuple[str, ...]] = {
    "scarcity": ("#285A8F", "#6B9AC4", "#B5D0E4", "#EEE4C8", "#EFB692", "#DB7D5B", "#AB3428"),
    "supply": ("#E6EEF6", "#C6DAEB", "#98BDDD", "#659BC8", "#3A77AE", "#1D5288"),
    "demand": ("#FBEBDD", "#F6CFAB", "#EDAA74", "#DD8243", "#BD5F1F", "#8E4310"),
    "flow": ("#DCD3F0", "#B7A5E0", "#8F75CC", "#5B3FA8"),
}
SERIES = {
    "supply": "#3A77AE",
    "demand": "#DD8243",
    "flow": "#5B3FA8",
    "ink": "#47535E",
    "scarce": "#C65F45",
    "ample": "#5F8FBC",
    "pale": "#C6DAEB",
}
# Equal steps as ratios, as on the map: 1/2, 2/3, 5/6, 6/5, 3/2, 2.
RATIO_BREAKS = (0.5, 0.67, 0.83, 1.2, 1.5, 2.0)


@cache
def face(size: float, bold: bool = False) -> FontProperties:
    """Return the report's font in a size in points."""
    found = fonts()
    return FontProperties(fname=found.bold if bold else found.regular, size=size)


def figure(height: float, width: float = WIDTH) -> Figure:
    """Return an empty figure, sizes in inches, white."""
    return Figure(figsize=(width, height), dpi=DPI, facecolor="white")


def write(
    ax: Axes, x: float, y: float, text: str, size: float = 8, *, bold: bool = False,
    colour: str = INK, ha: str = "left", va: str = "center", data: bool = True,
) -> None:  # fmt: skip
    """Write a text into axes, in data or in axes coordinates; no character becomes a box."""
    ax.text(
        x, y, drawable(text), fontproperties=face(size, bold), color=colour, ha=ha, va=va,
        transform=ax.transData if data else ax.transAxes, clip_on=False,
    )  # fmt: skip


def bare(ax: Axes) -> None:
    """Take frame and ticks away."""
    for side in ax.spines.values():
        side.set_visible(False)
    ax.tick_params(length=0, labelsize=7)
    ax.set_xticks([])
    ax.set_yticks([])
