"""What a request that changes something must be: from a page of this server, a small object."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from flask import request

from talentmap.model.errors import NotAllowed, UserError
from talentmap.model.settings import LOOPBACK


def own_page() -> None:
    """Raise NotAllowed unless the request comes from a page of this server, on this machine."""
    if urlsplit(f"//{request.host}").hostname not in LOOPBACK:
        raise NotAllowed("host: this is done on this machine only")
    if request.headers.get("Origin", "") != f"{request.scheme}://{request.host}":
        raise NotAllowed("origin: the request comes from another page")


def json_of(most: int) -> dict[str, Any]:
    """Return the request's JSON object; raise UserError for anything else or a longer one."""
    if (request.content_length or 0) > most:
        raise UserError("body: too long")
    try:
        said = json.loads(request.get_data(cache=False) or b"{}")
    except ValueError:
        raise UserError("body: not JSON") from None
    if not isinstance(said, dict):
        raise UserError("body: not a JSON object")
    return said


def text_of(said: dict[str, Any], name: str) -> str:
    """Return a text of a request; raise UserError where it is none."""
    if not isinstance(said.get(name), str):
        raise UserError(f"{name}: not a text")
    return str(said[name])
