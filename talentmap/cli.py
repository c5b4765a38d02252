"""The command line: `talentmap …`, or `python -m talentmap …`."""

from __future__ import annotations

import getpass
import os
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Optional

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from talentmap.answers.about import SYNTHETIC
from talentmap.answers.by import COMMUTE, asked_by
from talentmap.answers.desk import Desk
from talentmap.answers.exports import FORMATS, export
from talentmap.answers.flat import write_rows
from talentmap.answers.serving import Serving
from talentmap.answers.viewer import Viewer
from talentmap.cube.build import build as build_release
from talentmap.cube.release import open_release, release_problems
from talentmap.demo.city import make_demo
from talentmap.intake import ledger
from talentmap.intake.coverage import OUTSIDE
from talentmap.intake.create import new_workspace
from talentmap.intake.importer import import_file
from talentmap.intake.mapping import read_mapping
from talentmap.intake.plan import prepare
from talentmap.intake.quality import write_report
from talentmap.intake.refused import RefusedRows
from talentmap.intake.report import BatchReport
from talentmap.intake.sources import postgres
from talentmap.intake.templates import write_template
from talentmap.model.errors import UserError, unknown
from talentmap.model.question import Question
from talentmap.model.schemas import TABLES
from talentmap.model.settings import Settings
from talentmap.model.workspace import Workspace
from talentmap.privacy.audit import Audit, check_audit
from talentmap.privacy.pseudonyms import on_first_use

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
_STDERR = Console(stderr=True)

_BY = (
    "industry, chain, occupation, specialty, education, title; two with a comma; catalogue; "
    f"enterprise; {', '.join(COMMUTE)}."
)
_KINDS = "shortage, commute, district, enterprise, quality"
Folder = Annotated[Path, typer.Argument(metavar="WORKSPACE", help="Folder of the city.")]


@app.command()
def demo(
    workspace: Folder,
    people: Annotated[int, typer.Option(help="How many people.", min=1_000)] = 200_000,
    seed: Annotated[int, typer.Option(help="Same seed, same city.")] = 2020,
    serve_after: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve it.")] = True,
    port: Annotated[int, typer.Option(help="Port to serve on.")] = 8050,
) -> None:
    """Make a synthetic Jinan, build it and serve it."""
    with _bar("demo") as tell:
        make_demo(workspace, people, seed, tell)
    with _bar("build") as tell:
        build_release(Workspace.open(workspace), progress=tell)
    if serve_after:
        serve(workspace, "127.0.0.1", port, "internal")


@app.command()
def new(
    workspace: Folder,
    city: Annotated[str, typer.Option(help="City code (GB/T 2260), such as 370100.")] = "",
    boundary: Annotated[Optional[Path], typer.Option(help="Districts as polygons.")] = None,  # noqa: UP045
    name: Annotated[str, typer.Option(help="Name of the city.")] = "",
) -> None:
    """Make a workspace for a city of China, for any boundary file, or for none."""
    if city and boundary:
        raise UserError("--city and --boundary: give one of them")
    made = new_workspace(workspace, city=city, boundary=boundary, name=name)
    typer.echo(f"{workspace}: {made.city.name}")


