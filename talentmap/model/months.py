"""Months as small integers: months since January 2000, so that 2026-06 is 317."""

from __future__ import annotations

import re

from talentmap.model.errors import UserError

_EPOCH_YEAR = 2000
_PATTERN = re.compile(r"(\d{4})-(\d{2})")


def to_index(text: str) -> int:
    """Return the index of a month written YYYY-MM; raise UserError where it is not one."""
    match = _PATTERN.fullmatch(text)
    if not match or not 1 <= int(match[2]) <= 12:
        raise UserError(f"month: {text!r} is not a month written like 2026-06")
    return (int(match[1]) - _EPOCH_YEAR) * 12 + int(match[2]) - 1


def to_text(index: int) -> str:
    """Return the month of an index as YYYY-MM."""
    return f"{_EPOCH_YEAR + index // 12}-{index % 12 + 1:02d}"


def to_words(index: int, language: str) -> str:
    """Return the month as people write it: 2026年6月, or Jun 2026."""
    year, month = _EPOCH_YEAR + index // 12, index % 12 + 1
    if language == "zh":
        return f"{year}年{month}月"
    names = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    return f"{names[month - 1]} {year}"
