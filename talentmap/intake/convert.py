"""One chunk of a file to records: values, rules, positions, and who is refused for what."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from talentmap.intake.columns import Match
from talentmap.intake.coordinates import STRAYED, mend
from talentmap.intake.geocode.ladder import from_address
from talentmap.intake.inputs import columns_of
from talentmap.intake.keys import with_keys
from talentmap.intake.positions import (
    FIELDS,
    Gazetteer,
    from_employer,
    locate,
    metres,
    not_understood,
    strayed,
)
from talentmap.intake.rules import broken, no_rows
from talentmap.intake.shapes import as_wkb, shapes_of
from talentmap.intake.source import ROW, Ints, Refusal
from talentmap.intake.values import parse
from talentmap.intake.vocabulary import Words
from talentmap.model.schemas import RECORDS, Column

Bools = npt.NDArray[np.bool_]
Pseudonym = Callable[[Sequence[str]], list[str]]

SIDES = {"people": ("home", "work"), "enterprises": ("",), "vacancies": ("",), "places": ()}
# The side an employer's position stands for, and the columns that bear another name as records.
_EMPLOYED = {"people": "work", "vacancies": ""}
_RENAMED = {
    "enterprises": {"park": "place"},
    "vacancies": {"education_min": "education", "title_min": "title"},
}
_CODES_OF_OFFICES = ("employer_code", "code", "person_key")
# A source may say itself who is outside the city; only then these come in, as flags.
OUTSIDE = ("home_outside", "work_outside", "outside")


@dataclass
class Sieve:
    """Which rows of a chunk are still in, and why the others are not: each for its first fault.

    Also what was put right, and what was not understood by column of the file and value.
    """

    rows: Ints
    named: dict[str, str]
    alive: Bools
    refused: list[Refusal] = field(default_factory=list)
    mended: list[Refusal] = field(default_factory=list)
    unread: dict[str, dict[str, int]] = field(default_factory=dict)

    def refuse(self, hits: Bools, column: str, reason: str) -> None:
        """Refuse the rows hit, with all records of the same file row."""
        hits = hits & self.alive
        if not hits.any():
            return
        numbers = np.unique(self.rows[hits])
        self.refused.append(Refusal(numbers, self.named.get(column, column), reason))
        self.alive &= ~np.isin(self.rows, numbers)

    def mend(self, hits: Bools, column: str, reason: str) -> None:
        """Remember rows in which something was put right."""
        hits = hits & self.alive
        if hits.any():
            numbers = np.unique(self.rows[hits])
            self.mended.append(Refusal(numbers, self.named.get(column, column), reason))

    def leave(self, column: str, words: Mapping[str, int]) -> None:
        """Count values that were not understood."""
        if words:
            counts = self.unread.setdefault(self.named.get(column, column), {})
            for word, times in words.items():
                counts[word] = counts.get(word, 0) + times


@dataclass(frozen=True)
class Converted:
    """The records of a chunk, and what became of its rows."""

    records: pa.Table
    refused: list[Refusal]
    mended: list[Refusal]
    unread: dict[str, dict[str, int]]


@dataclass(frozen=True)
class Converter:
    """Turns the chunks of one file into records."""

    match: Match
    gazetteer: Gazetteer
    pseudonym: Pseudonym | None = None
    words: Words = field(default_factory=dict)
    first: str = ""  # name of the first column of the file

    def convert(self, table: pa.Table) -> Converted:
        """Return the records of a chunk's rows (RECORDS of its table) and the rows refused.

        `table` has the matched columns under the names of the file, `row`, and may have typed
        columns `home_outside`, `work_outside` or `outside` from its source.
        """
        match, gazetteer = self.match, self.gazetteer
        table, refused = _without_no_rows(table, self.first)
        alive = np.ones(table.num_rows, np.bool_)
        sieve = Sieve(table[ROW].to_numpy(), dict(match.named), alive, refused)
        frame = with_keys(_parsed(table, match, sieve, self.words), match)
        for column, reason, rows in broken(match.table, frame):
            sieve.refuse(rows.to_numpy(), column, reason)
        frame = _mended(frame, match.table, gazetteer, sieve)
        if match.table == "places":
            frame = _with_geometry(frame, sieve, gazetteer.system)
        frame = frame.filter(pl.Series(sieve.alive))
        _leave_names(frame, match.table, gazetteer, sieve)
        frame = _with_defaults(frame, match.table)
        if self.pseudonym is not None and "person_key" in frame.columns:
            frame = frame.with_columns(person_key=_pseudonyms(frame["person_key"], self.pseudonym))
        frame = _with_positions(frame, match.table, gazetteer)
        return Converted(_as_records(frame, match.table), sieve.refused, sieve.mended, sieve.unread)


def _without_no_rows(table: pa.Table, first: str) -> tuple[pa.Table, list[Refusal]]:
    """Return the rows that are rows, and the others; their cells are nobody's values."""
    sieve = Sieve(table[ROW].to_numpy(), {}, np.ones(table.num_rows, np.bool_))
    for reason, hits in no_rows(table, first):
        sieve.refuse(hits, "", reason)
    return (table.filter(pa.array(sieve.alive)) if sieve.refused else table), sieve.refused