@app.command()
def intake(  # noqa: PLR0917 - one option a line
    workspace: Folder,
    table: Annotated[str, typer.Argument(metavar="TABLE", help=", ".join(TABLES))],
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file, or postgresql://…")],
    source: Annotated[str, typer.Option(help="Kind of source; else by the file's name.")] = "",
    query: Annotated[str, typer.Option(help="SELECT, where FILE is a database.")] = "",
    crs: Annotated[str, typer.Option(help="wgs84, gcj02, bd09 or auto; else wgs84.")] = "",
    xwalk: Annotated[Optional[list[Path]], typer.Option(help="LODES block crosswalk.")] = None,  # noqa: UP045
    sheet: Annotated[str, typer.Option(help="Sheet of a workbook; else the fitting one.")] = "",
    as_of: Annotated[str, typer.Option(help="Month the file speaks of, such as 2026-06.")] = "",
    mapping: Annotated[Optional[Path], typer.Option(help="Mapping of columns, TOML.")] = None,  # noqa: UP045
    save_mapping: Annotated[Optional[Path], typer.Option(help="Write the mapping used.")] = None,  # noqa: UP045
    repair: Annotated[bool, typer.Option("--repair", help="Mend GBK read as Latin-1.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Undo its last batch.")] = False,
    report_to: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--report", help="Folder for the report and the refused rows."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Report only.")] = False,
) -> None:
    """Import one file as a batch: rows in = accepted + refused, by reason."""
    ws = Workspace.open(workspace)
    if table not in TABLES:
        raise unknown("table", table, TABLES)
    path, options = Path(file), dict[str, object](repair=repair, replace=replace)
    options |= {"crs": crs, "sheet": sheet, "as_of": as_of}
    if mapping is not None:
        options["mapping"] = read_mapping(mapping, table)
    if source == postgres.SOURCE.id or query or postgres.is_address(file):
        source = source or postgres.SOURCE.id
        path, database = postgres.locate(file, query)
        options |= database
    if xwalk:
        options["xwalk"] = list(xwalk)
    kept = RefusedRows() if report_to else None
    if save_mapping is not None:
        plan = prepare(ws, table, path, source, options)
        _write(save_mapping, plan.mapping().to_toml().encode())
    with _counter(path.name) as count:
        report = import_file(
            ws,
            table,
            path,
            source=source,
            options=options,
            dry_run=dry_run,
            progress=count,
            pseudonym=on_first_use(ws.path),
            refused_rows=kept,
        )
    _tell_report(report)
    if report_to is not None and kept is not None:
        for written in write_report(report_to, report, kept):
            typer.echo(f"  written: {written}")


@app.command()
def template(
    table: Annotated[str, typer.Argument(metavar="TABLE", help=", ".join(TABLES))],
    out: Annotated[Path, typer.Option(help="Workbook to write, .xlsx.")],
) -> None:
    """Write the workbook to fill in for a table: drop-downs, code lists, an example, notes."""
    write_template(table, out)
    typer.echo(f"{out}: template of {table}")


@app.command()
def batches(workspace: Folder) -> None:
    """List the batches of a workspace."""
    for report in ledger.batches(Workspace.open(workspace)):
        typer.echo(_line(report))


@app.command()
def undo(workspace: Folder, batch: Annotated[str, typer.Argument(metavar="BATCH")]) -> None:
    """Take one batch back; build again to see the numbers without it."""
    typer.echo(f"undone: {_line(ledger.undo(Workspace.open(workspace), batch))}")


@app.command()
def build(
    workspace: Folder,
    engine: Annotated[str, typer.Option(help="Engine to build with.")] = "duckdb",
) -> None:
    """Build a release from the batches and serve it from now on."""
    with _bar("build") as tell:
        name = build_release(Workspace.open(workspace), engine, tell)
    typer.echo(f"{workspace}: release {name}")


