"""The map of a question that is not published: the nearest one that is, and words that say so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from dash import no_update

from talentmap.model import months
from talentmap.model.errors import UserError
from talentmap.model.question import Question
from talentmap.ui import text
from talentmap.ui.components.tools import selectable
from talentmap.ui.page import Page
from talentmap.ui.sentence import plain
from talentmap.ui.visit import Visit


def nearest_spec(page: Page, visit: Visit) -> Any:
    """Return the map spec of the visit, or of the nearest question that has one.

    `instead` holds the words the map shows where it is not the question asked; `no_update` where
    nothing at all is published.
    """
    for question in _nearest(page, visit):
        near = replace(visit, question=question)
        spec = _spec_of(page, near)
        if spec is not None:
            asked = question == visit.question
            return {**spec, "instead": spec.get("instead") if asked else _instead(page, near)}
    return no_update


def _spec_of(page: Page, visit: Visit) -> dict[str, Any] | None:
    if page.spec is None or (page.refers is not None and page.refers(visit) is not None):
        return None
    try:
        spec = page.spec(visit)
        return selectable(visit, spec) if page.selects else spec
    except UserError:
        return None  # the page's main slot says why


def _nearest(page: Page, visit: Visit) -> Iterator[Question]:
    """Yield the question, then ever simpler ones: a filter less, the newest month, no filters."""
    asked = visit.question
    filters = list(asked.filters())
    fewer = [asked.but(**{name: ""}) for name in reversed(filters)]
    industry = asked.but(**{name: "" for name in filters if name != "industry"})
    bare = asked.but(**dict.fromkeys(filters, ""))
    newest = {"month": months.to_text(visit.info.month), "versus": ""}
    older = visit.month != visit.info.month
    for group in ([asked, *fewer], [industry, bare]):
        yield from group
        if older:
            yield from (question.but(**newest) for question in group)
    yield bare.but(place="", **newest)
    yield page.default(visit.desk, visit.viewer)


def _instead(page: Page, near: Visit) -> dict[str, str]:
    return {"title": near.say(text.SHOWN_INSTEAD), "text": plain(page.sentence(near), near)}
