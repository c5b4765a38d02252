"""Names of columns and words: synonyms, hints, pinyin, mappings, and the office's own lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from talentmap.intake.columns import match_columns
from talentmap.intake.inputs import columns_of
from talentmap.intake.mapping import FileMapping, read_mapping
from talentmap.intake.names import normal, without_hint
from talentmap.intake.vocabulary import office_vocabulary, shipped
from talentmap.model.errors import UserError
from talentmap.model.schemas import TABLES


@pytest.mark.parametrize(
    ("table", "header", "expected"),
    [
        ("people", ("最高学历", "现住址"), {"education": "最高学历", "home_address": "现住址"}),
        ("people", ("xueli", "家庭住址"), {"education": "xueli", "home_address": "家庭住址"}),
        ("vacancies", ("jobID", "经度(GCJ02)"), {"vacancy_id": "jobID", "lon": "经度(GCJ02)"}),
        ("vacancies", ("职位 ID", "City"), {"vacancy_id": "职位 ID", "city": "City"}),
        ("places", ("adname", "NAME", "LON"), {"district": "adname", "name": "NAME", "lon": "LON"}),
    ],
)
def test_synonyms_brackets_and_pinyin(
    table: str, header: tuple[str, ...], expected: dict[str, str]
) -> None:
    assert match_columns(table, header, "f.csv").named == expected


def test_brackets_are_hints() -> None:
    match = match_columns("vacancies", ("岗位编号", "区县", "薪资（万元/年）"), "f.csv")
    assert match.hints == {"wage": "万元/年"}
    assert without_hint("经度【WGS-84】") == ("经度", "wgs-84")


def test_a_mere_likeness_is_only_suggested() -> None:
    match = match_columns("people", ("工作区县", "毕业院校名称"), "f.csv")
    assert "school" not in match.named
    assert match.near == {"毕业院校名称": "school"}
    assert match.caveats() == ["column '毕业院校名称' was not used: it may be school (--mapping)"]


def test_no_name_means_two_columns_of_one_table() -> None:
    for table in TABLES:
        seen: dict[str, str] = {}
        for column in columns_of(table):
            for name in (column.name, *column.synonyms):
                assert seen.setdefault(normal(name), column.name) == column.name, name
        for name, ours in shipped().columns[table].items():
            assert seen.setdefault(name, ours) == ours, name


def test_a_mapping_is_believed_and_comes_back(tmp_path: Path) -> None:
    mapping = FileMapping("vacancies", '人社"局"\n', "gcj02", "", {"lon": "X值"}, {"posted": "1"})
    file = tmp_path / "m.toml"
    file.write_text(mapping.to_toml(), encoding="utf-8")
    assert read_mapping(file, "vacancies") == mapping
    match = match_columns("vacancies", ("X值", "经度", "岗位编号"), "f.csv", None, mapping)
    assert match.named == {"lon": "X值", "vacancy_id": "岗位编号"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[columns]\nlong = 'a'", r"\[columns\]: unknown value 'long'; did you mean lon"),
        ("[colums]\n", "section: unknown value 'colums'; did you mean columns"),
        ("[mapping]\ntable = 'people'", "it is for table people, not vacancies"),
        ("columns = 3", r"\[columns\] is not a section"),
        ("[columns]\nlon = ['a']", r"\[columns\] lon: not a text"),
        ("a = = b", "not TOML"),
    ],
)
def test_a_mapping_that_is_wrong_is_said(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "m.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=says) as caught:
        read_mapping(file, "vacancies")
    assert "\n" not in str(caught.value)


def test_a_mapping_to_a_column_that_is_not_there_names_the_near_ones() -> None:
    mapping = FileMapping(columns={"lon": "X直"})
    with pytest.raises(
        UserError, match=r"f\.csv: mapping of lon: column: .*'X直'; did you mean X值"
    ):
        match_columns("vacancies", ("X值", "岗位编号"), "f.csv", None, mapping)


def test_the_words_of_the_office_come_first(tmp_path: Path) -> None:
    folder = tmp_path / "synonyms"
    folder.mkdir()
    (folder / "columns.csv").write_text("table,column,name\npeople,school,母校\n", "utf-8")
    (folder / "words.csv").write_text("dimension,word,code\neducation, 大学 肄业,31\n", "utf-8")
    own = office_vocabulary(tmp_path)
    assert own.words == {"education": {"大学肄业": "31"}}
    assert match_columns("people", ("母校", "工作区"), "f", own).named["school"] == "母校"


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("columns.csv", "table,column,name\nperson,a,b\n", "columns.csv: row 2, table"),
        ("columns.csv", "table,column,name\npeople,schol,b\n", "row 2, column: .*mean school"),
        ("words.csv", "dimension,word,code\neducation,x,99\n", "words.csv: row 2, code"),
        ("words.csv", "dimension,word\n", "words.csv: row 1 must be dimension,word,code"),
        ("words.csv", "dimension,word,code\neducation,x\n", "words.csv: row 2: not 3 cells"),
    ],
)
def test_mistakes_in_the_lists_name_their_row(
    tmp_path: Path, name: str, text: str, says: str
) -> None:
    (tmp_path / "synonyms").mkdir()
    (tmp_path / "synonyms" / name).write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=says):
        office_vocabulary(tmp_path)


def test_statistics_are_told_from_records() -> None:
    header = ("区划代码", "人口数_合计", "性别比", "城镇人口", "人口比重_0-14岁")
    with pytest.raises(UserError, match=r"totals by area .such as 人口数_合计.*statistics"):
        match_columns("people", header, "census.csv")