def _parsed(table: pa.Table, match: Match, sieve: Sieve, words: Words) -> pl.DataFrame:
    values: dict[str, pl.Series] = {ROW: pl.Series(table[ROW])}
    for column in columns_of(match.table):
        cells = _cells(table, match, column.name)
        if cells is None:
            continue
        if column.name == "wkt" and pa.types.is_binary(cells.type):
            values[column.name] = pl.Series(cells)
            continue
        parsed = parse(_asked(column), cells, words, match.hints.get(column.name, ""))
        for bad, reason in parsed.faults:
            sieve.refuse(bad.to_numpy(), column.name, reason)
        sieve.leave(column.name, parsed.words)
        values[column.name] = _tidy(column.name, parsed.values)
    for name in OUTSIDE:
        if name in table.column_names and pa.types.is_boolean(table[name].type):
            values[name] = pl.Series(table[name])
    return _with_ends(pl.DataFrame(values))


def _asked(column: Column) -> Column:
    """A place of a kind nobody knows is still a place to look up: its kind is other."""
    return replace(column, required=False) if column.codes == "place_kind" else column


def _cells(table: pa.Table, match: Match, column: str) -> pa.ChunkedArray | None:
    """Return the cells of a column, or its constant for every row; None where there is neither."""
    if column in match.constants:
        value = pa.scalar(match.constants[column], pa.string())
        return pa.chunked_array([pa.repeat(value, table.num_rows)])
    return table[match.named[column]] if column in match.named else None


def _with_ends(frame: pl.DataFrame) -> pl.DataFrame:
    """Fill the two ends of a wage from a cell that has both, unless they have columns."""
    if "wage" not in frame.columns or frame["wage"].dtype != pl.Struct:
        return frame
    ends = frame["wage"].struct.unnest().rename({"low": "wage_low", "high": "wage_high"})
    given = [name for name in ends.columns if name not in frame.columns]
    return frame.drop("wage").with_columns(ends.select(given))


def _mended(frame: pl.DataFrame, table: str, gazetteer: Gazetteer, sieve: Sieve) -> pl.DataFrame:
    for side in SIDES[table] or ("",):
        lon, lat = (f"{side}_{word}" if side else word for word in ("lon", "lat"))
        frame, mended, faults = mend(frame, lon, lat, gazetteer.districts)
        for column, reason, hits in mended:
            sieve.mend(hits, column, reason)
        for column, reason, hits in faults:
            sieve.refuse(hits, column, reason)
        away = strayed(frame, side, gazetteer)
        if away.any():
            sieve.mend(away, lat, STRAYED)
            nothing = [
                pl.when(~pl.Series(away)).then(pl.col(name)).alias(name) for name in (lon, lat)
            ]
            frame = frame.with_columns(nothing)
    return frame


