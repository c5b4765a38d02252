"""Rankings of scarcity as sentences, a chart and a table: industries, chains, occupations."""

from __future__ import annotations

from typing import Any

from talentmap.model.answer import INSUFFICIENT, OK, SUPPRESSED, Answer
from talentmap.model.words import Words
from talentmap.reports.content.asker import Asker
from talentmap.reports.content.model import Block, Cell, Chart, Column, Paragraph, Series, Table
from talentmap.reports.content.rows import Row, known, rows_of
from talentmap.reports.judgement import balance, is_ample, is_most, is_scarce
from talentmap.reports.words import listed, number, sentences, span

_MOST_BARS = 20
_NAMED = 3

COLUMNS = (
    ("name", Words("名称", "Name"), "text", 2.3),
    ("openings", Words("岗位", "Openings"), "count", 0.9),
    ("people", Words("可达人才", "People in reach"), "count", 1.1),
    ("value", Words("紧缺指数", "Index"), "ratio", 1.0),
    ("low", Words("区间下限", "Low"), "ratio", 1.0),
    ("high", Words("区间上限", "High"), "ratio", 1.0),
    ("fill_rate", Words("补足率%", "Filled %"), "share", 1.0),
    ("open_days", Words("招聘天数", "Days open"), "days", 1.0),
    ("wage", Words("月薪 元", "Wage CNY"), "money", 1.0),
    ("judged", Words("判断", "Judged"), "text", 1.8),
)
_COUNTS = Words("{count} 个{what}中，{parts}{absent}。", "Of {count} {what}, {parts}{absent}.")
_PARTS = (
    Words("{n} 个紧缺", "{n} short of talent"),
    Words("{n} 个富余", "{n} with talent to spare"),
    Words("{n} 个基本平衡或尚不能断言", "{n} balanced or not to be told"),
)
_ALL = (
    Words("{n} 个{what}都紧缺。", "All {n} {what} are short of talent."),
    Words("{n} 个{what}都富余。", "All {n} {what} have talent to spare."),
    Words(
        "{n} 个{what}都基本平衡或尚不能断言{absent}。",
        "All {n} {what} are balanced or not to be told{absent}.",
    ),
)
_ABSENT = Words("（其中 {n} 个{why}）", " ({n} of them {why})")
_MOST = Words(
    "{name}最为紧缺，紧缺指数 {value}（90% 区间 {span}）。",
    "{name} is the shortest of talent, index {value} (90 % interval {span}).",
)
_LEADING = Words(
    "{names}紧缺程度居前，紧缺指数分别为 {values}；区间有重叠，不排出先后。",
    "{names} are among the shortest, index {values}; their intervals overlap, so "
    "nothing is said of their order.",
)
_LEADING_ONE = Words(
    "{name}紧缺，紧缺指数 {value}（90% 区间 {span}）。",
    "{name} is short of talent, index {value} (90 % interval {span}).",
)
_NONE = Words("没有可以断言紧缺的{what}。", "No shortage can be claimed in any of the {what}.")
_SPARE = Words("富余的是{names}。", "There is spare talent in {names}.")
_SPARE_MORE = Words("富余的有{names}等。", "Among those with talent to spare are {names}.")
_NOTE = Words("点线为 90% 区间", "line: 90 % interval")
_SHORT = {
    "人才紧缺": "short",
    "人才富余": "spare",
    "供需基本平衡": "balanced",
    "尚不能断言紧缺或富余": "not sure",
}
_WHY = {
    SUPPRESSED: Words("已隐去", "hidden"),
    INSUFFICIENT: Words("数据不足", "with too few data"),
}


def ranked(asker: Asker, answer: Answer, what: Words, title: str, name: str) -> list[Block]:
    """Return sentences, chart and table of a ranking by scarcity."""
    rows = rows_of(answer)
    drawn = known(rows)[:_MOST_BARS]
    blocks: list[Block] = [Paragraph(text) for text in said(asker, rows, what)]
    if len(drawn) > 1:
        blocks.append(bars(asker, drawn, title, name))
    return [*blocks, table(asker, answer, title, name)]


