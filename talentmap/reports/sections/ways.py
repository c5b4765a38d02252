"""通勤: how far and which way people go, beside the published figures; and candidate shuttles."""

from __future__ import annotations

from typing import Any

from talentmap.model.answer import OK, Answer
from talentmap.model.area import DRAWN
from talentmap.model.words import Words
from talentmap.reports.content.asker import Asker
from talentmap.reports.content.model import (
    Block,
    Cell,
    Chart,
    Column,
    Heading,
    Paragraph,
    Points,
    Series,
    Table,
)
from talentmap.reports.content.rows import Row, known
from talentmap.reports.judgement import is_most
from talentmap.reports.words import ended, number, sentences

DISTANCES = Words("通勤距离与方向", "How far and which way")
MEASURES = Words("通勤监测指标", "Measures of the commuting report")
LINES = Words("接驳线路建议", "Candidate shuttles")
_SEEN = {
    "work": Words("在这里工作的人", "Of those who work here,"),
    "home": Words("住在这里的人", "Of those who live here,"),
}
_BANDS_SAID = Words(
    "{who}中，{near} 通勤在 5 公里以内，{far} 在 25 公里以上。",
    "{who} {near} travel less than 5 km and {far} 25 km or more.",
)
_TURN_MOST = Words("{side}在{name}方向的最多，占 {share}。", "Most {side} in the {name}: {share}.")
_TURN_LED = Words("{side}在{name}方向的居前，占 {share}。",
                  "Among the first is the {name}, where {share} {side}.")  # fmt: skip
_SIDE = {"work": Words("居住地", "live"), "home": Words("工作地", "work")}
_BANDS, _TURNS = Words("按通勤距离", "By distance"), Words("按方向", "By direction")
_NAME, _PERSONS, _SHARE = Words("名称", "Name"), Words("人数", "Persons"), Words("占比%", "Share %")
_UNKNOWN = Words("距离为两点直线；距离不明者不计入占比。",
                 "Straight lines; those of unknown distance are not in the shares.")  # fmt: skip
_MEASURE, _HERE, _UNIT = Words("指标", "Measure"), Words("本范围", "Here"), Words("单位", "Unit")
_REFERENCE = Words("{name} {year} 年公布", "{name}, published {year}")
_REFERENCE_NOTE = Words("公布数口径为手机信令等全体通勤人口，仅供对照。",
                        "Published figures are of all commuters by other sources: for "
                        "comparison only.")  # fmt: skip
_PARK_HEADS = (
    (Words("园区", "Park"), "text", 2.2), (Words("在园工作", "Workers"), "count", 1.0),
    (Words("远离车站者", "Far from rail"), "count", 1.0),
    (Words("园区距车站 公里", "Park to rail km"), "km", 1.1),
    (Words("首选线路", "Best line"), "text", 3.0), (Words("预计乘坐", "Riders"), "count", 0.9),
)  # fmt: skip
_LINE_HEADS = (
    (Words("线路", "Line"), "text", 3.0), (Words("服务人数", "Served"), "count", 1.0),
    (Words("预计乘坐", "Riders"), "count", 1.0), (Words("里程 公里", "Length km"), "km", 1.0),
    (Words("站点", "Stops"), "integer", 0.7), (Words("省人公里", "Person-km saved"), "count", 1.1),
)  # fmt: skip
_LINES_SAID = Words(
    "居住地远离车站的在职者可由下列线路接驳；首条线路可服务 {served}，预计乘坐 {riders}。",
    "These lines may serve those who live far from rail; the first reaches {served}, with {riders} "
    "riders expected.",
)
_PARKS_SAID = Words(
    "可先看{name}：在园工作、居住地远离车站的有 {n}。",
    "{name} may be looked at first: {n} of its workers live far from rail.",
)
_PEOPLE = Words("人", "persons")


def distances(asker: Asker) -> list[Block]:
    """Return distance bands and directions; empty where they are not published."""
    title = asker.say(DISTANCES)
    answer = asker.may(lambda: asker.told("distances"), title)
    if answer is None:
        return []
    bands, turns = (_rows(answer.extra[name]) for name in ("bands", "directions"))
    if not known(bands):
        return []
    blocks: list[Block] = [Heading(title), Paragraph(_said(asker, bands, turns), "lead")]
    blocks.append(Paragraph(asker.say(_UNKNOWN), "note"))
    for words, rows, name in ((_BANDS, bands, "bands"), (_TURNS, turns, "directions")):
        blocks += _shares(asker, asker.say(words), rows, answer.extra[name])
    return blocks


def measures(asker: Asker) -> list[Block]:
    """Return the measures of the national commuting report beside the published figures."""
    title = asker.say(MEASURES)
    answer = asker.may(lambda: asker.told("commuting", level="city"), title)
    place = answer.extra["places"][0] if answer is not None and answer.extra["places"] else None
    if answer is None or place is None:
        return []
    about = [m for m in answer.extra["measures"] if place[m["id"]]["status"] == OK]
    if not about:
        return []
    published: dict[tuple[str, int], dict[str, float]] = {}
    for row in answer.extra["reference"]:
        published.setdefault((row["name"], row["year"]), {})[row["id"]] = row["value"]
    columns = (
        Column(asker.say(_MEASURE), "text", 2.4), Column(asker.say(_UNIT), "text", 0.7),
        Column(asker.say(_HERE), "ratio"),
        *(Column(asker.say(_REFERENCE, name=n, year=y), "ratio", 1.4) for n, y in published),
    )  # fmt: skip
    body = tuple(_measure(m, place[m["id"]], list(published.values())) for m in about)
    note = asker.say(_REFERENCE_NOTE) if published else ""
    notes = [Paragraph(ended(text, asker.language), "note") for text in answer.notes]
    return [Heading(title), Table(title, title, columns, body, note), *notes]


