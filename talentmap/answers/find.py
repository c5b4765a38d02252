"""Find a place or an enterprise by name, pinyin, initials, alias or code; or a position.

The register of a release is read once into sorted lines and a few long texts. What begins with the
words stands together in the lines; looking for them anywhere in a text is what a machine does
fastest, so that no other index has to be kept.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import h3
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from talentmap.answers.positions import Position, read_position
from talentmap.answers.viewer import Viewer
from talentmap.cube.release import Release
from talentmap.model.cells import BASE_RESOLUTION, is_cell, parent, resolution_of, to_hex
from talentmap.model.errors import NotPublished, UserError
from talentmap.model.question import CELL_LEVELS

if TYPE_CHECKING:
    from talentmap.answers.desk import Desk

Ids = npt.NDArray[np.int64]

KINDS = ("district", "park", "station", "enterprise")
LONGEST = 80  # characters of what is looked for
_MOST_HITS = 600  # of one text; more say that too little was typed
_ENOUGH = 60  # lines that begin with what is looked for
_SHOWN = {"district": 5, "park": 6, "station": 5, "enterprise": 10}
_FIELDS = ("name", "code", "initials", "pinyin", "aliases", "name_en")
# How good a hit is: the whole line, its beginning, somewhere in it; the field decides ties.
_WHOLE, _BEGINNING, _INSIDE = 0, 10, 20
_NONE = np.zeros(0, dtype=np.int64)
_CELL_DIGITS, _HEX = 15, "0123456789abcdef"


class Finder:
    """The register of one release, ready to be searched. Thread-safe: nothing in it changes."""

    def __init__(self, release: Release) -> None:
        if not (release.folder / "register.parquet").exists():
            raise NotPublished("find: this release has no register of names; build again")
        table = release.table("register")
        self._rows = table
        self._kind = np.array([KINDS.index(k) for k in table["kind"].to_pylist()], dtype=np.int8)
        self._key = table["key"].to_numpy(zero_copy_only=False)
        self._length = np.array([len(n) for n in table["name"].to_pylist()])
        self._texts = [_Text(table[field]) for field in _FIELDS]

    def find(self, words: str, kinds: tuple[str, ...]) -> list[dict[str, Any]]:
        """Return the best rows of the register, the kinds in their order, the best first."""
        wanted = normal(words).encode()
        if not wanted:
            return []
        found = [text.hits(wanted, rank) for rank, text in enumerate(self._texts)]
        rows, quality = (np.concatenate(parts) for parts in zip(*found, strict=True))
        order = np.lexsort((self._length[rows], ~self._key[rows], quality))
        rows = rows[order]
        rows = rows[np.sort(np.unique(rows, return_index=True)[1])]  # each at its best hit
        shown: list[int] = []
        for kind in kinds:
            shown += rows[self._kind[rows] == KINDS.index(kind)][: _SHOWN[kind]].tolist()
        listed: list[dict[str, Any]] = self._rows.take(np.array(shown, dtype=np.int64)).to_pylist()
        return listed


class _Text:
    """One column as sorted lines and as one text; a row may have several lines (aliases)."""

    def __init__(self, column: pa.ChunkedArray) -> None:
        found = [
            (normal(line).encode(), row)
            for row, value in enumerate(column.to_pylist())
            for line in (value or "").split("\n")
            if line
        ]
        found.sort()
        self._lines = [line for line, _ in found]
        self._rows = np.array([row for _, row in found], dtype=np.int64)
        self._text = b"\n".join(self._lines)
        self._plain = self._text.isascii()
        lengths = np.array([len(line) + 1 for line in self._lines], dtype=np.int64)
        self._starts = np.cumsum(lengths) - lengths

    def hits(self, wanted: bytes, rank: int) -> tuple[Ids, Ids]:
        """Return the rows a piece of text is in, and how good each hit is; `rank` decides ties.

        Where many lines begin with it nobody looks for those that have it in the middle.
        """
        if self._plain and not wanted.isascii():
            return _NONE, _NONE
        first = bisect_left(self._lines, wanted)
        last = bisect_left(self._lines, wanted + b"\xff")
        begins = np.arange(first, min(last, first + _MOST_HITS))
        whole = [len(self._lines[line]) == len(wanted) for line in begins.tolist()]
        quality = np.where(whole, _WHOLE, _BEGINNING) if len(begins) else _NONE
        if len(begins) >= _ENOUGH:
            return self._rows[begins], quality + rank
        inside = np.searchsorted(self._starts, self._places(wanted), side="right") - 1
        lines = np.concatenate([begins, inside])
        quality = np.concatenate([quality, np.full(len(inside), _INSIDE)])
        return self._rows[lines], quality + rank

    def _places(self, piece: bytes) -> Ids:
        found: list[int] = []
        at = self._text.find(piece)
        while at >= 0 and len(found) < _MOST_HITS:
            found.append(at)
            at = self._text.find(piece, at + 1)
        return np.array(found, dtype=np.int64)


@dataclass(frozen=True)
class Found:
    """One thing found: what it is, a place of a Question or '', where to go."""

    kind: str
    name: str
    place: str
    district: str
    lon: float | None
    lat: float | None

    def to_json(self) -> dict[str, Any]:
        """Return a plain object."""
        return {
            "kind": self.kind, "name": self.name, "place": self.place, "district": self.district,
            "lon": self.lon, "lat": self.lat,
        }  # fmt: skip


def found_rows(release: Release, rows: list[dict[str, Any]], language: str) -> list[Found]:
    """Return rows of the register in words; a station is no place of a Question."""
    names = {p.code: p.name.in_(language) for p in release.info.places.get("district", ())}
    return [
        Found(
            row["kind"],
            row["name_en"] if language == "en" and row["name_en"] else row["name"],
            "" if row["kind"] == "station" else f"{row['kind']}:{row['code']}",
            names.get(row["district"], ""),
            row["lon"],
            row["lat"],
        )
        for row in rows
    ]


def find(desk: Desk, finder: Finder, words: str, viewer: Viewer, language: str) -> list[Found]:
    """Return what some words may mean to a viewer: a position, a hexagon, or names that have them.

    Raises UserError for words that are too long, or a hexagon larger than the map's.
    """
    if len(words) > LONGEST:
        raise UserError(f"find: at most {LONGEST} characters")
    position = read_position(words)
    if position is not None:
        return [_at(desk, position, viewer)]
    cell = _cell_of(words, viewer)
    if cell is not None:
        return [_hexagon(desk, cell, language)]
    rows = finder.find(words, _kinds_of(viewer))
    return found_rows(desk.release, rows, language)


def _kinds_of(viewer: Viewer) -> tuple[str, ...]:
    """Return the kinds a viewer may find: stations are on every map, enterprises are not."""
    return tuple(kind for kind in KINDS if kind == "station" or kind in viewer.rules.levels)


def _finest(viewer: Viewer) -> int:
    return max(r for level, r in CELL_LEVELS.items() if level in viewer.rules.levels)


def _at(desk: Desk, position: Position, viewer: Viewer) -> Found:
    """Return a position; its place is the finest hexagon the viewer sees, where anybody is."""
    resolution = _finest(viewer)
    base = h3.str_to_int(h3.latlng_to_cell(position.lat, position.lon, BASE_RESOLUTION))
    cell = int(parent(np.array([base], dtype=np.int64), resolution)[0])
    known = desk.names.level(f"cell{resolution}").position(np.array([cell]))[0] >= 0
    name = f"{position.lon:.5f}, {position.lat:.5f}"
    place = f"cell:{to_hex(cell)}" if known else ""
    return Found("position", name, place, "", position.lon, position.lat)


def _hexagon(desk: Desk, cell: int, language: str) -> Found:
    """Return a hexagon; raise UserError where nobody is in it."""
    level = f"cell{resolution_of(cell)}"
    at = desk.names.find(level, to_hex(cell))
    name = desk.names.names(level, np.array([at], dtype=np.int64), language)[0]
    lat, lon = h3.cell_to_latlng(to_hex(cell))
    return Found("cell", name, f"cell:{to_hex(cell)}", "", lon, lat)


def _cell_of(words: str, viewer: Viewer) -> int | None:
    """Return the cell of an H3 id, at most as fine as the viewer sees; None where it is no id."""
    text = normal(words)
    if len(text) != _CELL_DIGITS or any(c not in _HEX for c in text):
        return None
    cell = int(text, 16)
    if not is_cell(cell):
        return None
    if resolution_of(cell) < min(CELL_LEVELS.values()):
        raise UserError(f"find: {text} is larger than the hexagons of the map")
    finest = min(_finest(viewer), resolution_of(cell))
    return int(parent(np.array([cell], dtype=np.int64), finest)[0])


def normal(words: str) -> str:
    """Return a text as it is compared: full width as half, small letters, without spaces."""
    plain = unicodedata.normalize("NFKC", words).lower()
    return "".join(plain.replace("'", "").replace("·", "").split())
