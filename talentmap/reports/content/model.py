"""A report before it has a format: headings, paragraphs, tables, charts and maps in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from talentmap.model.answer import OK

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a table: a text, a number, or why there is none.

    `kind` is how the number is written where that is not its column's way.
    """

    value: float | str | None
    status: str = OK
    kind: str = ""

    @property
    def number(self) -> float | None:
        """The number, None for a text and for what is hidden, insufficient or missing."""
        known = self.status == OK and isinstance(self.value, (int, float))
        return float(self.value) if known and self.value is not None else None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, how its cells are written (see words.KINDS), and its relative width."""

    title: str
    kind: str = "text"
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 or 2."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `style` is body, lead (the first sentence of a section) or note (small)."""

    text: str
    style: str = "body"


@dataclass(frozen=True, slots=True)
class Points:
    """A list of short paragraphs, numbered where their order counts."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """The few numbers to read first: (what it is, the number in words, its change in words)."""

    items: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Table:
    """A table with its caption. Numbers are whole, formats round them.

    `name` is its sheet in a workbook; `most` how many rows a paged format shows (the workbook has
    them all); `shade` the numbers of a column to shade as a scale around zero.
    """

    title: str
    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    most: int = 60


@dataclass(frozen=True, slots=True)
class Series:
    """One series of a chart; None where there is no number. `low` and `high` are intervals."""

    name: str
    values: tuple[float | None, ...]
    colour: str = "supply"
    low: tuple[float | None, ...] = ()
    high: tuple[float | None, ...] = ()


@dataclass(frozen=True)
class Chart:
    """A chart. `shape`: bars (lying, one a category), lines (over months), stack (shares).

    `kind` is how its numbers are written; `reference` a value to mark, `reference_name` its name;
    `tints` one colour class a bar, where they differ.
    """

    title: str
    name: str
    shape: str
    kind: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    note: str = ""
    reference: float | None = None
    reference_name: str = ""
    tints: tuple[str, ...] = ()


@dataclass(frozen=True)
class Area:
    """A district or a park as drawn: name, point of its label, outer and inner rings."""

    name: str
    lon: float
    lat: float
    rings: tuple[Floats, ...]


@dataclass(frozen=True)
class Map:
    """A map: hexagons or areas in classes.

    `cells` are H3 ids (hex) with `values` and `statuses` beside; empty where `areas` carry the
    numbers (then `values` and `statuses` are theirs). `breaks` are the class edges, `palette`
    scarcity, supply or demand; `legend` names quantity and unit; `foot` is source and date.
    `focus` is the place of the report, drawn with a strong line.
    """

    title: str
    name: str
    areas: tuple[Area, ...]
    cells: tuple[str, ...]
    values: Floats
    statuses: tuple[str, ...]
    kind: str
    breaks: tuple[float, ...]
    palette: str
    legend: str
    foot: str
    words: dict[str, str]
    focus: Area | None = None


Picture = Chart | Map
Block = Heading | Paragraph | Points | Figures | Table | Chart | Map


@dataclass(frozen=True)
class Document:
    """A whole report.

    `facts` are (label, words): filters, data month, release, source, tier, suppression. `marks`
    stand on every page: 演示数据 where the data are synthetic. `watermark` is empty where the tier
    asks for none. `contents`: whether there is a front page with a contents; without, it is brief.
    `summary` are the first paragraphs of its sections. `file` is its file's name without an ending.
    """

    title: str
    subtitle: str
    file: str
    language: str
    facts: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    marks: tuple[str, ...] = ()
    watermark: str = ""
    contents: bool = True
    summary: tuple[str, ...] = ()

    def tables(self) -> Iterator[Table]:
        """Yield the tables in order."""
        return (block for block in self.blocks if isinstance(block, Table))

    def pictures(self) -> Iterator[Picture]:
        """Yield charts and maps in order."""
        return (block for block in self.blocks if isinstance(block, (Chart, Map)))

    def headings(self) -> Iterator[Heading]:
        """Yield the headings in order."""
        return (block for block in self.blocks if isinstance(block, Heading))
