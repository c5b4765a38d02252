"""Write a report: one question, one kind, several formats, into a folder; all of them or none."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from talentmap.answers.desk import Desk
from talentmap.answers.serving import Serving
from talentmap.answers.viewer import Viewer
from talentmap.model.discover import discover
from talentmap.model.errors import UserError, unknown
from talentmap.model.question import Question
from talentmap.model.words import LANGUAGES
from talentmap.reports.content.asker import Asker
from talentmap.reports.content.kind import Report, document
from talentmap.reports.content.model import Document
from talentmap.reports.fonts import fonts
from talentmap.reports.format import Format
from talentmap.reports.pictures.draw import Gallery

Tell = Callable[[str, float], None]
_CONTENT, _PICTURES = 0.15, 0.6  # of the work done after asking, and after drawing


def kinds(_desk: Serving | Desk | None = None) -> dict[str, Report]:
    """Return the kinds of reports by id; each has `id`, `name` and `about` in words."""
    return discover("talentmap.reports.kinds", "REPORT", Report)


def formats() -> dict[str, Format]:
    """Return the formats by id; each has `id`, `name` in words and the `suffix` of its files."""
    return discover("talentmap.reports.formats", "FORMAT", Format)


def write_report(
    desk: Serving, viewer: Viewer, kind: str, question: Question, formats_: Sequence[str],
    folder: Path, language: str = "zh", progress: Tell | None = None,
) -> list[Path]:  # fmt: skip
    """Write a report and return its files, one a format, in the order asked for.

    `question` gives scope, filters, side and month; its metric and level do not matter. `progress`
    is told (step, share done). Files of the same name are replaced. Raises UserError for an unknown
    kind, format or language, for a scope with nothing to show, and where the folder cannot be
    written; then no file is left behind and those of before are as they were.
    """
    report, chosen = _chosen(kind, formats_)
    if language not in LANGUAGES:
        raise unknown("language", language, LANGUAGES)
    tell = progress or (lambda _step, _share: None)
    fonts()
    tell("content", 0.0)
    served = desk.desk()  # one release from the first number to the last
    asker = Asker(served, desk.office(viewer), viewer, question, language)
    content = document(report, asker)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".report-", dir=folder) as part:
            return _written(content, chosen, Path(part), folder, tell)
    except OSError as error:
        raise UserError(f"report: {folder}: cannot be written: {error.strerror}") from None


def _chosen(kind: str, wanted: Sequence[str]) -> tuple[Report, list[Format]]:
    known_kinds, known_formats = kinds(), formats()
    if kind not in known_kinds:
        raise unknown("kind", kind, known_kinds)
    for name in wanted:
        if name not in known_formats:
            raise unknown("format", name, known_formats)
    if not wanted:
        raise UserError(f"format: none given; known: {', '.join(known_formats)}")
    return known_kinds[kind], [known_formats[name] for name in dict.fromkeys(wanted)]


def _written(
    content: Document, chosen: list[Format], part: Path, folder: Path, tell: Tell
) -> list[Path]:
    """Write every format beside its place, and only then move them all there."""
    gallery = Gallery(part / "pictures")
    count = max(1, sum(1 for _ in content.pictures()))
    for i, picture in enumerate(content.pictures()):
        tell("pictures", _CONTENT + (_PICTURES - _CONTENT) * i / count)
        gallery.file(picture)
    made: list[Path] = []
    for i, format_ in enumerate(chosen):
        tell(format_.id, _PICTURES + (1 - _PICTURES) * i / len(chosen))
        made.append(part / f"{content.file}{format_.suffix}")
        format_.write(content, gallery, made[-1])
    done = [Path(shutil.move(file, folder / file.name)) for file in made]
    tell("done", 1.0)
    return done
