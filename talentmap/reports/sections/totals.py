"""总体供需: how many people and openings, and how they compare with last year and last month."""

from __future__ import annotations

from dataclasses import dataclass

from talentmap.model.answer import MISSING, OK, Answer
from talentmap.model.words import Words
from talentmap.reports.content.asker import Asker
from talentmap.reports.content.model import (
    Block,
    Cell,
    Chart,
    Column,
    Figures,
    Heading,
    Paragraph,
    Series,
    Table,
)
from talentmap.reports.content.rows import Row, rows_of
from talentmap.reports.content.scope import month_words, subject, where
from talentmap.reports.judgement import balance, size_word
from talentmap.reports.words import MONTH, YEAR, absent, change, number, span

METRICS = ("supply", "demand", "openings_ratio", "scarcity")
COLOURS = {"supply": "supply", "demand": "demand", "openings_ratio": "ink", "scarcity": "scarce"}

TITLE = Words("总体供需", "Supply and demand")
_LEAD = Words("{month}，{where}{what}{parts}。", "{month}, {where}{what}: {parts}.")
_PART = Words("{name} {value}，{year}，{month}", "{name} {value} ({year}; {month})")
_ABSENT = Words("{name}{why}", "{name} {why}")
_INDEX = Words(
    "紧缺指数{size} {value}（90% 区间 {span}，全市各行业平均为 1.00），{balance}。",
    "The scarcity index is {size} {value} (90 % interval {span}; the city's average over all "
    "industries is 1.00): {balance}.",
)
_COLUMNS = {
    "name": Words("指标", "Measure"),
    "unit": Words("单位", "Unit"),
    "now": Words("本月", "This month"),
    "last": Words("上月", "Month before"),
    "month": Words("环比", "On month"),
    "year_ago": Words("上年同月", "A year before"),
    "year": Words("同比", "On year"),
}
_TABLE = Words("总体供需及变化", "Supply, demand and their change")
_TREND = Words("{name}逐月变化", "{name} by month")
_RATIOS = Words("求人倍率与紧缺指数逐月变化", "Openings per seeker and scarcity index by month")


@dataclass(frozen=True)
class Measure:
    """A metric of the report's place over the months."""

    metric: str
    name: str
    unit: str
    kind: str
    series: Answer
    now: Row
    last: Row
    year: Row

    def change(self, asker: Asker, month: bool = False) -> str:
        """Return the change on the year, or on the month, in words."""
        then = self.last if month else self.year
        basis = MONTH if month else YEAR
        return change(self.now.number, then.number, self.kind, asker.language, basis)


def measure(asker: Asker, metric: str) -> Measure | None:
    """Return a metric over the months; None where it is not published, or there are no data."""
    about = asker.desk.metrics[metric]
    series = asker.may(lambda: asker.series(metric), about.name.in_(asker.language))
    if series is None or all(row.status == MISSING for row in rows_of(series)):
        return None
    return Measure(
        metric,
        about.name.in_(asker.language),
        about.unit.in_(asker.language),
        about.kind,
        series,
        asker.now(series),
        asker.at(series, 1),
        asker.at(series, 12),
    )


def measures(asker: Asker) -> list[Measure]:
    """Return the metrics of supply and demand that are published for this scope."""
    return [found for metric in METRICS if (found := measure(asker, metric)) is not None]


def totals(asker: Asker) -> list[Block]:
    """Return the section; empty where nothing of it is published."""
    found = measures(asker)
    if not found:
        return []
    return [
        Heading(asker.say(TITLE)),
        figures(asker, found),
        *sentences(asker, found),
        table(asker, found),
        *charts(asker, found),
    ]


def figures(asker: Asker, found: list[Measure]) -> Figures:
    """Return the numbers to read first."""
    return Figures(tuple((m.name, _value(asker, m), m.change(asker)) for m in found))


