"""Long work beside the pages: one job a folder, its state in a file that every process can read.

A job is alive while its lock is held, so that one killed with its process is seen to be dead and
never stands as running for good.
"""

from __future__ import annotations

import json
import logging
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from talentmap.model.errors import UserError

Tell = Callable[[str, float], None]
Work = Callable[[Tell], dict[str, Any]]

RUNNING, DONE, FAILED = "running", "done", "failed"
_FILE, _LOCK = "job.json", "job.lock"
_TELL_SECONDS = 0.3
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class JobState:
    """What a job does: `kind`, `state`, the `step` it is at, and how far: rows, or a share to 1.

    `error` is one line where it failed, `incident` the number it is logged under where that was a
    defect. `result` is what the work returned.
    """

    kind: str = ""
    state: str = ""
    step: str = ""
    amount: float = 0.0
    error: str = ""
    incident: str = ""
    result: dict[str, Any] = field(default_factory=dict)

    @property
    def running(self) -> bool:
        """Tell whether it is still at work."""
        return self.state == RUNNING


class Job:
    """The one job of a folder; any process may read it, one at a time may run it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def start(self, kind: str, work: Work) -> JobState:
        """Run work in a thread; raise UserError where the folder's job is still running."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Taken here and given back by the thread, so that two starts never both succeed.
        lock = FileLock(self._folder / _LOCK, timeout=0, thread_local=False)
        try:
            lock.acquire()
        except Timeout:
            raise UserError(f"{kind}: the one before is still running") from None
        begun = JobState(kind, RUNNING)
        self._write(begun)
        threading.Thread(target=self._run, args=(kind, work, lock), daemon=True).start()
        return begun

    def forget(self) -> None:
        """Forget what the last work came to; raise UserError while it is running."""
        if self.state().running:
            raise UserError("it is still running")
        (self._folder / _FILE).unlink(missing_ok=True)

    def state(self) -> JobState:
        """Return where the job stands; an empty state where there was none."""
        try:
            found = JobState(**json.loads((self._folder / _FILE).read_text("utf-8")))
        except FileNotFoundError:
            return JobState()
        if found.running and not self._held():
            # It may have ended between the two looks.
            again = JobState(**json.loads((self._folder / _FILE).read_text("utf-8")))
            lost = JobState(found.kind, FAILED, found.step, error="the server stopped meanwhile")
            return lost if again.running else again
        return found

    def _held(self) -> bool:
        lock = FileLock(self._folder / _LOCK, timeout=0, thread_local=False)
        try:
            with lock:
                return False
        except Timeout:
            return True

    def _run(self, kind: str, work: Work, lock: FileLock) -> None:
        last = 0.0

        def tell(step: str, amount: float) -> None:
            nonlocal last
            if time.monotonic() - last > _TELL_SECONDS:
                last = time.monotonic()
                self._write(JobState(kind, RUNNING, step, amount))

        try:
            self._write(self._ended(kind, work, tell))
        except FileNotFoundError:
            pass  # the upload was dropped while it was judged: nobody waits for the end
        finally:
            lock.release()

    def _ended(self, kind: str, work: Work, tell: Tell) -> JobState:
        try:
            return JobState(kind, DONE, amount=1.0, result=work(tell))
        except UserError as error:
            return JobState(kind, FAILED, error=str(error))
        except Exception as error:  # noqa: BLE001 - shown with its number, logged whole
            number = secrets.token_hex(4)
            _LOG.error("incident %s in job %s", number, kind, exc_info=error)
            return JobState(kind, FAILED, error=type(error).__name__, incident=number)

    def _write(self, state: JobState) -> None:
        part = self._folder / f".{_FILE}"
        part.write_text(json.dumps(asdict(state), ensure_ascii=False), encoding="utf-8")
        part.replace(self._folder / _FILE)
