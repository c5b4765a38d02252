"""Styles, page and fonts of a DOCX, as Word and WPS want them for Chinese."""

from __future__ import annotations

from typing import Any

from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from talentmap.reports.fonts import FAMILY

WIDTH_CM = 16.6
INK, INK_2, ACCENT = (
    RGBColor(0x1A, 0x23, 0x2B),
    RGBColor(0x66, 0x72, 0x7D),
    RGBColor(0x5B, 0x3F, 0xA8),
)
_THEME = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


def set_up(doc: Docx, language: str, *, brief: bool) -> None:
    """Set page, fonts and styles of an empty document; a brief one is set closer."""
    section = doc.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm((21 - WIDTH_CM) / 2)
    section.top_margin, section.bottom_margin = Cm(2.5), Cm(2.2)
    section.header_distance, section.footer_distance = Cm(1.3), Cm(1.1)
    _defaults(doc)
    normal = style(doc, "Normal", 10.5)
    normal.paragraph_format.line_spacing = 1.15 if brief else 1.35
    normal.paragraph_format.space_after = Pt(4)
    body = style(doc, "Body Text", 10.5)
    _indent(body, language)
    style(doc, "Title", 22, bold=True)
    style(doc, "Subtitle", 11, colour=INK_2)
    for level, (size, before) in enumerate(
        ((13, 8), (12, 8)) if brief else ((16, 18), (12.5, 12)), 1
    ):
        head = style(doc, f"Heading {level}", size, bold=True, before=before, after=4)
        head.paragraph_format.keep_with_next = True
    caption = style(doc, "Caption", 9.5, bold=True, before=8, after=3)
    caption.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    style(doc, "List Bullet", 10.5)
    style(doc, "List Number", 10.5)
    made(doc, "Note", 8.5, INK_2)
    made(doc, "Table Text", 8.5, INK)
    style(doc, "Header", 9, colour=INK_2)
    style(doc, "Footer", 9, colour=INK_2)
    for tabs in list(doc.styles["Header"].element.iter(qn("w:tabs"))):
        tabs.getparent().remove(tabs)
    for level in (1, 2):
        entry = made(doc, f"TOC {level}", 10.5 if level == 1 else 10, INK)
        entry.element.set(qn("w:styleId"), f"TOC{level}")
        entry.paragraph_format.left_indent = Cm(0.8 * (level - 1))
        entry.paragraph_format.space_after = Pt(2)


def made(doc: Docx, name: str, size: float, colour: RGBColor) -> ParagraphStyle:
    """Return a new paragraph style."""
    doc.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = doc.styles["Normal"]
    found = style(doc, name, size, colour=colour, after=2)
    found.paragraph_format.line_spacing = 1.1
    return found


def style(
    doc: Docx, name: str, size: float, *, bold: bool = False, colour: RGBColor = INK,
    before: float = 0, after: float = 4,
) -> ParagraphStyle:  # fmt: skip
    """Return a paragraph style with our font in all four scripts."""
    found = doc.styles[name]
    assert isinstance(found, ParagraphStyle)  # noqa: S101 - the names are ours
    font = found.font
    font.name, font.size, font.bold, font.italic, font.color.rgb = (
        FAMILY,
        Pt(size),
        bold,
        False,
        colour,
    )
    found.paragraph_format.space_before, found.paragraph_format.space_after = Pt(before), Pt(after)
    _fonts(found.element.get_or_add_rPr())
    _no_border(found)
    return found


def _fonts(properties: Any) -> None:
    """Name the font for every script; a theme's font would win over it."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for name in _THEME:
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), FAMILY)


def _defaults(doc: Docx) -> None:
    properties = doc.styles.element.find(
        f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}"
    )
    _fonts(properties)
    lang = properties.find(qn("w:lang"))
    if lang is None:
        lang = OxmlElement("w:lang")
        properties.append(lang)
    # Latin text is English, or a number could be broken in two at the end of a line.
    lang.set(qn("w:val"), "en-US")
    lang.set(qn("w:eastAsia"), "zh-CN")


def _indent(found: ParagraphStyle, language: str) -> None:
    """Indent the first line by two characters, as Chinese text is; justify."""
    if language != "zh":
        return
    found.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    # Word wants the parts of a style in their order: the library knows where this one goes.
    found.paragraph_format.first_line_indent = Pt(21)
    ind = found.element.get_or_add_pPr().find(qn("w:ind"))
    ind.set(qn("w:firstLineChars"), "200")


def _no_border(found: ParagraphStyle) -> None:
    """The template draws a line under titles; ours has none."""
    properties = found.element.get_or_add_pPr()
    border = properties.find(qn("w:pBdr"))
    if border is not None:
        properties.remove(border)
