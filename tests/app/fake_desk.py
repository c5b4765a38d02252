"""A desk with plausible numbers for tests of the pages: Jinan's 12 districts, a few parks.

Every number follows from a hash of the question, so the same question always gets the same answer.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from math import exp, sin

import pyarrow as pa

from talentmap.model import months
from talentmap.model.answer import INSUFFICIENT, OK, SCHEMA, SUPPRESSED, Answer
from talentmap.model.codes import code_table
from talentmap.model.errors import NotAllowed, NotPublished
from talentmap.model.metric import Metric
from talentmap.model.question import Question
from talentmap.model.release import Place, ReleaseInfo
from talentmap.model.words import Words
from tests.app.fake_commute import FakeCommute

_DISTRICTS = (
    ("370102", "历下区", "Lixia", 117.08, 36.66),
    ("370103", "市中区", "Shizhong", 116.98, 36.62),
    ("370104", "槐荫区", "Huaiyin", 116.90, 36.66),
    ("370105", "天桥区", "Tianqiao", 116.98, 36.72),
    ("370112", "历城区", "Licheng", 117.22, 36.69),
    ("370113", "长清区", "Changqing", 116.75, 36.55),
    ("370114", "章丘区", "Zhangqiu", 117.53, 36.71),
    ("370115", "济阳区", "Jiyang", 117.17, 36.98),
    ("370116", "莱芜区", "Laiwu", 117.66, 36.20),
    ("370117", "钢城区", "Gangcheng", 117.81, 36.06),
    ("370124", "平阴县", "Pingyin", 116.46, 36.29),
    ("370126", "商河县", "Shanghe", 117.16, 37.31),
)
_PARKS = (
    ("P01", "云泉软件园", "Yunquan Software Park", 117.12, 36.66, "370102"),
    ("P02", "凤岐数字港", "Fengqi Digital Harbour", 117.30, 36.69, "370112"),
    ("P03", "鹊山云港", "Queshan Cloud Port", 117.00, 36.82, "370105"),
    ("P04", "唐冶智谷", "Tangye Valley", 117.21, 36.67, "370112"),
    ("P05", "锦泺软件基地", "Jinluo Software Base", 116.88, 36.63, "370104"),
    ("P06", "龙奥信创园", "Long'ao Park", 117.11, 36.65, "370102"),
)
_BASE = {
    "supply": 9000.0,
    "demand": 640.0,
    "inflow": 3000.0,
    "outflow": 2600.0,
    "commute_od": 420.0,
}


@dataclass(frozen=True)
class FakeViewer:
    """A viewer of a tier."""

    tier: str = "internal"
    tiers: tuple[str, ...] = ("public", "internal")
    purpose: str = ""
    who: str = ""
    until: int = 0


def _metric(identifier: str, zh: str, en: str, unit: Words, kind: str, **more: object) -> Metric:
    formula = Words(f"{zh}的算法", f"how it is computed: {en.lower()}")
    source = Words("测试数据", "test data")
    return Metric(identifier, Words(zh, en), unit, kind, formula, source, None, **more)  # type: ignore[arg-type]


_PERSONS, _TIMES = Words("人", "persons"), Words("倍", "×")
METRICS = (
    _metric("scarcity", "紧缺指数", "Scarcity index", _TIMES, "ratio", worse="up",
            note=Words("非官方指数", "Not an official index")),
    _metric("openings_ratio", "求人倍率", "Openings per seeker", _TIMES, "ratio", worse="up"),
    _metric("demand", "有效岗位", "Openings", Words("个", "openings"), "count"),
    _metric("supply", "人才", "Talent", _PERSONS, "count"),
    _metric("jobs_housing_ratio", "职住比", "Jobs per resident", _TIMES, "ratio"),
    _metric("self_containment", "岗位自足率", "Self-containment", Words("%", "%"), "share"),
    _metric("self_sufficiency", "居民自足率", "Self-sufficiency", Words("%", "%"), "share"),
    _metric("inflow", "通勤流入", "Commuting in", _PERSONS, "count"),
    _metric("outflow", "通勤流出", "Commuting out", _PERSONS, "count"),
    _metric("commute_km", "平均通勤距离", "Way to work", Words("公里", "km"), "km", worse="up"),
    _metric("commute_od", "通勤流向", "Commuting flows", _PERSONS, "count", shape="pairs"),
)  # fmt: skip


def info(name: str = "r0002") -> ReleaseInfo:
    """Return a release of 36 months up to 2026-06."""
    last = months.to_index("2026-06")
    districts = tuple(Place("district", c, Words(zh, en), x, y) for c, zh, en, x, y in _DISTRICTS)
    parks = tuple(Place("park", c, Words(zh, en), x, y, p) for c, zh, en, x, y, p in _PARKS)
    codes = {
        "industry": tuple(code_table("industry").roots()) + ("I63", "I64", "I65"),
        "education": tuple(code_table("education").codes),
        "title": tuple(code_table("title").codes),
        "age": tuple(code_table("age").codes),
        "occupation": tuple(code_table("occupation").roots()),
    }
    return ReleaseInfo(
        name, 2, "370100", Words("济南市", "Jinan"), True, tuple(range(last - 35, last + 1)),
        {"district": districts, "park": parks}, codes,
        (116.2, 35.99, 118.0, 37.55), (116.75, 36.5, 117.5, 36.95), "I", ("测试",),
    )  # fmt: skip


class FakeDesk(FakeCommute):
    """Answers like the desk, from hashes. `broken` names metrics whose questions fail."""

    def __init__(self, name: str = "r0002", broken: tuple[str, ...] = ()) -> None:
        self.info = info(name)
        self.metrics = {metric.id: metric for metric in METRICS}
        self.broken = broken
        self.asked: list[Question] = []

    def ask(self, question: Question, viewer: FakeViewer, language: str = "zh", /) -> Answer:
        self.asked.append(question)
        if question.metric == "inflow":
            self._crossing(question)
        if question.metric in self.broken:
            raise RuntimeError("broken on purpose")
        rows = [self._row(question, i, n) for i, n in self._ids(question, language)]
        return self._answer(question, rows, viewer, language)

    def series(self, question: Question, viewer: FakeViewer, language: str = "zh", /) -> Answer:
        rows = []
        for month in self.info.months:
            place = question.place_parts()[1] or self.info.city_code
            asked = question.but(month=months.to_text(month))
            row = self._row(asked, place, months.to_words(month, language))
            rows.append({**row, "id": months.to_text(month)})
        return self._answer(question, rows, viewer, language)

    def breakdown(
        self, question: Question, dimension: str, viewer: FakeViewer, language: str = "zh", /
    ) -> Answer:
        table = code_table(dimension)
        chosen = getattr(question, dimension)
        known = self.info.codes[dimension]
        codes = [c for c in known if table.codes[c].parent == chosen] or [chosen]
        rows = [
            self._row(question.but(**{dimension: c}), c, table.name(c, language, True))
            for c in codes
        ]
        return self._answer(question, rows, viewer, language)

    def above(self, place: str, /) -> list[Place]:
        kind, _, code = place.partition(":")
        district = {"park": "370102", "enterprise": "370102", "cell": "370112"}.get(kind)
        found = self.info.place("park", code)
        code = found.parent if found else district or ""
        home = self.info.place("district", code)
        return [home] if home and kind != "district" else []

    def enterprise(self, question: Question, viewer: FakeViewer, language: str = "zh", /) -> Answer:
        """The card of a software firm that wants computer scientists first."""
        if viewer.tier == "public":
            raise NotAllowed("level enterprise is not open to the public tier")
        asked = question.but(metric="demand", level="enterprise", versus="")
        zh = language == "zh"
        scarce = {"value": 1.42, "low": 1.21, "high": 1.66, "status": OK}
        near = {"persons": [120, 340, 560, 980], "hidden": 3}
        wanted = [
            {"id": "0809", "name": "计算机" if zh else "Computing", "openings": 12.0,
             "before": 8.0, "days": 60.8, "reach": near, "scarcity": scarce},
            {"id": "0808", "name": "自动化" if zh else "Automation", "openings": 4.0,
             "before": None, "days": None, "reach": {"persons": [0, 0, 0, 0], "hidden": 9},
             "scarcity": {"value": None, "low": None, "high": None, "status": INSUFFICIENT}},
        ]  # fmt: skip
        extra = {
            "enterprise": {
                "code": question.place_parts()[1], "name": "岱青云软件有限公司", "key": True,
                "lon": 117.12, "lat": 36.66,
                "industry": {"id": "I65", "name": code_table("industry").name("I65", language)},
                "scale": {"id": "large", "name": code_table("scale").name("large", language)},
                "district": {"id": "370102", "name": "历下区" if zh else "Lixia"},
                "park": None,
            },
            "headcount": {"value": 640.0, "low": None, "high": None, "status": OK},
            "wanted": {"specialty": wanted, "education": [], "title": [], "occupation": []},
            "unspecified": {"specialty": 5.0, "education": 0, "title": 21, "occupation": 0},
            "bands": ["0–5", "5–10", "10–15", "15–25"],
        }  # fmt: skip
        row = self._row(asked, "E1", "岱青云软件有限公司")
        return replace(self._answer(asked, [row], viewer, language), extra=extra)

    def records(
        self, question: Question, viewer: FakeViewer, language: str = "zh", page: int = 1, /
    ) -> Answer:
        if viewer.tier != "authorised" or not viewer.purpose:
            raise NotAllowed("level person: single records are open to the authorised tier only")
        names = ("industry", "occupation", "specialty", "education", "title", "age")
        row = {"id": "1", "name": "1", "value": 1.0, "low": None, "high": None, "n": 1.0}
        shown = dict.fromkeys(
            (*names, "home_district", "work_place"), "甲" if language == "zh" else "A"
        )
        table = pa.Table.from_pylist([{**row, "status": OK, **shown}])
        answer = self._answer(question.but(metric="supply"), [], viewer, language)
        return replace(answer, table=table, extra={"page": page, "pages": 3, "total": 450})

    def file(self, question: Question, viewer: FakeViewer, language: str, format_: str, /) -> bytes:
        return f"{format_} {question.to_query()}".encode()

    def _ids(self, question: Question, language: str) -> list[tuple[str, str]]:
        code = question.place_parts()[1]
        if question.metric == "commute_od":
            other = code or "370102"
            pairs = [(p.code, other) if question.at == "work" else (other, p.code)
                     for p in self.info.places["district"]]  # fmt: skip
            names = {p.code: p.name.in_(language) for p in self.info.places["district"]}
            return [(f"{a}>{b}", f"{names.get(a, a)} → {names.get(b, b)}") for a, b in pairs]
        if question.level == "city":
            return [(self.info.city_code, self.info.city.in_(language))]
        if question.level.startswith("cell"):
            return [
                (code or f"8831a5{i:03x}7fffff"[:15], "历城区东部")
                for i in range(1 if code else 40)
            ]
        if question.level == "enterprise":
            if question.filters():
                raise NotPublished("the crossing industry is not published for enterprise")
            return [(f"E{i}", f"岱青{i}云软件有限公司") for i in range(9)]
        places = self.info.places[question.level]
        return [(p.code, p.name.in_(language)) for p in places if not code or p.code == code]

    def _row(self, question: Question, identifier: str, name: str) -> dict[str, object]:
        seed = f"{question.metric} {question.at} {identifier} {sorted(question.filters().items())}"
        chance = zlib.crc32(seed.encode()) / 2**32
        month = months.to_index(question.month) if question.month else self.info.month
        season = 1 + 0.06 * sin(month / 2.1) + 0.004 * (month - self.info.month)
        kind = self.metrics[question.metric].kind
        status = OK
        if identifier in ("370117", "72"):
            status = SUPPRESSED
        elif identifier == "370126":
            status = INSUFFICIENT
        value: float | None = None
        low: float | None = None
        high: float | None = None
        n: float | None = None
        if status == OK:
            n = round(200 + 9000 * chance)
            if kind == "count":
                times = 9 if identifier == self.info.city_code else 1
                value = times * round(_BASE[question.metric] * (0.15 + 2 * chance) * season)
            elif kind == "ratio":
                value = exp((chance - 0.45) * 1.6) * season
                low, high = value * 0.86, value * 1.17
            elif kind == "share":
                value = 0.2 + 0.6 * chance
            else:
                value = 4 + 9 * chance
        return {"id": identifier, "name": name, "value": value, "low": low, "high": high,
                "n": n, "status": status}  # fmt: skip

    def _answer(
        self, question: Question, rows: list[dict[str, object]], viewer: FakeViewer, language: str
    ) -> Answer:
        metric = self.metrics[question.metric]
        return Answer(
            question, pa.Table.from_pylist(rows, schema=SCHEMA), metric.unit.in_(language),
            metric.formula.in_(language), metric.source.in_(language),
            question.month or months.to_text(self.info.month), self.info.name, viewer.tier, True,
        )  # fmt: skip
