"""Take a file in: source → columns → values → rules → positions → records of a batch → ledger."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from talentmap.intake.ahead import ahead
from talentmap.intake.convert import OUTSIDE, Converted, Converter, Pseudonym
from talentmap.intake.coverage import coverage
from talentmap.intake.geocode.geocoder import Geocoder, open_geocoder
from talentmap.intake.keys import KEYS
from talentmap.intake.ledger import batches, draft, last_of
from talentmap.intake.plan import Plan, prepare
from talentmap.intake.refused import RefusedRows
from talentmap.intake.report import BatchReport, Tally
from talentmap.intake.source import ROW, Chunk, Reading
from talentmap.intake.truth import LATER_ROW, LATER_SPELL, difference, drop, superseded
from talentmap.model.errors import UserError
from talentmap.model.schemas import NONE, RECORDS
from talentmap.model.workspace import Workspace

Progress = Callable[[int], None]
Sink = Callable[[pa.Table], None]

ROW_GROUP = 250_000
_PERSONAL = ("person_key", "home_address")
_WEIGHT = {"people": ("persons",), "enterprises": (), "vacancies": (), "places": ()}
_NO_POSITION = "no position is known, not even the district"


@dataclass(frozen=True)
class _Intake:
    """What stays the same while the chunks of one file go by."""

    plan: Plan
    converter: Converter
    geocoder: Geocoder | None
    progress: Progress | None
    refused_rows: RefusedRows | None

    @property
    def reading(self) -> Reading:
        return self.plan.reading

    @property
    def table(self) -> str:
        return self.converter.match.table


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
    refused_rows: RefusedRows | None = None,
) -> BatchReport:
    """Take a file into a table of the workspace as one batch, and return what became of its rows.

    `source` is the id of a source, '' to go by the name of the file. `options`: `crs` (wgs84,
    gcj02, bd09, auto), `as_of` (YYYY-MM the file speaks of), `mapping` (a FileMapping), `replace`
    (take back the last batch of the same series in the same step), and those of the source
    (`xwalk`, `sheet`, `repair`). `dry_run` judges everything and leaves the workspace as it is.
    `progress` is told the rows read so far. `pseudonym` turns raw person keys into pseudonyms (see
    privacy.pseudonyms); a file that has person keys is refused without it, since no raw key may be
    stored. `refused_rows` collects the cells of refused rows.

    Raise UserError, the workspace being untouched, where the file cannot be read, lacks a column,
    or not one of its rows is accepted.
    """
    started = datetime.now(UTC).isoformat(timespec="seconds")
    plan = prepare(ws, table, file, source, options or {})
    geocoder = open_geocoder(ws, pseudonym, online=not dry_run)
    converter = _converter(file.name, plan, geocoder, pseudonym)
    intake = _Intake(plan, converter, geocoder, progress, refused_rows)
    if refused_rows is not None:
        refused_rows.hidden = frozenset(
            plan.match.named[name] for name in _PERSONAL if name in plan.match.named
        )
    if dry_run:
        with TemporaryDirectory() as folder:
            records = Path(folder) / "records.parquet"
            tally = _write(intake, file.name, records)
            found = _report(ws, intake, file.name, started, tally, records)
            return replace(found, dry_run=True)
    with draft(ws, table) as batch:
        tally = _write(intake, file.name, batch.file)
        _check_any(tally, file.name)
        report = _report(ws, intake, file.name, started, tally, batch.file)
        names = {"districts": tally.districts, "districts_outside": tally.districts_outside}
        last = last_of(ws, table, plan.series)
        replaced = last.batch if last is not None and (options or {}).get("replace") else ""
        return batch.commit(report, names, replaced)


def _converter(
    file: str, plan: Plan, geocoder: Geocoder | None, pseudonym: Pseudonym | None
) -> Converter:
    """Return what turns rows into records; raise UserError for keys nobody can hide."""
    if "person_key" in plan.match.named and pseudonym is None:
        raise UserError(f"{file}: column {plan.match.named['person_key']}: no key for pseudonyms")
    first = plan.reading.header[0] if plan.reading.header else ""
    gazetteer = replace(plan.gazetteer, geocoder=geocoder)
    return Converter(plan.match, gazetteer, pseudonym, plan.words, first)


def _report(
    ws: Workspace, intake: _Intake, file: str, started: str, tally: Tally, records: Path
) -> BatchReport:
    """Return what became of the rows of a file, and how they differ from its last batch."""
    plan, table = intake.plan, intake.table
    looked_up = intake.geocoder.caveats() if intake.geocoder else ()
    repeated = _repeated(ws, plan.sha256)
    return BatchReport(
        batch="",
        table=table,
        file=file,
        source=plan.source,
        rows_in=tally.rows_in,
        accepted=tally.accepted,
        refused=tally.refused,
        reasons=dict(tally.reasons),
        examples=tuple(tally.examples),
        persons=tally.persons,
        started=started,
        sha256=plan.sha256,
        caveats=(*plan.caveats, *tally.caveats(), *looked_up, *repeated),
        as_of=plan.as_of,
        series=plan.series,
        mended=dict(tally.mended),
        unread=dict(tally.unread),
        words={column: dict(words) for column, words in tally.words.items()},
        coverage=coverage(records, table),
        **_compared(ws, last_of(ws, table, plan.series), records, table),
    )


def _compared(ws: Workspace, last: BatchReport | None, records: Path, table: str) -> dict[str, Any]:
    """Return the fields of a report about the difference to the last batch of its series."""
    before = ws.records(table) / f"{last.batch}.parquet" if last else None
    if last is None or before is None or not before.is_file():
        return {}
    return {"compared": last.batch, "difference": difference(before, records, table)}


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


def _write(intake: _Intake, file: str, records: Path) -> Tally:
    """Write the records of a file, the later of two that mean the same, and count its rows."""
    with _RecordWriter(records, RECORDS[intake.table]) as writer:
        tally = _run(intake, file, writer.write)
    (lost,) = superseded([records], intake.table)
    if len(lost):
        gone = pq.read_table(records, columns=[ROW, *_WEIGHT[intake.table]]).take(lost)
        persons = pc.sum(gone["persons"]).as_py() if intake.table == "people" else 0
        key = intake.converter.match.named.get(KEYS[intake.table], KEYS[intake.table])
        reason = LATER_SPELL if intake.table == "people" else LATER_ROW
        rows = np.unique(gone[ROW].to_numpy())
        tally.supersede(rows, persons, key, reason)
        drop(records, lost)
    return tally


def _run(intake: _Intake, file: str, sink: Sink) -> Tally:
    def work(chunk: Chunk) -> Converted:
        return intake.converter.convert(chunk.table)

    tally = Tally()
    for chunk, converted in ahead(intake.reading.chunks(_columns(intake)), work):
        tally.read(chunk)
        _take(converted, intake.table, tally, sink)
        if intake.refused_rows is not None:
            intake.refused_rows.collect(chunk, (*chunk.refused, *converted.refused))
        if intake.progress is not None:
            intake.progress(tally.rows_in)
    if not tally.rows_in:
        raise UserError(f"{file}: no rows after the header")
    return tally


def _columns(intake: _Intake) -> list[str]:
    """Return the columns to read: those matched, flags of the source, and the first of the file."""
    header = intake.reading.header
    if intake.refused_rows is not None:
        return list(header)
    flags = [name for name in OUTSIDE if name in header]
    return list(dict.fromkeys([*intake.converter.match.named.values(), *flags, *header[:1]]))


def _take(converted: Converted, table: str, tally: Tally, sink: Sink) -> None:
    records = converted.records
    for refusal in converted.refused:
        tally.refuse(refusal)
    for mended in converted.mended:
        tally.mend(mended)
    tally.leave(converted.unread)
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


def _repeated(ws: Workspace, sha256: str) -> tuple[str, ...]:
    same = [report.batch for report in batches(ws) if report.sha256 == sha256]
    return (f"the same file is already batch {same[0]}: its rows count twice",) if same else ()


def _check_any(tally: Tally, file: str) -> None:
    if not tally.accepted:
        reason, rows = max(tally.reasons.items(), key=lambda item: item[1])
        raise UserError(f"{file}: none of {tally.rows_in} rows accepted; {rows} by {reason!r}")
