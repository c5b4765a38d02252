"""The frame: wiring, language, bad addresses, incidents, pages that are only a folder."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from dash import Dash
from dash.development.base_component import Component

import talentmap.ui.pages as pages_package
from talentmap.model.discover import discover
from talentmap.ui import text
from talentmap.ui.page import Page
from talentmap.ui.shell import create_app, frame, frame_head, page_spec, pages_by_path, picker_body
from tests.app.fake_desk import FakeDesk, FakeViewer

ASSETS = Path(__file__).parents[2] / "assets"
HAN = re.compile(r"[\u4e00-\u9fff]+")
# Names of file formats are the same in every language.
FORMATS = {"Excel", "GeoJSON", "GeoParquet", "PNG", "csv", "xlsx", "geojson", "geoparquet", "png"}
LATIN = re.compile(r"[A-Za-z]{2,}")


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def viewer() -> FakeViewer:
    return FakeViewer()


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    return pages_by_path(discover("talentmap.ui.pages", "PAGE", Page))


def everything(page: Page, desk: FakeDesk, viewer: FakeViewer, search: str) -> list[Any]:
    """Return what all slots of a page show, and the frame around it."""
    head = frame_head({page.path: page}, desk, viewer, page.path, search)
    shown = [page.fill(s, desk, viewer, search, *[None] * len(s.more)) for s in page.slots]
    return [*head, *shown]


def texts(part: Any) -> Iterator[str]:
    """Yield every text a component shows: children, titles, labels."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, list | tuple):
        for item in part:
            yield from texts(item)
    elif isinstance(part, Component):
        properties = _properties(part)
        if getattr(part, "lang", None) is None:  # code in a fixed language says so
            for name in ("children", "title", "placeholder", "aria-label"):
                yield from texts(properties.get(name))


def _properties(part: Component) -> dict[str, Any]:
    described = part.to_plotly_json()  # type: ignore[no-untyped-call]
    return dict(described["props"])


def ids(part: Any) -> Iterator[str]:
    if isinstance(part, list | tuple):
        for item in part:
            yield from ids(item)
    elif isinstance(part, Component):
        identifier = getattr(part, "id", None)
        if identifier:
            yield str(identifier)
        yield from ids(getattr(part, "children", None))


def test_every_id_of_a_callback_is_in_a_layout(desk: FakeDesk, viewer: FakeViewer) -> None:
    app = create_app(desk, viewer, assets=ASSETS)
    app._setup_server()  # type: ignore[no-untyped-call]
    pages = pages_by_path(discover("talentmap.ui.pages", "PAGE", Page))
    known = set(ids(frame(desk))) | {i for page in pages.values() for i in ids(page.skeleton())}
    wired = set()
    for key, callback in app.callback_map.items():
        wired |= {part.rsplit(".", 1)[0] for part in re.findall(r"[\w-]+\.\w+", key)}
        wired |= {part["id"] for part in callback["inputs"] + callback["state"]}
    assert {"url", "page", "spec"} <= wired
    assert wired <= known, wired - known


def test_two_apps_in_one_process_have_their_own_desks(viewer: FakeViewer) -> None:
    one, two = FakeDesk("r0001"), FakeDesk("r0002")
    apps = [create_app(d, viewer, assets=ASSETS) for d in (one, two)]
    for app, release in zip(apps, ("r0001", "r0002"), strict=True):
        assert _call(app, "spec.data", "/", "")["release"] == release


def _call(app: Dash, output: str, path: str, search: str) -> Any:
    name, prop = output.split(".")
    inputs = [
        {"id": "url", "property": "pathname", "value": path},
        {"id": "url", "property": "search", "value": search},
    ]
    body = {
        "output": output,
        "outputs": {"id": name, "property": prop},
        "inputs": inputs,
        "changedPropIds": ["url.search"],
    }
    answer = app.server.test_client().post("/_dash-update-component", json=body)
    assert answer.status_code == 200, answer.text
    return json.loads(answer.text)["response"][name][prop]


@pytest.mark.parametrize("path", ["/", "/commute"])
def test_chinese_pages_hold_no_stray_english(
    path: str, pages: dict[str, Page], desk: FakeDesk, viewer: FakeViewer
) -> None:
    shown = " ".join(texts(everything(pages[path], desk, viewer, "")))
    assert HAN.search(shown)
    # The other language's switch, the release's name and the file format are not words.
    stray = set(LATIN.findall(shown)) - {"EN", "CSV", "r0002"} - FORMATS
    assert not stray


@pytest.mark.parametrize("path", ["/", "/commute"])
@pytest.mark.parametrize("place", ["", "district:370102", "park:P01"])
def test_english_pages_hold_no_chinese(
    path: str, place: str, pages: dict[str, Page], desk: FakeDesk, viewer: FakeViewer
) -> None:
    search = f"?lang=en&place={place}" if place else "?lang=en"
    shown = " ".join(texts(everything(pages[path], desk, viewer, search)))
    names_and_switch = {"岱青", "云软件有限公司", "中文"}
    assert set(HAN.findall(shown)) <= names_and_switch


@pytest.mark.parametrize(
    ("search", "named"),
    [
        ("?metric=foo", "metric"),
        ("?metric=supply&industry=ZZ", "industry"),
        ("?metric=supply&month=2031-01", "month"),
        ("?metric=supply&place=district:1", "place"),
        ("?metric=supply&bogus=1", "bogus"),
        ("?metric=supply&metric=demand", "metric"),
        ("?place=cell:zz", "place"),
    ],
)
@pytest.mark.parametrize("path", ["/", "/commute"])
def test_a_bad_address_shows_one_message_with_a_way_back(
    search: str, named: str, path: str, pages: dict[str, Page], desk: FakeDesk, viewer: FakeViewer
) -> None:
    page = pages[path]
    shown = [page.fill(s, desk, viewer, search, *[None] * len(s.more)) for s in page.slots]
    said = [s for s in shown if s != ""]
    assert len(said) == 1
    words = " ".join(texts(said[0]))
    code = next(str(c.children) for c in _all(said[0]) if c.__class__.__name__ == "Code")
    assert named in code
    assert "回到默认条件" in words
    if named in text.WORD and code.startswith(named):
        assert text.WORD[named].zh in words


