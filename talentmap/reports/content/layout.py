"""What all paged formats say alike: numbers of headings and captions, cells in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from talentmap.model.answer import OK
from talentmap.model.words import Words
from talentmap.reports.content.model import (
    Block,
    Cell,
    Chart,
    Column,
    Document,
    Heading,
    Map,
    Table,
)
from talentmap.reports.words import absent, digits

_CHINESE = "一二三四五六七八九十"

TABLE, FIGURE = Words("表", "Table"), Words("图", "Figure")
CONTENTS = Words("目录", "Contents")
SUMMARY = Words("要点", "Key findings")
NOTE = Words("注：", "Note: ")
CUT = Words(
    "本表共 {all} 行，此处列前 {shown} 行；全部见同名工作簿。",
    "The table has {all} rows; the first {shown} are shown here, all of them in the workbook.",
)
PAGE = Words("第 {page} 页 / 共 {pages} 页", "Page {page} of {pages}")
UPDATE = Words(
    "页码请在 Word 或 WPS 中右键目录“更新域”。", "For page numbers: right-click, update field."
)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A block and how it is numbered: a heading's text, or a caption's label and number."""

    block: Block
    text: str = ""
    label: str = ""
    number: int = 0


def numbered(document: Document) -> Iterator[Numbered]:
    """Yield the blocks with their numbers: 一、…（一）… for headings, 表 1, 图 1 for captions."""
    first = second = tables = figures = 0
    for block in document.blocks:
        match block:
            case Heading(text=text, level=1):
                first, second = first + 1, 0
                yield Numbered(block, _heading(text, first, 0, document.language))
            case Heading(text=text):
                second += 1
                yield Numbered(block, _heading(text, first, second, document.language))
            case Table():
                tables += 1
                yield Numbered(block, block.title, TABLE.in_(document.language), tables)
            case Chart() | Map():
                figures += 1
                yield Numbered(block, block.title, FIGURE.in_(document.language), figures)
            case _:
                yield Numbered(block)


def written(cell: Cell, column: Column, language: str) -> str:
    """Return what a cell reads."""
    kind = cell.kind or column.kind
    if isinstance(cell.value, str):
        return cell.value
    if cell.number is None:
        return absent(cell.status, language)
    return digits(cell.number, "count" if kind == "text" else kind)


def is_absent(cell: Cell) -> bool:
    """Tell whether a cell has neither text nor number."""
    return cell.status != OK or cell.value is None


def note_of(table: Table, language: str, shown: int) -> str:
    """Return what stands under a table: its note, and how many rows are left out."""
    cut = ""
    if shown < len(table.rows):
        cut = CUT.in_(language).format(all=len(table.rows), shown=shown)
    text = table.note + cut
    return NOTE.in_(language) + text if text else ""


def _heading(text: str, first: int, second: int, language: str) -> str:
    if language != "zh":
        return f"{first}.{second} {text}" if second else f"{first} {text}"
    if second:
        return f"（{_chinese(second)}）{text}"
    return f"{_chinese(first)}、{text}"


def _chinese(number: int) -> str:
    """Return 1 to 99 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _CHINESE[ones - 1]
    return (_CHINESE[tens - 1] if tens > 1 else "") + "十" + (_CHINESE[ones - 1] if ones else "")
