"""What holds for every question, every cell and every month."""

from __future__ import annotations

import h3
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from talentmap.model import cells, months
from talentmap.model.errors import UserError
from talentmap.model.question import FILTERS, LEVELS, SIDES, Question

# What a code may be: any text without blanks around it, in any script, with & and = and % in it.
codes = st.text(min_size=1, max_size=12).map(str.strip).filter(bool)
month_texts = st.integers(0, 12 * 100 - 1).map(months.to_text)
points = st.tuples(st.floats(-89.9, 89.9), st.floats(-180, 180))
PENTAGONS = sorted(h3.get_pentagons(0))


@st.composite
def places(draw: st.DrawFn) -> str:
    kind = draw(st.sampled_from(["district", "park", "enterprise", "cell"]))
    if kind != "cell":
        return f"{kind}:{draw(codes)}"
    lat, lon = draw(points)
    return f"cell:{h3.latlng_to_cell(lat, lon, draw(st.sampled_from(cells.MAP_RESOLUTIONS)))}"


@st.composite
def questions(draw: st.DrawFn) -> Question:
    words = {name: draw(st.just("") | codes) for name in FILTERS}
    return Question(
        metric=draw(codes),
        at=draw(st.sampled_from(SIDES)),
        level=draw(st.sampled_from(LEVELS)),
        place=draw(st.just("") | places()),
        month=draw(st.just("") | month_texts),
        versus=draw(st.just("") | month_texts),
        **words,
    )


@given(questions())
@example(Question(industry="a&b=c", title="%41+ 中文#?/:", place="park:x&y:z"))
def test_a_question_is_its_address(q: Question) -> None:
    assert Question.from_query(q.to_query()) == q
    assert Question.from_query("?" + q.to_query()).to_query() == q.to_query()


@given(st.text(max_size=80))
def test_any_address_is_a_question_or_a_clear_line(query: str) -> None:
    try:
        q = Question.from_query(query)
    except UserError as error:
        assert "\n" not in str(error)  # noqa: PT017
    else:
        assert Question.from_query(q.to_query()) == q


@given(st.lists(points, min_size=1, max_size=20), st.integers(0, 15), st.data())
def test_parents_are_those_of_h3(
    where: list[tuple[float, float]], fine: int, data: st.DataObject
) -> None:
    coarse = data.draw(st.integers(0, fine))
    texts = [h3.latlng_to_cell(lat, lon, fine) for lat, lon in where]
    ids = np.array([int(t, 16) for t in texts], dtype=np.int64)
    expected = [h3.cell_to_parent(t, coarse) for t in texts]
    assert [cells.to_hex(int(c)) for c in cells.parent(ids, coarse)] == expected


@pytest.mark.parametrize("pentagon", PENTAGONS)
def test_parents_under_pentagons_too(pentagon: str) -> None:
    for resolution in (1, 2, 3, 5, 9, 15):
        centre = h3.cell_to_center_child(pentagon, resolution)
        family = [centre, *h3.grid_ring(centre, 1)]
        for coarse in range(resolution + 1):
            got = cells.parent(np.array([int(c, 16) for c in family], dtype=np.int64), coarse)
            assert [f"{c:x}" for c in got] == [h3.cell_to_parent(c, coarse) for c in family]


@given(st.lists(points, min_size=1, max_size=20))
def test_one_way_up_the_chain_or_step_by_step_is_the_same(
    where: list[tuple[float, float]],
) -> None:
    base = np.array(
        [int(h3.latlng_to_cell(lat, lon, cells.BASE_RESOLUTION), 16) for lat, lon in where],
        dtype=np.int64,
    )
    steps = cells.parent(cells.parent(base, 8), 7)
    np.testing.assert_array_equal(steps, cells.parent(base, 7))
    np.testing.assert_array_equal(cells.parent(base, cells.BASE_RESOLUTION), base)


@given(st.lists(st.integers(-(2**62), 0), max_size=10), st.sampled_from(cells.MAP_RESOLUTIONS))
def test_ids_that_mean_no_cell_pass_unchanged(ids: list[int], resolution: int) -> None:
    given_ids = np.array(ids, dtype=np.int64)
    np.testing.assert_array_equal(cells.parent(given_ids, resolution), given_ids)


@given(points, st.integers(0, 15))
def test_text_form_and_resolution(where: tuple[float, float], resolution: int) -> None:
    text = h3.latlng_to_cell(*where, resolution)
    cell = cells.from_hex(text)
    assert cells.to_hex(cell) == text
    assert cells.is_cell(cell)
    assert cells.resolution_of(cell) == resolution == h3.get_resolution(text)


@given(st.integers(-(2**63), 2**63 - 1))
def test_every_true_cell_is_taken_for_one(value: int) -> None:
    if value > 0 and h3.is_valid_cell(f"{value:x}"):
        assert cells.is_cell(value)
    elif value <= 0:
        assert not cells.is_cell(value)


@given(st.integers(0, 12 * 300 - 1))
def test_a_month_reads_back(index: int) -> None:
    assert months.to_index(months.to_text(index)) == index


@given(st.integers(0, 12 * 300 - 2))
def test_months_sort_as_their_text(index: int) -> None:
    assert months.to_text(index) < months.to_text(index + 1)


@given(st.text(max_size=12))
def test_any_text_is_a_month_or_a_clear_line(text: str) -> None:
    try:
        index = months.to_index(text)
    except UserError:
        return
    assert months.to_index(months.to_text(index)) == index


def test_the_epoch_and_the_words() -> None:
    assert months.to_index("2000-01") == 0
    assert months.to_index("2026-06") == 317
    assert months.to_words(317, "zh") == "2026年6月"
    assert months.to_words(317, "en") == "Jun 2026"
