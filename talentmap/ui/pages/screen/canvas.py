"""What the map of the wall draws for a turn, and its callouts: two or three extremes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from dash import html
from dash.development.base_component import Component

from talentmap.model.errors import NotAllowed, NotPublished, UserError
from talentmap.model.question import Question
from talentmap.model.release import Place
from talentmap.ui.components.basics import go
from talentmap.ui.draw.facts import Row, by_value, rows_of, total
from talentmap.ui.draw.numbers import figure, interval
from talentmap.ui.draw.scale import BALANCED, ratio_class
from talentmap.ui.draw.spec import map_spec, shown_question
from talentmap.ui.layers import drawable, layer_of_visit
from talentmap.ui.pages.screen import asked, words
from talentmap.ui.still import to_html
from talentmap.ui.visit import Visit

METRIC = {"scarcity": "scarcity", "mismatch": "demand", "commute": "commute_km"}
_OFF = frozenset({"points"})
_LEVELS = ("cell8", "district")  # cell8 stands for hexagons: the zoom chooses their size
_MOST = 2  # callouts at the top
_FINEST = 8  # resolution of the hexagons


@dataclass(frozen=True, slots=True)
class Callout:
    """A place pointed at on the map, and the HTML of its box."""

    place: Place
    html: str
    tone: str

    def to_json(self) -> dict[str, Any]:
        """Return what the script needs to place it."""
        place = self.place
        return {"id": f"{place.kind}:{place.code}", "lon": place.lon, "lat": place.lat,
                "html": self.html, "tone": self.tone}  # fmt: skip


def spec(story: str, visit: Visit) -> dict[str, Any]:
    """Return the map spec of a turn: hexagons, else districts, else the city without filters."""
    bare = Question(METRIC[story], visit.question.at, month=visit.question.month)
    refusal: UserError = NotPublished("map")
    for question in (visit.question, bare):
        for level in _LEVELS:
            shown = question.but(metric=METRIC[story], level=level, versus="")
            try:
                return _spec(replace(visit, question=shown))
            except (NotPublished, NotAllowed) as error:
                refusal = error
    raise refusal


def _spec(visit: Visit) -> dict[str, Any]:
    layer = layer_of_visit(visit)
    drawn = map_spec(
        visit.info, visit.question, layer, visit.metric, visit.language, visit.viewer.tier, _OFF
    )
    # From a distance the smallest hexagons are specks: they stay out however large the wall is.
    kept = [r for r in drawn["resolutions"] if r <= _FINEST] or drawn["resolutions"]
    given = {**drawn, "resolutions": kept}
    return {**drawable(visit, given, shown_question(visit.question, layer)), "instead": None}


def href(visit: Visit, drawn: dict[str, Any]) -> str:
    """Return the page 地图 with what the wall's map shows."""
    given = Question.from_query(drawn["query"])
    level = "district" if drawn["level"] == "district" else "cell8"
    level = "cell7" if level == "cell8" and visit.viewer.tier == "public" else level
    there = replace(visit, question=given.but(level=level, place=visit.question.place))
    return there.href("/", tab="")


def callouts(story: str, visit: Visit) -> list[Callout]:
    """Return the extremes among the parks (or districts, where there are none), none unsure."""
    q = visit.question.but(metric=METRIC[story], versus="", place="")
    for level in ("park", "district"):
        if len(visit.info.places.get(level, ())) < _MOST:
            continue
        try:
            return _CHOOSE[story](visit, q.but(level=level))
        except (NotPublished, NotAllowed):
            continue
    return []


def _rows(visit: Visit, question: Question) -> list[tuple[Row, Place]]:
    rows = by_value(rows_of(visit.desk.ask(question, visit.viewer, visit.language)))
    placed = [(row, visit.info.place(question.level, row.id)) for row in rows if row.ok]
    return [(row, place) for row, place in placed if place is not None]


def _scarce(visit: Visit, question: Question) -> list[Callout]:
    known = _rows(visit, question)
    wanted = {row.id: row for row, _ in _rows(visit, question.but(metric="demand"))}
    short = [(r, p) for r, p in known if r.number >= BALANCED[1] and (r.low or 0) > 1][:_MOST]
    ample = [(r, p) for r, p in known if r.number < BALANCED[0] and (r.high or 1) < 1][-1:]
    found = []
    for row, place in [*short, *ample]:
        span = interval(row.low, row.high, "ratio", visit.language)
        openings = wanted.get(row.id)
        plain = visit.say(words.SPARE_TALENT)
        if row.number > 1:
            plain = _openings(visit, openings)
        value = str(figure(row.number, "ratio", visit.language))
        lines = [visit.say(words.INTERVAL, span=span), plain]
        found.append(_callout(visit, question, place, value, lines, f"c{ratio_class(row.number)}"))
    return found


def _openings(visit: Visit, openings: Row | None) -> str:
    """Return the openings of a place: the index beside them is shrunk, so no ratio is said."""
    if openings is None or not openings.number:
        return ""
    return visit.say(words.OPENINGS, n=str(figure(openings.number, "count", visit.language)))


def _wanted(visit: Visit, question: Question) -> list[Callout]:
    known = _rows(visit, question)
    whole = total([row for row, _ in known])
    city = asked.shown(lambda: visit.desk.ask(question.but(level="city"), visit.viewer))
    whole = city.number if city.ok else whole
    found = []
    for row, place in known[: _MOST + 1]:
        if not row.number:
            continue
        value = str(figure(row.number, "count", visit.language))
        share = str(figure(row.number / whole, "share", visit.language)) if whole else ""
        lines = [visit.say(words.POSTS_HERE), visit.say(words.OF_CITY, share=share)]
        found.append(_callout(visit, question, place, value, lines, "demand"))
    return found


def _far(visit: Visit, question: Question) -> list[Callout]:
    known = _rows(visit, question)
    ends = [*known[:_MOST], *known[_MOST:][-1:]]
    found = []
    for row, place in ends:
        value = f"{figure(row.number, 'km', visit.language)}"
        persons = str(figure(row.n or 0.0, "count", visit.language))
        lines = [visit.say(words.MEAN_WAY), visit.say(words.WORK_HERE, n=persons)]
        found.append(_callout(visit, question, place, value, lines, "supply"))
    return found


def _callout(
    visit: Visit, question: Question, place: Place, value: str, lines: list[str], tone: str
) -> Callout:
    there = replace(visit, question=question.but(place=f"{place.kind}:{place.code}"))
    box: list[Component] = [
        html.Div(visit.say_plain(place.name), className="wall-name"),
        html.Div(
            [
                html.Strong(value, className="num"),
                html.Span([html.Span(line, className="num") for line in lines if line]),
            ]
        ),
    ]
    link = go(box, there.href("/", tab=""), f"wall-callout {tone}")
    return Callout(place, to_html(link), tone)


_CHOOSE = {"scarcity": _scarce, "mismatch": _wanted, "commute": _far}
