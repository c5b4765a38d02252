"""The designed states: bad address, nothing published, no permission, error with its number."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from talentmap.model import months
from talentmap.model.answer import INSUFFICIENT, MISSING, SUPPRESSED
from talentmap.model.codes import code_table
from talentmap.model.errors import GridOnly, NotAllowed, NotPublished, UserError
from talentmap.model.words import Words
from talentmap.ui import text
from talentmap.ui.components.basics import attrs, go, icon
from talentmap.ui.draw.numbers import status_words
from talentmap.ui.visit import Visit

_WHY = {
    SUPPRESSED: text.WHY_SUPPRESSED,
    INSUFFICIENT: text.WHY_INSUFFICIENT,
    MISSING: text.WHY_MISSING,
}


def absent(status: str, language: str, why: bool = False) -> Component:
    """Return what stands instead of a number: the mark of the state, its name and its reason."""
    parts: list[Component] = [
        html.Span(className=f"absent absent-{status}"),
        html.Span(status_words(status, language), className="absent-word"),
    ]
    if why:
        parts.append(html.Span(_WHY[status].in_(language), className="absent-why"))
    return html.Span(parts, className="absent-line")


def bad_address(message: str, path: str, language: str) -> Component:
    """Return the message for an address that cannot be read, with a way back."""
    back = _opening(path, language)
    return _card(
        "circle-alert",
        text.BAD_ADDRESS.in_(language),
        [
            html.P(_wrong_word(message, language)),
            _line(message, language),
            html.P(go(text.BACK.in_(language), back, "link")),
        ],
        "state-bad",
    )


def no_page(path: str, language: str) -> Component:
    """Return the message for a path no page has, with a way back."""
    back = _opening("/", language)
    body = [html.Code(path, lang="en"), html.P(go(text.BACK.in_(language), back, "link"))]
    return _card("circle-alert", text.NO_PAGE.in_(language), body, "state-bad")


def refused(error: UserError, visit: Visit, brief: bool = False) -> Component:
    """Return why a part is not shown and, unless brief, the steps that would show it."""
    if isinstance(error, NotAllowed):
        mark, title, body = "lock", text.NOT_ALLOWED, [_note(text.NOT_ALLOWED_WHY, visit)]
    elif isinstance(error, GridOnly):
        mark, title, body = "map", text.GRID_ONLY, [_note(text.GRID_ONLY_WHY, visit)]
    elif isinstance(error, NotPublished):
        mark, title, body = "lock", text.NOT_PUBLISHED, _ways(visit)
    else:
        back = html.P(go(visit.say(text.BACK), _opening(visit.path, visit.language), "link"))
        mark, title, body = "circle-alert", text.REFUSED, [_line(str(error), visit.language), back]
    return _card(mark, visit.say(title), [] if brief else body)


def _opening(path: str, language: str) -> str:
    """Return the address a page opens with."""
    return path if language == "zh" else f"{path}?lang={language}"


def _ways(visit: Visit) -> list[Component]:
    """Each filter that can be taken away, the newest month and the whole city, as links."""
    ways = [
        go(
            visit.say(text.WITHOUT, what=_filter_name(name, code, visit)),
            visit.href(**{name: ""}),
            "link",
        )
        for name, code in visit.question.filters().items()
    ]
    if visit.month != visit.info.month:
        newest = visit.href(month=months.to_text(visit.info.month), versus="")
        words = months.to_words(visit.info.month, visit.language)
        ways.append(go(visit.say(text.SEE_MONTH, month=words), newest, "link"))
    if visit.question.place:
        ways.append(go(visit.say(text.SEE_CITY), visit.href(place=""), "link"))
    return [_note(text.NOT_PUBLISHED_WHY, visit), html.P(ways, className="ways")] if ways else []


def failed(number: str, language: str) -> Component:
    """Return the state of an unforeseen error: what is kept, a retry, and the incident's number."""
    return _card(
        "circle-alert",
        text.FAILED.in_(language),
        [
            html.P(text.FAILED_WHY.in_(language)),
            html.Div(
                [
                    html.Button(
                        text.RETRY.in_(language), className="button", **attrs(data_retry="")
                    ),
                    html.Span(text.INCIDENT.in_(language).format(number=number), className="note"),
                ],
                className="ways",
            ),
        ],
        "state-bad",
    )


def nothing(title: str, why: str) -> Component:
    """Return the empty state."""
    return _card("search", title, [html.P(why)])


def elsewhere(title: str, why: str, ways: list[tuple[str, str]]) -> Component:
    """Return the card of a question that another page answers; ways are (words, href)."""
    links = [go(words, href, "link") for words, href in ways]
    return _card("info", title, [html.P(why), html.P(links, className="ways")])


def _wrong_word(message: str, language: str) -> str:
    """Say which condition of the address is wrong: a message begins with its name."""
    name = (message.partition(":")[0].split() or [""])[0]
    if name in text.WORD:
        return text.BAD_WORD.in_(language).format(what=text.WORD[name].in_(language))
    return text.BAD_ADDRESS_WHY.in_(language)


def _line(message: str, language: str) -> Component:
    """Return the program's own line, which is English: on a Chinese page behind 详情."""
    code = html.Code(message, lang="en")
    if language == "en":
        return code
    return html.Details(
        [html.Summary(text.DETAILS.in_(language), className="link"), code], className="details"
    )


def _note(words: Words, visit: Visit) -> Component:
    return html.P(visit.say(words))


def _filter_name(dimension: str, code: str, visit: Visit) -> str:
    return code_table(dimension).name(code, visit.language, short=True)


def _card(mark: str, title: str, body: list[Component], kind: str = "") -> Component:
    head = html.H3([icon(mark), html.Span(title)], className="state-title")
    return html.Div([head, *body], className=f"state {kind}".strip(), role="status")
