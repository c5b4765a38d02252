"""What the pages are made of goes out compressed, once, and is not asked for again."""

from __future__ import annotations

import gzip
from pathlib import Path

import brotli
import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from talentmap.api.static import compress_pages

SCRIPT = "console.log('图');\n" * 400


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    (tmp_path / "a.js").write_text(SCRIPT, encoding="utf-8")
    (tmp_path / "a.png").write_bytes(b"\x89PNG" * 1000)
    server = Flask("test", static_folder=str(tmp_path), static_url_path="/assets")
    compress_pages(server)
    server.get("/long", endpoint="long")(lambda: Response(SCRIPT, mimetype="application/json"))
    server.get("/short", endpoint="short")(lambda: Response("{}", mimetype="application/json"))
    return server.test_client()


@pytest.mark.parametrize(
    ("coding", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)]
)
def test_a_script_is_compressed_and_kept(client: FlaskClient, coding: str, unpack: object) -> None:
    asked = {"Accept-Encoding": coding}
    for _ in range(2):  # the second answer is the kept one
        found = client.get("/assets/a.js?m=1", headers=asked)
        assert found.headers["Content-Encoding"] == coding
        assert len(found.data) < len(SCRIPT) / 10
        assert unpack(found.data).decode() == SCRIPT  # type: ignore[operator]
        assert "immutable" in found.headers["Cache-Control"]
        assert "Accept-Encoding" in found.headers["Vary"]
    again = client.get("/assets/a.js?m=1", headers=asked | {"If-None-Match": found.headers["ETag"]})
    assert again.status_code == 304


def test_a_script_of_another_version_is_another_file(client: FlaskClient, tmp_path: Path) -> None:
    client.get("/assets/a.js?m=1")
    (tmp_path / "a.js").write_text("new", encoding="utf-8")
    assert client.get("/assets/a.js?m=2").text == "new"


def test_what_has_no_version_or_is_no_text_goes_as_it_is(client: FlaskClient) -> None:
    for address in ("/assets/a.js", "/assets/a.png?m=1"):
        with client.get(address, headers={"Accept-Encoding": "br"}) as found:
            assert "Content-Encoding" not in found.headers
            assert "immutable" not in found.headers.get("Cache-Control", "")
            assert found.status_code == 200
    assert client.get("/assets/none.js?m=1", headers={"Accept-Encoding": "br"}).status_code == 404


def test_answers_of_pages_are_compressed_where_it_pays(client: FlaskClient) -> None:
    asked = {"Accept-Encoding": "br"}
    long, short = client.get("/long", headers=asked), client.get("/short", headers=asked)
    assert brotli.decompress(long.data).decode() == SCRIPT
    assert "Content-Encoding" not in short.headers
    assert short.text == "{}"
    assert client.get("/long").text == SCRIPT
