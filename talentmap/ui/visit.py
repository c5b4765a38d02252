"""A visit: who looks at which page, in which language, with which question. The URL says it all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlencode

from talentmap.model import months
from talentmap.model.answer import MISSING, Answer
from talentmap.model.area import AREA_KINDS
from talentmap.model.cells import from_hex, resolution_of
from talentmap.model.codes import code_table
from talentmap.model.errors import UserError, unknown
from talentmap.model.metric import Metric
from talentmap.model.question import Question
from talentmap.model.release import Place, ReleaseInfo
from talentmap.model.words import LANGUAGES, Words

# Choices within a page; those of the place mean nothing for another one.
OF_PLACE = ("line", "sector", "all", "page")
CHOICES = ("tab", "least", "compare", "look", "base", *OF_PLACE)
# Words of the URL that are about the page, not about the question.
OPTIONS = ("lang", "view", "off", "by", *CHOICES)

# The metric a city opens with: the first of these it has data for.
_OPENING = ("scarcity", "supply", "demand")


class Viewer(Protocol):
    """Who looks: the tier decides what may be shown."""

    @property
    def tier(self) -> str:
        """public, internal or authorised."""
        ...

    @property
    def tiers(self) -> tuple[str, ...]:
        """The tiers it may look as, the least first."""
        ...

    @property
    def purpose(self) -> str:
        """What single records are looked at for; empty where nobody said."""
        ...

    @property
    def who(self) -> str:
        """Who said what for."""
        ...

    @property
    def until(self) -> int:
        """When the purpose ends, in seconds since 1970; 0 where it does not."""
        ...


class Desk(Protocol):
    """What pages need of the desk: the only door to numbers."""

    @property
    def info(self) -> ReleaseInfo:
        """The release being served, in words."""
        ...

    @property
    def metrics(self) -> Mapping[str, Metric]:
        """The metrics by id."""
        ...

    def ask(self, question: Question, viewer: Any, language: str = "zh", /) -> Answer:
        """Answer at the question's level."""
        ...

    def above(self, place: str, /) -> list[Place]:
        """Return the places a place lies in, the largest first."""
        ...

    def enterprise(self, question: Question, viewer: Any, language: str = "zh", /) -> Answer:
        """Answer with the card of the question's enterprise."""
        ...

    def records(
        self, question: Question, viewer: Any, language: str = "zh", page: int = 1, /
    ) -> Answer:
        """Answer with a page of masked records of the question's place."""
        ...

    def file(self, question: Question, viewer: Any, language: str, format_: str, /) -> bytes:
        """Return the answer as a file of a format."""
        ...

    def series(self, question: Question, viewer: Any, language: str = "zh", /) -> Answer:
        """Answer for one place over all months."""
        ...

    def breakdown(
        self, question: Question, dimension: str, viewer: Any, language: str = "zh", /
    ) -> Answer:
        """Answer for one place by the codes of a dimension."""
        ...


@dataclass(frozen=True)
class Visit:
    """One look at a page. Everything but the desk and the viewer comes from the URL."""

    desk: Desk
    viewer: Viewer
    path: str
    question: Question
    language: str = "zh"
    view: str = ""
    off: frozenset[str] = frozenset()
    by: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)

    @property
    def info(self) -> ReleaseInfo:
        """The release being served."""
        return self.desk.info

    @property
    def metric(self) -> Metric:
        """The metric in question."""
        return self.desk.metrics[self.question.metric]

    @property
    def month(self) -> int:
        """Index of the month in question: the newest where none is named."""
        return months.to_index(self.question.month) if self.question.month else self.info.month

    def say(self, words: Words, **values: object) -> str:
        """Return the words in the visit's language, with {names} filled in."""
        return words.in_(self.language).format(**values)

    def say_plain(self, words: Words) -> str:
        """Return words that come from data: braces in them are just braces."""
        return words.in_(self.language)

    def ask(self, **changes: Any) -> Answer:
        """Ask the desk the visit's question with some words changed; never with `versus`."""
        return self.desk.ask(self._but(changes), self.viewer, self.language)

    def series(self, **changes: Any) -> Answer:
        """Return the value of every month."""
        return self.desk.series(self._but(changes), self.viewer, self.language)

    def breakdown(self, dimension: str, **changes: Any) -> Answer:
        """Return the value of every code of a dimension."""
        return self.desk.breakdown(self._but(changes), dimension, self.viewer, self.language)

    def here(self, **changes: Any) -> Answer:
        """Return the one row of the selected place, or of the whole city."""
        return self.ask(level=place_level(self.question.place), **changes)

    def then(self, answer: Callable[..., Answer], **changes: Any) -> Answer | None:
        """Return the same answer for the month to compare with; None where there is none."""
        if not self.question.versus:
            return None
        return answer(month=self.question.versus, **changes)

    def href(self, path: str | None = None, **changes: str) -> str:
        """Return the address of this page (or of `path`) with some words of the URL changed.

        A chain stands instead of an industry: setting one takes the other away.
        """
        words = {**dict(parse_qsl(self.question.to_query())), **self._options(), **changes}
        if changes.get("place", self.question.place) != self.question.place:
            words = {n: v for n, v in words.items() if n not in OF_PLACE or n in changes}
        for name, instead in (("industry", "chain"), ("chain", "industry")):
            if name in changes and instead not in changes:
                words[instead] = ""
        kept = {name: value for name, value in words.items() if value}
        return f"{self.path if path is None else path}?{urlencode(kept, safe=':,')}"

    def _options(self) -> dict[str, str]:
        lang = "" if self.language == LANGUAGES[0] else self.language
        return {"lang": lang, "off": ",".join(sorted(self.off)), "by": self.by, **self.choices}

    def _but(self, changes: dict[str, Any]) -> Question:
        return replace(self.question, **{"level": "city", "versus": "", **changes})


