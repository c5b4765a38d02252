from __future__ import annotations

from pathlib import Path

import pytest

from talentmap.model.errors import UserError
from talentmap.model.settings import Settings


def test_defaults_serve_the_demo_city_to_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WORKSPACE", "HOST", "PORT", "TIER"):
        monkeypatch.delenv(f"TALENTMAP_{name}", raising=False)
    settings = Settings.from_environment()
    assert settings == Settings(Path("workspace/demo"), "127.0.0.1", 8050, "internal")


@pytest.mark.parametrize("host", ["0.0.0.0", "", "192.168.1.4", "example.org"])  # noqa: S104
def test_another_host_is_refused(host: str) -> None:
    with pytest.raises(UserError, match=r"host: .*refused"):
        Settings(Path("w"), host=host)


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "80.5", ""])
def test_a_port_is_a_number_in_range(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALENTMAP_PORT", port)
    with pytest.raises(UserError, match=r"TALENTMAP_PORT: .* is not a port number"):
        Settings.from_environment()


def test_an_unknown_tier_names_the_known_ones() -> None:
    with pytest.raises(UserError, match="tier: unknown value 'all'; known: authorised, internal"):
        Settings(Path("w"), tier="all")
