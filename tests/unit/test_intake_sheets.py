"""Workbooks and pages: the header is found, and what Excel did to the cells is seen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import xlwt

from talentmap.intake.columns import known_names
from talentmap.intake.source import Reading
from talentmap.intake.tabular import read_tabular
from talentmap.model.errors import UserError

Rows = list[tuple[Any, ...]]
HEAD = ["统一社会信用代码", "企业名称", "行业"]


def rows_of(reading: Reading, names: Sequence[str]) -> Rows:
    found: Rows = []
    for chunk in reading.chunks(names):
        columns = chunk.table.to_pydict()
        found += zip(columns["row"], *(columns[name] for name in names), strict=True)
    return found


def read(file: Path, **options: object) -> Reading:
    return read_tabular(file, "enterprises", {"names": known_names("enterprises"), **options})


def workbook(file: Path, fill: Callable[[Any], None], *, name: str = "企业") -> Path:
    with xlsxwriter.Workbook(file) as book:
        fill(book.add_worksheet(name))
    return file


def test_the_header_is_found_under_titles_and_notes(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet.merge_range(0, 0, 0, 3, "某某市重点企业名单")
        sheet.write(1, 0, "填报单位：人才办    日期：2026年6月")
        sheet.write_row(3, 1, HEAD)
        sheet.write_row(4, 1, ["e1", "甲", "I65"])
        sheet.write_row(6, 1, ["e2", "乙", "J"])

    reading = read(workbook(tmp_path / "a.xlsx", fill))
    assert rows_of(reading, HEAD) == [(5, "e1", "甲", "I65"), (7, "e2", "乙", "J")]


def test_names_over_two_rows_take_their_group(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet.merge_range(0, 0, 1, 0, "人员编号")
        sheet.merge_range(0, 1, 0, 2, "居住地")
        sheet.merge_range(0, 3, 0, 4, "工作地")
        sheet.write_row(1, 1, ["经度", "纬度", "经度", "纬度"])
        sheet.write_row(2, 0, ["p1", 117.1, 36.6, 117, 36.5])

    file = workbook(tmp_path / "a.xlsx", fill)
    reading = read_tabular(file, "people", {"names": known_names("people")})
    names = ("人员编号", "居住地经度", "居住地纬度", "工作地经度", "工作地纬度")
    assert reading.header == names
    assert rows_of(reading, names) == [(3, "p1", "117.1", "36.6", "117", "36.5")]


def test_a_cell_merged_downwards_holds_for_its_rows(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet.write_row(0, 0, HEAD)
        sheet.write_column(1, 0, ["e1", "e2", "e3"])
        sheet.merge_range(1, 2, 2, 2, "I65")
        sheet.write(3, 2, "J")

    reading = read(workbook(tmp_path / "a.xlsx", fill))
    assert [row[3] for row in rows_of(reading, HEAD)] == ["I65", "I65", "J"]


def test_cells_become_what_a_person_would_type(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet.write_row(0, 0, ["企业名称", "code", "行业", "规模"])
        sheet.write(1, 0, 110105194912310021)
        sheet.write_datetime(1, 1, dt.datetime(2026, 6, 5, 8))  # noqa: DTZ001
        sheet.write(1, 2, 65)
        sheet.write(1, 3, True)

    reading = read(workbook(tmp_path / "a.xlsx", fill))
    (row,) = rows_of(reading, ["企业名称", "行业", "规模"])
    assert row == (2, "1.10105E+17", "65", "1")


def test_the_sheet_with_the_known_names_is_taken_and_the_others_said(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("说明").write_row(0, 0, ["一", "二"])
        for name in ("2025", "2026"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, HEAD)
            sheet.write_row(1, 0, [f"e{name}", "甲", "I65"])
        book.add_worksheet("藏").hide()
    reading = read(file)
    assert rows_of(reading, HEAD)[0][1] == "e2025"
    assert reading.caveats == ("only sheet '2025' was read; there are also 2026 (--sheet)",)
    assert rows_of(read(file, sheet="2026"), HEAD)[0][1] == "e2026"
    with pytest.raises(UserError, match="sheet: unknown value '2027'; did you mean 20"):
        read(file, sheet="2027")


def test_an_old_workbook(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("企业")
    for i, row in enumerate([HEAD, ["e1", "甲", "I65"]]):
        for j, value in enumerate(row):
            sheet.write(i, j, value)
    book.save(str(tmp_path / "a.xls"))
    assert rows_of(read(tmp_path / "a.xls"), HEAD) == [(2, "e1", "甲", "I65")]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_an_xls_that_is_text(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "a.xls"
    file.write_bytes(("\t".join(HEAD) + "\ne1\t甲公司\tI65\n").encode(encoding))
    assert rows_of(read(file), HEAD) == [(2, "e1", "甲公司", "I65")]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_an_xls_that_is_a_page(tmp_path: Path, encoding: str) -> None:
    page = (
        '<html><head><style>td{mso-number-format:"@"}</style></head><body>'
        "<table><tr><td>登录</td></tr></table>"
        "<TABLE border=1><tr><th colspan=3>企业名单</th></tr>"
        f"<tr><th>{'</th><th>'.join(HEAD)}</th></tr>"
        "<tr><td>e1<td> 甲&nbsp;公司 </td><td rowspan='2'>I65</td></tr>"
        "<tr><td>e2</td><td>乙<br>司</td></tr></TABLE></body></html>"
    )
    file = tmp_path / "a.xls"
    file.write_bytes(page.encode(encoding))
    assert rows_of(read(file), HEAD) == [(3, "e1", "甲 公司", "I65"), (4, "e2", "乙司", "I65")]


def test_the_xml_of_excel_2003(tmp_path: Path) -> None:
    cells = "".join(f'<Cell><Data ss:Type="String">{name}</Data></Cell>' for name in HEAD)
    page = (
        '<?xml version="1.0"?><Workbook xmlns:ss="urn:x"><Worksheet ss:Name="a"><Table>'
        f"<Row>{cells}</Row><Row><Cell><Data>e1</Data></Cell>"
        '<Cell ss:Index="3"><Data>I65</Data></Cell></Row></Table></Worksheet></Workbook>'
    )
    (tmp_path / "a.xls").write_text(page, encoding="utf-8")
    assert rows_of(read(tmp_path / "a.xls"), HEAD) == [(2, "e1", "", "I65")]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"PK\x03\x04 and no more", "not a readable workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "not a readable workbook"),
        (b"<html><body>Session expired</body></html>", "without a table"),
        (b"<table><tr><td>x", "without a table|no rows"),
        (b"", "empty"),
    ],
)
def test_what_is_no_sheet_is_said_in_one_line(tmp_path: Path, data: bytes, says: str) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(data)
    with pytest.raises(UserError, match=says) as caught:
        read(file)
    assert "a.xlsx" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_sheet_without_rows(tmp_path: Path) -> None:
    file = workbook(tmp_path / "a.xlsx", lambda sheet: sheet.write_row(2, 0, HEAD))
    with pytest.raises(UserError, match=r"a\.xlsx: no rows after the header in row 3"):
        read(file)


CHINESE = "企业名称,行业\n" + "山东甲公司,软件和信息技术服务业\n济南乙厂,金融业\n" * 20


@pytest.mark.parametrize("wrong", ["latin-1", "cp1252"])
def test_gbk_read_as_latin1_is_mended_on_request(tmp_path: Path, wrong: str) -> None:
    file = tmp_path / "a.csv"
    raw = CHINESE.encode("gbk")
    file.write_text(raw.decode(wrong, errors="replace"), encoding="utf-8")
    with pytest.raises(UserError, match=r"a\.csv: .*GBK read as Latin-1.*--repair"):
        read(file)
    rows = rows_of(read(file, repair=True), ["企业名称", "行业"])
    assert rows[0] == (2, "山东甲公司", "软件和信息技术服务业")
    assert len(rows) == 40


def test_utf8_read_as_gbk_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(CHINESE.encode().decode("gb18030", errors="replace"), encoding="utf-8")
    with pytest.raises(UserError, match="UTF-8 read as GBK"):
        read(file)


def test_real_accents_are_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("name,school\n" + "Société Générale,École supérieure\n" * 9, encoding="utf-8")
    assert rows_of(read(file), ["name"])[0] == (2, "Société Générale")
