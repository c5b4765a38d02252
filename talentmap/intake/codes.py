"""Which code of a table a text means: the code, a deeper one below it, or the exact name."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from talentmap.model.codes import CodeTable, code_table

# The shipped tables stop at the levels that are certain. A deeper official code means the nearest
# level above it that is shipped: the groups of the pattern are prefixes, the longest first.
_DEEPER = {
    "industry": re.compile(r"([A-T]\d{2})\d{1,2}"),
    "occupation": re.compile(r"(\d)-\d{2}(?:-\d{2}){0,2}"),
    "specialty": re.compile(r"((\d{2})\d{2})(?:\d{2})?(?:TK|T|K)?"),
}
_DIVISION = re.compile(r"(\d{2})\d{0,2}")


@dataclass(frozen=True, slots=True)
class CodeLookup:
    """The words of one dimension, ready to be looked up."""

    dimension: str
    words: dict[str, str]
    divisions: dict[str, str]  # GB/T 4754 divisions are often written without their section

    def code_of(self, text: str) -> str | None:
        """Return the code a text means (NFKC, outer spaces removed); None where it means none."""
        found = self.words.get(_normal(text))
        if found is not None:
            return found
        digits = _DIVISION.fullmatch(text)
        if digits and digits[1] in self.divisions:
            return self.divisions[digits[1]]
        deeper = _DEEPER.get(self.dimension)
        match = deeper.fullmatch(text.upper()) if deeper else None
        prefixes = match.groups() if match else ()
        return next((self.words[_normal(p)] for p in prefixes if _normal(p) in self.words), None)


@cache
def code_lookup(dimension: str) -> CodeLookup:
    """Return the lookup of a dimension."""
    table = code_table(dimension)
    divisions = {code[1:]: code for code in table.codes} if dimension == "industry" else {}
    divisions = {digits: code for digits, code in divisions.items() if _DIVISION.fullmatch(digits)}
    return CodeLookup(dimension, _words(table), divisions)


def _words(table: CodeTable) -> dict[str, str]:
    """Map names and codes to codes; a name on one line of ancestry means the topmost."""
    found: dict[str, str | None] = {}
    for entry in table.codes.values():  # a parent stands before its children
        for name in {_normal(word) for word in (*entry.name, *entry.short)}:
            first = found.setdefault(name, entry.code)
            if first is not None and entry.code not in table.below(first):
                found[name] = None  # shared by two that are not in one line: means neither
    found.update({_normal(code): code for code in table.codes})
    return {word: code for word, code in found.items() if code is not None and word}


def _normal(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
