"""In, out, and live-and-work of any place; and where the other ends of its commute are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from talentmap.answers.flows import Flows
from talentmap.answers.pairs import lifted
from talentmap.answers.placed import (
    NAN,
    Floats,
    Ids,
    Placed,
    Told,
    employed_alone,
    ranged,
)
from talentmap.cube.base import ELSEWHERE, UNLOCATED
from talentmap.model.errors import NotPublished
from talentmap.model.metric import S_OK, S_SUPPRESSED, Values
from talentmap.model.words import Words

FAR_LEVELS = ("district", "park", "cell7", "cell8", "cell9")
_PARTS = {
    "live_work": Words("在此居住且在此工作", "Live and work here"),
    "inflow": Words("在此工作、住在别处", "Work here, live elsewhere"),
    "outflow": Words("在此居住、工作在别处", "Live here, work elsewhere"),
    "jobs": Words("在此工作合计", "All who work here"),
    "residents": Words("在此居住的在职者合计", "All working people who live here"),
}
_BETWEEN = Words(
    "范围内有流向因人数过少而隐去：职住同地 {low}–{high} 人，流入、流出随之只给出区间",
    "Some flows inside are hidden for their size: {low}–{high} people live and work here, "
    "so that coming in and going out are ranges",
)
_LEFT_OUT = Words(
    "有 {n} 个单元的人数已隐去，合计为下限", "{n} units have hidden numbers: the sums are the least"
)
_HIDDEN_FLOWS = Words(
    "有 {n} 条流向因人数过少而隐去；带区间的行只给出下限",
    "{n} flows are hidden for their size; a row with a range gives the least",
)
_ONE_EMPLOYER = Words(
    "{name}的在职者占此处的 {share:.0%}：这里的通勤主要是这一家企业的通勤",
    "{name} has {share:.0%} of those who work here: the commute is mostly this one enterprise's",
)
_DOMINANT = 0.7  # of the workers, as in the rule of dominance (METHODS 7)
_ROUNDED = 2  # a count rounded to 5 is at most so far from the true one


def inout(p: Placed) -> Told:
    """Rows live_work, inflow, outflow, jobs, residents; persons with both ends known.

    A number that hidden flows leave open has no value but a low and a high.
    """
    if p.level == "enterprise":
        raise NotPublished("place: an enterprise has no residents; ask for its distances")
    view = p.view()
    jobs, residents = view.commute("jobs"), view.commute("residents")
    stay = _stay_of_area(p) if p.area else _stay_of_place(p)
    totals = np.array([jobs.value[0], residents.value[0]])
    status = max(jobs.status[0], residents.status[0])
    whole = status == S_OK and not view.left_out
    high = min(stay.high, *totals.tolist()) if whole else NAN
    exact = stay.exact
    notes = [p.say(_LEFT_OUT, n=len(view.left_out))] if view.left_out else []
    if not exact:
        shown = "…" if np.isnan(high) else f"{high:,.0f}"
        notes.append(p.say(_BETWEEN, low=f"{stay.low:,.0f}", high=shown))
    sure = np.array([stay.coming, stay.going])  # seen to come from, or go to, somewhere else
    lows = np.fmax(totals - high, sure) if whole else sure
    highs = totals - stay.low if whole else np.full(2, NAN)
    value = np.concatenate([[stay.low], np.fmax(totals - stay.low, sure), totals])
    inner = S_OK if exact else S_SUPPRESSED
    states = [inner, max(inner, jobs.status[0]), max(inner, residents.status[0])]
    states = [*states, jobs.status[0], residents.status[0]]
    names = [words.in_(p.language) for words in _PARTS.values()]
    ends = np.full(2, NAN)
    bounds = [np.concatenate([[x], y, ends]) for x, y in ((stay.low, lows), (high, highs))]
    if exact:
        bounds = [np.full(len(value), NAN)] * 2
    values = Values(value, np.array(states, dtype=np.uint8), n=value)
    return Told(ranged(list(_PARTS), names, values, *bounds), [*notes, *dominance(p)])


@dataclass(frozen=True)
class Stay:
    """Who lives and works in a place, between low and high (infinite: not known).

    `coming` and `going` are those seen to have their other end elsewhere: no fewer than these.
    """

    low: float
    high: float
    coming: float
    going: float

    @property
    def exact(self) -> bool:
        """Tell whether the number is known."""
        return self.low == self.high


def _stay_of_place(p: Placed) -> Stay:
    stay = p.view().commute("live_work")
    if stay.status[0] == S_OK:
        return Stay(float(stay.value[0]), float(stay.value[0]), 0.0, 0.0)
    return Stay(0.0, np.inf, 0.0, 0.0)


def _stay_of_area(p: Placed) -> Stay:
    """Add up the flows inside; where any is hidden, at most all that the totals leave over."""
    flows = p.desk.flow_book.of(p.viewer.tier, p.level, p.level, p.accepted, p.month)
    rows, came = flows.leaving(p.ids), flows.coming(p.ids)
    inside = np.isin(flows.work[rows], p.ids)
    persons, coming = flows.persons[rows], flows.persons[came]
    known = float(persons[inside & (persons >= 0)].sum())
    left, arrived = (float(shown[shown >= 0].sum()) for shown in (persons, coming))
    if p.rules.zero_shows and not (persons[inside] < 0).any():
        return Stay(known, known, arrived - known, left - known)
    off = _ROUNDED if p.rules.round_to else 0  # of each number shown
    room = off * int(inside.sum())
    unseen = [
        _total(p, part) - shown + off * count
        for part, shown, count in (("residents", left, len(rows)), ("jobs", arrived, len(came)))
    ]
    most = known + room + max(min(unseen), 0.0)
    out, in_ = (max(x - known - off * n, 0.0) for x, n in ((left, len(rows)), (arrived, len(came))))
    return Stay(max(known - room, 0.0), most, in_, out)


def _total(p: Placed, part: str) -> float:
    """Return all jobs or residents of an area; infinite where some of them are hidden."""
    view = p.view()
    found = view.commute(part)
    return float(found.value[0]) if found.status[0] == S_OK and not view.left_out else np.inf


def destinations(p: Placed) -> Told:
    """One row a place of the question's level at the far end, most people first.

    Then rows `elsewhere`, `outside` and `unlocated` (the far end is not known), where anybody is.
    """
    if p.question.level not in FAR_LEVELS:
        raise NotPublished(f"destinations: ask for a level of {', '.join(FAR_LEVELS)}")
    if p.level == "enterprise":
        raise NotPublished("place: the flows of one enterprise are not kept; ask for its distances")
    ids, persons, hidden = far_ends(p)
    order = np.argsort(-persons, kind="stable")
    placed_, beside = order[ids[order] >= 0], order[ids[order] < 0]
    kept = np.concatenate([placed_, beside[(persons[beside] > 0) | (hidden[beside] > 0)]])
    alone, status = employed_alone(p)
    level = p.question.level
    codes = p.desk.names.codes(level, ids[kept])
    names = p.desk.names.names(level, ids[kept], p.language)
    states = np.where((hidden > 0) & (persons == 0), S_SUPPRESSED, S_OK).astype(np.uint8)[kept]
    value = persons[kept]
    part = np.where((hidden[kept] > 0) & (value > 0), value, NAN)
    if alone > 0 or status != S_OK:
        unknown = np.array([UNLOCATED], dtype=np.int64)
        codes += p.desk.names.codes(level, unknown)
        names += p.desk.names.names(level, unknown, p.language)
        value, states = np.append(value, alone), np.append(states, np.uint8(status))
        part = np.append(part, NAN)
    table = ranged(codes, names, Values(value, states, n=value), part, np.full(len(part), NAN))
    notes = [p.say(_HIDDEN_FLOWS, n=int(hidden.sum()))] if hidden.any() else []
    return Told(table, [*notes, *dominance(p)], {"hidden": int(hidden.sum())})


def far_ends(p: Placed) -> tuple[Ids, Floats, Ids]:
    """Return the ids at the far end, the persons shown and how many flows of each are hidden."""
    flows, rows, level = _flows_of(p)
    far = flows.end(p.other)[rows]
    if level != p.question.level:
        far = lifted(p.desk.areas, far, level, p.question.level)
    ids, index = np.unique(far, return_inverse=True)
    hidden = flows.hidden[rows]
    persons = np.bincount(index, np.where(hidden, 0.0, flows.persons[rows]), len(ids))
    return ids, persons.astype(np.float64), np.bincount(index, hidden, len(ids)).astype(np.int64)


def _flows_of(p: Placed) -> tuple[Flows, Ids, str]:
    """Return the flows of the place, the rows of it, and the level of their far ends.

    A place that is no union of cells has nodes of its own; the city is all places of a level.
    """
    own = p.level if p.level != "city" else p.question.level
    far = own if own.startswith("cell") else p.question.level
    ends = (far, own) if p.side == "work" else (own, far)
    flows = p.desk.flow_book.of(p.viewer.tier, *ends, p.accepted, p.month)
    ids = p.ids
    if p.level == "city":
        known = p.desk.names.level(own).ids
        ids = np.concatenate([[ELSEWHERE], known[known >= 0]])
    return flows, flows.at(p.side, ids), far


def dominance(p: Placed) -> list[str]:
    """Say so where one enterprise has more than 70 % of those who work in the place."""
    if p.side != "work" or p.level in ("city", "enterprise") or p.accepted:
        return []
    if "enterprise" not in p.rules.levels or not len(p.release.table("enterprises")):
        return []
    asked = p.question.but(metric="supply", at="work", level="enterprise", versus="")
    inside = p.desk.areas.inside(asked)
    level, values = p.desk.values(asked, p.viewer)
    if inside is None:
        return []
    persons = np.where((values.status == S_OK) & inside & (level.ids >= 0), values.value, 0.0)
    total, at = p.view().persons("work"), int(np.argmax(persons))
    if total.status[0] != S_OK or persons[at] <= _DOMINANT * total.value[0]:
        return []
    name = p.desk.names.names("enterprise", level.ids[at : at + 1], p.language)[0]
    return [p.say(_ONE_EMPLOYER, name=name, share=float(persons[at] / total.value[0]))]
