"""From true counts to the planes: which numbers each tier gets, node by node."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from talentmap.cube.rollup import Counts, Matrix, Pairs
from talentmap.model.cells import parent
from talentmap.privacy.planes import (
    HIDDEN,
    Tier,
    complement,
    publish,
    too_few,
    too_few_or_rest,
)

Behind = Mapping[tuple[int, ...], int]


def protect_stock(counts: Counts, tier: Tier, level: str, behind: Behind | None) -> Counts:
    """Return the people of one tier's plane: persons, and the seekers among them.

    `behind` tells how many enterprises stand behind each key; None where nobody's is known.
    """
    persons = counts.measures["persons"]
    hidden = too_few(persons, tier) | _too_few_enterprises(counts, tier, behind)
    hidden = _cover(counts, persons, hidden, level)
    seekers = counts.measures["seekers"]
    hidden_seekers = hidden | too_few_or_rest(seekers, persons, tier)
    return replace(
        counts,
        measures={
            "persons": publish(persons, hidden, tier),
            "seekers": publish(seekers, hidden_seekers, tier),
        },
    )


def protect_posts(counts: Counts, tier: Tier, level: str, behind: Behind | None) -> Counts:
    """Return the openings of one tier's plane: enterprises' secrets, not people's.

    Only a tier that asks for several enterprises behind a number hides any.
    """
    openings = counts.measures["openings"]
    hidden = hidden_openings(counts, openings, tier, level, behind)
    return replace(counts, measures={"openings": publish(openings, hidden, tier)})


def hidden_openings(
    counts: Counts, openings: Matrix, tier: Tier, level: str, behind: Behind | None
) -> npt.NDArray[np.bool_]:
    """Mark the openings a tier does not see; they are no persons' secret below the public tier."""
    if not tier.enterprises:
        return np.zeros(openings.shape, dtype=bool)
    hidden = too_few(openings, tier) | _too_few_enterprises(counts, tier, behind)
    return _cover(counts, openings, hidden, level)


def protect_reach(counts: Counts, tier: Tier, level: str) -> Counts:
    """Return the effective supply of one tier's plane, hidden where its jobs are too few.

    It blends the people of a whole catchment, so that it is nobody's count; below the authorised
    tier three digits are kept, so that the catchments cannot be solved back for a single cell.
    """
    effective = counts.measures["persons"]
    jobs = counts.measures["openings"] + counts.measures["jobs"]
    hidden = hidden_openings(counts, jobs, tier, level, None)
    if tier.least:
        effective = _three_digits(effective)
    exact = replace(tier, round_to=0)
    return replace(counts, measures={"persons": publish(effective, hidden, exact)})


def protect_ends(counts: Counts, tier: Tier, level: str) -> Counts:
    """Return the commuters of one tier's plane; who stays, who comes or goes, and their metres."""
    both, stay = counts.measures["both"], counts.measures["live_work"]
    measured = counts.measures["measured"]
    hidden = _cover(counts, both, too_few(both, tier), level)
    hidden_stay = hidden | too_few_or_rest(stay, both, tier)
    hidden_far = hidden | too_few(measured, tier)
    return replace(
        counts,
        measures={
            "both": publish(both, hidden, tier),
            "live_work": publish(stay, hidden_stay, tier),
            "metres": np.where(hidden_far, HIDDEN, counts.measures["metres"]),
            "measured": np.where(hidden_far, HIDDEN, measured),
        },
    )


def protect_pairs(pairs: Pairs, tier: Tier) -> Pairs:
    """Return the flows of one tier's plane; a tier that may not tell zero loses the hidden rows."""
    both = pairs.measures["both"][:, None]
    hidden = too_few(both, tier)
    if tier.least:
        for end in (pairs.work, pairs.home):
            hidden = complement(both, hidden, numbered_rows([end, *pairs.dims.values()]))
    kept = np.ones(len(both), dtype=bool) if tier.zero_shows else ~hidden[:, 0]
    measures = {
        name: np.where(hidden[:, 0], HIDDEN, publish(values[:, None], hidden, tier)[:, 0])
        if name == "both"
        else np.where(hidden[:, 0], HIDDEN, values)
        for name, values in pairs.measures.items()
    }
    return Pairs(
        pairs.home[kept],
        pairs.work[kept],
        {name: codes[kept] for name, codes in pairs.dims.items()},
        {name: values[kept] for name, values in measures.items()},
    )


