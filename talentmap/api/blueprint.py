"""The endpoints of docs/api.md. Each parses a Question, asks the desk and encodes the answer."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, jsonify, request

from talentmap.answers.assumed import PARAMETERS
from talentmap.answers.by import asked_by
from talentmap.answers.desk import Desk
from talentmap.answers.viewer import Viewer
from talentmap.api import cards, difference, far_ends
from talentmap.api.areas import add_areas
from talentmap.api.empty import no_openings, nothing_there
from talentmap.api.encode import RATIO_BREAKS, count_breaks, encode
from talentmap.api.guard import defect
from talentmap.api.points import Window
from talentmap.api.send import Body, Kept
from talentmap.api.words import number
from talentmap.model.errors import NotPublished, UserError, unknown
from talentmap.model.metric import Values
from talentmap.model.question import CELL_LEVELS, Question

_LOG = logging.getLogger("talentmap.api")
_LEVELS = {str(res): level for level, res in CELL_LEVELS.items()}
_OWN = (
    "lang",
    "bbox",
    "zoom",
    "limit",
    "view",
    "by",
    *PARAMETERS,
)  # of the request, not of the Question
_KINDS = ("city", "district", "park", "station")
_COUNTED = ("district", "park")
_NO_SHAPES = b'{"type":"FeatureCollection","features":[]}'


class Gone(UserError):
    """The release asked for is no longer the one served."""

    status = 410


def create_blueprint(serving: Callable[[], Desk], viewer: Viewer) -> Blueprint:
    """Return the blueprint `/api`, answering for one viewer from the desk that serves now."""
    api = Blueprint("api", __name__, url_prefix="/api")
    ends = Endpoints(serving, viewer)
    api.get("/release")(ends.release)
    api.get("/ask")(ends.ask)
    api.get("/places/<release>/<kind>.geojson")(ends.places)
    api.get("/cells/<release>/<res>")(ends.cells)
    api.get("/values/<release>/<res>")(ends.values)
    api.get("/areas/<release>/<kind>")(ends.areas)
    api.get("/hover/<release>")(ends.hover)
    api.get("/points/<release>")(ends.points)
    api.get("/arcs/<release>")(ends.arcs)
    add_areas(api, ends.desk, serving, viewer)
    api.register_error_handler(UserError, ends.user_error)
    api.register_error_handler(Exception, defect)
    return api


class Endpoints:
    """One method an endpoint; all answer for the same viewer."""

    def __init__(self, serving: Callable[[], Desk], viewer: Viewer) -> None:
        self._serving = serving
        self._viewer = viewer
        self._kept = Kept()

    def release(self) -> Response:
        """Tell which release is served now."""
        info = self._serving().info
        return jsonify(release=info.name, month=info.month, number=info.number)

    def ask(self) -> Response:
        """Answer a Question as `talentmap ask --format json` does."""
        given = {name: request.args[name] for name in PARAMETERS if name in request.args}
        answer = asked_by(
            self._serving(), _question(), self._viewer, _language(),
            request.args.get("by", ""), given=given,
        )  # fmt: skip
        return jsonify(answer.to_json())

    def places(self, release: str, kind: str) -> Response:
        """Send the polygons of a kind."""
        if kind not in _KINDS:
            raise unknown("kind", kind, _KINDS)
        found = self.desk(release).release.geojson(kind)
        return self._send(lambda: Body(found or _NO_SHAPES, "application/geo+json"))

    def cells(self, release: str, res: str) -> Response:
        """Send the populated cells of a resolution."""
        ids = self.desk(release).names.cells(_resolution(res))["id"].to_numpy()
        return self._send(lambda: Body(ids.astype("<i8").tobytes(), "application/octet-stream"))

    def values(self, release: str, res: str) -> Response:
        """Send one number a cell, in the order of `cells`; with `versus` its change."""
        desk = self.desk(release)
        question = _question().but(level=f"cell{_resolution(res)}")
        if not (question.place and far_ends.has_ends(desk, question)):
            question = question.but(place="")
        return self._send(lambda: _cell_values(desk, question, self._viewer))

    def areas(self, release: str, kind: str) -> Response:
        """Send one number a district or park; with `versus` its change."""
        if kind not in _COUNTED:
            raise unknown("kind", kind, _COUNTED)
        desk, question = self.desk(release), _question().but(level=kind, place="")
        return self._send(lambda: _json(_areas(desk, question, self._viewer)))

    def hover(self, release: str) -> Response:
        """Send the card of one place."""
        desk, question = self.desk(release), _question()
        return self._send(lambda: _json(_hover(desk, question, self._viewer)))

    def points(self, release: str) -> Response:
        """Send the enterprises in a window, gathered or single."""
        desk, question = self.desk(release), _question()
        window = Window.parse(request.args.get("bbox", ""), request.args.get("zoom", ""))
        return self._send(
            lambda: _json(cards.points(desk, question, self._viewer, window, _language()))
        )

    def arcs(self, release: str) -> Response:
        """Send the strongest flows of a place."""
        desk, question = self.desk(release), _question()
        limit = request.args.get("limit", "120")
        if not limit.isdigit():
            raise UserError(f"limit: {limit!r} is not a whole number")
        return self._send(
            lambda: _json(cards.arcs(desk, question, self._viewer, int(limit), _language()))
        )

    def user_error(self, error: UserError) -> tuple[Response, int]:
        """Answer a mistake with its one line, and the release that is served."""
        return jsonify(error=str(error), current=self._serving().info.name), error.status

    def desk(self, release: str) -> Desk:
        """Return the desk of a release; raise Gone where it is no longer served."""
        desk = self._serving()
        if desk.info.name != release:
            raise Gone(f"release {release} is no longer served")
        return desk

    def _send(self, make: Callable[[], Body]) -> Response:
        key = request.full_path + self._viewer.tier
        return self._kept.send(request, key, make, private=self._viewer.tier != "public")


def _question() -> Question:
    words = [(k, v) for k, v in request.args.items(multi=True) if k not in _OWN]
    return Question.from_query(urlencode(words))


def _language() -> str:
    return "en" if request.args.get("lang") == "en" else "zh"


def _resolution(res: str) -> int:
    if res not in _LEVELS:
        raise unknown("resolution", res, _LEVELS)
    return int(res)


def _json(body: Any) -> Body:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Body(text.encode(), "application/json; charset=utf-8")


def _hover(desk: Desk, question: Question, viewer: Viewer) -> dict[str, Any]:
    if far_ends.has_ends(desk, question):
        return far_ends.hover(desk, question, viewer, _language())
    card = cards.hover(desk, question.but(versus=""), viewer, _language())
    return card | difference.hover(desk, question, viewer, _language())


def _cell_values(desk: Desk, question: Question, viewer: Viewer) -> Body:
    if question.versus:
        changes, explained = difference.encoded(desk, question, viewer)
        kind = "application/octet-stream"
        return Body(changes.tobytes(), kind, {"X-Talentmap": json.dumps(explained)})
    if far_ends.has_ends(desk, question):
        return _far_values(desk, question, viewer)
    level, values = desk.values(question, viewer)
    placed = level.ids > 0
    shown = Values(values.value[placed], values.status[placed])
    nothing = nothing_there(desk, question, viewer)[placed]
    zero = no_openings(desk, question, viewer)[placed]
    codes, scale = encode(shown, nothing, zero)
    kind = desk.metrics[question.metric].kind
    head = {"scale": scale.kind, "a": scale.a, "b": scale.b, "kind": kind}
    head["breaks"] = _breaks(desk, question, viewer)
    return Body(codes.tobytes(), "application/octet-stream", {"X-Talentmap": json.dumps(head)})


def _far_values(desk: Desk, question: Question, viewer: Viewer) -> Body:
    codes, scale, breaks = far_ends.coded(desk, question, viewer)
    head = {"scale": scale.kind, "a": scale.a, "b": scale.b, "kind": "count", "breaks": breaks}
    return Body(codes.tobytes(), "application/octet-stream", {"X-Talentmap": json.dumps(head)})


def _areas(desk: Desk, question: Question, viewer: Viewer) -> dict[str, Any]:
    kind, language = desk.metrics[question.metric].kind, _language()
    if question.versus:
        return difference.areas(desk, question, viewer, language)
    rows = desk.ask(question, viewer, language).table.select(["id", "name", "value", "status"])
    return {
        "breaks": _breaks(desk, question, viewer),
        "kind": kind,
        "rows": [
            {**row, "text": "" if row["value"] is None else number(row["value"], kind, language)}
            for row in rows.to_pylist()
        ],
    }


def _breaks(desk: Desk, question: Question, viewer: Viewer) -> list[float]:
    """Return class edges of the newest month for all months, so that a colour means one thing."""
    if desk.metrics[question.metric].kind == "ratio":
        return list(RATIO_BREAKS)
    try:
        level, values = desk.values(question.but(month=""), viewer)
    except NotPublished:
        level, values = desk.values(question, viewer)
    placed = level.ids >= 0
    return count_breaks(Values(values.value[placed], values.status[placed]))
