"""The composition of the wall: read, written, and every mistake one clear line."""

from __future__ import annotations

from pathlib import Path

import pytest

from talentmap.model.composition import (
    FILE,
    Composition,
    composition_of,
    read_composition,
    write_composition,
)
from talentmap.model.errors import UserError


def test_without_a_file_it_is_as_shipped(tmp_path: Path) -> None:
    assert read_composition(tmp_path) == Composition()


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    chosen = Composition(
        subjects="chains",
        only=('a"b', "c\\d"),
        seconds=30,
        left=("trend",),
        right=("posts",),
        below=(),
    )
    write_composition(tmp_path, chosen)
    assert read_composition(tmp_path) == chosen
    assert [p.name for p in tmp_path.iterdir()] == [FILE]


def test_a_file_may_name_one_key_only(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("seconds = 45\n", encoding="utf-8")
    assert read_composition(tmp_path) == Composition(seconds=45)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("seconds = 1", "seconds: 1 is not between 5 and 600"),
        ('seconds = "20"', "seconds: '20' is not a whole number"),
        ("seconds = true", "seconds: True is not a whole number"),
        ('subjects = "chain"', "subjects: unknown value 'chain'; did you mean chains"),
        ('left = ["trends"]', "left: unknown value 'trends'; did you mean trend?"),
        ('left = "trend"', "left: a list of words wanted"),
        ('left = ["trend"]\nright = ["trend"]', "tile trend: stands in two columns"),
        ('kpis = ["people", "people"]', "kpis: people, people names one twice"),
        ('below = ["trend", "commute"]', "below: at most 1, not 2"),
        ("stories = []", "stories: name at least one"),
        ("colour = 1", "key: unknown value 'colour'"),
        ("left = [", "not readable TOML"),
    ],
)
def test_a_mistake_is_one_line_that_names_the_file_and_the_key(
    tmp_path: Path, text: str, said: str
) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_composition(tmp_path)
    assert str(caught.value).startswith(f"{FILE}: ")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UserError, match="not UTF-8"):
        read_composition(tmp_path)


def test_of_plain_values_as_the_page_sends_them() -> None:
    assert composition_of({"kpis": ["people"], "most": 2}) == Composition(kpis=("people",), most=2)
