"""The ledger of batches: one SQLite row is the only commit point of an intake.

A batch is written to a folder of its own, synced, renamed into place, its folder synced, and then
its row is committed. Whatever has no row does not exist and is removed when the ledger is opened
next. To undo a batch is to mark its row; its number is never given again.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from talentmap.intake.ranks import LAST, read_ranks
from talentmap.intake.report import BatchReport
from talentmap.model.errors import UserError, unknown
from talentmap.model.schemas import TABLES
from talentmap.model.workspace import Workspace

_SCHEMA = """
CREATE TABLE IF NOT EXISTS batches (
    number INTEGER PRIMARY KEY,
    batch TEXT NOT NULL UNIQUE,
    tbl TEXT NOT NULL,
    report TEXT NOT NULL,
    meta TEXT NOT NULL,
    records_sha256 TEXT NOT NULL,
    undone TEXT
) STRICT
"""
_LIVE = "SELECT report, meta, records_sha256 FROM batches WHERE undone IS NULL ORDER BY number"
_UNDO = "UPDATE batches SET undone = strftime('%Y-%m-%dT%H:%M:%SZ') WHERE batch = ?"
_DRAFT = ".draft-"
_OURS = re.compile(rf"(?:{'|'.join(TABLES)})-\d{{4,}}\.parquet")
_LOCK_SECONDS = 5.0


@dataclass(frozen=True)
class Draft:
    """A batch being written: its name, its table, and the file to write the records to."""

    workspace: Workspace
    table: str
    batch: str
    file: Path

    def commit(self, report: BatchReport, meta: dict[str, Any], replaces: str = "") -> BatchReport:
        """Make the batch exist; return its report with its name. `meta` is JSON for the build.

        `replaces` is a batch that is undone in the same step, so that there is never both or none.
        """
        report = replace(report, batch=self.batch)
        _sync(self.file)
        _sync(self.file.parent)
        digest = file_sha256(self.file)
        folder = self.workspace.records(self.table)
        folder.mkdir(parents=True, exist_ok=True)
        self.file.replace(folder / f"{self.batch}.parquet")
        for parent in (folder, folder.parent, self.workspace.path):
            _sync(parent)
        with closing(_connect(self.workspace)) as ledger, ledger:
            ledger.execute(
                "INSERT INTO batches (batch, tbl, report, meta, records_sha256)"
                " VALUES (?, ?, ?, ?, ?)",
                (self.batch, self.table, report.to_json(), json.dumps(meta), digest),
            )
            ledger.execute(_UNDO, (replaces,))
        _sweep(self.workspace)
        return report


@contextmanager
def draft(workspace: Workspace, table: str) -> Iterator[Draft]:
    """Open a batch to write; nothing of it stays unless it is committed before the block ends.

    Raise UserError where another intake is at work, or the workspace cannot be written.
    """
    with _locked(workspace):
        records = workspace.records(table).parent
        folder: Path | None = None
        try:
            _sweep(workspace)
            records.mkdir(parents=True, exist_ok=True)
            folder = Path(tempfile.mkdtemp(prefix=_DRAFT, dir=records))
            batch = _next_batch(workspace, table)
            yield Draft(workspace, table, batch, folder / f"{batch}.parquet")
        except OSError as error:
            raise UserError(f"workspace {workspace.path}: cannot be written: {error}") from None
        finally:
            if folder is not None:  # what cannot be removed now goes when the ledger is opened next
                shutil.rmtree(folder, ignore_errors=True)


def batches(workspace: Workspace) -> list[BatchReport]:
    """Return the reports of the batches there are, oldest first."""
    return [BatchReport.from_json(report) for report, _, _ in _live(workspace)]


def batch_meta(workspace: Workspace) -> list[dict[str, Any]]:
    """Return for each batch, oldest first, what the build wants to know.

    Keys: batch, table, file, source, as_of (month index or None), started, caveats, accepted,
    persons, districts and districts_outside ({code: name} as the source names them).
    """
    found = []
    for text, meta, _ in _live(workspace):
        report = BatchReport.from_json(text)
        words = ("batch", "table", "file", "source", "as_of", "started", "accepted", "persons")
        known: dict[str, Any] = {word: getattr(report, word) for word in words}
        empty: dict[str, Any] = {"districts": {}, "districts_outside": {}}
        found.append({**known, "caveats": list(report.caveats), **empty, **json.loads(meta)})
    return found


def record_files(workspace: Workspace, table: str) -> list[Path]:
    """Return the record files of a table, the one to believe most last.

    That is by the rank of its source, worst first, and of one rank the oldest batch first.
    """
    ranks = read_ranks(workspace.path)
    live = [report for report in batches(workspace) if report.table == table]
    live.sort(key=lambda report: -ranks.get(report.series, LAST))
    return [workspace.records(table) / f"{report.batch}.parquet" for report in live]


def last_of(workspace: Workspace, table: str, series: str) -> BatchReport | None:
    """Return the newest batch of a series in a table, None where there is none."""
    found = [r for r in batches(workspace) if r.table == table and r.series == series]
    return found[-1] if found else None


def undo(workspace: Workspace, batch: str) -> BatchReport:
    """Take a batch back and return its report; raise UserError where there is no such batch."""
    with _locked(workspace):
        known = {report.batch: report for report in batches(workspace)}
        if batch not in known:
            raise unknown("batch", batch, known)
        with closing(_connect(workspace)) as ledger, ledger:
            ledger.execute(_UNDO, (batch,))
        _sweep(workspace)
        return known[batch]


def check(workspace: Workspace) -> list[str]:
    """Return what is wrong with the records, one line each: files that are missing or changed."""
    problems = []
    for text, _, digest in _live(workspace):
        report = BatchReport.from_json(text)
        file = workspace.records(report.table) / f"{report.batch}.parquet"
        if not file.is_file():
            problems.append(f"batch {report.batch}: {file.name} is missing")
        elif file_sha256(file) != digest:
            problems.append(f"batch {report.batch}: {file.name} is not what was written")
    return problems


def file_sha256(file: Path) -> str:
    """Return the SHA-256 of a file, hexadecimal."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _live(workspace: Workspace) -> list[tuple[str, str, str]]:
    if not workspace.ledger.is_file():
        return []
    try:
        with closing(_connect(workspace)) as ledger:
            return ledger.execute(_LIVE).fetchall()
    except sqlite3.Error as error:
        raise UserError(f"{workspace.ledger}: not a readable ledger: {error}") from None


