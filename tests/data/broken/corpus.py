"""Broken files as offices have them, made by code: each with what must become of it.

`CASES` maps a name to a table, a file and its outcome: a part of the one line that refuses the
whole file, or what the report must say: how many rows are accepted, and (row, column) of each
refusal.
"""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter
import xlwt

HEAD = "企业名称,统一社会信用代码,行业,从业人数\n"
GOOD = "甲公司,e1,I65,12\n乙公司,e2,J,3\n"
V = "岗位编号,区县,发布日期,招聘人数,薪资,学历要求\n"
P = "身份证号,工作区县,学历,人数,来市月份\n"


@dataclass(frozen=True)
class Outcome:
    """What a file comes to: a message, or rows accepted and refused at (row, column)."""

    says: str = ""
    accepted: int = 0
    at: tuple[tuple[int, str], ...] = ()
    unread: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """One broken file."""

    table: str
    name: str
    data: bytes
    outcome: Outcome
    options: dict[str, object] = field(default_factory=dict)


def refused(says: str) -> Outcome:
    """Return the outcome of a file refused whole."""
    return Outcome(says)


def rows(accepted: int, *at: tuple[int, str], **unread: int) -> Outcome:
    """Return the outcome of a file taken in."""
    return Outcome("", accepted, at, dict(unread))


def _text(table: str, text: str, outcome: Outcome, encoding: str = "utf-8", **more: Any) -> Case:
    name = more.pop("name", f"{table}.csv")
    return Case(table, name, text.encode(encoding, "replace"), outcome, more)


def _bytes(data: bytes, outcome: Outcome, name: str = "enterprises.csv") -> Case:
    return Case("enterprises", name, data, outcome)


def _book(fill: Callable[[Any, Any], None], outcome: Outcome, table: str = "enterprises") -> Case:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        fill(book, book.add_worksheet("数据"))
    return Case(table, f"{table}.xlsx", out.getvalue(), outcome)


def _sheet(cells: list[list[Any]], outcome: Outcome, table: str = "enterprises") -> Case:
    def fill(_book: Any, sheet: Any) -> None:
        for i, row in enumerate(cells):
            sheet.write_row(i, 0, row)

    return _book(fill, outcome, table)


def _old_book(cells: list[list[Any]], cut: int = 0) -> bytes:
    book, out = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("a")
    for i, row in enumerate(cells):
        for j, value in enumerate(row):
            sheet.write(i, j, value)
    book.save(out)
    return out.getvalue()[: -cut or None]


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def _two_sheets(book: Any, sheet: Any) -> None:
    sheet.write_row(0, 0, ["说明", "请看第二页"])
    other = book.add_worksheet("第二页")
    other.write_row(0, 0, NAMES)
    other.write_row(1, 0, ["甲", "e1", "I65", 12])


def _merged_down(_book: Any, sheet: Any) -> None:
    sheet.write_row(0, 0, NAMES)
    sheet.write_column(1, 1, ["e1", "e2"])
    sheet.merge_range(1, 0, 2, 0, "甲公司")


NAMES = ["企业名称", "统一社会信用代码", "行业", "从业人数"]
_ROW = ["甲", "e1", "I65", 12]
_GBK = (HEAD + GOOD * 5).encode("gb18030")
_ID, _BAD_ID = "11010519491231002X", "370112199003070010"

