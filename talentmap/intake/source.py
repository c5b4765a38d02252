"""What a source of rows gives the importer: a header, then chunks of rows with their numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Ints = npt.NDArray[np.int64]
Options = Mapping[str, object]
ROW = "row"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Rows refused for one reason; `column` is its name in the file, '' for the whole row."""

    rows: Ints
    column: str
    reason: str


@dataclass(frozen=True)
class Chunk:
    """Some rows of a file.

    `table` has the columns asked for, text or typed, and `row` (int64: the number of the row in the
    file; the first line after a header is 2). A file row may become several rows of the table with
    the same number. `rows_in` counts file rows, the refused ones included.
    """

    table: pa.Table
    rows_in: int
    refused: tuple[Refusal, ...] = ()
    notes: Mapping[str, int] = field(default_factory=dict)  # {caveat: file rows it is about}
    districts: Mapping[str, str] = field(default_factory=dict)  # {code: name} inside the city
    districts_outside: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """A file opened: its header, and a function from the columns wanted to the chunks."""

    header: tuple[str, ...]
    chunks: Callable[[Sequence[str]], Iterator[Chunk]]
    caveats: tuple[str, ...] = ()
    as_of: int | None = None  # month index the file speaks of, where it says so


@dataclass(frozen=True)
class Source:
    """One kind of file. `read` raises UserError, naming the file, where it is not of the kind.

    `suffixes` are lower case, as in `.csv.gz`; empty: only taken when asked for by `id`. A source
    that is no file has `identity`: what stands for the SHA-256 of its content.
    """

    id: str
    suffixes: tuple[str, ...]
    tables: tuple[str, ...]
    read: Callable[[Path, str, Options], Reading]
    identity: Callable[[Path, Options], str] | None = None
