"""What an answer says beside its rows: what was left out of them, and what an area is made of."""

from __future__ import annotations

import numpy as np

from talentmap.answers.areas import Area
from talentmap.answers.ids import Level
from talentmap.cube.base import UNLOCATED
from talentmap.model.metric import S_OK, Metric, Values
from talentmap.model.words import Words

_MADE_OF = {
    "cell7": Words("7 级网格", "hexagons (resolution 7)"),
    "cell8": Words("8 级网格", "hexagons (resolution 8)"),
    "cell9": Words("9 级网格", "hexagons (resolution 9)"),
    "district": Words("区县", "districts"),
    "park": Words("园区", "parks"),
}
_AREA_NOTE = {
    "zh": "所选范围由 {n} 个完整的{level}组成",
    "en": "The area is made of {n} whole {level}",
}
_HIDDEN_NOTE = {
    "zh": "其中 {n} 个单元有已隐去的数字，未计入合计",
    "en": "{n} of them have hidden numbers, which the sum leaves out",
}


def area_notes(area: Area, hidden: int, language: str) -> list[str]:
    """Say what a drawn area is made of, and how many of its parts have hidden numbers."""
    made = _MADE_OF[area.level].in_(language)
    notes = [_AREA_NOTE[language].format(n=len(area.ids), level=made)]
    return [*notes, _HIDDEN_NOTE[language].format(n=hidden)] if hidden else notes


def left_out(metric: Metric, level: Level, values: Values, language: str) -> list[str]:
    """Say how many of a count are not on this level's map."""
    at = level.position(np.array([UNLOCATED]))[0]
    total = float(values.value[values.status == S_OK].sum())
    if metric.kind != "count" or level.name == "city" or total <= 0 or at < 0:
        return []
    missing = values.value[at] if values.status[at] == S_OK else 0.0
    if not missing:
        return []
    share = f"{missing:,.0f}", f"{100 * missing / total:.1f}%"
    if language == "zh":
        return [f"另有 {share[0]} {metric.unit.zh}（{share[1]}）位置不明，未计入各地"]
    return [f"{share[0]} {metric.unit.en} ({share[1]}) have no known place at this level"]
