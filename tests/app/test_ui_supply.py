"""The page 供需: what is selected, what it says, its states, both languages, the download."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest
from dash import html
from dash.development.base_component import Component

from talentmap.model.errors import NotPublished
from talentmap.model.words import Words
from talentmap.ui.page import Page
from talentmap.ui.pages.scarcity import PAGE
from talentmap.ui.shell import create_app
from tests.app.fake_desk import FakeViewer
from tests.app.fake_supply import SupplyDesk
from tests.app.test_ui_shell import HAN, LATIN, _all, everything, texts

ASSETS = Path(__file__).parents[2] / "assets"
OPENING = "?metric=scarcity&industry=I&month=2026-06&versus=2025-06"
ALL_SEARCHES = [
    "", OPENING, "?metric=scarcity", "?metric=scarcity&industry=B", "?metric=scarcity&industry=I64",
    "?metric=scarcity&by=education&industry=I", "?metric=scarcity&by=occupation&occupation=2",
    "?metric=scarcity&education=11", "?metric=scarcity&place=district:370102&industry=I",
]  # fmt: skip


@pytest.fixture
def desk() -> SupplyDesk:
    return SupplyDesk()


@pytest.fixture
def viewer() -> FakeViewer:
    return FakeViewer()


def slot(desk: SupplyDesk, name: str, search: str, *more: Any) -> Any:
    """Return what one part of the page shows."""
    found = next(s for s in PAGE.slots if s.output.component_id == f"supply-{name}")
    more = more or tuple(None for _ in found.more)
    return PAGE.fill(found, desk, FakeViewer(), search, *more)


def words(part: Any) -> str:
    return " ".join(texts(part))


def with_class(part: Any, name: str) -> list[Component]:
    return [p for p in _all(part) if name in str(getattr(p, "className", "")).split()]


def prop(part: Component, name: str) -> Any:
    """Return a property of a component; None where it has none."""
    return getattr(part, name, None)


def hrefs(part: Any) -> list[str]:
    return [str(prop(p, "href")) for p in _all(part) if prop(p, "href")]


@pytest.mark.parametrize("search", ALL_SEARCHES)
def test_chinese_holds_no_stray_english(desk: SupplyDesk, viewer: FakeViewer, search: str) -> None:
    shown = words(everything(PAGE, desk, viewer, search))
    assert HAN.search(shown)
    assert not set(LATIN.findall(shown)) - {"EN", "r0002"}


@pytest.mark.parametrize("search", ALL_SEARCHES)
def test_english_holds_no_chinese(desk: SupplyDesk, viewer: FakeViewer, search: str) -> None:
    shown = words(everything(PAGE, desk, viewer, f"{search or '?'}&lang=en"))
    assert set(HAN.findall(shown)) <= {"中文"}


@pytest.mark.parametrize("search", ALL_SEARCHES)
def test_no_page_prints_a_nan_or_fails(desk: SupplyDesk, viewer: FakeViewer, search: str) -> None:
    shown = everything(PAGE, desk, viewer, search)
    assert not re.search(r"\bnan\b|\binf\b|None", words(shown))
    assert not with_class(shown, "state-bad")


@pytest.mark.parametrize(
    ("search", "named"),
    [("?metric=scarcity&by=age", "by"), ("?metric=foo", "metric"),
     ("?metric=scarcity&industry=ZZ", "industry"), ("?metric=scarcity&chain=x", "chain"),
     ("?metric=scarcity&chain=x&industry=I", "chain")],
)  # fmt: skip
def test_a_bad_address_names_its_parameter(desk: SupplyDesk, search: str, named: str) -> None:
    shown = slot(desk, "head", search)
    assert named in "".join(
        str(prop(c, "children")) for c in _all(shown) if isinstance(c, html.Code)
    )
    assert "Traceback" not in words(slot(desk, "ranking", search))


def test_a_click_selects_and_the_address_keeps_the_question(desk: SupplyDesk) -> None:
    shown = slot(desk, "ranking", OPENING)
    links = [h for h in hrefs(shown) if "industry=Q" in h]
    question = "metric=scarcity&at=work&level=city&industry=Q&month=2026-06&versus=2025-06"
    assert links == [f"/supply?{question}"]
    chosen = [p for p in with_class(shown, "dot-row") if prop(p, "aria-current")]
    assert [words(p).split()[0] for p in chosen] == ["软件和信息技术"]


def test_a_division_is_ranked_among_its_section(desk: SupplyDesk) -> None:
    shown = slot(desk, "ranking", "?metric=scarcity&industry=I64")
    assert len(with_class(shown, "dot-row")) == 3
    assert any("industry=I&" in h or h.endswith("industry=I") for h in hrefs(shown))


def test_rows_without_a_value_come_last_with_their_reason(desk: SupplyDesk) -> None:
    rows = with_class(slot(desk, "ranking", OPENING), "dot-row")
    hidden = with_class(rows, "no-value")
    assert hidden == rows[-len(hidden) :]
    assert {"已隐去", "数据不足"} == {words(with_class(r, "absent-word")) for r in hidden}
    assert not any(with_class(r, "dot-span") or with_class(r, "delta") for r in hidden)


def test_what_is_ranked_is_a_word_of_the_address(desk: SupplyDesk) -> None:
    shown = slot(desk, "ranking", f"{OPENING}&by=occupation")
    assert "专业技术" in words(shown)
    assert all("by=occupation" in h for h in hrefs(with_class(shown, "dot-row")))
    assert "软件和信息技术" in words(slot(desk, "head", f"{OPENING}&by=occupation"))


def test_a_ranking_that_is_not_published_keeps_its_switch(viewer: FakeViewer) -> None:
    desk = SupplyDesk(unpublished=("occupation",))
    shown = slot(desk, "ranking", f"{OPENING}&by=occupation")
    assert "这一交叉没有公布" in words(shown)
    assert len(with_class(shown, "segment")) == 4


def test_the_printed_contributions_give_the_printed_total(desk: SupplyDesk) -> None:
    for code in "ACDEFGHIJKLMNOPQRS":
        shown = slot(desk, "why", f"?metric=scarcity&industry={code}")
        printed = [float(words(v).replace("−", "-")) for v in with_class(shown, "fall-value")]
        *parts, total = [round(1000 * value) for value in printed]
        assert sum(parts) == total, code
        assert len(with_class(shown, "fall")) == 6


def test_a_component_without_data_says_that_its_weight_went_elsewhere(desk: SupplyDesk) -> None:
    shown = [words(slot(desk, "why", f"?metric=scarcity&industry={c}")) for c in "ACDEFGHIJKLM"]
    said = [s for s in shown if "无数据，权重已重新分配" in s]
    assert 0 < len(said) < len(shown)
    assert all("覆盖 4 / 5 项" in s for s in said)


def test_a_suppressed_one_shows_its_state_and_no_number(desk: SupplyDesk) -> None:
    search = "?metric=scarcity&industry=B"
    for part in ("head", "why"):
        shown = slot(desk, part, search)
        assert "已隐去" in words(shown)
        assert not re.search(r"\d", words(shown))
    assert not with_class(slot(desk, "head", search), "action")


def test_nothing_selected_offers_the_first(desk: SupplyDesk) -> None:
    shown = slot(desk, "head", "?metric=scarcity")
    assert "选一个行业" in words(shown)
    first = with_class(slot(desk, "ranking", "?metric=scarcity"), "dot-row")[0]
    assert prop(first, "href") in hrefs(shown)


def test_the_map_gets_the_same_question(desk: SupplyDesk) -> None:
    link = next(h for h in hrefs(slot(desk, "head", f"{OPENING}&by=industry")) if h[:2] == "/?")
    assert link == ("/?metric=scarcity&at=work&level=cell8&industry=I&month=2026-06"
                    "&versus=2025-06")  # fmt: skip


@pytest.mark.parametrize("code", ["I", "A", "C", "Q"])
def test_the_gap_said_is_the_difference_of_the_printed_ends(desk: SupplyDesk, code: str) -> None:
    shown = slot(desk, "trend", f"?metric=scarcity&industry={code}")
    ends = with_class(shown, "gap-end")
    openings, expected = (int(words(end).split()[-1].replace(",", "")) for end in ends)
    said = "多" if openings > expected else "少"
    gap = f"比平均{said} {abs(openings - expected):,} 个岗位"
    assert words(with_class(shown, "gap-words")) == gap


def test_a_place_leaves_the_interval_of_its_rank_out(desk: SupplyDesk) -> None:
    city = words(slot(desk, "head", OPENING))
    place = words(slot(desk, "head", f"{OPENING}&place=district:370102"))
    assert "区间" in city.partition("综合得分与名次")[2]
    assert "第 " not in place
    assert "居前" not in place


def test_every_chart_has_a_table_with_the_same_numbers(desk: SupplyDesk) -> None:
    for part in ("ranking", "why", "trend", "matrix"):
        shown = slot(desk, part, OPENING)
        assert len(with_class(shown, "twin")) == 1, part
        assert len(with_class(shown, "chart")) == 1, part
        assert len([p for p in _all(shown) if p.__class__.__name__ == "Tr"]) > 3, part
    chart = slot(desk, "matrix", OPENING)
    table = words(with_class(chart, "twin"))
    for number in [words(line).split()[-1] for line in with_class(chart, "cell-line")]:
        assert number in table


def test_the_matrix_says_what_its_frame_holds(desk: SupplyDesk) -> None:
    shown = slot(desk, "matrix", OPENING)
    framed = with_class(shown, "framed")
    said = words(shown)
    assert re.search(rf"框内 {len(framed)} 格占缺口的 \d+%", said)
    assert "已隐去" in said
    assert "18.3%" in said


def test_the_catalogue_sorts_filters_and_unrolls(desk: SupplyDesk) -> None:
    plain = slot(desk, "catalogue", OPENING)
    assert len(with_class(plain, "rank")) == 40
    unrolled = slot(desk, "catalogue", OPENING, None, "80", None)
    assert len(with_class(unrolled, "rank")) == 46
    by_openings = slot(desk, "catalogue", OPENING, "openings:up", "80", None)
    counts = [float(words(c).replace(",", "")) for c in with_class(by_openings, "post-openings")]
    assert counts == sorted(counts)
    assert "按岗位排序" in words(by_openings)
    few = slot(desk, "catalogue", OPENING, None, None, "引进")
    assert 0 < len(with_class(few, "rank")) < 40
    assert {words(a) for a in with_class(few, "action")} == {"引进"}
    assert re.search(r"\d+ / 46 个岗位类别", words(few))
    assert "没有符合条件的岗位类别" in words(slot(desk, "catalogue", OPENING, None, None, "zz"))


def test_the_catalogue_is_the_citys_whatever_the_industry(desk: SupplyDesk) -> None:
    asked = words(slot(desk, "catalogue", f"{OPENING}&place=district:370102"))
    assert "全市各行业" in asked
    assert asked == words(slot(desk, "catalogue", "?metric=scarcity&month=2026-06&versus=2025-06"))


def test_an_empty_catalogue_offers_a_step_that_gives_something(desk: SupplyDesk) -> None:
    shown = slot(desk, "catalogue", "?metric=scarcity&education=11")
    assert "去掉“博士”可见 46 类" in words(shown)
    assert any("education" not in h and "/supply?" in h for h in hrefs(shown))


def test_an_error_stays_in_its_part(
    desk: SupplyDesk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(desk, "mismatch", broken)
    assert "这次没有算出来" in words(slot(desk, "matrix", OPENING))
    assert "broken on purpose" not in words(slot(desk, "matrix", OPENING))
    assert "broken on purpose" in caplog.text
    assert with_class(slot(desk, "why", OPENING), "fall")


def test_the_official_number_is_left_out_where_it_is_not_published(
    desk: SupplyDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = desk.ask

    def refuse(question: Any, *more: Any) -> Any:
        if question.metric == "openings_ratio":
            raise NotPublished("the crossing is not published")
        return ask(question, *more)

    assert "求人倍率" in words(slot(desk, "head", OPENING))
    monkeypatch.setattr(desk, "ask", refuse)
    shown = words(slot(desk, "head", OPENING))
    assert "求人倍率" not in shown
    assert "紧缺指数" in shown


def test_the_download_is_the_whole_catalogue(desk: SupplyDesk, viewer: FakeViewer) -> None:
    client = create_app(desk, viewer, assets=ASSETS).server.test_client()
    body = client.get(f"/export/scarcity.csv{OPENING}").get_data(as_text=True).lstrip("\ufeff")
    lines = body.splitlines()
    head = [line for line in lines if line.startswith("# ")]
    assert "演示数据（合成）" in head[0]
    assert "软件" in head[1]
    rows = list(csv.DictReader(line for line in lines if not line.startswith("# ")))
    assert len(rows) == 46
    parts = ("tightness", "unfilled", "open_days", "wage_growth", "demand_growth")
    for found in rows:
        total = sum(float(found[name]) for name in parts if found[name])
        assert total == pytest.approx(float(found["composite"]))


def test_the_page_is_between_map_and_commute() -> None:
    assert isinstance(PAGE, Page)
    assert (PAGE.path, PAGE.order) == ("/supply", 20)


def test_what_is_not_published_keeps_its_title_and_says_so(
    desk: SupplyDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise NotPublished("the month is not kept")

    for method in ("ranking", "mismatch", "catalogue", "series"):
        monkeypatch.setattr(desk, method, refuse)
    titles = {"ranking": "紧缺排名", "why": "为什么紧缺", "trend": "岗位与人才",
              "matrix": "缺在哪", "catalogue": "紧缺人才目录"}  # fmt: skip
    for part, title in titles.items():
        shown = words(slot(desk, part, OPENING))
        assert title in shown
        assert "这一交叉没有公布" in shown
    assert "去掉" in words(slot(desk, "head", OPENING))


def test_chains_are_ranked_where_the_city_has_them(desk: SupplyDesk, viewer: FakeViewer) -> None:
    assert "产业链" not in words(slot(desk, "ranking", OPENING))
    chains: dict[str, tuple[Words, tuple[str, ...]]] = {
        "ic": (Words("集成电路", "Chips"), ("I65",)),
        "ai": (Words("人工智能", "AI"), ("I64",)),
    }
    desk = SupplyDesk(chains=chains)
    shown = slot(desk, "ranking", f"{OPENING}&by=chain")
    rows = with_class(shown, "dot-row")
    assert {prop(n, "title") for n in with_class(rows, "dot-name")} == {"集成电路", "人工智能"}
    assert all("industry" not in h and "chain=" in h for h in hrefs(rows))
    whole = words(everything(PAGE, desk, viewer, "?metric=scarcity&chain=ic&month=2026-06"))
    assert re.search(r"集成电路 .*的供需", whole)
    assert "得分" in words(slot(desk, "why", "?metric=scarcity&chain=ic"))
    back = slot(desk, "ranking", "?metric=scarcity&chain=ic&by=industry")
    assert not any("chain" in h for h in hrefs(with_class(back, "dot-row")))
