"""XLSX: a cover, one sheet a table, native charts; texts are texts, whatever they begin with."""

from __future__ import annotations

from math import ceil
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.worksheet import Worksheet

from talentmap.model.words import Words
from talentmap.reports.content.layout import NOTE, is_absent
from talentmap.reports.content.model import (
    Cell,
    Chart,
    Column,
    Document,
    Map,
    Paragraph,
    Points,
    Table,
)
from talentmap.reports.fonts import FAMILY
from talentmap.reports.format import Format
from talentmap.reports.pictures.draw import Gallery
from talentmap.reports.words import KINDS, absent

_LARGE = 20_000  # rows from which on the file is written row by row, in bounded memory
_WIDEST, _NARROWEST = 46, 9
_LONG = 24  # letters: a longer text may need a second line
_SHEET = 31
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_COVER, _CHARTS, _MAPS, _TEXT = (
    Words("封面", "Cover"), Words("图表", "Charts"), Words("地图", "Maps"), Words("文字", "Text"),
)  # fmt: skip
_SHEETS = Words("工作表", "Sheets")
_ROW_PIXELS, _COVER_WIDTH = 20, 96
_HEAD = 3  # rows above a table: its title, the filters, the head


def write(document: Document, gallery: Gallery, file: Path) -> None:
    """Write a document as a workbook."""
    rows = sum(len(table.rows) for table in document.tables())
    options = {"constant_memory": rows > _LARGE, "strings_to_formulas": False,
               "strings_to_urls": False, "in_memory": False}  # fmt: skip
    with xlsxwriter.Workbook(file, options) as book:
        _Book(book, document, gallery).write()


