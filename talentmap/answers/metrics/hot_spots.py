"""Hot spots: where talent gathers, or is absent, more than chance would have it."""

import numpy as np

from talentmap.analysis.hotspots import hot_spots
from talentmap.analysis.reach import neighbours
from talentmap.model.errors import GridOnly
from talentmap.model.metric import S_INSUFFICIENT, S_MISSING, S_OK, Metric, Values, View
from talentmap.model.question import CELL_LEVELS, Question
from talentmap.model.words import Words

# Around a hexagon: the two rings that touch it; the spacing of cells by resolution, in km.
_AROUND_KM = {7: 5.2, 8: 2.0, 9: 0.75}
# Neither hot nor cold is told apart from zero people: a value of its own, inside the middle class.
_NEITHER = 0.001


def compute(view: View, question: Question) -> Values:
    """Return G* as a z-value where it stands the test of many places, about zero elsewhere."""
    if question.level not in CELL_LEVELS:
        raise GridOnly("hot spots are told for hexagons only; choose the grid")
    people = view.persons(question.at)
    lon, lat = view.points()
    placed = np.flatnonzero(np.isfinite(lon))
    y = np.where(people.status == S_OK, people.value, np.nan)[placed]
    around = neighbours(lon[placed], lat[placed], _AROUND_KM[CELL_LEVELS[question.level]])
    found = hot_spots(y, around)
    status = np.full(len(lon), S_MISSING, dtype=np.uint8)
    tested = np.where(np.isnan(found.z), S_INSUFFICIENT, S_OK)
    shown = people.status[placed] == S_OK
    status[placed] = np.where(shown, tested, people.status[placed])
    value = np.zeros(len(lon))
    value[placed] = np.where(found.mark != 0, np.nan_to_num(found.z), _NEITHER)
    return Values(value, status, n=people.value)


METRIC = Metric(
    "hot_spots",
    Words("人才高地与洼地", "Hot and cold spots"),
    Words("z 值", "z"),
    "score",
    Words(
        "Getis–Ord G*：网格及其两圈邻格的人才数与全市平均之差，以标准误计；"
        "多重检验按 Benjamini–Hochberg 校正",
        "Getis–Ord G*: people of a hexagon and its two rings against the city's mean, in standard "
        "errors; many tests corrected after Benjamini and Hochberg",
    ),
    Words("Getis、Ord 1992；Ord、Getis 1995", "Getis and Ord 1992; Ord and Getis 1995"),
    compute,
    note=Words(
        "未通过检验的网格归入中间一档。", "Hexagons that fail the test are in the middle class."
    ),
)
