"""Pseudonyms: the algorithm, and the key that must not lie with the data."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes, hmac

from talentmap.model.errors import UserError
from talentmap.privacy.pseudonyms import Pseudonyms, on_first_use, read_key

SM3_ABC = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_sm3_of_the_standard() -> None:
    digest = hashes.Hash(hashes.SM3())
    digest.update(b"abc")
    assert digest.finalize().hex() == SM3_ABC


def test_a_pseudonym_is_the_head_of_hmac_sm3() -> None:
    whole = hmac.HMAC(b"k" * 32, hashes.SM3())
    whole.update("编号1".encode())
    assert Pseudonyms(b"k" * 32).of(["编号1", "编号2"])[0] == whole.finalize().hex()[:32]


def test_another_key_gives_other_pseudonyms() -> None:
    assert Pseudonyms(b"k" * 32).of(["a"]) != Pseudonyms(b"l" * 32).of(["a"])


def test_the_key_is_made_once_and_for_its_owner_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "home" / "key"
    monkeypatch.setenv("TALENTMAP_KEY_FILE", str(file))
    turn = on_first_use(tmp_path / "city")
    assert not file.exists()
    first = turn(["a"])
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["key"]
    assert on_first_use(tmp_path / "city")(["a"]) == first


def test_a_key_inside_the_workspace_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALENTMAP_KEY_FILE", str(tmp_path / "city" / "key"))
    with pytest.raises(UserError, match="inside the workspace"):
        Pseudonyms.from_environment(tmp_path / "city")


@pytest.mark.parametrize("text", ["", "zz", "00ff", "\xff"])
def test_a_bad_key_is_refused_without_being_shown(tmp_path: Path, text: str) -> None:
    file = tmp_path / "key"
    file.write_text(text, encoding="latin-1")
    with pytest.raises(UserError, match="key") as caught:
        read_key(file)
    assert "00ff" not in str(caught.value)
