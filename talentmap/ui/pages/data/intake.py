"""A file on its way in: dropped, its columns looked at, judged, taken in."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from talentmap.answers.jobs import JobState
from talentmap.answers.office import BatchReport, Office, Preview
from talentmap.answers.uploads import NotThere, Upload
from talentmap.model.errors import UserError
from talentmap.ui.components.basics import attrs, icon
from talentmap.ui.components.forms import act, choice, head, progress, table, trouble
from talentmap.ui.draw.numbers import figure
from talentmap.ui.pages.data import words
from talentmap.ui.pages.data.report import report
from talentmap.ui.visit import Visit

_UNIT_BYTES = 1000


def steps(visit: Visit, office: Office, id_: str) -> list[Component]:
    """Return the step the open upload is at; the place to drop a file where none is open."""
    try:
        upload = office.uploads.get(id_)
    except NotThere:
        return [head(visit.say(words.IMPORT)), _drop(visit, office)]
    job = office.uploads.job(upload).state()
    if job.running:
        return [_title(visit, upload), _waiting(visit, upload, job)]
    found = office.report(job)
    if found is not None:
        return [
            _outcome(visit, office, found),
            report(visit, office, found),
            _ways(visit, upload, found),
        ]
    return [_title(visit, upload), *_failed(visit, job), *_columns(visit, office, upload)]


def _title(visit: Visit, upload: Upload) -> Component:
    return head(upload.name, f"{visit.say(words.IMPORT)} · {_size(upload.size)}")


def _size(size: int) -> str:
    """Return a size in the unit that fits it: 312 B, 1.4 MB."""
    amount, unit = float(size), "B"
    for larger in ("KB", "MB", "GB"):
        if amount < _UNIT_BYTES:
            break
        amount, unit = amount / _UNIT_BYTES, larger
    return f"{amount:.0f} B" if unit == "B" else f"{amount:.1f} {unit}"


def _outcome(visit: Visit, office: Office, found: BatchReport) -> Component:
    """Return the title over a report: judged, taken in, or undone since."""
    if found.dry_run:
        return head(visit.say(words.JUDGED, file=found.file))
    if found.batch not in {report.batch for report in office.batches()}:
        return head(visit.say(words.GONE, batch=found.batch, file=found.file))
    title = visit.say(words.TAKEN, batch=found.batch, file=found.file)
    return head(title, visit.say(words.TAKEN_NOTE))


def _drop(visit: Visit, office: Office) -> Component:
    """Return where a file is dropped; the script shows the progress in it."""
    templates = [
        html.A(
            [icon("download", 14), visit.say(words.TABLES[table_])],
            href=f"/api/data/templates/{table_}.xlsx",
            className="link",
        )
        for table_ in office.tables
    ]
    return html.Div(
        [
            html.Div(
                [
                    html.P([visit.say(words.DROP), act(visit.say(words.PICK), "pick", "filled")]),
                    html.P(visit.say(words.KINDS), className="note"),
                    html.P([visit.say(words.TEMPLATES), *templates], className="templates"),
                ],
                className="drop-idle",
            ),
            html.Div(
                [
                    progress(visit.say(words.SENDING), 0.0),
                    act(visit.say(words.STOP), "stop"),
                ],
                className="drop-busy",
            ),
            html.Div(className="drop-error", role="alert", lang="en"),
        ],
        className="drop",
        **attrs(data_drop=""),
    )


def _waiting(visit: Visit, upload: Upload, job: JobState) -> Component:
    said = words.READING if job.kind == "judge" else words.TAKING
    template = visit.say(said, rows="{rows}")
    rows = str(figure(job.amount, "count", visit.language))
    return progress(template.replace("{rows}", rows), None, watch=upload.id, words=template)


def _failed(visit: Visit, job: JobState) -> list[Component]:
    if not job.error:
        return []
    number = visit.say(words.INCIDENT, number=job.incident) if job.incident else ""
    return [trouble(visit.say(words.FAILED), job.error, number)]


def _columns(visit: Visit, office: Office, upload: Upload) -> list[Component]:
    """Return the choices for an upload: table, coordinates, and which column is which."""
    try:
        upload = office.guess(upload)
        preview = office.preview(upload)
    except UserError as error:
        return [trouble(visit.say(words.FAILED), str(error)), _discard(visit, upload)]
    ready = not preview.missing
    missing = [] if ready else [trouble(visit.say(words.MISSING), preview.missing)]
    ways = [
        act(visit.say(words.JUDGE), "judge", "filled", upload=upload.id),
        act(visit.say(words.TAKE), "take", upload=upload.id),
    ]
    return [
        html.Div(
            [_tables(visit, office, upload), _systems(visit, office, upload)], className="ask"
        ),
        *missing,
        _mapping(visit, upload, preview),
        html.Div([*(ways if ready else []), _discard(visit, upload)], className="data-ways"),
    ]


def _tables(visit: Visit, office: Office, upload: Upload) -> Component:
    label = visit.say(words.TABLE)
    buttons = [
        html.Button(
            visit.say(words.TABLES[table_]),
            className="segment",
            **attrs(
                data_do="table",
                data_value=table_,
                data_upload=upload.id,
                aria_pressed=str(table_ == upload.table).lower(),
            ),
        )
        for table_ in office.tables
    ]
    group = html.Div(buttons, className="segments", role="group", **attrs(aria_label=label))
    return html.Div([html.Span(label, className="note"), group])


def _systems(visit: Visit, office: Office, upload: Upload) -> Component:
    label = visit.say(words.CRS)
    options = [(system, visit.say(words.SYSTEMS[system])) for system in office.systems]
    chosen = choice(label, options, upload.crs, choose="crs", upload=upload.id)
    return html.Div([html.Span(label, className="note"), chosen])


def _mapping(visit: Visit, upload: Upload, preview: Preview) -> Component:
    """Return the columns of the file, each with the drop-down of what it is."""
    named = {ours: _called(visit, ours, name.zh) for ours, name in preview.targets}
    options = [("", visit.say(words.UNUSED)), *named.items()]
    rows: list[list[Component]] = []
    for name, ours, maybe in preview.columns:
        hand = {"hand": "1"} if name in upload.columns else {}
        picked = choice(name, options, ours, choose="column", name=name, upload=upload.id, **hand)
        rows.append(
            [
                html.Span(name, className="file-column"),
                picked,
                _how(visit, upload, name, ours, named.get(maybe, "")),
            ]
        )
    used = sum(bool(ours) for _, ours, _ in preview.columns)
    note = visit.say(words.COLUMNS_NOTE, used=used, all=len(rows))
    title = html.Div(
        [html.H3(visit.say(words.COLUMNS)), html.Span(note, className="note")],
        className="section-head",
    )
    heads = [words.IN_FILE, words.OURS, words.BASIS]
    return html.Div([title, table(heads, rows, visit, "mapping")], className="grow mapping-box")


def _called(visit: Visit, ours: str, chinese: str) -> str:
    """Return how a column of ours is called: 学历 (education); in English by its own name."""
    return ours if visit.language == "en" or chinese == ours else f"{chinese}（{ours}）"


def _how(visit: Visit, upload: Upload, name: str, ours: str, maybe: str) -> Component:
    if name in upload.columns:
        return html.Span(visit.say(words.BY_HAND), className="note")
    if ours:
        return html.Span([icon("check", 14), visit.say(words.BY_NAME)], className="note matched")
    return html.Span(visit.say(words.MAYBE, name=maybe) if maybe else "", className="note")


def _ways(visit: Visit, upload: Upload, found: BatchReport) -> Component:
    if not found.dry_run:
        return html.Div(
            act(visit.say(words.ANOTHER), "drop", "filled", upload=upload.id), className="data-ways"
        )
    replace = []
    if found.compared:
        title = visit.say(words.REPLACE, batch=found.compared)
        replace = [act(title, "replace", upload=upload.id)]
    return html.Div(
        [
            act(visit.say(words.TAKE), "take", "filled", upload=upload.id),
            *replace,
            act(visit.say(words.CHANGE), "change", upload=upload.id),
            _discard(visit, upload),
        ],
        className="data-ways",
    )


def _discard(visit: Visit, upload: Upload) -> Component:
    return act(visit.say(words.DISCARD), "drop", upload=upload.id)
