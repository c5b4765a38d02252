"""DuckDB in process over Parquet: the default engine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import ibis
import pyarrow as pa
from ibis.expr.types import Table

_MEMORY = "3GB"


class DuckDB:
    """Runs Ibis expressions on DuckDB with bounded memory; spills into `scratch`."""

    id = "duckdb"

    def __init__(self, scratch: Path) -> None:
        self._connection = ibis.duckdb.connect(
            temp_directory=str(scratch), memory_limit=_MEMORY, preserve_insertion_order=False
        )
        self._connection.raw_sql("SET enable_progress_bar = false")

    def read(self, files: Sequence[Path]) -> Table:
        """Return the rows of Parquet files of one schema as a table expression."""
        return self._connection.read_parquet([str(file) for file in files])

    def table(self, rows: pa.Table) -> Table:
        """Make a small table (a mapping) known to the engine."""
        return ibis.memtable(rows)

    def arrow(self, expression: Table) -> pa.Table:
        """Run an expression and return all its rows."""
        return self._connection.to_pyarrow(expression)

    def write(self, expression: Table, file: Path) -> None:
        """Run an expression into one Parquet file, without holding it in memory."""
        self._connection.to_parquet(expression, str(file), compression="zstd")

    def close(self) -> None:
        """Let go of files and memory."""
        self._connection.disconnect()
