"""What the page 供需 draws, without a page: sums, waterfall, captions, gaps, matrix, catalogue."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talentmap.model import months
from talentmap.model.answer import OK, SUPPRESSED
from talentmap.model.question import Question
from talentmap.ui.components.dots import axis_around_one, certain
from talentmap.ui.draw.adding import adding_up
from talentmap.ui.draw.facts import Row
from talentmap.ui.draw.gap import gap, ticks
from talentmap.ui.draw.mismatch import mismatch
from talentmap.ui.draw.scarcity import Contribution, Detail
from talentmap.ui.draw.waterfall import waterfall
from talentmap.ui.pages.scarcity.caption import caption, strength
from talentmap.ui.pages.scarcity.entries import (
    COMPONENTS,
    FILE_COLUMNS,
    KEYS,
    entries,
    file_lines,
    matching,
    ordered,
    read_sort,
)
from tests.app.fake_desk import FakeViewer
from tests.app.fake_supply import WEIGHTS, SupplyDesk

NUMBERS = st.floats(-5, 5, allow_nan=False)
# The published example: z of 1.86, 1.12, 1.40, .65 and −.20 give C = 1.176.
EXAMPLE = {"tightness": 0.651, "unfilled": 0.28, "open_days": 0.21, "wage_growth": 0.065,
           "demand_growth": -0.03}  # fmt: skip


def detail(values: dict[str, float | None], **more: Any) -> Detail:
    parts = tuple(
        Contribution(name, None, None, None)
        if value is None
        else Contribution(name, WEIGHTS[name], value / WEIGHTS[name], value)
        for name, value in values.items()
    )
    known = [v for v in values.values() if v is not None]
    plain = Detail(
        openings=94.0, people=58.0, stars=5, band="short", action="recruit", score=88.0,
        coverage=(len(known), len(parts)), above_one=0.99, rank=(1, 3), contributions=parts,
        total=sum(known), fill_rate=0.4, open_days=70.0, wage=20_000.0, before=1.4,
    )  # fmt: skip
    return replace(plain, **more)


def row(value: float | None, low: float | None = None, high: float | None = None) -> Row:
    return Row("I", "集成电路", value, low, high, 10.0, OK if value is not None else SUPPRESSED)


@given(st.lists(NUMBERS, max_size=8), st.integers(0, 4))
def test_printed_parts_give_the_printed_sum(parts: list[float], places: int) -> None:
    printed, total = adding_up(parts, places)
    assert sum(round(p * 10**places) for p in printed) == round(total * 10**places)
    assert total == pytest.approx(sum(parts), abs=0.5 / 10**places + 1e-9)
    for was, now in zip(parts, printed, strict=True):
        assert abs(was - now) < 1 / 10**places + 1e-8


def test_three_thirds_are_a_whole() -> None:
    assert adding_up([1 / 3, 1 / 3, 1 / 3], 2) == ([0.34, 0.33, 0.33], 1.0)


def test_the_waterfall_of_the_example_ends_at_its_sum() -> None:
    drawn = waterfall(detail(dict(EXAMPLE)))
    assert [step.value for step in drawn.steps] == list(EXAMPLE.values())
    assert drawn.total == 1.176
    assert (drawn.zero, drawn.steps[0].start) == (0, 0)
    for before, after in zip(drawn.steps, drawn.steps[1:], strict=False):
        assert before.end == after.start
    assert drawn.steps[-1].end == drawn.end == pytest.approx(100 * 1.176 / 1.206, abs=0.01)


@given(st.lists(NUMBERS, min_size=1, max_size=5))
def test_every_waterfall_stays_in_its_plot(values: list[float]) -> None:
    named = dict(zip(WEIGHTS, values, strict=False))
    drawn = waterfall(detail(dict(named)))
    edges = [drawn.zero, drawn.end, *(e for s in drawn.steps for e in (s.start, s.end))]
    assert all(0 <= edge <= 100 for edge in edges)
    assert drawn.steps[-1].end == pytest.approx(drawn.end, abs=0.02)


def test_a_component_without_data_keeps_its_row_and_moves_nothing() -> None:
    drawn = waterfall(detail({**EXAMPLE, "wage_growth": None}))
    absent = next(s for s in drawn.steps if s.part.id == "wage_growth")
    assert absent.value is None
    assert absent.start == absent.end
    assert len(drawn.steps) == 5
    assert drawn.total == 1.111


@pytest.mark.parametrize(
    ("value", "more", "said"),
    [
        ((1.62, 1.31, 1.98), {"rank": (1, 3)}, "leading"),
        ((1.62, 1.31, 1.98), {"rank": (1, 1)}, "most"),
        ((1.62, 1.31, 1.98), {"rank": (2, 9)}, "short"),
        ((1.62, 1.31, 1.98), {"rank": None}, "short"),
        ((2.4, 2.0, 2.9), {"rank": (2, 9), "band": "severe"}, "severe"),
        ((1.17, 0.97, 1.4), {"rank": (1, 1), "band": "severe"}, "unsure"),
        ((1.17, None, None), {"rank": (1, 1)}, "unsure"),
        ((0.9, 0.7, 1.1), {}, "unsure"),
        ((0.6, 0.5, 0.8), {"rank": (1, 1)}, "ample"),
    ],
)
def test_a_caption_is_as_strong_as_its_numbers(
    value: tuple[float, float | None, float | None], more: dict[str, Any], said: str
) -> None:
    assert strength(row(*value), detail(dict(EXAMPLE), **more)) == said


def test_the_sketch_may_not_say_most() -> None:
    said = caption(row(1.62, 1.31, 1.98), detail(dict(EXAMPLE)), "zh")
    assert said == "集成电路缺人，得分居前：紧缺指数 1.62，全市平均 1.00"
    assert "among the first" in caption(row(1.62, 1.31, 1.98), detail(dict(EXAMPLE)), "en")
    assert caption(row(None), detail(dict(EXAMPLE)), "zh") == ""


RANKS = st.tuples(st.integers(1, 5), st.integers(1, 9)).map(lambda r: (min(r), max(r)))


@given(st.floats(0.1, 9), st.floats(1.01, 3), RANKS, st.sampled_from(["severe", "short", "ample"]))
def test_no_caption_says_more_than_it_can(
    value: float, width: float, rank: tuple[int, int], band: str
) -> None:
    found = row(value, value / width, value * width)
    said = caption(found, detail(dict(EXAMPLE), rank=rank, band=band), "zh")
    assert "最" not in said
    if "居首" in said:
        assert rank == (1, 1)
    if "严重" in said:
        assert band == "severe"
    if "缺人" in said.replace("不能断言缺人", ""):
        assert value / width > 1
    assert "—" not in said


def test_a_long_name_is_shortened_before_the_finding() -> None:
    long = replace(
        row(1.6, 1.3, 1.9), name="计算机、通信和其他电子设备制造业以及软件和信息技术服务业"
    )
    said = caption(long, detail(dict(EXAMPLE), rank=None), "zh")
    assert len(said.partition("：")[0]) <= 26
    assert "…缺人：" in said


def series(values: list[float | None], first: str = "2026-01") -> list[Row]:
    start = months.to_index(first)
    return [
        Row(months.to_text(start + i), "", v, None, None, None, OK if v is not None else SUPPRESSED)
        for i, v in enumerate(values)
    ]


def test_the_gap_is_in_openings_of_an_average_city() -> None:
    everywhere = (series([100, 120, 90]), series([2000, 2000, 1800]))
    drawn = gap(series([30, 40, 50]), series([400, 400, 600]), everywhere, "2026-02")
    assert drawn.months == ["2026-01", "2026-02"]
    assert drawn.expected == [20.0, 24.0]
    assert drawn.last == (40, 24.0)


def test_the_whole_city_has_no_gap_against_itself() -> None:
    everywhere = (series([100, 120]), series([2000, 1999]))
    drawn = gap(*everywhere, everywhere, "2026-12")
    assert drawn.expected == pytest.approx(drawn.openings)


def test_a_month_that_is_not_known_is_a_hole_not_a_nought() -> None:
    everywhere = (series([100, None, 90]), series([2000, 2000, 0]))
    drawn = gap(series([30, None, 50]), series([400, 400, 600]), everywhere, "2026-03")
    assert drawn.openings == [30, None, 50]
    assert drawn.expected == [20.0, None, None]
    assert drawn.last is None


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_ticks_hold_what_they_are_for(one: float, other: float) -> None:
    low, high = sorted((one, other))
    found = ticks(low, high)
    assert found[0] <= low
    assert found[-1] >= high * (1 - 1e-9)
    assert 2 <= len(found) <= 7
    assert found[1] - found[0] >= 1
    assert found[-1] > found[0]


def test_the_matrix_frames_the_few_cells_that_make_most_of_the_gap() -> None:
    answer = SupplyDesk().mismatch(Question("scarcity", industry="I"), FakeViewer())
    drawn = mismatch(answer)
    cells = [cell for line in drawn.cells for cell in line]
    known = [cell for cell in cells if cell.ok]
    assert (len(cells), len(known)) == (21, 17)
    assert drawn.hidden
    for cell in known:
        assert cell.openings - cell.expected == pytest.approx(cell.gap)
    assert sum(c.gap for c in known) == pytest.approx(0, abs=1e-6)
    framed = [c for c in known if c.framed]
    short = sorted((c.gap for c in known if c.gap > 0), reverse=True)
    assert 1 <= len(framed) == drawn.framed <= 4
    assert sorted((c.gap for c in framed), reverse=True) == short[: len(framed)]
    assert drawn.share == pytest.approx(sum(c.gap for c in framed) / sum(short))
    needs = [sum(max(c.gap, 0) for c in line) for line in drawn.cells]
    assert needs == sorted(needs, reverse=True)


def test_a_small_gap_is_not_painted_like_a_large_one() -> None:
    desk = SupplyDesk()
    answer = desk.mismatch(Question("scarcity"), FakeViewer())
    small, large = (6.0, 0.0), (460.0, 60.0)
    answer = replace(
        answer,
        table=answer.table.slice(0, 2),
        extra={"matrix": {
            "rows": [["01", "a"]], "columns": [["B", "x"], ["C", "y"]],
            "openings": [[small[0], large[0]]], "people": [[10.0, 10.0]], "status": [[OK, OK]]}},
    )  # fmt: skip
    ids = ["01>B", "01>C"]
    gaps = [small[0] - small[1], large[0] - large[1]]
    table = answer.table.to_pydict() | {"id": ids, "value": gaps, "status": [OK, OK]}
    answer = replace(answer, table=answer.table.schema.empty_table().from_pydict(table))
    first, second = mismatch(answer).cells[0]
    assert (first.tint, second.tint) == (5, 7)


def test_hollow_where_the_interval_holds_one() -> None:
    assert certain(row(1.6, 1.3, 1.9))
    assert certain(row(0.6, 0.5, 0.8))
    assert not certain(row(1.1, 0.97, 1.3))
    assert not certain(row(1.6))
    axis = axis_around_one([0.003, 1.2, 90.0])
    assert (axis.low, axis.high) == (0.25, 4.0)
    assert 1.0 in axis.ticks


def test_the_catalogue_sorts_by_any_column_and_keeps_the_unknown_last() -> None:
    desk = SupplyDesk()
    listed = entries(desk.catalogue(Question("scarcity", versus="2025-06"), FakeViewer()))
    assert [e.rank for e in listed] == list(range(1, 47))
    hole = replace(
        listed[3], detail=replace(listed[3].detail, wage=None, stars=None, openings=None)
    )
    listed = [*listed[:3], hole, *listed[4:]]
    for column in KEYS:
        for way in ("down", "up"):
            found = ordered(listed, column, way)
            assert sorted(e.row.id for e in found) == sorted(e.row.id for e in listed)
            values = [KEYS[column](e) for e in found if KEYS[column](e) is not None]
            assert values == sorted(values, reverse=way == "down")
    assert ordered(listed, "wage", "up")[-1].row.id == hole.row.id
    assert ordered(listed, "wage", "down")[-1].row.id == hole.row.id


@pytest.mark.parametrize(
    ("given", "read"),
    [(None, ("", "down")), ("openings:up", ("openings", "up")),
     ("openings:x", ("openings", "down")), ("nothing:up", ("", "down"))],
)  # fmt: skip
def test_a_sort_that_is_none_leaves_the_catalogue_as_it_is(
    given: str | None, read: tuple[str, str]
) -> None:
    assert read_sort(given) == read


def test_the_filter_takes_every_word_of_a_row() -> None:
    listed = entries(SupplyDesk().catalogue(Question("scarcity"), FakeViewer()))
    wanted = matching(listed, "专业 引进", "zh")
    assert 0 < len(wanted) < len(listed)
    assert all("专业" in e.occupation and e.detail.action == "recruit" for e in wanted)
    assert matching(listed, None, "zh") == matching(listed, "  ", "zh") == listed
    assert matching(listed, "no such word", "zh") == []


def test_the_file_has_every_column_of_every_entry() -> None:
    listed = entries(SupplyDesk().catalogue(Question("scarcity"), FakeViewer()))
    lines = file_lines(listed)
    assert {len(line) for line in lines} == {len(FILE_COLUMNS) + len(COMPONENTS)}
    for entry, line in zip(listed, lines, strict=True):
        given = dict(zip((*FILE_COLUMNS, *COMPONENTS), line, strict=True))
        assert given["index"] == entry.row.value
        parts = [given[name] for name in COMPONENTS if given[name] is not None]
        assert sum(parts) == pytest.approx(given["composite"])
