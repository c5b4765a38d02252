"""What a request to the OGC endpoint asks, and the forms of its answers."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote, urlencode

from flask import Response, request

from talentmap.api.ogc_collections import ASKED, Collection
from talentmap.api.ogc_words import MOST, USUAL
from talentmap.model.errors import UserError, unknown
from talentmap.model.question import Question
from talentmap.model.words import LANGUAGES

JSON, GEOJSON = "application/json", "application/geo+json"
# A connection may carry words of a Question: they go into every link, down to the features.
ABOUT_ITSELF = ("f", "lang", *ASKED)
_MOMENT = r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?"
_DATETIME = re.compile(rf"{_MOMENT}|({_MOMENT}|\.\.|)/({_MOMENT}|\.\.|)")


def asked(collection: Collection) -> Question | None:
    """Return the question of the request: the collection's with the words given."""
    if collection.question is None:
        return None
    given = {w: request.args[w].strip() for w in collection.asked if w in request.args}
    return collection.question.but(**{w: said for w, said in given.items() if said})


def only(known: tuple[str, ...]) -> None:
    """Raise UserError for a parameter that is none of those known, or is given twice."""
    for name in request.args:
        if name not in known:
            raise unknown("parameter", name, known)
        if len(request.args.getlist(name)) > 1:
            raise UserError(f"parameter {name} is given twice")
    form = request.args.get("f", "json")
    if form != "json":
        raise unknown("f", form, ("json",))
    language_asked()


def language_asked() -> str:
    """Return the language asked for, Chinese where none is; raise UserError for another."""
    lang = request.args.get("lang", LANGUAGES[0])
    if lang not in LANGUAGES:
        raise unknown("lang", lang, LANGUAGES)
    return lang


def number(name: str, usual: int, least: int = 0) -> int:
    """Return a whole number of the request; raise UserError where it is none or too small."""
    text = request.args.get(name, str(usual))
    if not (text.isascii() and text.isdigit()) or len(text) > 9 or int(text) < least:
        raise UserError(f"{name}: {text!r} is not a whole number of at least {least}")
    return int(text)


def check_datetime(text: str) -> None:
    """Features have no time of their own, so that a moment leaves none out; the month is a word."""
    if text and not _DATETIME.fullmatch(text):
        raise UserError(f"datetime: {text!r} is not a moment or an interval; see `month`")


def pages(id_: str, offset: int, returned: int, matched: int) -> list[dict[str, str]]:
    """Return the links to this page, the next and the one before."""
    given = {k: v for k, v in request.args.items() if k != "offset"}
    size = min(number("limit", USUAL, least=1), MOST)

    def page(start: int) -> str:
        words = given | ({"offset": str(start)} if start else {})
        at = bare("collections", id_, "items")
        return f"{at}?{urlencode(words, safe=':')}" if words else at

    links = [link("self", page(offset), GEOJSON)]
    if returned and offset + returned < matched:
        links.append(link("next", page(offset + returned), GEOJSON))
    if offset:
        links.append(link("prev", page(max(offset - size, 0)), GEOJSON))
    return [*links, link("collection", address("collections", id_), JSON)]


def address(*parts: str) -> str:
    """Return the full address of what stands below `/ogc`, with the connection's words."""
    words = {w: request.args[w] for w in ("lang", *ASKED) if request.args.get(w)}
    return f"{bare(*parts)}?{urlencode(words, safe=':')}" if words else bare(*parts)


def bare(*parts: str) -> str:
    """Return the full address without any word."""
    return "/".join([f"{request.host_url}ogc", *(quote(part, safe="") for part in parts)])


def link(rel: str, href: str, kind: str) -> dict[str, str]:
    """Return a link as the standard writes it."""
    return {"rel": rel, "href": href, "type": kind}


def as_json(body: Any, kind: str = JSON, crs: str = "") -> Response:
    """Answer with an object; `crs` the system its geometries are in."""
    text = json.dumps(body, ensure_ascii=False, allow_nan=False)
    return _response(text, kind, crs)


def as_features(head: dict[str, Any], listed: list[str], crs: str) -> Response:
    """Answer with a page of features, each written already."""
    body = json.dumps(head, ensure_ascii=False)[:-1]
    joined = ",\n".join(listed)
    return _response(f'{body}, "features": [\n{joined}\n]}}\n', GEOJSON, crs)


def _response(text: str, kind: str, crs: str) -> Response:
    found = Response(text, content_type=kind)
    found.headers["Cache-Control"] = "no-store"
    if crs:
        found.headers["Content-Crs"] = f"<{crs}>"
    return found
