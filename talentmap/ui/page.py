"""A page: to Dash what a blueprint is to Flask. It records callbacks; `attach` binds the desk.

A callback is a plain function of a Visit (and of what else it listens to), so a test calls it
without an app, and two apps with two desks can live in one process.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from dash import Dash, Input, Output, State, no_update
from dash.development.base_component import Component

from talentmap.model.errors import UserError
from talentmap.model.question import Question
from talentmap.model.words import Words
from talentmap.ui.components import states
from talentmap.ui.sheet import Sheet
from talentmap.ui.still import still
from talentmap.ui.visit import (
    CHOICES,
    Desk,
    Viewer,
    Visit,
    check_known,
    language_of,
    read_options,
    read_question,
)

Show = Callable[..., Any]
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Slot:
    """A function that fills one output; the main one also tells what is wrong with the URL.

    A still one shows only what has no id, and comes as one component (still.py).
    """

    output: Output
    more: tuple[Input | State, ...]
    show: Show
    main: bool
    still: bool = False


@dataclass(frozen=True)
class Document:
    """A file or a sheet to print beside the page, at an address that takes the page's query.

    `name` is what it is saved as, empty for one to be looked at; `write` raises UserError where
    the viewer may not have it.
    """

    path: str
    mimetype: str
    name: str
    write: Callable[[Visit], str]


@dataclass
class Page:
    """A page of the rail.

    `sentence` returns the template of the sentence bar (see sentence.py); `chips` names the words
    offered while empty; `default` the question of an address that names no metric; `skeleton` the
    page's layout without a word or number in it; `spec` what the map draws, None for a page
    without a map; `sheet` the rows of its download, None for one row a place; `refers` the card
    that leads to another page for a question that belongs there; `bare` gives it the whole window,
    without top bar and rail; `listed` is whether the rail leads to it, `selects` whether
    areas are selected on its map.
    """

    id: str
    path: str
    name: Words
    icon: str
    sentence: Callable[[Visit], str]
    default: Callable[[Desk, Viewer], Question]
    skeleton: Callable[[], list[Component]]
    chips: tuple[str, ...] = ()
    metrics: Callable[[Desk], list[str]] | None = None
    spec: Callable[[Visit], dict[str, Any]] | None = None
    refers: Callable[[Visit], Component | None] | None = None
    order: int = 50
    bare: bool = False
    listed: bool = True
    selects: bool = False
    sheet: Callable[[Visit], Sheet] | None = None
    slots: list[Slot] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)

    def shows(
        self, output: Output, *more: Input | State, main: bool = False, still: bool = False
    ) -> Callable[[Show], Show]:
        """Record a function that fills `output` for each visit; `more` adds Inputs and States."""

        def record(show: Show) -> Show:
            self.slots.append(Slot(output, more, show, main, still))
            return show

        return record

    def offers(
        self, path: str, mimetype: str, name: str = ""
    ) -> Callable[[Callable[[Visit], str]], Callable[[Visit], str]]:
        """Record a function that writes a document, served at `path` with the page's own query."""

        def record(write: Callable[[Visit], str]) -> Callable[[Visit], str]:
            self.documents.append(Document(path, mimetype, name, write))
            return write

        return record

    def visit(self, desk: Desk, viewer: Viewer, search: str) -> Visit:
        """Read a URL's search into a Visit; raise UserError naming the parameter that is wrong."""
        question = read_question(search, self.default(desk, viewer))
        check_known(desk, question)
        options = read_options(search)
        off = frozenset(filter(None, options.get("off", "").split(",")))
        language = language_of(search)
        view, by = options.get("view", ""), options.get("by", "")
        choices = {name: options[name] for name in CHOICES if name in options}
        return Visit(desk, viewer, self.path, question, language, view, off, by, choices)

    def attach(self, app: Dash, desk: Desk, viewer: Viewer) -> None:
        """Register the recorded callbacks on an app, bound to its desk and viewer."""
        for slot in self.slots:
            app.callback(
                slot.output,
                Input("url", "pathname"),
                Input("url", "search"),
                *slot.more,
            )(self._bound(slot, desk, viewer))

    def fill(self, slot: Slot, desk: Desk, viewer: Viewer, search: str, *more: Any) -> Any:
        """Return what a slot shows; an error becomes a designed state, never a traceback."""
        language = language_of(search)
        try:
            visit = self.visit(desk, viewer, search)
        except UserError as error:
            return states.bad_address(str(error), self.path, language) if slot.main else ""
        elsewhere = self.refers(visit) if self.refers is not None else None
        if elsewhere is not None:
            return elsewhere if slot.main else ""
        try:
            return slot.show(visit, *more)
        except UserError as error:
            if not slot.main and self._main_refuses(visit):
                return ""  # said once is enough
            return states.refused(error, visit, brief=not slot.main)
        except Exception as error:  # noqa: BLE001 - shown with its number, logged whole
            return states.failed(incident(f"page {self.id}", error), language)

    def _main_refuses(self, visit: Visit) -> bool:
        try:
            for slot in self.slots:
                if slot.main:
                    slot.show(visit, *[None] * len(slot.more))
        except UserError:
            return True
        return False

    def _bound(self, slot: Slot, desk: Desk, viewer: Viewer) -> Show:
        def callback(pathname: str, search: str, *more: Any) -> Any:
            # While the router swaps pages the old one still hears the new address.
            if pathname != self.path:
                return no_update
            shown = self.fill(slot, desk, viewer, search or "", *more)
            return still(shown) if slot.still else shown

        return callback


def incident(where: str, error: Exception) -> str:
    """Log an exception under a short number and return the number, like 7F2C-0618."""
    number = secrets.token_hex(4).upper()
    number = f"{number[:4]}-{number[4:]}"
    log.error("incident %s in %s", number, where, exc_info=error)
    return number
