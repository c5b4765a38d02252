"""The corpus of broken files: never a traceback, never a row lost, always row and column."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from talentmap.intake.create import new_workspace
from talentmap.intake.importer import import_file
from talentmap.intake.ledger import batches, check
from talentmap.intake.report import BatchReport
from talentmap.model.errors import UserError
from talentmap.model.workspace import Workspace
from talentmap.privacy.pseudonyms import Pseudonyms
from tests.data.broken.corpus import CASES, Case


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return new_workspace(tmp_path / "city", name="甲市")


def take(ws: Workspace, case: Case) -> BatchReport:
    file = ws.path.parent / case.name
    file.write_bytes(case.data)
    pseudonym = Pseudonyms(b"k" * 32).of
    return import_file(ws, case.table, file, options=case.options, pseudonym=pseudonym)


def test_the_corpus_is_large() -> None:
    assert len(CASES) >= 60


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.outcome.says])
def test_what_is_refused_whole_is_one_line_naming_the_file(ws: Workspace, name: str) -> None:
    case = CASES[name]
    with pytest.raises(UserError, match=case.outcome.says) as caught:
        take(ws, case)
    assert case.name in str(caught.value)
    assert not re.search(r"[\n\r]", str(caught.value))
    assert batches(ws) == []
    assert not list(ws.path.rglob("*.parquet"))


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if not case.outcome.says])
def test_what_is_taken_in_says_what_became_of_each_row(ws: Workspace, name: str) -> None:
    case = CASES[name]
    report = take(ws, case)
    assert report.rows_in == report.accepted + report.refused
    assert report.accepted == case.outcome.accepted
    assert sorted((row, column) for row, column, _ in report.examples) == sorted(case.outcome.at)
    assert all(reason for _, _, reason in report.examples)
    assert report.unread == case.outcome.unread
    assert check(ws) == []
