import csv
import tomllib
from pathlib import Path

import pytest

from talentmap.model.codes import DATA, DIMENSIONS, code_table

TABLES = (*DIMENSIONS, "scale", "place_kind")


def rows(dimension: str) -> list[dict[str, str]]:
    with (DATA / "codes" / f"{dimension}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("dimension", TABLES)
def test_parents_stand_before_their_children_and_codes_once(dimension: str) -> None:
    seen: set[str] = set()
    for row in rows(dimension):
        assert row["code"] not in seen
        assert row["parent"] in seen | {""}
        seen.add(row["code"])


@pytest.mark.parametrize("dimension", TABLES)
def test_every_code_has_a_name_in_both_languages(dimension: str) -> None:
    table = code_table(dimension)
    for code in table.codes.values():
        assert all([*code.name, *code.short])


def test_industry_has_the_sections_and_divisions_of_the_standard() -> None:
    table = code_table("industry")
    sections = [code for code in table.roots() if len(code) == 1]
    assert sections == list("ABCDEFGHIJKLMNOPQRST")
    divisions = [code for code in table.codes if table.codes[code].parent]
    assert [int(code[1:]) for code in divisions] == list(range(1, 98))
    assert all(table.codes[code].parent == code[0] for code in divisions)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("C39", "计算机、通信和其他电子设备制造业"),
        ("I65", "软件和信息技术服务业"),
        ("A05", "农、林、牧、渔专业及辅助性活动"),
        ("T97", "国际组织"),
    ],
)
def test_divisions_have_their_official_names(code: str, name: str) -> None:
    assert code_table("industry").name(code, "zh") == name


@pytest.mark.parametrize(
    ("dimension", "roots"),
    [
        ("education", ["B", "C", "H"]),
        ("occupation", ["1", "2", "3", "4", "5", "6", "7", "8"]),
        ("age", ["A1", "A2", "A3"]),
        ("wage", ["SE01", "SE02", "SE03"]),
        ("status", ["employed", "seeking", "student", "other"]),
    ],
)
def test_roots(dimension: str, roots: list[str]) -> None:
    assert code_table(dimension).roots() == roots


def test_a_filter_by_bachelor_or_above_means_three_levels() -> None:
    assert code_table("education").below("B") == {"B", "11", "14", "21"}


def test_the_catalog_names_every_file_that_is_shipped() -> None:
    catalog = tomllib.loads((DATA / "catalog.toml").read_text(encoding="utf-8"))
    entries = [entry for group in catalog.values() for entry in group.values()]
    named = {entry["file"] for entry in entries}
    codes_and_demo = [*(DATA / "codes").iterdir(), *(DATA / "demo").iterdir()]
    assert {str(Path(f).relative_to(DATA)) for f in codes_and_demo} <= named
    for entry in entries:
        assert (DATA / entry["file"]).is_file()
        assert all(entry[key] for key in ("title", "source", "date", "licence", "note"))
