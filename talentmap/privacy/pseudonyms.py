"""Pseudonyms of persons: HMAC-SM3 with a key that lies outside the workspace.

The space of ID numbers can be enumerated, so that a bare hash of one is no protection; without the
key nobody can go from a pseudonym to a number or back. The raw value is neither stored nor logged.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives import hashes, hmac

from talentmap.model.errors import UserError

KEY_VARIABLE = "TALENTMAP_KEY_FILE"
KEY_BYTES = 32
# The first 128 of the 256 bits: a chance of 1e-25 that two of nine million persons meet.
PSEUDONYM_BYTES = 16


class Pseudonyms:
    """Turns raw identifiers into pseudonyms; the same key gives the same pseudonyms."""

    def __init__(self, key: bytes):
        self._keyed = hmac.HMAC(key, hashes.SM3())

    @classmethod
    def from_environment(cls, workspace: Path) -> Pseudonyms:
        """Read the key of TALENTMAP_KEY_FILE (default ~/.config/talentmap/key), made on first use.

        Raise UserError where the key would lie inside the workspace, or cannot be read or written.
        """
        file = key_file()
        if file.resolve().is_relative_to(workspace.resolve()):
            raise UserError(f"{KEY_VARIABLE}: {file} lies inside the workspace; keep it elsewhere")
        return cls(read_key(file))

    def of(self, values: Iterable[str]) -> list[str]:
        """Return the pseudonym (32 hexadecimal digits) of each value, in order."""
        return [self._one(value) for value in values]

    def _one(self, value: str) -> str:
        keyed = self._keyed.copy()
        keyed.update(value.encode())
        return keyed.finalize()[:PSEUDONYM_BYTES].hex()


def on_first_use(workspace: Path) -> Callable[[Sequence[str]], list[str]]:
    """Return `Pseudonyms.of` with the key of the environment, read or made when first called.

    So that an intake without person keys neither needs a key nor leaves one behind.
    """

    @cache
    def keyed() -> Pseudonyms:
        return Pseudonyms.from_environment(workspace)

    return lambda values: keyed().of(values)


def key_file() -> Path:
    """Return where the key lies."""
    given = os.environ.get(KEY_VARIABLE)
    return Path(given) if given else Path.home() / ".config" / "talentmap" / "key"


def read_key(file: Path) -> bytes:
    """Return the key of a file, making it (mode 0600, random) where there is none.

    Raise UserError where it cannot be read or written, or is shorter than KEY_BYTES.
    """
    try:
        if not file.exists():
            _make_key(file)
        key = bytes.fromhex(file.read_text(encoding="ascii").strip())
    except (OSError, UnicodeDecodeError, ValueError) as error:
        kind = type(error).__name__ if isinstance(error, ValueError) else str(error)
        raise UserError(f"{file}: not a readable key: {kind}") from None
    if len(key) < KEY_BYTES:
        raise UserError(f"{file}: a key needs {2 * KEY_BYTES} hexadecimal digits")
    return key


def _make_key(file: Path) -> None:
    """Write a new key whole or not at all; where another process was first, keep its key."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(secrets.token_hex(KEY_BYTES) + "\n")
            out.flush()
            os.fsync(out.fileno())
        os.link(new, file)  # fails where the file exists by now
    except FileExistsError:
        pass
    finally:
        new.unlink()