@app.command()
def ask(  # noqa: PLR0917 - one option a line
    workspace: Folder,
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="metric=supply&level=…")],
    as_: Annotated[str, typer.Option("--as", help="public, internal or authorised.")] = "internal",
    format_: Annotated[str, typer.Option("--format", help=", ".join(FORMATS))] = "csv",
    out: Annotated[Optional[Path], typer.Option(help="File to write to.")] = None,  # noqa: UP045
    language: Annotated[str, typer.Option(help="zh or en.")] = "zh",
    by: Annotated[str, typer.Option(help=_BY)] = "",
    purpose: Annotated[str, typer.Option(help="What single records are looked at for.")] = "",
    page: Annotated[int, typer.Option(help="Page of the records, 200 each.", min=1)] = 1,
    walk: Annotated[str, typer.Option(help="Shuttle: metres on foot; else 800.")] = "",
    share: Annotated[str, typer.Option(help="Shuttle: share who ride; else 0.3.")] = "",
    stops: Annotated[str, typer.Option(help="Shuttle: stops a line; else 6.")] = "",
    detour: Annotated[str, typer.Option(help="Shuttle: way over straight line; else 1.3.")] = "",
    travel: Annotated[Optional[Path], typer.Option(help="Shuttle: CSV of travel times.")] = None,  # noqa: UP045
) -> None:
    """Answer a question as the pages do.

    With level=person come masked records, to the authorised tier and with a --purpose.
    With --by one row a place becomes one row a group at the question's place: a ranking of
    scarcity by industry, chain, occupation, specialty, education or title; a matrix by two of them
    with a comma between; the catalogue of scarce talent; or, with place=enterprise:CODE, the card
    of an enterprise (--format json has all of it). Of work and home: distance, matrix, inout,
    destinations, commuting (or commuting,industry), and shuttle: lines to a park or drawn area.
    """
    if format_ not in FORMATS:
        raise unknown("format", format_, FORMATS)
    desk = open_desk(Workspace.open(workspace))
    viewer = Viewer(as_, purpose, getpass.getuser() if purpose else "")
    options = {"walk": walk, "share": share, "stops": stops, "detour": detour}
    given = {name: value for name, value in options.items() if value}
    answer = asked_by(
        desk, Question.from_query(question), viewer, language, by,
        given=given, travel=travel, page=page,
    )  # fmt: skip
    if out is not None:
        export(answer, desk, format_, out, language)
    elif format_ == "csv":
        write_rows(answer, sys.stdout)
    else:
        with tempfile.TemporaryDirectory(prefix="talentmap-") as folder:
            made = Path(folder) / f"answer.{format_}"
            export(answer, desk, format_, made, language)
            with made.open("rb") as file:
                shutil.copyfileobj(file, sys.stdout.buffer)
    for note in [SYNTHETIC, *answer.notes] if answer.synthetic else answer.notes:
        _STDERR.print(note, markup=False, highlight=False, soft_wrap=True)


@app.command()
def report(
    workspace: Folder,
    kind: Annotated[str, typer.Argument(metavar="[KIND]", help=_KINDS)] = "",
    out: Annotated[Optional[Path], typer.Option(help="Folder to write into.")] = None,  # noqa: UP045
    query: Annotated[str, typer.Option(help="place=district:370102&industry=I …")] = "",
    format_: Annotated[str, typer.Option("--format", help="docx,pdf,xlsx,html")] = "docx",
    as_: Annotated[str, typer.Option("--as", help="public, internal or authorised.")] = "internal",
    language: Annotated[str, typer.Option(help="zh or en.")] = "zh",
    due: Annotated[bool, typer.Option("--due", help="Make what the schedules ask for.")] = False,
) -> None:
    """Write a report of a scope: the city, or what --query limits it to; or all that is due."""
    if due:
        _report_due(Workspace.open(workspace), kind)
        return
    if not kind or out is None:
        raise UserError("report: name a KIND and a folder with --out, or write --due")
    from talentmap.reports.write import write_report as write  # it loads what draws and writes

    served, names = Serving(Workspace.open(workspace)), [f for f in format_.split(",") if f]
    question = Question.from_query(query)
    with _bar("report") as tell:
        files = write(served, Viewer(as_), kind, question, names, out, language, tell)
    for file in files:
        typer.echo(file)


@app.command()
def serve(
    workspace: Folder,
    host: Annotated[str, typer.Option(help="Loopback only, until accounts exist.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port.")] = 8050,
    tier: Annotated[str, typer.Option("--as", help="public, internal or authorised.")] = "internal",
) -> None:
    """Serve the pages of a workspace on this machine."""
    from app import run  # the WSGI app stands above the command line

    run(Settings(workspace, host, port, tier))


@app.command()
def check(workspace: Folder) -> None:
    """Check batches, release and audit chain; exit code 2 where something is wrong."""
    ws = Workspace.open(workspace)
    problems = [*ledger.check(ws), *release_problems(ws), *check_audit(ws.audit)]
    if problems:
        raise UserError("\n".join(problems))
    typer.echo(f"{workspace}: whole")