CASES: dict[str, Case] = {
    # The file itself.
    "empty": _bytes(b"", refused("the file is empty")),
    "only blank lines": _bytes(b"\n\n  \n", refused("the file is empty")),
    "only a mark": _bytes(b"\xef\xbb\xbf", refused("empty")),
    "only a header": _text("enterprises", HEAD, refused("no rows after the header")),
    "a pdf": _bytes(b"%PDF-1.7\n%\xe2\xe3", refused("this is a PDF")),
    "a database": _bytes(b"SQLite format 3\0" + b"\0" * 99, refused("a database")),
    "zeros": _bytes(b"\0" * 500, refused("binary")),
    "an archive of csv": _bytes(_zip({"a.csv": b"a,b\n"}), refused("not a readable workbook")),
    "gzip cut off": _bytes(
        gzip.compress((HEAD + GOOD * 99).encode())[:60], refused("cannot be read")
    ),
    "gz that is none": Case("enterprises", "e.csv.gz", HEAD.encode(), refused("named .gz")),
    "an unknown kind": Case("enterprises", "e.docx", b"PK\x03\x04", refused("not a kind of file")),
    "a workbook named csv": Case(
        "enterprises", "e.csv", _sheet([NAMES, _ROW], rows(1)).data, rows(1)
    ),
    "one endless line": _bytes(b"a," * 200, refused("not a header|no column")),
    # Encodings.
    "gb18030": _bytes(_GBK, rows(2, *((i, "统一社会信用代码") for i in range(2, 10)))),
    "utf-16": _text("enterprises", HEAD + GOOD, rows(2), "utf-16"),
    "utf-16 cut in a character": _bytes((HEAD + GOOD).encode("utf-16")[:-3], rows(1, (3, ""))),
    "big5": _bytes(
        "企業名稱,統一社會信用代碼\n甲國,e1\n".encode("big5"), refused("no column|neither")
    ),
    "one bad byte": _bytes((HEAD + GOOD).encode() + b"\xff\xfe,e3,J,1\n", rows(2, (4, ""))),
    "a row of gbk in utf-8": _bytes(
        (HEAD + GOOD).encode() + "丙公司,e3,J,1\n".encode("gbk"), rows(2, (4, ""))
    ),
    "gbk read as latin-1": _bytes(
        _GBK.decode("latin-1").encode(), refused("GBK read as Latin-1.*--repair")
    ),
    "utf-8 read as gbk": _bytes(
        (HEAD + GOOD * 5).encode().decode("gb18030", "replace").encode(),
        refused("UTF-8 read as GBK"),
    ),
    "a mark inside": _text("enterprises", "\ufeff" + HEAD + GOOD, rows(2), "utf-8-sig"),
    # Delimiters and quotes.
    "semicolons": _text("enterprises", (HEAD + GOOD).replace(",", ";"), rows(2)),
    "tabs named csv": _text("enterprises", (HEAD + GOOD).replace(",", "\t"), rows(2)),
    "old mac lines": _text("enterprises", (HEAD + GOOD).replace("\n", "\r"), rows(2)),
    "a cell too many": _text("enterprises", HEAD + GOOD + "丙,e3,J,1,多\n", rows(2, (4, ""))),
    "a cell too few": _text("enterprises", HEAD + "丙,e3\n" + GOOD, rows(2, (2, ""))),
    "a quote left open": _text("enterprises", HEAD + '"丙,e3,J,1\n' + GOOD, rows(2, (2, ""))),
    "a quote at the end": _text("enterprises", HEAD + GOOD + '"丙,e3,J,1', rows(2, (4, ""))),
    "text after a quote": _text("enterprises", HEAD + '"丙"x,e3,J,1\n' + GOOD, rows(2, (2, ""))),
    "a break in quotes": _text("enterprises", HEAD + '"丙\n司",e3,J,1\n' + GOOD, rows(3)),
    "a bare return": _text("enterprises", HEAD + "丙\r司,e3,J,1\n" + GOOD, rows(2, (2, ""))),
    "blank lines": _text("enterprises", HEAD + "\n" + GOOD + "\n\n", rows(2)),
    "a row of commas": _text("enterprises", HEAD + ",,,\n" + GOOD, rows(2, (2, ""))),
    # Headers.
    "no header": _text("enterprises", GOOD, refused("no column code")),
    "a header of numbers": _text("enterprises", "1,2,3,4\n" + GOOD, refused("look like a header")),
    "a name twice": _text("enterprises", "企业名称,企业名称,信用代码\n甲,乙,e1\n", rows(1)),
    "a name missing": _text("enterprises", "企业名称,,信用代码\n甲,乙,e1\n", rows(1)),
    "a misspelt name": _text(
        "enterprises", "企业名称,信用代玛\n甲,e1\n", refused("nearest.*信用代玛")
    ),
    "the header again": _text("enterprises", HEAD + GOOD + HEAD, rows(2, (4, ""))),
    "statistics": _text(
        "people", "区县名,人口数_合计,人口数_男,平均年龄\n历下,9,5,40\n", refused("totals by area")
    ),
    "a total": _text(
        "enterprises", HEAD + GOOD + "合 计,,,15\n注：略,,,\n", rows(2, (4, ""), (5, ""))
    ),
    # Values.
    "a word for a number": _text("enterprises", HEAD + "丙,e3,J,若干\n", rows(1, 从业人数=1)),
    "less than nothing": _text(
        "enterprises", HEAD + GOOD + "丙,e3,J,-3\n", rows(2, (4, "从业人数"))
    ),
    "an unknown industry": _text("enterprises", HEAD + "丙,e3,魔法业,1\n", rows(1, 行业=1)),
    "no code": _text("enterprises", HEAD + GOOD + "丙,,J,1\n", rows(2, (4, "统一社会信用代码"))),
    "a wrong credit code": _text(
        "enterprises", HEAD + GOOD + "丙,91350211M000100Y43,J,1\n", rows(2, (4, "统一社会信用代码"))
    ),
    "a code eaten by excel": _text(
        "enterprises", HEAD + GOOD + "丙,9.1E+17,J,1\n", rows(2, (4, "统一社会信用代码"))
    ),
    "a code twice": _text(
        "enterprises", HEAD + GOOD + "丙,E1,J,1\n", rows(2, (2, "统一社会信用代码"))
    ),
    "a wrong identity number": _text(
        "people", P + f"{_ID},A,本科,1,2026-06\n{_BAD_ID},A,本科,1,\n", rows(1, (3, "身份证号"))
    ),
    "no person": _text("people", P + ",A,本科,0,\n,A,本科,1,\n", rows(1, (2, "人数"))),
    "a date that is none": _text(
        "people",
        P + ",A,,1,2026-02-30\n,A,,1,2026-13\n,A,,1,近日\n",
        rows(1, (2, "来市月份"), (3, "来市月份"), 来市月份=1),
    ),
    "a date that is several": _text(
        "people",
        P + ",A,,1,05/03/2024\n,A,,1,24-3-5\n,A,,1,2024\n,A,,1,1718000000\n,A,,1,\n",
        rows(1, *((i, "来市月份") for i in range(2, 6))),
    ),
    "no date where one is needed": _text(
        "vacancies",
        V + "1,A,,1,,\n2,A,即日,1,,\n3,A,2026-06,1,,\n",
        rows(1, (2, "发布日期"), (3, "发布日期")),
    ),
    "wages of all kinds": _text(
        "vacancies",
        V + "1,A,2026-06,1,面议,不限\n2,A,2026-06,1,高薪,学霸\n3,A,2026-06,1,8k,\n",
        rows(3, 薪资=1, 学历要求=1),
    ),
    "full width": _text("vacancies", V + "１,Ａ,２０２６年６月,１人,８Ｋ-９Ｋ,本科\n", rows(1)),
    "half a coordinate": _text(
        "people",
        "居住地经度,居住地纬度\n117,\n,36\n117,36\n",
        rows(1, (2, "居住地纬度"), (3, "居住地经度")),
    ),
    "off the earth": _text(
        "people",
        "居住地经度,居住地纬度\n117,96\n200,36\nx,36\n117,36\n",
        rows(1, (2, "居住地纬度"), (3, "居住地经度"), (4, "居住地经度")),
    ),
    "nothing but faults": _text("people", P + ",A,,0,\n", refused("none of 1 rows accepted")),
    "a shape that is none": _text(
        "places",
        "代码,名称,类型,几何\np1,园,园区,POLYGON((1 2\np2,园,园区,POINT(1 2)\n",
        rows(1, (2, "几何")),
    ),
    # Workbooks and pages.
    "a sheet without a header": _sheet([[1, 2], [3, 4]], refused("no column|no header")),
    "an empty workbook": _sheet([], refused("no header")),
    "a title above": _sheet([["名单"], [], NAMES, _ROW], rows(1)),
    "a sheet with a total": _sheet([NAMES, _ROW, ["合计", "", "", 12]], rows(1, (3, ""))),
    "identity numbers as numbers": _sheet(
        [["身份证号", "工作区县"], [110105194912310021, "A"], ["", "A"]],
        rows(1, (2, "身份证号")),
        "people",
    ),
    "days of excel": _sheet(
        [["岗位编号", "区县", "发布日期"], [1, "A", 46178], [2, "A", 46178.5]], rows(2), "vacancies"
    ),
    "the second sheet": _book(_two_sheets, rows(1)),
    "merged downwards": _book(_merged_down, rows(2)),
    "a workbook cut off": Case(
        "enterprises",
        "e.xlsx",
        _sheet([NAMES, _ROW], rows(1)).data[:900],
        refused("not a readable"),
    ),
    "an old workbook": Case("enterprises", "e.xls", _old_book([NAMES, _ROW]), rows(1)),
    "an old workbook cut off": Case(
        "enterprises", "e.xls", _old_book([NAMES, _ROW], 3000), refused("not a readable|no header")
    ),
    "text named xls": Case(
        "enterprises", "e.xls", (HEAD + GOOD).replace(",", "\t").encode("gbk"), rows(2)
    ),
    "a page named xls": Case(
        "enterprises",
        "e.xls",
        ("<table><tr><td>" + "<td>".join(NAMES) + "<tr><td>甲<td>e1<td>I65<td>1</table>").encode(),
        rows(1),
    ),
    "a page of an error": Case(
        "enterprises", "e.xls", b"<html><h1>500</h1></html>", refused("without a table")
    ),
    # Typed files.
    "parquet cut off": Case("enterprises", "e.parquet", b"PAR1" + b"\0" * 40, refused("Parquet")),
    "geojson cut off": Case("places", "p.geojson", b'{"type":"Feature', refused("not a readable")),
}