def said(asker: Asker, rows: list[Row], what: Words) -> list[str]:
    """Return what a ranking says: how many are short, which lead, which have spare talent."""
    with_number = known(rows)
    scarce = [r for r in with_number if is_scarce(r)]
    ample = [r for r in with_number if is_ample(r)]
    counted = _counted(asker, rows, what, (len(scarce), len(ample)))
    words = _SPARE_MORE if len(ample) > _NAMED else _SPARE
    spare = asker.say(words, names=_names(asker, ample[::-1])) if ample else ""
    return [sentences([counted, leaders(asker, scarce, with_number, what), spare], asker.language)]


def _counted(asker: Asker, rows: list[Row], what: Words, sure: tuple[int, int]) -> str:
    """Return how many are short, have spare talent, or neither; no part of the sentence is 0."""
    counts = (*sure, len(rows) - sum(sure))
    named, absent = what.in_(asker.language), _absent(asker, rows)
    for n, words in zip(counts, _ALL, strict=True):
        if n == len(rows) > 1:
            return asker.say(words, n=n, what=named, absent=absent)
    parts = [asker.say(w, n=n) for n, w in zip(counts, _PARTS, strict=True) if n]
    said = listed(parts, asker.language)
    return asker.say(_COUNTS, count=len(rows), what=named, parts=said, absent=absent)


def leaders(asker: Asker, scarce: list[Row], everyone: list[Row], what: Words) -> str:
    """Return the sentence on the scarcest; 最 only where the interval proves it."""
    lang = asker.language
    if not scarce:
        return asker.say(_NONE, what=what.in_(lang))
    first = scarce[0]
    value = number(first.number or 0.0, "ratio", lang)
    interval = span(first.low, first.high, "ratio")
    if is_most(everyone, "ratio"):
        return asker.say(_MOST, name=first.name, value=value, span=interval)
    if len(scarce) == 1:
        return asker.say(_LEADING_ONE, name=first.name, value=value, span=interval)
    values = [number(r.number or 0.0, "ratio", lang) for r in scarce[:_NAMED]]
    return asker.say(_LEADING, names=_names(asker, scarce), values=listed(values, lang))


def bars(asker: Asker, rows: list[Row], title: str, name: str) -> Chart:
    """Return a ranking as bars around 1 with their intervals."""
    series = Series(
        title, tuple(r.number for r in rows), "scarce",
        tuple(r.low for r in rows), tuple(r.high for r in rows),
    )  # fmt: skip
    return Chart(
        title, name, "bars", "ratio", tuple(r.name for r in rows), (series,),
        note=asker.say(_NOTE), reference=1.0, tints=("class",) * len(rows),
    )  # fmt: skip


def table(asker: Asker, answer: Answer, title: str, name: str) -> Table:
    """Return a ranking as a table with what it rests on."""
    detail: dict[str, dict[str, Any]] = answer.extra.get("detail", {})
    columns = tuple(Column(words.in_(asker.language), kind, w) for _, words, kind, w in COLUMNS)
    rows = tuple(
        tuple(cell(asker, row, detail.get(row.id, {}), key) for key, *_ in COLUMNS)
        for row in rows_of(answer)
    )
    return Table(title, name, columns, rows)


def cell(asker: Asker, row: Row, detail: dict[str, Any], key: str) -> Cell:
    """Return one cell of a ranking; a number that is hidden says so."""
    if key == "name":
        return Cell(row.name)
    if key == "judged":
        return Cell(_judged(row).in_(asker.language))
    if key in ("value", "low", "high"):
        found = {"value": row.number, "low": row.low, "high": row.high}[key]
        return Cell(found, row.status)
    found = detail.get(key)
    hidden = row.status == SUPPRESSED
    return Cell(found, OK if found is not None else SUPPRESSED if hidden else "missing")


def _judged(row: Row) -> Words:
    """Return the judgement in a word, as a column has room for."""
    if row.number is None:
        return Words("—", "—")
    return Words(balance(row).zh, _SHORT[balance(row).zh])


def _names(asker: Asker, rows: list[Row]) -> str:
    return listed([r.name for r in rows[:_NAMED]], asker.language)


def _absent(asker: Asker, rows: list[Row]) -> str:
    parts = []
    for status, words in _WHY.items():
        count = sum(r.status == status for r in rows)
        if count:
            parts.append(asker.say(_ABSENT, n=count, why=words.in_(asker.language)))
    return "".join(parts)