def lines(asker: Asker) -> list[Block]:
    """Return candidate shuttles of a park or drawn area, or the parks where one would help most."""
    answer = shuttles(asker)
    if answer is None or not answer.extra.get("lines"):
        return []
    title = asker.say(LINES)
    found: list[dict[str, Any]] = answer.extra["lines"]
    lang, people = asker.language, asker.say(_PEOPLE)
    if "parks" in answer.extra:
        table = _parks(asker, answer, title)
        first = answer.extra["parks"][0]
        said = asker.say(
            _PARKS_SAID, name=first["name"], n=number(first["unserved"], "count", lang, people)
        )
    else:
        table = _lines(asker, found, title)
        said = asker.say(
            _LINES_SAID, served=number(found[0]["served"], "count", lang, people),
            riders=number(found[0]["riders"], "count", lang, people),
        )  # fmt: skip
    assumed = tuple(str(a) for a in (*answer.extra["assumptions"], *answer.notes))
    return [Heading(title), Paragraph(said, "lead"), table, Points(assumed)]


def shuttles(asker: Asker) -> Answer | None:
    """Return the shuttle answer of a park, a drawn area or the whole city; None for others."""
    kind = asker.question.place_parts()[0]
    if kind and kind not in ("park", *DRAWN):
        return None
    return asker.may(lambda: asker.told("shuttles"), asker.say(LINES))


def _rows(parts: list[dict[str, Any]]) -> list[Row]:
    return [Row(p["id"], p["name"], p["share"], n=p["value"], status=p["status"]) for p in parts]


def _said(asker: Asker, bands: list[Row], turns: list[Row]) -> str:
    lang, side = asker.language, asker.question.at
    near, far = bands[0].number, bands[-1].number
    text = ""
    if near is not None and far is not None:
        text = asker.say(
            _BANDS_SAID, who=asker.say(_SEEN[side]), near=number(near, "share", lang),
            far=number(far, "share", lang),
        )  # fmt: skip
    first = known(turns)
    # Where a direction is hidden it may be the largest of them.
    if len(first) < len(turns) or not first:
        return text
    words = _TURN_MOST if is_most(first, "share") else _TURN_LED
    share = number(first[0].number or 0.0, "share", lang)
    said = asker.say(words, side=asker.say(_SIDE[side]), name=first[0].name, share=share)
    return sentences([text, said], lang)


def _shares(asker: Asker, title: str, rows: list[Row], parts: list[dict[str, Any]]) -> list[Block]:
    names = tuple(r.name for r in rows)
    series = Series(title, tuple(r.number for r in rows), "flow")
    chart = Chart(title, title, "bars", "share", names, (series,))
    columns = (
        Column(asker.say(_NAME), "text", 2), Column(asker.say(_PERSONS), "count"),
        Column(asker.say(_SHARE), "share"),
    )  # fmt: skip
    body = tuple(
        (Cell(p["name"]), Cell(p["value"], p["status"]), Cell(p["share"], p["status"]))
        for p in parts
    )
    return [chart, Table(title, title, columns, body)]


def _measure(
    about: dict[str, str], here: dict[str, Any], published: list[dict[str, float]]
) -> tuple[Cell, ...]:
    kind = about["kind"]
    given = [p.get(about["id"]) for p in published]
    cells = tuple(Cell(v, OK if v is not None else "missing", kind) for v in given)
    return (Cell(about["name"]), Cell(about["unit"]), Cell(here["value"], OK, kind), *cells)


def _columns(asker: Asker, heads: tuple[tuple[Words, str, float], ...]) -> tuple[Column, ...]:
    return tuple(Column(words.in_(asker.language), kind, width) for words, kind, width in heads)


def _lines(asker: Asker, found: list[dict[str, Any]], title: str) -> Table:
    body = tuple(
        (
            Cell(x["name"]), Cell(x["served"]), Cell(x["riders"]), Cell(x["km"]),
            Cell(float(len(x["stops"]))), Cell(x["person_km_saved"]),
        )
        for x in found
    )  # fmt: skip
    return Table(title, title, _columns(asker, _LINE_HEADS), body)


def _parks(asker: Asker, answer: Answer, title: str) -> Table:
    best = {line["id"]: line for line in answer.extra["lines"]}
    body = tuple(
        (
            Cell(p["name"]), _known(p["workers"]), _known(p["unserved"]), _known(p["rail_km"]),
            Cell(best[p["id"]]["name"] if p["id"] in best else "—"),
            _known(best[p["id"]]["riders"] if p["id"] in best else None),
        )
        for p in answer.extra["parks"]
    )  # fmt: skip
    return Table(title, title, _columns(asker, _PARK_HEADS), body)


def _known(value: float | None) -> Cell:
    return Cell(value, OK if value is not None else "missing")
