"""The WSGI app: `python app.py`, or `gunicorn app:server`.

Settings come from the environment (TALENTMAP_WORKSPACE, _HOST, _PORT, _TIER); see the README.
Read this file as the map of the program: settings → workspace → desk → endpoints and pages.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask

from talentmap.answers.views import SavedViews
from talentmap.api.blueprint import create_blueprint
from talentmap.api.guard import guard
from talentmap.api.ogc import create_ogc_blueprint
from talentmap.api.reports import create_reports_blueprint
from talentmap.api.role import create_role_blueprint, role_viewer
from talentmap.api.static import compress_pages
from talentmap.api.tiles import create_tiles_blueprint
from talentmap.api.upload import create_upload_blueprint
from talentmap.api.wall import create_wall_blueprint
from talentmap.api.workbench import create_workbench_blueprint
from talentmap.model.errors import UserError
from talentmap.model.settings import Settings
from talentmap.model.workspace import Workspace
from talentmap.reports.clock import Clock
from talentmap.reports.serving import ReportServing
from talentmap.ui.shell import create_app

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

ASSETS = Path(__file__).resolve().parent / "assets"


def create_server(settings: Settings) -> Flask:
    """Return the Flask app of a built workspace; raise UserError where there is none."""
    workspace = Workspace.open(settings.workspace)
    serving = ReportServing(workspace)
    viewer = role_viewer(settings.tier, settings.workspace)
    server = Flask("talentmap")
    guard(server)
    server.register_blueprint(create_blueprint(serving.desk, viewer))
    server.register_blueprint(create_role_blueprint(viewer))
    views = SavedViews(workspace)
    server.register_blueprint(create_workbench_blueprint(serving.desk, viewer, views))
    server.register_blueprint(create_ogc_blueprint(serving.desk, viewer))
    server.register_blueprint(create_upload_blueprint(serving.office(viewer)))
    server.register_blueprint(create_wall_blueprint(serving, viewer))
    room = serving.reports(viewer)
    server.register_blueprint(create_reports_blueprint(room))
    server.extensions["report-clock"] = Clock(room)
    basemap = workspace.city.basemap
    server.register_blueprint(create_tiles_blueprint(basemap))
    compress_pages(server)
    create_app(serving, viewer, server=server, assets=ASSETS, basemap=basemap)
    return server


def run(settings: Settings) -> None:
    """Serve on the loopback address until stopped."""
    server = create_server(settings)
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server.extensions["report-clock"].start()
    print(f"http://{settings.host}:{settings.port}/", flush=True)
    server.run(settings.host, settings.port, threaded=True)


def __getattr__(name: str) -> WSGIApplication:
    """Make `server` when gunicorn asks for it, so that importing this file opens no workspace."""
    if name == "server":
        try:
            server = create_server(Settings.from_environment())
        except UserError as error:
            sys.exit(f"talentmap: {error}")
        server.extensions["report-clock"].start()
        globals()["server"] = server
        return server
    raise AttributeError(name)


if __name__ == "__main__":
    try:
        run(Settings.from_environment())
    except UserError as error:
        sys.exit(f"talentmap: {error}")
