"""The strongest flows as ribbons: homes left, workplaces right, the thickness is the people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from talentmap.ui.components.basics import attrs
from talentmap.ui.draw.facts import short_place
from talentmap.ui.draw.numbers import figure
from talentmap.ui.draw.sankey import Node, Ribbon, Sankey
from talentmap.ui.draw.svg import drawing, hint, tag, words

_WIDTH = 340.0
_BAR = 8.0
_LEFT, _RIGHT = 88.0, 244.0  # where the bars stand; names outside of them


@dataclass(frozen=True)
class RibbonWords:
    """The words of the drawing: its name, what a ribbon says, where an end leads."""

    label: str
    says: Callable[[str, str, float], str]
    href: Callable[[str], str]
    language: str


def sankey(drawn: Sankey, said: RibbonWords) -> Component:
    """Return the drawing; names are links, a ribbon says its number to the pointer."""
    names = {node.code: node.name for node in (*drawn.homes, *drawn.works)}
    strongest = sorted(drawn.ribbons, key=lambda r: r.persons)
    parts = [
        *(_ribbon(ribbon, names, said) for ribbon in strongest),
        *(_node(node, _LEFT, "end", said) for node in drawn.homes),
        *(_node(node, _RIGHT, "start", said) for node in drawn.works),
    ]
    picture = drawing(_WIDTH, drawn.height, *parts, label=said.label, kind="sankey-svg")
    return html.Div(className="still sankey", **attrs(data_html=picture))


def _ribbon(ribbon: Ribbon, names: dict[str, str], said: RibbonWords) -> str:
    x0, x1 = _LEFT + _BAR, _RIGHT
    mid = (x0 + x1) / 2
    top0, top1, thick = ribbon.left, ribbon.right, max(ribbon.height, 0.75)
    path = (
        f"M{x0:.1f} {top0:.1f}C{mid:.1f} {top0:.1f} {mid:.1f} {top1:.1f} {x1:.1f} {top1:.1f}"
        f"V{top1 + thick:.1f}"
        f"C{mid:.1f} {top1 + thick:.1f} {mid:.1f} {top0 + thick:.1f} {x0:.1f} {top0 + thick:.1f}Z"
    )
    spoken = said.says(names[ribbon.home], names[ribbon.work], ribbon.persons)
    return tag("path", hint(spoken), d=path, class_="ribbon")


def _node(node: Node, x: float, anchor: str, said: RibbonWords) -> str:
    bar = tag(
        "rect", x=x, y=node.top, width=_BAR, height=max(node.height, 1.0), class_="ribbon-bar"
    )
    at = x - 6 if anchor == "end" else x + _BAR + 6
    middle = node.top + max(node.height, 1.0) / 2
    number = str(figure(node.persons, "count", said.language))
    label = tag(
        "a", words(f"{short_place(node.name)} {number}", at, middle, f"ribbon-name {anchor}"),
        href=said.href(node.code), class_="go",
    )  # fmt: skip
    return bar + label
