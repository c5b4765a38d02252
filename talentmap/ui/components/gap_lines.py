"""Two lines over the months, the space between them filled, a bracket with the gap in words."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from talentmap.model import months
from talentmap.ui.draw.gap import Gap, ticks
from talentmap.ui.draw.numbers import figure

_WIDTH, _HEIGHT = 1000.0, 400.0
_APART = 17.0  # per cent of the height two labels need
_GAP_ROOM = 13.0


@dataclass(frozen=True)
class GapWords:
    """Names of the two lines, and the gap of the last month in words."""

    openings: str
    expected: str
    gap: str
    language: str


class _Scale:
    """Months and numbers to per cent of the plot."""

    def __init__(self, drawn: Gap) -> None:
        self.count = len(drawn.months)
        self.ticks = ticks(min(drawn.known), max(drawn.known))

    def x(self, index: int) -> float:
        return 100.0 * index / max(self.count - 1, 1)

    def y(self, value: float) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        return 100.0 * (high - value) / (high - low)


def gap_lines(drawn: Gap, words: GapWords) -> Component:
    """Return the chart; ask only for a Gap with at least one number. Unknown months are gaps."""
    scale = _Scale(drawn)
    layers = [
        html.Span(className="gap-fill", style=_mask([_between(drawn, scale)], filled=True)),
        html.Span(className="gap-line supply", style=_mask(_runs(drawn.expected, scale))),
        html.Span(className="gap-line demand", style=_mask(_runs(drawn.openings, scale))),
    ]
    grid = [
        html.Span(
            html.Span(str(figure(tick, "count", words.language)), className="num"),
            className="gap-grid",
            style={"top": f"{scale.y(tick):.2f}%"},
        )
        for tick in scale.ticks
    ]
    plot = html.Div([*grid, *layers, *_ends(drawn, scale, words)], className="gap-plot")
    labels = html.Div(_month_labels(drawn.months, scale, words.language), className="gap-months")
    return html.Div([plot, labels], className="gap-chart chart")


def short_month(month: str, language: str) -> str:
    """Return a month as an axis writes it: 23年7月, Jul 23."""
    words = months.to_words(months.to_index(month), language)
    return words[2:] if language == "zh" else f"{words[:3]} {words[-2:]}"


def _ends(drawn: Gap, scale: _Scale, words: GapWords) -> list[Component]:
    """Dots, names and numbers at the right end, and the bracket between them.

    The numbers are written in full, never in 万, so that their difference is the gap in words.
    """
    if drawn.last is None:
        return []
    openings, expected = drawn.last
    tops = _apart(scale.y(openings), scale.y(expected))
    parts: list[Component] = [
        html.Span(className=f"gap-dot {kind}", style={"top": f"{scale.y(value):.2f}%"})
        for kind, value in (("demand", openings), ("supply", expected))
    ]
    parts += [
        html.Span(
            [
                html.Span(name, className="gap-name"),
                html.Strong(f"{round(value):,}", className="num"),
            ],
            className=f"gap-end {kind}",
            style={"top": f"{top:.2f}%"},
        )
        for kind, name, value, top in (
            ("demand", words.openings, openings, tops[0]),
            ("supply", words.expected, expected, tops[1]),
        )
    ]
    upper, lower = sorted((scale.y(openings), scale.y(expected)))
    bracket = {"top": f"{upper:.2f}%", "height": f"{lower - upper:.2f}%"}
    middle = (upper + lower) / 2 if lower - upper > _GAP_ROOM else upper - _GAP_ROOM / 2
    parts.append(html.Span(className="gap-bracket", style=bracket))
    parts.append(
        html.Span(words.gap, className="gap-words", style={"top": f"{max(middle, 4):.2f}%"})
    )
    return parts


def _apart(first: float, second: float) -> tuple[float, float]:
    """Push two heights apart so that their labels do not meet, and keep them in the plot."""
    push = max(0.0, _APART - abs(first - second)) / 2
    first, second = (
        (first - push, second + push) if first <= second else (first + push, second - push)
    )
    return min(max(first, 4.0), 96.0), min(max(second, 4.0), 96.0)


def _runs(values: list[float | None], scale: _Scale) -> list[str]:
    """Return one path for each unbroken run of months."""
    runs: list[list[str]] = [[]]
    for index, value in enumerate(values):
        if value is not None:
            runs[-1].append(_point(index, value, scale))
        elif runs[-1]:
            runs.append([])
    return ["M" + "L".join(run) for run in runs if run]


def _between(drawn: Gap, scale: _Scale) -> str:
    """Return the areas between the lines, one for each run of months in which both are known."""
    path, upper, lower = "", list[str](), list[str]()
    pairs = [*zip(drawn.openings, drawn.expected, strict=True), (None, None)]
    for index, (first, second) in enumerate(pairs):
        if first is None or second is None:
            path += "M" + "L".join([*upper, *reversed(lower)]) + "Z" if upper else ""
            upper, lower = [], []
            continue
        upper.append(_point(index, first, scale))
        lower.append(_point(index, second, scale))
    return path


def _point(index: int, value: float, scale: _Scale) -> str:
    return f"{scale.x(index) / 100 * _WIDTH:.1f} {scale.y(value) / 100 * _HEIGHT:.1f}"


def _mask(paths: list[str], *, filled: bool = False) -> dict[str, str]:
    """Return the style that cuts paths out of a colour: so they follow the theme."""
    box = f"viewBox='0 0 {_WIDTH:g} {_HEIGHT:g}' preserveAspectRatio='none'"
    stroke = "fill='none' stroke='#000' stroke-width='2.2' stroke-linejoin='round'"
    look = "fill='#000'" if filled else f"{stroke} vector-effect='non-scaling-stroke'"
    shapes = "".join(f"<path d='{d}' {look}/>" for d in paths)
    image = f'url("data:image/svg+xml,{quote(_SVG.format(box=box, shapes=shapes))}")'
    return {"maskImage": image, "WebkitMaskImage": image}


_SVG = "<svg xmlns='http://www.w3.org/2000/svg' {box}>{shapes}</svg>"


def _month_labels(all_months: list[str], scale: _Scale, language: str) -> list[Component]:
    """Label the last month and the same month of the years before."""
    last = len(all_months) - 1
    return [
        html.Span(
            short_month(all_months[index], language),
            className="num last" if index == last else "num",
            style={"left": f"{scale.x(index):.2f}%"},
        )
        for index in range(last, -1, -12)
    ]
