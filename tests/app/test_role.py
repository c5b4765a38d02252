"""The role of the local profile: a lowered tier sees the lower plane at every door."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_server
from talentmap.api.role import PURPOSE_COOKIE, ROLE_COOKIE, RoleViewer, role_viewer
from talentmap.model.settings import Settings
from talentmap.model.workspace import Workspace

SMALL = "/api/ask?metric=supply&at=home&level=cell7&industry=I"
HERE = {"Origin": "http://localhost"}


@pytest.fixture(scope="module")
def server(demo_workspace: Workspace) -> Flask:
    return create_server(Settings(demo_workspace.path, tier="authorised"))


@pytest.fixture
def client(server: Flask) -> Iterator[FlaskClient]:
    with server.test_client() as client:
        yield client


def _as(client: FlaskClient, tier: str) -> None:
    answer = client.post("/api/role", json={"tier": tier}, headers=HERE)
    assert answer.status_code == 200, answer.text


def _statuses(client: FlaskClient, path: str) -> set[str]:
    return {row["status"] for row in client.get(path).get_json()["rows"]}


def test_a_lowered_role_gets_the_lower_plane_from_the_endpoints(client: FlaskClient) -> None:
    above = client.get(SMALL)
    assert above.get_json()["tier"] == "authorised"
    assert _statuses(client, SMALL) == {"ok"}
    _as(client, "public")
    below = client.get(SMALL).get_json()
    assert below["tier"] == "public"
    assert "suppressed" in {row["status"] for row in below["rows"]}
    assert client.get("/api/ask?metric=supply&level=cell8").status_code == 403
    _as(client, "authorised")
    assert client.get(SMALL).get_json() == above.get_json()


def test_what_is_kept_is_kept_by_tier(client: FlaskClient) -> None:
    release = client.get("/api/release").get_json()["release"]
    path = f"/api/values/{release}/7?metric=supply&at=home&industry=I&level=cell7"
    above = client.get(path)
    _as(client, "public")
    below = client.get(path)
    assert below.data != above.data
    assert "Cookie" in below.headers["Vary"]  # nor may a browser give the one for the other
    assert client.get(path, headers={"If-None-Match": above.headers["ETag"]}).status_code == 200


def test_exports_and_pages_obey_too(client: FlaskClient) -> None:
    path = "/export/map.csv?metric=supply&at=home&industry=I&level=cell7"
    above = client.get(path).get_data(as_text=True)
    _as(client, "public")
    below = client.get(path).get_data(as_text=True)
    assert "suppressed" in below
    assert "suppressed" not in above
    assert client.get("/export/map.csv?metric=supply&level=enterprise").status_code == 403
    assert client.get("/api/data/build").status_code == 403


def test_a_role_is_never_raised(demo_workspace: Workspace) -> None:
    with create_server(Settings(demo_workspace.path, tier="internal")).test_client() as client:
        answer = client.post("/api/role", json={"tier": "authorised"}, headers=HERE)
        assert answer.status_code == 403
        client.set_cookie(ROLE_COOKIE, "authorised")
        assert client.get("/api/ask?metric=supply&level=cell9").status_code == 403
        assert client.get("/api/role").get_json() == {
            "tier": "internal", "tiers": ["public", "internal"],
        }  # fmt: skip


@pytest.mark.parametrize("origin", ["", "http://elsewhere.example"])
def test_only_a_page_of_this_server_switches(client: FlaskClient, origin: str) -> None:
    answer = client.post("/api/role", json={"tier": "public"}, headers={"Origin": origin})
    assert answer.status_code == 403
    assert client.get("/api/role").get_json()["tier"] == "authorised"


@pytest.mark.parametrize("body", ["", "[]", '{"tier": 3}', '{"tier": "king"}'])
def test_nonsense_is_one_line(client: FlaskClient, body: str) -> None:
    answer = client.post("/api/role", data=body, headers=HERE)
    assert answer.status_code == 400
    assert "\n" not in answer.get_json()["error"]


def test_a_purpose_is_signed_and_ends(server: Flask, tmp_path: Path) -> None:
    viewer = role_viewer("authorised", tmp_path)
    other = RoleViewer("authorised", "another key")
    with server.test_client() as client:
        said = {"purpose": "核对人才补贴名单", "who": "李四"}
        answer = client.post("/api/role/purpose", json=said, headers=HERE)
        assert answer.status_code == 200
        assert answer.get_json()["seconds"] == 1800
        cookie = client.get_cookie(PURPOSE_COOKIE)
        assert cookie is not None
        assert cookie.http_only
    with server.test_request_context(headers={"Cookie": f"{PURPOSE_COOKIE}={cookie.value}"}):
        assert viewer.purpose == ""  # signed with another workspace's key
        assert other.purpose == ""
    assert (tmp_path / "session.key").stat().st_mode & 0o777 == 0o600


def test_a_purpose_says_something(client: FlaskClient) -> None:
    for said in ({"purpose": "x", "who": "李四"}, {"purpose": "核对名单", "who": " "}, {}):
        assert client.post("/api/role/purpose", json=said, headers=HERE).status_code == 400
    _as(client, "internal")
    said = {"purpose": "核对名单", "who": "李四"}
    assert client.post("/api/role/purpose", json=said, headers=HERE).status_code == 403


def test_outside_a_request_the_viewer_is_the_servers(tmp_path: Path) -> None:
    viewer = role_viewer("internal", tmp_path)
    assert (viewer.tier, viewer.purpose, viewer.tiers) == ("internal", "", ("public", "internal"))
    assert json.dumps(viewer.tiers)
