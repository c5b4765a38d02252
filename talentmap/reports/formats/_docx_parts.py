"""Parts of a DOCX that python-docx has no call for: fields, captions, tables, contents."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph as Par

from talentmap.reports.content.layout import is_absent, written
from talentmap.reports.content.model import Column, Table

_W = nsdecls("w")
_TWIPS = 567  # a centimetre
_GREY, _STRIPE, _RULE = "66727D", "F5F7F8", "1A232B"
_MANY = 9  # columns: from here on smaller letters


def field(paragraph: Par, code: str, shown: str) -> None:
    """Add a field with what it shows until it is updated."""
    for xml in (
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> {escape(code)} </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        f"<w:t>{escape(shown)}</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    ):
        paragraph._p.append(parse_xml(f"<w:r {_W}>{xml}</w:r>"))  # noqa: SLF001 - no other way in


def caption(paragraph: Par, label: str, number: int, text: str) -> None:
    """Write a caption whose number Word counts itself."""
    paragraph.add_run(f"{label} ")
    field(paragraph, f"SEQ {label} \\* ARABIC", str(number))
    paragraph.add_run(f"　{text}")


def bookmark(paragraph: Par, number: int) -> str:
    """Mark a heading for the contents; return the mark's name."""
    name = f"_Toc{100000 + number}"
    start = f'<w:bookmarkStart {_W} w:id="{number}" w:name="{name}"/>'
    paragraph._p.insert(1, parse_xml(start))  # noqa: SLF001
    paragraph._p.append(parse_xml(f'<w:bookmarkEnd {_W} w:id="{number}"/>'))  # noqa: SLF001
    return name


def contents(entries: list[tuple[int, str, str]]) -> list[Any]:
    """Return the paragraphs of a contents that is filled already: one real field around them.

    An entry is (level, text, mark). Page numbers need a layout engine, so none are written.
    """
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    paragraphs = []
    for i, (level, text, mark) in enumerate(entries):
        first, last = begin if i == 0 else "", end if i == len(entries) - 1 else ""
        shown = f"<w:r><w:t>{escape(text)}</w:t></w:r>"
        link = f'<w:hyperlink w:anchor="{mark}" w:history="1">{shown}</w:hyperlink>'
        xml = f'<w:p {_W}><w:pPr><w:pStyle w:val="TOC{level}"/></w:pPr>{first}{link}{last}</w:p>'
        paragraphs.append(parse_xml(xml))
    return paragraphs


def table(source: Table, shown: int, width_cm: float, language: str) -> Any:
    """Return a table as XML: three rules, repeated head, numbers to the right."""
    whole = sum(c.width for c in source.columns)
    widths = [int(width_cm * _TWIPS * c.width / whole) for c in source.columns]
    small = len(source.columns) >= _MANY
    size = 14 if len(source.columns) > 12 else 15 if small else 17  # half points
    head = "".join(
        _cell(c.title, w, size, c.kind != "text", bold=True, rule="bottom")
        for c, w in zip(source.columns, widths, strict=True)
    )
    rows = [
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>",
        *(
            _row(row, source.columns, widths, size, i, language)
            for i, row in enumerate(source.rows[:shown])
        ),
    ]
    rule = f'w:val="single" w:sz="10" w:space="0" w:color="{_RULE}"'
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    return parse_xml(
        f'<w:tbl {_W}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f"<w:tblBorders><w:top {rule}/><w:bottom {rule}/></w:tblBorders>"
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="60" w:type="dxa"/>'
        '<w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _row(
    row: tuple[Any, ...], columns: tuple[Column, ...], widths: list[int], size: int, i: int,
    language: str,
) -> str:  # fmt: skip
    cells = "".join(
        _cell(
            written(cell, column, language), width, size, column.kind != "text",
            grey=is_absent(cell), fill=_STRIPE if i % 2 else "",
        )
        for cell, column, width in zip(row, columns, widths, strict=True)
    )  # fmt: skip
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _cell(
    text: str, width: int, size: int, right: bool, *, bold: bool = False, grey: bool = False,
    rule: str = "", fill: str = "",
) -> str:  # fmt: skip
    border = (
        f'<w:tcBorders><w:{rule} w:val="single" w:sz="6" w:color="{_RULE}"/></w:tcBorders>'
        if rule
        else ""
    )
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    look = f'{"<w:b/>" if bold else ""}{f"""<w:color w:val="{_GREY}"/>""" if grey else ""}'
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{border}{shade}'
        '<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="TableText"/><w:spacing w:before="20" w:after="20"/>'
        f'<w:jc w:val="{"right" if right else "left"}"/></w:pPr>'
        f'<w:r><w:rPr>{look}<w:sz w:val="{size}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p></w:tc>'
    )


def watermark(text: str) -> Any:
    """Return a run with a grey word across the page, for a header."""
    shape = (
        "position:absolute;margin-left:0;margin-top:0;width:440pt;height:56pt;"
        "rotation:315;z-index:-251;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        "mso-position-vertical:center;mso-position-vertical-relative:margin"
    )
    return parse_xml(
        f'<w:r {_W} xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:o="urn:schemas-microsoft-com:office:office">'
        '<w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
        'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>'
        '<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
        '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
        '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
        '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/>'
        "</v:shapetype>"
        f'<v:shape id="Watermark" o:spid="_x0000_s2049" type="#_x0000_t136" style="{shape}" '
        'fillcolor="#c9d0d3" stroked="f"><v:fill opacity=".35"/>'
        f'<v:textpath style="font-family:&quot;Noto Sans SC&quot;" '
        f"string={quoteattr(text)}/></v:shape></w:pict></w:r>"
    )
