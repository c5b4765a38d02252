"""The clock of a server: looks now and then whether a schedule is due."""

from __future__ import annotations

import logging
import threading

from talentmap.reports.room import Room

LOOK_SECONDS = 10.0
_LOG = logging.getLogger(__name__)


class Clock:
    """Runs what is due, from a thread of its own, until stopped.

    Several servers of one workspace do not get into each other's way: a schedule is claimed before
    it is run.
    """

    def __init__(self, room: Room, look_seconds: float = LOOK_SECONDS) -> None:
        self._room = room
        self._seconds = look_seconds
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="report-clock", daemon=True)

    def start(self) -> None:
        """Begin to look; the first time at once, since a schedule may have been missed."""
        self._thread.start()

    def stop(self) -> None:
        """Stop looking; reports under way go on."""
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                self._room.run_due()
            except Exception:  # noqa: BLE001 - a clock that stops at one trouble misses all after it
                _LOG.exception("schedules could not be looked at")
            self._stopped.wait(self._seconds)
