"""Excel workbooks, old and new, and OpenDocument sheets, read by calamine."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from talentmap.intake.grid import HEAD_ROWS, Grid, Header, Row, find_header, read_grid
from talentmap.intake.source import Reading
from talentmap.model.errors import UserError, unknown

_ENOUGH_NAMES = 2


def read_workbook(file: Path, known: AbstractSet[str], sheet: str = "") -> Reading:
    """Open the sheet named, else the one whose header has most of the names known.

    Raise UserError naming the file: damaged, under a password, no such sheet, no header.
    """
    try:
        book = CalamineWorkbook.from_path(str(file))
        return _read(book, file.name, known, sheet)
    except PasswordError:
        raise UserError(f"{file.name}: under a password; save a copy without it") from None
    except (CalamineError, OSError, ValueError) as error:
        if isinstance(error, UserError):
            raise
        raise _unreadable(file) from None
    except BaseException as error:  # a panic of the reader is no Exception
        if type(error).__name__ == "PanicException":
            raise _unreadable(file) from None
        raise


def _read(book: CalamineWorkbook, file: str, known: AbstractSet[str], wanted: str) -> Reading:
    names = _visible(book)
    if wanted and wanted not in names:
        raise unknown("sheet", wanted, names)
    found: dict[str, tuple[Grid, Header]] = {}
    for name in [wanted] if wanted else names:
        grid = _grid(book.get_sheet_by_name(name))
        header = find_header(grid, known)
        if header is not None:
            found[name] = grid, header
    if not found:
        raise UserError(f"{file}: no header in the first {HEAD_ROWS} rows of any sheet")
    chosen = max(found, key=lambda name: found[name][1].hits)  # the first of equals
    others = [
        name
        for name, (_, header) in found.items()
        if name != chosen and header.hits >= _ENOUGH_NAMES
    ]
    caveats = (
        (f"only sheet {chosen!r} was read; there are also {', '.join(others)} (--sheet)",)
        if others
        else ()
    )
    return read_grid(*found[chosen], file, caveats)


def _visible(book: CalamineWorkbook) -> list[str]:
    return [
        meta.name
        for meta in book.sheets_metadata
        if meta.typ == SheetTypeEnum.WorkSheet and meta.visible == SheetVisibleEnum.Visible
    ]


def _grid(sheet: CalamineSheet) -> Grid:
    def rows() -> Iterable[Row]:
        left = [""] * (sheet.start[1] if sheet.start else 0)  # it gives rows from the first column
        return ([*left, *row] for row in sheet.iter_rows())  # that is not empty

    head = sheet.to_python(skip_empty_area=False, nrows=HEAD_ROWS)
    return Grid(head, rows, sheet.merged_cell_ranges or ())


def _unreadable(file: Path) -> UserError:
    return UserError(f"{file.name}: not a readable workbook; open it in Excel and save it again")
