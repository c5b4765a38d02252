"""What a build starts from: the committed records, and the small tables to join them with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from talentmap.cube.base import AGE_CODES, Mappings, people_base, posts_base
from talentmap.cube.codebook import Codebook
from talentmap.cube.engines.base import Engine
from talentmap.cube.geography import Geography, park_function, read_geography
from talentmap.cube.trips import trip_functions
from talentmap.intake.ledger import batch_meta, record_files
from talentmap.intake.truth import current_files
from talentmap.model import months
from talentmap.model.codes import DIMENSIONS
from talentmap.model.errors import UserError
from talentmap.model.release import Place
from talentmap.model.schemas import RECORDS
from talentmap.model.words import Words
from talentmap.model.workspace import Workspace

_SPAN_MONTHS = 36  # the months kept before the newest one


@dataclass(frozen=True)
class Bases:
    """The base tables in the engine and everything needed to read their integers."""

    people: ir.Table
    posts: ir.Table
    codebooks: dict[str, Codebook]
    geography: Geography
    enterprises: pa.Table
    months: tuple[int, ...]
    has_employers: bool
    has_people: bool
    has_vacancies: bool


@dataclass(frozen=True)
class Inputs:
    """The files of every table and what the batches say about themselves."""

    files: dict[str, list[Path]]
    batches: list[dict[str, Any]]
    geography: Geography

    def write_bases(self, engine: Engine, folder: Path) -> Bases:
        """Write people.parquet and posts.parquet (the bases) into the release's folder."""
        people = _read(engine, "people", self.files["people"], folder)
        posts = _read(engine, "vacancies", self.files["vacancies"], folder)
        enterprises = _enterprises(self.files["enterprises"])
        codebooks = _codebooks(engine, people, posts)
        span = _months(engine, people, posts, self.batches)
        geography = self.geography
        if not geography.districts:
            geography = _districts_of(engine, people, posts, geography)
        maps = _mappings(engine, codebooks, geography, enterprises)
        park_of = park_function(geography)
        trips = trip_functions(geography.stations)
        year = 2000 + span[-1] // 12
        engine.write(people_base(people, maps, park_of, trips, year), folder / "people.parquet")
        engine.write(posts_base(posts, maps, park_of), folder / "posts.parquet")
        return Bases(
            engine.read([folder / "people.parquet"]),
            engine.read([folder / "posts.parquet"]),
            codebooks,
            geography,
            enterprises,
            span,
            has_employers=len(enterprises) > 0,
            has_people=bool(self.files["people"]),
            has_vacancies=bool(self.files["vacancies"]),
        )


def read_inputs(ws: Workspace) -> Inputs:
    """Look at the ledger; raise UserError where there is nothing to build."""
    files = {table: record_files(ws, table) for table in RECORDS}
    if not files["people"] and not files["vacancies"]:
        raise UserError(
            f"workspace {ws.path}: nothing to build: no batch of people or vacancies; "
            "import one with 'talentmap intake'"
        )
    batches = batch_meta(ws)
    named = {code: name for batch in batches for code, name in batch["districts"].items()}
    return Inputs(files, batches, read_geography(ws.boundary, files["places"], named))


def _read(engine: Engine, table: str, files: Sequence[Path], folder: Path) -> ir.Table:
    if files:  # of what several batches say of one thing, the one to believe
        return engine.read(current_files(files, table, folder / "scratch"))
    empty = folder / "scratch" / f"{table}.parquet"
    pq.write_table(RECORDS[table].empty_table(), empty)
    return engine.read([empty])


def _enterprises(files: Sequence[Path]) -> pa.Table:
    """Return the enterprises, one row a code: of a code given twice the last row counts."""
    schema = RECORDS["enterprises"]
    rows = pa.concat_tables(
        [schema.empty_table(), *(pq.read_table(f, schema=schema) for f in files)]
    )
    numbered = rows.append_column("n", pa.array(range(len(rows)), pa.int64()))
    last = numbered.group_by("code").aggregate([("n", "max")])["n_max"]
    return rows.take(last.take(pc.sort_indices(last)))


def _codebooks(engine: Engine, people: ir.Table, posts: ir.Table) -> dict[str, Codebook]:
    """Return a codebook per dimension, of the codes people or posts have."""
    books = {}
    for dimension in DIMENSIONS:
        found: set[str] = set()
        for rows in (people, posts):
            if dimension in rows.columns:
                column = rows.select(dimension).distinct()
                found |= {c for c in engine.arrow(column)[dimension].to_pylist() if c}
        books[dimension] = Codebook.of(dimension, found | _derived(dimension))
    return books


def _derived(dimension: str) -> set[str]:
    """Codes the build itself makes: age bands from years of birth."""
    return set(AGE_CODES) if dimension == "age" else set()


def _months(
    engine: Engine, people: ir.Table, posts: ir.Table, batches: Sequence[dict[str, Any]]
) -> tuple[int, ...]:
    """Return the months of the release: up to 36 before the newest thing known, and that one."""
    bounds = people.aggregate(
        a=people.arrived.min(), b=people.arrived.max(), c=people.left.min(), d=people.left.max()
    )
    posted = posts.aggregate(a=posts.posted.min(), b=posts.posted.max())
    a, b, c, d = (engine.arrow(bounds)[name][0].as_py() for name in "abcd")
    e, f = (engine.arrow(posted)[name][0].as_py() for name in "ab")
    stated = [batch["as_of"] for batch in batches if batch.get("as_of") is not None]
    last = max([m for m in (b, d, f) if m is not None] + stated, default=None)
    if last is None:
        last = max(months.to_index(batch["started"][:7]) for batch in batches)
    first = min([m for m in (a, c, e) if m is not None], default=last)
    return tuple(range(max(first, last - _SPAN_MONTHS), last + 1))


def _districts_of(
    engine: Engine, people: ir.Table, posts: ir.Table, geography: Geography
) -> Geography:
    """Without any boundary or names: the district codes that the records themselves give."""
    found: set[str] = set()
    for rows, prefix in ((people, "home_"), (people, "work_"), (posts, "")):
        inside = rows.filter(~rows[f"{prefix}outside"].fill_null(False))
        column = inside.select(code=inside[f"{prefix}district"]).distinct()
        found |= {c for c in engine.arrow(column)["code"].to_pylist() if c}
    places = tuple(Place("district", c, Words(c, c), 0.0, 0.0) for c in sorted(found))
    return replace(geography, districts=places)


def _mappings(
    engine: Engine, codebooks: dict[str, Codebook], geography: Geography, enterprises: pa.Table
) -> Mappings:
    codes = {d: (book, engine.table(book.mapping())) for d, book in codebooks.items()}
    lists = {
        "district": [p.code for p in geography.districts],
        "park": [p.code for p in geography.parks],
        "enterprise": enterprises["code"].to_pylist(),
    }
    places = {
        kind: engine.table(
            pa.table(
                {
                    "code": pa.array(values, pa.string()),
                    "index": pa.array(range(len(values)), pa.int32()),
                }
            ),
        )
        for kind, values in lists.items()
    }
    return Mappings(codes, places)
