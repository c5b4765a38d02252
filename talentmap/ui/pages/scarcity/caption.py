"""The caption of the selected one: only as strong as the numbers allow.

The rank is the composite score's, and the words say so, for the index may rank another first: 居首
only where the interval of the rank is 1–1, 居前 where it ends in the first three. 严重 only in the
severe band, 缺人 only where the 90 % interval lies above 1.
"""

from __future__ import annotations

from talentmap.ui.draw.facts import Row
from talentmap.ui.draw.numbers import figure, interval
from talentmap.ui.draw.scarcity import Detail
from talentmap.ui.pages.scarcity.words import CAPTIONS

_FIRST = (1, 1)
_LEADING = 3
# The finding, before the colon, is read at a glance.
_FINDING_CHARACTERS = 26


def caption(row: Row, detail: Detail, language: str) -> str:
    """Return the caption; '' where the row has no value."""
    if not row.ok:
        return ""
    kind = strength(row, detail)
    words = CAPTIONS[kind].in_(language)
    value = str(figure(row.number, "ratio", language))
    span = interval(row.low, row.high, "ratio", language)
    room = _FINDING_CHARACTERS - len(words.partition("：")[0]) + len("{name}")
    name = row.name if language != "zh" or len(row.name) <= room else f"{row.name[: room - 1]}…"
    return words.format(name=name, value=value, span=span)


def strength(row: Row, detail: Detail) -> str:
    """Return what may be said: most, severe, leading, short, ample or unsure."""
    if row.high is not None and row.high < 1:
        return "ample"
    if row.low is None or row.low <= 1:
        return "unsure"
    if detail.rank == _FIRST:
        return "most"
    if detail.band == "severe":
        return "severe"
    if detail.rank is not None and detail.rank[1] <= _LEADING:
        return "leading"
    return "short"