def place_level(place: str) -> str:
    """Return the level of a place: `city` for none, `cell8` for a cell, `area` for a drawn one."""
    kind, _, code = place.partition(":")
    if kind in AREA_KINDS:
        return "area"
    return f"cell{resolution_of(from_hex(code))}" if kind == "cell" else kind or "city"


def read_options(search: str) -> dict[str, str]:
    """Return the words of a URL that are about the page; never raises."""
    return {n: v for n, v in parse_qsl(search.lstrip("?")) if n in OPTIONS}


def language_of(search: str) -> str:
    """Return the language a URL asks for; Chinese where it names none or an unknown one."""
    lang = read_options(search).get("lang", "")
    return lang if lang in LANGUAGES else LANGUAGES[0]


def read_question(search: str, default: Question) -> Question:
    """Return the question of a URL; raise UserError naming a wrong or doubled parameter.

    A URL without a metric is an opening one: the words it does not name are those of `default`.
    """
    pairs = [(n, v) for n, v in parse_qsl(search.lstrip("?")) if n not in OPTIONS]
    given = Question.from_query(urlencode(pairs))
    names = {name for name, _ in pairs}
    if "metric" in names:
        return given
    return replace(default, **{name: getattr(given, name) for name in names})


def check_known(desk: Desk, question: Question) -> None:
    """Raise UserError where a metric, code, month or place is not one of the release."""
    if question.metric not in desk.metrics:
        raise unknown("metric", question.metric, desk.metrics)
    for dimension, code in question.filters().items():
        code_table(dimension).check(code)
    for name in ("month", "versus"):
        value = getattr(question, name)
        if value and months.to_index(value) not in desk.info.months:
            first, last = desk.info.months[0], desk.info.months[-1]
            span = f"{months.to_text(first)} to {months.to_text(last)}"
            raise UserError(f"{name}: {value} is not in the release, which has {span}")
    if question.chain and question.chain not in desk.info.chains:
        raise unknown("chain", question.chain, desk.info.chains)
    kind, code = question.place_parts()
    if kind in ("district", "park") and desk.info.place(kind, code) is None:
        raise unknown(f"place {kind}", code, [p.code for p in desk.info.places.get(kind, ())])


def default_question(desk: Desk, viewer: Viewer, level: str) -> Question:
    """Return the question a city opens with: scarcity of its default industry, at work, newest.

    A city without vacancies opens with its talent. Compared with the same month a year before
    where the release has it.
    """
    info = desk.info
    year_before = info.month - 12
    question = Question(
        at="work",
        industry=info.default_industry,
        month=months.to_text(info.month),
        versus=months.to_text(year_before) if year_before in info.months else "",
    )
    metric = next(
        (m for m in _OPENING if _has_data(desk, viewer, question.but(metric=m))), "supply"
    )
    return question.but(metric=metric, level=level)


def _has_data(desk: Desk, viewer: Viewer, question: Question) -> bool:
    if question.metric not in desk.metrics:
        return False
    answer = desk.ask(question.but(versus=""), viewer)
    return bool(answer.table["status"].to_pylist() != [MISSING])
