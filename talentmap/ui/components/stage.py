"""The map area: one Leaflet map for all pages and the places its script fills."""

from __future__ import annotations

import json

import dash_leaflet as dl
from dash import html
from dash.development.base_component import Component

from talentmap.model.basemap import Basemap, to_page
from talentmap.model.release import ReleaseInfo
from talentmap.ui.components.basics import attrs

# Filled by the scripts in assets/: the legend, the overview, the zoom and drawing buttons, notices.
PLACES = ("legend", "locator", "zoom-box", "tool-box", "map-notice", "map-credit")


def stage(info: ReleaseInfo, basemap: Basemap | None = None) -> Component:
    """Return the map area; the map itself is made once and stays while pages change.

    `basemap` is what may lie under it; None: the districts alone.
    """
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
        [leaflet, *[html.Div(id=place) for place in PLACES]],
        id="stage",
        className="stage",
        **attrs(data_basemap=json.dumps(to_page(basemap or Basemap()), ensure_ascii=False)),
    )
