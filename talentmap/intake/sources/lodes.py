"""LEHD LODES origin–destination files (US Census Bureau) with the block crosswalks of their states.

A row says how many persons live in one block and work in another, and how many of them fall into
each of three age, wage and industry groups. Those are margins, not a joint table: the row is split
into as few records as keep every margin exact (north-west corner), and the report says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import polars as pl

from talentmap.intake.delimited import read_delimited
from talentmap.intake.source import ROW, Chunk, Ints, Options, Reading, Refusal, Source
from talentmap.model import months
from talentmap.model.errors import UserError

_GROUPS = {"age": "SA", "wage": "SE", "industry": "SI"}
_CODES = {
    "age": ["A1", "A2", "A3"],
    "wage": ["SE01", "SE02", "SE03"],
    "industry": ["SI01", "SI02", "SI03"],
}
_COUNTS = ["S000"] + [f"{group}0{i}" for group in _GROUPS.values() for i in (1, 2, 3)]
_BLOCKS = {"work": "w_geocode", "home": "h_geocode"}
_HEADER = (
    *("persons", "home_lon", "home_lat", "home_district", "home_outside"),
    *("work_lon", "work_lat", "work_district", "age", "wage", "industry", "status"),
)
_YEAR = re.compile(r"_od_(?:main|aux)_JT\d{2}_(\d{4})", re.IGNORECASE)
_MONTH = "04"  # LODES counts the jobs held on 1 April
_COUNTY_DIGITS, _STATE_DIGITS = 5, 2
_NO_CROSSINGS = (
    "crossings of age × wage × industry are not in the source: "
    "only the margins of each row are exact"
)
_UNKNOWN_HOME = "the home block, in another state, is in no crosswalk: known to the county only"
_KEYS = ("tabblk2010", "tabblk2020")


def _read(file: Path, _table: str, options: Options) -> Reading:
    blocks = _crosswalks(options)
    reading = read_delimited(file)
    for name in (*_BLOCKS.values(), *_COUNTS):
        if name not in reading.header:
            raise UserError(f"{file.name}: no column {name}; not a LODES origin–destination file")

    def chunks(columns: Sequence[str]) -> Iterator[Chunk]:
        for chunk in reading.chunks((*_BLOCKS.values(), *_COUNTS)):
            yield _chunk(chunk, blocks, columns)

    year = _YEAR.search(file.name)
    as_of = months.to_index(f"{year[1]}-{_MONTH}") if year else None
    caveats = (_NO_CROSSINGS,) if year else (_NO_CROSSINGS, "no year in the name of the file")
    return Reading(_HEADER, chunks, caveats, as_of)


def _chunk(chunk: Chunk, blocks: pl.DataFrame, columns: Sequence[str]) -> Chunk:
    rows = _typed(chunk)
    for side, name in _BLOCKS.items():
        # Blocks are unique in the crosswalk, so that a left join keeps rows and their order.
        rows = rows.join(blocks, left_on=name, right_on="block", how="left", maintain_order="left")
        rows = rows.rename({c: f"{side}_{c}" for c in ("lon", "lat", "district", "name")})
    away = _state("h_geocode") != _state("w_geocode")
    rows = rows.with_columns(home_outside=away)
    rows, refused = _refuse(rows)
    unknown = rows["home_lon"].is_null()
    rows = rows.with_columns(
        home_district=pl.coalesce("home_district", pl.col("h_geocode").str.head(_COUNTY_DIGITS))
    )
    outside = _names(rows.filter(pl.col("home_outside")), "home")
    inside = _names(rows.filter(~pl.col("home_outside")), "home") | _names(rows, "work")
    return Chunk(
        _split(rows).select([*columns, ROW]).to_arrow(),
        chunk.rows_in,
        (*chunk.refused, *refused),
        {_UNKNOWN_HOME: int(unknown.sum())},
        inside,
        outside,
    )


def _typed(chunk: Chunk) -> pl.DataFrame:
    rows = pl.DataFrame(chunk.table)
    blocks = [pl.col(name).str.strip_chars().str.zfill(15) for name in _BLOCKS.values()]
    return rows.with_columns(*blocks, pl.col(_COUNTS).cast(pl.Int32, strict=False))


def _state(column: str) -> pl.Expr:
    return pl.col(column).str.head(_STATE_DIGITS)


def _refuse(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[Refusal]]:
    """Return the rows that hold, and the others by the first rule they break."""
    checks = [("S000", "not a count of persons", pl.col("S000").is_null() | (pl.col("S000") < 1))]
    for group in _GROUPS.values():
        parts = [f"{group}0{i}" for i in (1, 2, 3)]
        negative = pl.any_horizontal(pl.col(parts).is_null() | (pl.col(parts) < 0))
        differ = pl.sum_horizontal(parts) != pl.col("S000")
        checks.append(
            (f"{group}01", f"{group}01–{group}03 do not add up to S000", negative | differ)
        )
    unknown = "block is not in the crosswalks"
    checks.append(("w_geocode", unknown, pl.col("work_lon").is_null()))
    home = pl.col("home_lon").is_null() & ~pl.col("home_outside")
    checks.append(("h_geocode", unknown, home))
    refused = []
    for column, reason, wrong in checks:
        broken = rows.select(wrong.fill_null(value=True)).to_series()
        refused.append(Refusal(rows.filter(broken)[ROW].to_numpy(), column, reason))
        rows = rows.filter(~broken)
    return rows, refused


def _split(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows split so that each record has one age, wage and industry group."""
    persons = rows["S000"].to_numpy().astype(np.int64)
    margins = {
        name: rows.select([f"{group}0{i}" for i in (1, 2, 3)]).to_numpy().astype(np.int64)
        for name, group in _GROUPS.items()
    }
    index, weight, groups = north_west_corner(persons, margins)
    codes = {name: np.array(_CODES[name], dtype=object)[group] for name, group in groups.items()}
    fine = [pl.Series(name, code, dtype=pl.String) for name, code in codes.items()]
    return rows[index].with_columns(pl.Series("persons", weight), *fine, status=pl.lit("employed"))


