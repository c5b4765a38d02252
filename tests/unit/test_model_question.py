from __future__ import annotations

import pytest

from talentmap.model.errors import UserError
from talentmap.model.question import Question


def test_the_query_is_the_documented_one() -> None:
    q = Question("supply", "work", "district", industry="I")
    assert q.to_query() == "metric=supply&at=work&level=district&industry=I"


def test_a_place_stays_readable_in_the_address() -> None:
    assert "place=district:370102" in Question(place="district:370102").to_query()


def test_a_leading_question_mark_is_fine_and_empty_words_are_dropped() -> None:
    assert Question.from_query("?metric=demand&industry=") == Question("demand")


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("metirc=supply", r"parameter: unknown value 'metirc'; did you mean metric"),
        ("metric=supply&metric=demand", r"parameter metric is given twice"),
        ("at=hoem", r"at: unknown value 'hoem'; did you mean home"),
        ("level=cell", r"level: unknown value 'cell'; did you mean cell"),
        ("month=2026-13", r"month: '2026-13' is not a month"),
        ("versus=last", r"month: 'last' is not a month"),
        ("place=370102", r"place: unknown value '370102'; known: cell, cells, circle, district"),
        ("place=district:", r"place: 'district:' names no code; write district:CODE"),
        ("place=cell:zzz", r"place: 'zzz' is not an H3 cell"),
        ("place=cell:1", r"place: '1' is not an H3 cell"),
    ],
)
def test_a_mistake_is_one_line_that_names_it(query: str, says: str) -> None:
    with pytest.raises(UserError, match=says) as caught:
        Question.from_query(query)
    assert "\n" not in str(caught.value)


def test_filters_and_place_as_parts() -> None:
    q = Question(industry="I", education="B", place="park:P03")
    assert q.filters() == {"industry": "I", "education": "B"}
    assert q.place_parts() == ("park", "P03")
    assert Question().place_parts() == ("", "")


def test_changing_a_word_checks_it() -> None:
    assert Question().but(at="home").at == "home"
    with pytest.raises(UserError, match="at: unknown value"):
        Question().but(at="nowhere")
