"""方法与数据说明: what each number is, how sure it is, and what was left out."""

from __future__ import annotations

from talentmap.model.words import Words
from talentmap.reports.content.asker import Asker
from talentmap.reports.content.model import Block, Cell, Column, Heading, Paragraph, Points, Table
from talentmap.reports.content.scope import RULES, sources
from talentmap.reports.words import ended, sentences

TITLE = Words("方法与数据说明", "Methods and data")
_TABLE = Words("指标口径", "What the measures are")
_COLUMNS = (
    (Words("指标", "Measure"), 1.0),
    (Words("算法", "Formula"), 3.0),
    (Words("来源", "Source"), 1.8),
)
_HIDDEN = Words("隐去规则：{rule}。", "Suppression: {rule}.")
_SURE = Words(
    "不确定性：紧缺指数附 90% 区间；区间含 1.00 时不断言紧缺或富余。"
    "同比与上年同月比，环比与上月比；基期为 0 不计算，基期或本期无数、已隐去的写“不可比”。",
    "Uncertainty: a scarcity index has a 90 % interval; where it holds 1.00 neither shortage nor "
    "surplus is claimed. Changes are against the same month last year and the month before; none "
    "is told from a base of 0 or where a number is missing or hidden.",
)
_ROUND = Words(
    "文中数字先四舍五入再换算单位，合计与分项之和可能因此相差末位；工作簿中为未舍入的数。",
    "Numbers are rounded half up before they get their unit, so sums may differ in the last place; "
    "the workbook has them unrounded.",
)
_SOURCE = Words("数据来源：{sources}；版本 {release}。", "Source: {sources}; release {release}.")
_SYNTHETIC = Words(
    "本报告使用演示数据（合成），不代表任何真实的人、企业或地区。",
    "This report is of synthetic demo data and stands for no real person, enterprise or area.",
)
_WITHHELD = Words(
    "以下内容在当前级别或条件下没有公布，未列入：{parts}。",
    "Not published to this tier or under these filters, and left out: {parts}.",
)


def methods(asker: Asker) -> list[Block]:
    """Return the section; last, since it names the measures the others used."""
    comma = "、" if asker.language == "zh" else ", "
    points = [asker.say(_SYNTHETIC)] if asker.desk.info.synthetic else []
    points += [
        asker.say(_SOURCE, sources=sources(asker), release=asker.desk.info.name),
        asker.say(_HIDDEN, rule=RULES[asker.viewer.tier].in_(asker.language)),
        asker.say(_SURE),
        asker.say(_ROUND),
        *notes(asker),
    ]
    if asker.withheld:
        points.append(asker.say(_WITHHELD, parts=comma.join(asker.withheld)))
    return [Heading(asker.say(TITLE)), Points(tuple(points)), _table(asker)]


def notes(asker: Asker) -> list[str]:
    """Return what the answers themselves say to mind, each once, with the measure it is of."""
    found: dict[str, str] = {}
    colon = "：" if asker.language == "zh" else ": "
    for metric, answer in asker.met.items():
        name = asker.desk.metrics[metric].name.in_(asker.language)
        for note in answer.notes:
            found.setdefault(note, f"{name}{colon}{ended(note, asker.language)}")
    return list(found.values())


def _table(asker: Asker) -> Table:
    title = asker.say(_TABLE)
    columns = tuple(Column(w.in_(asker.language), "text", x) for w, x in _COLUMNS)
    rows = tuple(
        (Cell(asker.desk.metrics[m].name.in_(asker.language)), Cell(a.formula), Cell(a.source))
        for m, a in asker.met.items()
    )
    return Table(title, title, columns, rows)


def closing(asker: Asker) -> Paragraph:
    """Return the method in one small paragraph, for reports of a page or two."""
    parts = [asker.say(_SYNTHETIC)] if asker.desk.info.synthetic else []
    parts += [asker.say(_SURE), asker.say(_HIDDEN, rule=asker.say(RULES[asker.viewer.tier]))]
    return Paragraph(sentences(parts, asker.language), "note")
