"""The headline over the map where a place is selected: of that place, beside the city.

As for the city a place is called short of talent only where its interval excludes balance.
"""

from __future__ import annotations

from talentmap.model.answer import Answer
from talentmap.model.metric import Metric
from talentmap.model.words import Words
from talentmap.ui import text
from talentmap.ui.draw.facts import Row, count_at_least
from talentmap.ui.draw.numbers import figure, interval, status_words
from talentmap.ui.draw.scale import BALANCED, RATIO_BREAKS

_TIGHT = ("scarcity", "openings_ratio")
_LEAST_SHARE = 0.001


def story_here(
    metric: Metric, name: str, here: Row, city: Row, cells: Answer | None, language: str
) -> tuple[str, str]:
    """Return (headline, evidence) of the place `name`; never raises on absent numbers.

    `cells` are the hexagons inside of it, None where they are not shown or mean nothing.
    """
    said = {"name": name, "metric": metric.name.in_(language)}
    if not here.ok:
        status = status_words(here.status, language)
        return text.HERE_NONE.in_(language).format(**said, status=status), _city(
            metric, city, language
        )
    headline = _judged(metric, here).in_(language)
    parts = [_span(metric, here, language), _share(metric, here, city, language)]
    parts = [*filter(None, parts), _city(metric, city, language)]
    evidence = text.SENTENCE_JOIN.in_(language).join(filter(None, parts))
    return headline.format(**said, value=_written(metric, here, language)), evidence + _cells(
        cells, language
    )


def _judged(metric: Metric, here: Row) -> Words:
    if metric.id not in _TIGHT:
        return text.HERE_VALUE
    if here.number >= BALANCED[1]:
        return text.HERE_SCARCE if here.low is None or here.low > 1 else text.HERE_UNSURE
    if here.number < BALANCED[0]:
        return text.HERE_SPARE if here.high is None or here.high < 1 else text.HERE_UNSURE
    return text.HERE_BALANCED


def _written(metric: Metric, row: Row, language: str) -> str:
    unit = metric.unit.in_(language) if metric.kind in ("count", "km") else ""
    return str(figure(row.number, metric.kind, language, unit))


def _span(metric: Metric, here: Row, language: str) -> str:
    span = interval(here.low, here.high, metric.kind, language)
    return text.INTERVAL.in_(language).format(span=span) if span else ""


def _share(metric: Metric, here: Row, city: Row, language: str) -> str:
    if metric.kind != "count" or not city.ok or here.number < _LEAST_SHARE * city.number:
        return ""
    if city.number <= 0:
        return ""
    share = str(figure(here.number / city.number, "share", language))
    return text.SHARE_OF_CITY.in_(language).format(share=share)


def _city(metric: Metric, city: Row, language: str) -> str:
    if not city.ok:
        return ""
    return text.HERE_CITY.in_(language).format(city=_written(metric, city, language))


def _cells(cells: Answer | None, language: str) -> str:
    count, known = count_at_least(cells, RATIO_BREAKS[-1]) if cells is not None else (0, 0)
    words = text.CELLS_EVIDENCE.in_(language)
    return words.format(count=count, known=f"{known:,}") if count else ""
