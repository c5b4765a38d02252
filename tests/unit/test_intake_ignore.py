"""Columns a mapping says to leave alone, and what is still missing without them."""

from __future__ import annotations

from pathlib import Path

import pytest

from talentmap.intake.columns import find_columns, match_columns, missing_columns
from talentmap.intake.mapping import FileMapping, read_mapping
from talentmap.model.errors import UserError

HEADER = ("居住区", "学历", "行业")


def test_a_column_left_alone_is_not_taken_by_its_name() -> None:
    match = match_columns("people", HEADER, "p.csv", mapping=FileMapping(ignore=("学历",)))
    assert dict(match.named) == {"home_district": "居住区", "industry": "行业"}
    assert match.ignored == ("学历",)
    assert not match.near


def test_what_is_missing_is_told_without_an_end() -> None:
    mapping = FileMapping(ignore=("居住区",))
    match = find_columns("people", HEADER, "p.csv", mapping=mapping)
    assert "none of the columns home_lon" in str(missing_columns(match, HEADER, "p.csv"))
    assert missing_columns(find_columns("people", HEADER, "p.csv"), HEADER, "p.csv") is None
    with pytest.raises(UserError, match="none of the columns home_lon"):
        match_columns("people", HEADER, "p.csv", mapping=mapping)


def test_a_mapping_file_keeps_what_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "m.toml"
    mapping = FileMapping("people", "hr", columns={"education": "文凭"}, ignore=('a"b', "学历"))
    file.write_text(mapping.to_toml(), encoding="utf-8")
    assert read_mapping(file, "people") == mapping
    file.write_text('ignore = "学历"\n', encoding="utf-8")
    with pytest.raises(UserError, match=r"m\.toml: ignore: not a list of names"):
        read_mapping(file, "people")
