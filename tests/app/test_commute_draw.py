"""The drawings of the page 职住: rose, classes, ribbons; plain functions on rows."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talentmap.model.answer import MISSING, OK, SUPPRESSED
from talentmap.ui.draw.facts import Row
from talentmap.ui.draw.rose import DIRECTIONS, RINGS, outline, rose_of, wedge
from talentmap.ui.draw.sankey import Flow, sankey_of
from talentmap.ui.draw.steps import CLASSES, breaks_of, class_of
from talentmap.ui.draw.svg import drawing, tag, words

BANDS = ("0-5", "5-10", "10-15", "15-20", "20-25", "25+")
COUNTS = st.floats(1, 1e6)


def _row(identifier: str, value: float | None, status: str = OK) -> Row:
    return Row(identifier, identifier, value, None, None, value, status)


def _all(value: float) -> list[Row]:
    return [_row(f"{band}-{d}", value) for band in BANDS for d in DIRECTIONS]


def test_a_ring_of_the_rose_holds_its_bands_of_the_desk() -> None:
    rose = rose_of([*_all(3.0), _row("unknown", 99.0)])
    assert [s.persons for s in rose.sectors[::8]] == [3, 3, 6, 6]
    assert rose.whole == 3 * len(BANDS) * len(DIRECTIONS)
    held = [band for _, bands, _ in RINGS for band in bands]
    assert held == list(BANDS)


def test_a_ring_with_a_hidden_part_is_hidden_and_one_without_rows_is_missing() -> None:
    rows = [_row("10-15-N", 40.0), _row("15-20-N", None, SUPPRESSED), _row("25+-SW", 7.0)]
    rose = rose_of(rows)
    hidden, known, none = (rose.find(i) for i in ("10-20-N", "20+-SW", "0-5-E"))
    assert hidden is not None
    assert known is not None
    assert none is not None
    assert (hidden.persons, hidden.status) == (None, SUPPRESSED)
    assert known.persons == 7.0
    assert rose.largest == known
    assert (none.persons, none.status) == (None, MISSING)


def test_a_rose_of_nobody_has_no_largest_sector() -> None:
    assert rose_of([]).largest is None
    assert rose_of(_all(0.0)).largest is None


def test_north_is_up_and_east_is_right() -> None:
    rose = rose_of(_all(1.0))
    for name, axis, sign in (("N", 1, -1), ("E", 0, 1), ("S", 1, 1), ("W", 0, -1)):
        sector = rose.find(f"5-10-{name}")
        assert sector is not None
        corners = outline(sector, (0.0, 0.0), 100.0)
        assert sign * sum(p[axis] for p in corners) / len(corners) > 25
        assert max(abs(x) + abs(y) for x, y in corners) < 100


@pytest.mark.parametrize(
    ("identifier", "begin", "end", "left", "right"),
    [
        ("0-5-N", 0, 5, -22.5, 22.5),
        ("10-20-E", 10, 20, 67.5, 112.5),
        ("20+-SW", 20, None, 202.5, 247.5),
    ],
)
def test_the_wedge_on_the_map_has_the_radii_of_the_rose(
    identifier: str, begin: int, end: int | None, left: float, right: float
) -> None:
    assert wedge(identifier) == {"from_km": begin, "to_km": end, "left": left, "right": right}


@pytest.mark.parametrize("identifier", ["", "N", "5-10", "5-10-X", "30-40-N", "<b>-N"])
def test_an_address_that_names_no_sector_has_no_wedge(identifier: str) -> None:
    assert wedge(identifier) is None


@given(st.lists(COUNTS, min_size=1, max_size=60))
def test_classes_rise_with_the_count(values: list[float]) -> None:
    breaks = breaks_of(values)
    assert breaks == sorted(set(breaks))
    ordered = [class_of(value, breaks) for value in sorted(values)]
    assert ordered == sorted(ordered)
    assert all(1 <= klass <= CLASSES for klass in ordered)
    assert class_of(0.0, breaks) == 0


def test_breaks_are_round_and_none_where_nobody_is() -> None:
    assert breaks_of([]) == breaks_of([0.0]) == []
    found = breaks_of([1.0, 1500.0])
    assert len(found) == CLASSES - 1
    assert {str(int(edge)).rstrip("0") for edge in found} <= {"1", "15", *"234568"}


FLOWS = st.lists(
    st.builds(
        Flow,
        st.sampled_from([("a", "A"), ("b", "B"), ("c", "C")]),
        st.sampled_from([("a", "A"), ("d", "D"), ("e", "E")]),
        COUNTS,
    ),
    max_size=9,
    unique_by=lambda flow: (flow.home, flow.work),
)


@given(FLOWS, st.integers(1, 9))
def test_ribbons_fill_the_bars_of_both_sides(flows: list[Flow], most: int) -> None:
    drawn = sankey_of(flows, 400.0, most)
    assert len(drawn.ribbons) == min(most, len(flows))
    for nodes, side in ((drawn.homes, "home"), (drawn.works, "work")):
        for node in nodes:
            mine = [r for r in drawn.ribbons if getattr(r, side) == node.code]
            assert sum(r.height for r in mine) == pytest.approx(node.height)
            assert sum(r.persons for r in mine) == pytest.approx(node.persons)
            assert node.top >= -1e-6
            assert node.top + node.height <= 400.0 + 1e-6
            starts = sorted((r.left if side == "home" else r.right, r.height) for r in mine)
            for (top, height), (below, _) in itertools.pairwise(starts):
                assert below == pytest.approx(top + height)


def test_nothing_flows_is_an_empty_drawing() -> None:
    assert sankey_of([], 300.0, 10).ribbons == ()
    assert sankey_of([Flow(("a", "A"), ("b", "B"), 0.0)], 300.0, 10).homes == ()


def test_a_drawing_escapes_what_it_is_given() -> None:
    drawn = drawing(10, 10, words('<b>&"', 1, 2), tag("path", d="M0 0", class_='a"b'), label="<x>")
    assert "<b>" not in drawn
    assert "&lt;b&gt;&amp;" in drawn
    assert 'class="a&quot;b"' in drawn
    assert 'aria-label="&lt;x&gt;"' in drawn
