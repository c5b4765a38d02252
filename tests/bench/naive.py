"""The plain way to draw hexagons, to compare with: a callback that answers each move with GeoJSON.

`python -m tests.bench.naive PORT` serves one dash-leaflet map. It knows nothing of the program but
asks its endpoints; which ones comes with the page's own address (`?base=…&res=…&query=…`).
"""

from __future__ import annotations

import json
import sys
import urllib.request
from functools import cache
from typing import Any
from urllib.parse import parse_qs

import dash_leaflet as dl
import h3
import numpy as np
import numpy.typing as npt
from dash import Dash, Input, Output, State, dcc, html

_COLOURS = ["#e6eef6", "#c6daeb", "#98bddd", "#659bc8", "#3a77ae", "#1d5288"]
_RESERVED = 65531
# Counts the redraws that show new features, as `tm.painted` does on our map.
_PAGE = """<!DOCTYPE html>
<html><head>{%metas%}{%css%}<style>html,body{margin:0}</style></head><body>{%app_entry%}<footer>{%config%}{%scripts%}<script>
window.naive = {drawn: 0, fresh: false, map: null,
  style: (feature) => ({
    fillColor: feature.properties.c, fillOpacity: 0.82, weight: 1, color: "#f8f9f7",
  })};
const {addData} = L.GeoJSON.prototype;
const redraw = L.Canvas.prototype._redraw;
L.GeoJSON.include({addData(data) { naive.fresh = true; return addData.call(this, data); }});
L.Canvas.include({_redraw() {
  redraw.call(this);
  if (naive.fresh) { naive.fresh = false; naive.drawn += 1; }
}});
L.Map.addInitHook(function () { naive.map = this; });
</script>{%renderer%}</footer></body></html>"""


@cache
def hexagons(base: str, resolution: int, query: str) -> tuple[npt.NDArray[np.float64], list[Any]]:
    """Return middles (lat, lon) and features of all cells with a value, read once."""
    release = json.loads(_read(f"{base}/api/release"))["release"]
    ids = np.frombuffer(_read(f"{base}/api/cells/{release}/{resolution}"), "<i8")
    codes = np.frombuffer(_read(f"{base}/api/values/{release}/{resolution}?{query}"), "<u2")
    ids, codes = ids[codes < _RESERVED], codes[codes < _RESERVED]
    edges = np.quantile(codes, [1 / 6, 2 / 6, 3 / 6, 4 / 6, 5 / 6])
    classes = np.searchsorted(edges, codes, side="right")
    names = [h3.int_to_str(int(i)) for i in ids]
    middles = np.array([h3.cell_to_latlng(name) for name in names])
    return middles, [_feature(n, _COLOURS[c]) for n, c in zip(names, classes, strict=True)]


def _read(url: str) -> bytes:
    with urllib.request.urlopen(url) as answer:  # noqa: S310 - an address of this machine
        return bytes(answer.read())


def _feature(cell: str, colour: str) -> dict[str, Any]:
    ring = [[lon, lat] for lat, lon in h3.cell_to_boundary(cell)]
    shape = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    return {"type": "Feature", "properties": {"c": colour}, "geometry": shape}


def make_app() -> Dash:
    """Return the app: one map, one layer, one callback on the window."""
    app = Dash("naive", serve_locally=True, index_string=_PAGE)
    leaflet = dl.Map(
        [dl.GeoJSON(id="cells", style={"variable": "naive.style"})],
        id="map",
        center=[0, 0],
        zoom=1,
        zoomSnap=0.25,
        preferCanvas=True,
        trackViewport=True,
        attributionControl=False,
        style={"width": "100vw", "height": "100vh"},
    )
    app.layout = html.Div([dcc.Location(id="url"), leaflet])

    @app.callback(
        Output("cells", "data"),
        Input("map", "bounds"),
        Input("cells", "hideout"),
        State("url", "search"),
        prevent_initial_call=True,
    )
    def answer(bounds: Any, asked: Any, search: str) -> dict[str, Any]:
        given = {name: words[0] for name, words in parse_qs(search.lstrip("?")).items()}
        query = given["query"] if asked is None else asked["query"]
        middles, features = hexagons(given["base"], int(given["res"]), query)
        (south, west), (north, east) = bounds
        lat, lon = middles[:, 0], middles[:, 1]
        seen = np.flatnonzero((lat > south) & (lat < north) & (lon > west) & (lon < east))
        return {"type": "FeatureCollection", "features": [features[i] for i in seen]}

    return app


if __name__ == "__main__":
    make_app().run(host="127.0.0.1", port=int(sys.argv[1]), debug=False)
