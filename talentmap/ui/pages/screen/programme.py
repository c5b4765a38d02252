"""What the script of the wall reads: the round of turns, one turn, and whether anything is new."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from dash import html
from dash.development.base_component import Component

from talentmap.model import months
from talentmap.model.composition import Composition
from talentmap.ui import text
from talentmap.ui.components.basics import attrs, go, icon
from talentmap.ui.pages.screen import asked, canvas, kpis, stories, tiles, words
from talentmap.ui.pages.screen.captions import Headline, width
from talentmap.ui.sentence import plain
from talentmap.ui.still import to_html
from talentmap.ui.visit import Visit

_BESIDE = 0.5  # of the size of the headline
# A longer headline is smaller, so that it never meets the tabs; edges in Chinese characters.
_LONG = ((44.0, "longest"), (36.0, "longer"), (31.0, "long"))


def now(visit: Visit) -> str:
    """Return {stamp}: it changes with the release and with the composition. Asks no number."""
    return _json({"stamp": stamp(visit, asked.desk_of(visit).composition())})


def stamp(visit: Visit, composition: Composition) -> str:
    """Return what names the release and the composition that are current."""
    chosen = hashlib.sha256(repr(composition).encode()).hexdigest()[:12]
    return f"{visit.info.name} {visit.viewer.tier} {chosen}"


def programme(visit: Visit) -> str:
    """Return {stamp, turns, parts}: the round, and what of the wall is the same in every turn."""
    composition = asked.desk_of(visit).composition()
    turns = stories.turns(visit, composition)
    return _json(
        {
            "stamp": stamp(visit, composition),
            "turns": [{"story": turn.story, "href": turn.href} for turn in turns],
            "parts": {
                "kpis": to_html(kpis.strip(visit, composition.kpis)),
                "tabs": to_html(_tabs(visit, composition)),
            },
        }
    )


def turn(visit: Visit) -> str:
    """Return {parts, spec, href, callouts} of one turn; the headline says so where it has none."""
    composition = asked.desk_of(visit).composition()
    story = stories.story_of(visit)
    said = stories.headline(story, visit)
    drawn = canvas.spec(story, visit)
    parts = {f"tile-{name}": tiles.tile(visit, name) for name in composition.tiles}
    return _json(
        {
            "parts": {
                "about": to_html(_about(visit, story)),
                "headline": to_html(_headline(visit, said)),
                **parts,
            },
            "spec": drawn,
            "href": canvas.href(visit, drawn),
            "callouts": [one.to_json() for one in canvas.callouts(story, visit)],
        }
    )


def _headline(visit: Visit, said: Headline | None) -> Component:
    if said is None:
        return html.H1(visit.say(words.NOTHING))
    sentence = [
        html.Span(said.before),
        html.Strong(f"{said.number} {said.after}".strip(), className=f"num {said.tone}"),
    ]
    long = said.length + _BESIDE * width(said.beside)
    kind = next((name for edge, name in _LONG if long > edge), "")
    return html.H1([*sentence, html.Span(said.beside, className="wall-beside num")], className=kind)


def _about(visit: Visit, story: str) -> list[Component]:
    """Return the line above the headline: product, city, the question; key, month, marks."""
    info = visit.info
    month = months.to_words(visit.month, visit.language)
    left = [
        go(visit.say(text.PRODUCT), visit.href("/", tab=""), "wall-product"),
        html.Span(visit.say_plain(info.city)),
        html.Span(plain(words.SENTENCE[story].in_(visit.language), visit), className="wall-asked"),
    ]
    right: list[Component] = [
        html.Span(className="wall-stale", role="status"),
        html.Span(visit.say(words.KEY)),
        html.Span(visit.say(words.DATA, month=month, number=info.number), title=info.name),
    ]
    if info.synthetic:
        why = visit.say(text.SYNTHETIC_WHY)
        right.append(html.Span(visit.say(text.SYNTHETIC), className="synthetic", title=why))
    name = visit.say(words.COMPOSE)
    lang = "" if visit.language == "zh" else f"?lang={visit.language}"
    right.append(
        go(icon("layers", 14), f"/compose{lang}", "wall-compose", title=name,
           **attrs(aria_label=name))
    )  # fmt: skip
    return [html.Div(left), html.Div(right)]


def _tabs(visit: Visit, composition: Composition) -> list[Component]:
    return [
        html.Button(
            [html.Span(html.I(), className="wall-time"), html.Span(visit.say(words.STORIES[name]))],
            className="wall-tab",
            **attrs(data_story=name),
        )
        for name in composition.stories
    ]


def _json(given: dict[str, Any]) -> str:
    return json.dumps(given, ensure_ascii=False)