def write_counts(counts: Counts, file: Path) -> None:
    """Write a node: id, dimension columns, and per measure one list of the months."""
    columns = {"id": pa.array(counts.ids)}
    columns |= {name: pa.array(codes) for name, codes in counts.dims.items()}
    for name, matrix in counts.measures.items():
        flat = pa.array(np.ascontiguousarray(matrix).ravel())
        columns[name] = pa.FixedSizeListArray.from_arrays(flat, len(counts.months))
    table = pa.table(columns).replace_schema_metadata({"months": ",".join(map(str, counts.months))})
    _write(table, file)


def write_pairs(pairs: Pairs, file: Path) -> None:
    """Write a node of pairs: home, work, dimension columns, measures."""
    columns = {"home": pa.array(pairs.home), "work": pa.array(pairs.work)}
    columns |= {name: pa.array(codes) for name, codes in pairs.dims.items()}
    columns |= {name: pa.array(values) for name, values in pairs.measures.items()}
    _write(pa.table(columns), file)


def read_counts(file: Path) -> Counts:
    """Read what write_counts wrote."""
    table = pq.read_table(file)
    months = tuple(int(m) for m in table.schema.metadata[b"months"].split(b","))
    measures: dict[str, Matrix] = {}
    dims: dict[str, npt.NDArray[np.int16]] = {}
    for name in table.column_names[1:]:
        column = table[name].combine_chunks()
        if pa.types.is_fixed_size_list(column.type):
            measures[name] = column.flatten().to_numpy().reshape(len(column), len(months))
        else:
            dims[name] = column.to_numpy()
    return Counts(table["id"].to_numpy(), dims, months, measures)


def read_pairs(file: Path) -> Pairs:
    """Read what write_pairs wrote."""
    table = pq.read_table(file)
    names = [n for n in table.column_names if n not in ("home", "work")]
    columns = {name: table[name].to_numpy() for name in table.column_names}
    measures = ("both", "metres", "measured")
    return Pairs(
        columns["home"],
        columns["work"],
        {n: columns[n] for n in names if n not in measures},
        {n: columns[n] for n in measures},
    )


def _write(table: pa.Table, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table, file, compression="zstd")


def _too_few_enterprises(
    counts: Counts, tier: Tier, behind: Behind | None
) -> npt.NDArray[np.bool_]:
    """Mark keys with fewer enterprises than the tier asks for; as a column, for all months."""
    if not tier.enterprises or behind is None:
        return np.zeros((len(counts.ids), 1), dtype=bool)
    keys = zip(counts.ids.tolist(), *(d.tolist() for d in counts.dims.values()), strict=True)
    few = [behind.get(key, 0) < tier.enterprises for key in keys]
    return np.array(few, dtype=bool)[:, None]


def _cover(
    counts: Counts, values: Matrix, hidden: npt.NDArray[np.bool_], level: str
) -> npt.NDArray[np.bool_]:
    """Hide a second number wherever a lonely hidden one would follow from a published total.

    The totals are the next geography up (per crossing) and, per place, the sum over the last
    dimension.
    """
    hidden = np.broadcast_to(hidden, values.shape)
    if not hidden.any():
        return hidden
    dims = list(counts.dims.values())
    if level not in ("city", "enterprise"):
        above = parent(counts.ids, int(level[4:]) - 1) if level in ("cell8", "cell9") else None
        own = np.zeros_like(counts.ids) if above is None else above
        hidden = complement(values, hidden, numbered_rows([own, *dims]))
    if dims:
        hidden = complement(values, hidden, numbered_rows([counts.ids, *dims[:-1]]))
    return hidden


def _three_digits(values: Matrix) -> Matrix:
    """Round to three significant digits; zero stays zero."""
    size = np.floor(np.log10(np.where(values > 0, values, 1.0)))
    step = 10.0 ** (size - 2)
    return np.asarray(np.round(np.round(values / step) * step, 6), dtype=np.float64)


def numbered_rows(columns: Sequence[npt.NDArray[np.integer[Any]]]) -> npt.NDArray[np.int64]:
    """Number the distinct rows of some columns from 0."""
    key = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:  # numbered anew each time, so that no product of sizes overflows
        distinct, place = _numbered(column.astype(np.int64))
        key = _numbered(key * len(distinct) + place)[1]
    return key


def _numbered(
    values: npt.NDArray[np.int64],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the distinct values and each one's place; faster than asking for the inverse."""
    distinct = np.unique(values)
    return distinct, np.searchsorted(distinct, values)
