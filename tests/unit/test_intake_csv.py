"""Reading CSV: encodings, delimiters, and rows that are broken without taking others along."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from talentmap.intake import delimited
from talentmap.intake.delimited import read_delimited
from talentmap.intake.records import BREAK, ENCODING, QUOTE, WIDTH, split
from talentmap.model.errors import UserError

Rows = list[tuple[int, str, str]]
Refused = dict[str, list[int]]


def read(folder: Path, data: bytes, name: str = "file.csv") -> tuple[Rows, Refused]:
    file = folder / name
    file.write_bytes(data)
    reading = read_delimited(file)
    first, second = reading.header[:2]
    rows: Rows = []
    refused: Refused = {}
    for chunk in reading.chunks((first, second)):
        assert chunk.rows_in == chunk.table.num_rows + sum(len(r.rows) for r in chunk.refused)
        columns = chunk.table.to_pydict()
        rows += zip(columns["row"], columns[first], columns[second], strict=True)
        for refusal in chunk.refused:
            refused.setdefault(refusal.reason, []).extend(refusal.rows.tolist())
    return sorted(rows), refused


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_encoding_gives_the_same_text(tmp_path: Path, encoding: str) -> None:
    text = "名称,行业\n山东甲公司,金融业\n“引号”𠮷,软件\n"
    rows, refused = read(tmp_path, text.encode(encoding))
    assert rows == [(2, "山东甲公司", "金融业"), (3, "“引号”𠮷", "软件")]
    assert not refused


@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(tmp_path: Path, mark: str, newline: str) -> None:
    data = newline.join([f"a{mark}b", f"1{mark}2", f'"x{mark}y"{mark}4', ""])
    assert read(tmp_path, data.encode())[0] == [(2, "1", "2"), (3, f"x{mark}y", "4")]


def test_a_bar_inside_a_gb18030_character_is_no_delimiter(tmp_path: Path) -> None:
    character = b"\x81\x7c".decode("gb18030")
    data = f"a|b\n{character}|{character}\n".encode("gb18030")
    assert read(tmp_path, data)[0] == [(2, character, character)]


def test_gzip_is_known_by_its_content(tmp_path: Path) -> None:
    assert read(tmp_path, gzip.compress(b"a,b\n1,2\n", mtime=0), "file.csv")[0] == [(2, "1", "2")]


def test_wrong_width_is_refused_with_its_row(tmp_path: Path) -> None:
    rows, refused = read(tmp_path, b"a,b\n1,2\n1\n1,2,3\n5,6\n")
    assert rows == [(2, "1", "2"), (5, "5", "6")]
    assert refused == {WIDTH: [3, 4]}


def test_a_cell_over_several_lines_is_one_row(tmp_path: Path) -> None:
    rows, refused = read(tmp_path, b'a,b\n"x\ny, ""z""",2\n3,4\n')
    assert rows == [(2, 'x\ny, "z"', "2"), (4, "3", "4")]
    assert not refused


def test_a_stray_quote_swallows_no_neighbour(tmp_path: Path) -> None:
    rows, refused = read(tmp_path, b'a,b\n1,2\n"3,4\n5,6\n7,8"\n9,10\n')
    assert [row for row, _, _ in rows] == [2, 4, 5, 6]  # 7,8" has a literal quote, as csv has it
    assert refused == {QUOTE: [3]}


def test_quotes_in_two_rows_are_not_taken_for_one_cell(tmp_path: Path) -> None:
    rows, refused = read(tmp_path, b'a,b\n5" pipe,1\n6" pipe,2\n5" x 6",3\n')
    assert rows == [(2, '5" pipe', "1"), (3, '6" pipe', "2"), (4, '5" x 6"', "3")]
    assert not refused


def test_text_after_a_closing_quote_is_refused(tmp_path: Path) -> None:
    rows, refused = read(tmp_path, b'a,b\n"x"y,1\n3,4\n')
    assert rows == [(3, "3", "4")]
    assert refused == {QUOTE: [2]}


def test_bad_bytes_stay_in_their_row(tmp_path: Path) -> None:
    good = "甲,乙\n"
    data = b"a,b\n" + 3 * good.encode() + b"\xff\xfe,1\n" + good.encode() + '"丙\n丁",2\n'.encode()
    rows, refused = read(tmp_path, data)
    assert [row for row, _, _ in rows] == [2, 3, 4, 6, 7]
    assert refused == {ENCODING: [5]}


def test_a_return_inside_a_bare_cell_is_refused(tmp_path: Path) -> None:
    rows, refused = read(tmp_path, b"a,b\n1\r1,2\n3,4\n")
    assert rows == [(3, "3", "4")]
    assert refused == {BREAK: [2]}


def test_blank_lines_are_no_rows_but_count_as_lines(tmp_path: Path) -> None:
    rows, refused = read(tmp_path, b"\n\na,b\n\n1,2\n\r\n3,4")
    assert rows == [(5, "1", "2"), (7, "3", "4")]
    assert not refused


def test_an_open_cell_is_carried_to_the_next_block() -> None:
    first = split(b'1,2\n"a\n', 2, 2, ",", final=False)
    assert (first.rows.tolist(), first.consumed, first.lines) == ([2], 4, 1)
    whole = split(b'"a\nb",2\n', 3, 2, ",", final=True)
    assert (whole.rows.tolist(), whole.lines, whole.refused) == ([3], 2, {})


def test_blocks_of_any_size_give_the_same_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [f'"{i}\n号",{i}' if i % 3 else f"{i},行{i}" for i in range(200)]
    data = ("a,b\n" + "\n".join(lines) + '\n"open,1\nlast,2\n').encode()
    whole = read(tmp_path, data)
    for size in (40, 57, 1000):
        monkeypatch.setattr(delimited, "BLOCK", size)
        assert read(tmp_path, data) == whole
    assert len(whole[0]) == 201
    assert whole[1] == {QUOTE: [335]}


def test_gb18030_that_starts_as_plain_ascii(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = ("a,b\n" + "1,2\n" * 20 + "甲,乙\n").encode("gb18030")
    monkeypatch.setattr(delimited, "BLOCK", 16)
    assert read(tmp_path, data)[0][-1] == (22, "甲", "乙")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "the file is empty"),
        (b"\n \n", "empty"),
        (b"PK\x03\x04rest", "Excel"),
        (b"PAR1xx", "Parquet"),
        (b"a,b\n\0\0", "binary"),
        (b"\xff\xff\xff,\xff\xff\n\xff,\xff\n", "neither UTF-8 nor GB18030"),
        (gzip.compress(b"a,b\n1,2\n" * 999, mtime=0)[:40], "cannot be read"),
    ],
)
def test_what_is_no_table_is_said_in_one_line(tmp_path: Path, data: bytes, says: str) -> None:
    with pytest.raises(UserError, match=says) as caught:
        read(tmp_path, data)
    assert "file.csv" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_named_gz_without_gzip(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"file\.csv\.gz: named \.gz"):
        read(tmp_path, b"a,b\n1,2\n", "file.csv.gz")
