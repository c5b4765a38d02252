"""Reports of a city with people but without a single vacancy, and without industries of ours."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from talentmap.answers.serving import Serving
from talentmap.answers.viewer import Viewer
from talentmap.model.errors import UserError
from talentmap.model.question import Question
from talentmap.model.workspace import Workspace
from talentmap.reports.content.asker import Asker
from talentmap.reports.content.kind import document
from talentmap.reports.content.model import Heading, Paragraph, Points, Table
from talentmap.reports.write import kinds, write_report

pytestmark = pytest.mark.real


@pytest.mark.parametrize("kind", ["shortage", "commute", "district", "quality"])
@pytest.mark.parametrize("tier", ["internal", "authorised"])
def test_what_is_not_there_leaves_no_empty_heading(
    kind: str, tier: str, lodes_workspace: Workspace
) -> None:
    serving, viewer = Serving(lodes_workspace), Viewer(tier)
    asker = Asker(serving.desk(), serving.office(viewer), viewer, Question(), "en")
    blocks = document(kinds()[kind], asker).blocks
    pairs = pairwise(blocks)
    both = [(a, b) for a, b in pairs if isinstance(a, Heading) and isinstance(b, Heading)]
    assert all(b.level > a.level for a, b in both)
    assert not isinstance(blocks[-1], Heading)
    assert all(table.rows for table in blocks if isinstance(table, Table))
    text = " ".join(b.text for b in blocks if isinstance(b, Paragraph))
    text += " ".join(i for b in blocks if isinstance(b, Points) for i in b.items)
    assert "nan" not in text.split()
    assert "Scarcity index is" not in text


def test_a_report_on_openings_is_refused(lodes_workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no openings"):
        write_report(
            Serving(lodes_workspace), Viewer(), "enterprise", Question(), ["html"], tmp_path
        )
    assert not list(tmp_path.iterdir())


def test_a_report_is_written_without_vacancies(lodes_workspace: Workspace, tmp_path: Path) -> None:
    files = write_report(
        Serving(lodes_workspace), Viewer(), "shortage", Question(), ["pdf", "xlsx"], tmp_path, "en"
    )
    assert all(file.stat().st_size > 10_000 for file in files)
