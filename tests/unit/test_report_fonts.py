"""The font: whole, made once, and nothing is drawn as an empty box."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from talentmap.model.errors import UserError
from talentmap.reports import fonts as module
from talentmap.reports.fonts import FAMILY, LACKING, drawable, fonts, subset


def test_regular_and_bold_are_of_one_family_and_hold_rare_characters() -> None:
    found = fonts()
    for file, weight in ((found.regular, 400), (found.bold, 700)):
        with TTFont(file) as font:
            assert font["name"].getBestFamilyName() == FAMILY
            assert font["OS/2"].usWeightClass == weight
            known = font.getBestCmap()
        assert all(ord(c) in known for c in "济南堃犇翀䶮龘旻，。：；（）“”〓−–")


def test_what_the_font_lacks_becomes_a_mark() -> None:
    assert drawable("张\U0001f600三\x07") == f"张{LACKING}三{LACKING}"
    assert drawable("济南，1.42−") == "济南，1.42−"


def test_a_page_gets_only_the_characters_it_uses() -> None:
    assert len(subset("济南市", fonts().regular)) < 20_000


def test_without_the_package_the_error_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PACKAGE", "no_such_package_of_fonts")
    with pytest.raises(UserError, match="Noto Sans SC is not installed") as error:
        fonts(tmp_path)
    assert "\n" not in str(error.value)
    assert not list(tmp_path.glob("*.ttf"))


def test_another_file_under_its_name_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_SHA256", "0" * 64)
    with pytest.raises(UserError, match="not the file that was checked"):
        fonts(tmp_path)
