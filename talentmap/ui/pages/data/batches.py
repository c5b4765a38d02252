"""The batches there are, each with its undo; the release that is served, and the next build."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dash import html
from dash.development.base_component import Component

from talentmap.answers.jobs import JobState
from talentmap.answers.office import BatchReport, Office
from talentmap.model import months
from talentmap.ui.components.forms import act, head, progress, table, trouble
from talentmap.ui.components.states import nothing
from talentmap.ui.draw.numbers import figure
from talentmap.ui.pages.data import words
from talentmap.ui.visit import Visit


def listed(visit: Visit, office: Office) -> list[Component]:
    """Return the table of batches, newest first."""
    found = office.batches()
    title = head(visit.say(words.BATCHES), visit.say(words.BATCHES_NOTE, count=len(found)))
    if not found:
        why = nothing(visit.say(words.NO_BATCHES), visit.say(words.NO_BATCHES_WHY))
        return [head(visit.say(words.BATCHES)), why]
    heads = [words.BATCH, words.FILE, words.ACCEPTED, words.REFUSED, words.WHEN, words.UNDO]
    rows = [_line(visit, report) for report in found]
    return [title, html.Div(table(heads, rows, visit, "batch-table"), className="grow")]


def build(visit: Visit, office: Office) -> list[Component]:
    """Return what is served, what a build would change, and the build under way."""
    title = head(visit.say(words.BUILD))
    job = office.building()
    if job.running:
        said = visit.say(words.BUILDING)
        return [title, progress(said, job.amount, watch="build", words=said)]
    month = months.to_words(visit.info.month, visit.language)
    served = visit.say(words.SERVED, number=visit.info.number, month=month)
    failed = [] if not job.error else [_failed(visit, job)]
    return [
        title,
        html.P(served),
        html.P(_pending(visit, office), className="note"),
        *failed,
        html.Div(
            act(visit.say(words.BUILD_NOW), "build", mark="rotate-ccw"), className="data-ways"
        ),
    ]


def _line(visit: Visit, report: BatchReport) -> list[Any]:
    """One batch: its name and table, file, rows, when, undo."""
    kind = visit.say(words.TABLES[report.table])
    return [
        html.Span([html.Strong(kind), html.Span(report.batch, className="note")]),
        html.Span(report.file, title=report.file, className="file-name"),
        str(figure(report.accepted, "count", visit.language)),
        str(figure(report.refused, "count", visit.language)),
        html.Span(_when(report.started), className="note num"),
        _undo(visit, report),
    ]


def _when(started: str) -> str:
    """Return a moment as the clock of this machine shows it."""
    return datetime.fromisoformat(started).astimezone().strftime("%Y-%m-%d %H:%M")


def _undo(visit: Visit, report: BatchReport) -> Component:
    """Return the undo, which asks once more."""
    ask = visit.say(words.UNDO_ASK, batch=report.batch, rows=f"{report.accepted:,}")
    sure = act(visit.say(words.UNDO_SURE), "undo", "danger", batch=report.batch)
    return html.Details(
        [
            html.Summary(visit.say(words.UNDO), className="link"),
            html.Div([html.P(ask), sure], className="confirm-card"),
        ],
        className="confirm",
    )


def _pending(visit: Visit, office: Office) -> str:
    pending = office.pending()
    said = [
        visit.say(template, count=len(batches))
        for template, batches in ((words.NEW, pending.new), (words.UNDONE, pending.undone))
        if batches
    ]
    return (
        "；".join(said)
        if visit.language == "zh" and said
        else "; ".join(said) or visit.say(words.CURRENT)
    )


def _failed(visit: Visit, job: JobState) -> Component:
    number = visit.say(words.INCIDENT, number=job.incident) if job.incident else ""
    return trouble(visit.say(words.BUILD_FAILED), job.error, number)
