"""Formats by themselves: one small document with everything in it, and names that bite."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import numpy as np
import openpyxl
import pytest
from pypdf import PdfReader

from talentmap.model.answer import INSUFFICIENT, MISSING, OK, SUPPRESSED
from talentmap.reports.content.model import (
    Area,
    Cell,
    Chart,
    Column,
    Document,
    Figures,
    Heading,
    Map,
    Paragraph,
    Points,
    Series,
    Table,
)
from talentmap.reports.formats.xlsx import free_name
from talentmap.reports.pictures.draw import Gallery
from talentmap.reports.write import formats

BITING = '=HYPERLINK("x","y") <b>&"\'#{1+1}\\n*粗* $x$ @name'
WORDS = {"north": "北", "km": "公里", SUPPRESSED: "已隐去", INSUFFICIENT: "不足", MISSING: "无"}
SQUARE = np.array([[117.0, 36.0], [117.2, 36.0], [117.2, 36.2], [117.0, 36.2], [117.0, 36.0]])


def _table(rows: int = 3) -> Table:
    columns = (Column("名称", "text", 3), Column("人数", "count"), Column("占比%", "share"))
    body = [(Cell(BITING), Cell(12345.0), Cell(0.6315))]
    body += [(Cell(f"单位{i}"), Cell(float(i)), Cell(None, SUPPRESSED)) for i in range(rows)]
    return Table("表格：甲/乙", "表格：甲/乙*?[]", columns, tuple(body), "说明", most=10)


def _chart(shape: str, kind: str) -> Chart:
    values: tuple[float | None, ...] = (0.4, None, 0.6)
    series = (Series("一", values), Series("二", (0.6, 0.2, 0.1), "demand"))
    one = series[:1] if kind == "ratio" else series
    return Chart("图" + shape, shape, shape, kind, ("甲", BITING, "丙"), one, "人", reference=1.0)


def _map() -> Map:
    states = (OK, SUPPRESSED, INSUFFICIENT, MISSING)
    cells = ("883199280bfffff", "8831992807fffff", "8831992803fffff", "8831992801fffff")
    area = Area("甲区", 117.1, 36.1, (SQUARE,))
    values = np.array([1.3, np.nan, np.nan, np.nan])
    return Map("地图", "地图", (area,), cells, values, states, "ratio", (0.5, 1.0), "scarcity",
               "指数\n倍", "来源", WORDS, Area("甲区", 117.1, 36.1, (SQUARE,)))  # fmt: skip


@pytest.fixture
def document() -> Document:
    blocks = (
        Heading("第一"), Paragraph(BITING, "lead"), Paragraph("第二段"), Paragraph("注", "note"),
        Figures((("人才", "1.2万人", "同比增长 1.0%"), ("岗位", "3 个", "持平"))),
        Points(("点一", BITING), numbered=True), Points(("点二",)), _table(),
        Heading("分项", 2), _chart("bars", "count"), _chart("bars", "ratio"),
        _chart("lines", "share"), _chart("stack", "share"), _map(), Heading("第二"), _table(20),
    )  # fmt: skip
    facts = (("范围与条件", BITING), ("数据月份", "2026年6月"), ("查看级别", "授权"))
    return Document(
        f"标题 {BITING}", "副标题", "文件", "zh", facts, blocks, ("演示数据（合成）",), "授权级 <&>"
    )


@pytest.fixture
def write(document: Document, tmp_path: Path) -> Callable[[str], Path]:
    def made(name: str) -> Path:
        format_ = formats()[name]
        file = tmp_path / f"x{format_.suffix}"
        format_.write(document, Gallery(tmp_path / "pictures"), file)
        return file

    return made


def test_docx_has_styles_fields_and_repeated_heads(write: Callable[[str], Path]) -> None:
    file = write("docx")
    found = docx.Document(str(file))
    styled = [(p.style.name if p.style else "", p.text) for p in found.paragraphs]
    heads = [(style, text) for style, text in styled if (style or "").startswith("Heading")]
    assert heads == [
        ("Heading 1", "一、第一"),
        ("Heading 2", "（一）分项"),
        ("Heading 1", "二、第二"),
    ]
    assert BITING in [p.text for p in found.paragraphs]
    body = found.element.body.xml
    assert body.count("w:tblHeader") == 2  # one a table; the figures to read first have no head
    assert 'TOC \\o "1-2"' in body
    assert len(re.findall(r"SEQ (?:表|图)", body)) == 7
    assert 'w:eastAsia="Noto Sans SC"' in found.styles.element.xml
    defaults = found.styles.element.find(".//{*}docDefaults//{*}rFonts")
    assert defaults is not None
    assert not [name for name in defaults.attrib if "Theme" in name]
    marks = set(re.findall(r'w:anchor="(\w+)"', body))
    assert marks == set(re.findall(r'w:bookmarkStart [^>]*w:name="(\w+)"', body))
    ids = re.findall(r'<wp:docPr id="(\d+)"', body)
    assert len(ids) == len(set(ids)) == 5
    with ZipFile(file) as parts:
        header = next(parts.read(n).decode() for n in parts.namelist() if "header1" in n)
    assert "授权级 &lt;&amp;&gt;" in header
    assert "演示数据（合成）" in header


def test_docx_keeps_the_order_word_asks_for(write: Callable[[str], Path]) -> None:
    found = docx.Document(str(write("docx")))
    order = ["pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "numPr", "pBdr",
             "tabs", "spacing", "ind", "contextualSpacing", "jc", "outlineLvl", "rPr"]  # fmt: skip
    parts = [*found.styles.element.iter("{*}pPr"), *found.element.body.iter("{*}pPr")]
    assert parts
    for properties in parts:
        names = [child.tag.rpartition("}")[2] for child in properties]
        assert names == sorted(names, key=order.index)
    assert not [t for t in found.styles.element.iter("{*}tabs") if not len(t)]
    body = found.styles["Body Text"].element.find(".//{*}ind")
    assert body is not None
    assert "200" in body.attrib.values()


def test_docx_cuts_long_tables_and_says_so(write: Callable[[str], Path]) -> None:
    found = docx.Document(str(write("docx")))
    assert len(found.tables[-1].rows) == 1 + 10
    assert any("共 21 行" in p.text and "前 10 行" in p.text for p in found.paragraphs)
    assert [c.text for c in found.tables[-1].rows[1].cells] == [BITING, "12,345", "63.2"]
    assert found.tables[-1].rows[2].cells[2].text == "已隐去"


def test_pdf_embeds_the_font_and_takes_no_name_for_markup(write: Callable[[str], Path]) -> None:
    reader = PdfReader(write("pdf"))
    text = "".join(page.extract_text() for page in reader.pages)
    assert "HYPERLINK" in text
    assert "#{1+1}" in text.replace(" ", "")
    assert "已隐去" in text
    resources: list[Any] = [page["/Resources"] for page in reader.pages]
    fonts = {f.get_object()["/BaseFont"] for found in resources for f in found["/Font"].values()}
    assert fonts
    assert all("NotoSansSC" in name for name in fonts)
    assert all("演示数据" in page.extract_text() for page in reader.pages)


def test_xlsx_keeps_texts_as_texts_and_numbers_unrounded(write: Callable[[str], Path]) -> None:
    book = openpyxl.load_workbook(write("xlsx"))
    assert book.sheetnames[0] == "封面"
    sheet = book[book.sheetnames[1]]
    assert sheet.freeze_panes == "B4"
    assert (sheet["A4"].value, sheet["A4"].data_type) == (BITING, "s")
    assert sheet["C4"].value == 0.6315
    assert sheet["C4"].number_format == "#,##0.0%"
    assert sheet["C5"].value == "已隐去"
    assert book[book.sheetnames[2]].max_row == 3 + 21  # all rows, where paged formats cut
    assert len(book["图表"]._charts) == 4
    assert len(book["地图"]._images) == 1
    cover = [c.value for row in book["封面"].iter_rows() for c in row if c.value]
    assert {"范围与条件", "2026年6月", "演示数据（合成） 授权级 <&>"} <= set(cover)


def test_html_is_one_file_without_requests(write: Callable[[str], Path]) -> None:
    text = write("html").read_text("utf-8")
    assert "&lt;b&gt;&amp;" in text
    assert "<b>&" not in text
    assert text.count("<table>") == 2
    assert text.count("data:image/png;base64,") == 5
    assert text.count("data:font/woff2;base64,") == 2
    assert not re.findall(r'(?:src|href)="(?!data:|#)', text)
    assert "url(http" not in text
    assert "<script" not in text


def test_sheets_get_names_excel_takes() -> None:
    used: set[str] = set()
    for name in ("甲/乙:丙*", "甲/乙:丙*", "长" * 60, "长" * 60, "'", ""):
        found = free_name(name, used)
        assert found.lower() not in used
        assert 0 < len(found) <= 31
        assert not set("[]:*?/\\'") & set(found)
        used.add(found.lower())
