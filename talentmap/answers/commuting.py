"""The measures of the national commuting report (通勤监测报告) that our data can give."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from talentmap.analysis.bearing import BANDS
from talentmap.analysis.excess import Excess
from talentmap.answers.distances import Ways, ways_of
from talentmap.answers.groups import groups_of
from talentmap.answers.placed import Placed, Told, placed
from talentmap.answers.rows import table_of
from talentmap.cube.commuting import NAME, ZONES, excess_of
from talentmap.cube.lattice import PLACE_LEVELS
from talentmap.cube.trips import RAIL_BOTH, RAIL_HOME, RAIL_NEITHER, RAIL_WORK
from talentmap.cube.ways import BAND, RAIL
from talentmap.model.answer import STATUSES
from talentmap.model.cells import parent
from talentmap.model.codes import DATA
from talentmap.model.errors import NotPublished, unknown
from talentmap.model.metric import S_INSUFFICIENT, S_MISSING, S_OK, S_SUPPRESSED, Values
from talentmap.model.question import CELL_LEVELS
from talentmap.model.words import Words

# Measure: name, unit, kind of number, formula.
MEASURES = {
    "mean_km": (
        Words("平均通勤距离", "Mean way to work"), Words("公里", "km"), "km",
        Words("每人两点直线距离的均值", "mean straight line between each person's two points"),
    ),
    "within_5": (
        Words("5 公里以内（幸福通勤）", "Within 5 km"), Words("%", "%"), "share",
        Words("直线距离 5 公里以内者 ÷ 距离已知者", "under 5 km ÷ those whose distance is known"),
    ),
    "beyond_25": (
        Words("25 公里以上", "Beyond 25 km"), Words("%", "%"), "share",
        Words("直线距离 25 公里以上者 ÷ 距离已知者", "25 km or more ÷ those with a known distance"),
    ),
    "separation": (
        Words("职住分离度", "Job–housing separation"), Words("公里", "km"), "km",
        Words("居住与岗位最优配对时的平均距离 Tmin", "mean way of the best pairing, Tmin"),
    ),
    "excess": (
        Words("过剩通勤率", "Excess commuting"), Words("%", "%"), "share",
        Words("(T − Tmin) ÷ T", "(T − Tmin) ÷ T"),
    ),
    "capacity_used": (
        Words("通勤容量利用率", "Commuting capacity used"), Words("%", "%"), "share",
        Words("(T − Tmin) ÷ (Tmax − Tmin)", "(T − Tmin) ÷ (Tmax − Tmin)"),
    ),
    "near_rail": (
        Words("轨道 800 米覆盖通勤", "Both ends within 800 m of rail"), Words("%", "%"), "share",
        Words(
            "居住地与工作地都在车站 800 米内者 ÷ 两端网格已知者",
            "both ends within 800 m of a station ÷ those whose two hexagons are known",
        ),
    ),
}  # fmt: skip
_ZONES = Words(
    "职住分离度、过剩通勤率与容量利用率按约 5 平方公里的网格计算，人少处按约 36 平方公里；"
    "只含两端都在市内且网格已知者；区内距离取同面积圆的半径",
    "Separation, excess and capacity are of hexagons of about 5 km² (36 km² where few live or "
    "work), of those with both ends in the city; a way within one is the radius of its circle",
)
_NOT_KEPT = Words(
    "这一筛选下的职住分离度等三项未发布",
    "Separation, excess and capacity are not published for these filters",
)
_NO_RAIL = Words(
    "数据中没有车站，轨道覆盖无从计算", "No stations are known: near rail has no value"
)
GROUPS = ("", "industry")

Number = tuple[float, int, float]  # value, status, persons behind it


@dataclass(frozen=True)
class Place:
    """One block of measures: its code and name, and where the place stands."""

    code: str
    name: str
    of: Placed


def commuting(p: Placed, by: str = "") -> Told:
    """Rows of MEASURES, of the city or the place; or `CODE.measure` of each place or industry.

    `extra["places"]` has them place by place, `extra["measures"]` what each is, and
    `extra["reference"]` the published figures.
    """
    if by not in GROUPS:
        raise unknown("commuting by", by, GROUPS[1:])
    if p.level == "enterprise":
        raise NotPublished("place: an enterprise has no such measures; ask for its distances")
    blocks = _blocks(p, by)
    numbers = [_measured(block.of) for block in blocks]
    single = len(blocks) == 1 and not blocks[0].code
    ids, names, found = [], [], []
    for block, measured in zip(blocks, numbers, strict=True):
        for measure, number in measured.items():
            ids.append(measure if single else f"{block.code}.{measure}")
            name = MEASURES[measure][0].in_(p.language)
            names.append(name if single else f"{block.name} · {name}")
            found.append(number)
    value, status, n = (np.array(column) for column in zip(*found, strict=True))
    values = Values(value, status.astype(np.uint8), n=n)
    extra = {
        "measures": _described(p.language),
        "places": [_plain(b, m) for b, m in zip(blocks, numbers, strict=True)],
        "reference": reference(p.release.info.city_code, p.language),
    }
    notes = [p.say(_ZONES)]
    notes += [p.say(_NO_RAIL)] if not p.release.info.places.get("station") else []
    notes += [p.say(_NOT_KEPT)] if any(m["excess"][1] == S_MISSING for m in numbers) else []
    return Told(table_of(ids, names, values), notes, extra, unit=Words("", ""))


def reference(city_code: str, language: str) -> list[dict[str, Any]]:
    """Return the published figures of a city and the mean of the report's cities."""
    with (DATA / "reference" / "commuting.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["city_code"] in ("", city_code)]
    return [
        {
            "id": row["measure"],
            "name": row["city_en" if language == "en" else "city_zh"],
            "year": int(row["year"]),
            "value": float(row["value"]),
            "unit": row["unit"],
        }
        for row in rows
    ]


def _blocks(p: Placed, by: str) -> list[Place]:
    """Return what gets a block of measures."""
    level = p.question.level
    if by:
        groups = groups_of(p.release, p.question.but(industry="", chain=""), by, p.language)
        asked = [p.question.but(industry=code, chain="") for code in groups.codes]
        return [
            Place(code, name, placed(p.desk, q, p.viewer, p.language))
            for code, name, q in zip(groups.codes, groups.names, asked, strict=True)
        ]
    if p.question.place or level in ("city", "area"):
        return [Place("", "", p)]
    if level not in PLACE_LEVELS:
        raise NotPublished(f"commuting: level {level}; ask for one of {', '.join(PLACE_LEVELS)}")
    ids = p.desk.names.level(level).ids
    codes = p.desk.names.codes(level, ids[ids >= 0])
    names = p.desk.names.names(level, ids[ids >= 0], p.language)
    return [
        Place(code, name, placed(p.desk, p.question.but(place=f"{level}:{code}"), p.viewer, ""))
        for code, name in zip(codes, names, strict=True)
    ]


def _measured(p: Placed) -> dict[str, Number]:
    ways = ways_of(p, p.level, p.ids, together=True)
    km, measured = p.view().distance(p.side)
    bands = range(len(BANDS))
    known = [BAND + i for i in bands]
    rails = [RAIL + code for code in (RAIL_BOTH, RAIL_HOME, RAIL_WORK, RAIL_NEITHER)]
    ends = _excess(p)
    return {
        "mean_km": _over(_pair(km), _pair(measured)),
        "within_5": _share(ways, [BAND], known),
        "beyond_25": _share(ways, [known[-1]], known),
        **ends,
        "near_rail": _share(ways, [RAIL + RAIL_BOTH], rails),
    }


def _pair(values: Values) -> tuple[float, int]:
    return float(values.value[0]), int(values.status[0])


def _share(ways: Ways, part: list[int], whole: list[int]) -> Number:
    (value, status), (total, of) = ways.of(*part), ways.of(*whole)
    return _over((float(value[0]), int(status[0])), (float(total[0]), int(of[0])))


def _over(top: tuple[float, int], bottom: tuple[float, int]) -> Number:
    status = max(top[1], bottom[1])
    if status != S_OK:
        return 0.0, status, 0.0
    if bottom[0] <= 0:
        return 0.0, S_INSUFFICIENT, 0.0
    return top[0] / bottom[0], S_OK, bottom[0]


def _excess(p: Placed) -> dict[str, Number]:
    """Return separation, excess and capacity: as built, or counted anew for the authorised tier."""
    found = _kept(p)
    if found is None and p.viewer.tier == "authorised":
        found = _anew(p)
    names = ("separation", "excess", "capacity_used")
    if found is None:
        return dict.fromkeys(names, (0.0, S_MISSING, 0.0))
    excess, persons = found
    numbers = (excess.least, excess.excess, excess.capacity_used)
    return {
        name: (v, S_OK, persons) if np.isfinite(v) else (0.0, S_INSUFFICIENT, persons)
        for name, v in zip(names, numbers, strict=True)
    }


def _kept(p: Placed) -> tuple[Excess, float] | None:
    """Return what the build computed for this place and at most one industry; None otherwise."""
    if len(p.accepted) > 1 or len(p.ids) > 1 or p.month != p.release.info.month:
        return None
    name = f"planes/{p.viewer.tier}/{NAME}"
    if not (p.release.folder / f"{name}.parquet").exists():
        return None
    column, codes = next(iter(p.accepted.items()), ("", [0]))
    side = "home" if p.level == "city" else p.side
    table: pa.Table = p.release.table(name)
    wanted = pc.and_(pc.equal(table["level"], p.level), pc.equal(table["side"], side))
    wanted = pc.and_(wanted, pc.equal(table["id"], int(p.ids[0]) if len(p.ids) else -1))
    wanted = pc.and_(wanted, pc.equal(table["dimension"], column))
    wanted = pc.and_(wanted, pc.is_in(table["code"], pa.array(codes, pa.int64())))
    rows = table.filter(wanted).to_pylist()
    if len(rows) != 1 or len(codes) != 1:
        return None
    row = rows[0]
    return Excess(row["observed"], row["least"], row["most"], row["random"]), row["persons"]


def _anew(p: Placed) -> tuple[Excess, float] | None:
    """Count the flows between hexagons; those of a drawn area have that end in it."""
    own = p.level if p.level.startswith("cell") else ZONES
    if p.level not in ("city", own):
        return None
    flows = p.desk.flow_book.of(p.viewer.tier, own, own, p.accepted, p.month)
    rows = np.arange(len(flows.home)) if p.level == "city" else flows.at(p.side, p.ids)
    rows = rows[(flows.home[rows] > 0) & (flows.work[rows] > 0)]
    home, work = (parent(ids[rows], CELL_LEVELS[ZONES]) for ids in (flows.home, flows.work))
    return excess_of(home, work, flows.persons[rows]), float(flows.persons[rows].sum())


def _described(language: str) -> list[dict[str, str]]:
    return [
        {
            "id": id_, "name": name.in_(language), "unit": unit.in_(language), "kind": kind,
            "formula": formula.in_(language),
        }
        for id_, (name, unit, kind, formula) in MEASURES.items()
    ]  # fmt: skip


def _plain(block: Place, measured: dict[str, Number]) -> dict[str, Any]:
    return {
        "id": block.code,
        "name": block.name,
        **{
            measure: {
                "value": value if status == S_OK else None,
                "status": STATUSES[status],
                "n": n if status not in (S_SUPPRESSED, S_MISSING) else None,
            }
            for measure, (value, status, n) in measured.items()
        },
    }
