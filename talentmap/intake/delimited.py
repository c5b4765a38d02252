"""Delimited text as a stream of chunks, every refused row with its line.

Bytes become UTF-8 in blocks of whole lines; a block is split into records (see `records`) and the
good records are parsed by pyarrow. Memory does not grow with the file.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import zlib
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pc

from talentmap.intake.encoding import Encoding, detect, utf16_as_utf8
from talentmap.intake.records import LONGEST_RECORD, Records, split
from talentmap.intake.source import ROW, Chunk, Reading, Refusal
from talentmap.model.errors import UserError

BLOCK = 8 * 2**20
DELIMITERS = ",\t;|"
_HEAD = 2**16
_LONGEST_NAME = 100
_GZIP = b"\x1f\x8b"
_NOT_TEXT = {
    b"PK\x03\x04": "an Excel workbook or a zip archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF",
    b"PAR1": "a Parquet file",
    b"SQLite format 3": "a database",
}


def read_delimited(file: Path, *, repair: bool = False) -> Reading:
    """Open a CSV or TSV file, gzipped or not; encoding and delimiter are found.

    `repair` mends text that was GBK and was read as Latin-1.

    Raise UserError naming the file where it is empty, binary, damaged or has no header.
    """
    lines = _blocks(file)
    try:
        first = next(lines, b"")
        encoding, first = detect(first, file.name, repair=repair)
        header, header_lines, delimiter, offset = _header(encoding.to_utf8(first), file.name)
    finally:
        lines.close()

    def chunks(columns: Sequence[str]) -> Iterator[Chunk]:
        blocks = _as_utf8(file, repair)
        return _chunks(blocks, header, header_lines, delimiter, offset, columns)

    return Reading(header, chunks)


def _chunks(
    blocks: Iterator[tuple[bytes, bool]],
    header: tuple[str, ...],
    line: int,
    delimiter: str,
    offset: int,
    columns: Sequence[str],
) -> Iterator[Chunk]:
    """Yield the records after the header; `line` counts the lines before them, `offset` bytes."""
    carry, skip = b"", offset
    for block, final in blocks:
        data, skip = carry + block[skip:], 0
        records = split(data, line + 1, len(header), delimiter, final=final)
        carry, line = data[records.consumed :], line + records.lines
        if records.rows_in:
            yield _chunk(records, header, delimiter, columns)


def _as_utf8(file: Path, repair: bool) -> Iterator[tuple[bytes, bool]]:
    """Yield the blocks of a file as UTF-8, and for each whether it is the last."""
    encoding: Encoding | None = None
    blocks = _blocks(file)
    block = next(blocks, None)
    while block is not None:
        following = next(blocks, None)
        if encoding is None:
            encoding, block = detect(block, file.name, repair=repair)
        else:
            encoding = encoding.settled(block, file.name, repair=repair)
        yield encoding.to_utf8(block), following is None
        block = following


def _chunk(
    records: Records, header: tuple[str, ...], delimiter: str, columns: Sequence[str]
) -> Chunk:
    wanted = [f"c{header.index(name)}" for name in columns]
    if len(records.rows):
        table = _parse(records, len(header), delimiter, wanted)
    else:
        table = pa.table({name: pa.array([], pa.string()) for name in wanted})
    table = table.rename_columns(list(columns)).append_column(ROW, pa.array(records.rows))
    if records.multiline:  # the records judged one by one stand behind the others
        table = table.take(pa.array(np.argsort(records.rows)))
    refused = tuple(
        Refusal(np.asarray(rows, np.int64), "", reason) for reason, rows in records.refused.items()
    )
    return Chunk(table, records.rows_in, refused)


def _parse(records: Records, width: int, delimiter: str, wanted: list[str]) -> pa.Table:
    table = pc.read_csv(
        pa.BufferReader(records.data),
        read_options=pc.ReadOptions(
            column_names=[f"c{i}" for i in range(width)],
            block_size=len(records.data) + 1,
            use_threads=False,
        ),
        parse_options=pc.ParseOptions(
            delimiter=delimiter, newlines_in_values=records.multiline, ignore_empty_lines=False
        ),
        convert_options=pc.ConvertOptions(
            column_types={name: pa.string() for name in wanted},
            include_columns=wanted,
            strings_can_be_null=False,
        ),
    )
    if table.num_rows != len(records.rows):
        raise AssertionError("records split and records parsed differ in number")
    return table


def _header(text: bytes, file: str) -> tuple[tuple[str, ...], int, str, int]:
    """Return names, number of lines, delimiter and number of bytes of the header."""
    head = text[:_HEAD].decode("utf-8", errors="replace")
    if not head.strip():
        raise UserError(f"{file}: the file is empty")
    delimiter = _delimiter(head)
    lines = io.StringIO(head, newline="")
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        names = next((row for row in reader if any(name.strip() for name in row)), [])
    except csv.Error:
        names = []
    if not names or max(map(len, names)) > _LONGEST_NAME:  # or a quote that swallowed the rows
        raise UserError(f"{file}: row 1 is not a header")
    offset = len(head[: lines.tell()].encode())
    return _distinct([" ".join(name.split()) for name in names]), reader.line_num, delimiter, offset


def _distinct(names: list[str]) -> tuple[str, ...]:
    """Number the names that come twice or are empty, so that each means one column."""
    seen: Counter[str] = Counter()
    found = []
    for i, name in enumerate(names):
        seen[name] += 1
        found.append(name if name and seen[name] == 1 else f"{name}#{i + 1}")
    return tuple(found)


def _delimiter(head: str) -> str:
    """Return the delimiter that stands most often in the first line that is not blank."""
    line = next(line for line in head.splitlines() if line.strip())
    outside = "".join(line.split('"')[::2])
    return max(DELIMITERS, key=lambda mark: (outside.count(mark), -DELIMITERS.index(mark)))


def _blocks(file: Path) -> Generator[bytes, None, None]:
    """Yield the bytes of a file in blocks of whole lines; UTF-16 comes out as UTF-8."""
    try:
        with file.open("rb") as raw:
            magic = raw.read(16)
            raw.seek(0)
            _check_text(magic, file)
            if magic.startswith(_GZIP):
                with gzip.open(raw) as stream:
                    yield from _whole_lines(_text_blocks(stream, file.name), file.name)
            else:
                yield from _whole_lines(_text_blocks(raw, file.name), file.name)
    except (OSError, EOFError, zlib.error) as error:
        raise UserError(f"{file.name}: cannot be read: {error}") from None


def _check_text(magic: bytes, file: Path) -> None:
    if not magic:
        raise UserError(f"{file.name}: the file is empty")
    for mark, what in _NOT_TEXT.items():
        if magic.startswith(mark):
            raise UserError(f"{file.name}: this is {what}, not text; save it as CSV")
    if file.suffix.lower() == ".gz" and not magic.startswith(_GZIP):
        raise UserError(f"{file.name}: named .gz but not compressed by gzip")


def _whole_lines(blocks: Iterator[bytes], file: str) -> Iterator[bytes]:
    """Cut blocks of any size behind their last newline."""
    rest = b""
    for block in blocks:
        cut = block.rfind(b"\n") + 1
        if cut:
            yield rest + block[:cut]
            rest = block[cut:]
        else:
            rest += block
        if len(rest) > BLOCK + LONGEST_RECORD:
            raise UserError(f"{file}: a line is longer than {BLOCK >> 20} MB; is it a table?")
    if rest:
        yield rest


def _text_blocks(stream: io.BufferedIOBase, file: str) -> Iterator[bytes]:
    """Yield blocks of a stream: UTF-16 as UTF-8, lone carriage returns of old Macs as newlines."""
    block = stream.read(BLOCK)
    wide = block.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    decode = utf16_as_utf8() if wide else _as_it_is
    text = decode(block, False)
    if b"\0" in text[:_HEAD]:
        raise UserError(f"{file}: this is a binary file, not text")
    mac = b"\r" in text and b"\n" not in text
    while block:
        yield text.replace(b"\r", b"\n") if mac else text
        block = stream.read(BLOCK)
        text = decode(block, not block)
    yield text


def _as_it_is(block: bytes, _last: bool) -> bytes:
    return block