def sentences(asker: Asker, found: list[Measure]) -> list[Paragraph]:
    """Return what the numbers say."""
    lang = asker.language
    parts = [_said(asker, m) for m in found if m.metric != "scarcity"]
    joined = ("；" if lang == "zh" else "; ").join(parts)
    what = subject(asker)
    what = what if lang == "zh" or not what else f", {what}"
    text = asker.say(_LEAD, month=month_words(asker), where=where(asker), what=what, parts=joined)
    index = next((m for m in found if m.metric == "scarcity" and m.now.number is not None), None)
    lines = [Paragraph(text, "lead")]
    if index is not None and index.now.number is not None:
        row = index.now
        lines.append(
            Paragraph(
                asker.say(
                    _INDEX, size=size_word(row, "scarcity", lang),
                    value=number(index.now.number, "ratio", lang),
                    span=span(row.low, row.high, "ratio"), balance=balance(row).in_(lang),
                )
            )
        )  # fmt: skip
    return lines


def table(asker: Asker, found: list[Measure]) -> Table:
    """Return this month beside the month before and the same month last year."""
    kinds = ("text", "text", "ratio", "ratio", "text", "ratio", "text")
    widths = (1.5, 0.6, 1.0, 1.0, 1.6, 1.0, 1.6)
    columns = [
        Column(asker.say(w), k, x) for w, k, x in zip(_COLUMNS.values(), kinds, widths, strict=True)
    ]
    rows = [
        (
            Cell(m.name), Cell(m.unit), _cell(m, m.now), _cell(m, m.last),
            Cell(m.change(asker, month=True)), _cell(m, m.year), Cell(m.change(asker)),
        )
        for m in found
    ]  # fmt: skip
    return Table(asker.say(_TABLE), asker.say(TITLE), tuple(columns), tuple(rows))


def charts(asker: Asker, found: list[Measure]) -> list[Chart]:
    """Return the metrics over the months: counts each on its own, the two ratios together."""
    drawn = [
        _trend(asker, asker.say(_TREND, name=m.name), [m])
        for m in found
        if m.kind == "count" and _known(m)
    ]
    ratios = [m for m in found if m.kind == "ratio" and _known(m)]
    if len(ratios) > 1:
        drawn.append(_trend(asker, asker.say(_RATIOS), ratios))
    elif ratios:
        drawn.append(_trend(asker, asker.say(_TREND, name=ratios[0].name), ratios))
    return drawn


def _trend(asker: Asker, title: str, found: list[Measure]) -> Chart:
    rows = [[r for r in rows_of(m.series) if r.id <= found[0].now.id] for m in found]
    months = tuple(_short_month(r.id, asker.language) for r in rows[0])
    series = tuple(
        Series(
            m.name, tuple(r.number for r in part), COLOURS.get(m.metric, "ink"),
            tuple(r.low for r in part) if part[-1].has_interval else (),
            tuple(r.high for r in part) if part[-1].has_interval else (),
        )
        for m, part in zip(found, rows, strict=True)
    )  # fmt: skip
    kind = found[0].kind
    one = 1.0 if kind == "ratio" else None
    return Chart(title, title, "lines", kind, months, series, found[0].unit, reference=one)


def _short_month(month: str, language: str) -> str:
    year, number_ = month.split("-")
    return f"{year[2:]}年{int(number_)}月" if language == "zh" else f"{number_}/{year[2:]}"


def _known(found: Measure) -> bool:
    return sum(r.number is not None for r in rows_of(found.series)) > 1


def _value(asker: Asker, m: Measure) -> str:
    if m.now.number is None:
        return absent(m.now.status, asker.language)
    unit = m.unit if m.kind == "count" else ""
    return number(m.now.number, m.kind, asker.language, unit)


def _said(asker: Asker, m: Measure) -> str:
    if m.now.status != OK:
        return asker.say(_ABSENT, name=m.name, why=absent(m.now.status, asker.language))
    return asker.say(
        _PART, name=m.name, value=_value(asker, m), year=m.change(asker),
        month=m.change(asker, month=True),
    )  # fmt: skip


def _cell(m: Measure, row: Row) -> Cell:
    return Cell(row.number, row.status, m.kind)
