"""One chunk of a file to records: values, rules, positions, and who is refused for what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from talentmap.intake.columns import Match
from talentmap.intake.positions import FIELDS, Gazetteer, faults, from_employer, locate, metres
from talentmap.intake.rules import broken
from talentmap.intake.shapes import as_wkb, shapes_of
from talentmap.intake.source import ROW, Ints, Refusal
from talentmap.intake.values import parse
from talentmap.model.schemas import INPUT, RECORDS

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
    """Which rows of a chunk are still in, and why the others are not: each for its first fault."""

    rows: Ints
    named: dict[str, str]
    alive: Bools
    refused: list[Refusal] = field(default_factory=list)

    def refuse(self, hits: Bools, column: str, reason: str) -> None:
        """Refuse the rows hit, with all records of the same file row."""
        hits = hits & self.alive
        if not hits.any():
            return
        numbers = np.unique(self.rows[hits])
        self.refused.append(Refusal(numbers, self.named.get(column, column), reason))
        self.alive &= ~np.isin(self.rows, numbers)


def convert(
    table: pa.Table, match: Match, gazetteer: Gazetteer, pseudonym: Pseudonym | None
) -> tuple[pa.Table, list[Refusal]]:
    """Return the records of a chunk's rows (RECORDS of its table) and the rows refused.

    `table` has the matched columns under the names of the file, `row`, and may have typed columns
    `home_outside`, `work_outside` or `outside` from its source.
    """
    alive = np.ones(table.num_rows, np.bool_)
    sieve = Sieve(table[ROW].to_numpy(), dict(match.named), alive)
    frame = _parsed(table, match, sieve)
    for column, reason, rows in broken(match.table, frame):
        sieve.refuse(rows.to_numpy(), column, reason)
    for side in SIDES[match.table]:
        for column, reason, hits in faults(frame, side, gazetteer):
            sieve.refuse(hits, column, reason)
    if match.table == "places":
        frame = _with_geometry(frame, sieve, gazetteer.system)
    frame = _with_defaults(frame.filter(pl.Series(sieve.alive)), match.table)
    if pseudonym is not None and "person_key" in frame.columns:
        frame = frame.with_columns(person_key=_pseudonyms(frame["person_key"], pseudonym))
    frame = _with_positions(frame, match.table, gazetteer)
    return _as_records(frame, match.table), sieve.refused


def _parsed(table: pa.Table, match: Match, sieve: Sieve) -> pl.DataFrame:
    values: dict[str, pl.Series] = {ROW: pl.Series(table[ROW])}
    for column in INPUT[match.table]:
        name = match.named.get(column.name)
        if name is None:
            continue
        if column.name == "wkt" and pa.types.is_binary(table[name].type):
            values[column.name] = pl.Series(table[name])
            continue
        parsed = parse(column, table[name])
        sieve.refuse(parsed.bad.to_numpy(), column.name, parsed.reason)
        values[column.name] = _tidy(column.name, parsed.values)
    for name in OUTSIDE:
        if name in table.column_names and pa.types.is_boolean(table[name].type):
            values[name] = pl.Series(table[name])
    return pl.DataFrame(values)


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
    """Fill what a row means by saying nothing: one person, one opening, not a key enterprise."""
    defaults = {
        "people": ("persons", pl.lit(1, pl.Int32)),
        "vacancies": ("openings", pl.lit(1, pl.Int32)),
        "enterprises": ("key", pl.lit(value=False)),
    }
    if table not in defaults:
        return frame
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
        names = {name: f"{side}_{name}" if side else name for name in FIELDS}
        frame = frame.with_columns(position.rename(names))
    if table == "people":
        frame = frame.with_columns(metres=metres(found["home"], found["work"]))
    return frame


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
