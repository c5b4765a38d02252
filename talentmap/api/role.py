"""The role of the local profile: look as a lower tier, and say what records are looked at for.

Until accounts exist the server has one viewer, of the tier it was started as. A cookie of the
browser lowers that tier, never raises it; another, signed and dated, holds the purpose without
which no record is shown. Both are read at every request: pages, endpoints and exports obey alike.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, has_request_context, jsonify, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

from talentmap.answers.viewer import TIERS, Viewer, tiers_up_to
from talentmap.api.guard import json_of, own_page, text_of, user_error
from talentmap.model.errors import NotAllowed, UserError, unknown
from talentmap.privacy.planes import TIER_RULES, Tier

ROLE_COOKIE = "tm_role"
PURPOSE_COOKIE = "tm_purpose"
PURPOSE_SECONDS = 30 * 60
PURPOSE_LENGTH = (4, 200)  # characters: long enough to say something
_KEY_FILE = "session.key"
_YEAR = 365 * 86_400
_MOST_JSON = 4096


@dataclass(frozen=True, slots=True)
class Said:
    """A purpose somebody gave, and who; empty where nobody did or it is too long ago."""

    purpose: str = ""
    who: str = ""
    until: int = 0


class RoleViewer(Viewer):
    """A Viewer whose tier and purpose are those of the request; without one, the server's."""

    _highest: str
    _signer: URLSafeTimedSerializer

    def __init__(self, highest: str, key: str) -> None:
        if highest not in TIER_RULES:
            raise unknown("as", highest, TIER_RULES)
        object.__setattr__(self, "_highest", highest)
        object.__setattr__(self, "_signer", URLSafeTimedSerializer(key, salt=PURPOSE_COOKIE))

    @property
    def tier(self) -> str:
        """The tier asked for by the cookie, at most the server's."""
        asked = request.cookies.get(ROLE_COOKIE, "") if has_request_context() else ""
        return asked if asked in self.tiers else self._highest

    @property
    def purpose(self) -> str:
        """What records are looked at for; empty where it was not said in the last half hour."""
        return self.said().purpose

    @property
    def who(self) -> str:
        """Who said so."""
        return self.said().who

    @property
    def until(self) -> int:
        """When the purpose ends, in seconds since 1970; 0 where there is none."""
        return self.said().until

    @property
    def rules(self) -> Tier:
        """The disclosure rules of the tier."""
        return TIER_RULES[self.tier]

    @property
    def tiers(self) -> tuple[str, ...]:
        """The tiers one may switch to: the server's and those below."""
        return tiers_up_to(self._highest)

    def said(self) -> Said:
        """Return the purpose of the request's cookie, if its signature and its age are right."""
        cookie = request.cookies.get(PURPOSE_COOKIE, "") if has_request_context() else ""
        try:
            if not cookie:
                return Said()
            said, when = self._signer.loads(cookie, max_age=PURPOSE_SECONDS, return_timestamp=True)
            purpose, who = said
            return Said(purpose, who, int(when.timestamp()) + PURPOSE_SECONDS)
        except BadSignature:  # too old, or not ours
            return Said()

    def sign(self, said: Said) -> str:
        """Return a cookie that holds a purpose for half an hour."""
        return str(self._signer.dumps([said.purpose, said.who]))


def role_viewer(highest: str, workspace: Path) -> RoleViewer:
    """Return the viewer of a server, with the signing key of its workspace, made on first use."""
    return RoleViewer(highest, _key(workspace / _KEY_FILE))


def create_role_blueprint(viewer: RoleViewer) -> Blueprint:
    """Return the blueprint `/api/role`: which tiers there are, switch, say a purpose, end it."""
    api = Blueprint("role", __name__, url_prefix="/api/role")
    ends = Endpoints(viewer)
    api.get("")(ends.show)
    api.post("")(ends.switch)
    api.post("/purpose")(ends.say)
    api.delete("/purpose")(ends.end)
    api.register_error_handler(UserError, user_error)
    return api


class Endpoints:
    """One method an endpoint."""

    def __init__(self, viewer: RoleViewer) -> None:
        self._viewer = viewer

    def show(self) -> Response:
        """Tell the tier of this browser and those it may switch to."""
        return jsonify(tier=self._viewer.tier, tiers=self._viewer.tiers)

    def switch(self) -> Response:
        """Look as {tier}: the server's or a lower one; a purpose ends with it."""
        own_page()
        tier = text_of(json_of(_MOST_JSON), "tier")
        if tier not in TIERS:
            raise unknown("tier", tier, TIERS)
        if tier not in self._viewer.tiers:
            raise NotAllowed(f"tier: this server shows nothing above {self._viewer.tiers[-1]}")
        response = jsonify(tier=tier)
        _set(response, ROLE_COOKIE, tier, _YEAR)
        response.delete_cookie(PURPOSE_COOKIE)
        return response

    def say(self) -> Response:
        """Keep {purpose, who} for half an hour; only the authorised tier has records to see."""
        own_page()
        if "person" not in self._viewer.rules.levels:
            raise NotAllowed("purpose: records are open to the authorised tier only")
        given = json_of(_MOST_JSON)
        said = Said(text_of(given, "purpose").strip(), text_of(given, "who").strip())
        least, most = PURPOSE_LENGTH
        if not least <= len(said.purpose) <= most:
            raise UserError(f"purpose: say in {least} to {most} characters what it is for")
        if not 1 <= len(said.who) <= most:
            raise UserError("who: say who is looking")
        response = jsonify(seconds=PURPOSE_SECONDS)
        _set(response, PURPOSE_COOKIE, self._viewer.sign(said), PURPOSE_SECONDS)
        return response

    def end(self) -> Response:
        """Forget the purpose: the records close."""
        own_page()
        response = jsonify(ended=True)
        response.delete_cookie(PURPOSE_COOKIE)
        return response


def _set(response: Response, name: str, value: str, seconds: int) -> None:
    response.set_cookie(name, value, max_age=seconds, httponly=True, samesite="Lax")


def _key(file: Path) -> str:
    """Return the signing key, made whole with mode 0600 by whoever is first."""
    if not file.exists():
        new = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(secrets.token_hex(32))
        try:
            os.link(new, file)
        except FileExistsError:
            pass  # another process was first: its key counts
        finally:
            new.unlink()
    return file.read_text(encoding="ascii")
