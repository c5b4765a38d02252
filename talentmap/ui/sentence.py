"""The question as a sentence in which every word that can change is a control.

A page gives a template like `{city} {industry} 的 {metric}[，限 {education}]`: {words} are
controls, what stands in [brackets] is left out while the word in it is empty.
"""

from __future__ import annotations

import re

from dash import html
from dash.development.base_component import Component

from talentmap.model import months
from talentmap.model.codes import code_table
from talentmap.model.errors import UserError
from talentmap.model.question import FILTERS
from talentmap.ui import text
from talentmap.ui.components.basics import attrs, icon
from talentmap.ui.draw.facts import only_row
from talentmap.ui.visit import Visit

_OPTIONAL = re.compile(r"\[([^\]]*)\]")
_WORD = re.compile(r"\{(\w+)\}")

# Words written differently in different sentences but changed by the same picker.
PICKERS = {"does": "at", "where": "place"}
FIXED = ("city", "goes")


def labels(visit: Visit) -> dict[str, str]:
    """Return the text of every word of the sentence; empty for a word that is not set."""
    q = visit.question
    place = place_name(visit)
    city = visit.say_plain(visit.info.city)
    named = {
        "city": city,
        "place": place,
        "where": place or city,
        "metric": visit.say_plain(visit.metric.name),
        "at": visit.say(text.AT[q.at]),
        "does": visit.say(text.DOES[q.at]),
        "goes": visit.say(text.GOES[q.at]),
        "month": months.to_words(visit.month, visit.language),
        "versus": versus_words(visit, q.versus),
        "chain": visit.say_plain(visit.info.chains[q.chain][0]) if q.chain else "",
    }
    return {**named, **{name: _code_label(visit, name) for name in FILTERS}}


def plain(template: str, visit: Visit) -> str:
    """Return the sentence as text: the title of a map, a table, an export."""
    words = labels(visit)
    return "".join(
        part if kind == "fixed" else words[part] for kind, part in _parts(template, words)
    )


def sentence(template: str, chips: tuple[str, ...], visit: Visit) -> Component:
    """Return the sentence with its controls and, after it, a quiet chip for each empty word."""
    words = labels(visit)
    parts = [
        html.Span(part, className="fixed") if kind == "fixed" else _word(part, words[part], visit)
        for kind, part in _parts(template, words)
    ]
    empty = [name for name in chips if not words.get(name)]
    offered = [_chip(name, visit) for name in empty if _has_options(name, visit)]
    return html.Div(
        [html.Div(parts, className="sentence"), html.Div(offered, className="chips")],
        className="sentence-bar",
    )


def place_name(visit: Visit) -> str:
    """Return the name of the selected place, '' for none; a hexagon is named after where it is."""
    kind, code = visit.question.place_parts()
    if not kind:
        return ""
    place = visit.info.place(kind, code)
    if place is not None:
        return visit.say_plain(place.name)
    named = _desk_name(visit)
    if not named:
        return visit.say(text.KIND[kind])
    return visit.say(text.CELL_NAME, name=named) if kind == "cell" else named


def _desk_name(visit: Visit) -> str:
    """Return what the desk calls a hexagon or an enterprise; '' where the tier may not see it."""
    alone = dict.fromkeys(FILTERS, "")
    try:
        return only_row(visit.here(metric="supply", at="work", **alone)).name
    except UserError:
        return ""  # the page says what is not open or not published


def versus_words(visit: Visit, versus: str) -> str:
    """Return how the month to compare with is called beside the month in question."""
    if not versus:
        return ""
    apart = visit.month - months.to_index(versus)
    known = {12: text.YEAR_AGO, 1: text.MONTH_AGO}
    if apart in known:
        return visit.say(known[apart])
    return months.to_words(months.to_index(versus), visit.language)


def _parts(template: str, words: dict[str, str]) -> list[tuple[str, str]]:
    """Split a template into ('fixed', text) and ('word', name)."""

    def kept(match: re.Match[str]) -> str:
        return match[1] if all(words.get(name) for name in _WORD.findall(match[1])) else ""

    parts: list[tuple[str, str]] = []
    for index, piece in enumerate(_WORD.split(_OPTIONAL.sub(kept, template))):
        if piece:
            parts.append(("word" if index % 2 else "fixed", piece))
    return parts


def _word(name: str, label: str, visit: Visit) -> Component:
    if name in FIXED:
        return html.Span(label, className=f"fixed-word word-{name}")
    picker = PICKERS.get(name, name)
    what = visit.say(text.WORD[picker])
    title = f"{label} — {visit.say(text.CHANGE_WORD, what=what)}"
    short = _short(name, visit) or label
    body = [html.Span(label, className="full"), html.Span(short, className="brief")]
    return html.Button(
        body,
        className=f"word word-{picker}",
        title=title,
        **attrs(data_word=picker, aria_haspopup="listbox", aria_expanded="false"),
    )


def _chip(name: str, visit: Visit) -> Component:
    words = {"place": text.PLACE_CHIP, "versus": text.VERSUS_CHIP}.get(name) or text.WORD[name]
    label = visit.say(words)
    return html.Button(
        [icon("plus", 12), html.Span(label.lower() if visit.language == "en" else label)],
        className="chip",
        **attrs(data_word=name, aria_haspopup="listbox", aria_expanded="false"),
    )


def _has_options(name: str, visit: Visit) -> bool:
    if name == "place":
        return any(visit.info.places.get(kind) for kind in ("district", "park"))
    if name == "chain":
        return bool(visit.info.chains)
    return name not in FILTERS or bool(visit.info.codes.get(name))


def _code_label(visit: Visit, dimension: str) -> str:
    code = getattr(visit.question, dimension)
    if dimension == "industry" and visit.question.chain:
        return visit.say_plain(visit.info.chains[visit.question.chain][0])
    if not code:
        return visit.say(text.ALL_INDUSTRIES) if dimension == "industry" else ""
    # English names of whole sections are too long for a sentence.
    return code_table(dimension).name(code, visit.language, short=visit.language == "en")


def _short(name: str, visit: Visit) -> str:
    code = getattr(visit.question, name, "") if name in FILTERS else ""
    return code_table(name).name(code, visit.language, short=True) if code else ""
