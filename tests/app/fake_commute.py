"""The commute part of the fake desk: small answers made by hand, in the shapes of the real one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from talentmap.model.answer import OK, SCHEMA, SUPPRESSED, Answer
from talentmap.model.errors import NotPublished
from talentmap.model.question import Question
from talentmap.model.release import ReleaseInfo
from talentmap.model.words import Words

if TYPE_CHECKING:
    from tests.app.fake_desk import FakeViewer

BANDS = ("0-5", "5-10", "10-15", "15-20", "20-25", "25+")
TURNS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")
MEASURES = {
    "mean_km": (Words("平均通勤距离", "Mean way to work"), "km", 8.4),
    "within_5": (Words("5 公里以内", "Within 5 km"), "share", 0.41),
    "beyond_25": (Words("25 公里以上", "Beyond 25 km"), "share", 0.06),
    "separation": (Words("职住分离度", "Separation"), "km", 3.1),
    "excess": (Words("过剩通勤率", "Excess commuting"), "share", 0.63),
    "capacity_used": (Words("通勤容量利用率", "Capacity used"), "share", 0.22),
    "near_rail": (Words("轨道 800 米覆盖通勤", "Near rail"), "share", 0.18),
}
STOPS = (
    (117.30, 36.80, Words("绣惠北", "Xiuhui North"), 212.0),
    (117.26, 36.76, Words("绣惠", "Xiuhui"), 140.0),
    (117.12, 36.66, Words("云泉软件园", "Yunquan Software Park"), None),
)
_OUTSIDE = Words("市外", "Outside")
_UNKNOWN = Words("位置未知", "Not known")
_LINE = Words("绣惠{n}—云泉软件园", "Xiuhui {n} – Yunquan")
_WALK = Words("步行 800 米", "800 m on foot")
_FORMULA = Words("{name}的算法", "formula of {name}")
_JINAN = Words("济南", "Jinan")


def row(identifier: str, name: str, value: float | None, status: str = OK) -> dict[str, Any]:
    """Return a row of an answer."""
    return {"id": identifier, "name": name, "value": value, "low": None, "high": None,
            "n": value, "status": status}  # fmt: skip


class FakeCommute:
    """Commute answers. West, 5–10 km is the largest sector; S, 15–20 km is hidden."""

    info: ReleaseInfo
    no_lines = False

    def geojson(self, kind: str) -> bytes | None:
        return None

    def distances(self, question: Question, viewer: FakeViewer, language: str = "zh", /) -> Answer:
        self._crossing(question)
        rows = [
            row(f"{b}-{t}", f"{b} {t}", 100.0 * (i == 1 and t == "W") + 10 + i)
            for i, b in enumerate(BANDS)
            for t in TURNS
        ]
        hidden = next(r for r in rows if r["id"] == "15-20-S")
        hidden |= {"value": None, "n": None, "status": SUPPRESSED}
        shares = [0.30, 0.42, 0.15, 0.08, 0.03, 0.02]
        extra = {
            "bands": [_part(b, b, s) for b, s in zip(BANDS, shares, strict=True)],
            "directions": [_part(t, _turn(t, language), 0.3 if t == "W" else 0.1) for t in TURNS],
            "mean_km": 8.4,
            "measured": 1000.0,
        }
        return self._told(question, [*rows, row("unknown", "?", 9.0)], viewer, extra)

    def flows(self, question: Question, viewer: FakeViewer, language: str = "zh", /) -> Answer:
        self._crossing(question)
        found = {"live_work": 1720, "inflow": 16920, "outflow": 2310, "jobs": 18640}
        rows = [row(name, name, float(value)) for name, value in found.items()]
        return self._told(question, [*rows, row("residents", "", 4030.0)], viewer, {})

    def destinations(
        self, question: Question, viewer: FakeViewer, language: str = "zh", /
    ) -> Answer:
        self._crossing(question)
        kind = "park" if question.level == "park" else "district"
        rows = [
            row(p.code, p.name.in_(language), 900.0 - 70 * i)
            for i, p in enumerate(self.info.places[kind])
        ]
        rows[-1] |= {"value": None, "n": None, "status": SUPPRESSED}
        return self._told(
            question, [*rows, row("outside", _OUTSIDE.in_(language), 333.0)], viewer, {}
        )

    def matrix(self, question: Question, viewer: FakeViewer, language: str = "zh", /) -> Answer:
        self._crossing(question)
        kind = "park" if question.level == "park" else "district"
        places = self.info.places[kind]
        codes = [*(p.code for p in places), "outside", "unlocated"]
        names = [
            *(p.name.in_(language) for p in places),
            _OUTSIDE.in_(language),
            _UNKNOWN.in_(language),
        ]
        n = len(codes)
        persons = [[float(500 if i == j else 7 * i + j) for j in range(n)] for i in range(n)]
        status = [[SUPPRESSED if (i, j) == (2, 5) else OK for j in range(n)] for i in range(n)]
        matrix = {"codes": codes, "names": names, "persons": persons, "status": status}
        pairs = [row(f"{codes[i]}>{codes[0]}", f"{names[i]} → {names[0]}", persons[i][0])
                 for i in range(n)]  # fmt: skip
        return self._told(question, pairs, viewer, {"matrix": matrix})

    def commuting(
        self, question: Question, viewer: FakeViewer, language: str = "zh", by: str = "", /
    ) -> Answer:
        places = [("", "")]
        if by:
            places = [("I", "I63"), ("C", "C36")]
        elif question.level == "district":
            places = [(p.code, p.name.in_(language)) for p in self.info.places["district"]]
        named = [(m, name.in_(language), kind, v) for m, (name, kind, v) in MEASURES.items()]
        block = {m: {"value": v, "status": OK, "n": 9.0} for m, _, _, v in named}
        year = {"name": _JINAN.in_(language), "year": 2022}
        extra = {
            "measures": [
                {"id": m, "name": n, "unit": "", "kind": k,
                 "formula": _FORMULA.in_(language).format(name=n)}
                for m, n, k, _ in named
            ],
            "places": [{"id": code, "name": name, **block} for code, name in places],
            "reference": [
                {"id": "mean_km", "value": 8.7, "unit": "km", **year},
                {"id": "mean_minutes", "value": 35, "unit": "min", **year},
            ],
        }  # fmt: skip
        return self._told(question, [row(m, n, v) for m, n, _, v in named], viewer, extra)

    def shuttles(self, question: Question, viewer: FakeViewer, language: str = "zh", /) -> Answer:
        lines = [] if self.no_lines else [_line(i, question, language) for i in range(1, 6)]
        extra = {"lines": lines, "assumptions": [_WALK.in_(language)], "walk_m": 800, "detour": 1.3}
        rows = [row(line["id"], line["name"], line["riders"]) for line in lines]
        return self._told(question, rows, viewer, extra)

    def _crossing(self, question: Question) -> None:
        if question.age and question.education:
            raise NotPublished("the crossing age, education is not published for flows")

    def _told(
        self,
        question: Question,
        rows: list[dict[str, Any]],
        viewer: FakeViewer,
        extra: dict[str, Any],
    ) -> Answer:
        table = pa.Table.from_pylist(rows, schema=SCHEMA)
        return Answer(question, table, "", "", "test", "2026-06", self.info.name,
                      viewer.tier, True, [], extra)  # fmt: skip


def _turn(turn: str, language: str) -> str:
    return {"W": Words("西", "west")}.get(turn, Words("东", turn)).in_(language)


def _part(identifier: str, name: str, share: float) -> dict[str, Any]:
    return {"id": identifier, "name": name, "value": 1000 * share, "share": share, "status": OK}


def _line(number: int, question: Question, language: str) -> dict[str, Any]:
    stops = [
        {"lon": lon, "lat": lat, "name": name.in_(language), "persons": persons}
        for lon, lat, name, persons in STOPS
    ]
    return {
        "id": f"L{number}", "name": _LINE.in_(language).format(n=number), "km": 17.25,
        "served": 400.0 - number, "riders": 120.0 - number, "share": 0.3, "stops": stops,
        "person_km_saved": 1530.0, "clusters": [], "minutes": None,
        **({} if question.place else {"park": f"P0{number}"}),
    }  # fmt: skip
