"""The fake desk with what the page 供需 asks: rankings, the mismatch, the catalogue."""

from __future__ import annotations

import zlib
from dataclasses import replace
from math import exp
from statistics import NormalDist
from typing import Any

from talentmap.model.answer import INSUFFICIENT, OK, SUPPRESSED, Answer
from talentmap.model.codes import code_table
from talentmap.model.errors import NotPublished
from talentmap.model.question import Question
from talentmap.model.words import Words
from tests.app.fake_desk import FakeDesk, FakeViewer

WEIGHTS = {
    "tightness": 0.35,
    "unfilled": 0.25,
    "open_days": 0.15,
    "wage_growth": 0.1,
    "demand_growth": 0.15,
}
EDUCATION = ("B", "C", "H")
_POSTS = 46


def chance(*seed: object) -> float:
    """Return a number from 0 to 1 that follows from its seed alone."""
    return zlib.crc32(" ".join(map(str, seed)).encode()) / 2**32


def contributions(seed: str, missing: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """Return components as the desk does: weights renormalised over those with data."""
    have = sum(w for name, w in WEIGHTS.items() if name not in missing)
    parts: list[dict[str, Any]] = []
    for name, weight in WEIGHTS.items():
        if name in missing:
            parts.append({"id": name, "weight": 0.0, "z": None, "value": None})
            continue
        z = 4 * chance(seed, name) - 1.5
        parts.append({"id": name, "weight": weight / have, "z": z, "value": weight / have * z})
    return parts


class SupplyDesk(FakeDesk):
    """FakeDesk and the three further methods; `unpublished` names dimensions it refuses."""

    def __init__(
        self,
        *,
        unpublished: tuple[str, ...] = (),
        posts: int = _POSTS,
        chains: dict[str, tuple[Words, tuple[str, ...]]] | None = None,
    ) -> None:
        super().__init__()
        codes = {**self.info.codes, "specialty": tuple(code_table("specialty").roots())}
        self.info = replace(self.info, codes=codes, chains=chains or {})
        self.unpublished = unpublished
        self.posts = posts

    def ranking(
        self,
        question: Question,
        viewer: FakeViewer,
        language: str = "zh",
        dimension: str = "industry",
    ) -> Answer:
        if dimension in self.unpublished:
            raise NotPublished(f"the crossing {dimension} is not published for city")
        rows, details = [], {}
        for code, name in self._groups(question, dimension, language):
            row, detail = _measured(code, f"{dimension} {code}", question)
            rows.append({**row, "name": name})
            details[code] = detail
        answer = self._answer(question, rows, viewer, language)
        return replace(answer, extra={"detail": details})

    def _groups(self, question: Question, dimension: str, language: str) -> list[tuple[str, str]]:
        if dimension == "chain":
            return [(c, name.in_(language)) for c, (name, _) in self.info.chains.items()]
        table = code_table(dimension)
        parent = getattr(question, dimension)
        known = self.info.codes[dimension]
        codes = [c for c in known if table.codes[c].parent == parent] or [parent]
        return [(code, table.name(code, language, short=True)) for code in codes]

    def mismatch(
        self,
        question: Question,
        viewer: FakeViewer,
        language: str = "zh",
        rows: str = "specialty",
        columns: str = "education",
    ) -> Answer:
        down, across = list(self.info.codes[rows])[:7], list(EDUCATION)
        status = [[OK for _ in across] for _ in down]
        for r, c in ((3, 0), (3, 2), (5, 0), (5, 2)):  # hidden cells come in rectangles
            status[r][c] = SUPPRESSED
        openings = _crossed("v", question, down, across, status, 300)
        people = _crossed("u", question, down, across, status, 4000)
        all_v, all_u = (sum(n or 0 for line in part for n in line) for part in (openings, people))
        listed: list[dict[str, object]] = []
        for r, row in enumerate(down):
            for c, column in enumerate(across):
                v, u = openings[r][c], people[r][c]
                gap = None if v is None or u is None else v - u * all_v / all_u
                listed.append(
                    {"id": f"{row}>{column}", "name": f"{row} {column}", "value": gap,
                     "low": None, "high": None, "n": u, "status": status[r][c]}
                )  # fmt: skip
        named = [
            [[c, code_table(d).name(c, language, short=True)] for c in codes]
            for d, codes in ((rows, down), (columns, across))
        ]
        extra = {
            "matrix": {"rows": named[0], "columns": named[1], "openings": openings,
                       "people": people, "status": status},
            "index": {"joint": 0.031, "duncan": 0.183, "over_qualified": None},
        }  # fmt: skip
        return replace(self._answer(question, listed, viewer, language), extra=extra)

    def catalogue(self, question: Question, viewer: FakeViewer, language: str = "zh") -> Answer:
        count = 0 if question.education == "11" else self.posts
        rows, details = [], {}
        tables = ("occupation", "specialty", "education", "title")
        for i in range(count):
            codes = [_pick(self.info.codes[name], i, name) for name in tables]
            identifier = "|".join([*codes[:3], f"{codes[3]}.{i}"])
            row, detail = _measured(identifier, f"post {i}", question)
            names = {
                name: code_table(name).name(code, language, short=True)
                for name, code in zip(tables, codes, strict=True)
            }
            rows.append({**row, "name": names["occupation"]})
            details[identifier] = {
                **detail,
                **names,
                "change": ("new", "up", "down", "same")[i % 4],
            }
        rows.sort(key=lambda row: -(row["value"] or 0.0))
        answer = self._answer(question, rows, viewer, language)
        return replace(answer, extra={"detail": details})


def _pick(codes: tuple[str, ...], i: int, name: str) -> str:
    return codes[int(chance(name, i) * len(codes))]


def _crossed(
    what: str, question: Question, down: list[str], across: list[str],
    status: list[list[str]], most: float,
) -> list[list[float | None]]:  # fmt: skip
    return [
        [
            round(most * chance(what, question.industry, row, column) ** 2)
            if status[r][c] == OK
            else None
            for c, column in enumerate(across)
        ]
        for r, row in enumerate(down)
    ]


def _measured(
    identifier: str, seed: str, question: Question
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the row and the detail of one code."""
    row: dict[str, Any] = {"id": identifier, "name": identifier, "value": None, "low": None,
                           "high": None, "n": None, "status": OK}  # fmt: skip
    state = {"B": SUPPRESSED, "T": INSUFFICIENT}.get(identifier)
    if state is not None:
        return {**row, "status": state}, {"openings": None, "people": None, "stars": None,
                "band": "insufficient", "action": "none", "score": None, "coverage": [0, 5],
                "above_one": None, "rank": None, "contributions": [], "total": None,
                "fill_rate": None, "open_days": None, "wage": None, "wage_growth": None,
                "demand_growth": None, "before": None}  # fmt: skip
    value = exp(1.5 * (chance(seed, "value") - 0.4))
    width = 1.06 + 0.3 * chance(seed, "width")
    missing = ("wage_growth",) if chance(seed, "missing") > 0.7 else ()
    parts = contributions(seed, missing)
    total = sum(p["value"] for p in parts if p["value"] is not None)
    people = 100 + round(9000 * chance(seed, "people"))
    band = "severe" if value >= 2 else "short" if value >= 1.2 else "balanced"
    first = 1 + int(12 * chance(seed, "rank"))
    detail = {
        "openings": round(people * 0.065 * value), "people": people,
        "stars": 1 + min(4, int(2.2 * value)), "band": band,
        "action": {"severe": "recruit", "short": "train", "balanced": "watch"}[band],
        "score": 100 * NormalDist().cdf(total), "coverage": [5 - len(missing), 5],
        "above_one": 0.97, "rank": [first, first + 2], "contributions": parts, "total": total,
        "fill_rate": 0.3 + 0.5 * chance(seed, "fill"), "open_days": 20 + 70 * chance(seed, "days"),
        "wage": 6000 + 20000 * chance(seed, "wage"), "wage_growth": 0.03, "demand_growth": 0.1,
        "before": value * (0.9 + 0.25 * chance(seed, "then")) if question.versus else None,
    }  # fmt: skip
    known = {"value": value, "low": value / width, "high": value * width, "n": float(people)}
    return {**row, **known}, detail
