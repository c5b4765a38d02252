"""Endpoints of the tools round the map: find, saved views, pages of records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, jsonify, request

from talentmap.answers.desk import Desk
from talentmap.answers.viewer import Viewer
from talentmap.answers.views import SavedViews
from talentmap.api.guard import json_of, own_page, text_of, user_error
from talentmap.model.errors import NotAllowed, UserError
from talentmap.model.question import Question

_MOST_JSON = 16_384


def create_workbench_blueprint(
    serving: Callable[[], Desk], viewer: Viewer, views: SavedViews
) -> Blueprint:
    """Return the blueprint of `/api/find`, `/api/records` and `/api/views`."""
    api = Blueprint("workbench", __name__, url_prefix="/api")
    ends = Endpoints(serving, viewer, views)
    api.get("/find")(ends.find)
    api.get("/records")(ends.records)
    api.get("/views")(ends.list)
    api.post("/views")(ends.save)
    api.put("/views/<id_>")(ends.rename)
    api.delete("/views/<id_>")(ends.delete)
    api.register_error_handler(UserError, user_error)
    return api


class Endpoints:
    """One method an endpoint."""

    def __init__(self, serving: Callable[[], Desk], viewer: Viewer, views: SavedViews) -> None:
        self._serving = serving
        self._viewer = viewer
        self._views = views

    def find(self) -> Response:
        """Answer what `q` may mean: {"found": [{kind, name, place, district, lon, lat}]}."""
        language = "en" if request.args.get("lang") == "en" else "zh"
        found = self._serving().find(request.args.get("q", ""), self._viewer, language)
        response = jsonify(found=[one.to_json() for one in found])
        response.headers["Cache-Control"] = "no-store"
        return response

    def records(self) -> Response:
        """Answer a page of masked records of a Question; `page` from 1 on."""
        words = [(k, v) for k, v in request.args.items(multi=True) if k not in ("page", "lang")]
        page = request.args.get("page", "1")
        if not page.isdigit():
            raise UserError(f"page: {page!r} is not a whole number")
        question = Question.from_query(urlencode(words)).but(level="person")
        language = "en" if request.args.get("lang") == "en" else "zh"
        answer = self._serving().records(question, self._viewer, language, int(page))
        response = jsonify(answer.to_json())
        response.headers["Cache-Control"] = "no-store"
        return response

    def list(self) -> Response:
        """Answer the saved views, newest first."""
        return _views(self._views)

    def save(self) -> Response:
        """Keep {name, note, address}."""
        said = self._said()
        view = self._views.save(*(text_of(said, word) for word in ("name", "note", "address")))
        return jsonify(asdict(view))

    def rename(self, id_: str) -> Response:
        """Give one another {name, note}."""
        said = self._said()
        return jsonify(
            asdict(self._views.rename(id_, text_of(said, "name"), text_of(said, "note")))
        )

    def delete(self, id_: str) -> Response:
        """Forget one."""
        self._said()
        self._views.delete(id_)
        return _views(self._views)

    def _said(self) -> dict[str, Any]:
        own_page()
        if self._viewer.tier == "public":
            raise NotAllowed("views: the public tier looks at saved views, it does not change them")
        return json_of(_MOST_JSON)


def _views(views: SavedViews) -> Response:
    response = jsonify(views=[asdict(view) for view in views.all()])
    response.headers["Cache-Control"] = "no-store"
    return response
