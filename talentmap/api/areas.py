"""The endpoints of drawn areas: what one is made of, and taking in one from a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import shapely
from flask import Blueprint, Response, jsonify, request

from talentmap.answers.areas import FOLDER, Area, described
from talentmap.answers.desk import Desk
from talentmap.answers.drawings import MOST_BYTES, keep_area
from talentmap.answers.viewer import Viewer
from talentmap.api.guard import own_page
from talentmap.api.used import cells_csv
from talentmap.model.errors import UserError
from talentmap.model.question import Question


def add_areas(
    api: Blueprint, desk_of: Callable[[str], Desk], serving: Callable[[], Desk], viewer: Viewer
) -> None:
    """Add `GET /area/{release}`, its list of cells and `POST /areas` to the blueprint `/api`."""

    @api.get("/area/<release>")
    def area(release: str) -> Response:
        return jsonify(_area(desk_of(release), request.args.get("place", ""), viewer))

    @api.get("/area/<release>/cells.csv")
    def area_cells(release: str) -> Response:
        desk = desk_of(release)
        found = _found(desk, request.args.get("place", ""), viewer)
        said = 'attachment; filename="talentmap-area-cells.csv"'
        body = cells_csv(desk, found, _language())
        return Response(body, mimetype="text/csv", headers={"Content-Disposition": said})

    @api.post("/areas", endpoint="take_area")
    def areas() -> Response:
        _guard()
        content = request.get_data(cache=False)
        key, _, _ = keep_area(serving().release.folder.parent.parent / FOLDER, content)
        return jsonify(_area(serving(), f"shape:{key}", viewer))


def _area(desk: Desk, place: str, viewer: Viewer) -> dict[str, Any]:
    found = _found(desk, place, viewer)
    return {
        **described(found, 0),
        "place": place,
        "name": found.name(_language()),
        "outline": json.loads(shapely.to_geojson(found.outline)),
    }


def _found(desk: Desk, place: str, viewer: Viewer) -> Area:
    found = desk.area(Question(level="area", place=place), viewer)
    if found is None:
        raise UserError("place: not a drawn area")
    return found


def _language() -> str:
    return "en" if request.args.get("lang") == "en" else "zh"


def _guard() -> None:
    """Raise for what is too large, or comes from another page than ours."""
    if (request.content_length or 0) > MOST_BYTES:
        raise UserError(f"file: larger than {MOST_BYTES // 2**20} MB; simplify the area first")
    own_page()
