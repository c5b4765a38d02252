"""The endpoints of the page 数据: files in by pieces, judged, taken in; batches undone; the build.

They change things, so that each asks who calls: the address must be this machine's, and what is not
a GET must come from a page of this server (Origin), which another site in the same browser cannot
pretend.
"""

from __future__ import annotations

import logging
from dataclasses import asdict

from flask import Blueprint, Response, jsonify, request

from talentmap.answers.office import Office, as_dict
from talentmap.answers.uploads import Upload
from talentmap.api.guard import defect, json_of, number_of, own_changes, text_of, user_error
from talentmap.model.errors import UserError

_LOG = logging.getLogger("talentmap.api")
_SAFE = ("GET", "HEAD")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_JSON = 2**20


def create_upload_blueprint(office: Office) -> Blueprint:
    """Return the blueprint `/api/data` over an office."""
    api = Blueprint("data", __name__, url_prefix="/api/data")
    office.uploads.sweep()  # what a server that was killed has left
    ends = Endpoints(office)
    api.before_request(ends.guard)
    api.post("/uploads")(ends.open)
    api.get("/uploads/<id_>")(ends.show)
    api.put("/uploads/<id_>")(ends.append)
    api.delete("/uploads/<id_>")(ends.drop)
    api.post("/uploads/<id_>/choose")(ends.choose)
    api.post("/uploads/<id_>/forget")(ends.forget)
    api.post("/uploads/<id_>/judge")(ends.judge)
    api.post("/uploads/<id_>/take")(ends.take)
    api.post("/batches/<batch>/undo")(ends.undo)
    api.get("/build")(ends.building)
    api.post("/build")(ends.build)
    api.get("/templates/<table>.xlsx")(ends.template)
    api.register_error_handler(UserError, user_error)
    api.register_error_handler(Exception, defect)
    return api


class Endpoints:
    """One method an endpoint."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def guard(self) -> None:
        """Raise NotAllowed for a viewer, an address or an origin that may not come in."""
        self._office.check()
        own_changes()

    def open(self) -> Response:
        """Begin an upload: {name, size}; answer its id and how many bytes a piece may have."""
        said = json_of(_MOST_JSON)
        upload = self._office.open(text_of(said, "name"), number_of(said, "size"))
        return jsonify(id=upload.id, piece=self._office.piece_bytes)

    def append(self, id_: str) -> Response:
        """Take the bytes from `offset` on; answer how many there are by now."""
        offset = request.args.get("offset", "")
        if not offset.isdigit():
            raise UserError(f"offset: {offset!r} is not a whole number")
        length = request.content_length
        if length is None or length > self._office.piece_bytes:
            raise UserError(f"piece: a piece has at most {self._office.piece_bytes:,} bytes")
        upload = self._office.uploads.append(id_, int(offset), request.get_data(cache=False))
        return jsonify(received=upload.received)

    def show(self, id_: str) -> Response:
        """Answer what is known of an upload and what is being done with it."""
        return self._answer(self._office.uploads.get(id_))

    def choose(self, id_: str) -> Response:
        """Keep the choices: {table, crs, columns: {name in the file: ours or ''}}."""
        said = json_of(_MOST_JSON)
        columns = said.get("columns", {})
        if not isinstance(columns, dict):
            raise UserError("columns: not names with names")
        chosen = {str(name): str(ours) for name, ours in columns.items()}
        table, crs = text_of(said, "table"), text_of(said, "crs")
        return self._answer(self._office.choose(id_, table, crs, chosen))

    def forget(self, id_: str) -> Response:
        """Forget its report, so that its columns can be looked at again."""
        upload = self._office.uploads.get(id_)
        self._office.uploads.job(upload).forget()
        return self._answer(upload)

    def judge(self, id_: str) -> Response:
        """Begin to read it through."""
        self._office.judge(id_)
        return self.show(id_)

    def take(self, id_: str) -> Response:
        """Begin to take it in: {replace}."""
        self._office.take(id_, again=json_of(_MOST_JSON).get("replace") is True)
        return self.show(id_)

    def drop(self, id_: str) -> Response:
        """Remove it."""
        self._office.uploads.drop(id_)
        return jsonify(dropped=id_)

    def undo(self, batch: str) -> Response:
        """Take a batch back."""
        return jsonify(undone=self._office.undo(batch).batch)

    def building(self) -> Response:
        """Answer where the build stands."""
        return jsonify(asdict(self._office.building()))

    def build(self) -> Response:
        """Begin a build."""
        return jsonify(asdict(self._office.build()))

    def template(self, table: str) -> Response:
        """Send the workbook to fill in."""
        head = {"Content-Disposition": f'attachment; filename="talentmap-{table}.xlsx"'}
        return Response(self._office.template(table), mimetype=_XLSX, headers=head)

    def _answer(self, upload: Upload) -> Response:
        return jsonify(as_dict(upload, self._office.uploads.job(upload).state()))