def _report_due(ws: Workspace, kind: str) -> None:
    """Make every report that is due, of every tier; exit code 2 where one was not made."""
    from talentmap.reports.serving import ReportServing  # it loads what draws and writes

    if kind:
        raise UserError(f"--due: makes what the schedules ask for; take {kind!r} away")
    room = ReportServing(ws).reports(Viewer("authorised"))
    before = room.schedules()
    begun = room.run_due()
    failed = [
        f"schedule {s.id}: {s.error}" for s in room.schedules() if s.error and s not in before
    ]
    for entry in room.wait(begun):
        for name, _ in entry.files:
            typer.echo(f"{ws.path}/reports/{entry.folder}/{entry.id}/{name}")
        if entry.state.error:
            failed.append(f"report {entry.id}: {entry.state.error}")
    if not begun and not failed:
        typer.echo(f"{ws.path}: nothing is due")
    if failed:
        raise UserError("\n".join(failed))


def open_desk(ws: Workspace) -> Desk:
    """Open the served release of a workspace for questions."""
    return Desk(open_release(ws), Audit(ws.audit))


def main() -> None:
    """Run a command; a user's mistake is one line and exit code 2, never a traceback."""
    try:
        app()
    except UserError as error:
        typer.echo(f"talentmap: {error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
    except Exception as error:  # noqa: BLE001 - a defect of ours: told in one line, kept in a file
        typer.echo(f"talentmap: internal error; see {_keep_traceback(error)}", err=True)
        sys.exit(1)


def _keep_traceback(error: Exception) -> Path:
    """Write where a defect happened into a file for the administrator; no values of rows."""
    text = "".join(traceback.format_tb(error.__traceback__)) + type(error).__name__ + "\n"
    handle, name = tempfile.mkstemp(prefix="talentmap-", suffix=".log", text=True)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    return Path(name)


def _write(file: Path, content: bytes) -> None:
    """Write beside the file and rename, so that a full disk leaves no half file."""
    part = file.with_name(f".{file.name}.part")
    try:
        part.write_bytes(content)
        part.replace(file)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise UserError(f"{file}: cannot be written: {error.strerror}") from None


def _tell_report(report: BatchReport) -> None:
    typer.echo(_line(report))
    for reason, rows in sorted(report.reasons.items(), key=lambda item: -item[1]):
        typer.echo(f"  refused {rows:,}: {reason}")
    for row, column, reason in report.examples:
        typer.echo(f"  row {row}, {column}: {reason}")
    for reason, rows in report.mended.items():
        typer.echo(f"  mended {rows:,}: {reason}")
    for column, times in report.unread.items():
        typer.echo(f"  not understood {times:,}: {column} (see --report)")
    outside = sum(sum(places.get(OUTSIDE, {}).values()) for places in report.coverage.values())
    if outside:
        typer.echo(f"  outside the city {outside:,}")
    if report.difference:
        counts = ", ".join(f"{count:,} {word}" for word, count in report.difference.items())
        typer.echo(f"  against {report.compared}: {counts}")
    for caveat in report.caveats:
        typer.echo(f"  mind: {caveat}")


def _line(report: BatchReport) -> str:
    kind = "dry run" if report.dry_run else report.batch
    return (
        f"{kind}: {report.file} into {report.table}: {report.rows_in:,} rows = "
        f"{report.accepted:,} accepted + {report.refused:,} refused"
    )


@contextmanager
def _bar(title: str) -> Iterator[Callable[[str, float], None]]:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=_STDERR) as progress:
        task = progress.add_task(title, total=1.0)
        yield lambda step, share: progress.update(
            task, description=f"{title}: {step}", completed=share
        )


@contextmanager
def _counter(title: str) -> Iterator[Callable[[int], None]]:
    columns = (TextColumn("{task.description}: {task.completed:,} rows"), TimeElapsedColumn())
    with Progress(*columns, console=_STDERR) as progress:
        task = progress.add_task(title, total=None)
        yield lambda rows: progress.update(task, completed=rows)
