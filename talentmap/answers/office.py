"""What an office does with its data from the pages: look, judge, take in, undo, build.

The door to intake and build for what stands above. Nothing here shows a value of a row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from talentmap.answers.apart import run_apart
from talentmap.answers.jobs import Job, JobState, Tell
from talentmap.answers.outlines import Outline, outlines
from talentmap.answers.uploads import PIECE_BYTES, Upload, Uploads
from talentmap.answers.viewer import Viewer
from talentmap.cube.build import build
from talentmap.cube.release import open_release
from talentmap.intake import ledger
from talentmap.intake.columns import find_columns, known_names, missing_columns
from talentmap.intake.coverage import coverage
from talentmap.intake.importer import import_file
from talentmap.intake.inputs import columns_of
from talentmap.intake.mapping import FileMapping
from talentmap.intake.plan import sources
from talentmap.intake.report import BatchReport
from talentmap.intake.source import Source
from talentmap.intake.templates import write_template
from talentmap.intake.vocabulary import office_vocabulary
from talentmap.intake.words import in_chinese
from talentmap.model.errors import NotAllowed, UserError, unknown
from talentmap.model.schemas import TABLES
from talentmap.model.words import Words
from talentmap.model.workspace import Workspace
from talentmap.privacy.audit import Audit
from talentmap.privacy.pseudonyms import on_first_use

__all__ = ["BatchReport", "Office", "Pending", "Preview", "as_dict"]

SYSTEMS = ("", "wgs84", "gcj02", "bd09", "auto")  # '': as the names of the columns say
_BUILD = "build"


@dataclass(frozen=True)
class Preview:
    """The columns of a file, and which of ours each is taken for.

    `columns`: (name in the file, ours or '', ours that it may be or ''). `targets`: (ours, name in
    words). `missing` is one line on what is needed and not there, '' where nothing is.
    """

    columns: tuple[tuple[str, str, str], ...]
    targets: tuple[tuple[str, Words], ...]
    missing: str


@dataclass(frozen=True)
class Pending:
    """Batches the served release has not yet, and those it still has though they were undone."""

    new: tuple[str, ...]
    undone: tuple[str, ...]


class Office:
    """The data of one workspace, as one viewer may handle them."""

    piece_bytes = PIECE_BYTES
    tables = TABLES
    systems = SYSTEMS

    def __init__(self, ws: Workspace, viewer: Viewer, audit: Audit | None = None) -> None:
        self._ws = ws
        self._viewer = viewer
        self._audit = audit
        self.uploads = Uploads(ws.path)

    def check(self) -> None:
        """Raise NotAllowed for a viewer who may not handle data."""
        if self._viewer.tier == "public":
            raise NotAllowed("data: the public tier sees numbers, it does not take in files")

    def suffixes(self) -> tuple[str, ...]:
        """Return the ends of the names of the files that are read."""
        return tuple(suffix for source in sources().values() for suffix in source.suffixes)

    def open(self, name: str, size: int) -> Upload:
        """Begin an upload; see Uploads.open."""
        return self.uploads.open(name, size, self.suffixes())

    def choose(self, id_: str, table: str, crs: str, columns: Mapping[str, str]) -> Upload:
        """Keep what was chosen for an upload; raise UserError for what is not to be had."""
        upload = self.uploads.get(id_)
        if table not in TABLES:
            raise unknown("table", table, TABLES)
        if crs not in SYSTEMS:
            raise unknown("crs", crs, SYSTEMS)
        # Columns of one table say nothing of another.
        kept = dict(columns) if table == upload.table or not upload.table else {}
        known = {column.name for column in columns_of(table)}
        for target in kept.values():
            if target and target not in known:
                raise unknown("column", target, known)
        return self.uploads.save(replace(upload, table=table, crs=crs, columns=kept))

    def preview(self, upload: Upload) -> Preview:
        """Return how the columns of an upload are understood; UserError where it is unreadable."""
        file, table = self._whole(upload), upload.table
        mapping, vocabulary = _mapping(upload), office_vocabulary(self._ws.path)
        kind = _source(file.name)
        if table not in kind.tables:
            raise UserError(f"{file.name}: such files serve {', '.join(kind.tables)} only")
        header = kind.read(file, table, {"names": known_names(table, vocabulary, mapping)}).header
        match = find_columns(table, header, file.name, vocabulary, mapping)
        ours = {name: column for column, name in match.named.items()}
        columns = [(n, ours.get(n, ""), match.near.get(n, "")) for n in dict.fromkeys(header)]
        lacks = missing_columns(match, header, file.name, vocabulary)
        return Preview(tuple(columns), _targets(table), str(lacks) if lacks else "")

    def guess(self, upload: Upload) -> Upload:
        """Choose for an upload the table its columns speak of most, if none is chosen yet."""
        if upload.table or not upload.whole:
            return upload
        serving = _source(upload.name).tables
        found = {table: self.preview(replace(upload, table=table)) for table in serving}
        best = max(serving, key=lambda table: _fit(found[table]))
        return self.uploads.save(replace(upload, table=best))

    def judge(self, id_: str) -> JobState:
        """Read an upload through without taking it in; the report is the result of its job."""
        return self._intake(id_, dry_run=True, again=False)

    def take(self, id_: str, *, again: bool) -> JobState:
        """Take an upload in as a batch; `again`: in the place of the last one of its series."""
        return self._intake(id_, dry_run=False, again=again)

    def report(self, state: JobState) -> BatchReport | None:
        """Return the report a job ended with, None where it has none."""
        return BatchReport.from_json(state.result["report"]) if "report" in state.result else None

    def batches(self) -> list[BatchReport]:
        """Return the batches there are, newest first."""
        return ledger.batches(self._ws)[::-1]

    def pending(self) -> Pending:
        """Return what a build would change."""
        live = [report.batch for report in ledger.batches(self._ws)]
        built = open_release(self._ws).manifest["batches"]
        return Pending(
            tuple(batch for batch in live if batch not in built),
            tuple(batch for batch in built if batch not in live),
        )

    def coverage(self) -> dict[str, dict[str, dict[str, int]]]:
        """Return {side: {district, '' or 'outside': {precision: records}}} of all batches.

        Sides: home and work (of people), enterprises, vacancies.
        """
        found: dict[str, dict[str, Counter[str]]] = {}
        for report in ledger.batches(self._ws):
            file = self._ws.records(report.table) / f"{report.batch}.parquet"
            for side, places in (report.coverage or coverage(file, report.table)).items():
                name = side if report.table == "people" else report.table
                for place, counts in places.items():
                    found.setdefault(name, {}).setdefault(place, Counter()).update(counts)
        return {s: {p: dict(c) for p, c in places.items()} for s, places in found.items()}

    def reason(self, text: str, language: str) -> str:
        """Return a reason of a report in a language."""
        return in_chinese(text) if language == "zh" else text

    def undo(self, batch: str) -> BatchReport:
        """Take a batch back."""
        self._note("undo", batch)
        return ledger.undo(self._ws, batch)

    def build(self) -> JobState:
        """Build a release from the batches in a process of its own."""
        self._note(_BUILD, f"{len(self.batches())} batches")

        def work(tell: Tell) -> dict[str, Any]:
            return {"release": run_apart(_build, tell, self._ws.path)}

        return Job(self._ws.cube / ".job").start(_BUILD, work)

    def building(self) -> JobState:
        """Return where the build stands."""
        return Job(self._ws.cube / ".job").state()

    def template(self, table: str) -> bytes:
        """Return the workbook to fill in for a table; raise UserError for an unknown table."""
        with TemporaryDirectory() as folder:
            file = Path(folder) / "template.xlsx"
            write_template(table, file)
            return file.read_bytes()

    def outlines(self) -> list[Outline]:
        """Return the districts as shapes to draw; none where the workspace has no boundary."""
        return outlines(self._ws)

    def _intake(self, id_: str, *, dry_run: bool, again: bool) -> JobState:
        upload = self.uploads.get(id_)
        file = self._whole(upload)
        self._note("judge" if dry_run else "take in", f"{upload.table} {upload.id}")
        options = {"crs": upload.crs, "mapping": _mapping(upload), "replace": again}

        def work(tell: Tell) -> dict[str, Any]:
            report = import_file(
                self._ws,
                upload.table,
                file,
                options=options,
                dry_run=dry_run,
                progress=lambda rows: tell("rows", rows),
                pseudonym=on_first_use(self._ws.path),
            )
            if not dry_run:
                file.unlink()
            return {"report": report.to_json()}

        return self.uploads.job(upload).start("judge" if dry_run else "take", work)

    def _whole(self, upload: Upload) -> Path:
        if not upload.whole:
            raise UserError(f"{upload.name}: it has not arrived as a whole")
        if not upload.table:
            raise UserError(f"{upload.name}: no table is chosen for it")
        return self.uploads.file(upload)

    def _note(self, what: str, detail: str) -> None:
        if self._audit is not None:
            self._audit.record(self._viewer.tier, what, detail)


def as_dict(upload: Upload, job: JobState) -> dict[str, Any]:
    """Return an upload and its job for JSON, without the report."""
    told = {**asdict(job), "result": sorted(job.result)}
    return {**asdict(upload), "columns": dict(upload.columns), "job": told}


def _source(name: str) -> Source:
    """Return the source that reads files of a name; there is one, since uploads are checked."""
    return next(s for s in sources().values() if name.lower().endswith(s.suffixes))


def _fit(preview: Preview) -> tuple[bool, int]:
    """Return how well a file fits a table: whether all is there that must be, and how much is."""
    return not preview.missing, sum(bool(ours) for _, ours, _ in preview.columns)


def _mapping(upload: Upload) -> FileMapping:
    chosen = {ours: name for name, ours in upload.columns.items() if ours}
    left = tuple(name for name, ours in upload.columns.items() if not ours)
    return FileMapping(table=upload.table, columns=chosen, ignore=left)


def _targets(table: str) -> tuple[tuple[str, Words], ...]:
    return tuple(
        (column.name, Words(column.synonyms[0] if column.synonyms else column.name, column.name))
        for column in columns_of(table)
    )


def _build(tell: Tell, workspace: Path) -> str:
    return build(Workspace.open(workspace), progress=tell)
