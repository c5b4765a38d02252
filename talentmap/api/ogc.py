"""OGC API – Features at `/ogc`, so that QGIS and ArcGIS read the layers as they are served.

Read-only, for the viewer's tier, on this machine; every number comes from the desk.
See docs/gis.md.
"""

from __future__ import annotations

import json
import logging
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, request

from talentmap.answers.about import SYNTHETIC
from talentmap.answers.desk import Desk
from talentmap.answers.viewer import Viewer
from talentmap.api.guard import this_machine
from talentmap.api.ogc_collections import Collection, collections
from talentmap.api.ogc_features import CRS84, SYSTEMS, Features, features, system, window
from talentmap.api.ogc_request import (
    ABOUT_ITSELF,
    GEOJSON,
    JSON,
    address,
    as_features,
    as_json,
    asked,
    bare,
    check_datetime,
    language_asked,
    link,
    number,
    only,
    pages,
)
from talentmap.api.ogc_words import CONFORMS, MOST, PAGE_WORDS, USUAL, openapi, schema
from talentmap.model.errors import UserError, unknown
from talentmap.model.months import to_text
from talentmap.model.words import Words

_LOG = logging.getLogger("talentmap.api")
SCHEMA, OPENAPI = "application/schema+json", "application/vnd.oai.openapi+json;version=3.0"
_KEPT = 4  # questions whose features are kept: a client reads one page after another
_NAME = Words("产业人才地图", "TalentMap")


class NotThere(UserError):
    """There is no such collection or feature."""

    status = 404


def create_ogc_blueprint(serving: Callable[[], Desk], viewer: Viewer) -> Blueprint:
    """Return the blueprint `/ogc` over the desk that serves now, for one viewer."""
    api = Blueprint("ogc", __name__, url_prefix="/ogc")
    ends = Endpoints(serving, viewer)
    api.before_request(this_machine)
    api.get("", strict_slashes=False)(ends.landing)
    api.get("/", strict_slashes=False, endpoint="home")(ends.landing)
    api.get("/conformance")(ends.conformance)
    api.get("/api")(ends.api)
    api.get("/collections")(ends.collections)
    api.get("/collections/<id_>")(ends.collection)
    api.get("/collections/<id_>/schema")(ends.schema)
    api.get("/collections/<id_>/items")(ends.items)
    api.get("/collections/<id_>/items/<path:code>")(ends.item)
    api.get("/<path:rest>")(ends.nothing)
    api.register_error_handler(UserError, _user_error)
    api.register_error_handler(Exception, _defect)
    return api


