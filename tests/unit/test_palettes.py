"""The colours of the map stay apart for eyes that lack a kind of cone.

Simulated by Machado, Oliveira and Fernandes 2009 at full strength; differences are CIE76 in Lab.
"""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

TOKENS = Path(__file__).resolve().parents[2] / "assets" / "tokens.css"
Floats = npt.NDArray[np.float64]

EYES = {
    "normal": np.eye(3),
    "protan": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deutan": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritan": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
THEMES = ("light", "dark")
RAMPS = ("supply", "demand", "flow")
# Any two classes of the diverging ramp; neighbours of a sequential one, which lightness orders.
ANY_TWO, NEIGHBOURS = 15.0, 8.0
_WHITE = np.array([0.95047, 1.0, 1.08883])
_TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)


def variables(theme: str) -> dict[str, str]:
    light, dark = TOKENS.read_text(encoding="utf-8").split(":root.dark")
    text = light if theme == "light" else dark
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", text))


def lab(colour: str, eye: str) -> Floats:
    """Return a colour in Lab as an eye sees it."""
    code = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4)
    xyz = _TO_XYZ @ np.clip(EYES[eye] @ linear, 0, 1) / _WHITE
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def apart(one: str, other: str, eye: str) -> float:
    return float(np.linalg.norm(lab(one, eye) - lab(other, eye)))


def ramp(theme: str, name: str) -> list[str]:
    named = variables(theme)
    return [named[key] for key in sorted(k for k in named if re.fullmatch(rf"{name}-\d", k))]


def test_white_and_black_are_a_hundred_apart() -> None:
    assert apart("#ffffff", "#000000", "normal") == pytest.approx(100, abs=0.1)


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("theme", THEMES)
def test_classes_of_scarcity_are_told_apart(theme: str, eye: str) -> None:
    colours = ramp(theme, "scarcity")
    assert len(colours) == 7
    least = min(apart(a, b, eye) for a, b in combinations(colours, 2))
    assert least >= ANY_TWO, f"{least:.1f}"


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("name", RAMPS)
@pytest.mark.parametrize("theme", THEMES)
def test_steps_of_a_ramp_are_told_apart_and_in_order(theme: str, name: str, eye: str) -> None:
    colours = ramp(theme, name)
    least = min(apart(a, b, eye) for a, b in pairwise(colours))
    assert least >= NEIGHBOURS, f"{least:.1f}"
    lightness = [lab(colour, eye)[0] for colour in colours]
    ordered = sorted(lightness, reverse=theme == "light")
    assert lightness == ordered


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("theme", THEMES)
def test_a_count_of_zero_is_no_class_of_scarcity(theme: str, eye: str) -> None:
    zero = variables(theme)["zero"]
    assert min(apart(zero, colour, eye) for colour in ramp(theme, "scarcity")) >= NEIGHBOURS
