"""Take a file in: source → columns → values → rules → positions → records of a batch → ledger."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from talentmap.intake.ahead import ahead
from talentmap.intake.columns import Match, known_names, match_columns
from talentmap.intake.convert import OUTSIDE, Pseudonym, convert
from talentmap.intake.crs import check_system
from talentmap.intake.gazetteer import load_gazetteer
from talentmap.intake.keys import SeenKeys
from talentmap.intake.ledger import batches, draft, file_sha256
from talentmap.intake.positions import Gazetteer
from talentmap.intake.report import BatchReport, Tally
from talentmap.intake.source import ROW, Chunk, Options, Reading, Refusal, Source
from talentmap.model import months
from talentmap.model.discover import discover
from talentmap.model.errors import UserError, unknown
from talentmap.model.schemas import NONE, RECORDS, TABLES
from talentmap.model.workspace import Workspace

Progress = Callable[[int], None]
Sink = Callable[[pa.Table], None]
Converted = tuple[pa.Table, list[Refusal]]

ROW_GROUP = 250_000
_NO_POSITION = "no position is known, not even the district"


@dataclass(frozen=True)
class _Intake:
    """What stays the same while the chunks of one file go by."""

    reading: Reading
    match: Match
    gazetteer: Gazetteer
    pseudonym: Pseudonym | None
    progress: Progress | None


def import_file(
    ws: Workspace,
    table: str,
    file: Path,
    *,
    source: str = "",
    options: Mapping[str, object] | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
    pseudonym: Pseudonym | None = None,
) -> BatchReport:
    """Take a file into a table of the workspace as one batch, and return what became of its rows.

    `source` is the id of a source, '' to go by the name of the file. `options`: `crs` (wgs84,
    gcj02, bd09), `as_of` (YYYY-MM the file speaks of), and those of the source (`xwalk`). `dry_run`
    reads and judges everything and writes nothing. `progress` is told the rows read so far.
    `pseudonym` turns raw person keys into pseudonyms (see privacy.pseudonyms); a file that has
    person keys is refused without it, since no raw key may be stored.

    Raise UserError, the workspace being untouched, where the file cannot be read, lacks a column,
    or not one of its rows is accepted.
    """
    options = options or {}
    started = datetime.now(UTC).isoformat(timespec="seconds")
    kind = _source(table, file, source)
    reading = kind.read(file, table, {"names": known_names(table), **options})
    match = match_columns(table, reading.header, file.name)
    if "person_key" in match.named and pseudonym is None:
        raise UserError(f"{file.name}: column {match.named['person_key']}: no key for pseudonyms")
    gazetteer = load_gazetteer(ws, check_system(str(options.get("crs", "wgs84"))))
    intake = _Intake(reading, match, gazetteer, pseudonym, progress)
    as_of = _as_of(options, reading)

    def report(tally: Tally) -> BatchReport:
        caveats = (*reading.caveats, *match.caveats(), *tally.caveats(), *_repeated(ws, sha256))
        return BatchReport(
            batch="",
            table=table,
            file=file.name,
            source=kind.id,
            rows_in=tally.rows_in,
            accepted=tally.accepted,
            refused=tally.refused,
            reasons=dict(tally.reasons),
            examples=tuple(tally.examples),
            persons=tally.persons,
            started=started,
            sha256=sha256,
            caveats=caveats,
            as_of=as_of,
            dry_run=dry_run,
        )

    sha256 = kind.identity(file, options) if kind.identity else file_sha256(file)
    if dry_run:
        return report(_run(intake, file.name, lambda _: None))
    with draft(ws, table) as batch:
        with _RecordWriter(batch.file, RECORDS[table]) as writer:
            tally = _run(intake, file.name, writer.write)
        _check_any(tally, file.name)
        names = {"districts": tally.districts, "districts_outside": tally.districts_outside}
        return batch.commit(report(tally), names)


def sources() -> dict[str, Source]:
    """Return the sources there are, by id."""
    return discover("talentmap.intake.sources", "SOURCE", Source)


class _RecordWriter:
    """Parquet in row groups of even size, however small the chunks are."""

    def __init__(self, file: Path, schema: pa.Schema):
        self._writer = pq.ParquetWriter(file, schema, compression="zstd")
        self._pool = ThreadPoolExecutor(1)
        self._busy: Future[None] | None = None
        self._waiting: list[pa.Table] = []
        self._rows = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._flush()
            self._settle()
        finally:
            self._pool.shutdown()
            self._writer.close()

    def write(self, records: pa.Table) -> None:
        """Take records; they reach the file a row group at a time."""
        self._waiting.append(records)
        self._rows += records.num_rows
        if self._rows >= ROW_GROUP:
            self._flush()

    def _flush(self) -> None:
        """Write the waiting records in another thread, once that is done with those before."""
        self._settle()
        if self._rows:
            table = pa.concat_tables(self._waiting)
            self._busy = self._pool.submit(self._writer.write_table, table, ROW_GROUP)
        self._waiting, self._rows = [], 0

    def _settle(self) -> None:
        if self._busy is not None:
            self._busy.result()
            self._busy = None


def _run(intake: _Intake, file: str, sink: Sink) -> Tally:
    def work(chunk: Chunk) -> Converted:
        return convert(chunk.table, intake.match, intake.gazetteer, intake.pseudonym)

    tally, seen = Tally(), SeenKeys(intake.match)
    flags = [name for name in OUTSIDE if name in intake.reading.header]
    chunks = intake.reading.chunks((*intake.match.named.values(), *flags))
    for chunk, converted in ahead(chunks, work):
        tally.read(chunk)
        _take(converted, intake.match.table, tally, seen, sink)
        if intake.progress is not None:
            intake.progress(tally.rows_in)
    if not tally.rows_in:
        raise UserError(f"{file}: no rows after the header")
    return tally


def _take(converted: Converted, table: str, tally: Tally, seen: SeenKeys, sink: Sink) -> None:
    records, doubled = seen.first(converted[0])
    for refusal in (*converted[1], *doubled):
        tally.refuse(refusal)
    persons = pc.sum(records["persons"]).as_py() or 0 if table == "people" else 0
    tally.accept(records[ROW].to_numpy(), persons)
    tally.note(_NO_POSITION, _nowhere(records))
    sink(records)


def _nowhere(records: pa.Table) -> int:
    """Return the number of file rows none of whose positions is known."""
    names = [name for name in records.column_names if name.endswith("precision")]
    if not names:
        return 0
    nowhere = np.ones(records.num_rows, np.bool_)
    for name in names:
        nowhere &= records[name].to_numpy() == NONE
    return len(np.unique(records[ROW].to_numpy()[nowhere]))


def _source(table: str, file: Path, wanted: str) -> Source:
    if table not in TABLES:
        raise unknown("table", table, TABLES)
    known = sources()
    if not (file.is_file() or (wanted in known and known[wanted].identity)):
        raise UserError(f"{file}: there is no such file")
    if wanted and wanted not in known:
        raise unknown("source", wanted, known)
    name = file.name.lower()
    fitting = (
        [known[wanted]] if wanted else [s for s in known.values() if name.endswith(s.suffixes)]
    )
    if not fitting:
        kinds = ", ".join(suffix for s in known.values() for suffix in s.suffixes)
        raise UserError(f"{file.name}: not a kind of file that can be read ({kinds}); or --source")
    serving = [s for s in fitting if table in s.tables]
    if not serving:
        raise UserError(f"{file.name}: source {fitting[0].id} does not serve table {table}")
    return serving[0]


def _as_of(options: Options, reading: Reading) -> int | None:
    given = options.get("as_of")
    return months.to_index(str(given)) if given else reading.as_of


def _repeated(ws: Workspace, sha256: str) -> tuple[str, ...]:
    same = [report.batch for report in batches(ws) if report.sha256 == sha256]
    return (f"the same file is already batch {same[0]}: its rows count twice",) if same else ()


def _check_any(tally: Tally, file: str) -> None:
    if not tally.accepted:
        reason, rows = max(tally.reasons.items(), key=lambda item: item[1])
        raise UserError(f"{file}: none of {tally.rows_in} rows accepted; {rows} by {reason!r}")
