"""The frame: top bar with the sentence, rail, map area, the page in between; and the app itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html, no_update
from dash.development.base_component import Component
from flask import Flask

from talentmap.model.basemap import Basemap
from talentmap.model.discover import discover
from talentmap.model.errors import UserError
from talentmap.model.words import LANGUAGES, Words
from talentmap.ui import text
from talentmap.ui.bar import bar, rail
from talentmap.ui.components import states
from talentmap.ui.components.stage import stage
from talentmap.ui.export import add_export
from talentmap.ui.nearest import nearest_spec
from talentmap.ui.page import Page, incident
from talentmap.ui.picker import picker
from talentmap.ui.visit import Desk, Viewer, language_of

# The theme is set before the first paint, so that a dark page never flashes white.
INDEX = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
{%metas%}
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{%title%}</title>
<link rel="icon" type="image/svg+xml" href="/assets/icons/mark.svg">
<script>
try {
  // The wall is dark whatever was chosen.
  if (location.pathname === "/screen") document.documentElement.classList.add("dark", "wall-on")
  if (localStorage.getItem("tm.theme") === "dark") document.documentElement.classList.add("dark")
} catch (error) { /* storage is off: the light theme it is */ }
</script>
{%css%}
</head>
<body>
{%app_entry%}
<footer>{%config%}{%scripts%}{%renderer%}</footer>
</body>
</html>"""


def create_app(
    desk: Desk,
    viewer: Viewer,
    *,
    server: Flask | None = None,
    assets: Path,
    basemap: Basemap | None = None,
) -> Dash:
    """Return the app over a desk, as a viewer sees it, on `server` or on one of its own.

    `basemap` is what may lie under the map beside the districts.
    Pages are found in talentmap.ui.pages; a page without a PAGE or a doubled id raises here.
    """
    pages = pages_by_path(discover("talentmap.ui.pages", "PAGE", Page))
    app = Dash(
        __name__,
        server=server if server is not None else Flask("talentmap"),  # type: ignore[arg-type]
        assets_folder=str(assets.resolve()),
        index_string=INDEX,
        title=text.PRODUCT.zh,
        update_title="",
        serve_locally=True,
        suppress_callback_exceptions=True,
    )
    app.layout = frame(desk, basemap)
    _attach_frame(app, desk, viewer, pages)
    for page in pages.values():
        page.attach(app, desk, viewer)
        add_export(app.server, page, desk, viewer)
    return app


def pages_by_path(found: dict[str, Page]) -> dict[str, Page]:
    """Return pages by path, in the order of the rail; raise ValueError for a doubled path."""
    pages: dict[str, Page] = {}
    for page in sorted(found.values(), key=lambda p: (p.order, p.id)):
        if page.path in pages:
            raise ValueError(f"page {page.id}: path {page.path!r} is already taken")
        pages[page.path] = page
    return pages


def frame(desk: Desk, basemap: Basemap | None = None) -> Component:
    """Return the layout every page stands in; callbacks fill what changes with the address."""
    return html.Div(
        [
            dcc.Location(id="url", refresh=False),
            dcc.Store(id="spec"),
            dcc.Store(id="title"),
            dcc.Store(id="asked-word"),
            html.Div(id="sink", hidden=True),
            html.Header(id="bar", className="topbar"),
            html.Nav(id="rail", className="rail"),
            html.Main([stage(desk.info, basemap), html.Div(id="page")], className="content"),
            html.Div(html.Div(id="picker"), id="picker-box", className="picker-box"),
        ],
        id="frame",
        className="frame",
    )


