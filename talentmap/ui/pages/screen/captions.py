"""The headline of a story: a table of rules says which words the numbers allow.

最 only where the interval of the rank is 1–1 and no index is higher; 居前 where it ends in the
first three; 缺人 only where the 90 % interval lies above 1. 仅, 高达 and 达 only beyond the edge of
a band. One number, one comparison. The people per hundred openings stand only where they and the
city's differ as the index says, so that the two can be read together.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from talentmap.model.words import Words
from talentmap.ui.draw.facts import Row
from talentmap.ui.draw.numbers import figure
from talentmap.ui.pages.screen import words

_LEADING = 3
_ROOM = 26.0  # characters of Chinese in a headline; a digit or a Latin letter is half of one
_AGREES = 0.025  # of the index, by which the ratio of the two counts may differ from it
_SEVERE, _SURPLUS = 1.5, 0.67  # edges of the bands of the index
_FAR, _NEAR = 15.0, 5.0  # km, edges of the bands of distance
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Headline:
    """One sentence with one number in colour; `tone` is worse, better or plain."""

    before: str
    number: str
    after: str
    beside: str
    tone: str = "worse"

    @property
    def length(self) -> float:
        """How many Chinese characters wide the sentence is."""
        return width(f"{self.before} {self.number} {self.after}")


@dataclass(frozen=True, slots=True)
class Tight:
    """What is known of a shortage.

    The index with its interval, whether it is the highest there is, the interval of the rank by
    composite score (None where there is none), people in reach of 100 openings.
    """

    name: str
    row: Row
    highest: bool
    rank: tuple[int, int] | None
    per_hundred: float | None
    city_per_hundred: float | None

    @property
    def agrees(self) -> bool:
        """Tell whether the counts differ from the city's as the index says."""
        if not self.per_hundred or not self.city_per_hundred:
            return False
        ratio = self.city_per_hundred / self.per_hundred
        return abs(ratio / self.row.number - 1) <= _AGREES

    @property
    def short(self) -> bool:
        """Tell whether a shortage can be claimed."""
        return self.row.low is not None and self.row.low > 1

    @property
    def ample(self) -> bool:
        """Tell whether spare talent can be claimed."""
        return self.row.high is not None and self.row.high < 1


Test = Callable[[Tight], bool]

# The first rule that holds names the finding.
FINDINGS: tuple[tuple[str, Test], ...] = (
    ("first", lambda f: f.short and f.highest and f.rank == (1, 1)),
    ("leading", lambda f: f.short and f.rank is not None and f.rank[1] <= _LEADING),
    ("short", lambda f: f.short),
    ("ample", lambda f: f.ample),
    ("unsure", lambda _: True),
)
# And the first of these how strong the verb is.
STRENGTHS: tuple[tuple[str, Test], ...] = (
    ("only", lambda f: f.short and f.row.number >= _SEVERE),
    ("up_to", lambda f: f.ample and f.row.number < _SURPLUS),
    ("plain", lambda _: True),
)


def tight(fact: Tight, language: str) -> Headline:
    """Return the headline of a shortage; ask only for a row with a value."""
    finding = next(name for name, holds in FINDINGS if holds(fact))
    strength = next(name for name, holds in STRENGTHS if holds(fact))
    tone = {"ample": "better", "unsure": "plain"}.get(finding, "worse")
    start = words.LEAST[finding].in_(language).format(name=fact.name) + words.COLON.in_(language)
    by_index = Headline(
        start + words.INDEX[strength].in_(language),
        str(figure(fact.row.number, "ratio", language)),
        "",
        words.CITY_INDEX.in_(language),
        tone,
    )
    if not fact.agrees or fact.per_hundred is None or fact.city_per_hundred is None:
        return by_index
    by_people = Headline(
        start + words.PER_HUNDRED[strength].in_(language),
        _count(fact.per_hundred),
        words.PERSONS.in_(language),
        words.CITY_PERSONS.in_(language).format(n=_count(fact.city_per_hundred)),
        tone,
    )
    return by_people if by_people.length <= _ROOM else by_index


def gap(name: str, cell: str, openings: float, share: float, language: str) -> Headline:
    """Return the headline of a mismatch: its largest cell, openings above average, share of all."""
    said = words.GAP_HALF if share > _HALF else words.GAP_LARGE
    before = said.in_(language).format(name=name, cell=cell) + words.COLON.in_(language)
    written = str(figure(share, "share", language))
    return Headline(
        before + words.GAP_NUMBER.in_(language),
        _count(openings),
        words.POSTS.in_(language),
        words.GAP_SHARE.in_(language).format(share=written),
    )


def way(name: str, km: float, city: float | None, language: str) -> Headline:
    """Return the headline of a commute: the mean way and the city's."""
    strength = "up_to" if km >= _FAR else "only" if km < _NEAR else "plain"
    beside = "" if city is None else _km(words.CITY_KM, city, language)
    return Headline(
        words.KM[strength].in_(language).format(name=name),
        str(figure(km, "km", language)),
        words.KILOMETRES.in_(language),
        beside,
        "worse" if city is not None and round(km, 1) > round(city, 1) else "plain",
    )


def width(said: str) -> float:
    """Return how many Chinese characters wide a text is; a digit or a Latin letter is half one."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.5 for c in said)


def way_title(name: str, km: float, city: float, language: str) -> str:
    """Return the title of the commute tile: the mean way and how it differs from the city's.

    The difference is that of the two numbers as they are written.
    """
    more = round(round(km, 1) - round(city, 1), 1)
    said = words.SAME if not more else words.FARTHER if more > 0 else words.NEARER
    written = str(figure(km, "km", language))
    return said.in_(language).format(name=name, km=written, more=f"{abs(more):.1f}")


def _km(said: Words, km: float, language: str) -> str:
    return said.in_(language).format(km=str(figure(km, "km", language)))


def _count(value: float) -> str:
    return f"{round(value):,}"
