"""The desk that serves, with the room its reports are made in."""

from __future__ import annotations

from talentmap.answers.serving import Serving
from talentmap.answers.viewer import Viewer
from talentmap.model.workspace import Workspace
from talentmap.reports.room import Room


class ReportServing(Serving):
    """A Serving whose pages find the reports beside the numbers."""

    def __init__(self, ws: Workspace) -> None:
        super().__init__(ws)
        self._workspace = ws

    def reports(self, viewer: Viewer) -> Room:
        """Return the room of the workspace, as a viewer may use it."""
        return Room(self._workspace, self, viewer)
