from collections.abc import Callable

import pyarrow as pa
import pytest

from talentmap.cube.sums import Dims, Sums, added_up, largest

ROWS = pa.table(
    {
        "id": [1, 1, 1, 2, 2],
        "a": [1, 1, 2, 1, 2],
        "b": [1, 2, 1, 1, 1],
        "persons": [10, 20, 30, 40, 50],
    }
)


def counting(asked: list[tuple[str, Dims]]) -> Callable[[str, Dims], pa.Table]:
    def count(level: str, dims: Dims) -> pa.Table:
        asked.append((level, dims))
        return added_up(ROWS.select(["id", *dims, "persons"]), ("id", *dims))

    return count


def rows(table: pa.Table) -> set[tuple[int, ...]]:
    return set(zip(*(column.to_pylist() for column in table.columns), strict=True))


def test_crossings_that_are_part_of_another_are_not_counted() -> None:
    assert largest([(), ("a",), ("a", "b"), ("c",), ("a",)]) == [("c",), ("a", "b")]


def test_one_question_answers_a_crossing_and_all_below_it() -> None:
    asked: list[tuple[str, Dims]] = []
    sums = Sums(("id",), {"cell": [(), ("a",), ("a", "b")]}, counting(asked))
    assert rows(sums.of("cell", ("a", "b"))) == rows(ROWS)
    assert rows(sums.of("cell", ("a",))) == {(1, 1, 30), (1, 2, 30), (2, 1, 40), (2, 2, 50)}
    assert rows(sums.of("cell", ())) == {(1, 60), (2, 90)}
    assert asked == [("cell", ("a", "b"))]


def test_only_the_tables_of_one_level_are_kept() -> None:
    asked: list[tuple[str, Dims]] = []
    sums = Sums(("id",), {"cell": [("a",)], "district": [("b",)]}, counting(asked))
    for level, dims in (("cell", ("a",)), ("district", ("b",)), ("cell", ("a",))):
        sums.of(level, dims)
    assert len(asked) == 3


def test_without_measures_rows_become_distinct() -> None:
    assert rows(added_up(ROWS.select(["id", "a"]), ("id", "a"))) == {(1, 1), (1, 2), (2, 1), (2, 2)}


def test_a_crossing_nobody_named_is_a_defect() -> None:
    sums = Sums(("id",), {"cell": [("a",)]}, counting([]))
    with pytest.raises(StopIteration):
        sums.of("cell", ("b",))
