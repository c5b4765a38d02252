"""What the build asks of an engine: run Ibis expressions over Parquet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import pyarrow as pa
from ibis.expr.types import Table


class Engine(Protocol):
    """One engine; every engine gives the same numbers, and every spec test runs on it."""

    def read(self, files: Sequence[Path]) -> Table:
        """Return the rows of Parquet files of one schema as a table expression."""
        ...

    def table(self, rows: pa.Table) -> Table:
        """Make a small table known to the engine."""
        ...

    def arrow(self, expression: Table) -> pa.Table:
        """Run an expression and return all its rows."""
        ...

    def write(self, expression: Table, file: Path) -> None:
        """Run an expression into one Parquet file, in bounded memory."""
        ...

    def close(self) -> None:
        """Let go of files and memory."""
        ...
