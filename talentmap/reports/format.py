"""A format of a report: its id, its name, and how a document is written in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from talentmap.model.words import Words
from talentmap.reports.content.model import Document
from talentmap.reports.pictures.draw import Gallery


@dataclass(frozen=True, slots=True)
class Format:
    """One format. `suffix` ends the file's name; `write` writes a document into a file."""

    id: str
    name: Words
    suffix: str
    write: Callable[[Document, Gallery, Path], None]
