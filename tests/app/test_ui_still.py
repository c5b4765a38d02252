"""Parts that come as HTML: escaped, complete, and only of HTML."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from dash import dcc, html
from hypothesis import given
from hypothesis import strategies as st

from talentmap.ui.components.basics import attrs, go, icon
from talentmap.ui.still import still, to_html


class Read(HTMLParser):
    """Reads HTML back: the tags with their attributes, and the text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, found: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(found)))

    def handle_data(self, data: str) -> None:
        self.text += data


def read(part: Any) -> Read:
    reader = Read()
    reader.feed(to_html(part))
    reader.close()
    return reader


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_no_text_becomes_markup(text: str) -> None:
    found = read(html.Span(["<", text], title=text, **attrs(data_value=text)))
    assert [tag for tag, _ in found.tags] == ["span"]
    assert found.text == "<" + text
    assert found.tags[0][1] == {"title": text, "data-value": text}


def test_names_of_attributes_and_properties_are_those_of_html() -> None:
    style = {"maskImage": "url(x#y)", "WebkitMaskImage": "none", "--count": "3"}
    part = html.A([html.Button("b", disabled=True)], className="go", tabIndex="-1", style=style,
                  hidden=False)  # fmt: skip
    (_, link), (_, button) = read(part).tags
    assert link == {
        "class": "go",
        "tabindex": "-1",
        "style": "mask-image:url(x#y);-webkit-mask-image:none;--count:3",
    }
    assert button == {"disabled": None}


def test_lists_numbers_and_nothing() -> None:
    assert to_html([1, None, "a", ["b", html.Br()]]) == "1ab<br>"
    assert [tag for tag, _ in read(go([icon("map"), "x"], "/?a=1&b=2")).tags] == ["a", "span"]
    assert read(go("x", "/?a=1&b=2")).tags[0][1]["href"] == "/?a=1&b=2"


def test_what_is_not_html_is_refused() -> None:
    with pytest.raises(TypeError, match="Input is not HTML"):
        to_html(html.Div(dcc.Input(id="x")))


def test_a_still_part_is_one_component() -> None:
    part = still([html.P("a"), html.P("b")])
    props = part.to_plotly_json()["props"]  # type: ignore[no-untyped-call]
    assert props == {"children": None, "className": "still", "data-html": "<p>a</p><p>b</p>"}
