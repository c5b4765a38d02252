"""Batches: undo, integrity, and a kill at any moment."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from talentmap.intake.importer import import_file
from talentmap.intake.ledger import batch_meta, batches, check, draft, record_files, undo
from talentmap.intake.report import BatchReport
from talentmap.model.errors import UserError
from talentmap.model.workspace import CityProfile, Workspace

ROOT = Path(__file__).resolve().parents[2]
IMPORT = """
import sys
from pathlib import Path
from talentmap.intake.importer import import_file
from talentmap.model.workspace import Workspace
ws = Workspace.open(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
while True:
    import_file(ws, "people", Path(sys.argv[2]))
"""
# Moments of a commit, by the call that is made there: the process ends itself just before it.
DIE_AT = """
import os, sys
from pathlib import Path
from talentmap.intake import ledger
from talentmap.intake.importer import import_file
from talentmap.model.workspace import Workspace
calls = 0
def counted(function):
    def call(*args, **kwargs):
        global calls
        calls += 1
        if calls == int(sys.argv[3]):
            os.kill(os.getpid(), 9)
        return function(*args, **kwargs)
    return call
ledger._sync = counted(ledger._sync)
ledger._connect = counted(ledger._connect)
Path.replace = counted(Path.replace)
import_file(Workspace.open(Path(sys.argv[1])), "people", Path(sys.argv[2]))
"""


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    path = tmp_path / "city"
    path.mkdir()
    (path / "city.toml").write_text(CityProfile("370100", "济南", "Jinan").to_toml(), "utf-8")
    return Workspace.open(path)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text("work_district,persons\n" + "A,2\n" * 500, encoding="utf-8")
    return path


def run(code: str, *args: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, args)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def whole(ws: Workspace) -> list[BatchReport]:
    """Check that what exists is whole and nothing else is there once the ledger was opened."""
    reports = batches(ws)
    assert check(ws) == []
    with draft(ws, "people"):  # opens the ledger for writing, which sweeps
        pass
    left = {path.name for path in (ws.path / "records").rglob("*") if path.name != "people"}
    assert left == {f"{report.batch}.parquet" for report in reports}
    assert batches(ws) == reports
    return reports


def test_nothing_yet(ws: Workspace) -> None:
    assert batches(ws) == []
    assert batch_meta(ws) == []
    assert record_files(ws, "people") == []
    assert check(ws) == []
    assert [path.name for path in ws.path.iterdir()] == ["city.toml"]


def test_a_report_comes_back_as_it_was(ws: Workspace, file: Path) -> None:
    report = import_file(ws, "people", file)
    assert batches(ws) == [report]
    assert (report.batch, report.persons, report.file) == ("people-0001", 1000, "people.csv")


def test_undo_takes_the_records_and_never_the_number_again(ws: Workspace, file: Path) -> None:
    first, second = (import_file(ws, "people", file) for _ in range(2))
    assert undo(ws, first.batch) == first
    assert batches(ws) == [second]
    assert record_files(ws, "people") == [ws.records("people") / "people-0002.parquet"]
    assert not (ws.records("people") / "people-0001.parquet").exists()
    assert import_file(ws, "people", file).batch == "people-0003"
    with pytest.raises(UserError, match="batch: unknown value 'people-0001'; did you mean"):
        undo(ws, first.batch)


def test_undo_in_an_empty_workspace(ws: Workspace) -> None:
    with pytest.raises(UserError, match="batch: unknown value"):
        undo(ws, "people-0001")


def test_check_names_what_was_changed_or_lost(ws: Workspace, file: Path) -> None:
    for _ in range(2):
        import_file(ws, "people", file)
    one, two = record_files(ws, "people")
    one.write_bytes(one.read_bytes()[:-1] + b"x")
    two.unlink()
    assert check(ws) == [
        "batch people-0001: people-0001.parquet is not what was written",
        "batch people-0002: people-0002.parquet is missing",
    ]


def test_a_failure_while_writing_leaves_nothing(
    ws: Workspace, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pyarrow.parquet.ParquetWriter.write_table", full)
    with pytest.raises(UserError, match="No space left"):
        import_file(ws, "people", file)
    monkeypatch.undo()
    assert whole(ws) == []


def test_two_at_once_are_refused(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("talentmap.intake.ledger._LOCK_SECONDS", 0.1)
    with (
        draft(ws, "people"),
        pytest.raises(UserError, match="another intake"),
        draft(ws, "people"),
    ):
        pass


def test_a_ledger_that_is_none(ws: Workspace) -> None:
    ws.ledger.write_bytes(b"not a database at all" * 99)
    with pytest.raises(UserError, match=r"batches\.sqlite: not a readable ledger"):
        batches(ws)


def test_a_kill_at_each_step_of_a_commit(ws: Workspace, file: Path) -> None:
    import_file(ws, "people", file)
    before, step, done, kept = 1, 0, False, []
    while not done:
        step += 1
        process = run(DIE_AT, ws.path, file, step)
        process.communicate(timeout=60)
        done = process.returncode == 0
        assert done or process.returncode == -signal.SIGKILL
        kept.append(len(whole(ws)) - before)
        before += kept[-1]
    assert kept == sorted(kept)  # nothing until the row is committed, all of it from then on
    assert kept[0] == 0
    assert kept[-1] == 1
    assert kept.count(0) > 5


def test_a_kill_at_any_moment(ws: Workspace, file: Path) -> None:
    for wait in (0.0, 0.03, 0.1, 0.3):
        before = len(batches(ws))
        process = run(IMPORT, ws.path, file)
        assert process.stdout is not None
        assert process.stdin is not None
        process.stdout.readline()
        process.stdin.write("go\n")
        process.stdin.flush()
        time.sleep(wait)
        process.kill()
        process.communicate(timeout=60)
        assert len(whole(ws)) >= before
