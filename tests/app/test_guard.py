"""Another name for this machine reads nothing: no page, no number, no file."""

from __future__ import annotations

import pytest

from app import create_server
from talentmap.model.settings import Settings
from talentmap.model.workspace import Workspace

PATHS = ["/", "/api/release", "/api/ask?metric=supply", "/assets/tokens.css", "/export/map.csv"]


@pytest.fixture(scope="module")
def settings(demo_workspace: Workspace) -> Settings:
    return Settings(demo_workspace.path, "127.0.0.1", 8050, "internal")


def test_every_address_asks_for_this_machine(settings: Settings) -> None:
    client = create_server(settings).test_client()
    for path in PATHS:
        with client.get(path, headers={"Host": "rebound.example:8050"}) as refused:
            assert refused.status_code == 403, path
            said = refused.get_data(as_text=True)
            assert "host: this is served on this machine only" in said
        with client.get(path, headers={"Host": "localhost:8050"}) as served:
            assert served.status_code == 200, path
