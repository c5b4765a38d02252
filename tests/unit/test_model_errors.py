from __future__ import annotations

from talentmap.model.errors import NotAllowed, NotPublished, UserError, unknown


def test_near_words_are_offered_before_the_whole_list() -> None:
    assert str(unknown("metric", "suply", ["supply", "demand"])) == (
        "metric: unknown value 'suply'; did you mean supply?"
    )
    assert str(unknown("metric", "xyz", ["supply", "demand"])) == (
        "metric: unknown value 'xyz'; known: demand, supply"
    )


def test_a_long_list_is_not_poured_out() -> None:
    codes = [f"{i:05d}" for i in range(1000)]
    assert str(unknown("code", "zz", codes)) == "code: unknown value 'zz'"


def test_each_has_its_answer_for_shell_and_web() -> None:
    assert (UserError.exit_code, UserError.status) == (2, 400)
    assert (NotAllowed.status, NotPublished.status) == (403, 422)
    assert issubclass(NotAllowed, UserError)
