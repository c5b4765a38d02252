"""The table behind a page as CSV: a head that says what it is, then every row."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from flask import Flask, Response, request

from talentmap.model import months
from talentmap.model.answer import Answer
from talentmap.model.errors import UserError, unknown
from talentmap.ui import text
from talentmap.ui.draw.spec import table_question
from talentmap.ui.page import Document, Page
from talentmap.ui.sentence import plain
from talentmap.ui.sheet import Sheet
from talentmap.ui.visit import Desk, Viewer, Visit

_BOM = "\ufeff"  # spreadsheets read a CSV as UTF-8 only with it
MIMETYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "geojson": "application/geo+json",
    "geoparquet": "application/vnd.apache.parquet",
}
COLUMNS = ("id", "name", "value", "low", "high", "n", "status")


def add_export(server: Flask, page: Page, desk: Desk, viewer: Viewer) -> None:
    """Add `/export/PAGE.FORMAT?…` and the page's documents, which take the page's own query.

    FORMAT is csv; for a page whose table is one row a place also the other files of the desk.
    """
    formats = MIMETYPES if page.sheet is None else {"csv": MIMETYPES["csv"]}

    def export(kind: str) -> Response:
        try:
            if kind not in formats:
                raise unknown("format", kind, formats)
            visit = page.visit(desk, viewer, request.query_string.decode())
            body = csv_text(page, visit) if kind == "csv" else _file(visit, kind)
        except UserError as error:
            return Response(f"{error}\n", error.status, mimetype="text/plain")
        name = f"talentmap-{page.id}-{visit.question.metric}-{months.to_text(visit.month)}.{kind}"
        head = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(body, mimetype=formats[kind], headers=head)

    server.add_url_rule(f"/export/{page.id}.<kind>", f"export_{page.id}", export)
    for document in page.documents:
        _add_document(server, page, document, desk, viewer)


def _file(visit: Visit, kind: str) -> bytes:
    """Return every row of the map as a file of the desk, whatever is selected on it."""
    asked = table_question(visit.question).but(versus=visit.question.versus)
    return visit.desk.file(asked, visit.viewer, visit.language, kind)


def _add_document(
    server: Flask, page: Page, document: Document, desk: Desk, viewer: Viewer
) -> None:
    def send() -> Response:
        try:
            body = document.write(page.visit(desk, viewer, request.query_string.decode()))
        except UserError as error:
            return Response(f"{error}\n", error.status, mimetype="text/plain")
        said = f'attachment; filename="{document.name}"'
        head = {"Content-Disposition": said} if document.name else {}
        return Response(body, mimetype=document.mimetype, headers=head)

    server.add_url_rule(document.path, f"document {document.path}", send)


def csv_text(page: Page, visit: Visit) -> str:
    """Return the file: `#` lines with title, month, release, source and marks, then the rows.

    Empty value with a status other than ok is not zero: suppressed, insufficient or missing.
    """
    if page.sheet is None:  # every row of the map, whatever is selected on it
        asked = table_question(visit.question)
        visit = replace(visit, question=asked.but(versus=visit.question.versus))
    return sheet_text(page, visit, page.sheet(visit) if page.sheet is not None else _places(visit))


def sheet_text(page: Page, visit: Visit, sheet: Sheet) -> str:
    """Return a sheet as the text of a CSV file with its head."""
    out = io.StringIO()
    for line in _head(page, visit, sheet.answer):
        out.write(f"# {line}\n")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(sheet.columns)
    writer.writerows([["" if v is None else v for v in values] for values in sheet.lines])
    return _BOM + out.getvalue()


def _places(visit: Visit) -> Sheet:
    answer = visit.ask(level=visit.question.level)
    return Sheet(answer, COLUMNS, [[row[c] for c in COLUMNS] for row in answer.table.to_pylist()])


def _head(page: Page, visit: Visit, answer: Answer) -> list[str]:
    pairs = [
        (text.FORMULA, answer.formula),
        (text.UNIT, answer.unit),
        (text.MONTH, answer.month),
        (text.RELEASE, answer.release),
        (text.SOURCE, answer.source),
    ]
    marked = [visit.say(text.SYNTHETIC)] if answer.synthetic else []
    said = [f"{visit.say(name)}: {value}" for name, value in pairs if value]
    return [*marked, plain(page.sentence(visit), visit), *said, *answer.notes]
