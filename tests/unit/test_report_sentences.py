"""Sentences over rankings: no part of them is 0, and a short list does not pass for the whole."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from talentmap.model.answer import OK
from talentmap.model.words import Words
from talentmap.reports.content.asker import Asker
from talentmap.reports.content.rows import Row
from talentmap.reports.sections.ranked import said
from talentmap.reports.words import ended

WHAT = Words("行业", "industries")


def asker(language: str) -> Asker:
    def say(words: Words, **parts: Any) -> str:
        return words.in_(language).format(**parts)

    return cast(Asker, SimpleNamespace(language=language, say=say))


def rows(*numbers: float) -> list[Row]:
    made = [
        Row(f"c{i}", f"甲{i}", number, number - 0.02, number + 0.02, 100, OK)
        for i, number in enumerate(numbers)
    ]
    return sorted(made, key=lambda row: -(row.number or 0.0))


def text(language: str, *numbers: float) -> str:
    return " ".join(said(asker(language), rows(*numbers), WHAT))


def test_no_part_of_the_sentence_is_zero() -> None:
    assert text("zh", 1.5, 1.4).startswith("2 个行业都紧缺。")
    assert text("zh", 0.5, 0.6).startswith("2 个行业都富余。")
    assert text("zh", 1.0, 0.9).startswith("2 个行业都基本平衡或尚不能断言。")
    assert text("zh", 1.5, 1.0).startswith("2 个行业中，1 个紧缺、1 个基本平衡或尚不能断言。")
    assert text("en", 1.5, 1.0, 0.5).startswith(
        "Of 3 industries, 1 short of talent, 1 with talent to spare and 1 balanced or not"
    )


def test_three_named_of_more_are_not_all_of_them() -> None:
    assert "富余的是甲" in text("zh", 1.5, 0.5, 0.6)
    assert text("zh", 1.5, 0.5, 0.6, 0.7, 0.8).endswith("等。")
    assert "Among those" in text("en", 1.5, 0.5, 0.6, 0.7, 0.8)


@pytest.mark.parametrize(("language", "stop"), [("zh", "。"), ("en", ".")])
def test_a_remark_ends_with_one_full_stop(language: str, stop: str) -> None:
    assert ended("x", language) == ended(f"x{stop}", language) == f"x{stop}"
