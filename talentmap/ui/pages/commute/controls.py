"""The switches of the page 职住: what is coloured, which view, from how many people, whom."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from talentmap.answers.viewer import Viewer
from talentmap.model.errors import UserError
from talentmap.model.words import Words
from talentmap.ui.components.basics import attrs, current, go, icon, segmented
from talentmap.ui.draw.steps import round_count
from talentmap.ui.pages.commute import asking, words
from talentmap.ui.visit import Visit, place_level

_VIEWS = {
    "home": {"metric": "supply", "at": "home", "level": "city"},
    "work": {"metric": "supply", "at": "work", "level": "city"},
    "ratio": {"metric": "jobs_housing_ratio", "level": "city"},
    # Who lives and works within one hexagon says nothing of a place: districts are coloured.
    "contained": {"metric": "self_containment", "level": "district"},
    "distance": {"metric": "commute_km", "level": "city"},
    "flow": {"metric": asking.METRIC, "level": "city"},
}
_PARTS_OF_TOP = (0.08, 0.25, 0.5)  # of the strongest flow: the thresholds that are offered
# Under 35 and a bachelor's degree: the ways to come near it with what is published, nearest first.
_YOUNG: tuple[tuple[dict[str, str], Words], ...] = (
    ({"age": "A1", "education": "B"}, words.YOUNG_BOTH),
    ({"age": "A1", "education": ""}, words.YOUNG_AGE),
    ({"age": "", "education": "B"}, words.YOUNG_EDUCATION),
)


def layer_switch(visit: Visit) -> Component:
    """Return the switch 居住 / 工作 / 职住比 / 自足率 / 通勤距离 / 流向."""
    q = visit.question
    options = [
        (
            visit.say(words.VIEWS[name]),
            visit.href(**to),
            q.metric == to["metric"] and to.get("at", q.at) == q.at,
        )
        for name, to in _VIEWS.items()
        if to["metric"] in visit.desk.metrics
    ]
    label = visit.say(words.WAYS_TO_LOOK)
    return html.Div(segmented(options, label), className="card switch")


def tab_switch(visit: Visit) -> Component:
    """Return the switch 地图 / 矩阵 / 城市指标."""
    now = asking.tab(visit)
    options = [
        (visit.say(said), visit.href(tab=name, by=""), name == now)
        for name, said in words.TABS.items()
    ]
    return html.Div(segmented(options, visit.say(words.WAYS_TO_LOOK)), className="card tabs-card")


def filters(visit: Visit, strongest: float) -> Component:
    """Return the least persons of a flow and the saved filter, in one card."""
    parts = [_young(visit)]
    if visit.question.metric == asking.METRIC and strongest > 0:
        parts.insert(0, _least(visit, strongest))
    return html.Div(parts, className="card filter-card")


def _least(visit: Visit, strongest: float) -> Component:
    now = asking.least(visit)
    steps = {0, now, *(round_count(strongest * part) for part in _PARTS_OF_TOP)}
    options = [
        (
            f"{step:,}" if step else visit.say(words.ALL_FLOWS),
            visit.href(least=str(step) if step else ""),
            step == now,
        )
        for step in sorted(steps)
    ]
    label = html.Span(visit.say(words.LEAST), className="note")
    title = visit.say(words.LEAST_OF, n=f"{now:,}") if now else visit.say(words.LEAST)
    return html.Div([label, segmented(options, title)], className="least", title=title)


def _young(visit: Visit) -> Component:
    what = visit.say(words.YOUNG_WHAT)
    q = visit.question
    on = next((s for f, s in _YOUNG if f["age"] == q.age and f["education"] == q.education), None)
    chosen = (on, {"age": "", "education": ""}) if on else _nearest(visit)
    mark = html.Span(visit.say(words.YOUNG))
    if chosen is None:
        title = visit.say(words.YOUNG_NONE, what=what)
        return html.Span(mark, className="young off", title=title, **attrs(aria_disabled="true"))
    shown, to = chosen
    title = visit.say(words.YOUNG_SHOWN, what=what, shown=visit.say(shown))
    body: list[Component] = [icon("check" if on else "plus", 12), mark]
    if on:
        body.append(html.Span(visit.say(on), className="note"))
    return go(body, visit.href(**to), "young", title=title, **current(bool(on)))


def _nearest(visit: Visit) -> tuple[Words, dict[str, str]] | None:
    """The first of the ways whose commute is published for such a place, with what it sets.

    Looked up among what is published to everybody inside: for the authorised tier any crossing can
    be counted anew, which takes long in a large city and is nothing to offer on every look.
    """
    kind = visit.question.place_parts()[0]
    place = visit.question.place if kind in ("district", "park") else ""
    level = "cell8" if kind == "cell" else place_level(place)
    viewer = visit.viewer if visit.viewer.tier == "public" else Viewer("internal")
    for to, said in _YOUNG:
        question = visit.question.but(metric="inflow", level=level, place=place, versus="", **to)
        try:
            visit.desk.ask(question, viewer, visit.language)
        except UserError:
            continue
        return said, to
    return None
