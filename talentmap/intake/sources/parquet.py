"""Parquet, in row groups of any size; columns typed or text. The first row is row 1."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from talentmap.intake.source import ROW, Chunk, Options, Reading, Source
from talentmap.model.errors import UserError
from talentmap.model.schemas import TABLES

ROWS = 200_000


def _read(file: Path, _table: str, _options: Options) -> Reading:
    try:
        with pq.ParquetFile(file) as parquet:
            header = tuple(parquet.schema_arrow.names)
            rows = parquet.metadata.num_rows
    except (pa.ArrowException, OSError) as error:
        raise UserError(f"{file.name}: not a readable Parquet file: {_line(error)}") from None
    if not rows:
        raise UserError(f"{file.name}: no rows in it")

    def chunks(columns: Sequence[str]) -> Iterator[Chunk]:
        return _chunks(file, columns)

    return Reading(header, chunks)


def _chunks(file: Path, columns: Sequence[str]) -> Iterator[Chunk]:
    row = 1
    try:
        with pq.ParquetFile(file) as parquet:
            for batch in parquet.iter_batches(ROWS, columns=list(columns)):
                table = pa.table(batch).select(list(columns))
                numbers = pa.array(np.arange(row, row + batch.num_rows, dtype=np.int64))
                row += batch.num_rows
                yield Chunk(table.append_column(ROW, numbers), batch.num_rows)
    except (pa.ArrowException, OSError) as error:
        raise UserError(f"{file.name}: damaged after row {row - 1}: {_line(error)}") from None


def _line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


SOURCE = Source(id="parquet", suffixes=(".parquet", ".pq"), tables=TABLES, read=_read)
