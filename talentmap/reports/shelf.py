"""The reports of a workspace: one folder each, what was ordered and what came of it beside it.

W/reports/FOLDER/ID/ORDER, job.json and the files. Only the owner may read them.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from talentmap.answers.jobs import Job, JobState
from talentmap.model.errors import NotAllowed, UserError

FOLDER = "reports"
BY_HAND = "manual"  # folder of what was made on the page
PREVIEWS = ".previews"
_ORDER = "order.json"
_ID = re.compile(r"\d{14}-[0-9a-f]{6}")
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
_LONGEST_FOLDER = 40


class NoReport(UserError):
    """There is no such report or file, or no longer."""

    status = 404


@dataclass(frozen=True, slots=True)
class Order:
    """What a report is to be: kind, question, formats, language, and the tier it is made for."""

    kind: str
    query: str
    formats: tuple[str, ...]
    language: str = "zh"
    tier: str = "internal"


@dataclass(frozen=True, slots=True)
class Entry:
    """A report on the shelf.

    `asked` is the moment it was ordered (ISO, with zone), `by` the id of the schedule that ordered
    it, empty for somebody at the page; `files` are (name, bytes), empty until it is done.
    """

    id: str
    folder: str
    order: Order
    asked: str
    by: str
    state: JobState
    files: tuple[tuple[str, int], ...] = ()

    @property
    def release(self) -> str:
        """The release it was made from; empty until it is done."""
        return str(self.state.result.get("release", ""))

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(size for _, size in self.files)


class Shelf:
    """The reports of one workspace."""

    def __init__(self, workspace: Path) -> None:
        self.path = workspace / FOLDER

    def add(self, order: Order, folder: str = BY_HAND, by: str = "") -> Entry:
        """Make the folder of a new report; raise UserError where that cannot be."""
        moment = datetime.now().astimezone()
        id_ = f"{moment:%Y%m%d%H%M%S}-{secrets.token_hex(3)}"
        kept = {"order": asdict(order), "asked": moment.isoformat(timespec="seconds"), "by": by}
        try:
            self.path.mkdir(exist_ok=True, mode=0o700)
            (self.path / folder).mkdir(exist_ok=True, mode=0o700)
            home = self.path / folder / id_
            home.mkdir(mode=0o700)
            text = json.dumps(kept, ensure_ascii=False)
            (home / _ORDER).write_text(text, encoding="utf-8")
        except OSError as error:
            raise UserError(f"{self.path}: cannot be written: {error.strerror}") from None
        return self._read(home)

    def entries(self) -> list[Entry]:
        """Return all reports but previews, newest first."""
        homes = [home for home in self._homes() if home.parent.name != PREVIEWS]
        return [self._read(home) for home in sorted(homes, key=lambda h: h.name, reverse=True)]

    def previews(self) -> list[Entry]:
        """Return the previews, newest first."""
        homes = [home for home in self._homes() if home.parent.name == PREVIEWS]
        return [self._read(home) for home in sorted(homes, key=lambda h: h.name, reverse=True)]

    def get(self, id_: str) -> Entry:
        """Return a report or preview; raise NoReport where there is none of that id."""
        return self._read(self._home(id_))

    def job(self, entry: Entry) -> Job:
        """Return the making of a report."""
        return Job(self.path / entry.folder / entry.id)

    def home(self, entry: Entry) -> Path:
        """Return the folder of a report."""
        return self.path / entry.folder / entry.id

    def file(self, entry: Entry, name: str) -> Path:
        """Return a file of a report; raise NoReport for a name it has not."""
        if name not in dict(entry.files):
            raise NoReport(f"report {entry.id}: it has no file {name!r}")
        return self.home(entry) / name

    def remove(self, id_: str) -> Entry:
        """Remove a report; raise NotAllowed while it is being made."""
        entry = self.get(id_)
        if entry.state.running:
            raise NotAllowed(f"report {id_}: it is being made; wait for it to end")
        shutil.rmtree(self.home(entry))
        return entry

    def _homes(self) -> Iterator[Path]:
        for home in self.path.glob("*/*") if self.path.is_dir() else ():
            if _ID.fullmatch(home.name) and (home / _ORDER).is_file():
                yield home

    def _home(self, id_: str) -> Path:
        if not _ID.fullmatch(id_):
            raise NoReport("report: there is no such report")
        for home in self._homes():
            if home.name == id_:
                return home
        raise NoReport("report: there is no such report, or no longer")

    def _read(self, home: Path) -> Entry:
        try:
            kept = json.loads((home / _ORDER).read_text("utf-8"))
        except FileNotFoundError:
            raise NoReport("report: it was removed meanwhile") from None
        order = Order(**{**kept["order"], "formats": tuple(kept["order"]["formats"])})
        state = Job(home).state()
        names = [str(name) for name in state.result.get("files", ())]
        files = [(name, (home / name).stat().st_size) for name in names if (home / name).is_file()]
        return Entry(
            home.name, home.parent.name, order, kept["asked"], kept["by"], state, tuple(files)
        )


def folder_name(text: str) -> str:
    """Return a name of a folder for schedules; raise UserError for one no disk takes."""
    name = text.strip()
    if not name or name.startswith(".") or _FORBIDDEN.search(name) or len(name) > _LONGEST_FOLDER:
        raise UserError(
            f"folder: {text!r} is not a name of 1 to {_LONGEST_FOLDER} characters without "
            r'\ / : * ? " < > | and without a dot in front'
        )
    return name
