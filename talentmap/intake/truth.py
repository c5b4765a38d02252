"""One truth for each person, enterprise, vacancy and place: which record of several counts.

Within a file the later row counts, between batches the source of the better rank, then the later
batch. For people that holds for spells (arrived to left) that overlap: somebody who left and came
back is two records, and both count.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from talentmap.intake.keys import KEYS
from talentmap.intake.source import ROW, Ints

Bools = npt.NDArray[np.bool_]

LATER_ROW = "a later row has the same key and counts instead"
LATER_SPELL = "a later row of the same person, of an overlapping time, counts instead"
_ALWAYS, _NEVER = -32768, 32767
_BATCH_ROWS = 250_000
_WRITTEN = {"compression": "zstd"}


def superseded(files: Sequence[Path], table: str) -> list[Ints]:
    """Return for each file the places of its records that a later record replaces.

    Later is in a file further on, or further down the same file. No key: nothing is replaced.
    """
    parts = [
        _keys(file, table).with_columns(file=pl.lit(i, pl.Int32)) for i, file in enumerate(files)
    ]
    if not parts:
        return []
    rows = pl.concat(parts).filter(pl.col("key").is_not_null())
    rows = rows.filter(pl.col("key").is_duplicated())
    lost = rows.filter(pl.Series(_lost(rows, spells=table == "people")))
    return [lost.filter(pl.col("file") == i)["place"].sort().to_numpy() for i in range(len(files))]


def current_files(files: Sequence[Path], table: str, scratch: Path) -> list[Path]:
    """Return record files in which each thing is once: those given, or copies in a folder.

    `files` come in the order of `ledger.record_files`, the one to believe most last.
    """
    found = []
    for file, lost in zip(files, superseded(files, table), strict=True):
        found.append(file)
        if len(lost):
            found[-1] = scratch / file.name
            _copy(file, found[-1], lost)
    return found


def drop(file: Path, places: Ints) -> None:
    """Write a record file again without the records at the places given."""
    part = file.with_suffix(".part")
    _copy(file, part, places)
    part.replace(file)


def _copy(file: Path, to: Path, places: Ints) -> None:
    """Copy a record file without the records at the places given."""
    first = 0
    with (
        pq.ParquetFile(file) as source,
        pq.ParquetWriter(to, source.schema_arrow, **_WRITTEN) as out,
    ):
        for batch in source.iter_batches(_BATCH_ROWS):
            last = first + batch.num_rows
            keep = np.ones(batch.num_rows, np.bool_)
            keep[places[(places >= first) & (places < last)] - first] = False
            out.write_batch(batch.filter(pa.array(keep)))
            first = last


def difference(before: Path, after: Path, table: str) -> dict[str, int]:
    """Return how many records are new, changed, the same and gone between two record files."""
    key = KEYS[table]
    left, right = (
        pl.scan_parquet(file)
        .filter(pl.col(key).is_not_null())
        .select(key=pl.col(key).hash(), said=pl.struct(pl.all().exclude(ROW, "geometry")).hash())
        .unique("key", keep="last")
        .collect()
        for file in (before, after)
    )
    both = left.join(right, on="key", how="inner", suffix="_after")
    same = int((both["said"] == both["said_after"]).sum())
    return {
        "new": len(right) - len(both),
        "changed": len(both) - same,
        "same": same,
        "gone": len(left) - len(both),
    }


def _keys(file: Path, table: str) -> pl.DataFrame:
    """Return key (hash), place in the file, start and end of the spell of each record."""
    spell = {"start": pl.lit(_ALWAYS), "end": pl.lit(_NEVER)}
    if table == "people":
        spell = {
            "start": pl.col("arrived").fill_null(_ALWAYS),
            "end": pl.col("left").fill_null(_NEVER),
        }
    key = pl.col(KEYS[table])
    hashed = pl.when(key.is_not_null()).then(key.hash())
    return (
        pl.scan_parquet(file)
        .select(key=hashed, **{name: value.cast(pl.Int16) for name, value in spell.items()})
        .with_row_index("place")
        .with_columns(pl.col("place").cast(pl.Int64))
        .collect()
    )


def _lost(rows: pl.DataFrame, *, spells: bool) -> Bools:
    """Tell which rows, all of keys that come more than once, a later one replaces."""
    key = rows["key"].to_numpy()
    lost = np.zeros(len(rows), np.bool_)
    if not len(rows):
        return lost
    if not spells:
        numbered = rows.with_row_index("n")  # `over` would count within each key
        return numbered.select(pl.col("n") != pl.col("n").max().over("key")).to_series().to_numpy()
    start, end = rows["start"].to_numpy(), rows["end"].to_numpy()
    order = np.lexsort((start, key))
    borders = np.flatnonzero(np.diff(key[order])) + 1
    meets = _meet(start, end, order[:-1], order[1:]) & (key[order[:-1]] == key[order[1:]])
    touched = set(key[order[:-1]][meets].tolist())
    for group in np.split(order, borders):
        if int(key[group[0]]) in touched:
            _settle(np.sort(group), start, end, lost)
    return lost


def _settle(group: Ints, start: Ints, end: Ints, lost: Bools) -> None:
    """Go from the last row of a person to the first; one that meets a row kept is lost."""
    kept: list[int] = []
    for i in group[::-1].tolist():
        lost[i] = any(bool(_meet(start, end, np.array([i]), np.array([j]))[0]) for j in kept)
        if not lost[i]:
            kept.append(i)


def _meet(start: Ints, end: Ints, one: Ints, other: Ints) -> Bools:
    """Tell whether spells overlap; to end and begin in one month is to go from one to the next."""
    same = (start[one] == start[other]) & (end[one] == end[other])
    overlap: Bools = (start[one] < end[other]) & (start[other] < end[one])
    return np.asarray(overlap | same)
