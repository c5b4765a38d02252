"""The desk that serves now: it follows the workspace when a build switches to a new release."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from talentmap.answers.assumed import Assumed
from talentmap.answers.desk import Desk
from talentmap.answers.exports import export
from talentmap.answers.find import Found
from talentmap.answers.office import Office
from talentmap.answers.viewer import Viewer
from talentmap.cube.release import current_name, open_release
from talentmap.model.answer import Answer
from talentmap.model.composition import Composition, read_composition, write_composition
from talentmap.model.errors import NotAllowed, UserError
from talentmap.model.metric import Metric
from talentmap.model.question import Question
from talentmap.model.release import Place, ReleaseInfo
from talentmap.model.workspace import Workspace
from talentmap.privacy.audit import Audit


class Serving:
    """Answers like a Desk, always from the current release of one workspace; thread-safe."""

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        self._audit = Audit(ws.audit)
        self._lock = threading.Lock()
        self._desk = self._opened("")

    def desk(self) -> Desk:
        """Return the desk of the release that is current at this moment."""
        name = current_name(self._ws)
        if name != self._desk.info.name:
            with self._lock:
                if name != self._desk.info.name:
                    self._desk = self._opened(name)
        return self._desk

    def _opened(self, name: str) -> Desk:
        """Open a release; its register of names is read meanwhile, before anybody looks."""
        desk = Desk(open_release(self._ws, name), self._audit)
        threading.Thread(target=_read_names, args=(desk,), daemon=True).start()
        return desk

    def office(self, viewer: Viewer) -> Office:
        """Return the office of the workspace, as a viewer may use it."""
        return Office(self._ws, viewer, self._audit)

    def composition(self) -> Composition:
        """Return how the office composes its wall screen; UserError where the file is wrong."""
        return read_composition(self._ws.path)

    def compose(self, composition: Composition, viewer: Viewer) -> None:
        """Write how the wall screen is composed; NotAllowed for the public tier."""
        if viewer.tier == "public":
            raise NotAllowed("screen: the public tier does not compose the wall")
        write_composition(self._ws.path, composition)
        self._audit.record(viewer.tier, "compose", f"screen.toml {asdict(composition)}")

    @property
    def info(self) -> ReleaseInfo:
        """The release in words."""
        return self.desk().info

    @property
    def metrics(self) -> dict[str, Metric]:
        """The metrics by id."""
        return self._desk.metrics

    def ask(self, question: Question, viewer: Viewer, language: str = "zh") -> Answer:
        """See Desk.ask."""
        return self.desk().ask(question, viewer, language)

    def series(self, question: Question, viewer: Viewer, language: str = "zh") -> Answer:
        """See Desk.series."""
        return self.desk().series(question, viewer, language)

    def breakdown(
        self, question: Question, dimension: str, viewer: Viewer, language: str = "zh"
    ) -> Answer:
        """See Desk.breakdown."""
        return self.desk().breakdown(question, dimension, viewer, language)

    def ranking(
        self, question: Question, viewer: Viewer, language: str = "zh", dimension: str = "industry"
    ) -> Answer:
        """See Desk.ranking."""
        return self.desk().ranking(question, viewer, language, dimension)

    def mismatch(
        self, question: Question, viewer: Viewer, language: str = "zh",
        rows: str = "specialty", columns: str = "education",
    ) -> Answer:  # fmt: skip
        """See Desk.mismatch."""
        return self.desk().mismatch(question, viewer, language, rows, columns)

    def catalogue(self, question: Question, viewer: Viewer, language: str = "zh") -> Answer:
        """See Desk.catalogue."""
        return self.desk().catalogue(question, viewer, language)

    def records(
        self, question: Question, viewer: Viewer, language: str = "zh", page: int = 1
    ) -> Answer:
        """See Desk.records."""
        return self.desk().records(question, viewer, language, page)

    def enterprise(self, question: Question, viewer: Viewer, language: str = "zh") -> Answer:
        """See Desk.enterprise."""
        return self.desk().enterprise(question, viewer, language)

    def find(self, words: str, viewer: Viewer, language: str = "zh") -> list[Found]:
        """See Desk.find."""
        return self.desk().find(words, viewer, language)

    def geojson(self, kind: str) -> bytes | None:
        """See Desk.geojson."""
        return self.desk().geojson(kind)

    def above(self, place: str) -> list[Place]:
        """See Desk.above."""
        return self.desk().above(place)

    def distances(self, question: Question, viewer: Viewer, language: str = "zh") -> Answer:
        """See Desk.distances."""
        return self.desk().distances(question, viewer, language)

    def matrix(self, question: Question, viewer: Viewer, language: str = "zh") -> Answer:
        """See Desk.matrix."""
        return self.desk().matrix(question, viewer, language)

    def flows(self, question: Question, viewer: Viewer, language: str = "zh") -> Answer:
        """See Desk.flows."""
        return self.desk().flows(question, viewer, language)

    def destinations(self, question: Question, viewer: Viewer, language: str = "zh") -> Answer:
        """See Desk.destinations."""
        return self.desk().destinations(question, viewer, language)

    def commuting(
        self, question: Question, viewer: Viewer, language: str = "zh", by: str = ""
    ) -> Answer:
        """See Desk.commuting."""
        return self.desk().commuting(question, viewer, language, by)

    def shuttles(
        self,
        question: Question,
        viewer: Viewer,
        language: str = "zh",
        assumed: Assumed | None = None,
    ) -> Answer:
        """See Desk.shuttles."""
        return self.desk().shuttles(question, viewer, language, assumed)

    def file(self, question: Question, viewer: Viewer, language: str, format_: str) -> bytes:
        """Return the answer to a question as a file of a format (exports.py)."""
        desk = self.desk()
        with TemporaryDirectory(prefix="talentmap-") as folder:
            made = Path(folder) / "answer"
            export(desk.ask(question, viewer, language), desk, format_, made, language)
            return made.read_bytes()


def _read_names(desk: Desk) -> None:
    # A release of before there was a register, or one that is gone by now: finding says so.
    with suppress(UserError, OSError):
        desk.find("", Viewer("public"))
