"""What the pages do where there is nothing to show, and where a question belongs elsewhere."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest
from dash.development.base_component import Component

from talentmap.model.answer import INSUFFICIENT, OK, SCHEMA, Answer
from talentmap.model.errors import NotPublished
from talentmap.model.question import Question
from talentmap.ui.components.basics import phrases
from talentmap.ui.components.timeline import Timeline, timeline
from talentmap.ui.draw.facts import NOTHING, Row, only_row
from talentmap.ui.draw.spec import table_question
from talentmap.ui.page import Page
from talentmap.ui.pages.commute import PAGE as COMMUTE
from talentmap.ui.pages.map import PAGE as MAP
from talentmap.ui.shell import page_spec
from tests.app.fake_desk import FakeDesk, FakeViewer
from tests.app.test_ui_shell import everything, texts

FIRM = "enterprise:91370112MAHYTC36Y4"


class Strict(FakeDesk):
    """Publishes no crossing of two filters, and months only up to one filter."""

    def ask(self, question: Question, viewer: FakeViewer, language: str = "zh", /) -> Answer:
        if len(question.filters()) > 1:
            raise NotPublished("the crossing is not published")
        return super().ask(question, viewer, language)

    def series(self, question: Question, viewer: FakeViewer, language: str = "zh", /) -> Answer:
        if question.filters():
            raise NotPublished("the crossing is not published")
        return super().series(question, viewer, language)


@pytest.fixture
def viewer() -> FakeViewer:
    return FakeViewer()


def _slot(
    page: Page,
    output: str,
    desk: FakeDesk,
    viewer: FakeViewer,
    search: str,
    last: str | None = None,
) -> str:
    """Return what a slot shows; `last` is the value of the last thing it listens to."""
    slot = next(s for s in page.slots if s.output.component_id == output)
    more: list[str | None] = [None] * (len(slot.more) - 1)
    more += [last] if slot.more else []
    shown = page.fill(slot, desk, viewer, search, *more)
    return " ".join(texts(shown)) if shown != "" else ""


def _spec(page: Page, desk: FakeDesk, viewer: FakeViewer, search: str) -> dict[str, Any]:
    spec = page_spec({page.path: page}, desk, viewer, page.path, search)
    assert isinstance(spec, dict)
    return spec


def test_the_city_is_not_the_people_from_outside_it() -> None:
    rows = [
        {"id": "outside", "name": "市外", "value": 3716.0, "status": OK},
        {"id": "370100", "name": "济南市", "value": 174854.0, "status": OK},
    ]
    table = pa.Table.from_pylist(rows, schema=SCHEMA)
    answer = Answer(Question(), table, "", "", "", "2026-06", "r1", "internal", True)
    assert only_row(answer).number == 174854
    assert only_row(Answer(Question(), table[:1], "", "", "", "", "", "", True)) == NOTHING


def test_an_unpublished_question_shows_the_nearest_map_and_says_which(viewer: FakeViewer) -> None:
    search = "?metric=supply&industry=I&education=B&level=cell8&month=2026-06"
    spec = _spec(MAP, Strict(), viewer, search)
    assert spec["query"] == "metric=supply&at=work&industry=I&month=2026-06"
    assert "信息传输" in spec["instead"]["text"]
    assert "本科" not in spec["instead"]["text"]
    assert _spec(MAP, Strict(), viewer, "?metric=supply&industry=I")["instead"] is None


def test_an_unpublished_question_is_refused_once_with_ways_out(viewer: FakeViewer) -> None:
    search = "?metric=supply&industry=I&education=B&place=district:370102"
    parts = [_slot(MAP, str(s.output.component_id), Strict(), viewer, search) for s in MAP.slots]
    told = [part for part in parts if "可以改看" in part]
    assert len(told) == 1
    for way in ("信息", "本科", "改看全市"):
        assert way in told[0]
    assert len([part for part in parts if "没有公布" in part]) == 2  # the card and the panel


def test_an_address_that_cannot_be_read_gets_a_spare_map(viewer: FakeViewer) -> None:
    spec = _spec(MAP, FakeDesk(), viewer, "?metric=foo&lang=en")
    assert (spec["spare"], spec["language"]) == (True, "en")
    assert "spare" not in _spec(MAP, FakeDesk(), viewer, "")


@pytest.mark.parametrize(
    ("page", "search", "words", "href"),
    [
        (MAP, "?metric=commute_od", "职住", "/commute?metric=commute_od"),
        (COMMUTE, "?metric=scarcity", "地图", "/?metric=scarcity"),
        (COMMUTE, f"?metric=commute_od&place={FIRM}", "全市", "/commute?metric=commute_od"),
    ],
)
def test_a_question_of_another_page_leads_there(
    page: Page, search: str, words: str, href: str, viewer: FakeViewer
) -> None:
    desk = FakeDesk()
    parts = everything(page, desk, viewer, search)[3:]
    shown = [part for part in parts if part != ""]
    assert len(shown) == 1
    assert words in " ".join(texts(shown[0]))
    assert any(link.startswith(href) for link in _links(shown[0]))
    assert _spec(page, desk, viewer, search)["instead"]


def _links(part: Any) -> list[str]:
    if isinstance(part, list | tuple):
        return [link for item in part for link in _links(item)]
    if not isinstance(part, Component):
        return []
    own = getattr(part, "href", None)
    return [*([own] if own else []), *_links(getattr(part, "children", None))]


def test_flows_are_asked_for_only_where_they_are_published(
    viewer: FakeViewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = "?metric=commute_od&place=park:P01"
    assert _spec(COMMUTE, FakeDesk(), viewer, search)["arcs"]
    desk = FakeDesk()

    def no_flows(*_: Any) -> Answer:
        raise NotPublished("flows are not published")

    monkeypatch.setattr(desk, "destinations", no_flows)
    assert _spec(COMMUTE, desk, viewer, search)["arcs"] is None


@pytest.mark.parametrize(
    ("metric", "zero"),
    [
        ("demand", "零岗位"),
        ("scarcity", "零岗位"),
        ("supply", "0 人"),
        ("jobs_housing_ratio", "0 人"),
    ],
)
def test_zero_is_named_after_what_there_is_none_of(
    metric: str, zero: str, viewer: FakeViewer
) -> None:
    assert _spec(MAP, FakeDesk(), viewer, f"?metric={metric}")["words"]["zero"] == zero


def test_the_chip_comes_with_the_map(viewer: FakeViewer) -> None:
    desk = FakeDesk()
    chip = _spec(MAP, desk, viewer, "?metric=scarcity&place=district:370102")["chip"]
    assert chip["title"] == "历下区"
    assert float(chip["text"]) > 0
    hidden = _spec(MAP, desk, viewer, "?metric=scarcity&place=district:370117")["chip"]
    assert hidden["text"] == "已隐去"
    assert _spec(MAP, desk, viewer, "?metric=scarcity")["chip"] is None
    flows = _spec(COMMUTE, desk, viewer, "?metric=commute_od&place=park:P01")["chip"]
    assert flows == {"title": "云泉软件园", "text": ""}


def test_a_hexagon_is_called_after_where_it_lies(viewer: FakeViewer) -> None:
    words = _slot(MAP, "map-top", FakeDesk(), viewer, "?place=cell:8831a50001fffff")
    assert "历城区东部网格" in words
    assert "0.74 平方公里" in words
    assert "8831a5" not in words


@pytest.mark.parametrize("place", ["district:370102", "park:P01"])
def test_a_place_lists_its_enterprises_whatever_the_filters(place: str, viewer: FakeViewer) -> None:
    here = (MAP, "map-list", FakeDesk(), viewer)
    words = _slot(*here, f"?metric=demand&place={place}", "enterprise")
    assert "有限公司" in words
    assert "不限条件" not in words
    filtered = _slot(*here, f"?metric=demand&industry=I&place={place}", "enterprise")
    assert "有限公司" in filtered
    assert "不限条件" in filtered


def test_months_that_are_not_published_leave_the_month_that_is(viewer: FakeViewer) -> None:
    words = _slot(MAP, "map-strip", Strict(), viewer, "?metric=supply&industry=I")
    assert "2026年6月" in words
    assert "没有逐月公布" in words


def _heights(values: list[float], kind: str) -> list[float]:
    rows = [Row(f"2026-{m:02}", "", v, None, None, None, OK) for m, v in enumerate(values, 1)]
    drawn = timeline(Timeline(rows, kind, "zh", "2026-01", "2026-02", lambda m: m, guide=None))
    dots = [p for p in _all(drawn) if "time-dot" in str(getattr(p, "className", ""))]
    return [float(_style(dot)["top"].rstrip("%")) for dot in dots]


def _style(part: Component) -> dict[str, str]:
    return dict(getattr(part, "style", {}))


def _all(part: Any) -> list[Component]:
    if isinstance(part, list | tuple):
        return [item for one in part for item in _all(one)]
    if not isinstance(part, Component):
        return []
    return [part, *_all(getattr(part, "children", None))]


@pytest.mark.parametrize(
    ("values", "kind"), [([1.0, 1.004], "ratio"), ([100_000, 100_900], "count")]
)
def test_what_hardly_moves_is_drawn_flat(values: list[float], kind: str) -> None:
    first, second = _heights(values, kind)
    assert abs(first - second) < 6
    low, high = _heights([0.5, 2.0], "ratio")
    assert low - high > 70


def test_a_line_of_nothing_is_words(viewer: FakeViewer, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = FakeDesk()
    row = {"value": None, "low": None, "high": None, "n": None, "status": INSUFFICIENT}
    monkeypatch.setattr(desk, "_row", lambda q, i, n: {"id": i, "name": n, **row})
    assert "数据不足" in _slot(MAP, "map-strip", desk, viewer, "?metric=scarcity")


def test_the_table_holds_every_row_of_the_map_and_the_flows_of_a_place() -> None:
    place = "park:P01"
    asked = table_question(Question("supply", place=place, versus="2025-06"))
    assert (asked.level, asked.place, asked.versus) == ("district", "", "")
    assert table_question(Question("commute_od", place=place)).place == place
    assert table_question(Question("supply", level="cell8")).level == "cell8"


@pytest.mark.parametrize(
    ("said", "clauses"),
    [
        ("每 100 名人才对应 13.0 个岗位，全市平均 6.5 个", 2),
        ("13.0 openings per 100; 6.5 on average", 2),
        ("1,234 人", 1),
    ],
)
def test_lines_break_between_clauses(said: str, clauses: int) -> None:
    parts = phrases(said)
    spans = [part for part in parts if part != " "]
    assert len(spans) == clauses
    assert "".join(part if isinstance(part, str) else str(part.children) for part in parts) == said


def test_latin_names_stand_apart_from_chinese() -> None:
    assert phrases("在Kent County工作")[0].children == "在 Kent County 工作"
