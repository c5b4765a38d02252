"""The form of the composition: selects and chips, read by assets/57-tm-compose.js."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from talentmap.model.codes import code_table
from talentmap.model.composition import COLUMNS, KPIS, STORIES, SUBJECTS, TILES, Composition
from talentmap.model.words import Words
from talentmap.ui.components.basics import attrs, go
from talentmap.ui.pages.compose import words
from talentmap.ui.pages.screen import words as wall
from talentmap.ui.visit import Visit

_SECONDS = (5, 10, 15, 20, 30, 45, 60, 120, 300)
_MOST = (1, 2, 3, 4, 5, 6, 8, 10, 12, 20)


def form(visit: Visit, chosen: Composition, wrong: str) -> Component:
    """Return the whole form; `wrong` is what is wrong with the file, '' for nothing."""
    may = visit.viewer.tier != "public"
    notes: list[Component] = [html.P(visit.say(words.WHY), className="note")]
    if wrong:
        bad = [html.Span(visit.say(words.BAD_FILE)), html.Code(wrong, lang="en")]
        notes.append(html.P(bad, className="compose-bad"))
    if not may:
        notes.append(html.P(visit.say(words.LOCKED), className="note"))
    lang = "" if visit.language == "zh" else f"?lang={visit.language}"
    foot = html.Div(
        [
            html.Button(visit.say(words.SAVE), className="button", disabled=not may,
                        **attrs(data_compose_save="")),
            html.Button(visit.say(words.SHIPPED), className="link", disabled=not may,
                        **attrs(data_compose_shipped="")),
            go(visit.say(words.OPEN), f"/screen{lang}", "link"),
            html.Span(className="compose-said", role="status"),
        ],
        className="compose-foot",
    )  # fmt: skip
    said = {
        "data_saved": visit.say(words.SAVED),
        "data_failed": visit.say(words.NOT_SAVED, why="{t}"),
        "data_offline": visit.say(words.OFFLINE),
        "data_no_story": visit.say(words.NO_STORY),
        "data_many_kpis": visit.say(words.KPIS_WHY),
        "data_many_tiles": visit.say(words.TILES_WHY),
    }
    body = [html.H1(visit.say(words.NAME)), *notes, _turning(visit, chosen), _strip(visit, chosen),
            _tiles(visit, chosen), foot]  # fmt: skip
    return html.Div(body, className="compose", **attrs(**said))


def _turning(visit: Visit, chosen: Composition) -> Component:
    kinds = [(name, visit.say(words.SUBJECT[name])) for name in SUBJECTS]
    lists = [
        html.Div(
            _chips("only", _codes(visit, kind), chosen.only if kind == chosen.subjects else ()),
            className="compose-only",
            **attrs(data_kind=kind),
        )
        for kind in SUBJECTS
    ]
    stories = [(name, visit.say(wall.STORIES[name])) for name in STORIES]
    return _section(
        visit, words.TURNING, "",
        _line(visit, words.SUBJECTS, _select("subjects", kinds, chosen.subjects)),
        _line(visit, words.MOST, _select("most", _numbers(_MOST, chosen.most), str(chosen.most))),
        _line(visit, words.ONLY, html.Div([*lists, html.Span(visit.say(words.ONLY_WHY),
                                                             className="note")])),
        _line(visit, words.STORIES, _chips("stories", stories, chosen.stories)),
        _line(visit, words.SECONDS, _times(visit, "seconds", chosen.seconds)),
        _line(visit, words.RESUME, _times(visit, "resume", chosen.resume)),
    )  # fmt: skip


def _strip(visit: Visit, chosen: Composition) -> Component:
    kpis = [(name, visit.say(wall.KPIS[name])) for name in KPIS]
    return _section(visit, words.KPIS, visit.say(words.KPIS_WHY), _chips("kpis", kpis, chosen.kpis))


def _tiles(visit: Visit, chosen: Composition) -> Component:
    order = [*chosen.tiles, *(name for name in TILES if name not in chosen.tiles)]
    where = {tile: column for column in COLUMNS for tile in getattr(chosen, column)}
    columns = [(name, visit.say(said)) for name, said in words.COLUMN.items()]
    lines = [
        html.Div(
            [
                html.Span(visit.say(words.TILE[name])),
                _select("", columns, where.get(name, "")),
                _move(visit, words.UP, "up", "▲"),
                _move(visit, words.DOWN, "down", "▼"),
            ],
            className="compose-tile",
            **attrs(data_tile=name),
        )
        for name in order
    ]
    listed = html.Div(lines, className="compose-tiles")
    return _section(visit, words.TILES, visit.say(words.TILES_WHY), listed)


def _codes(visit: Visit, kind: str) -> list[tuple[str, str]]:
    """Return the codes and names a list of one's own can hold."""
    if kind == "chains":
        return [(code, visit.say_plain(name)) for code, (name, _) in visit.info.chains.items()]
    if kind == "districts":
        places = visit.info.places.get("district", ())
        return [(place.code, visit.say_plain(place.name)) for place in places]
    table = code_table("industry")
    known = visit.info.codes.get("industry", ())
    roots = [code for code in table.roots() if code in known]
    return [(code, table.name(code, visit.language, short=True)) for code in roots]


def _section(visit: Visit, name: Words, note: str, *body: Component) -> Component:
    head = html.Div([html.H2(visit.say(name)), html.Span(note, className="note")],
                    className="tile-head")  # fmt: skip
    return html.Section([head, *body], className="tile compose-part")


def _line(visit: Visit, name: Words, control: Component) -> Component:
    return html.Div([html.Span(visit.say(name)), control], className="compose-line")


def _select(name: str, options: list[tuple[str, str]], chosen: str) -> Component:
    given = [
        html.Option(said, value=value, selected="selected" if value == chosen else None)
        for value, said in options
    ]
    named = {"data_compose": name} if name else {}
    return html.Select(given, **attrs(**named))


def _times(visit: Visit, name: str, chosen: int) -> Component:
    options = [
        (value, visit.say(words.IN_SECONDS, n=value)) for value, _ in _numbers(_SECONDS, chosen)
    ]
    return _select(name, options, str(chosen))


def _numbers(offered: tuple[int, ...], chosen: int) -> list[tuple[str, str]]:
    return [(str(n), str(n)) for n in sorted({*offered, chosen})]


def _chips(name: str, options: list[tuple[str, str]], chosen: tuple[str, ...]) -> Component:
    """Return chips to press; the pressed ones count from 1 in their order."""

    def chip(value: str, said: str) -> Component:
        pressed = value in chosen
        given: dict[str, Any] = {"data_value": value, "aria_pressed": str(pressed).lower()}
        if pressed:
            given["data_at"] = str(chosen.index(value) + 1)
        return html.Button(said, className="compose-chip", **attrs(**given))

    chips = [chip(value, said) for value, said in options]
    return html.Div(chips, className="compose-chips", **attrs(data_compose=name))


def _move(visit: Visit, said: Words, way: str, mark: str) -> Component:
    label = visit.say(said)
    return html.Button(mark, title=label, **attrs(data_move=way, aria_label=label))