def _leave_names(frame: pl.DataFrame, table: str, gazetteer: Gazetteer, sieve: Sieve) -> None:
    for side in SIDES[table]:
        for column, hits in not_understood(frame, side, gazetteer):
            counts = frame[column].filter(pl.Series(hits)).value_counts() if hits.any() else None
            if counts is not None:
                sieve.leave(column, dict(counts.iter_rows()))


def _tidy(name: str, values: pl.Series) -> pl.Series:
    """Return codes in the one form they are joined by, whoever wrote them."""
    if name not in _CODES_OF_OFFICES:
        return values
    return values.str.normalize("NFKC").str.to_uppercase()


def _with_geometry(frame: pl.DataFrame, sieve: Sieve, system: str) -> pl.DataFrame:
    geometry = as_wkb(shapes_of(frame, system))
    column = "wkt" if "wkt" in frame.columns else "lon"
    sieve.refuse(geometry.is_null().to_numpy(), column, "no geometry that can be read")
    return frame.with_columns(geometry=geometry)


def _with_defaults(frame: pl.DataFrame, table: str) -> pl.DataFrame:
    """Fill what a row means by saying nothing: one person, one opening, no key enterprise."""
    defaults = {
        "people": ("persons", pl.lit(1, pl.Int32)),
        "vacancies": ("openings", pl.lit(1, pl.Int32)),
        "enterprises": ("key", pl.lit(value=False)),
        "places": ("kind", pl.lit("other")),
    }
    name, value = defaults[table]
    filled = pl.col(name).fill_null(value) if name in frame.columns else value
    return frame.with_columns(filled.alias(name))


def _pseudonyms(keys: pl.Series, pseudonym: Pseudonym) -> pl.Series:
    known = keys.is_not_null()
    found = pl.Series(pseudonym(keys.filter(known).to_list()), dtype=pl.String)
    places = (known.cum_sum().cast(pl.Int64) - 1).set(~known, None)
    return found.gather(places)


def _with_positions(frame: pl.DataFrame, table: str, gazetteer: Gazetteer) -> pl.DataFrame:
    frame = frame.rename(
        {old: new for old, new in _RENAMED.get(table, {}).items() if old in frame.columns},
        strict=False,
    )
    if table == "enterprises" and "place" in frame.columns:
        frame = frame.with_columns(park=pl.col("place"))
    found = {side: locate(frame, side, gazetteer) for side in SIDES[table]}
    if table in _EMPLOYED and "employer_code" in frame.columns:
        side = _EMPLOYED[table]
        found[side] = from_employer(found[side], frame["employer_code"], gazetteer)
    for side, position in found.items():
        found[side] = _by_address(frame, side, position, gazetteer)
    for side, position in found.items():
        names = {name: f"{side}_{name}" if side else name for name in FIELDS}
        frame = frame.with_columns(position.rename(names))
    if table == "people":
        frame = frame.with_columns(metres=metres(found["home"], found["work"]))
    return frame


def _by_address(
    frame: pl.DataFrame, side: str, position: pl.DataFrame, gazetteer: Gazetteer
) -> pl.DataFrame:
    """Return a side's positions with what its addresses are found to be, where that is allowed."""
    name = f"{side}_address" if side else "address"
    geocoder = gazetteer.geocoder
    if geocoder is None or name not in frame.columns or not geocoder.takes(name):
        return position
    return from_address(position, frame[name], gazetteer, geocoder)


def _as_records(frame: pl.DataFrame, table: str) -> pa.Table:
    """Return the columns of RECORDS in their order and types, null where the file has none."""
    schema = RECORDS[table]
    columns = []
    for entry in schema:
        if entry.name in frame.columns:
            columns.append(frame[entry.name].to_arrow().cast(entry.type))
        else:
            columns.append(pa.nulls(len(frame), entry.type))
    return pa.Table.from_arrays(columns, schema=schema)
