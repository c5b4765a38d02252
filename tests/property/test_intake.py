"""Whatever bytes come in: rows in = accepted + refused, or one clear line."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from talentmap.intake.importer import import_file
from talentmap.intake.ledger import batches, check, record_files
from talentmap.intake.report import BatchReport
from talentmap.intake.sources.lodes import north_west_corner
from talentmap.model.errors import UserError
from talentmap.model.workspace import CityProfile, Workspace

HEADER = b"person_key,home_lon,home_lat,work_district,education,arrived,persons\n"
KEYED = settings(deadline=None, max_examples=40)

cells = st.one_of(
    st.sampled_from(
        ["", "117.1", "36.6", "本科", "2026-06", "1", "0", "-", "1e999", '"', '""', "\r"]
    ),
    st.text(max_size=8),
)
rows = st.lists(st.lists(cells, min_size=6, max_size=8).map(",".join), max_size=12)
lines = rows.map("\n".join)
encoded = st.tuples(lines, st.sampled_from(["utf-8", "gb18030", "utf-16"])).map(
    lambda pair: (HEADER.decode() + pair[0]).encode(pair[1], errors="replace")
)
broken = st.tuples(encoded, st.binary(max_size=6), st.integers(0, 200)).map(
    lambda t: t[0][: t[2]] + t[1] + t[0][t[2] :]
)
anything = st.one_of(
    encoded, broken, st.binary(max_size=300), st.binary(max_size=99).map(HEADER.__add__)
)


@contextmanager
def workspace() -> Iterator[tuple[Workspace, Path]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "city"
        path.mkdir()
        (path / "city.toml").write_text(CityProfile("1", "甲", "A").to_toml(), "utf-8")
        yield Workspace.open(path), Path(folder) / "file.csv"


def take(ws: Workspace, file: Path, data: bytes) -> BatchReport | None:
    """Take bytes in as people; None where they are refused whole, in one line."""
    file.write_bytes(data)
    message = ""
    try:
        return import_file(ws, "people", file, pseudonym=lambda values: ["k" for _ in values])
    except UserError as error:
        message = str(error)
    assert "\n" not in message
    assert "file.csv" in message
    return None


@KEYED
@given(anything)
def test_any_bytes_are_counted_or_refused_in_one_line(data: bytes) -> None:
    with workspace() as (ws, file):
        report = take(ws, file, data)
        assert check(ws) == []
        if report is None:
            assert batches(ws) == []
            return
        assert report.rows_in == report.accepted + report.refused
        stored = pq.read_table(record_files(ws, "people")[0])
        assert stored.num_rows == report.accepted
        assert stored["row"].to_pylist() == sorted(set(stored["row"].to_pylist()))


@KEYED
@given(st.lists(st.lists(st.text(max_size=6), min_size=3, max_size=3), min_size=1, max_size=9))
def test_what_csv_writes_is_read_back(table: list[list[str]]) -> None:
    # Outer spaces go, a NUL makes a file binary, and lone surrogates are no text.
    clean = [
        [cell.encode("utf-8", "ignore").decode().replace("\0", "").strip() for cell in row]
        for row in table
    ]
    out = io.StringIO(newline="")
    csv.writer(out).writerows(
        [["work_district", "school", "home_address"], ["x", "y", "z"], *clean]
    )
    with workspace() as (ws, file):
        report = take(ws, file, out.getvalue().encode())
        assert report is not None
        assert report.rows_in == len(clean) + 1
        stored = pq.read_table(record_files(ws, "people")[0], columns=["work_district", "school"])
        words = {"", "null", "\\n"}
        said = [row for row in clean if any(cell.lower() not in words for cell in row)]
        said = [row for row in said if not any("\ufffd" in cell for cell in row)]
        expected = [
            [None if cell.lower() in words else cell for cell in row[:2]]
            for row in [["x", "y"], *said]
        ]
        assert [list(row.values()) for row in stored.to_pylist()] == expected


@st.composite
def margins(draw: st.DrawFn) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    persons = draw(st.lists(st.integers(1, 60), min_size=1, max_size=9))
    found = {}
    for name in ("age", "wage", "industry"):
        parts = []
        for n in persons:
            cuts = sorted(draw(st.tuples(st.integers(0, n), st.integers(0, n))))
            parts.append([cuts[0], cuts[1] - cuts[0], n - cuts[1]])
        found[name] = np.array(parts, np.int64)
    return np.array(persons, np.int64), found


@KEYED
@given(margins())
def test_north_west_corner_keeps_every_margin(
    given_margins: tuple[np.ndarray, dict[str, np.ndarray]],
) -> None:
    persons, parts = given_margins
    index, sizes, groups = north_west_corner(persons, parts)
    assert (sizes > 0).all()
    np.testing.assert_array_equal(np.bincount(index, sizes, len(persons)), persons)
    for name, margin in parts.items():
        found = np.zeros_like(margin)
        np.add.at(found, (index, groups[name]), sizes)
        np.testing.assert_array_equal(found, margin)
    assert np.bincount(index).max() <= 7  # three dimensions of three groups: 9 - 3 + 1
