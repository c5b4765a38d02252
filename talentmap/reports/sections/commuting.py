"""职住: who works and lives in the scope, where they come from, and how far they go."""

from __future__ import annotations

from dataclasses import dataclass

from talentmap.model.answer import OK
from talentmap.model.words import Words
from talentmap.reports.content.asker import Asker
from talentmap.reports.content.geography import area_map
from talentmap.reports.content.model import (
    Block,
    Cell,
    Chart,
    Column,
    Heading,
    Paragraph,
    Series,
    Table,
)
from talentmap.reports.content.rows import NOTHING, NOWHERE, Row, known, places_of, rows_of
from talentmap.reports.content.scope import place_name
from talentmap.reports.judgement import is_most
from talentmap.reports.sections.places import LEVELS
from talentmap.reports.words import absent, listed, number, sentences

METRICS = (
    "jobs_housing_ratio",
    "self_containment",
    "self_sufficiency",
    "commute_km",
    "inflow",
    "outflow",
)
_MOST_FLOWS, _NAMED = 15, 3

TITLE = Words("职住关系", "Work and home")
_PLACE = {
    "jobs_housing_ratio": Words("{place}职住比为 {value}", "{place} has {value} jobs per resident"),
    "self_containment": Words(
        "在此工作的人中 {value} 也住在这里", "{value} of those who work here live here"
    ),
    "self_sufficiency": Words(
        "住在这里的人中 {value} 也在此工作", "{value} of those who live here work here"
    ),
    "commute_km": Words("平均通勤距离 {value}（直线）", "the mean way is {value} (straight line)"),
}
_IN_OUT = Words(
    "流入 {inflow}，流出 {outflow}，{net}。", "{inflow} come in and {outflow} go out: {net}."
)
_NET_IN = Words("净流入 {n}", "{n} more come in than go out")
_NET_OUT = Words("净流出 {n}", "{n} more go out than come in")
_NET_EVEN = Words("流入与流出相当", "as many come in as go out")
_CITY = Words(
    "在市内工作的人平均通勤距离 {km}（直线）；{names}的岗位多于在此居住的就业人口。",
    "Those who work in the city travel {km} on average (straight line); there are more jobs than "
    "working residents in {names}.",
)
_OF_THEM = Words("{names}等 {n} 个{level}", "{n} {level}, {names} among them")
_CITY_NONE = Words(
    "在市内工作的人平均通勤距离 {km}（直线）；没有岗位多于居住就业人口的{level}。",
    "Those who work in the city travel {km} on average (straight line); no {level} have more jobs "
    "than working residents.",
)
_FARTHEST = Words("{name}的平均通勤距离最长，{km}。", "The longest way to work is to {name}: {km}.")
_FAR = Words("{name}的平均通勤距离居前，{km}。", "{name} is among the farthest: {km}.")
_TABLE = Words("各{level}职住情况", "Work and home by {level}")
_FLOWS = Words(
    "跨区县通勤最多的 {n} 对（居住 → 工作）",
    "The {n} strongest flows between districts (home → work)",
)
_FLOWS_IN = Words("在此工作的人住在哪里", "Where those who work here live")
_RATIO_MAP = Words("各{level}职住比", "Jobs per resident by {level}")
_RATIO_LEGEND = Words("职住比\n在此工作 ÷ 在此居住", "Jobs per resident\nwork here ÷ live here")
_PERSONS = Words("人", "persons")
_NAME, _COUNT, _SHARE = Words("名称", "Name"), Words("人数", "Persons"), Words("占比%", "Share %")
_FROM = Words("居住地 → 工作地", "Home → work")
_NOTE = Words(
    "只计居住地和工作地都已知的人。", "Only people whose home and workplace are both known."
)


@dataclass(frozen=True)
class Ends:
    """The commute metrics of the places of a level."""

    level: str
    rows: dict[str, dict[str, Row]]

    def of(self, metric: str, code: str) -> Row:
        """Return a metric's row of a place; a missing one where there is none."""
        return self.rows[metric].get(code, NOTHING)


def ends(asker: Asker, level: str) -> Ends | None:
    """Return the commute metrics of the places of a level; None where none is published."""
    rows = {
        metric: {
            r.id: r
            for r in places_of(asker.may(lambda m=metric: asker.ask(m, level=level)))  # type: ignore[misc]
        }
        for metric in METRICS
    }
    return Ends(level, rows) if any(rows.values()) else None


def commuting(asker: Asker, level: str) -> list[Block]:
    """Return the section; empty where no commute is known or published.

    `level` is that of the places compared: those inside the scope, else the scope itself.
    """
    kind, _ = asker.question.place_parts()
    own = asker.may(lambda: here(asker), asker.say(TITLE))
    if own is None or all(row.number is None for row in own.values()):
        return []
    blocks: list[Block] = [Heading(asker.say(TITLE))]
    compared = ends(asker, level) if level else None
    if kind:
        blocks.append(Paragraph(here_said(asker, own), "lead"))
    elif compared is not None:
        blocks.append(Paragraph(_city_said(asker, own, compared), "lead"))
    blocks.append(Paragraph(asker.say(_NOTE), "note"))
    if compared is not None and len(compared.rows["jobs_housing_ratio"]) > 1:
        blocks += _compared(asker, compared)
    return [*blocks, *flows(asker)]


def here(asker: Asker) -> dict[str, Row]:
    """Return the commute metrics of the report's place itself."""
    return {metric: asker.one(metric) for metric in METRICS}


