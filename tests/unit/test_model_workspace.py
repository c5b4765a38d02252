from __future__ import annotations

from pathlib import Path

import pytest

from talentmap.model.errors import UserError
from talentmap.model.workspace import PROFILE, CityProfile, Workspace


@pytest.mark.parametrize(
    "city",
    [
        CityProfile("370100", "济南市", "Jinan", True, "I", ("I", "C")),
        CityProfile("", 'A "quoted" name', "back\\slash"),
    ],
)
def test_the_profile_reads_back_as_written(tmp_path: Path, city: CityProfile) -> None:
    (tmp_path / PROFILE).write_text(city.to_toml(), encoding="utf-8")
    assert Workspace.open(tmp_path).city == city


def test_no_folder_and_no_profile_are_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="there is no such folder"):
        Workspace.open(tmp_path / "absent")
    with pytest.raises(UserError, match=r"no city\.toml in it"):
        Workspace.open(tmp_path)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"[city\n", "not a readable profile"),
        (b"\xff\xfe\x00", "not a readable profile"),
        (b"[city]\nname = 'x'\n", "lacks 'code'"),
        (b"", "lacks 'city'"),
    ],
)
def test_a_broken_profile_is_one_line_naming_the_file(
    tmp_path: Path, content: bytes, says: str
) -> None:
    (tmp_path / PROFILE).write_bytes(content)
    with pytest.raises(UserError, match=says) as caught:
        Workspace.open(tmp_path)
    assert PROFILE in str(caught.value)
