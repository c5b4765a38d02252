"""企业需求: where openings are, who asks for them, and what they ask."""

from __future__ import annotations

from talentmap.model.answer import Answer
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
from talentmap.reports.content.rows import NOWHERE, Row, by_size, known, rows_of
from talentmap.reports.judgement import is_most
from talentmap.reports.words import listed, number, sentences

_MOST_BARS, _MOST_FIRMS, _NAMED = 12, 500, 3
DIMENSIONS = ("industry", "occupation", "specialty", "education", "title")

WANTED = Words("需求构成", "What is wanted")
FIRMS = Words("用人单位", "Employers")
_BY = {
    "industry": Words("按行业", "By industry"),
    "occupation": Words("按职业", "By occupation"),
    "specialty": Words("按专业", "By specialty"),
    "education": Words("按学历要求", "By education asked for"),
    "title": Words("按职称要求", "By title asked for"),
}
_SAID = Words(
    "{by}，“{name}”的岗位最多，{n}，占 {share}。",
    "{by}, most openings are in {name}: {n}, {share}.",
)
_LED = Words("{by}，{names}的岗位居前。", "{by}, {names} lead.")
_UNTOLD = Words("另有 {n}未注明（{share}）。", "{n} ({share}) do not say.")
_FIRMS_SAID = Words(
    "{count} 家单位有岗位，共 {sum}；前 {top} 家占 {share}。",
    "{count} employers have openings, {sum} in all; the first {top} hold {share}.",
)
_HIDDEN_FIRMS = Words("另有 {n} 家的数字已隐去。", "The numbers of {n} more are suppressed.")
_TOP = Words("岗位最多的 {n} 家单位", "The {n} employers with most openings")
_UNIT = Words("个", "openings")
_HEADS = {
    "name": Words("名称", "Name"),
    "openings": Words("岗位", "Openings"),
    "share": Words("占比%", "Share %"),
    "people": Words("人才", "People"),
    "rank": Words("序号", "No."),
}
_NO_FIRMS = Words(
    "各单位的岗位在当前级别不公布。", "Openings of single employers are not open to this tier."
)


def wanted_by(asker: Asker) -> list[Block]:
    """Return the openings by each dimension of a post; empty where none is published."""
    parts: list[Block] = []
    whole = asker.one("demand").number
    for dimension in DIMENSIONS:
        if dimension == "industry" and asker.question.chain:
            continue  # a chain is a set of industries already
        title = asker.say(_BY[dimension])
        answer = asker.may(lambda d=dimension: asker.breakdown("demand", d), title)  # type: ignore[misc]
        rows = by_size(rows_of(answer))
        if len(known(rows)) > 1:
            parts += _dimension(asker, rows, title, whole)
    return [Heading(asker.say(WANTED)), *parts] if parts else []


def firms(asker: Asker) -> list[Block]:
    """Return the employers with most openings, as far as the tier sees single ones."""
    if asker.question.place_parts()[0] == "enterprise":
        return []
    title = asker.say(FIRMS)
    answer = asker.may(lambda: asker.ask("demand", level="enterprise"), title)
    if answer is None:
        return [Heading(title), Paragraph(asker.say(_NO_FIRMS))]
    rows = [r for r in by_size(rows_of(answer)) if r.id not in NOWHERE]
    with_openings = [r for r in rows if r.number]
    if not with_openings:
        return []
    return [
        Heading(title),
        Paragraph(_firms_said(asker, rows, with_openings), "lead"),
        _bars(
            asker, with_openings[:_MOST_BARS], asker.say(_TOP, n=len(with_openings[:_MOST_BARS]))
        ),
        _firm_table(asker, with_openings),
    ]


def _dimension(asker: Asker, rows: list[Row], title: str, whole: float | None) -> list[Block]:
    top = [r for r in known(rows) if r.number][:_MOST_BARS]
    if len(top) < 2:
        return []
    return [
        Heading(title, 2),
        Paragraph(_said(asker, rows, title, whole)),
        _bars(asker, top, f"{title}{asker.say(Words('的岗位', ': openings'))}"),
        _table(asker, rows, title, whole),
    ]


def _said(asker: Asker, rows: list[Row], title: str, whole: float | None) -> str:
    lang, unit = asker.language, asker.say(_UNIT)
    first = known(rows)
    if whole and is_most(first, "count"):
        text = asker.say(
            _SAID, by=title, name=first[0].name,
            n=number(first[0].number or 0.0, "count", lang, unit),
            share=number((first[0].number or 0.0) / whole, "share", lang),
        )  # fmt: skip
    else:
        text = asker.say(_LED, by=title, names=listed([r.name for r in first[:_NAMED]], lang))
    told = sum(r.number or 0.0 for r in first)
    # What no code names can be told only where nothing of the rest is hidden.
    exact = not asker.viewer.rules.round_to
    if whole and exact and len(first) == len(rows) and whole - told >= 1:
        text += ("" if lang == "zh" else " ") + asker.say(
            _UNTOLD, n=number(whole - told, "count", lang, unit),
            share=number(1 - told / whole, "share", lang),
        )  # fmt: skip
    return text


def _table(asker: Asker, rows: list[Row], title: str, whole: float | None) -> Table:
    columns = (
        Column(asker.say(_HEADS["name"]), "text", 3),
        Column(asker.say(_HEADS["openings"]), "count"),
        Column(asker.say(_HEADS["share"]), "share"),
    )
    body = tuple((Cell(r.name), r.cell, Cell(_part(r, whole), r.status)) for r in rows)
    return Table(title, title, columns, body)


def _part(row: Row, whole: float | None) -> float | None:
    return None if row.number is None or not whole else row.number / whole


def _bars(asker: Asker, rows: list[Row], title: str) -> Chart:
    series = Series(title, tuple(r.number for r in rows), "demand")
    names = tuple(r.name for r in rows)
    return Chart(title, title, "bars", "count", names, (series,), asker.say(_UNIT))


def _firms_said(asker: Asker, rows: list[Row], some: list[Row]) -> str:
    lang, top = asker.language, min(10, len(some))
    total = sum(r.number or 0.0 for r in some)
    first = sum(r.number or 0.0 for r in some[:top])
    text = asker.say(
        _FIRMS_SAID, count=f"{len(some):,}", sum=number(total, "count", lang, asker.say(_UNIT)),
        top=top, share=number(first / total, "share", lang),
    )  # fmt: skip
    hidden = sum(r.number is None for r in rows)
    return sentences([text, asker.say(_HIDDEN_FIRMS, n=f"{hidden:,}") if hidden else ""], lang)


def _firm_table(asker: Asker, rows: list[Row]) -> Table:
    people = _people(asker.may(lambda: asker.ask("supply", level="enterprise", at="work")))
    columns = (
        Column(asker.say(_HEADS["rank"]), "integer", 0.5),
        Column(asker.say(_HEADS["name"]), "text", 4),
        Column(asker.say(_HEADS["openings"]), "count"),
        Column(asker.say(_HEADS["people"]), "count"),
    )
    body = tuple(
        (Cell(float(i)), Cell(r.name), r.cell, people.get(r.id, Cell(None, "missing")))
        for i, r in enumerate(rows[:_MOST_FIRMS], 1)
    )
    title = asker.say(_TOP, n=len(body))
    return Table(title, asker.say(FIRMS), columns, body, most=40)


def _people(answer: Answer | None) -> dict[str, Cell]:
    return {r.id: r.cell for r in rows_of(answer)}
