"""DOCX for Word and WPS: styles, contents, captions, tables beside their pictures."""

from __future__ import annotations

from pathlib import Path

import docx
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph as Par

from talentmap.model.words import Words
from talentmap.reports.content.layout import (
    CONTENTS,
    PAGE,
    SUMMARY,
    UPDATE,
    Numbered,
    note_of,
    numbered,
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
from talentmap.reports.format import Format
from talentmap.reports.formats import _docx_parts as parts
from talentmap.reports.formats._docx_styles import ACCENT, INK_2, WIDTH_CM, set_up
from talentmap.reports.pictures.draw import Gallery

_STYLES = {"body": "Body Text", "lead": "Body Text", "note": "Note"}


def write(document: Document, gallery: Gallery, file: Path) -> None:
    """Write a document as DOCX."""
    _Writer(document, gallery).write(file)


class _Writer:
    """Writes one document."""

    def __init__(self, document: Document, gallery: Gallery) -> None:
        self.source, self.gallery = document, gallery
        self.doc: Docx = docx.Document()
        self.blocks = list(numbered(document))
        self.brief = not document.contents
        self.picture_cm = WIDTH_CM * (0.82 if self.brief else 0.97)

    def write(self, file: Path) -> None:
        """Write everything and save."""
        set_up(self.doc, self.source.language, brief=self.brief)
        self._properties()
        self._running()
        self._front()
        for number, entry in enumerate(self.blocks, 1):
            self._block(entry, number)
        if self.brief:
            self._facts()
        self.doc.save(str(file))

    def _properties(self) -> None:
        about = self.doc.core_properties
        about.title, about.subject = self.source.title, self.source.subtitle
        about.keywords = " ".join(self.source.marks)
        about.author = about.comments = ""

    def _running(self) -> None:
        """Header: title and marks; footer: page of pages. The watermark lies in the header."""
        section = self.doc.sections[0]
        head = section.header.paragraphs[0]
        head.add_run(self.source.title + "\t" + " ".join(self.source.marks))
        head.paragraph_format.tab_stops.add_tab_stop(Cm(WIDTH_CM), WD_TAB_ALIGNMENT.RIGHT)
        if self.source.watermark:
            head._p.append(parts.watermark(self.source.watermark))  # noqa: SLF001
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        before, between, after = (
            PAGE.in_(self.source.language).format(page="|", pages="|").split("|")
        )
        foot.add_run(before)
        parts.field(foot, "PAGE", "1")
        foot.add_run(between)
        parts.field(foot, "NUMPAGES", "1")
        foot.add_run(after)

    def _front(self) -> None:
        """Title, filters in words, what the file says of itself, and the contents."""
        self.doc.add_paragraph(self.source.title, "Title")
        self.doc.add_paragraph(self.source.subtitle, "Subtitle")
        if self.source.marks:
            run = self.doc.add_paragraph().add_run(" ".join(self.source.marks))
            run.bold, run.font.color.rgb = True, ACCENT
        if not self.brief:
            self._facts()
        heads = [(n, e) for n, e in enumerate(self.blocks, 1) if isinstance(e.block, Heading)]
        if self.brief or not heads:
            return
        if self.source.summary:
            self._front_title(SUMMARY)
            for text in self.source.summary:
                self.doc.add_paragraph(text, "List Bullet")
        self._front_title(CONTENTS)
        body = self.doc.element.body
        for paragraph in parts.contents([self._entry(n, e) for n, e in heads]):
            body.insert(len(body) - 1, paragraph)  # before the section's properties
        self.doc.add_paragraph(UPDATE.in_(self.source.language), "Note")
        self.doc.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def _front_title(self, words: Words) -> None:
        title = self.doc.add_paragraph().add_run(words.in_(self.source.language))
        title.bold, title.font.size = True, Pt(13)

    def _facts(self) -> None:
        for label, words in self.source.facts:
            line = self.doc.add_paragraph(style="Note")
            line.add_run(f"{label}　").bold = True
            line.add_run(words)

    def _entry(self, number: int, entry: Numbered) -> tuple[int, str, str]:
        level = entry.block.level if isinstance(entry.block, Heading) else 1
        return level, entry.text, f"_Toc{100000 + number}"

    def _block(self, entry: Numbered, number: int) -> None:
        match entry.block:
            case Heading(level=level):
                parts.bookmark(self.doc.add_paragraph(entry.text, f"Heading {level}"), number)
            case Paragraph(text=text, style=style):
                self.doc.add_paragraph(text, _STYLES[style])
            case Points(items=items, numbered=counted):
                self._points(items, counted)
            case Figures(items=items):
                self._figures(items)
            case Table() as table:
                self._table(table, entry)
            case Chart() | Map() as picture:
                self._picture(picture, entry)

    def _points(self, items: tuple[str, ...], counted: bool) -> None:
        for i, item in enumerate(items, 1):
            if counted:  # written out, so that every list begins at 1
                self.doc.add_paragraph(f"{i}. {item}", "Body Text")
            else:
                self.doc.add_paragraph(item, "List Bullet")

    def _figures(self, items: tuple[tuple[str, str, str], ...]) -> None:
        """The numbers to read first, side by side."""
        table = self.doc.add_table(2, len(items))
        for i, (name, value, change) in enumerate(items):
            top, below = table.cell(0, i).paragraphs[0], table.cell(1, i).paragraphs[0]
            self._small(top, name)
            run = below.add_run(value)
            run.bold, run.font.size = True, Pt(15)
            below.add_run().add_break()
            self._small(below, change)
        self.doc.add_paragraph(style="Note")

    def _table(self, table: Table, entry: Numbered) -> None:
        title = self.doc.add_paragraph(style="Caption")
        title.paragraph_format.keep_with_next = True
        parts.caption(title, entry.label, entry.number, entry.text)
        shown = min(table.most, len(table.rows))
        body = self.doc.element.body
        body.insert(len(body) - 1, parts.table(table, shown, WIDTH_CM, self.source.language))
        self.doc.add_paragraph(note_of(table, self.source.language, shown), "Note")

    def _picture(self, picture: Chart | Map, entry: Numbered) -> None:
        line = self.doc.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.paragraph_format.keep_with_next = True
        shape = line.add_run().add_picture(
            str(self.gallery.file(picture)), width=Cm(self.picture_cm)
        )
        shape._inline.docPr.set("descr", picture.title)  # noqa: SLF001 - what a screen reader says
        title = self.doc.add_paragraph(style="Caption")
        parts.caption(title, entry.label, entry.number, entry.text)

    def _small(self, paragraph: Par, text: str) -> None:
        run = paragraph.add_run(text)
        run.font.size, run.font.color.rgb = Pt(9), INK_2


FORMAT = Format("docx", Words("Word 文档（DOCX）", "Word document (DOCX)"), ".docx", write)
