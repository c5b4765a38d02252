"""紧缺目录: the city's catalogue of scarce talent, scarcest first."""

from __future__ import annotations

from typing import Any

from talentmap.cube.lattice import CATALOGUE
from talentmap.model.words import Words
from talentmap.reports.content.asker import Asker
from talentmap.reports.content.model import Block, Cell, Column, Heading, Paragraph, Table
from talentmap.reports.content.rows import Row, known, rows_of
from talentmap.reports.judgement import is_scarce
from talentmap.reports.sections.ranked import cell, leaders
from talentmap.reports.words import sentences

_MOST = 40  # rows a paged report shows
TITLE = Words("紧缺人才目录", "Catalogue of scarce talent")
_WHAT = Words("岗位类别", "kinds of posts")
_SAID = Words(
    "目录按职业、专业、学历、职称列出有岗位的 {count} 类，其中 {scarce} 类紧缺。",
    "The catalogue lists {count} kinds of posts by occupation, specialty, education and title; "
    "short of talent: {scarce}.",
)
_NEW = Words("本期新进 {count} 类。", "{count} are new.")
_CITY = Words("目录按全市全部行业编制。", "The catalogue is the city's, over all industries.")
_FEW = Words(
    "排在前列的类别可能只有几个岗位，请结合岗位数和区间使用。",
    "The first kinds may rest on a few openings: read them with their openings and intervals.",
)
_COLUMNS = (
    ("rank", Words("序号", "No."), "integer", 0.55),
    ("occupation", Words("职业", "Occupation"), "text", 1.4),
    ("specialty", Words("专业", "Specialty"), "text", 1.3),
    ("education", Words("学历", "Education"), "text", 1.1),
    ("title", Words("职称", "Title"), "text", 0.8),
    ("openings", Words("岗位", "Openings"), "count", 0.8),
    ("people", Words("人才", "People"), "count", 0.8),
    ("value", Words("紧缺指数", "Index"), "ratio", 1.05),
    ("low", Words("下限", "Low"), "ratio", 0.75),
    ("high", Words("上限", "High"), "ratio", 0.75),
    ("fill_rate", Words("补足率%", "Filled %"), "share", 1.0),
    ("open_days", Words("天数", "Days"), "days", 0.7),
    ("wage", Words("月薪 元", "Wage CNY"), "money", 0.9),
    ("stars", Words("星级", "Stars"), "integer", 0.7),
    ("action", Words("可采取", "May"), "text", 0.8),
)
ACTIONS = {
    "recruit": Words("引进", "recruit"),
    "train": Words("培养", "train"),
    "share": Words("共享", "share"),
    "watch": Words("观察", "watch"),
    "none": Words("—", "—"),
}
_ANY = Words("不限", "any")


def wanted(asker: Asker) -> list[Block]:
    """Return the section; empty for a scope the catalogue is not made for."""
    q = asker.question
    if q.place or q.chain or any(name not in CATALOGUE for name in q.filters()):
        return []
    answer = asker.may(asker.catalogue, asker.say(TITLE))
    rows = rows_of(answer)
    if answer is None or not rows:
        return []
    detail: dict[str, dict[str, Any]] = answer.extra["detail"]
    return [
        Heading(asker.say(TITLE)),
        Paragraph(_said(asker, rows, detail), "lead"),
        Paragraph(sentences([asker.say(_CITY), asker.say(_FEW)], asker.language), "note"),
        _table(asker, rows, detail),
    ]


def _said(asker: Asker, rows: list[Row], detail: dict[str, dict[str, Any]]) -> str:
    scarce = [r for r in known(rows) if is_scarce(r)]
    new = sum(detail[r.id].get("change") == "new" for r in rows)
    parts = [
        asker.say(_SAID, count=len(rows), scarce=len(scarce)),
        leaders(asker, scarce, known(rows), _WHAT),
        asker.say(_NEW, count=new) if new else "",
    ]
    return sentences(parts, asker.language)


def _table(asker: Asker, rows: list[Row], detail: dict[str, dict[str, Any]]) -> Table:
    title = asker.say(TITLE)
    columns = tuple(Column(w.in_(asker.language), kind, x) for _, w, kind, x in _COLUMNS)
    body = tuple(
        tuple(_cell(asker, i, row, detail[row.id], key) for key, *_ in _COLUMNS)
        for i, row in enumerate(rows, 1)
    )
    return Table(title, title, columns, body, most=_MOST)


def _cell(asker: Asker, rank: int, row: Row, detail: dict[str, Any], key: str) -> Cell:
    if key == "rank":
        return Cell(float(rank))
    if key in CATALOGUE:
        return Cell(str(detail[key]) or asker.say(_ANY))
    if key == "action":
        return Cell(asker.say(ACTIONS[detail["action"]]))
    if key == "stars":
        return Cell(None if detail["stars"] is None else float(detail["stars"]))
    return cell(asker, row, detail, key)
