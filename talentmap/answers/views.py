"""Views somebody saved: an address of this map under a name, with a note, in the workspace."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock

from talentmap.model.errors import UserError
from talentmap.model.workspace import Workspace

_FILE = "views.json"
MOST_VIEWS = 200
_LONGEST = {"name": 60, "note": 200, "address": 4000}


@dataclass(frozen=True, slots=True)
class View:
    """A saved view; `address` is a path of this server with its query, `saved` UTC."""

    id: str
    name: str
    note: str
    address: str
    saved: str


class SavedViews:
    """The views of one workspace; every change is written whole or not at all."""

    def __init__(self, ws: Workspace) -> None:
        self._file = ws.path / _FILE
        self._lock = FileLock(ws.path / f".{_FILE}.lock")

    def all(self) -> list[View]:
        """Return the views, newest first; raise UserError where the file is damaged."""
        if not self._file.exists():
            return []
        try:
            return [View(**row) for row in json.loads(self._file.read_text("utf-8"))]
        except (ValueError, TypeError):
            raise UserError(f"{self._file.name}: not a readable list of views") from None

    def save(self, name: str, note: str, address: str) -> View:
        """Keep a view; raise UserError for an empty or doubled name or another's address."""
        view = View(
            secrets.token_hex(4),
            _text("name", name),
            _text("note", note),
            _address(address),
            _now(),
        )

        def add(views: list[View]) -> list[View]:
            if len(views) >= MOST_VIEWS:
                raise UserError(f"views: {MOST_VIEWS} are kept; delete one first")
            _check_free(views, view)
            return [view, *views]

        self._change(add)
        return view

    def rename(self, id_: str, name: str, note: str) -> View:
        """Give a view another name and note."""
        old = self._one(id_)
        new = View(old.id, _text("name", name), _text("note", note), old.address, old.saved)

        def put(views: list[View]) -> list[View]:
            _check_free(views, new)
            return [new if view.id == id_ else view for view in views]

        self._change(put)
        return new

    def delete(self, id_: str) -> None:
        """Forget a view; raise UserError for one that is not there."""
        self._one(id_)
        self._change(lambda views: [view for view in views if view.id != id_])

    def _one(self, id_: str) -> View:
        for view in self.all():
            if view.id == id_:
                return view
        raise UserError(f"view: {id_} is not there any more")

    def _change(self, change: Callable[[list[View]], list[View]]) -> None:
        with self._lock:
            views = change(self.all())
            part = Path(f"{self._file}.part")
            rows = [asdict(view) for view in views]
            part.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
            part.replace(self._file)


def _check_free(views: list[View], new: View) -> None:
    if any(view.name == new.name and view.id != new.id for view in views):
        raise UserError(f"name: a view is already called {new.name}")


def _text(what: str, given: str) -> str:
    text = " ".join(given.split())
    if what == "name" and not text:
        raise UserError("name: a view needs one")
    if len(text) > _LONGEST[what]:
        raise UserError(f"{what}: at most {_LONGEST[what]} characters")
    return text


def _address(given: str) -> str:
    """Return the address; raise UserError for one that leads elsewhere than to this server."""
    plain = given.isprintable() and "\\" not in given and len(given) <= _LONGEST["address"]
    if not plain or not given.startswith("/") or given.startswith("//"):
        raise UserError("address: not a path of this map")
    return given


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