def north_west_corner(
    persons: Ints, margins: Mapping[str, Ints]
) -> tuple[Ints, Ints, dict[str, Ints]]:
    """Split persons so that every margin is exact, into as few parts as that takes.

    `margins` has for each dimension an array (rows × groups) whose rows add up to `persons`. The
    persons of a row stand in a line, ordered by group in every dimension alike; a part ends where
    the group of any dimension changes. Returns for each part its row, its persons and its groups.
    """
    ends = {name: np.cumsum(margin, axis=1) for name, margin in margins.items()}
    cuts = np.concatenate([np.zeros((len(persons), 1), np.int64), *ends.values()], axis=1)
    cuts.sort(axis=1)
    sizes = np.diff(cuts, axis=1)
    index, part = np.nonzero(sizes)
    start = cuts[index, part]
    groups = {name: (start[:, None] >= end[index]).sum(axis=1) for name, end in ends.items()}
    return index, sizes[index, part], groups


def _names(rows: pl.DataFrame, side: str) -> dict[str, str]:
    known = rows.select(f"{side}_district", f"{side}_name").drop_nulls().unique()
    return dict(sorted(zip(*known.get_columns(), strict=True)))


def _crosswalks(options: Options) -> pl.DataFrame:
    """Return the blocks of all crosswalks: block, lon, lat, district, name (of the county)."""
    given = options.get("xwalk") or ()
    files = [given] if isinstance(given, (str, Path)) else list(given)  # type: ignore[call-overload]
    if not files:
        raise UserError("xwalk: a LODES file needs the block crosswalk of its state (--xwalk FILE)")
    tables = [_crosswalk(Path(file)) for file in files]
    return pl.concat(tables).unique("block", keep="last", maintain_order=True)


def _crosswalk(file: Path) -> pl.DataFrame:
    if not file.is_file():
        raise UserError(f"xwalk: {file}: there is no such file")
    reading = read_delimited(file)
    key = next((name for name in _KEYS if name in reading.header), _KEYS[0])
    columns = (key, "blklondd", "blklatdd", "cty", "ctyname")
    for name in columns:
        if name not in reading.header:
            raise UserError(f"{file.name}: no column {name}; not a LODES crosswalk")
    parts = [_blocks(chunk, file) for chunk in reading.chunks(columns)]
    if not parts:
        raise UserError(f"{file.name}: no rows after the header")
    return pl.concat(parts).rename(
        dict(zip(columns, ("block", "lon", "lat", "district", "name"), strict=True))
    )


def _blocks(chunk: Chunk, file: Path) -> pl.DataFrame:
    rows = pl.DataFrame(chunk.table)
    numbers = pl.col("blklondd", "blklatdd").str.strip_chars().cast(pl.Float64, strict=False)
    typed = rows.with_columns(numbers)
    wrong = typed.filter(pl.any_horizontal(pl.col("blklondd", "blklatdd").is_null()))
    if chunk.refused or len(wrong):
        row = int(chunk.refused[0].rows[0]) if chunk.refused else wrong[ROW][0]
        raise UserError(f"{file.name}: row {row}: not a block with its coordinates")
    return typed.drop(ROW)


SOURCE = Source(id="lodes", suffixes=(), tables=("people",), read=_read)
