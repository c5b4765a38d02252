"""The map area: one Leaflet map for all pages and the places its script fills."""

from __future__ import annotations

import dash_leaflet as dl
from dash import html
from dash.development.base_component import Component

from talentmap.model.release import ReleaseInfo

# Filled by the scripts in assets/: the legend, the overview, the zoom and drawing buttons, notices.
PLACES = ("legend", "locator", "zoom-box", "tool-box", "map-notice")


def stage(info: ReleaseInfo) -> Component:
    """Return the map area; the map itself is made once and stays while pages change."""
    west, south, east, north = info.busy_bounds
    leaflet = dl.Map(
        id="map",
        center=[(south + north) / 2, (west + east) / 2],
        zoom=10.5,
        zoomSnap=0.25,
        zoomDelta=0.5,
        zoomControl=False,
        attributionControl=False,
        trackViewport=False,  # the script keeps pan and zoom in the address; no callback hears them
        children=[],
    )
    return html.Div(
        [leaflet, *[html.Div(id=place) for place in PLACES]], id="stage", className="stage"
    )
