"""Which code of a table a text means: the code, a deeper one below it, a name or a synonym."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from talentmap.intake.names import normal_word
from talentmap.intake.vocabulary import shipped
from talentmap.model.codes import CodeTable, code_table

# The shipped tables stop at the levels that are certain. A deeper official code means the nearest
# level above it that is shipped: the groups of the pattern are prefixes, the longest first.
_DEEPER = {
    "industry": re.compile(r"([A-T]\d{2})\d{1,2}"),
    "occupation": re.compile(r"(\d)-\d{2}(?:-\d{2}){0,2}"),
    "specialty": re.compile(r"((\d{2})\d{2})(?:\d{2})?(?:TK|T|K)?"),
}
_DIVISION = re.compile(r"(\d{2})\d{0,2}")
# A drop-down shows a code with its name: I65 软件和信息技术服务业.
_CODE_AND_NAME = re.compile(r"([0-9A-Za-z_]+)\s*[-:：.、|]?\s*(?=[^\W\d_])(.{2,})")
# What stands around the word itself, by dimension: 3-5年本科, 本科学历, 硕士及以上.
_BEFORE = {
    "education": re.compile(
        r"^(?:经验不限|在校/?应届|应届(?:毕业)?生?|全日制|统招|"
        r"\d+(?:-\d+)?年(?:以[内上下])?(?:经验)?|\d+天/周(?:\d+个月)?)+"
    )
}
_AFTER = {
    "education": re.compile(r"(?:学历|学位|毕业|在读)?(?:及以上|或以上|以上)?(?:学历|学位)?$"),
    "title": re.compile(r"(?:专业技术)?(?:职称|职务|资格)?(?:及以上|或以上|以上)?$"),
    "industry": re.compile(r"(?:行业|产业|类)$"),
    "specialty": re.compile(r"专业$"),
}
_LIST = re.compile(r"[,，;；、|/]+")


@dataclass(frozen=True, slots=True)
class CodeLookup:
    """The words of one dimension, ready to be looked up; '' is the code of what says nothing."""

    dimension: str
    words: Mapping[str, str]
    divisions: Mapping[str, str]  # GB/T 4754 divisions are often written without their section
    own: Mapping[str, str] = field(default_factory=dict)  # of the office, before all others

    def code_of(self, text: str) -> str | None:
        """Return the code a text means (NFKC, outer spaces removed); None where it means none.

        Of a list of several the first that means something counts.
        """
        found = self._whole(text)
        if found is not None or not _LIST.search(text):
            return found
        parts = (self._whole(part.strip()) for part in _LIST.split(text) if part.strip())
        return next((code for code in parts if code), None)

    def _whole(self, text: str) -> str | None:
        found = self._word(text)
        if found is None:
            bare = text
            for around in (_BEFORE, _AFTER):
                if self.dimension in around:
                    bare = around[self.dimension].sub("", bare, count=1)
            found = self._word(bare) if bare != text else None
        named = _CODE_AND_NAME.fullmatch(text) if found is None else None
        return self.words.get(normal_word(named[1])) if named else found

    def _word(self, text: str) -> str | None:
        key = normal_word(text)
        found = self.own.get(key, self.words.get(key))
        if found is not None:
            return found
        digits = _DIVISION.fullmatch(text)
        if digits and digits[1] in self.divisions:
            return self.divisions[digits[1]]
        deeper = _DEEPER.get(self.dimension)
        match = deeper.fullmatch(text.upper()) if deeper else None
        prefixes = map(normal_word, match.groups()) if match else ()
        return next((self.words[prefix] for prefix in prefixes if prefix in self.words), None)


def code_lookup(dimension: str, own: Mapping[str, str] | None = None) -> CodeLookup:
    """Return the lookup of a dimension, `own` being the office's own words."""
    words, divisions = _shipped(dimension)
    return CodeLookup(dimension, words, divisions, own or {})


@cache
def _shipped(dimension: str) -> tuple[dict[str, str], dict[str, str]]:
    table = code_table(dimension)
    divisions = {code[1:]: code for code in table.codes} if dimension == "industry" else {}
    divisions = {digits: code for digits, code in divisions.items() if _DIVISION.fullmatch(digits)}
    return {**shipped().words.get(dimension, {}), **_words(table)}, divisions


def _words(table: CodeTable) -> dict[str, str]:
    """Map names and codes to codes; a name on one line of ancestry means the topmost."""
    found: dict[str, str | None] = {}
    for entry in table.codes.values():  # a parent stands before its children
        for name in {normal_word(word) for word in (*entry.name, *entry.short)}:
            first = found.setdefault(name, entry.code)
            if first is not None and entry.code not in table.below(first):
                found[name] = None  # shared by two that are not in one line: means neither
    found.update({normal_word(code): code for code in table.codes})
    return {word: code for word, code in found.items() if code is not None and word}
