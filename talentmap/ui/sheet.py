"""The rows of a download, where a page's own table is not one row a place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from talentmap.model.answer import Answer


@dataclass(frozen=True)
class Sheet:
    """The answer the head of the file speaks of, the names of the columns, and the rows."""

    answer: Answer
    columns: tuple[str, ...]
    lines: list[list[Any]]
