"""The list behind a word of the sentence: a search box and the options, each one a link."""

from __future__ import annotations

from dataclasses import dataclass

from dash import dcc, html
from dash.development.base_component import Component

from talentmap.model import months
from talentmap.model.answer import Answer
from talentmap.model.codes import code_table
from talentmap.model.errors import UserError
from talentmap.model.question import FILTERS
from talentmap.ui import text
from talentmap.ui.components.basics import attrs, current, go
from talentmap.ui.components.table import swatch
from talentmap.ui.draw.facts import by_id
from talentmap.ui.draw.numbers import figure, status_words
from talentmap.ui.draw.scale import ratio_colour
from talentmap.ui.sentence import versus_words
from talentmap.ui.visit import Visit

_LONG = 8  # lists longer than this get a search box


@dataclass(frozen=True, slots=True)
class Option:
    """One option: its words, the value it sets, whether it stands under another, its number."""

    label: str
    value: str
    child: bool = False
    note: str = ""
    colour: str = ""


def picker(visit: Visit, word: str, metrics: list[str]) -> Component:
    """Return the picker of a word; a word that is not one raises UserError."""
    options = _options(visit, word, metrics)
    what = visit.say(text.WORD[word])
    chosen = _chosen(visit, word)
    lines = [_line(visit, word, option, chosen) for option in options]
    search = dcc.Input(
        id="picker-search",
        type="text",
        placeholder=visit.say(text.SEARCH, what=what),
        autoComplete="off",
        className="picker-search" if len(options) > _LONG else "picker-search hidden",
    )
    note = visit.say_plain(visit.metric.name) if any(o.note for o in options) else ""
    head = html.Div([html.Span(what), html.Span(note)], className="picker-head")
    empty = html.Div(visit.say(text.NO_MATCH), className="picker-empty")
    keys = html.Div(visit.say(text.KEYS), className="picker-keys")
    listed = html.Div([*lines, empty], className="picker-list", role="listbox")
    return html.Div([search, head, listed, keys], className="picker-body", **attrs(data_for=word))


def _options(visit: Visit, word: str, metrics: list[str]) -> list[Option]:
    if word in FILTERS:
        return _codes(visit, word)
    if word == "metric":
        named = [visit.desk.metrics[m] for m in metrics]
        return [Option(visit.say_plain(m.name), m.id, note=visit.say_plain(m.unit)) for m in named]
    if word == "at":
        return [Option(visit.say(text.AT[side]), side) for side in text.AT]
    if word == "place":
        return _places(visit)
    if word == "chain":
        chains = visit.info.chains.items()
        listed = [Option(visit.say_plain(name), id_) for id_, (name, _) in chains]
        return [Option(visit.say(text.ANY), ""), *listed]
    if word == "month":
        return [
            Option(months.to_words(m, visit.language), months.to_text(m))
            for m in reversed(visit.info.months)
        ]
    if word == "versus":
        return _versus(visit)
    raise UserError(f"word: {word!r} is not a word of the sentence")


def _codes(visit: Visit, dimension: str) -> list[Option]:
    """The roots the data have, and what stands under the chosen one."""
    table, known = code_table(dimension), visit.info.codes.get(dimension, ())
    chosen = table.root(getattr(visit.question, dimension))
    values = _values(visit, dimension)
    roots = [c for c in table.roots() if table.below(c) & set(known)]
    first = text.ALL_INDUSTRIES if dimension == "industry" else text.ANY
    options = [Option(visit.say(first), "")]
    for root in roots:
        options.append(_code(visit, dimension, root, values))
        below = [c.code for c in table.codes.values() if c.parent == root and c.code in known]
        if root == chosen or (len(roots) <= _LONG and len(below) > 1):
            options += [_code(visit, dimension, code, {}, child=True) for code in below]
    return options


def _code(
    visit: Visit, dimension: str, code: str, values: dict[str, tuple[str, str]], child: bool = False
) -> Option:
    note, colour = values.get(code, ("", ""))
    return Option(code_table(dimension).name(code, visit.language), code, child, note, colour)


def _places(visit: Visit) -> list[Option]:
    options = [Option(visit.say(text.WHOLE_CITY), "")]
    for kind in ("district", "park"):
        values = (
            _written(visit, visit.ask(level=kind, place="")) if visit.info.places.get(kind) else {}
        )
        for place in visit.info.places.get(kind, ()):
            note, colour = values.get(place.code, ("", ""))
            name = visit.say_plain(place.name)
            options.append(Option(name, f"{kind}:{place.code}", kind == "park", note, colour))
    return options


def _versus(visit: Visit) -> list[Option]:
    options = [Option(visit.say(text.NO_COMPARISON), "")]
    for apart in (12, 1):
        if visit.month - apart in visit.info.months:
            month = months.to_text(visit.month - apart)
            words = months.to_words(visit.month - apart, visit.language)
            options.append(Option(versus_words(visit, month), month, note=words))
    known = {option.value for option in options} | {months.to_text(visit.month)}
    others = [m for m in reversed(visit.info.months) if months.to_text(m) not in known]
    return [
        *options,
        *(Option(months.to_words(m, visit.language), months.to_text(m)) for m in others),
    ]


def _values(visit: Visit, dimension: str) -> dict[str, tuple[str, str]]:
    """The chosen metric beside each code; none where the crossing is not published."""
    if visit.metric.shape != "places":
        return {}
    try:
        return _written(visit, visit.breakdown(dimension, **{dimension: ""}))
    except UserError:
        return {}


def _written(visit: Visit, answer: Answer) -> dict[str, tuple[str, str]]:
    kind, language = visit.metric.kind, visit.language
    return {
        row.id: (
            str(figure(row.number, kind, language))
            if row.ok
            else status_words(row.status, language),
            ratio_colour(row.number) if row.ok and kind == "ratio" else "",
        )
        for row in by_id(answer).values()
    }


def _chosen(visit: Visit, word: str) -> str:
    if word == "month":
        return months.to_text(visit.month)
    return str(getattr(visit.question, word))


def _line(visit: Visit, word: str, option: Option, chosen: str) -> Component:
    mark = swatch(option.colour) if option.colour else html.Span(className="swatch none")
    body = [
        mark,
        html.Span(option.label, className="option-label"),
        html.Span(option.note, className="num"),
    ]
    kind = "option child" if option.child else "option"
    href = visit.href(**_sets(visit, word, option.value))
    here = option.value == chosen
    return go(body, href, kind, role="option", tabIndex="-1", **current(here))


def _sets(visit: Visit, word: str, value: str) -> dict[str, str]:
    """A new month takes the month it is compared with along, so that 上年同月 stays 上年同月."""
    if word != "month" or not visit.question.versus:
        return {word: value}
    apart = visit.month - months.to_index(visit.question.versus)
    then = months.to_index(value) - apart
    return {word: value, "versus": months.to_text(then) if then in visit.info.months else ""}
