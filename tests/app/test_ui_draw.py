"""Pure drawing: numbers, axes, the story's rules, the map spec, layers, the sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

import layers as layers_package
from talentmap.model.answer import OK, SUPPRESSED
from talentmap.model.discover import discover
from talentmap.model.layer import Layer
from talentmap.model.metric import Metric
from talentmap.model.question import Question
from talentmap.ui.draw.commute import Flows
from talentmap.ui.draw.facts import NOTHING, Row, by_value, rank, short_place
from talentmap.ui.draw.numbers import change, figure, interval
from talentmap.ui.draw.scale import RATIO_BREAKS, LogAxis, axis_of, ratio_colour
from talentmap.ui.draw.spec import layer_of, map_spec
from talentmap.ui.draw.story import story
from talentmap.ui.draw.story_here import story_here
from talentmap.ui.pages.commute import PAGE as COMMUTE
from talentmap.ui.pages.map import PAGE as MAP
from talentmap.ui.sentence import plain
from talentmap.ui.visit import place_level, read_question
from tests.app.fake_desk import FakeDesk, FakeViewer


@pytest.mark.parametrize(
    ("value", "kind", "language", "unit", "written"),
    [
        (128_600, "count", "zh", "人", "12.86万人"),
        (9_999.4, "count", "zh", "人", "9,999 人"),
        (9_999.6, "count", "zh", "", "1.00万"),
        (3_120, "count", "en", "persons", "3,120 persons"),
        (12_860_000, "count", "en", "persons", "12.86M persons"),
        (1.42, "ratio", "zh", "倍", "1.42 倍"),
        (0.632, "share", "zh", "", "63.2%"),
        (8.66, "km", "en", "km", "8.7 km"),
        (-0.13, "ratio", "zh", "", "\u22120.13"),
        (-0.001, "ratio", "zh", "", "0.00"),
        (0, "count", "zh", "个", "0 个"),
    ],
)
def test_numbers(value: float, kind: str, language: str, unit: str, written: str) -> None:
    assert str(figure(value, kind, language, unit)) == written


def test_intervals() -> None:
    assert interval(1.21, 1.66, "ratio", "zh") == "1.21–1.66"
    assert interval(82_100, 87_100, "count", "zh") == "8.21–8.71万"
    assert interval(9_000, 12_000, "count", "zh") == "9,000–1.20万"
    assert interval(None, 2, "ratio", "zh") == ""


@pytest.mark.parametrize(
    ("now", "then", "kind", "worse", "mark", "words", "judgement"),
    [
        (1.42, 1.29, "ratio", "up", "▲", "0.13", "worse"),
        (1.29, 1.42, "ratio", "up", "▼", "0.13", "better"),
        (1.29, 1.42, "ratio", "down", "▼", "0.13", "worse"),
        (108.4, 100, "count", "", "▲", "8.4%", ""),
        (1.001, 1.0, "ratio", "up", "", "持平", ""),
    ],
)
def test_changes(
    now: float, then: float, kind: str, worse: str, mark: str, words: str, judgement: str
) -> None:
    moved = change(now, then, kind, worse, "zh")
    assert moved is not None
    assert (moved.mark, moved.words, moved.judgement) == (mark, words, judgement)


def test_no_per_cent_of_nothing() -> None:
    assert change(5, 0, "count", "", "zh") is None


def test_a_break_belongs_to_the_class_above_it() -> None:
    assert ratio_colour(1.19999) == "var(--scarcity-4)"
    assert ratio_colour(1.2) == "var(--scarcity-5)"
    assert ratio_colour(0.49) == "var(--scarcity-1)"
    assert ratio_colour(99) == "var(--scarcity-7)"
    assert list(RATIO_BREAKS) == sorted(RATIO_BREAKS)


def test_log_axis_is_symmetric_and_never_leaves_its_ends() -> None:
    axis = LogAxis(0.25, 4)
    assert axis.at(1) == 50
    assert axis.at(2) - 50 == pytest.approx(50 - axis.at(0.5))
    assert (axis.at(0), axis.at(1e9)) == (0, 100)
    assert 1.0 in axis.ticks
    assert 1.0 in LogAxis(0.05, 20).ticks
    assert len(LogAxis(0.05, 20).ticks) <= 4


@pytest.mark.parametrize("values", [[], [0.0], [5.0, 1.0], [1e-9, 1e9]])
@pytest.mark.parametrize("kind", ["ratio", "count"])
def test_axes_take_any_values(values: list[float], kind: str) -> None:
    axis = axis_of(values, kind)
    assert all(0 <= axis.at(v) <= 100 for v in values)


def _row(name: str, value: float | None, low: float | None = None, status: str = OK) -> Row:
    return Row(name, name, value, low, None, None, status)


def _said(metric: str, rows: list[Row], city: Row = NOTHING) -> tuple[str, str]:
    return story(FakeDesk().metrics[metric], rows, city, None, "zh")


def test_story_names_scarce_districts_only_where_the_interval_excludes_one() -> None:
    rows = [_row("甲区", 1.9, 1.5), _row("乙区", 1.8, 0.9), _row("丙区", 0.7, 0.5)]
    headline, evidence = _said("scarcity", rows, _row("市", 1.1))
    assert headline == "紧缺集中在甲区"
    assert "1 个区县" in evidence
    assert "1.10" in evidence


def test_story_of_many_scarce_districts_does_not_say_concentrated() -> None:
    headline, _ = _said("scarcity", [_row(f"{i}区", 2 + i, 1.5) for i in range(5)])
    assert headline == "5 个区县人才紧缺，4区、3区、2区居前"


def test_story_of_balance_and_of_nothing() -> None:
    assert _said("scarcity", [_row("甲区", 1.1), _row("乙区", 0.9)])[0] == "各区县供需基本平衡"
    assert _said("scarcity", [_row("甲区", 1.3, 0.8), _row("乙区", 0.4)])[0] == "没有明显紧缺的区县"
    assert _said("scarcity", [_row("甲区", None, None, SUPPRESSED)])[0] == "暂无可公布的数字"
    assert _said("supply", [])[0] == "暂无可公布的数字"


def test_story_of_counts_adds_up() -> None:
    rows = [_row("甲区", 300), _row("乙区", 250), _row("丙区", 250), _row("丁区", 200)]
    headline, evidence = _said("supply", rows)
    assert headline == "55.0% 的人才在甲区、乙区"
    assert evidence == "全市 1,000 人，其余 2 个区县共 45.0%"


def _told(metric: str, here: Row, city: Row = NOTHING) -> tuple[str, str]:
    return story_here(FakeDesk().metrics[metric], "园区甲", here, city, None, "zh")


def test_story_of_a_place_is_of_that_place_and_as_sure_as_its_interval() -> None:
    def at(value: float, low: float, high: float) -> str:
        return _told("scarcity", Row("P1", "", value, low, high, None, OK))[0]

    assert at(1.9, 1.5, 2.4) == "园区甲人才紧缺，紧缺指数 1.90"
    assert at(1.9, 0.8, 2.4) == "园区甲供需不能断言，紧缺指数 1.90"
    assert at(0.5, 0.3, 0.7) == "园区甲人才富余，紧缺指数 0.50"
    assert at(1.05, 0.9, 1.2) == "园区甲供需基本平衡，紧缺指数 1.05"


def test_story_of_a_place_stands_beside_the_city_and_says_what_is_hidden() -> None:
    headline, evidence = _told("supply", _row("P1", 250), _row("市", 1000))
    assert headline.startswith("园区甲人才")
    assert headline.endswith(" 250 人")
    assert evidence == "占全市的 25.0%，全市 1,000 人"
    hidden = _told("scarcity", _row("P1", None, None, SUPPRESSED), _row("市", 1.1))
    assert hidden == ("园区甲紧缺指数：已隐去", "全市 1.10")


def test_ranks_leave_out_what_is_hidden() -> None:
    rows = [_row("a", 1), _row("b", None, None, SUPPRESSED), _row("c", 3)]
    assert rank(rows, "a") == (2, 2)
    assert rank(rows, "b") is None
    assert [r.id for r in by_value(rows)] == ["c", "a", "b"]


def _spec(question: Question, tier: str = "internal") -> dict[str, object]:
    desk = FakeDesk()
    found = discover("layers", "LAYER", Layer)
    metric = desk.metrics[question.metric]
    layer = layer_of(question, metric, found)
    return map_spec(desk.info, question, layer, metric, "zh", tier)


def test_spec_of_a_question() -> None:
    spec = _spec(Question("scarcity", industry="I", place="park:P01", level="cell8"))
    assert spec["query"] == "metric=scarcity&at=work&industry=I"
    assert spec["place"] == "park:P01"
    assert (spec["level"], spec["resolutions"], spec["arcs"]) == ("cell", [7, 8], None)
    layer = spec["layer"]
    assert isinstance(layer, dict)
    assert layer["breaks"] == list(RATIO_BREAKS)
    assert layer["ends"] == ["人才富余", "基本平衡", "人才紧缺"]


@pytest.mark.parametrize(
    ("tier", "resolutions"), [("public", [7]), ("internal", [7, 8]), ("authorised", [7, 8, 9])]
)
def test_spec_shows_no_finer_cells_than_the_tier(tier: str, resolutions: list[int]) -> None:
    assert _spec(Question("supply"), tier)["resolutions"] == resolutions


def test_spec_of_flows_colours_the_other_end() -> None:
    spec = _spec(Question("commute_od", at="work", place="district:370102"))
    assert spec["query"] == "metric=supply&at=home"
    assert spec["arcs"] == {
        "query": "metric=commute_od&at=work&level=city&place=district:370102",
        "threshold": 5,
    }
    assert _spec(Question("commute_od"))["arcs"] is None


def test_a_layer_is_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "zz_hires.py").write_text(
        """
