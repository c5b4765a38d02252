"""The words of an office: which names columns bear, and which words mean which code.

Three layers, the first wins: the office's own (`synonyms/columns.csv` and `synonyms/words.csv` in
the workspace), the schemas and code tables, and the synonyms shipped in `data/synonyms`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from talentmap.intake.inputs import columns_of
from talentmap.intake.names import normal, normal_word
from talentmap.model.codes import DATA, DIMENSIONS, code_table
from talentmap.model.errors import UserError, unknown
from talentmap.model.schemas import TABLES

Words = Mapping[str, Mapping[str, str]]

_COLUMNS = ("table", "column", "name")
_WORDS = ("dimension", "word", "code")
_DIMENSIONS = (*DIMENSIONS, "scale", "place_kind")
_FOLDER = "synonyms"


@dataclass(frozen=True)
class Vocabulary:
    """Words of one office.

    `columns`: {table: {name of a column, normal: column}}. `words`: {dimension: {word, normal:
    code}}, '' where the word says nothing, as 不限 does.
    """

    columns: Words = field(default_factory=dict)
    words: Words = field(default_factory=dict)

    def column_names(self, table: str) -> dict[str, str]:
        """Return every name by which columns of a table are known: {name, normal: column}."""
        return {**shipped().columns[table], **self.columns.get(table, {})}


def office_vocabulary(workspace: Path) -> Vocabulary:
    """Return the office's own words; raise UserError naming file and row for one that is wrong."""
    folder = workspace / _FOLDER
    return _read(folder / "columns.csv", folder / "words.csv")


@cache
def shipped() -> Vocabulary:
    """Return the words of the schemas, the code tables and `data/synonyms`."""
    found = _read(DATA / _FOLDER / "columns.csv", DATA / _FOLDER / "words.csv")
    names = {}
    for table in TABLES:
        names[table] = {
            normal(name): column.name
            for column in columns_of(table)
            for name in (*column.synonyms, column.name)
        }
        names[table] = {**found.columns.get(table, {}), **names[table]}
    return Vocabulary(names, found.words)


def _read(columns: Path, words: Path) -> Vocabulary:
    names: dict[str, dict[str, str]] = {}
    for row, (table, column, name) in _rows(columns, _COLUMNS):
        where = f"{columns.name}: row {row}"
        if table not in TABLES:
            raise unknown(f"{where}, table", table, TABLES)
        known = {found.name for found in columns_of(table)}
        if column not in known:
            raise unknown(f"{where}, column", column, known)
        names.setdefault(table, {})[normal(name)] = column
    codes: dict[str, dict[str, str]] = {}
    for row, (dimension, word, code) in _rows(words, _WORDS):
        where = f"{words.name}: row {row}"
        if dimension not in _DIMENSIONS:
            raise unknown(f"{where}, dimension", dimension, _DIMENSIONS)
        if code and code not in code_table(dimension).codes:
            raise unknown(f"{where}, code", code, code_table(dimension).codes)
        codes.setdefault(dimension, {})[normal_word(word)] = code
    return Vocabulary(names, codes)


def _rows(file: Path, header: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield (row, cells) of a CSV with this header; nothing where there is no such file."""
    if not file.exists():
        return
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            if tuple(next(reader, ())) != header:
                raise UserError(f"{file.name}: row 1 must be {','.join(header)}")
            for cells in reader:
                if len(cells) != len(header):
                    raise UserError(f"{file.name}: row {reader.line_num}: not {len(header)} cells")
                yield reader.line_num, tuple(cell.strip() for cell in cells)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UserError(f"{file}: cannot be read as CSV UTF-8: {type(error).__name__}") from None
