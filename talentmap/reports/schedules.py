"""Schedules: reports made every month, or after each build, by the server or the command line.

W/reports/schedules.json. One that was missed is made once, however often it was.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from filelock import FileLock

from talentmap.model.errors import UserError, unknown
from talentmap.model.question import Question
from talentmap.reports.shelf import FOLDER, NoReport, Order, folder_name

MONTHLY, BUILD = "monthly", "build"
WHENS = (MONTHLY, BUILD)
LAST_DAY = 28  # every month has it
_FILE, _LOCK = "schedules.json", ".schedules.lock"
_MOST = 100


@dataclass(frozen=True, slots=True)
class Schedule:
    """A report to be made again and again.

    `order` names no month: the newest is taken. `when` is monthly (on `day`) or build; `last` is
    the moment it was begun last (at first, when it was made), `release` the one served then,
    `report` the id of the last report, `error` why the last could not even be begun.
    """

    id: str
    order: Order
    when: str
    folder: str
    day: int = 1
    made: str = ""
    last: str = ""
    release: str = ""
    report: str = ""
    error: str = ""


def due(schedule: Schedule, now: datetime, release: str) -> bool:
    """Tell whether a schedule is to be run: its last occasion came after it was last begun."""
    if schedule.when == BUILD:
        return release != schedule.release
    return datetime.fromisoformat(schedule.last) < occasion(schedule.day, now)


def occasion(day: int, now: datetime) -> datetime:
    """Return the last time before `now` that a day of the month began."""
    this = now.replace(day=day, hour=0, minute=0, second=0, microsecond=0)
    if this <= now:
        return this
    return this.replace(year=now.year - (now.month == 1), month=(now.month - 2) % 12 + 1)


class Schedules:
    """The schedules of one workspace; safe between processes."""

    def __init__(self, workspace: Path) -> None:
        self._folder = workspace / FOLDER

    def all(self) -> list[Schedule]:
        """Return the schedules, oldest first; raise UserError where their file is damaged."""
        file = self._folder / _FILE
        try:
            return [_read(entry) for entry in json.loads(file.read_text("utf-8"))]
        except FileNotFoundError:
            return []
        except (ValueError, KeyError, TypeError):
            raise UserError(f"{file}: not a readable list of schedules") from None

    def add(
        self, order: Order, when: str, folder: str, day: int, now: datetime, release: str
    ) -> Schedule:
        """Keep a new schedule; its first run is at its next occasion."""
        if when not in WHENS:
            raise unknown("when", when, WHENS)
        if not 1 <= day <= LAST_DAY:
            raise UserError(f"day: {day} is not a day from 1 to {LAST_DAY}")
        anytime = Question.from_query(order.query).but(month="", versus="").to_query()
        moment = now.isoformat(timespec="seconds")
        new = Schedule(
            secrets.token_hex(4), replace(order, query=anytime), when, folder_name(folder), day,
            moment, moment, release,
        )  # fmt: skip

        def added(kept: list[Schedule]) -> list[Schedule]:
            if len(kept) >= _MOST:
                raise UserError(f"schedules: at most {_MOST} are kept; remove one first")
            return [*kept, new]

        self._change(added)
        return new

    def get(self, id_: str) -> Schedule:
        """Return a schedule; raise NoReport where there is none of that id."""
        for schedule in self.all():
            if schedule.id == id_:
                return schedule
        raise NoReport("schedule: there is no such schedule, or no longer")

    def remove(self, id_: str) -> Schedule:
        """Remove a schedule; its reports stay."""
        found = self.get(id_)
        self._change(lambda kept: [s for s in kept if s.id != id_])
        return found

    def claim(self, id_: str, now: datetime, release: str) -> bool:
        """Mark a schedule as begun; False where it is not due (any more): another was quicker."""
        claimed: list[str] = []

        def marked(kept: list[Schedule]) -> list[Schedule]:
            return [
                _begun(s, now, release, claimed) if s.id == id_ and due(s, now, release) else s
                for s in kept
            ]

        self._change(marked)
        return bool(claimed)

    def note(self, id_: str, report: str = "", error: str = "") -> None:
        """Keep what came of a run: the id of the report, or why none was begun."""
        self._change(
            lambda kept: [
                replace(s, report=report or s.report, error=error) if s.id == id_ else s
                for s in kept
            ]
        )

    def _change(self, change: Callable[[list[Schedule]], list[Schedule]]) -> None:
        try:
            self._folder.mkdir(exist_ok=True, mode=0o700)
            with FileLock(self._folder / _LOCK):
                text = json.dumps(
                    [asdict(s) for s in change(self.all())], ensure_ascii=False, indent=1
                )
                part = self._folder / f".{_FILE}"
                part.write_text(text + "\n", encoding="utf-8")
                part.chmod(0o600)
                part.replace(self._folder / _FILE)
        except OSError as error:
            raise UserError(f"{self._folder}: cannot be written: {error.strerror}") from None


def _begun(schedule: Schedule, now: datetime, release: str, claimed: list[str]) -> Schedule:
    claimed.append(schedule.id)
    return replace(schedule, last=now.isoformat(timespec="seconds"), release=release, error="")


def _read(entry: dict[str, object]) -> Schedule:
    order = dict(entry["order"])  # type: ignore[call-overload]
    made = Order(**{**order, "formats": tuple(order["formats"])})
    return Schedule(**{**entry, "order": made})  # type: ignore[arg-type]
