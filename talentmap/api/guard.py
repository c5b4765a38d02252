"""Who may call, what they may send, and how a mistake or a defect is answered: in one place.

Every address asks `this_machine`; what changes something asks `own_page` too.
"""

from __future__ import annotations

import json
import logging
import secrets
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException

from talentmap.model.errors import NotAllowed, UserError
from talentmap.model.settings import LOOPBACK

_LOG = logging.getLogger("talentmap.api")
_SAFE = ("GET", "HEAD", "OPTIONS")


def guard(server: Flask) -> None:
    """Let every address of a server ask `this_machine` first, pages and files too."""
    server.before_request(this_machine)
    server.register_error_handler(UserError, user_error)


def this_machine() -> None:
    """Raise NotAllowed for an address that is not this machine's.

    A name of another site that points here would otherwise let that site read what is served.
    """
    if urlsplit(f"//{request.host}").hostname not in LOOPBACK:
        raise NotAllowed("host: this is served on this machine only")


def own_page() -> None:
    """Raise NotAllowed unless the request comes from a page of this server, on this machine.

    Another site open in the same browser cannot pretend the Origin.
    """
    this_machine()
    if request.headers.get("Origin", "") != f"{request.scheme}://{request.host}":
        raise NotAllowed("origin: the request comes from another page")


def own_changes() -> None:
    """Raise NotAllowed as `this_machine`; for what changes something as `own_page`."""
    if request.method in _SAFE:
        this_machine()
    else:
        own_page()


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


def number_of(said: dict[str, Any], name: str) -> int:
    """Return a whole number of a request; raise UserError where it is none."""
    if not isinstance(said.get(name), int) or isinstance(said[name], bool):
        raise UserError(f"{name}: not a whole number")
    return int(said[name])


def user_error(error: UserError) -> tuple[Response, int]:
    """Answer a mistake with its one line."""
    return jsonify(error=str(error)), error.status


def defect(error: Exception) -> tuple[Response, int]:
    """Answer a defect with its number, under which the log has it."""
    if isinstance(error, HTTPException):
        return jsonify(error=error.description), error.code or 500
    incident = secrets.token_hex(4)
    _LOG.error("incident %s at %s", incident, request.path, exc_info=error)
    return jsonify(error=f"internal error, number {incident}", incident=incident), 500
