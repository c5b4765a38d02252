"""The endpoints of the page 报告: order, look, fetch, remove; schedules."""

from __future__ import annotations

import logging
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, jsonify, request, send_file

from talentmap.api.guard import defect, json_of, own_changes, text_of, user_error
from talentmap.model.errors import UserError
from talentmap.reports.room import Room
from talentmap.reports.shelf import Entry, Order

_LOG = logging.getLogger("talentmap.api")
_MOST_JSON = 2**16
# A report looked at in the browser may draw, and nothing else: no script, no request.
_POLICY = (
    "sandbox allow-same-origin; default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "font-src data:"
)


def create_reports_blueprint(room: Room) -> Blueprint:
    """Return the blueprint `/api/reports` over a room."""
    api = Blueprint("reports", __name__, url_prefix="/api/reports")
    ends = Endpoints(room)
    api.before_request(own_changes)
    api.get("")(ends.history)
    api.post("")(ends.make)
    api.post("/preview")(ends.preview)
    api.get("/<id_>")(ends.show)
    api.delete("/<id_>")(ends.remove)
    api.get("/<id_>/files/<name>")(ends.file)
    api.post("/schedules")(ends.schedule)
    api.post("/schedules/<id_>/run")(ends.run)
    api.delete("/schedules/<id_>")(ends.unschedule)
    api.register_error_handler(UserError, user_error)
    api.register_error_handler(Exception, defect)
    return api


class Endpoints:
    """One method an endpoint."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def history(self) -> Response:
        """Answer the reports of the viewer, newest first."""
        return jsonify(reports=[_told(entry) for entry in self._room.history()])

    def make(self) -> Response:
        """Begin a report: {kind, query, formats, language}."""
        return jsonify(_told(self._room.make(self._order(json_of(_MOST_JSON)))))

    def preview(self) -> Response:
        """Begin a preview, or answer the one there is: {kind, query, language}."""
        said = {**json_of(_MOST_JSON), "formats": ["html"]}
        return jsonify(_told(self._room.preview(self._order(said))))

    def show(self, id_: str) -> Response:
        """Answer where a report stands."""
        return jsonify(_told(self._room.get(id_)))

    def remove(self, id_: str) -> Response:
        """Remove a report."""
        return jsonify(removed=self._room.remove(id_).id)

    def file(self, id_: str, name: str) -> Response:
        """Send a file; with `look` to be looked at in the browser instead of saved."""
        look = "look" in request.args and name.endswith(".html")
        found = self._room.file(id_, name).resolve()
        answer = send_file(found, as_attachment=not look, download_name=name, max_age=0)
        answer.headers["Content-Security-Policy"] = _POLICY
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def schedule(self) -> Response:
        """Keep a schedule: {kind, query, formats, language, when, folder, day}."""
        said = json_of(_MOST_JSON)
        day = said.get("day", 1)
        if not isinstance(day, int) or isinstance(day, bool):
            raise UserError("day: not a whole number")
        kept = self._room.schedule(
            self._order(said), text_of(said, "when"), text_of(said, "folder"), day
        )
        return jsonify(asdict(kept))

    def run(self, id_: str) -> Response:
        """Begin a schedule's report now."""
        return jsonify(_told(self._room.run_now(id_)))

    def unschedule(self, id_: str) -> Response:
        """Remove a schedule; its reports stay."""
        return jsonify(removed=self._room.unschedule(id_).id)

    def _order(self, said: dict[str, Any]) -> Order:
        wanted = said.get("formats")
        if not isinstance(wanted, list) or not all(isinstance(name, str) for name in wanted):
            raise UserError("formats: not a list of names")
        language = said.get("language", "zh")
        if not isinstance(language, str):
            raise UserError("language: not a text")
        return self._room.order(
            text_of(said, "kind"), text_of(said, "query"), tuple(wanted), language
        )


def _told(entry: Entry) -> dict[str, Any]:
    """Return an entry as JSON."""
    files = [{"name": name, "size": size} for name, size in entry.files]
    return {**asdict(entry), "files": files, "release": entry.release, "size": entry.size}
