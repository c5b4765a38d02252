"""Who may call: programs of this machine, and for what changes something a page of this server."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request

from talentmap.api.own import own_page
from talentmap.model.errors import NotAllowed
from talentmap.model.settings import LOOPBACK

_SAFE = ("GET", "HEAD", "OPTIONS")


def this_machine() -> None:
    """Raise NotAllowed for an address that is not this machine's.

    A name of another site that points here would otherwise let that site read what is served.
    """
    if urlsplit(f"//{request.host}").hostname not in LOOPBACK:
        raise NotAllowed("host: this is served on this machine only")


def own_changes() -> None:
    """Raise NotAllowed as `this_machine`; for a change also where another page asks for it."""
    if request.method in _SAFE:
        this_machine()
    else:
        own_page()
