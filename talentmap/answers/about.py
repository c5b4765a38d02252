"""What a file says about itself: the question and its meaning, and what its columns are called."""

from __future__ import annotations

from talentmap.model.answer import Answer
from talentmap.model.words import Words

SYNTHETIC = "演示数据（合成） / synthetic demo data"

# Names of columns are ASCII, since some programs break others; these are their titles.
COLUMNS = {
    "id": Words("编码", "Code"),
    "name": Words("名称", "Name"),
    "value": Words("数值", "Value"),
    "low": Words("区间下限", "Interval, low"),
    "high": Words("区间上限", "Interval, high"),
    "n": Words("样本量", "Count behind it"),
    "status": Words("状态", "Status"),
    "before": Words("对比月数值", "Value in the month compared with"),
}
STATUS_NOTE = Words(
    "状态：ok 有数值，suppressed 已隐去，insufficient 数据不足，missing 无数据；"
    "后三种没有数值，不等于 0",
    "status: ok has a value; suppressed, insufficient and missing have none, which is not zero",
)
_LABELS = {
    "question": Words("查询", "Question"),
    "metric": Words("指标", "Metric"),
    "unit": Words("单位", "Unit"),
    "formula": Words("算法", "Formula"),
    "month": Words("数据月份", "Data month"),
    "release": Words("版本", "Release"),
    "tier": Words("权限", "Tier"),
    "source": Words("来源", "Source"),
}
_MARK = Words("标记", "Mark")
_NOTE = Words("说明", "Note")


def title(key: str, language: str) -> str:
    """Return the title of a column; its own name where it is none of an Answer's."""
    return COLUMNS[key].in_(language) if key in COLUMNS else key


def facts(answer: Answer, metric: Words) -> dict[str, str]:
    """Return what an answer says of itself, by ASCII name, for the metadata of a file."""
    return {
        "question": answer.question.to_query(),
        "metric": " / ".join(metric),
        "unit": answer.unit,
        "formula": answer.formula,
        "month": answer.month,
        "release": answer.release,
        "tier": answer.tier,
        "source": answer.source,
        "synthetic": str(answer.synthetic).lower(),
        "mark": SYNTHETIC if answer.synthetic else "",
        "notes": "\n".join([*answer.notes, " / ".join(STATUS_NOTE)]),
    }


def lines(answer: Answer, metric: Words, language: str) -> list[tuple[str, str]]:
    """Return the same as (label, text) for people to read: the mark of demo data first."""
    told = facts(answer, metric) | {"metric": metric.in_(language)}
    marks = [(_MARK.in_(language), SYNTHETIC)] if answer.synthetic else []
    named = [(label.in_(language), told[key]) for key, label in _LABELS.items() if told[key]]
    notes = [*answer.notes, STATUS_NOTE.in_(language)]
    return [*marks, *named, *((_NOTE.in_(language), note) for note in notes)]
