"""区域: where talent is short and where it is spare, as maps, a chart and a table."""

from __future__ import annotations

from dataclasses import dataclass

from talentmap.model.answer import Answer
from talentmap.model.words import Words
from talentmap.privacy.planes import TIER_RULES
from talentmap.reports.content.asker import Asker, year_before
from talentmap.reports.content.geography import area_map, cell_map
from talentmap.reports.content.model import Block, Cell, Column, Heading, Map, Paragraph, Table
from talentmap.reports.content.rows import Row, known, places_of
from talentmap.reports.sections.ranked import bars, said
from talentmap.reports.words import change

TITLE = Words("区域分布", "Places")
LEVELS = {
    "district": Words("区县", "districts"),
    "park": Words("园区", "parks"),
}
_SCARCITY = Words("各{level}紧缺指数", "Scarcity index by {level}")
_LEGEND = Words(
    "紧缺指数\n岗位 ÷ 人才，全市平均为 1", "Scarcity index\nopenings ÷ talent; city = 1"
)
_MAPS = {
    "supply": (Words("人才分布", "Where the talent is"),
               Words("人才\n人 / 网格", "People\nper hexagon")),
    "demand": (Words("岗位分布", "Where the openings are"),
               Words("有效岗位\n个 / 网格", "Openings\nper hexagon")),
}  # fmt: skip
_TABLE = Words("各{level}供需", "Supply and demand by {level}")
_COLUMNS = (
    ("name", Words("名称", "Name"), "text", 1.8),
    ("supply", Words("人才", "People"), "count", 1.0),
    ("demand", Words("岗位", "Openings"), "count", 1.0),
    ("openings_ratio", Words("求人倍率", "Per seeker"), "ratio", 1.0),
    ("scarcity", Words("紧缺指数", "Index"), "ratio", 1.0),
    ("low", Words("区间下限", "Low"), "ratio", 1.0),
    ("high", Words("区间上限", "High"), "ratio", 1.0),
    ("before", Words("上年同月", "Year before"), "ratio", 1.0),
    ("change", Words("同比", "On year"), "text", 1.7),
)


@dataclass(frozen=True)
class Spread:
    """The metrics of the places of a level, by the place's code."""

    level: str
    scarcity: Answer
    rows: dict[str, dict[str, Row]]


def level_of(asker: Asker) -> str:
    """Return the level whose places lie inside the report's place; empty where there is none."""
    kind, _ = asker.question.place_parts()
    infos = asker.desk.info.places
    if not kind:
        return "district" if infos.get("district") else ""
    return "park" if kind == "district" and infos.get("park") else ""


def spread(asker: Asker, level: str) -> Spread | None:
    """Return supply, demand and scarcity of the places of a level; None where not published."""
    name = asker.say(TITLE)
    before = year_before(asker)
    found = asker.may(lambda: _scarcity(asker, level, before), name)
    if found is None or not places_of(found):
        return None
    metrics = {
        metric: {
            row.id: row
            for row in places_of(asker.may(lambda m=metric: asker.ask(m, level=level)))  # type: ignore[misc]
        }
        for metric in ("supply", "demand", "openings_ratio")
    }
    metrics["scarcity"] = {row.id: row for row in places_of(found)}
    return Spread(level, found, metrics)


def places(asker: Asker) -> list[Block]:
    """Return the section: what lies inside the scope, as far as its shapes and numbers go."""
    level = level_of(asker)
    blocks: list[Block] = []
    found = spread(asker, level) if level else None
    if found is not None and len(found.rows["scarcity"]) > 1:
        blocks += _compared(asker, found)
    blocks += cell_maps(asker)
    return [Heading(asker.say(TITLE)), *blocks] if blocks else []


def _compared(asker: Asker, found: Spread) -> list[Block]:
    word = LEVELS[found.level].in_(asker.language)
    rows = list(found.rows["scarcity"].values())
    title = asker.say(_SCARCITY, level=word)
    if not known(rows):
        return [table(asker, found)]
    blocks: list[Block] = [
        Paragraph(text, "lead") for text in said(asker, rows, LEVELS[found.level])
    ]
    drawn = area_map(asker, rows, "district", title, title, asker.say(_LEGEND))
    if found.level == "district" and drawn.areas:
        blocks.append(drawn)
    if len(known(rows)) > 1:
        blocks.append(bars(asker, known(rows), title, title))
    return [*blocks, table(asker, found)]


def table(asker: Asker, found: Spread) -> Table:
    """Return the places beside one another."""
    word = LEVELS[found.level].in_(asker.language)
    title = asker.say(_TABLE, level=word)
    columns = tuple(Column(w.in_(asker.language), k, x) for _, w, k, x in _COLUMNS)
    rows = tuple(
        tuple(_cell(asker, found, row, key) for key, *_ in _COLUMNS)
        for row in found.rows["scarcity"].values()
    )
    return Table(title, title, columns, rows)


def cell_maps(asker: Asker) -> list[Map]:
    """Return maps of people and of openings by hexagon, as fine as the tier sees them."""
    # On a page the hexagons of a whole city would be dots at the finer level.
    fine = asker.question.place and "cell8" in TIER_RULES[asker.viewer.tier].levels
    level = "cell8" if fine else "cell7"
    drawn = []
    for metric, (title, legend) in _MAPS.items():
        words = asker.say(title)
        answer = asker.may(lambda m=metric: asker.ask(m, level=level))  # type: ignore[misc]
        spec = None
        if answer is not None:
            spec = cell_map(asker, answer, metric, words, words, asker.say(legend))
        if spec is not None and spec.areas:
            drawn.append(spec)
    return drawn


def _scarcity(asker: Asker, level: str, before: str) -> Answer:
    q = asker.question.but(metric="scarcity", level=level, versus=before)
    answer = asker.desk.ask(q, asker.viewer, asker.language)
    asker.met.setdefault("scarcity", answer)
    return answer


def _cell(asker: Asker, found: Spread, row: Row, key: str) -> Cell:
    if key == "name":
        return Cell(row.name)
    if key in ("low", "high"):
        return Cell(row.low if key == "low" else row.high, row.status)
    if key == "before":
        return Cell(row.before, "ok" if row.before is not None else "missing")
    if key == "change":
        return Cell(change(row.number, row.before, "ratio", asker.language))
    other = found.rows[key].get(row.id)
    return other.cell if other is not None else Cell(None, "missing")