from talentmap.model.layer import Layer
from talentmap.model.words import Words
LAYER = Layer("hires", Words("招聘", "Hires"), "areas", "hires", "flow")
""",
        encoding="utf-8",
    )
    monkeypatch.setattr(layers_package, "__path__", [*layers_package.__path__, str(tmp_path)])
    found = discover("layers", "LAYER", Layer)
    layer = layer_of(Question("hires"), FakeDesk().metrics["inflow"], found)
    assert (layer.shape, layer.palette) == ("areas", "flow")


def test_every_layer_has_its_metric_and_both_languages() -> None:
    metrics = discover("talentmap.answers.metrics", "METRIC", Metric)
    for layer in discover("layers", "LAYER", Layer).values():
        assert layer.metric in metrics
        assert layer.name.zh
        assert layer.name.en


@pytest.mark.parametrize(
    ("page", "search", "words"),
    [
        (
            MAP,
            "?metric=scarcity&industry=I&education=B&month=2026-06&versus=2025-06",
            (
                "济南市 信息传输、软件和信息技术服务业 的 紧缺指数，按 工作地 统计，限 本科及以上，"
                "2026年6月，较 上年同月"
            ),
        ),
        (MAP, "?metric=supply&month=2026-05", "济南市 全部行业 的 人才，按 工作地 统计，2026年5月"),
        (
            MAP,
            "?metric=scarcity&industry=I&place=district:370102&versus=2026-05&lang=en",
            (
                "Scarcity index of Software and IT in Lixia, Jinan, by workplace, Jun 2026, "
                "against the month before"
            ),
        ),
        (
            COMMUTE,
            "?metric=commute_od&at=home&place=park:P01",
            "在 云泉软件园 居住 的人去哪里工作：全部行业，2026年6月",
        ),
        (
            COMMUTE,
            "?metric=commute_od&at=work&place=park:P01&lang=en",
            "Where those who work in Yunquan Software Park live: all industries, Jun 2026",
        ),
    ],
)
def test_the_question_reads_as_a_sentence(page: object, search: str, words: str) -> None:
    visit = page.visit(FakeDesk(), FakeViewer(), search)  # type: ignore[attr-defined]
    assert plain(page.sentence(visit), visit) == words  # type: ignore[attr-defined]


def test_an_opening_address_takes_the_words_it_lacks_from_the_default() -> None:
    default = Question("scarcity", industry="I", month="2026-06")
    assert read_question("", default) == default
    assert read_question("?place=park:P01&lang=en", default) == default.but(place="park:P01")
    assert read_question("?metric=supply", default) == Question("supply")


def test_links_keep_the_words_of_the_address() -> None:
    search = "?metric=supply&at=home&level=district&industry=I&lang=en&off=parks"
    visit = MAP.visit(FakeDesk(), FakeViewer(), search)
    again = MAP.visit(FakeDesk(), FakeViewer(), visit.href().partition("?")[2])
    assert again.question == visit.question
    assert (again.language, again.off) == ("en", frozenset({"parks"}))
    assert "industry" not in visit.href(industry="")


@pytest.mark.parametrize(
    ("place", "level"),
    [("", "city"), ("park:P01", "park"), ("cell:8831a50001fffff", "cell8")],
)
def test_place_levels(place: str, level: str) -> None:
    assert place_level(place) == level


def test_jobs_and_residents_follow_from_the_flows() -> None:
    found = Flows(300.0, 100.0, 50.0)
    assert (found.parts, found.jobs, found.residents) == ([300, 100, 50], 400, 150)
    hidden = Flows(None, 100.0, 50.0)
    assert (hidden.parts, hidden.jobs, hidden.residents) == ([], None, 150)


def test_english_names_of_districts_are_short_in_drawings() -> None:
    assert short_place("Lixia District") == "Lixia"
    assert short_place("Zhangqiu District, north 1") == "Zhangqiu, north 1"
    assert short_place("历下区") == "历下区"
