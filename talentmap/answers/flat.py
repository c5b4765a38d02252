"""Answers as tables: CSV, JSON, Excel, Parquet."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import IO, Any

import pyarrow.parquet as pq
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from talentmap.answers.about import SYNTHETIC, lines, title
from talentmap.answers.desk import Desk
from talentmap.model.answer import Answer
from talentmap.model.words import Words

_ROWS_AT_ONCE = 5_000
_ABOUT, _DATA = Words("说明", "About"), Words("数据", "Data")
_FONT = "Microsoft YaHei"
_WIDTHS = {"id": 18, "name": 34, "status": 14}


def to_csv(answer: Answer, _desk: Desk, file: Path, _language: str) -> None:
    """Write rows `id,name,value,low,high,n,status`, below comment lines that say what they are.

    A text that a spreadsheet would run as a formula gets a leading apostrophe.
    """
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        for line in heading(answer):
            out.write(f"# {line}\n")
        write_rows(answer, out)


def heading(answer: Answer) -> list[str]:
    """Return what a CSV says about itself: question, month, release, source, marks."""
    told = [
        f"question: {answer.question.to_query()}",
        f"unit: {answer.unit}; formula: {answer.formula}",
        f"month: {answer.month}; release: {answer.release}; tier: {answer.tier}",
        f"source: {answer.source}",
        *answer.notes,
    ]
    return [SYNTHETIC, *told] if answer.synthetic else told


def write_rows(answer: Answer, out: IO[str]) -> None:
    """Write the rows with their column names and nothing else."""
    writer = csv.writer(out, lineterminator="\n")
    names = answer.table.column_names
    writer.writerow(names)
    for piece in answer.table.to_batches(max_chunksize=_ROWS_AT_ONCE):
        columns = [[_plain(v) for v in piece[name].to_pylist()] for name in names]
        writer.writerows(zip(*columns, strict=True))


def to_json(answer: Answer, _desk: Desk, file: Path, _language: str) -> None:
    """Write the Answer as one JSON object."""
    with file.open("w", encoding="utf-8") as out:
        json.dump(answer.to_json(), out, ensure_ascii=False, indent=1, allow_nan=False)
        out.write("\n")


def to_parquet(answer: Answer, _desk: Desk, file: Path, _language: str) -> None:
    """Write the rows as Parquet; everything else the Answer says is in the file's metadata."""
    about = json.dumps(answer.to_json(rows=False), ensure_ascii=False)
    pq.write_table(answer.table.replace_schema_metadata({"talentmap": about}), file)


def to_xlsx(answer: Answer, desk: Desk, file: Path, language: str) -> None:
    """Write a sheet that says what the numbers are and a sheet of the rows, row by row.

    Every text is written as text, so that none runs as a formula.
    """
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
    for format_ in book.formats:
        format_.set_font_name(_FONT)
    bold = book.add_format({"bold": True, "font_name": _FONT, "bottom": 1})
    wrap = book.add_format({"text_wrap": True, "valign": "top", "font_name": _FONT})
    metric = desk.metrics[answer.question.metric].name
    _about_sheet(book.add_worksheet(_ABOUT.in_(language)), lines(answer, metric, language), wrap)
    _data_sheet(book.add_worksheet(_DATA.in_(language)), answer, language, bold, book)
    book.close()


def _about_sheet(sheet: Worksheet, told: list[tuple[str, str]], wrap: Any) -> None:
    sheet.set_column(0, 0, 14, wrap)
    sheet.set_column(1, 1, 90, wrap)
    for at, (label, said) in enumerate(told):
        _written(sheet.write_string(at, 0, label, wrap))
        _written(sheet.write_string(at, 1, said, wrap))


def _data_sheet(
    sheet: Worksheet, answer: Answer, language: str, bold: Any, book: xlsxwriter.Workbook
) -> None:
    names = answer.table.column_names
    number = book.add_format({"num_format": "#,##0.######", "font_name": _FONT})
    sheet.freeze_panes(1, 2)
    for at, name in enumerate(names):
        sheet.set_column(at, at, _WIDTHS.get(name, 12))
        _written(sheet.write_string(0, at, title(name, language), bold))
    row = 0
    for piece in answer.table.to_batches(max_chunksize=_ROWS_AT_ONCE):
        columns = [piece[name].to_pylist() for name in names]
        for cells in zip(*columns, strict=True):
            row += 1
            for at, cell in enumerate(cells):
                if isinstance(cell, str):
                    _written(sheet.write_string(row, at, cell))
                elif cell is not None:
                    _written(sheet.write_number(row, at, cell, number))
    if row:
        _written(sheet.autofilter(0, 0, row, len(names) - 1))


def _written(outcome: int | None) -> None:
    """Raise where the library wrote nothing: it only returns a number then."""
    if outcome:
        raise ValueError(f"xlsx: a cell was not written ({outcome})")


def _plain(value: Any) -> Any:
    """Keep a spreadsheet from running a name as a formula; write whole numbers whole."""
    if value is None:
        return ""
    if isinstance(value, str) and value[:1] in "=+-@\t\r":
        return f"'{value}"
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
