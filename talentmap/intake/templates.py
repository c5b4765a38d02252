"""Templates of the tables as workbooks: drop-downs, code lists, an example row and notes.

What is filled in comes back through the same door as any other sheet: the names are those intake
knows, and the example row is told from a row by its first cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from talentmap.intake.rules import EXAMPLE_MARK
from talentmap.model.codes import code_table
from talentmap.model.errors import UserError, unknown
from talentmap.model.schemas import INPUT, TABLES, Column

NAMES = {"people": "人员", "enterprises": "企业", "vacancies": "岗位", "places": "地点"}
_ROWS = 10_000  # rows that are ready to be filled in
_LISTS = "代码表"
_KINDS = {
    "key": "编号，按文本填写",
    "text": "文字",
    "code": "从下拉列表中选择，也可直接填代码或名称",
    "count": "整数",
    "number": "数字",
    "lon": "经度，如 117.0209",
    "lat": "纬度，如 36.6612",
    "month": "月份或日期，如 2026-06 或 2026-06-05",
    "year": "四位年份，如 1990",
    "wage": "元/月，如 8000 或 8k",
    "flag": "是 或 否",
}
_EXAMPLES = {
    "key": EXAMPLE_MARK,
    "text": "",
    "count": "1",
    "number": "1",
    "lon": "117.0209",
    "lat": "36.6612",
    "month": "2026-06",
    "year": "1990",
    "wage": "8000",
    "flag": "是",
}
_NOTES = (
    "每行一条记录；第一行是表头，请勿改动列名。列的次序可以变，不用的列可以删除，也可以增加自己的列。",
    "红色表头为必填；黄色表头为一组，至少填其中一列；其余可空。",
    "第二行是示例，导入时会自动跳过，也可以删除。",
    "坐标默认为 WGS-84；高德、腾讯地图的是 GCJ-02，百度地图的是 BD-09，导入时用 --crs 说明。",
    "没有坐标时，可填区县、街道、园区或单位的统一社会信用代码，系统逐级定位。",
    "身份证号导入时即转换为假名，不保存原号；请按文本填写，以免末位丢失。",
)


def write_template(table: str, file: Path) -> None:
    """Write the template of a table; raise UserError for an unknown table or where it cannot be."""
    if table not in TABLES:
        raise unknown("table", table, TABLES)
    if file.suffix.lower() != ".xlsx":
        raise UserError(f"{file}: a template is a workbook; name it .xlsx")
    try:
        with xlsxwriter.Workbook(file) as book:
            sheet = book.add_worksheet(NAMES[table])
            lists = _write_lists(book, INPUT[table])
            _write_table(book, sheet, INPUT[table], lists)
            _write_notes(book, INPUT[table])
    except (OSError, XlsxWriterException) as error:
        raise UserError(f"{file}: cannot be written: {error}") from None


def heading(column: Column) -> str:
    """Return the name a column bears in a template."""
    return column.synonyms[0] if column.synonyms else column.name


def _write_table(
    book: Workbook, sheet: Worksheet, columns: Sequence[Column], lists: dict[str, str]
) -> None:
    text = book.add_format({"num_format": "@"})
    example = book.add_format({"num_format": "@", "font_color": "#888888", "italic": True})
    heads = {
        "required": book.add_format({"bold": True, "bg_color": "#F8CBAD"}),
        "one_of": book.add_format({"bold": True, "bg_color": "#FFE699"}),
        "": book.add_format({"bold": True, "bg_color": "#DDEBF7"}),
    }
    sheet.freeze_panes(1, 0)
    for i, column in enumerate(columns):
        sheet.set_column(i, i, max(12, 2.2 * len(heading(column))), text)
        sheet.write_string(0, i, heading(column), _head(column, heads))
        sheet.write_comment(0, i, _note(column))
        sheet.write_string(1, i, EXAMPLE_MARK if i == 0 else _example(column), example)
        source = lists.get(column.codes) or (["是", "否"] if column.kind == "flag" else None)
        if source:
            # A warning only: codes below those of the list are good as well.
            rule = {"validate": "list", "source": source, "error_type": "warning"}
            sheet.data_validation(1, i, _ROWS, i, rule)


def _head(column: Column, heads: dict[str, Format]) -> Format:
    return heads["required" if column.required else "one_of" if column.one_of else ""]


def _note(column: Column) -> str:
    need = "必填" if column.required else "同色各列至少填一列" if column.one_of else "可空"
    others = "、".join(column.synonyms[1:])
    also = f"；列名也可以是 {others}" if others else ""
    return f"{_KINDS[column.kind]}（{need}）{also}"


def _example(column: Column) -> str:
    if column.kind == "code":
        return _shown(column.codes)[0]
    return _EXAMPLES[column.kind] or "示例文字"


def _shown(dimension: str) -> list[str]:
    """Return the codes of a dimension as a drop-down shows them: code and name."""
    return [f"{code.code} {code.name.zh}" for code in code_table(dimension).codes.values()]


def _write_lists(book: Workbook, columns: Sequence[Column]) -> dict[str, str]:
    """Write the code lists, a column each; return {dimension: range of its list}."""
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet(_LISTS)
    ranges = {}
    for i, column in enumerate(column for column in columns if column.codes):
        shown = _shown(column.codes)
        sheet.write_string(0, i, f"代码：{heading(column)}", bold)
        sheet.set_column(i, i, 28)
        sheet.write_column(1, i, shown)
        letter = xlsxwriter.utility.xl_col_to_name(i)
        ranges[column.codes] = f"={_LISTS}!${letter}$2:${letter}${len(shown) + 1}"
    return ranges


def _write_notes(book: Workbook, columns: Sequence[Column]) -> None:
    sheet = book.add_worksheet("填写说明")
    wrapped, bold = book.add_format({"text_wrap": True}), book.add_format({"bold": True})
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90, wrapped)
    for i, note in enumerate(_NOTES):
        sheet.write_number(i, 0, i + 1)
        sheet.write_string(i, 1, note)
    for i, column in enumerate(columns, start=len(_NOTES) + 1):
        sheet.write_string(i, 0, heading(column), bold)
        sheet.write_string(i, 1, _note(column))