class _Book:
    """Writes one workbook."""

    def __init__(self, book: xlsxwriter.Workbook, document: Document, gallery: Gallery) -> None:
        self.book, self.source, self.gallery = book, document, gallery
        # The first format is what every cell and chart without one of its own has.
        book.formats[0].set_font_name(FAMILY)
        book.formats[0].set_font_size(10)
        self.formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self.names: dict[int, str] = {}
        self.numbers: dict[str, Any] = {}
        self.plain = self.look()
        self.wrapped = self.look(text_wrap=True)
        self.grey = self.look(font_color="#66727D", align="right")

    def write(self) -> None:
        """Write all sheets, the cover first."""
        self._name_sheets()
        cover = self._sheet(_COVER.in_(self.source.language))
        self._cover(cover)
        for table in self.source.tables():
            self._table(table)
        self._charts()
        self._maps()

    def look(self, **properties: Any) -> Any:
        """Return a cell format, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            base = {"font_name": FAMILY, "font_size": 10, "valign": "vcenter"}
            self.formats[key] = self.book.add_format({**base, **properties})
        return self.formats[key]

    def _name_sheets(self) -> None:
        used: set[str] = set()
        for table in self.source.tables():
            name = free_name(table.name, used)
            used.add(name.lower())
            self.names[id(table)] = name

    def _sheet(self, name: str) -> Worksheet:
        sheet = self.book.add_worksheet(name)
        sheet.hide_gridlines(2)
        marks = " ".join((*self.source.marks, self.source.watermark)).replace("&", "&&")
        sheet.set_header(f"&L&9{self.source.title.replace('&', '&&')}&R&9{marks}"[:255])
        sheet.set_footer("&C&9&P / &N")
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        return sheet

    def _cover(self, sheet: Worksheet) -> None:
        sheet.set_column(0, 0, 16)
        sheet.set_column(1, 1, _COVER_WIDTH)
        wrap = self.look(text_wrap=True)
        text(sheet, 0, 0, self.source.title, self.look(bold=True, font_size=18))
        text(sheet, 1, 0, self.source.subtitle, self.look(font_color="#66727D"))
        text(sheet, 2, 0, " ".join((*self.source.marks, self.source.watermark)),
             self.look(bold=True, font_color="#5B3FA8"))  # fmt: skip
        row = 4
        for label, words in self.source.facts:
            text(sheet, row, 0, label, self.look(bold=True))
            text(sheet, row, 1, words, wrap)
            row += 1
        text(sheet, row + 1, 0, _SHEETS.in_(self.source.language), self.look(bold=True))
        for table in self.source.tables():
            row += 1
            name = self.names[id(table)]
            done(
                sheet.write_url(
                    row, 1, f"internal:'{name}'!A1", self.look(font_color="#5B3FA8"), name
                )
            )
        text(sheet, row + 2, 0, _TEXT.in_(self.source.language), self.look(bold=True))
        for line in self._lines():
            row += 1
            sheet.set_row(row + 1, 15.0 * ceil(_wide(line) / _COVER_WIDTH))
            text(sheet, row + 1, 1, line, wrap)

    def _lines(self) -> list[str]:
        found: list[str] = []
        for block in self.source.blocks:
            if isinstance(block, Paragraph):
                found.append(block.text)
            elif isinstance(block, Points):
                found.extend(block.items)
        return found

    def _table(self, table: Table) -> None:
        sheet = self._sheet(self.names[id(table)])
        for i, column in enumerate(table.columns):
            sheet.set_column(i, i, _width(column, table, i))
        text(sheet, 0, 0, table.title, self.look(bold=True, font_size=13))
        told = [self.source.subtitle, *self.source.marks]
        told += [NOTE.in_(self.source.language) + table.note] if table.note else []
        text(sheet, 1, 0, "　".join(told), self.look(font_color="#66727D", font_size=9))
        for i, column in enumerate(table.columns):
            text(sheet, _HEAD - 1, i, column.title, self._head(column))
        for r, row in enumerate(table.rows, _HEAD):
            for i, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
                self._cell(sheet, r, i, cell, column)
        sheet.freeze_panes(_HEAD, 1)
        sheet.repeat_rows(_HEAD - 1)
        if table.rows:
            done(
                sheet.autofilter(_HEAD - 1, 0, _HEAD - 1 + len(table.rows), len(table.columns) - 1)
            )

    def _head(self, column: Column) -> Any:
        side = "left" if column.kind == "text" else "right"
        return self.look(bold=True, bottom=1, top=2, text_wrap=True, align=side, bg_color="#F5F7F8")

    def _cell(self, sheet: Worksheet, r: int, c: int, cell: Cell, column: Column) -> None:
        value = cell.value
        if is_absent(cell) or value is None:
            text(sheet, r, c, absent(cell.status, self.source.language), self.grey)
        elif isinstance(value, str):
            text(sheet, r, c, value, self.wrapped if len(value) > _LONG else self.plain)
        else:
            done(sheet.write_number(r, c, value, self.number_look(cell.kind or column.kind)))

    def number_look(self, kind: str) -> Any:
        """Return the look of a kind of number."""
        if kind not in self.numbers:
            self.numbers[kind] = self.look(num_format=number_format(kind))
        return self.numbers[kind]

    def _charts(self) -> None:
        """Native charts on a sheet of their own, over numbers that stand beside them."""
        charts = [b for b in self.source.blocks if isinstance(b, Chart)]
        if not charts:
            return
        sheet = self._sheet(_CHARTS.in_(self.source.language))
        name, row = sheet.get_name(), 0
        sheet.set_column(0, 0, 24)
        for chart in charts:
            text(sheet, row, 0, chart.title, self.look(bold=True))
            self._numbers(sheet, chart, row + 1)
            sheet.insert_chart(row, len(chart.series) + 2, self._chart(chart, name, row + 1))
            row += max(len(chart.categories) + 2, _height(chart) // _ROW_PIXELS + 1) + 2

    def _numbers(self, sheet: Worksheet, chart: Chart, row: int) -> None:
        for k, one in enumerate(chart.series):
            text(sheet, row, k + 1, one.name, self.look(bold=True))
        for i, category in enumerate(chart.categories, 1):
            text(sheet, row + i, 0, category, self.look())
            for k, one in enumerate(chart.series):
                value = one.values[i - 1]
                if value is not None:
                    done(sheet.write_number(row + i, k + 1, value, self.number_look(chart.kind)))

    def _chart(self, chart: Chart, sheet: str, row: int) -> Any:
        kinds: dict[str, dict[str, str]] = {
            "bars": {"type": "bar"}, "lines": {"type": "line"},
            "stack": {"type": "bar", "subtype": "percent_stacked"},
        }  # fmt: skip
        made = self.book.add_chart(kinds[chart.shape])
        last = row + len(chart.categories)
        font = {"name": FAMILY, "size": 9}
        paint = "line" if chart.shape == "lines" else "fill"
        for k, one in enumerate(chart.series):
            done(made.add_series({
                "name": [sheet, row, k + 1], "categories": [sheet, row + 1, 0, last, 0],
                "values": [sheet, row + 1, k + 1, last, k + 1], "gap": 40,
                paint: {"color": _COLOURS.get(one.colour, "#47535E")},
            }) or 0)  # fmt: skip
        made.set_title({"name": chart.title, "name_font": {**font, "size": 11}, "overlay": False})
        lying = chart.shape != "lines"
        axis: dict[str, Any] = {
            "num_font": font,
            "num_format": number_format(chart.kind),
            "major_gridlines": {"visible": True, "line": {"color": "#E3E7EA"}},
        }
        names: dict[str, Any] = {"num_font": font, "reverse": lying, "label_position": "low"}
        if not lying:
            names["interval_unit"] = max(1, len(chart.categories) // 6)
        if lying and chart.kind == "ratio":
            axis["crossing"] = 1  # bars start at the city's average
        made.set_x_axis(axis if lying else names)
        made.set_y_axis(names if lying else axis)
        made.set_legend(
            {"none": True} if len(chart.series) == 1 else {"position": "bottom", "font": font}
        )
        made.set_size({"width": 640, "height": _height(chart)})
        return made

    def _maps(self) -> None:
        """Maps as pictures: a workbook has no map of hexagons."""
        maps = [b for b in self.source.blocks if isinstance(b, Map)]
        if not maps:
            return
        sheet, row = self._sheet(_MAPS.in_(self.source.language)), 0
        for picture in maps:
            text(sheet, row, 0, picture.title, self.look(bold=True))
            options = {"x_scale": 0.9, "y_scale": 0.9, "description": picture.title}
            done(sheet.insert_image(row + 1, 0, str(self.gallery.file(picture)), options))
            row += 28


_COLOURS = {
    "supply": "#3A77AE", "demand": "#DD8243", "flow": "#5B3FA8", "scarce": "#C65F45",
    "ample": "#5F8FBC", "ink": "#47535E", "pale": "#C6DAEB",
}  # fmt: skip


def _height(chart: Chart) -> int:
    """Return how high a native chart is, in pixels."""
    return 120 + _ROW_PIXELS * max(10, len(chart.categories) if chart.shape != "lines" else 0)


def text(sheet: Worksheet, row: int, column: int, words: str, look: Any) -> None:
    """Write a text as a text: `=HYPERLINK(…)` stays what it reads."""
    done(sheet.write_string(row, column, words[:32_767], look))


def done(code: int) -> None:
    """Raise where xlsxwriter only returns a number and writes nothing."""
    if code != 0:
        raise XlsxWriterException(f"a part of the workbook could not be written ({code})")


def number_format(kind: str) -> str:
    """Return Excel's format of a kind of number."""
    places = KINDS.get(kind, 0)
    body = "#,##0" + ("." + "0" * places if places else "")
    return body + "%" if kind == "share" else body


def free_name(name: str, used: set[str]) -> str:
    """Return a sheet's name: no forbidden character, not too long, not taken."""
    base = name.translate(_FORBIDDEN).strip()[:_SHEET] or "Sheet"
    found, count = base, 1
    while found.lower() in used:
        count += 1
        ending = f" {count}"
        found = base[: _SHEET - len(ending)] + ending
    return found


def _width(column: Column, table: Table, at: int) -> float:
    """Return a width that holds the head and the texts of the first rows."""
    texts = [row[at].value for row in table.rows[:200]]
    longest = max((_wide(t) for t in texts if isinstance(t, str)), default=0.0)
    return min(_WIDEST, max(_NARROWEST, _wide(column.title) + 3, longest + 1.5))


def _wide(words: str) -> float:
    return sum(1.9 if ord(c) > 0x2E7F else 1.05 for c in words)


FORMAT = Format("xlsx", Words("Excel 工作簿（XLSX）", "Excel workbook (XLSX)"), ".xlsx", write)
