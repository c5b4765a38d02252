"""The room reports are made in: ordered, previewed, kept, scheduled, for one viewer.

A report is made in a process of its own, one after another, as its job's state tells.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from talentmap.answers.apart import run_apart
from talentmap.answers.jobs import Tell
from talentmap.answers.serving import Serving
from talentmap.answers.viewer import TIERS, Viewer
from talentmap.model.codes import code_table
from talentmap.model.errors import NotAllowed, UserError, unknown
from talentmap.model.question import Question
from talentmap.model.words import LANGUAGES
from talentmap.model.workspace import Workspace
from talentmap.privacy.audit import Audit
from talentmap.reports.content.kind import Report
from talentmap.reports.format import Format
from talentmap.reports.schedules import Schedule, Schedules, due
from talentmap.reports.shelf import BY_HAND, PREVIEWS, Entry, NoReport, Order, Shelf
from talentmap.reports.write import formats, kinds, write_report

PREVIEW_FORMAT = "html"
WAITING = "waiting"
_KEPT_PREVIEWS = 6
_FIRST = ("shortage", "commute")  # kinds to offer before the others
_MAKING = ".making.lock"
_LOOK_SECONDS = 0.2


class Room:
    """Makes the reports of one workspace, as one viewer may have them.

    A report is for the tier it was made for: a viewer of a lower one neither sees nor gets it.
    """

    def __init__(self, ws: Workspace, serving: Serving, viewer: Viewer) -> None:
        self._ws, self._serving, self._viewer = ws, serving, viewer
        self._audit = Audit(ws.audit)
        self._shelf = Shelf(ws.path)
        self._schedules = Schedules(ws.path)
        found = kinds()
        first = [name for name in _FIRST if name in found]
        self.kinds: Mapping[str, Report] = {name: found[name] for name in [*first, *found]}
        self.formats: Mapping[str, Format] = formats()

    def order(self, kind: str, query: str, formats_: tuple[str, ...], language: str) -> Order:
        """Return an order of the viewer's tier; raise UserError naming the word that is wrong."""
        if kind not in self.kinds:
            raise unknown("kind", kind, self.kinds)
        if not formats_:
            raise UserError("formats: choose at least one")
        for name in formats_:
            if name not in self.formats:
                raise unknown("format", name, self.formats)
        if language not in LANGUAGES:
            raise unknown("language", language, LANGUAGES)
        question = Question.from_query(query)
        self._check(question)
        tier = self._viewer.tier
        return Order(kind, question.to_query(), tuple(dict.fromkeys(formats_)), language, tier)

    def make(self, order: Order, folder: str = BY_HAND, by: str = "") -> Entry:
        """Begin a report and return its entry; its state tells how far it is."""
        entry = self._shelf.add(order, folder, by)
        self._note(order.tier, "make", f"{entry.id} {order.kind} {order.query}")
        self._start(entry)
        return self._shelf.get(entry.id)

    def preview(self, order: Order) -> Entry:
        """Return a preview of an order: the one there is of this release, or a new one begun."""
        release = self._serving.info.name
        wanted = Order(order.kind, order.query, (PREVIEW_FORMAT,), order.language, order.tier)
        found = self._shelf.previews()
        for entry in found:
            same = entry.order == wanted and (entry.state.running or entry.release == release)
            if same and not entry.state.error:
                return entry
        for entry in found[_KEPT_PREVIEWS - 1 :]:
            if not entry.state.running:
                self._shelf.remove(entry.id)
        return self.make(wanted, PREVIEWS)

    def history(self) -> list[Entry]:
        """Return the reports the viewer may have, newest first."""
        return [entry for entry in self._shelf.entries() if self._open_to(entry.order)]

    def get(self, id_: str) -> Entry:
        """Return a report or preview; raise NoReport for one the viewer may not have, too."""
        entry = self._shelf.get(id_)
        if not self._open_to(entry.order):
            raise NoReport("report: there is no such report, or no longer")
        return entry

    def file(self, id_: str, name: str) -> Path:
        """Return a file of a report to hand out, and note it."""
        entry = self.get(id_)
        found = self._shelf.file(entry, name)
        self._note(self._viewer.tier, "hand out", f"{id_} {name}")
        return found

    def remove(self, id_: str) -> Entry:
        """Remove a report."""
        entry = self._shelf.remove(self.get(id_).id)
        self._note(self._viewer.tier, "remove", id_)
        return entry

    def schedules(self) -> list[Schedule]:
        """Return the schedules the viewer may have."""
        return [s for s in self._schedules.all() if self._open_to(s.order)]

    def schedule(self, order: Order, when: str, folder: str, day: int) -> Schedule:
        """Keep a schedule; raise NotAllowed for the public tier."""
        if self._viewer.tier == TIERS[0]:
            raise NotAllowed("schedules: the public tier makes reports by hand")
        release = self._serving.info.name
        made = self._schedules.add(order, when, folder, day, _now(), release)
        self._note(order.tier, "schedule", f"{made.id} {when} {order.kind} {made.order.query}")
        return made

    def unschedule(self, id_: str) -> Schedule:
        """Remove a schedule the viewer may have; its reports stay."""
        self._own(id_)
        self._note(self._viewer.tier, "unschedule", id_)
        return self._schedules.remove(id_)

    def run_now(self, id_: str) -> Entry:
        """Begin a schedule's report out of turn; its next occasion stays."""
        found = self._own(id_)
        return self._run(found)

    def run_due(self, now: datetime | None = None) -> list[Entry]:
        """Begin every schedule that is due and return the reports begun.

        One that cannot be begun keeps its reason, and the others run.
        """
        moment, release = now or _now(), self._serving.info.name
        begun = []
        for found in self.schedules():
            ready = due(found, moment, release)
            if not ready or not self._schedules.claim(found.id, moment, release):
                continue
            try:
                begun.append(self._run(found))
            except UserError as error:
                self._schedules.note(found.id, error=str(error))
        return begun

    def wait(self, entries: list[Entry]) -> list[Entry]:
        """Wait for reports begun here and return them as they ended."""
        while any(self._shelf.job(entry).state().running for entry in entries):
            time.sleep(_LOOK_SECONDS)
        return [self._shelf.get(entry.id) for entry in entries]

    def _run(self, schedule: Schedule) -> Entry:
        entry = self.make(schedule.order, schedule.folder, schedule.id)
        self._schedules.note(schedule.id, report=entry.id)
        return entry

    def _own(self, id_: str) -> Schedule:
        found = self._schedules.get(id_)
        if not self._open_to(found.order):
            raise NoReport("schedule: there is no such schedule, or no longer")
        return found

    def _start(self, entry: Entry) -> None:
        def work(tell: Tell) -> dict[str, Any]:
            # One at a time: two would take the memory of two, and be no faster.
            turn = FileLock(self._shelf.path / _MAKING, thread_local=False)
            try:
                turn.acquire(timeout=0)
            except Timeout:
                tell(WAITING, 0.0)
                turn.acquire()
            try:
                home = self._shelf.home(entry)
                return dict(run_apart(_write, tell, self._ws.path, entry.order, home))
            finally:
                turn.release()

        self._shelf.job(entry).start(entry.order.kind, work)

    def _open_to(self, order: Order) -> bool:
        return TIERS.index(order.tier) <= TIERS.index(self._viewer.tier)

    def _check(self, question: Question) -> None:
        """Raise UserError for codes, places and months the release does not have."""
        desk = self._serving.desk()
        for dimension, code in question.filters().items():
            code_table(dimension).check(code)
        if question.chain and question.chain not in desk.info.chains:
            raise unknown("chain", question.chain, desk.info.chains)
        desk.month_of(question)
        kind, code = question.place_parts()
        if kind in desk.info.places and desk.info.place(kind, code) is None:
            raise unknown(f"place {kind}", code, [p.code for p in desk.info.places[kind]])

    def _note(self, tier: str, what: str, detail: str) -> None:
        self._audit.record(tier, f"report: {what}", detail)


def _write(tell: Tell, workspace: Path, order: Order, home: Path) -> dict[str, Any]:
    """Write a report's files into its folder; what a process of its own does."""
    serving = Serving(Workspace.open(workspace))
    question = Question.from_query(order.query)
    try:
        files = write_report(
            serving, Viewer(order.tier), order.kind, question, order.formats, home,
            order.language, tell,
        )  # fmt: skip
    except OSError as error:
        raise UserError(f"report: cannot be written: {error.strerror}") from None
    for file in files:
        file.chmod(0o600)
    return {"files": [file.name for file in files], "release": serving.info.name}


def _now() -> datetime:
    return datetime.now().astimezone()