def _attach_frame(app: Dash, desk: Desk, viewer: Viewer, pages: dict[str, Page]) -> None:
    where = (Input("url", "pathname"), Input("url", "search"))

    @app.callback(Output("page", "children"), Input("url", "pathname"), State("url", "search"))
    def route(pathname: str, search: str) -> Component:
        return page_body(pages, pathname, search or "")

    @app.callback(
        Output("bar", "children"), Output("rail", "children"), Output("title", "data"), *where
    )
    def head(pathname: str, search: str) -> tuple[list[Component], list[Component], dict[str, str]]:
        return frame_head(pages, desk, viewer, pathname, search or "")

    @app.callback(Output("spec", "data"), *where)
    def spec(pathname: str, search: str) -> Any:
        return page_spec(pages, desk, viewer, pathname, search or "")

    @app.callback(
        Output("picker", "children"),
        Input("asked-word", "data"),
        State("url", "pathname"),
        State("url", "search"),
        prevent_initial_call=True,
    )
    def pick(asked: dict[str, Any] | None, pathname: str, search: str) -> Any:
        return picker_body(pages, desk, viewer, asked, pathname, search or "")

    for function, source, prop in (
        ("show", "spec", "data"),
        ("entitle", "title", "data"),
        ("picked", "picker", "children"),
    ):
        app.clientside_callback(  # type: ignore[no-untyped-call]
            ClientsideFunction("tmui", function),
            Output("sink", "children", allow_duplicate=True),
            Input(source, prop),
            prevent_initial_call=True,
        )


def page_body(pages: dict[str, Page], pathname: str, search: str) -> Component:
    """Return the skeleton of the page at a path, or the state that says there is none."""
    page = pages.get(pathname)
    language = language_of(search)
    if page is None:
        gone = states.no_page(pathname, language)
        return html.Div(gone, className="page full no-page")
    kind = f"page page-{page.id}{' bare' if page.bare else ''}"
    return html.Div(page.skeleton(), className=kind if page.spec is not None else f"{kind} full")


def frame_head(
    pages: dict[str, Page], desk: Desk, viewer: Viewer, pathname: str, search: str
) -> tuple[list[Component], list[Component], dict[str, str]]:
    """Return top bar, rail and document title; a bad address leaves out the sentence."""
    language = language_of(search)
    page = pages.get(pathname)
    visit = None
    if page is not None:
        try:
            visit = page.visit(desk, viewer, search)
        except UserError:
            visit = None  # the page's main slot says what is wrong
    named = {"title": _title(page, language), "language": language}
    if visit is not None:
        named["canonical"] = visit.href()
    return (
        bar(page, visit, desk.info, viewer, pathname, language),
        rail(pages, page, visit, language),
        named,
    )


def page_spec(
    pages: dict[str, Page], desk: Desk, viewer: Viewer, pathname: str, search: str
) -> Any:
    """Return the map spec of the page at a path, or of the nearest question that is published.

    An address that cannot be read gets the opening map, marked `spare`: drawn only where there is
    none yet.
    """
    page = pages.get(pathname)
    if page is None or page.spec is None:
        return no_update
    try:
        return nearest_spec(page, page.visit(desk, viewer, search))
    except UserError:  # the page's main slot says what is wrong
        language = "" if language_of(search) == LANGUAGES[0] else f"?lang={language_of(search)}"
        opening = nearest_spec(page, page.visit(desk, viewer, language))
        return {**opening, "spare": True} if isinstance(opening, dict) else no_update


def picker_body(
    pages: dict[str, Page],
    desk: Desk,
    viewer: Viewer,
    asked: dict[str, Any] | None,
    pathname: str,
    search: str,
) -> Any:
    """Return the list behind the word that was clicked."""
    page = pages.get(pathname)
    if page is None or not asked:
        return no_update
    try:
        metrics = page.metrics(desk) if page.metrics else list(desk.metrics)
        return picker(page.visit(desk, viewer, search), str(asked["word"]), metrics)
    except UserError as error:
        return html.Code(str(error))
    except Exception as error:  # noqa: BLE001 - shown with its number, logged whole
        return states.failed(incident("picker", error), language_of(search))


def _title(page: Page | None, language: str) -> str:
    words = page.name if page is not None else Words("", "")
    return " · ".join(filter(None, [words.in_(language), text.PRODUCT.in_(language)]))
