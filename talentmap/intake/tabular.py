"""Any file with rows and names, by what is in it and not by what it is called."""

from __future__ import annotations

from pathlib import Path

from talentmap.intake.delimited import read_delimited
from talentmap.intake.markup import looks_like_markup, read_markup
from talentmap.intake.source import Options, Reading
from talentmap.intake.workbook import read_workbook
from talentmap.model.errors import UserError

_WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def read_tabular(file: Path, _table: str, options: Options) -> Reading:
    """Open a workbook, a page with a table or delimited text.

    Options: `names` (names of columns, normalised, by which a header is known), `sheet`, `repair`
    (mend GBK text that was read as Latin-1). Raise UserError naming the file.
    """
    try:
        with file.open("rb") as stream:
            head = stream.read(512)
    except OSError as error:
        raise UserError(f"{file.name}: cannot be read: {error.strerror}") from None
    given = options.get("names", frozenset())
    known = given if isinstance(given, frozenset) else frozenset()
    if head.startswith(_WORKBOOK):
        return read_workbook(file, known, str(options.get("sheet", "")))
    if looks_like_markup(head):
        return read_markup(file, known)
    return read_delimited(file, repair=bool(options.get("repair", False)))
