"""Files on their way in, and the work done with them beside the pages."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from talentmap.answers.jobs import Job, JobState, Tell
from talentmap.answers.uploads import NotThere, Upload, Uploads
from talentmap.model.errors import NotAllowed, UserError

SUFFIXES = (".csv", ".csv.gz")


@pytest.fixture
def uploads(tmp_path: Path) -> Uploads:
    return Uploads(tmp_path, most_bytes=1000)


def ended(job: Job) -> JobState:
    until = time.monotonic() + 20
    while job.state().running and time.monotonic() < until:
        time.sleep(0.01)
    return job.state()


def begun(uploads: Uploads, work: Callable[[Tell], dict[str, Any]]) -> tuple[Upload, Job]:
    upload = uploads.open("a.csv", 3, SUFFIXES)
    job = uploads.job(upload)
    job.start("judge", work)
    return upload, job


def test_pieces_make_the_file_and_one_sent_twice_changes_nothing(uploads: Uploads) -> None:
    upload = uploads.open("a.csv", 6, SUFFIXES)
    assert uploads.append(upload.id, 0, b"abc").received == 3
    assert uploads.append(upload.id, 0, b"abc").received == 3
    assert uploads.append(upload.id, 5, b"x").received == 3
    whole = uploads.append(upload.id, 3, b"def")
    assert whole.whole
    assert uploads.file(whole).read_bytes() == b"abcdef"
    assert uploads.file(whole).parent.stat().st_mode & 0o077 == 0


def test_what_a_broken_write_left_is_written_over(uploads: Uploads) -> None:
    upload = uploads.open("a.csv", 4, SUFFIXES)
    uploads.file(upload).write_bytes(b"half a piece that nobody counted")
    uploads.append(upload.id, 0, b"abcd")
    assert uploads.file(upload).read_bytes() == b"abcd"


@pytest.mark.parametrize("size", [0, -1, 1001])
def test_a_size_that_cannot_be_taken_is_told(uploads: Uploads, size: int) -> None:
    with pytest.raises(UserError, match=r"a\.csv: .* from 1 to 1,000"):
        uploads.open("a.csv", size, SUFFIXES)


def test_no_more_comes_than_was_announced(uploads: Uploads) -> None:
    upload = uploads.open("a.csv", 3, SUFFIXES)
    with pytest.raises(UserError, match="more bytes came"):
        uploads.append(upload.id, 0, b"abcd")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/people.csv", "people.csv"),
        ("C:\\data\\人才 表.CSV", "人才 表.CSV"),
        ('a<b>:"c|d?.csv', "a_b___c_d_.csv"),
        ("..hidden.csv.gz", "hidden.csv.gz"),
        ("x" * 300 + ".csv", "x" * 96 + ".csv"),
        ("a\x00b.csv", "a_b.csv"),
    ],
)
def test_a_name_becomes_one_without_a_path(uploads: Uploads, given: str, kept: str) -> None:
    upload = uploads.open(given, 3, SUFFIXES)
    assert upload.name == kept
    assert uploads.file(upload).parent.name == upload.id


@pytest.mark.parametrize("name", ["", ".csv", "people.exe", "../..", "people.csv/"])
def test_a_name_of_no_kind_we_read_is_refused(uploads: Uploads, name: str) -> None:
    with pytest.raises(UserError, match="not a kind of file read"):
        uploads.open(name, 3, SUFFIXES)


@pytest.mark.parametrize("id_", ["", "..", "../../x", "0" * 16, "0" * 15 + "/"])
def test_an_id_that_is_none_is_not_there(uploads: Uploads, id_: str) -> None:
    with pytest.raises(NotThere):
        uploads.get(id_)


def test_only_a_few_wait_at_once(uploads: Uploads) -> None:
    for _ in range(8):
        uploads.open("a.csv", 3, SUFFIXES)
    with pytest.raises(UserError, match="too many files are waiting"):
        uploads.open("a.csv", 3, SUFFIXES)


def test_what_nobody_touches_for_a_day_goes(uploads: Uploads) -> None:
    old, new = (uploads.open(name, 3, SUFFIXES) for name in ("old.csv", "new.csv"))
    yesterday = time.time() - 25 * 3600
    for file in uploads.file(old).parent.iterdir():
        os.utime(file, (yesterday, yesterday))
    uploads.sweep()
    assert uploads.get(new.id) == new
    with pytest.raises(NotThere):
        uploads.get(old.id)


def test_a_job_ends_with_what_its_work_returned(uploads: Uploads) -> None:
    _, job = begun(uploads, lambda _: {"report": "x"})
    assert ended(job) == JobState("judge", "done", amount=1.0, result={"report": "x"})
    job.forget()
    assert job.state() == JobState()


def test_a_mistake_is_its_line_and_a_defect_its_number(
    uploads: Uploads, caplog: pytest.LogCaptureFixture
) -> None:
    def mistake(_: Tell) -> dict[str, Any]:
        raise UserError("a.csv: no rows")

    def defect(_: Tell) -> dict[str, Any]:
        raise RuntimeError("broken on purpose")

    assert ended(begun(uploads, mistake)[1]).error == "a.csv: no rows"
    state = ended(begun(uploads, defect)[1])
    assert state.state == "failed"
    assert state.error == "RuntimeError"
    assert state.incident
    assert state.incident in caplog.text


def test_while_a_file_is_read_nothing_else_is_done_with_it(uploads: Uploads) -> None:
    go = threading.Event()

    def work(tell: Tell) -> dict[str, Any]:
        tell("rows", 7.0)
        go.wait(20)
        return {}

    upload, job = begun(uploads, work)
    try:
        with pytest.raises(UserError, match="still running"):
            job.start("take", work)
        with pytest.raises(UserError, match="still running"):
            job.forget()
        with pytest.raises(NotAllowed):
            uploads.drop(upload.id)
        assert job.state().running
    finally:
        go.set()
    assert ended(job).state == "done"
    uploads.drop(upload.id)
    with pytest.raises(NotThere):
        uploads.get(upload.id)


def test_a_job_whose_process_died_is_not_running(tmp_path: Path) -> None:
    (tmp_path / "job.json").write_text('{"kind": "build", "state": "running"}', "utf-8")
    state = Job(tmp_path).state()
    assert state.state == "failed"
    assert state.error == "the server stopped meanwhile"
