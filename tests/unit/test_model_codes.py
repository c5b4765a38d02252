"""The code tables themselves have tests of their own; here the table as a thing to ask."""

from __future__ import annotations

import pytest

from talentmap.model.codes import Code, CodeTable, check_codes, code_table
from talentmap.model.errors import UserError
from talentmap.model.words import Words


def entry(code: str, parent: str = "") -> Code:
    return Code(code, parent, Words(f"{code}中", f"{code} en"), Words(code, code))


TABLE = CodeTable("industry", {c.code: c for c in (entry("I"), entry("I65", "I"), entry("C"))})


def test_a_filter_by_a_code_means_the_code_and_all_below() -> None:
    assert TABLE.below("I") == {"I", "I65"}
    assert TABLE.below("C") == {"C"}


def test_roots_in_the_order_of_the_file() -> None:
    assert TABLE.roots() == ["I", "C"]
    assert TABLE.root("I65") == "I"
    assert TABLE.root("unknown") == ""


def test_names_in_both_languages() -> None:
    assert TABLE.name("I65", "zh") == "I65中"
    assert TABLE.name("I65", "en") == "I65 en"
    assert TABLE.name("I65", "zh", short=True) == "I65"
    assert TABLE.name("X99", "zh") == "X99"


def test_an_unknown_code_names_the_dimension_and_near_ones() -> None:
    assert TABLE.check("I65") == "I65"
    with pytest.raises(UserError, match=r"industry: unknown value 'I66'; did you mean I65"):
        TABLE.check("I66")


def test_shipped_tables_are_found_from_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("/")
    assert "I" in code_table("industry").codes
    assert check_codes("industry", ["I", "nonsense"]) == ["nonsense"]
