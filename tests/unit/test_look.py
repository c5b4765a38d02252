"""How a layer is drawn goes through the address and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talentmap.ui.draw.look import LEAST, MOST, Look


@given(st.booleans(), st.booleans(), st.none() | st.integers(LEAST, MOST))
def test_a_look_comes_back_as_it_was(smooth: bool, to_view: bool, opacity: int | None) -> None:
    look = Look(smooth, to_view, opacity)
    assert Look.parse(look.to_text()) == look


@given(st.text())
def test_any_text_is_some_look(text: str) -> None:
    look = Look.parse(text)
    assert look.opacity is None or LEAST <= look.opacity <= MOST


@pytest.mark.parametrize(
    ("text", "look"),
    [
        ("", Look()),
        ("smooth,60", Look(smooth=True, opacity=60)),
        ("view,nonsense,5", Look(to_view=True, opacity=LEAST)),
        ("999", Look(opacity=MOST)),
    ],
)
def test_what_an_address_means(text: str, look: Look) -> None:
    assert Look.parse(text) == look


def test_a_plain_look_is_no_word_of_the_address() -> None:
    assert Look().to_text() == ""
    assert Look().to_spec() == {"smooth": False, "toView": False, "opacity": None}
