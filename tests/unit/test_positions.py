"""Positions as people write them."""

from __future__ import annotations

import pytest

from talentmap.answers.positions import read_position

JINAN = (117.02, 36.65)


@pytest.mark.parametrize(
    "words",
    [
        "117.02, 36.65",
        "117.02,36.65",
        "117.02 36.65",
        "117.02，36.65",
        "36.65, 117.02",
        "36.65N 117.02E",
        "N36.65 E117.02",
        "36.65°N, 117.02°E",
        "北纬36.65 东经117.02",
        "东经117.02度 北纬36.65度",
        "36°39'0\"N 117°1'12\"E",
        "36°39′N, 117°1.2′E",
        "北纬36°39′00″ 东经117°01′12″",
        "１１７．０２，３６．６５",
    ],
)
def test_a_position_is_read(words: str) -> None:
    found = read_position(words)
    assert found is not None
    assert (found.lon, found.lat) == pytest.approx(JINAN, abs=1e-9)


def test_south_and_west_are_below_zero() -> None:
    found = read_position("33°52'S 151°12'E")
    assert found is not None
    assert (round(found.lon, 4), round(found.lat, 4)) == (151.2, -33.8667)
    west = read_position("40.7N 74.0W")
    assert west is not None
    assert (west.lon, west.lat) == (-74.0, 40.7)


@pytest.mark.parametrize(
    "words", ["", "117", "云泉软件园", "P01", "117.02,36.65,3", "200, 95", "36N 40N", "91370102MA"]
)
def test_anything_else_is_none(words: str) -> None:
    assert read_position(words) is None
