"""The headline over the map, in words, from the numbers of the districts: a table of rules.

The first rule whose condition holds gives the headline and its line of evidence. Superlatives are
used only where an interval excludes balance; elsewhere the wording is 居前.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from talentmap.model.answer import Answer
from talentmap.model.metric import Metric
from talentmap.ui import text
from talentmap.ui.draw.facts import Row, by_value, count_at_least, total
from talentmap.ui.draw.numbers import figure
from talentmap.ui.draw.scale import BALANCED, RATIO_BREAKS

_NAMED = 3  # at most so many places are named
_HALF = 0.5


@dataclass(frozen=True)
class Facts:
    """Districts with a value, largest first; the city's row; the hexagons where they are shown."""

    metric: Metric
    districts: list[Row]
    city: Row
    cells: Answer | None
    language: str

    @property
    def scarce(self) -> list[Row]:
        """Districts beyond the balanced band whose interval, if any, excludes 1."""
        return [
            r for r in self.districts if r.number >= BALANCED[1] and (r.low is None or r.low > 1)
        ]

    def write(self, value: float) -> str:
        """Return a value as the metric writes it."""
        unit = self.metric.unit.in_(self.language) if self.metric.kind in ("count", "km") else ""
        return str(figure(value, self.metric.kind, self.language, unit))

    def names(self, rows: list[Row]) -> str:
        """Return the first few names: 历下区、历城区."""
        listed = [row.name for row in rows[:_NAMED]]
        if len(listed) < 2:
            return "".join(listed)
        comma, last = text.COMMA.in_(self.language), text.AND.in_(self.language)
        return comma.join(listed[:-1]) + last + listed[-1]


@dataclass(frozen=True, slots=True)
class Rule:
    """When it holds, its headline and its evidence."""

    when: Callable[[Facts], bool]
    headline: Callable[[Facts], str]
    evidence: Callable[[Facts], str]


def story(
    metric: Metric, districts: list[Row], city: Row, cells: Answer | None, language: str
) -> tuple[str, str]:
    """Return (headline, evidence) of the map; never raises on absent numbers."""
    known = [row for row in by_value(districts) if row.ok]
    facts = Facts(metric, known, city, cells, language)
    rule = next(rule for rule in RULES if rule.when(facts))
    return rule.headline(facts), rule.evidence(facts)


def _tight(facts: Facts) -> bool:
    return facts.metric.id in ("scarcity", "openings_ratio")


def _scarce_evidence(facts: Facts) -> str:
    city = facts.write(facts.city.number) if facts.city.ok else "—"
    sure = all(row.low is not None for row in facts.scarce)
    words = (text.SCARCE_EVIDENCE if sure else text.SCARCE_PLAIN).in_(facts.language)
    return words.format(count=len(facts.scarce), city=city) + _cells(facts)


def _range_evidence(facts: Facts) -> str:
    top, bottom = facts.districts[0], facts.districts[-1]
    return text.BALANCED_EVIDENCE.in_(facts.language).format(
        top=top.name,
        top_value=facts.write(top.number),
        bottom=bottom.name,
        bottom_value=facts.write(bottom.number),
    )


def _cells(facts: Facts) -> str:
    if facts.cells is None:
        return ""
    count, known = count_at_least(facts.cells, RATIO_BREAKS[-1])
    words = text.CELLS_EVIDENCE.in_(facts.language)
    return words.format(count=count, known=f"{known:,}") if known else ""


def _all_balanced(facts: Facts) -> bool:
    return all(BALANCED[0] <= row.number < BALANCED[1] for row in facts.districts)


def _half(facts: Facts) -> list[Row]:
    """The fewest districts that hold half of the sum."""
    whole, held, kept = total(facts.districts), 0.0, 0
    for row in facts.districts:
        if whole <= 0 or held >= _HALF * whole:
            break
        held += row.number
        kept += 1
    return facts.districts[:kept]


def _half_named(facts: Facts) -> bool:
    return facts.metric.kind == "count" and 0 < len(_half(facts)) <= _NAMED


def _half_headline(facts: Facts) -> str:
    share = total(_half(facts)) / total(facts.districts)
    return text.HALF_IN.in_(facts.language).format(
        share=str(figure(share, "share", facts.language)),
        what=_lower(facts),
        names=facts.names(_half(facts)),
    )


def _half_evidence(facts: Facts) -> str:
    rest = facts.districts[len(_half(facts)) :]
    return text.HALF_EVIDENCE.in_(facts.language).format(
        city=facts.write(facts.city.number if facts.city.ok else total(facts.districts)),
        rest=len(rest),
        rest_share=str(figure(total(rest) / total(facts.districts), "share", facts.language)),
    )


def _lower(facts: Facts) -> str:
    name = facts.metric.name.in_(facts.language)
    return name.lower() if facts.language == "en" else name


def _more_jobs(facts: Facts) -> list[Row]:
    return [row for row in facts.districts if row.number >= BALANCED[1]]


RULES = (
    Rule(
        lambda f: not f.districts,
        lambda f: text.NOTHING_KNOWN.in_(f.language),
        lambda f: text.NOTHING_KNOWN_WHY.in_(f.language),
    ),
    Rule(
        lambda f: _tight(f) and len(f.scarce) > _NAMED,
        lambda f: text.SCARCE_MANY.in_(f.language).format(
            count=len(f.scarce), names=f.names(f.scarce)
        ),
        _scarce_evidence,
    ),
    Rule(
        lambda f: _tight(f) and bool(f.scarce),
        lambda f: text.SCARCE_IN.in_(f.language).format(names=f.names(f.scarce)),
        _scarce_evidence,
    ),
    Rule(
        lambda f: _tight(f) and _all_balanced(f),
        lambda f: text.BALANCED_ALL.in_(f.language),
        _range_evidence,
    ),
    Rule(_tight, lambda f: text.BALANCED_MOST.in_(f.language), _range_evidence),
    Rule(
        lambda f: f.metric.id == "jobs_housing_ratio" and bool(_more_jobs(f)),
        lambda f: text.MORE_JOBS.in_(f.language).format(names=f.names(_more_jobs(f))),
        _range_evidence,
    ),
    Rule(
        lambda f: f.metric.id == "jobs_housing_ratio",
        lambda f: text.FEW_JOBS.in_(f.language),
        _range_evidence,
    ),
    Rule(_half_named, _half_headline, _half_evidence),
    Rule(
        lambda _: True,
        lambda f: text.HIGHEST.in_(f.language).format(names=f.names(f.districts)),
        _range_evidence,
    ),
)
