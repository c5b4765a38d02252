"""Code tables: each dimension of a person or a post is one CSV in `data/codes`.

Columns: `code,parent,zh,en,zh_short,en_short`. `parent` is empty for the roots. The roots of a
dimension are what maps and charts show by default (the sections of GB/T 4754, the education bands);
a filter by a code means the code and all below it. A second classification (the three LODES groups,
a foreign industry scheme) is more rows with roots of their own: codes are only ever shown where the
data have them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from talentmap.model.errors import unknown
from talentmap.model.words import Words

DATA = Path(__file__).resolve().parents[2] / "data"

# Dimensions of people; those of a post are the ones it can ask for.
DIMENSIONS = ("industry", "occupation", "specialty", "education", "title", "age", "status", "wage")
POST_DIMENSIONS = ("industry", "occupation", "specialty", "education", "title")


@dataclass(frozen=True, slots=True)
class Code:
    """One code: its parent ('' for a root) and its names."""

    code: str
    parent: str
    name: Words
    short: Words


@dataclass(frozen=True, slots=True)
class CodeTable:
    """The codes of one dimension, in the order of their file."""

    dimension: str
    codes: dict[str, Code]

    def check(self, code: str) -> str:
        """Return the code if it is one; raise UserError naming the dimension and near codes."""
        if code not in self.codes:
            raise unknown(self.dimension, code, self.codes)
        return code

    def name(self, code: str, language: str, short: bool = False) -> str:
        """Return the name of a code; the code itself where it is not known."""
        entry = self.codes.get(code)
        if entry is None:
            return code
        return (entry.short if short else entry.name).in_(language)

    def root(self, code: str) -> str:
        """Return the topmost ancestor of a code; '' for an unknown code."""
        entry = self.codes.get(code)
        while entry is not None and entry.parent:
            entry = self.codes[entry.parent]
        return entry.code if entry else ""

    def roots(self) -> list[str]:
        """Return the codes without a parent, in the order of the file."""
        return [c.code for c in self.codes.values() if not c.parent]

    def below(self, code: str) -> set[str]:
        """Return the code and all its descendants."""
        found = {code}
        for entry in self.codes.values():  # a parent always stands before its children
            if entry.parent in found:
                found.add(entry.code)
        return found


@cache
def code_table(dimension: str) -> CodeTable:
    """Return the shipped table of a dimension (one of DIMENSIONS, or 'scale', 'place_kind')."""
    with (DATA / "codes" / f"{dimension}.csv").open(encoding="utf-8", newline="") as file:
        return CodeTable(dimension, {row["code"]: _code(row) for row in csv.DictReader(file)})


def check_codes(dimension: str, codes: Iterable[str]) -> list[str]:
    """Return the codes that are not in the dimension's table."""
    table = code_table(dimension)
    return [code for code in codes if code not in table.codes]


def _code(row: dict[str, str]) -> Code:
    name = Words(row["zh"], row["en"])
    short = Words(row.get("zh_short") or row["zh"], row.get("en_short") or row["en"])
    return Code(row["code"], row["parent"], name, short)
