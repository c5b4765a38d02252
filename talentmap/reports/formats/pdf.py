"""PDF by Typst: A4, fonts inside, running headers, tables that repeat their heads.

The template is a file of ours; the report goes to it as JSON, so that no name can become markup.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typst

from talentmap.model.words import Words
from talentmap.reports.content.layout import (
    CONTENTS,
    PAGE,
    SUMMARY,
    Numbered,
    is_absent,
    note_of,
    numbered,
    written,
)
from talentmap.reports.content.model import (
    Chart,
    Document,
    Figures,
    Heading,
    Map,
    Paragraph,
    Points,
    Table,
)
from talentmap.reports.fonts import FAMILY, drawable, fonts
from talentmap.reports.format import Format
from talentmap.reports.pictures.draw import Gallery

_TEMPLATE = Path(__file__).with_name("pdf.typ")


def write(document: Document, gallery: Gallery, file: Path) -> None:
    """Write a document as PDF."""
    gallery.draw_all(document)
    folder = file.parent
    (folder / "report.json").write_text(
        json.dumps(_plain(document, gallery, folder), ensure_ascii=False), encoding="utf-8"
    )
    (folder / "report.typ").write_bytes(_TEMPLATE.read_bytes())
    pdf, warnings = typst.compile_with_warnings(
        str(folder / "report.typ"), root=str(folder), format="pdf",
        font_paths=[str(fonts().folder)], ignore_system_fonts=True,
    )  # fmt: skip
    # An unknown font is only a warning, and would be boxes.
    if warnings:
        raise RuntimeError(f"typst: {warnings[0].message}")
    file.write_bytes(pdf or b"")


def _plain(document: Document, gallery: Gallery, folder: Path) -> dict[str, Any]:
    """Return a document as JSON for the template."""
    blocks = [_block(entry, document, gallery, folder) for entry in numbered(document)]
    before, between, after = PAGE.in_(document.language).format(page="|", pages="|").split("|")
    plain: dict[str, Any] = _drawable(
        {
            "font": FAMILY,
            "language": document.language,
            "title": document.title,
            "subtitle": document.subtitle,
            "facts": [list(pair) for pair in document.facts],
            "marks": list(document.marks),
            "key": SUMMARY.in_(document.language),
            "summary": list(document.summary),
            "watermark": document.watermark,
            "contents": CONTENTS.in_(document.language) if document.contents else "",
            "page": [before, between, after],
            "blocks": blocks,
        }
    )
    return plain


def _drawable(value: Any) -> Any:
    """Return JSON in which every character has a glyph."""
    if isinstance(value, str):
        return drawable(value)
    if isinstance(value, list):
        return [_drawable(item) for item in value]
    if isinstance(value, dict):
        return {name: _drawable(item) for name, item in value.items()}
    return value


def _block(entry: Numbered, document: Document, gallery: Gallery, folder: Path) -> dict[str, Any]:
    match entry.block:
        case Heading(level=level):
            return {"kind": "heading", "level": level, "text": entry.text}
        case Paragraph(text=text, style=style):
            return {"kind": "paragraph", "text": text, "style": style}
        case Points(items=items, numbered=counted):
            return {"kind": "points", "items": list(items), "numbered": counted}
        case Figures(items=items):
            return {"kind": "figures", "items": [list(item) for item in items]}
        case Table() as table:
            return {"kind": "table", "caption": _caption(entry), **_table(table, document.language)}
        case Chart() | Map() as picture:
            path = gallery.file(picture).relative_to(folder)
            return {"kind": "picture", "caption": _caption(entry), "file": str(path)}


def _caption(entry: Numbered) -> str:
    return f"{entry.label} {entry.number}　{entry.text}"


def _table(table: Table, language: str) -> dict[str, Any]:
    shown = min(table.most, len(table.rows))
    rows = [
        [
            [written(c, col, language), is_absent(c)]
            for c, col in zip(row, table.columns, strict=True)
        ]
        for row in table.rows[:shown]
    ]
    return {
        "head": [c.title for c in table.columns],
        "right": [c.kind != "text" for c in table.columns],
        "widths": [c.width for c in table.columns],
        "rows": rows,
        "note": note_of(table, language, shown),
    }


FORMAT = Format("pdf", Words("PDF 文档", "PDF document"), ".pdf", write)