def _connect(workspace: Workspace) -> sqlite3.Connection:
    ledger = sqlite3.connect(workspace.ledger)
    try:
        ledger.execute("PRAGMA journal_mode = WAL")
        ledger.execute("PRAGMA synchronous = FULL")
        ledger.execute(_SCHEMA)
    except sqlite3.Error:
        ledger.close()
        raise
    return ledger


def _next_batch(workspace: Workspace, table: str) -> str:
    with closing(_connect(workspace)) as ledger:
        count = "SELECT count(*) FROM batches WHERE tbl = ?"
        return f"{table}-{ledger.execute(count, (table,)).fetchone()[0] + 1:04d}"


@contextmanager
def _locked(workspace: Workspace) -> Iterator[None]:
    lock = FileLock(workspace.path / "batches.lock", timeout=_LOCK_SECONDS)
    try:
        lock.acquire()
    except Timeout:
        raise UserError(f"workspace {workspace.path}: another intake is at work in it") from None
    except OSError as error:
        raise UserError(f"workspace {workspace.path}: cannot be written: {error}") from None
    try:
        yield
    finally:
        lock.release()


def _sweep(workspace: Workspace) -> None:
    """Remove what was not committed or was undone; only under the lock."""
    live = {BatchReport.from_json(report).batch for report, _, _ in _live(workspace)}
    records = workspace.path / "records"
    for draft_folder in records.glob(f"{_DRAFT}*"):
        shutil.rmtree(draft_folder, ignore_errors=True)
    for file in records.glob("*/*.parquet"):
        if _OURS.fullmatch(file.name) and file.stem not in live:
            file.unlink()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
