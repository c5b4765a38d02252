"""Which strong words the numbers allow: a table of rules, and no other place decides.

最 needs a lead that its interval proves; 高达 and 仅 need a number, and its whole interval, beyond
the edge of a band; 紧缺 and 富余 need an interval on one side of the balance.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from talentmap.model.words import Words
from talentmap.reports.content.rows import Row
from talentmap.reports.words import rounded

# Edges of the band in which a number is told without comment: below 仅, from the upper on 高达.
# Scarcity: half and double of the city's average; a fill rate under 67 % is a shortage (Australia's
# occupation list).
EDGES: dict[str, tuple[float, float]] = {
    "scarcity": (0.5, 2.0),
    "openings_ratio": (0.5, 2.0),
    "fill_rate": (0.67, float("inf")),
}
BALANCED = (0.83, 1.2)


@dataclass(frozen=True, slots=True)
class Lead:
    """The first of a ranking, the one behind it, and how their numbers are written."""

    first: Row
    second: Row | None
    kind: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A word and when it may be said."""

    word: Words
    when: Callable[[Lead], bool]


def _proven(lead: Lead) -> bool:
    """The lead's lower end is above the next one's upper end; without intervals, as written."""
    if lead.second is None:
        return False
    first, second = lead.first, lead.second
    if first.low is not None and second.high is not None:
        return first.low > second.high
    if first.number is None or second.number is None or first.has_interval:
        return False
    return rounded(first.number, lead.kind) > rounded(second.number, lead.kind)


LEADS = (
    Rule(Words("最{what}", "the {what}"), _proven),
    Rule(Words("{what}居前", "among the {what}"), lambda _: True),
)


def is_most(rows: list[Row], kind: str) -> bool:
    """Tell whether 最 may be said of the first row (sorted, all of them with a number)."""
    lead = Lead(rows[0], rows[1] if len(rows) > 1 else None, kind)
    return LEADS[0].when(lead)


def size_word(row: Row, metric: str, language: str) -> str:
    """Return 仅, 高达 or 为 for a number; the strong ones only where its interval lies beyond."""
    below, above = EDGES.get(metric, (float("-inf"), float("inf")))
    low = row.low if row.low is not None else row.number
    high = row.high if row.high is not None else row.number
    if high is not None and high < below:
        return Words("仅", "only").in_(language)
    if low is not None and low >= above:
        return Words("高达", "as much as").in_(language)
    return Words("为", "at").in_(language)


def is_scarce(row: Row) -> bool:
    """Tell whether a scarcity index is beyond the balanced band, its interval above 1."""
    return row.number is not None and row.number >= BALANCED[1] and (row.low or 0.0) > 1.0


def is_ample(row: Row) -> bool:
    """Tell whether a scarcity index is below the balanced band, its interval under 1."""
    return row.number is not None and row.number < BALANCED[0] and (row.high or 9.0) < 1.0


def balance(row: Row) -> Words:
    """Return how supply and demand of a scarcity index are called."""
    if row.number is None:
        return Words("无法判断供需", "supply and demand cannot be judged")
    if is_scarce(row):
        return Words("人才紧缺", "talent is scarce")
    if is_ample(row):
        return Words("人才富余", "there is spare talent")
    if BALANCED[0] <= row.number < BALANCED[1]:
        return Words("供需基本平衡", "supply and demand are balanced")
    return Words("尚不能断言紧缺或富余", "neither shortage nor surplus can be claimed")
