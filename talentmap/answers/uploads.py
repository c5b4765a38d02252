"""Files on their way in: taken piece by piece into the workspace, removed once dealt with."""

from __future__ import annotations

import json
import re
import secrets
import shutil
import time
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from talentmap.answers.jobs import Job
from talentmap.model.errors import NotAllowed, UserError

FOLDER = "uploads"
MOST_BYTES = 4 * 2**30
PIECE_BYTES = 4 * 2**20
_SPARE_BYTES = 256 * 2**20  # left free on the disk for everything else
_MOST_AT_ONCE = 8
_KEPT_SECONDS = 24 * 3600.0
_LONGEST_NAME = 100
_ID = re.compile(r"[0-9a-f]{16}")
_STATE = "upload.json"
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')


class NotThere(UserError):
    """There is no such upload, or no longer."""

    status = 404


@dataclass(frozen=True)
class Upload:
    """A file on its way in, and what was chosen for it so far.

    `columns` says which column of ours one of the file's is, '' for none; it holds only what was
    chosen by hand.
    """

    id: str
    name: str
    size: int
    received: int = 0
    table: str = ""
    crs: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Tell whether all of it has arrived."""
        return self.received == self.size


class Uploads:
    """The uploads of one workspace, each in a folder of its own that only we may read."""

    def __init__(self, workspace: Path, most_bytes: int = MOST_BYTES) -> None:
        self._folder = workspace / FOLDER
        self._most = most_bytes

    def open(self, name: str, size: int, suffixes: tuple[str, ...]) -> Upload:
        """Begin an upload; raise UserError for a name or a size that cannot be taken."""
        self.sweep()
        found = Upload(secrets.token_hex(8), _safe(name, suffixes), size)
        if not 0 < size <= self._most:
            raise UserError(f"{found.name}: {size:,} bytes; from 1 to {self._most:,} can be taken")
        if len(self._ids()) >= _MOST_AT_ONCE:
            raise UserError(f"{found.name}: too many files are waiting; import or drop one of them")
        self._folder.mkdir(exist_ok=True, mode=0o700)
        if shutil.disk_usage(self._folder).free < size + _SPARE_BYTES:
            raise UserError(f"{found.name}: not enough room on the disk")
        (self._folder / found.id).mkdir(mode=0o700)
        self.file(found).touch(mode=0o600)
        return self.save(found)

    def append(self, id_: str, offset: int, piece: bytes) -> Upload:
        """Take a piece; one that came already changes nothing, so that a sender may try again."""
        found = self.get(id_)
        if offset != found.received:
            return found
        if offset + len(piece) > found.size:
            raise UserError(f"{found.name}: more bytes came than were announced")
        with self.file(found).open("r+b") as out:
            out.seek(offset)
            out.write(piece)
            out.truncate()
        return self.save(replace(found, received=offset + len(piece)))

    def get(self, id_: str) -> Upload:
        """Return an upload; raise NotThere where there is none of that id."""
        if not _ID.fullmatch(id_):
            raise NotThere("upload: there is no such file waiting")
        try:
            return Upload(**json.loads((self._folder / id_ / _STATE).read_text("utf-8")))
        except FileNotFoundError:
            raise NotThere("upload: there is no such file waiting") from None

    def save(self, upload: Upload) -> Upload:
        """Keep what is known of an upload."""
        part = self._folder / upload.id / f".{_STATE}"
        try:
            part.write_text(json.dumps(asdict(upload), ensure_ascii=False), encoding="utf-8")
            part.replace(self._folder / upload.id / _STATE)
        except FileNotFoundError:
            raise NotThere("upload: the file was dropped meanwhile") from None
        return upload

    def drop(self, id_: str) -> None:
        """Remove an upload; raise NotAllowed while it is being read."""
        if self.job(self.get(id_)).state().running:
            raise NotAllowed("upload: the file is being read; wait for it to end")
        shutil.rmtree(self._folder / id_)

    def job(self, upload: Upload) -> Job:
        """Return what is being done with an upload."""
        return Job(self._folder / upload.id)

    def file(self, upload: Upload) -> Path:
        """Return where the bytes lie."""
        return self._folder / upload.id / upload.name

    def sweep(self) -> None:
        """Remove what nobody has touched for a day."""
        for id_ in self._ids():
            folder = self._folder / id_
            touched = max((f.stat().st_mtime for f in folder.iterdir()), default=0.0)
            if time.time() - touched > _KEPT_SECONDS and not Job(folder).state().running:
                shutil.rmtree(folder, ignore_errors=True)

    def _ids(self) -> list[str]:
        found = self._folder.iterdir() if self._folder.is_dir() else ()
        return [folder.name for folder in found if _ID.fullmatch(folder.name)]


def _safe(name: str, suffixes: tuple[str, ...]) -> str:
    """Return the last part of a name as one that any disk takes and no path hides in."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    plain = _FORBIDDEN.sub("_", last).strip(". ")
    suffix = next((s for s in suffixes if plain.lower().endswith(s)), "")
    if not suffix or len(plain) == len(suffix):
        kinds = ", ".join(suffixes)
        raise UserError(f"{plain or 'a file without a name'}: not a kind of file read ({kinds})")
    stem = plain[: -len(suffix)]
    return stem[: _LONGEST_NAME - len(suffix)] + plain[-len(suffix) :]
