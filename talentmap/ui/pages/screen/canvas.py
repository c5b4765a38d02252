"""What the map of the wall draws for a turn, and its callouts: two or three extremes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pyarrow.compute as pc
from dash import html
from dash.development.base_component import Component

from talentmap.model.answer import OK
from talentmap.model.errors import NotAllowed, NotPublished, UserError
from talentmap.model.question import Question
from talentmap.model.release import Place
from talentmap.ui.components.basics import go
from talentmap.ui.draw.facts import Row, by_value, rows_of
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
_LEAST = 2  # places, for extremes to mean something
# The script shows two of the high and one of the low ones: the first that are in the window.
_OFFERED = 5
_LEAST_CELLS = 40  # fewer say less than the districts do
_FINEST = 8  # resolution of the hexagons


@dataclass(frozen=True, slots=True)
class Callout:
    """A place pointed at on the map, and the HTML of its box."""

    place: Place
    html: str
    end: str  # high or low

    def to_json(self) -> dict[str, Any]:
        """Return what the script needs to place it."""
        place = self.place
        return {"id": f"{place.kind}:{place.code}", "lon": place.lon, "lat": place.lat,
                "html": self.html, "end": self.end}  # fmt: skip


def spec(story: str, visit: Visit) -> dict[str, Any]:
    """Return the map spec of a turn: hexagons, else districts, else the city without filters."""
    bare = Question(METRIC[story], visit.question.at, month=visit.question.month)
    refusal: UserError = NotPublished("map")
    for question in (visit.question, bare):
        for level in _LEVELS:
            shown = question.but(metric=METRIC[story], level=level, versus="")
            try:
                drawn = _spec(replace(visit, question=shown))
                if level == "district" or _many(visit, shown, drawn["resolutions"]):
                    return drawn
            except (NotPublished, NotAllowed) as error:
                refusal = error
    raise refusal


def _many(visit: Visit, shown: Question, resolutions: list[int]) -> bool:
    """Tell whether so many hexagons have a value that they make a picture."""
    asked_for = shown.but(level=f"cell{max(resolutions)}", place="")
    answer = visit.desk.ask(asked_for, visit.viewer, visit.language)
    known = pc.sum(pc.equal(answer.table["status"], OK)).as_py() or 0
    return bool(known >= _LEAST_CELLS)


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
        if len(visit.info.places.get(level, ())) < _LEAST:
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
    """The scarcest beyond the balanced band, and the most ample: both only where it is sure."""
    known = _rows(visit, question)
    wanted = {row.id: row for row, _ in _rows(visit, question.but(metric="demand"))}
    short = [(r, p) for r, p in known if r.number >= BALANCED[1] and (r.low or 0) > 1]
    ample = [(r, p) for r, p in reversed(known) if r.number < BALANCED[0] and (r.high or 1) < 1]
    found = []
    for end, places in (("high", short), ("low", ample)):
        for row, place in places[:_OFFERED]:
            span = interval(row.low, row.high, "ratio", visit.language)
            plain = visit.say(words.SPARE_TALENT) if end == "low" else ""
            value = str(figure(row.number, "ratio", visit.language))
            lines = [visit.say(words.INTERVAL, span=span)]
            lines.append(plain or _openings(visit, wanted.get(row.id)))
            box = _box(visit, question, place, value, lines, f"c{ratio_class(row.number)}")
            found.append(Callout(place, box, end))
    return found


def _openings(visit: Visit, openings: Row | None) -> str:
    """Return the openings of a place: the index beside them is shrunk, so no ratio is said."""
    if openings is None or not openings.number:
        return ""
    return visit.say(words.OPENINGS, n=str(figure(openings.number, "count", visit.language)))


def _wanted(visit: Visit, question: Question) -> list[Callout]:
    """The places with the most openings, and their share of the city's."""
    city = asked.shown(lambda: visit.desk.ask(question.but(level="city"), visit.viewer))
    found = []
    for row, place in _rows(visit, question)[:_OFFERED]:
        if not row.number:
            break
        value = str(figure(row.number, "count", visit.language))
        lines = [visit.say(words.POSTS_HERE)]
        if city.ok:
            share = str(figure(row.number / city.number, "share", visit.language))
            lines.append(visit.say(words.OF_CITY, share=share))
        found.append(Callout(place, _box(visit, question, place, value, lines, "demand"), "high"))
    return found


def _far(visit: Visit, question: Question) -> list[Callout]:
    """The places with the longest mean ways to work, and with the shortest."""
    known = _rows(visit, question)
    high = known[: min(_OFFERED, len(known) // 2)]
    low = known[::-1][: len(known) - len(high)][:_OFFERED]
    found = []
    for end, places in (("high", high), ("low", low)):
        for row, place in places:
            value = str(figure(row.number, "km", visit.language))
            persons = str(figure(row.n or 0.0, "count", visit.language))
            lines = [visit.say(words.MEAN_WAY), visit.say(words.WORK_HERE, n=persons)]
            box = _box(visit, question, place, value, lines, "plain")
            found.append(Callout(place, box, end))
    return found


def _box(
    visit: Visit, question: Question, place: Place, value: str, lines: list[str], tone: str
) -> str:
    """Return the HTML of a callout: the name, the number, two lines; it leads to the map."""
    there = replace(visit, question=question.but(place=f"{place.kind}:{place.code}"))
    said: list[Component] = [html.Span(line, className="num") for line in lines if line]
    body: list[Component] = [
        html.Div(visit.say_plain(place.name), className="wall-name"),
        html.Div([html.Strong(value, className="num"), html.Span(said)]),
    ]
    return to_html(go(body, there.href("/", tab=""), f"wall-callout {tone}"))


_CHOOSE = {"scarcity": _scarce, "mismatch": _wanted, "commute": _far}
