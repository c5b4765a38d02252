"""缺口: which kinds of posts have more openings than people would make on average, and fewer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from talentmap.model.answer import OK, SUPPRESSED, Answer
from talentmap.model.words import Words
from talentmap.reports.content.asker import Asker
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
from talentmap.reports.content.rows import Row
from talentmap.reports.judgement import is_most
from talentmap.reports.words import half_up, number, sentences

_TEN = 10
# What is crossed, the first that is published for the scope; then what its rows are called.
_CROSSINGS = (
    (
        "occupation",
        "education",
        Words("职业类别", "kinds of occupations"),
        Words("职业 × 学历", "occupation × education"),
    ),
    (
        "specialty",
        "education",
        Words("专业类别", "kinds of specialties"),
        Words("专业 × 学历", "specialty × education"),
    ),
)
TITLE = Words("供需缺口", "Gaps")
_TOP = Words("缺口最大的前十个{what}", "The ten largest gaps among {what}")
_BOTTOM = Words("人才相对充裕的前十个{what}", "The ten largest surpluses among {what}")
_TOP_N = Words("缺口最大的 {n} 个{what}", "The {n} largest gaps among {what}")
_BOTTOM_N = Words("人才相对充裕的 {n} 个{what}", "The {n} largest surpluses among {what}")
_ALL = Words("{pair}供需对照", "Openings and people by {pair}")
_SAID = Words(
    "按{pair}比较，{count} 类的岗位多于按全部岗位与人才之比应有的数量，合计多出 {sum}。{first}",
    "By {pair}, {count} kinds have more openings than their people would make on average, "
    "{sum} in all. {first}",
)
_MOST = Words("缺口最大的是{name}，多出 {gap}。", "The largest gap is {name}: {gap}.")
_LEADING = Words("{name}缺口居前，多出 {gap}。", "{name} is among the largest: {gap}.")
_NONE = Words(
    "按{pair}比较，没有岗位多于应有数量的类别。",
    "By {pair}, no kind has more openings than its people would make on average.",
)
_DUNCAN = Words(
    "若要使人才结构与岗位一致，{share} 的人才须换类别。",
    "{share} of people would have to change kind to match the openings.",
)
_NOTE = Words(
    "缺口 = 岗位 − 人才 ×（岗位合计 ÷ 人才合计）；负数为相对充裕。",
    "Gap = openings − people × (all openings ÷ all people); below zero: spare.",
)
_UNIT = Words("个", "openings")
_COLUMNS = (
    Words("序号", "No."),
    Words("类别", "Kind"),
    Words("岗位", "Openings"),
    Words("可达人才", "People in reach"),
    Words("缺口", "Gap"),
)


@dataclass(frozen=True)
class Gap:
    """One kind of posts: openings, people and the gap, as the desk answers them."""

    row: Row
    openings: float | None
    people: float | None


def gaps(asker: Asker) -> list[Block]:
    """Return the section; empty where no crossing is published for the scope."""
    for rows, columns, what, pair in _CROSSINGS:
        answer = asker.may(lambda r=rows, c=columns: asker.mismatch(r, c))  # type: ignore[misc]
        if answer is not None and any(g.row.number for g in all_gaps(answer)):
            return _section(asker, answer, what, pair)
    asker.withheld.append(asker.say(TITLE))
    return []


def all_gaps(answer: Answer) -> list[Gap]:
    """Return every crossing of an answer with its openings and people."""
    matrix: dict[str, Any] = answer.extra["matrix"]
    openings = [v for row in matrix["openings"] for v in row]
    people = [v for row in matrix["people"] for v in row]
    rows = answer.table.to_pylist()
    return [
        Gap(Row(r["id"], r["name"], r["value"], status=r["status"]), o, p)
        for r, o, p in zip(rows, openings, people, strict=True)
    ]


def _section(asker: Asker, answer: Answer, what: Words, pair: Words) -> list[Block]:
    found = [g for g in all_gaps(answer) if g.openings or g.people or g.row.status != OK]
    known = [g for g in found if g.row.number is not None]
    short = sorted((g for g in known if half_up(g.row.number or 0, 0) > 0), key=_size)[:_TEN]
    spare = sorted((g for g in known if half_up(g.row.number or 0, 0) < 0), key=_size)[::-1][:_TEN]
    words = what.in_(asker.language)
    blocks: list[Block] = [Heading(asker.say(TITLE)), *_said(asker, answer, known, pair)]
    for part, ten, some in ((short, _TOP, _TOP_N), (spare, _BOTTOM, _BOTTOM_N)):
        if part:
            title = asker.say(ten if len(part) == _TEN else some, what=words, n=len(part))
            blocks += [_chart(asker, part, title), _table(asker, part, title)]
    full = asker.say(_ALL, pair=pair.in_(asker.language))
    everything = sorted(found, key=lambda g: (g.row.number is None, _size(g)))
    return [*blocks, _table(asker, everything, full, asker.say(_NOTE))]


def _said(asker: Asker, answer: Answer, known: list[Gap], pair: Words) -> list[Paragraph]:
    lang, unit = asker.language, asker.say(_UNIT)
    over = sorted((g for g in known if half_up(g.row.number or 0, 0) > 0), key=_size)
    if not over:
        return [Paragraph(asker.say(_NONE, pair=pair.in_(lang)), "lead")]
    # Gaps without an interval: 最 where they differ as written.
    most = is_most([g.row for g in over], "gap")
    first = asker.say(
        _MOST if most else _LEADING, name=over[0].row.name,
        gap=number(over[0].row.number or 0, "gap", lang, unit),
    )  # fmt: skip
    total = sum(g.row.number or 0.0 for g in over)
    text = asker.say(
        _SAID, pair=pair.in_(lang), count=len(over), sum=number(total, "gap", lang, unit),
        first=first,
    )  # fmt: skip
    duncan = answer.extra["index"]["duncan"]
    share = asker.say(_DUNCAN, share=number(duncan, "share", lang)) if duncan is not None else ""
    return [Paragraph(sentences([text, share], lang), "lead"), Paragraph(asker.say(_NOTE), "note")]


def _size(gap: Gap) -> float:
    return -(gap.row.number or 0.0)


def _chart(asker: Asker, part: list[Gap], title: str) -> Chart:
    colour = "scarce" if (part[0].row.number or 0) > 0 else "ample"
    values = tuple(g.row.number for g in part)
    series = Series(title, values, colour)
    names = tuple(g.row.name for g in part)
    return Chart(title, title, "bars", "gap", names, (series,), asker.say(_UNIT))


def _table(asker: Asker, part: list[Gap], title: str, note: str = "") -> Table:
    kinds, widths = ("integer", "text", "count", "count", "gap"), (0.5, 3, 1, 1, 1)
    columns = tuple(
        Column(w.in_(asker.language), k, float(x))
        for w, k, x in zip(_COLUMNS, kinds, widths, strict=True)
    )
    rows = tuple(
        (
            Cell(float(i)), Cell(g.row.name), Cell(g.openings, _status(g, g.openings)),
            Cell(g.people, _status(g, g.people)), g.row.cell,
        )
        for i, g in enumerate(part, 1)
    )  # fmt: skip
    return Table(title, title, columns, rows, note)


def _status(gap: Gap, value: float | None) -> str:
    return OK if value is not None else SUPPRESSED if gap.row.status == SUPPRESSED else "missing"
