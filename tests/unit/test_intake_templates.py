"""Templates: what is filled in comes back as it was meant."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest

from talentmap.intake.create import new_workspace
from talentmap.intake.importer import import_file
from talentmap.intake.ledger import record_files
from talentmap.intake.rules import EXAMPLE
from talentmap.intake.templates import heading, write_template
from talentmap.model.errors import UserError
from talentmap.model.schemas import INPUT, TABLES
from talentmap.model.workspace import Workspace
from talentmap.privacy.pseudonyms import Pseudonyms

FILLED: dict[str, dict[str, Any]] = {
    "people": {"person_key": "11010519491231002X", "work_district": "370102", "persons": 2},
    "enterprises": {"code": "91110000600037341L", "name": "甲", "key": "是", "headcount": 12},
    "vacancies": {"vacancy_id": "v1", "district": "370102", "posted": "2026-06", "wage_low": "8k"},
    "places": {"code": "p1", "name": "园", "kind": "park 园区", "lon": 117.05, "lat": 36.65},
}
EXPECTED: dict[str, dict[str, Any]] = {
    "people": {"work_district": "370102", "persons": 2, "education": "14"},
    "enterprises": {"code": "91110000600037341L", "key": True, "headcount": 12, "industry": "I65"},
    "vacancies": {"vacancy_id": "v1", "posted": 317, "wage_low": 8000.0, "education": "14"},
    "places": {"code": "P1", "kind": "park"},
}
PICKED: dict[str, Any] = {"education": "14 硕士研究生", "education_min": "14 硕士研究生"}
PICKED |= {"industry": "I65 软件和信息技术服务业"}


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return new_workspace(tmp_path / "city", name="甲市")


@pytest.mark.parametrize("table", TABLES)
def test_a_template_filled_in_is_imported(ws: Workspace, tmp_path: Path, table: str) -> None:
    file = tmp_path / f"{table}.xlsx"
    write_template(table, file)
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    assert headings == [heading(column) for column in INPUT[table]]
    for i, column in enumerate(INPUT[table], start=1):
        sheet.cell(3, i, (PICKED | FILLED[table]).get(column.name))
    book.save(file)
    report = import_file(ws, table, file, pseudonym=Pseudonyms(b"k" * 32).of)
    assert (report.rows_in, report.accepted) == (2, 1)
    assert report.reasons == {EXAMPLE: 1}
    assert not report.unread
    (row,) = pq.read_table(record_files(ws, table)[0]).to_pylist()
    assert {name: row[name] for name in EXPECTED[table]} == EXPECTED[table]
    assert row["row"] == 3


@pytest.mark.parametrize("table", TABLES)
def test_codes_have_drop_downs_and_lists(tmp_path: Path, table: str) -> None:
    file = tmp_path / "t.xlsx"
    write_template(table, file)
    book = openpyxl.load_workbook(file)
    coded = [column for column in INPUT[table] if column.codes or column.kind == "flag"]
    assert len(book.worksheets[0].data_validations.dataValidation) == len(coded)
    assert book.sheetnames[1:] == ["代码表", "填写说明"]
    first = next(column for column in INPUT[table] if column.codes)
    assert book["代码表"]["A1"].value == f"代码：{heading(first)}"
    assert all(cell.comment for cell in book.worksheets[0][1])


def test_mistakes_are_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="table: unknown value 'person'"):
        write_template("person", tmp_path / "t.xlsx")
    with pytest.raises(UserError, match=r"t\.csv: a template is a workbook"):
        write_template("people", tmp_path / "t.csv")
    with pytest.raises(UserError, match="cannot be written"):
        write_template("people", tmp_path / "nowhere" / "t.xlsx")
