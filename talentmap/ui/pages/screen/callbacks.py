"""The wall screen: one window without controls, which turns through its stories by itself.

The script (assets/55-tm-screen.js) reads the round and each turn once a release and keeps them, so
that the wall goes on with what it has when the server does not answer.
"""

from __future__ import annotations

from typing import Any

from dash import Output
from dash.development.base_component import Component

from talentmap.model.errors import UserError
from talentmap.model.question import Question
from talentmap.ui.components.states import refused
from talentmap.ui.page import Page
from talentmap.ui.pages.screen import asked, canvas, programme, words
from talentmap.ui.pages.screen.layout import Ids, frame, skeleton
from talentmap.ui.pages.screen.stories import story_of
from talentmap.ui.visit import Desk, Viewer, Visit

_JSON = "application/json"


def template(visit: Visit) -> str:
    """Return the question of a turn as a sentence."""
    return visit.say_plain(words.SENTENCE[story_of(visit)])


def default(_desk: Desk, _viewer: Viewer) -> Question:
    """Return the scarcity of the whole city, in the newest month whichever that is."""
    return Question("scarcity")


def spec(visit: Visit) -> dict[str, Any]:
    """Return what the map draws before the first turn."""
    return canvas.spec(story_of(visit), visit)


PAGE = Page(
    id="screen",
    path="/screen",
    name=words.NAME,
    icon="monitor",
    sentence=template,
    default=default,
    skeleton=skeleton,
    spec=spec,
    bare=True,
    order=5,
)


@PAGE.shows(Output(Ids.FRAME, "children"), main=True, still=True)
def shown(visit: Visit) -> Component:
    """The frame as the office composed it; a composition that is wrong says where."""
    story_of(visit)
    try:
        composition = asked.desk_of(visit).composition()
    except UserError as error:
        return refused(error, visit)
    return frame(
        composition,
        data_seconds=str(composition.seconds),
        data_resume=str(composition.resume),
        data_language=visit.language,
        data_paused=visit.say(words.PAUSED),
        data_stale=visit.say(words.STALE, time="{t}"),
        data_stamp=programme.stamp(visit, composition),
    )


@PAGE.offers("/screen/now.json", _JSON)
def now(visit: Visit) -> str:
    """Whether the release or the composition is another one."""
    return programme.now(visit)


@PAGE.offers("/screen/programme.json", _JSON)
def a_round(visit: Visit) -> str:
    """The round of turns."""
    return programme.programme(visit)


@PAGE.offers("/screen/turn.json", _JSON)
def turn(visit: Visit) -> str:
    """One turn."""
    return programme.turn(visit)
