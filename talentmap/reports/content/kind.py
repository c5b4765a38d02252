"""A kind of report: its id, its names, and how it is written from the desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from talentmap.model import months
from talentmap.model.answer import OK, SUPPRESSED
from talentmap.model.words import Words
from talentmap.reports.content.asker import Asker, refuse
from talentmap.reports.content.model import Block, Document, Paragraph
from talentmap.reports.content.scope import facts, marks, sentence, subject, watermark, where

_FILLER = str.maketrans(dict.fromkeys("\\/:*?\"<>|'&%#\n\r\t ", "_"))
_LONGEST = 60
_MOST_LEADS = 6
_TITLE = Words("{where}{subject}{name}", "{name}: {subject}{where}")


@dataclass(frozen=True, slots=True)
class Report:
    """One kind of report; `write` returns its blocks, `contents` says whether it has a contents.

    `needs` are the metrics of which at least one must have a number for the scope, or there is
    nothing to report.
    """

    id: str
    name: Words
    about: Words
    write: Callable[[Asker], list[Block]]
    contents: bool = True
    needs: tuple[str, ...] = ("supply", "demand")


def document(kind: Report, asker: Asker) -> Document:
    """Return a report as a document.

    Raises UserError where the scope is empty or everything of it is hidden.
    """
    check_scope(kind, asker)
    blocks = kind.write(asker)
    words = asker.say(
        _TITLE, where=where(asker), name=asker.say(kind.name),
        subject=_short_subject(asker),
    )  # fmt: skip
    return Document(
        words, sentence(asker), file_name(asker, kind), asker.language, facts(asker),
        tuple(blocks), marks(asker), watermark(asker), kind.contents, _summary(blocks),
    )  # fmt: skip


def _summary(blocks: list[Block]) -> tuple[str, ...]:
    """Return what the sections say first, for the front page."""
    leads = [b.text for b in blocks if isinstance(b, Paragraph) and b.style == "lead"]
    return tuple(leads[:_MOST_LEADS])


def _short_subject(asker: Asker) -> str:
    """Return the industry as it stands in a title: English names of sections are too long."""
    name = subject(asker, short=asker.language == "en")
    return f"{name}, " if asker.language == "en" and name else name


def check_scope(kind: Report, asker: Asker) -> None:
    """Raise UserError where a report would have no number to show."""
    if not kind.needs:
        return
    found = [asker.one(metric) for metric in kind.needs]
    if any(row.status == OK and row.number for row in found):
        return
    if any(row.status == SUPPRESSED for row in found):
        raise refuse(
            f"every number of “{sentence(asker)}” is hidden to protect persons; take a filter away "
            "or choose a larger place"
        )
    raise refuse(f"“{sentence(asker)}” has nobody and no openings; choose another scope")


def file_name(asker: Asker, kind: Report) -> str:
    """Return a name for the file, fit for every file system: kind, scope and month."""
    parts = [asker.say(kind.name), where(asker), subject(asker), months.to_text(asker.month)]
    name = "-".join(p.translate(_FILLER).strip("._") for p in parts if p)
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 8].rstrip('-_')}{name[-8:]}"
