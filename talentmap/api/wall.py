"""The endpoint that keeps how the wall screen is composed."""

from __future__ import annotations

from typing import Protocol

from flask import Blueprint, Response, jsonify, request

from talentmap.answers.viewer import Viewer
from talentmap.api.guard import own_page, user_error
from talentmap.model.composition import Composition, composition_of
from talentmap.model.errors import UserError

_MOST_BYTES = 16_384


class Composer(Protocol):
    """Who keeps the composition."""

    def compose(self, composition: Composition, viewer: Viewer) -> None:
        """Write it; NotAllowed for a viewer who may not."""
        ...


def create_wall_blueprint(composer: Composer, viewer: Viewer) -> Blueprint:
    """Return the blueprint with `PUT /api/screen`: the composition as JSON, only from our pages."""
    api = Blueprint("wall", __name__, url_prefix="/api")

    def compose() -> Response:
        own_page()
        if (request.content_length or 0) > _MOST_BYTES:
            raise UserError("screen: far too long for a composition")
        given = request.get_json(silent=True)
        if not isinstance(given, dict):
            raise UserError("screen: not a JSON object")
        composer.compose(composition_of(given), viewer)
        return jsonify(saved=True)

    api.put("/screen")(compose)
    api.register_error_handler(UserError, user_error)
    return api