def test_an_unforeseen_error_has_a_number_that_is_in_the_log(
    pages: dict[str, Page], viewer: FakeViewer, caplog: pytest.LogCaptureFixture
) -> None:
    desk = FakeDesk(broken=("demand",))
    page = pages["/"]
    slot = next(s for s in page.slots if s.main)
    words = " ".join(texts(page.fill(slot, desk, viewer, "")))
    number = re.search(r"[0-9A-F]{4}-[0-9A-F]{4}", words)
    assert number is not None
    assert number[0] in caplog.text
    assert "broken on purpose" not in words


def test_picker_offers_options_with_values_and_marks_the_current(
    pages: dict[str, Page], desk: FakeDesk, viewer: FakeViewer
) -> None:
    for word in ("industry", "metric", "at", "education", "place", "month", "versus", "age"):
        body = picker_body(pages, desk, viewer, {"word": word}, "/", "")
        found = [p for p in _all(body) if "option" in str(getattr(p, "className", "")).split()]
        assert len(found) >= 2, word
        marked = [p for p in found if "aria-current" in _properties(p)]
        assert len(marked) == 1, word
    industries = " ".join(texts(picker_body(pages, desk, viewer, {"word": "industry"}, "/", "")))
    assert "紧缺指数" in industries
    assert re.search(r"\d\.\d\d", industries)


def test_picker_of_an_unknown_word_says_so(
    pages: dict[str, Page], desk: FakeDesk, viewer: FakeViewer
) -> None:
    body = picker_body(pages, desk, viewer, {"word": "metrics"}, "/", "")
    assert "metrics" in " ".join(texts(body))


def _all(part: Any) -> Iterator[Component]:
    if isinstance(part, list | tuple):
        for item in part:
            yield from _all(item)
    elif isinstance(part, Component):
        yield part
        yield from _all(getattr(part, "children", None))


def test_a_page_is_one_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, desk: FakeDesk, viewer: FakeViewer
) -> None:
    folder = tmp_path / "echo"
    folder.mkdir()
    (folder / "__init__.py").write_text(
        """
from dash import Output, html
from talentmap.model.words import Words
from talentmap.ui.page import Page
from talentmap.ui.visit import default_question

PAGE = Page(
    "echo", "/echo", Words("回声", "Echo"), "table", lambda visit: "{city}",
    lambda desk, viewer: default_question(desk, viewer, "city"),
    lambda: [html.Div(id="echo-main")],
)

@PAGE.shows(Output("echo-main", "children"), main=True)
def main(visit):
    return visit.question.metric
""",
        encoding="utf-8",
    )
    monkeypatch.setattr(pages_package, "__path__", [*pages_package.__path__, str(tmp_path)])
    app = create_app(desk, viewer, assets=ASSETS)
    assert _call(app, "echo-main.children", "/echo", "?metric=supply") == "supply"
    stops = frame_head(
        pages_by_path(discover("talentmap.ui.pages", "PAGE", Page)), desk, viewer, "/echo", ""
    )[1]
    assert "回声" in " ".join(texts(stops))


def test_a_page_without_a_map_leaves_the_map_alone(
    pages: dict[str, Page], desk: FakeDesk, viewer: FakeViewer
) -> None:
    bare = Page(
        "bare", "/bare", pages["/"].name, "map", pages["/"].sentence, pages["/"].default, list
    )
    assert not isinstance(page_spec({"/bare": bare}, desk, viewer, "/bare", ""), dict)


def test_no_page_asks_for_anything_outside() -> None:
    for file in [*ASSETS.glob("6*.js"), ASSETS / "app.css", ASSETS / "tokens.css"]:
        assert not re.search(r"https?://", file.read_text("utf-8")), file.name


def test_export_says_what_it_is(desk: FakeDesk, viewer: FakeViewer) -> None:
    client = create_app(desk, viewer, assets=ASSETS).server.test_client()
    answer = client.get("/export/map.csv?metric=scarcity&industry=I&level=district&month=2026-06")
    lines = answer.get_data(as_text=True).lstrip("\ufeff").splitlines()
    head = "\n".join(line for line in lines if line.startswith("# "))
    for said in ("演示数据（合成）", "紧缺指数", "2026年6月", "r0002", "测试数据"):
        assert said in head
    rows = [line for line in lines if not line.startswith("# ")]
    assert rows[0] == "id,name,value,low,high,n,status"
    assert len(rows) == 13
    assert any(
        line.startswith("370117,钢城区,,,,") and line.endswith("suppressed") for line in rows
    )
    assert client.get("/export/map.csv?metric=foo").status_code == 400


def test_a_tier_without_enterprises_is_offered_none(pages: dict[str, Page], desk: FakeDesk) -> None:
    slot = next(s for s in pages["/"].slots if s.output.component_id == "map-list")

    def shown(tier: str) -> str:
        search = "?place=park:P01"
        return " ".join(texts(pages["/"].fill(slot, desk, FakeViewer(tier), search)))

    assert "有限公司" in shown("internal")
    assert "有限公司" not in shown("public")
    assert "企业" not in shown("public")
    assert "网格" in shown("public")