class Endpoints:
    """One method an endpoint; all answer for the same viewer."""

    def __init__(self, serving: Callable[[], Desk], viewer: Viewer) -> None:
        self._serving = serving
        self._viewer = viewer
        self._offered: dict[tuple[str, str], dict[str, Collection]] = {}
        self._kept: OrderedDict[tuple[str, ...], Features] = OrderedDict()
        self._lock = threading.Lock()

    def landing(self) -> Response:
        """Say what this is and where the rest stands."""
        only(ABOUT_ITSELF)
        desk, language = self._serving(), language_asked()
        said = f"{desk.info.city.in_(language)} · {to_text(desk.info.month)} · {desk.info.name}"
        mark = f" · {SYNTHETIC}" if desk.info.synthetic else ""
        links = [
            link("self", address(), JSON),
            link("service-desc", address("api"), OPENAPI),
            link("conformance", address("conformance"), JSON),
            link("data", address("collections"), JSON),
        ]
        return as_json({"title": _NAME.in_(language), "description": said + mark, "links": links})

    def conformance(self) -> Response:
        """Name the classes of the standard it conforms to."""
        only(ABOUT_ITSELF)
        return as_json({"conformsTo": CONFORMS})

    def api(self) -> Response:
        """Describe the endpoint in OpenAPI."""
        only(ABOUT_ITSELF)
        return as_json(openapi(bare(), _NAME.en, self._collections()), OPENAPI)

    def collections(self) -> Response:
        """List what the tier may see."""
        only(ABOUT_ITSELF)
        listed = [self._described(c) for c in self._collections().values()]
        links = [link("self", address("collections"), JSON)]
        return as_json({"links": links, "crs": list(SYSTEMS), "collections": listed})

    def collection(self, id_: str) -> Response:
        """Describe one collection."""
        only(ABOUT_ITSELF)
        return as_json(self._described(self._find(id_)))

    def schema(self, id_: str) -> Response:
        """Give the columns of a collection with their titles."""
        only(ABOUT_ITSELF)
        at = address("collections", id_, "schema")
        return as_json(schema(self._find(id_), at, language_asked()), SCHEMA)

    def items(self, id_: str) -> Response:
        """Send a page of features."""
        collection = self._find(id_)
        only((*PAGE_WORDS, *collection.asked))
        limit, offset = number("limit", USUAL, least=1), number("offset", 0)
        crs = system(request.args.get("crs", CRS84), "crs")
        box_crs = system(request.args.get("bbox-crs", CRS84), "bbox-crs")
        check_datetime(request.args.get("datetime", ""))
        box = request.args.get("bbox")
        found = self._features(collection)
        rows = found.within(window(box, box_crs) if box is not None else None)
        page = rows[offset : offset + min(limit, MOST)]
        head = {
            "type": "FeatureCollection",
            "timeStamp": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
            "numberMatched": len(rows),
            "numberReturned": len(page),
            "links": pages(id_, offset, len(page), len(rows)),
        }
        return as_features(head, found.written(page, crs), crs)

    def item(self, id_: str, code: str) -> Response:
        """Send one feature."""
        collection = self._find(id_)
        only(("crs", "f", "lang", *collection.asked))
        crs = system(request.args.get("crs", CRS84), "crs")
        found = self._features(collection)
        rows = found.find(code)
        if not len(rows):
            raise NotThere(f"feature: {id_} has none with the id {code!r}")
        body = json.loads(found.written(rows[:1], crs)[0])
        links = [
            link("self", address("collections", id_, "items", code), GEOJSON),
            link("collection", address("collections", id_), JSON),
        ]
        return as_json({**body, "links": links}, GEOJSON, crs)

    def nothing(self, rest: str) -> Response:
        """Answer an address that leads nowhere as JSON."""
        raise NotThere(f"address: there is no /ogc/{rest}")

    def _collections(self) -> dict[str, Collection]:
        """Return what is offered; found out once a release and tier."""
        desk = self._serving()
        key = desk.info.name, self._viewer.tier
        if key not in self._offered:
            found = collections(desk, self._viewer)
            with self._lock:
                self._offered = {
                    k: v for k, v in self._offered.items() if k[0] == desk.info.name
                } | {key: found}
            return found
        return self._offered[key]

    def _find(self, id_: str) -> Collection:
        found = self._collections()
        if id_ not in found:
            raise NotThere(str(unknown("collection", id_, found)))
        return found[id_]

    def _features(self, collection: Collection) -> Features:
        desk, language = self._serving(), language_asked()
        question = asked(collection)
        words = question.to_query() if question else ""
        key = (desk.info.name, self._viewer.tier, language, collection.id, words)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        found = features(desk, collection, question, self._viewer, language)
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return found

    def _described(self, collection: Collection) -> dict[str, Any]:
        info, language = self._serving().info, language_asked()
        about = collection.description.in_(language)
        mark = f" {SYNTHETIC}" if info.synthetic else ""
        at = ("collections", collection.id)
        return {
            "id": collection.id,
            "title": collection.title.in_(language),
            "description": f"{about} {to_text(info.month)} · {info.name}{mark}",
            "itemType": "feature",
            "extent": {"spatial": {"bbox": [list(info.bounds)], "crs": CRS84}},
            "crs": list(SYSTEMS),
            "storageCrs": CRS84,
            "links": [
                link("self", address(*at), JSON),
                link("items", address(*at, "items"), GEOJSON),
                link("describedby", address(*at, "schema"), SCHEMA),
            ],
        }


def _user_error(error: UserError) -> tuple[Response, int]:
    return as_json({"code": type(error).__name__, "description": str(error)}), error.status


def _defect(error: Exception) -> tuple[Response, int]:
    incident = secrets.token_hex(4)
    _LOG.error("incident %s at %s", incident, request.path, exc_info=error)
    return as_json({"code": "Defect", "description": f"internal error, number {incident}"}), 500
