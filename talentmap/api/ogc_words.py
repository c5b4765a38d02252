"""The documents the OGC endpoint describes itself with: conformance, schema, OpenAPI."""

from __future__ import annotations

from typing import Any

from talentmap.answers.about import title
from talentmap.api.ogc_collections import ASKED, Collection
from talentmap.api.ogc_features import SYSTEMS
from talentmap.model.question import REACHES, SIDES
from talentmap.model.words import LANGUAGES, Words

MOST, USUAL = 10_000, 1_000  # features in one answer
_CORE = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/"
CONFORMS = [
    f"{_CORE}core",
    f"{_CORE}geojson",
    f"{_CORE}oas30",
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
]
PAGE_WORDS = ("limit", "offset", "bbox", "bbox-crs", "crs", "datetime", "f", "lang")
_TEXTS = ("code", "name", "status", "name_en", "parent")
_PLACE_TITLES = {
    "code": Words("编码", "Code"),
    "name_en": Words("英文名称", "Name in English"),
    "parent": Words("所在区县", "District it lies in"),
}
_STATUSES = ["ok", "suppressed", "insufficient", "missing"]


def schema(collection: Collection, address: str, language: str) -> dict[str, Any]:
    """Return the JSON schema of a collection's features: ASCII names, titles in the language."""
    properties: dict[str, Any] = {
        "geometry": {
            "x-ogc-role": "primary-geometry",
            "format": f"geometry-{collection.geometry}-or-multi"
            if collection.geometry == "polygon"
            else f"geometry-{collection.geometry}",
        },
        "code": {"type": "string", "x-ogc-role": "id"},
        "name": {"type": "string"},
    }
    for name in collection.columns:
        properties[name] = {"type": "string" if name in _TEXTS else "number"}
    if "status" in properties:
        properties["status"]["enum"] = _STATUSES
    for name, said in properties.items():
        if name != "geometry":
            words = _PLACE_TITLES.get(name)
            said["title"] = words.in_(language) if words else title(name, language)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": address,
        "type": "object",
        "title": collection.title.in_(language),
        "description": collection.description.in_(language),
        "properties": properties,
    }


def openapi(base: str, name: str, found: dict[str, Collection]) -> dict[str, Any]:
    """Return the OpenAPI 3.0 description; clients read the size of a page from `limit` in it."""
    paths: dict[str, Any] = {
        "/": _get("Landing page"),
        "/conformance": _get("What it conforms to"),
        "/collections": _get("The collections"),
    }
    for id_, collection in found.items():
        at = f"/collections/{id_}"
        asked = [_reference(word) for word in (*PAGE_WORDS, *collection.asked)]
        paths[at] = _get(collection.title.en)
        paths[f"{at}/schema"] = _get(f"Schema of {collection.title.en}")
        paths[f"{at}/items"] = _get(f"Features of {collection.title.en}", asked)
        one = [_reference("featureId"), _reference("crs"), _reference("lang")]
        paths[f"{at}/items/{{featureId}}"] = _get(f"A feature of {collection.title.en}", one)
    return {
        "openapi": "3.0.3",
        "info": {"title": name, "version": "1.0.0"},
        "servers": [{"url": base}],
        "paths": paths,
        "components": {"parameters": _parameters()},
    }


def _get(summary: str, parameters: list[dict[str, str]] | None = None) -> dict[str, Any]:
    said = {"200": {"description": "OK"}, "400": {"description": "A parameter is wrong"}}
    return {"get": {"summary": summary, "parameters": parameters or [], "responses": said}}


def _reference(word: str) -> dict[str, str]:
    return {"$ref": f"#/components/parameters/{word}"}


def _parameters() -> dict[str, Any]:
    texts = {word: {"type": "string"} for word in (*ASKED, "datetime")}
    numbers = {"type": "array", "minItems": 4, "maxItems": 6, "items": {"type": "number"}}
    schemas: dict[str, dict[str, Any]] = {
        **texts,
        "limit": {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL},
        "offset": {"type": "integer", "minimum": 0, "default": 0},
        "bbox": numbers,
        "bbox-crs": {"type": "string", "enum": list(SYSTEMS)},
        "crs": {"type": "string", "enum": list(SYSTEMS)},
        "at": {"type": "string", "enum": list(SIDES)},
        "reach": {"type": "string", "enum": list(REACHES)},
        "f": {"type": "string", "enum": ["json"]},
        "lang": {"type": "string", "enum": list(LANGUAGES)},
    }
    found = {
        name: {"name": name, "in": "query", "required": False, "schema": said,
               "style": "form", "explode": False}
        for name, said in schemas.items()
    }  # fmt: skip
    found["featureId"] = {
        "name": "featureId", "in": "path", "required": True, "schema": {"type": "string"},
    }  # fmt: skip
    return found
