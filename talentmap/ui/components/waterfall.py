"""The why of a number: bars that start where the last one ended, and the bar of their sum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from talentmap.ui.draw.numbers import MINUS
from talentmap.ui.draw.waterfall import PLACES, Step, Waterfall

_ROOM = 45.0  # per cent of the width the words in the bar of the sum need


def signed(value: float, places: int) -> str:
    """Return a number that bears its sign, plus too; nought bears none."""
    digits = written(value, places)
    return f"+{digits}" if value > 0 and _some(digits) else digits


def waterfall_chart(
    drawn: Waterfall, names: Mapping[str, str], no_data: str, total: str, in_bar: str
) -> Component:
    """Return a row a component and the sum; `in_bar` is written into the bar of the sum."""
    rows = [
        _row(step, names.get(step.part.id, step.part.id), drawn, no_data) for step in drawn.steps
    ]
    return html.Div([*rows, _total(drawn, total, in_bar)], className="falls chart")


def _row(step: Step, name: str, drawn: Waterfall, no_data: str) -> Component:
    if step.value is None or step.part.z is None or step.part.weight is None:
        said = html.Span(no_data, className="note fall-none")
        label = [html.Span(name), html.Span("—", className="note")]
        link = html.Span(className="fall-link whole", style={"left": f"{step.end}%"})
        return html.Div([_name(label), html.Span([link, said], className="fall-plot")],
                        className="fall none")  # fmt: skip
    sub = f"{step.part.weight:.2f} × {written(step.part.z, 2)}"
    left, width = min(step.start, step.end), abs(step.end - step.start)
    kind = "eases" if step.value < 0 else "raises"
    shapes = [
        html.Span(className="fall-zero", style={"left": f"{drawn.zero}%"}),
        html.Span(
            className=f"fall-bar {kind}", style={"left": f"{left}%", "width": f"{width:.2f}%"}
        ),
        html.Span(className="fall-link", style={"left": f"{step.end}%"}),
    ]
    label = [html.Span(name), html.Span(sub, className="note num")]
    value = html.Span(signed(step.value, PLACES), className="fall-value num")
    return html.Div(
        [_name(label), html.Span(shapes, className="fall-plot"), value], className="fall"
    )


def _total(drawn: Waterfall, total: str, in_bar: str) -> Component:
    left, right = sorted((drawn.zero, drawn.end))
    width = right - left
    kind, place = _beside(left, right, width)
    shapes = [
        html.Span(className="fall-zero", style={"left": f"{drawn.zero}%"}),
        html.Span(className="fall-bar total", style={"left": f"{left}%", "width": f"{width:.2f}%"}),
        html.Span(in_bar, className=kind, style=place),
    ]
    value = html.Span(written(drawn.total, PLACES), className="fall-value num")
    name = html.Span(total, className="fall-name")
    return html.Div([name, html.Span(shapes, className="fall-plot"), value], className="fall sum")


def _beside(low: float, high: float, width: float) -> tuple[str, dict[str, str]]:
    """The words stand in a wide bar, else beside it where there is more room."""
    if width > _ROOM:
        return "fall-in num", {"left": f"{low}%"}
    if 100 - high >= low:
        return "fall-in beside num", {"left": f"{high}%"}
    return "fall-in beside num", {"right": f"{100 - low:.2f}%"}


def _name(label: Sequence[Component]) -> Component:
    return html.Span(label, className="fall-name")


def written(value: float, places: int) -> str:
    """Return a number with a real minus sign and no plus."""
    digits = f"{abs(value):.{places}f}"
    return MINUS + digits if value < 0 and _some(digits) else digits


def _some(digits: str) -> bool:
    return any(c in digits for c in "123456789")
