"""What the desk says about the scarcity of one code, read from an answer's `extra`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from talentmap.model.answer import Answer


@dataclass(frozen=True, slots=True)
class Contribution:
    """One component of the composite: weight × robust z; all None where it has no data."""

    id: str
    weight: float | None
    z: float | None
    value: float | None


@dataclass(frozen=True, slots=True)
class Detail:
    """One code's numbers; None where not known or not shown.

    `total` is the composite C, `score` 100·Φ(C), `coverage` (components with data, of how many),
    `rank` the interval of the rank under other weights, `open_days` days, `wage` yuan a month,
    `fill_rate` and the growths shares of 1, `before` the index in the month compared with.
    """

    openings: float | None
    people: float | None
    stars: int | None
    band: str
    action: str
    score: float | None
    coverage: tuple[int, int] | None
    above_one: float | None
    rank: tuple[int, int] | None
    contributions: tuple[Contribution, ...]
    total: float | None
    fill_rate: float | None
    open_days: float | None
    wage: float | None
    before: float | None
    change: str = ""
    names: tuple[str, str, str, str] = ("", "", "", "")

    @property
    def known(self) -> list[tuple[Contribution, float]]:
        """The contributions that have a value, with it."""
        return [(c, c.value) for c in self.contributions if c.value is not None]


NAMED = ("occupation", "specialty", "education", "title")


def details_of(answer: Answer) -> dict[str, Detail]:
    """Return the details of an answer's rows by id; empty where it carries none."""
    return {key: _detail(given) for key, given in answer.extra.get("detail", {}).items()}


def _detail(given: dict[str, Any]) -> Detail:
    parts = given.get("contributions") or []
    return Detail(
        openings=given.get("openings"),
        people=given.get("people"),
        stars=given.get("stars"),
        band=given.get("band") or "insufficient",
        action=given.get("action") or "none",
        score=given.get("score"),
        coverage=_pair(given.get("coverage")),
        above_one=given.get("above_one"),
        rank=_pair(given.get("rank")),
        contributions=tuple(
            Contribution(c["id"], c["weight"], c.get("z"), c.get("value")) for c in parts
        ),
        total=given.get("total"),
        fill_rate=given.get("fill_rate"),
        open_days=given.get("open_days"),
        wage=given.get("wage"),
        before=given.get("before"),
        change=given.get("change") or "",
        names=_names(given),
    )


def _pair(given: Any) -> tuple[int, int] | None:
    return (int(given[0]), int(given[1])) if given else None


def _names(given: dict[str, Any]) -> tuple[str, str, str, str]:
    occupation, specialty, education, title = (str(given.get(name) or "") for name in NAMED)
    return occupation, specialty, education, title
