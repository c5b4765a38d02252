"""建议: what may be done, only where a rule over the numbers finds it; worded 可, never 应."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from talentmap.model.words import Words
from talentmap.reports.content.asker import Asker
from talentmap.reports.content.model import Block, Heading, Paragraph, Points
from talentmap.reports.content.rows import Row, known, rows_of
from talentmap.reports.content.scope import place_name
from talentmap.reports.judgement import EDGES, is_ample, is_scarce
from talentmap.reports.sections.places import level_of, spread
from talentmap.reports.sections.ways import shuttles
from talentmap.reports.words import listed, number

_NAMED = 3
_LONG_DAYS = 45.0  # an opening that stands this long is told as slow
_FAR_SHARE = 0.5  # of those who work there come from outside
_FAR_KM = 8.0

TITLE = Words("建议", "What may be done")
_NONE = Words(
    "按现有数字，没有达到提出建议的条件。", "No rule for an advice is met by these numbers."
)
_MIND = Words(
    "以上由规则从数字得出，供参考；是否采取、如何采取，由人决定。",
    "These follow from the numbers by rule and are offered only; people decide.",
)
_RECRUIT = Words(
    "{names}可引进：综合得分和紧缺指数均高，且区间高于 1.00（{values}）。",
    "{names}: recruiting may help; score and index are high, intervals above 1.00 ({values}).",
)
_TRAIN = Words(
    "{names}可培养：紧缺，但尚未到最高一级（{values}）。",
    "{names}: training may help; short, not of the highest grade ({values}).",
)
_SHARE = Words(
    "{names}人才较充裕，可共享、可向外引流（{values}）。",
    "{names} have talent to spare that may be shared ({values}).",
)
_DRAW = Words(
    "{short}（{short_value}）可从{spare}（{spare_value}）引流：两地紧缺指数的区间分居 1.00 两侧。",
    "{short} ({short_value}) may draw on {spare} ({spare_value}): their intervals lie on either "
    "side of 1.00.",
)
_LINE = Words(
    "{name}可接驳：居住地远离车站的在职者 {n}，可先看“{line}”（里程 {km}，预计乘坐 {riders}）。",
    "{name}: a shuttle may help; {n} of its workers live far from rail. Look at {line} first "
    "({km}, {riders} riders expected).",
)
_CONNECT = Words(
    "{names}可接驳：在此工作的人中超过一半住在外面，平均通勤 {km}以上。",
    "{names}: a shuttle may help; more than half of those who work there live outside, {km} or "
    "more away on average.",
)
_PEOPLE = Words("人", "persons")
_FILL = Words(
    "{names}的岗位补足率低于 67%，平均招聘 {days} 天以上，招聘条件和渠道可复核。",
    "{names} fill less than 67 % of their openings and need {days} days or more: terms and "
    "channels may be reviewed.",
)


@dataclass(frozen=True)
class Known:
    """What the rules look at: the ranking by industry (or branch) and the places of the scope."""

    asker: Asker
    ranked: list[Row]
    detail: dict[str, dict[str, Any]]
    places: list[Row]
    commute: dict[str, dict[str, Row]]


Rule = Callable[[Known], str]


def advice(asker: Asker) -> list[Block]:
    """Return the section: one point a rule that holds."""
    found = _known(asker)
    points = tuple(text for rule in RULES if (text := rule(found)))
    if not points:
        return [Heading(asker.say(TITLE)), Paragraph(asker.say(_NONE))]
    return [
        Heading(asker.say(TITLE)),
        Points(points, numbered=True),
        Paragraph(asker.say(_MIND), "note"),
    ]


def _known(asker: Asker) -> Known:
    dimension = "chain" if asker.question.chain else "industry"
    ranking = asker.may(lambda: asker.ranking(dimension))
    level = level_of(asker)
    found = spread(asker, level) if level else None
    commute = {
        metric: {r.id: r for r in rows_of(asker.may(lambda m=metric: asker.ask(m, level=level)))}  # type: ignore[misc]
        for metric in (("self_containment", "commute_km") if level else ())
    }
    return Known(
        asker,
        rows_of(ranking),
        {} if ranking is None else ranking.extra["detail"],
        list(found.rows["scarcity"].values()) if found else [],
        commute,
    )


def _of_action(found: Known, action: str, words: Words, *, ample: bool = False) -> str:
    rows = [
        r for r in known(found.ranked)
        if found.detail[r.id]["action"] == action and (is_ample(r) if ample else is_scarce(r))
    ]  # fmt: skip
    rows = rows[::-1] if ample else rows
    return _say(found, words, rows)


def _say(found: Known, words: Words, rows: list[Row]) -> str:
    if not rows:
        return ""
    lang, rows = found.asker.language, rows[:_NAMED]
    values = listed([_index(found, r) for r in rows], lang)
    return found.asker.say(words, names=listed([r.name for r in rows], lang), values=values)


def _draw(found: Known) -> str:
    rows = known(found.places)
    short, spare = [r for r in rows if is_scarce(r)], [r for r in rows if is_ample(r)]
    if not short or not spare:
        return ""
    return found.asker.say(
        _DRAW, short=short[0].name, short_value=_index(found, short[0]), spare=spare[-1].name,
        spare_value=_index(found, spare[-1]),
    )  # fmt: skip


def _connect(found: Known) -> str:
    """The best candidate shuttle; without one, places most of whose workers come from far."""
    line = _line(found)
    if line or not found.commute:
        return line
    own, far = found.commute["self_containment"], found.commute["commute_km"]
    rows = [
        far[code] for code, row in own.items()
        if row.number is not None and row.number < 1 - _FAR_SHARE
        and code in far and (far[code].number or 0.0) >= _FAR_KM
    ]  # fmt: skip
    if not rows:
        return ""
    lang = found.asker.language
    names = listed([r.name for r in known(rows)[:_NAMED]], lang)
    return found.asker.say(_CONNECT, names=names, km=number(_FAR_KM, "km", lang))


def _line(found: Known) -> str:
    asker = found.asker
    answer = shuttles(asker)
    lines = answer.extra.get("lines") if answer is not None else None
    if answer is None or not lines:
        return ""
    first = answer.extra["parks"][0] if "parks" in answer.extra else answer.extra
    line = next((x for x in lines if x["id"] == first.get("id", x["id"])), None)
    if line is None or not first["unserved"]:
        return ""
    lang, people = asker.language, asker.say(_PEOPLE)
    return asker.say(
        _LINE, name=first.get("name") or place_name(asker), line=line["name"],
        n=number(first["unserved"], "count", lang, people), km=number(line["km"], "km", lang),
        riders=number(line["riders"], "count", lang, people),
    )  # fmt: skip


def _fill(found: Known) -> str:
    slow = [
        r for r in known(found.ranked)
        if _below(found.detail[r.id], "fill_rate", EDGES["fill_rate"][0])
        and (found.detail[r.id]["open_days"] or 0.0) >= _LONG_DAYS
    ]  # fmt: skip
    if not slow:
        return ""
    names = listed([r.name for r in slow[:_NAMED]], found.asker.language)
    return found.asker.say(_FILL, names=names, days=f"{_LONG_DAYS:g}")


def _below(detail: dict[str, Any], name: str, edge: float) -> bool:
    return detail[name] is not None and detail[name] < edge


def _index(found: Known, row: Row) -> str:
    return number(row.number or 0.0, "ratio", found.asker.language)


RULES: tuple[Rule, ...] = (
    lambda k: _of_action(k, "recruit", _RECRUIT),
    lambda k: _of_action(k, "train", _TRAIN),
    _draw,
    lambda k: _of_action(k, "share", _SHARE, ample=True),
    _connect,
    _fill,
)