def flows(asker: Asker) -> list[Block]:
    """Return the strongest flows: between districts for the city, into the place otherwise."""
    if asker.question.place:
        ends_ = asker.may(lambda: asker.told("destinations", level="district", at="work"))
        return _into(asker, [r for r in rows_of(ends_) if r.number])
    answer = asker.may(lambda: asker.ask("commute_od", level="district", at="work"))
    return _between(asker, [r for r in rows_of(answer) if r.number])


def _between(asker: Asker, rows: list[Row]) -> list[Block]:
    apart = [r for r in rows if len(set(r.id.split(">"))) == 2 and not _nowhere(r)][:_MOST_FLOWS]
    if not apart:
        return []
    title = asker.say(_FLOWS, n=len(apart))
    return [_flow_bars(asker, apart, title), _flow_table(asker, apart, title, None, _FROM)]


def _into(asker: Asker, rows: list[Row]) -> list[Block]:
    title = asker.say(_FLOWS_IN)
    if not rows:
        return []
    table = _flow_table(asker, rows, title, sum(r.number or 0.0 for r in rows), _NAME)
    return [_flow_bars(asker, rows[:_MOST_FLOWS], title), table] if len(rows) > 1 else [table]


def _nowhere(row: Row) -> bool:
    return bool(NOWHERE & set(row.id.split(">")))


def _flow_bars(asker: Asker, rows: list[Row], title: str) -> Chart:
    series = Series(title, tuple(r.number for r in rows), "flow")
    names = tuple(r.name for r in rows)
    return Chart(title, title, "bars", "count", names, (series,), asker.say(_PERSONS))


def _flow_table(
    asker: Asker, rows: list[Row], title: str, whole: float | None, what: Words
) -> Table:
    columns = [Column(asker.say(what), "text", 3), Column(asker.say(_COUNT), "count")]
    columns += [Column(asker.say(_SHARE), "share")] if whole else []
    body = tuple(
        (Cell(r.name), r.cell, *((Cell((r.number or 0.0) / whole),) if whole else ())) for r in rows
    )
    return Table(title, title, tuple(columns), body)


def _compared(asker: Asker, found: Ends) -> list[Block]:
    word = LEVELS[found.level].in_(asker.language)
    rows = list(found.rows["jobs_housing_ratio"].values())
    title = asker.say(_RATIO_MAP, level=word)
    blocks: list[Block] = []
    if found.level == "district":
        drawn = area_map(asker, rows, "district", title, title, asker.say(_RATIO_LEGEND))
        blocks += [drawn] if drawn.areas else []
    return [*blocks, _table(asker, found)]


def _table(asker: Asker, found: Ends) -> Table:
    title = asker.say(_TABLE, level=LEVELS[found.level].in_(asker.language))
    metrics = asker.desk.metrics
    columns = [Column(asker.say(_NAME), "text", 1.8)]
    columns += [Column(_head(asker, m), metrics[m].kind) for m in METRICS]
    rows = tuple(
        (Cell(row.name), *(found.of(m, code).cell for m in METRICS))
        for code, row in found.rows["jobs_housing_ratio"].items()
    )
    return Table(title, title, tuple(columns), rows)


def _head(asker: Asker, metric: str) -> str:
    about = asker.desk.metrics[metric]
    unit = {"share": "%", "km": asker.say(Words("公里", "km"))}.get(about.kind, "")
    return f"{about.name.in_(asker.language)} {unit}".strip()


def here_said(asker: Asker, own: dict[str, Row]) -> str:
    """Return what the commute metrics of the report's place say."""
    told = {m: _value(asker, m, row) for m, row in own.items() if row.number is not None}
    place = place_name(asker) or asker.desk.info.city.in_(asker.language)
    comma, stop = ("，", "。") if asker.language == "zh" else ("; ", ".")
    parts = [asker.say(w, place=place, value=told[m]) for m, w in _PLACE.items() if m in told]
    return sentences([comma.join(parts) + stop, _in_out(asker, own, told)], asker.language)


def _in_out(asker: Asker, own: dict[str, Row], told: dict[str, str]) -> str:
    come, go = own["inflow"].number, own["outflow"].number
    if come is None or go is None:
        return ""
    apart = come - go
    net = _NET_IN if apart > 0 else _NET_OUT if apart < 0 else _NET_EVEN
    n = number(abs(apart), "count", asker.language, asker.say(_PERSONS))
    said = asker.say(net, n=n)
    return asker.say(_IN_OUT, inflow=told["inflow"], outflow=told["outflow"], net=said)


def _city_said(asker: Asker, own: dict[str, Row], found: Ends) -> str:
    km = _value(asker, "commute_km", own["commute_km"])
    more = [
        r for r in known(list(found.rows["jobs_housing_ratio"].values())) if (r.number or 0) > 1
    ]
    word = LEVELS[found.level].in_(asker.language)
    names = listed([r.name for r in more[:_NAMED]], asker.language)
    if len(more) > _NAMED:
        names = asker.say(_OF_THEM, names=names, n=len(more), level=word)
    text = (
        asker.say(_CITY, km=km, names=names) if more else asker.say(_CITY_NONE, km=km, level=word)
    )
    far = known(list(found.rows["commute_km"].values()))
    if len(far) < 2:
        return text
    words = _FARTHEST if is_most(far, "km") else _FAR
    said = asker.say(words, name=far[0].name, km=_value(asker, "commute_km", far[0]))
    return sentences([text, said], asker.language)


def _value(asker: Asker, metric: str, row: Row) -> str:
    if row.status != OK or row.number is None:
        return absent(row.status, asker.language)
    about = asker.desk.metrics[metric]
    unit = asker.say(_PERSONS) if about.kind == "count" else ""
    return number(row.number, about.kind, asker.language, unit)
