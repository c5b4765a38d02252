"""HTML in one file: its font (only the characters it uses) and its pictures are inside."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from pathlib import Path

from talentmap.model.words import Words
from talentmap.reports.content.layout import (
    CONTENTS,
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
from talentmap.reports.fonts import FAMILY, fonts, subset
from talentmap.reports.format import Format
from talentmap.reports.pictures.draw import Gallery

_CSS = Path(__file__).with_name("html.css")


def write(document: Document, gallery: Gallery, file: Path) -> None:
    """Write a document as one page that needs nothing else."""
    body = _body(document, gallery)
    language = "zh-CN" if document.language == "zh" else "en"
    # A browser brings its own font for what ours lacks.
    faces = _faces(document.title + body)
    file.write_text(
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(document.title)}</title>"
        f"<style>{faces}{_CSS.read_text('utf-8')}</style></head><body>{body}</body></html>\n",
        encoding="utf-8",
    )


def _body(document: Document, gallery: Gallery) -> str:
    marks = "".join(f'<p class="mark">{escape(m)}</p>' for m in document.marks)
    facts = "".join(f"<dt>{escape(a)}</dt><dd>{escape(b)}</dd>" for a, b in document.facts)
    water = f'<div class="water" aria-hidden="true">{escape(document.watermark)}</div>'
    entries = list(enumerate(numbered(document), 1))
    parts = [
        water if document.watermark else "",
        (
            f"<header><h1>{escape(document.title)}</h1><p class=sub>{escape(document.subtitle)}</p>"
            f"{marks}<dl>{facts}</dl></header>"
        ),
        _summary(document),
        _contents(document, entries),
        *(_block(entry, i, document.language, gallery) for i, entry in entries),
    ]
    return f"<main>{''.join(parts)}</main>"


def _summary(document: Document) -> str:
    if not document.contents or not document.summary:
        return ""
    lines = "".join(f"<li>{escape(text)}</li>" for text in document.summary)
    return f"<section><h2>{SUMMARY.in_(document.language)}</h2><ul>{lines}</ul></section>"


def _contents(document: Document, entries: list[tuple[int, Numbered]]) -> str:
    if not document.contents:
        return ""
    lines = "".join(
        f'<li class="l{e.block.level}"><a href="#h{i}">{escape(e.text)}</a></li>'
        for i, e in entries
        if isinstance(e.block, Heading)
    )
    return f"<nav><h2>{CONTENTS.in_(document.language)}</h2><ul>{lines}</ul></nav>"


def _block(entry: Numbered, number: int, language: str, gallery: Gallery) -> str:
    match entry.block:
        case Heading(level=level):
            return f'<h{level + 1} id="h{number}">{escape(entry.text)}</h{level + 1}>'
        case Paragraph(text=text, style=style):
            return f'<p class="{style}">{escape(text)}</p>'
        case Points(items=items, numbered=counted):
            tag = "ol" if counted else "ul"
            return f"<{tag}>{''.join(f'<li>{escape(i)}</li>' for i in items)}</{tag}>"
        case Figures(items=items):
            cells = "".join(
                f"<div><span>{escape(a)}</span><b>{escape(b)}</b><span>{escape(c)}</span></div>"
                for a, b, c in items
            )
            return f'<div class="figures">{cells}</div>'
        case Table() as table:
            return _table(table, entry, language)
        case Chart() | Map() as picture:
            return _picture(picture, entry, gallery)


def _caption(entry: Numbered) -> str:
    return f"{entry.label} {entry.number}　{escape(entry.text)}"


def _picture(picture: Chart | Map, entry: Numbered, gallery: Gallery) -> str:
    data = b64encode(gallery.file(picture).read_bytes()).decode()
    return (
        f'<figure><img alt="{escape(picture.title)}" src="data:image/png;base64,{data}">'
        f"<figcaption>{_caption(entry)}</figcaption></figure>"
    )


def _table(table: Table, entry: Numbered, language: str) -> str:
    shown = min(table.most, len(table.rows))
    head = "".join(f'<th scope="col"{_side(c.kind)}>{escape(c.title)}</th>' for c in table.columns)
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td{_side(col.kind, absent=is_absent(c))}>{escape(written(c, col, language))}</td>"
            for c, col in zip(row, table.columns, strict=True)
        )
        + "</tr>"
        for row in table.rows[:shown]
    )
    note = note_of(table, language, shown)
    foot = f'<p class="note">{escape(note)}</p>' if note else ""
    return (
        f'<div class="wide"><table><caption>{_caption(entry)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>{foot}"
    )


def _side(kind: str, *, absent: bool = False) -> str:
    names = [*(["n"] if kind != "text" else []), *(["absent"] if absent else [])]
    return f' class="{" ".join(names)}"' if names else ""


def _faces(text: str) -> str:
    """Return the two weights of the font, cut to the characters of the page."""
    used = sorted({c for c in text if c.isprintable()} | set("0123456789"))
    found = fonts()
    return "".join(
        f"@font-face{{font-family:'{FAMILY}';font-weight:{weight};"
        f"src:url(data:font/woff2;base64,{b64encode(subset(used, file)).decode()})}}"
        for weight, file in ((400, found.regular), (700, found.bold))
    )


FORMAT = Format("html", Words("网页（HTML）", "Web page (HTML)"), ".html", write)
