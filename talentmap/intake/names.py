"""Names of columns as they are compared, and the hints that stand in their brackets."""

from __future__ import annotations

import re
import unicodedata

_NOISE = re.compile(r"[\s()\[\]{}<>【】《》〈〉「」_\-*:.·'\"]+")
_BRACKETS = re.compile(r"[(\[{<【《〈「]([^()\[\]{}<>【】《》〈〉「」]*)[)\]}>】》〉」]")


def normal(name: str) -> str:
    """Return a name as it is compared: NFKC, lower case, no spaces, brackets or marks."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", name).casefold())


def without_hint(name: str) -> tuple[str, str]:
    """Return a name without its brackets, normal, and what is in them: 薪资(千元) → 薪资, 千元."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    hints = " ".join(_BRACKETS.findall(plain))
    return normal(_BRACKETS.sub("", plain)), hints.strip()


def normal_word(text: str) -> str:
    """Return a word of a code table as it is compared: NFKC, no spaces, no case."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
