"""The quality report of a batch as files: a page to read, and the refused rows in Excel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from talentmap.intake.coverage import OUTSIDE, UNKNOWN
from talentmap.intake.refused import RefusedRow, RefusedRows
from talentmap.intake.report import BatchReport
from talentmap.intake.words import in_chinese
from talentmap.model.errors import UserError
from talentmap.model.schemas import PRECISION

_SIDES = {"home": "居住地", "work": "工作地", "position": "位置"}
_PRECISION = dict(zip(PRECISION, ("坐标", "地点", "区县", "不明"), strict=True))
_DIFFERENCE = {"new": "新增", "changed": "有变化", "same": "相同", "gone": "不再出现"}
_WIDTHS = (8, 16, 30)
_LONGEST_CELL = 32_767
_STYLE = (
    "body{font:15px/1.6 system-ui,sans-serif;max-width:60em;margin:2em auto;padding:0 1em}"
    "table{border-collapse:collapse;margin:.5em 0 1.5em}"
    "td,th{border:1px solid #ccc;padding:.2em .7em;text-align:left}"
    "td.n{text-align:right;font-variant-numeric:tabular-nums}"
)

Rows = Iterable[tuple[str, int]]


def write_report(folder: Path, report: BatchReport, refused: RefusedRows) -> list[Path]:
    """Write the page, and the workbook of refused rows if there are any; return the files.

    Raise UserError naming the folder where they cannot be written.
    """
    name = report.batch or f"{report.table}-dry-run"
    page, book = folder / f"{name}.html", folder / f"{name}-refused.xlsx"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        page.write_text(report_page(report), encoding="utf-8")
        if not refused.rows:
            return [page]
        _write_refused(book, refused)
    except (OSError, XlsxWriterException) as error:
        raise UserError(f"report {folder}: cannot be written: {error}") from None
    return [page, book]


def report_page(report: BatchReport) -> str:
    """Return the page, complete in itself: no other file, no script, no request."""
    title = f"导入质量报告：{report.file}"
    share = f"{report.accepted / report.rows_in:.1%}" if report.rows_in else "—"
    head = [
        ("读入行数", f"{report.rows_in:,}"),
        ("接受", f"{report.accepted:,}（{share}）"),
        ("退回", f"{report.refused:,}"),
        ("批次", report.batch or "试运行，未导入"),
        ("数据表", report.table),
        ("时间", report.started),
        ("文件 SHA-256", report.sha256),
    ]
    parts = [
        _table(("项目", "内容"), head),
        _section("退回原因", _counts(report.reasons)),
        _section("已修正", _counts(report.mended)),
        _unread(report),
        *(_coverage(side, places) for side, places in report.coverage.items()),
        _section(
            f"与上一批 {report.compared} 相比",
            [(_DIFFERENCE[word], count) for word, count in report.difference.items()],
        ),
    ]
    if report.caveats:
        items = "".join(f"<li>{escape(caveat)}</li>" for caveat in report.caveats)
        parts.append(f"<h2>请注意</h2><ul>{items}</ul>")
    return (
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style><h1>{escape(title)}</h1>{''.join(parts)}</html>\n"
    )


def _counts(reasons: Mapping[str, int]) -> list[tuple[str, int]]:
    ordered = sorted(reasons.items(), key=lambda item: -item[1])
    return [(in_chinese(reason), rows) for reason, rows in ordered]


def _unread(report: BatchReport) -> str:
    """Return the values not understood by column, the most frequent first."""
    parts = []
    for column, times in report.unread.items():
        words = sorted(report.words.get(column, {}).items(), key=lambda item: -item[1])
        rest = times - sum(count for _, count in words)
        shown = [*words, *([("……", rest)] if rest else [])]
        parts.append(_section(f"未能识别：{column}（{times:,}）", shown))
    if parts:
        parts.append("<p>可在工作区的 synonyms/words.csv 中补充这些词的代码，再导入一次。</p>")
    return "".join(parts)


def _coverage(side: str, places: Mapping[str, Mapping[str, int]]) -> str:
    names = {OUTSIDE: "市外", UNKNOWN: "区县不明"}
    rows = [
        (names.get(place, place), *(f"{counts.get(name, 0):,}" for name in PRECISION))
        for place, counts in places.items()
    ]
    heads = ("区县", *(_PRECISION[name] for name in PRECISION))
    return f"<h2>定位精度：{_SIDES[side]}</h2>{_table(heads, rows)}" if rows else ""


def _section(title: str, rows: Rows) -> str:
    shown = [(word, f"{count:,}") for word, count in rows]
    return f"<h2>{escape(title)}</h2>{_table(('项目', '数量'), shown)}" if shown else ""


def _table(heads: Iterable[str], rows: Iterable[tuple[str, ...]]) -> str:
    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    body = "".join(
        f"<tr><td>{escape(first)}</td>"
        + "".join(f'<td class="n">{escape(text)}</td>' for text in rest)
        + "</tr>"
        for first, *rest in rows
    )
    return f"<table><tr>{head}</tr>{body}</table>"


def _write_refused(file: Path, refused: RefusedRows) -> None:
    """Write the refused rows: where each stands in the file, why, and its cells, the fault red."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        bold, red = book.add_format({"bold": True}), book.add_format({"bg_color": "#FFC7CE"})
        sheet = book.add_worksheet("退回的行")
        sheet.write_row(0, 0, ["行号", "列", "原因", *refused.header], bold)
        sheet.freeze_panes(1, len(_WIDTHS))
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        for i, row in enumerate(sorted(refused.rows, key=lambda row: row.row), start=1):
            _write_row(sheet, i, row, refused.header, red)
        if refused.left_out:
            note = f"另有 {refused.left_out:,} 行未列出"
            sheet.write_string(len(refused.rows) + 1, 2, note)


def _write_row(
    sheet: xlsxwriter.worksheet.Worksheet,
    i: int,
    row: RefusedRow,
    header: tuple[str, ...],
    red: xlsxwriter.format.Format,
) -> None:
    sheet.write_number(i, 0, row.row)
    sheet.write_string(i, 1, row.column)
    sheet.write_string(i, 2, in_chinese(row.reason))
    for name, cell, column in zip(header, row.cells, range(len(_WIDTHS), 16_384), strict=False):
        # No format at all where nothing is wrong.
        sheet.write_string(i, column, cell[:_LONGEST_CELL], *([red] if name == row.column else []))
