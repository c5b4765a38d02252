"""Reports on their shelf and by schedule: made once, kept for their tier, never half."""

from __future__ import annotations

import json
import shutil
import stat
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient
from typer.testing import CliRunner

from talentmap.answers.viewer import Viewer
from talentmap.api.reports import create_reports_blueprint
from talentmap.cli import app
from talentmap.model.errors import NotAllowed, UserError
from talentmap.model.question import Question
from talentmap.model.workspace import Workspace
from talentmap.reports.clock import Clock
from talentmap.reports.room import Room
from talentmap.reports.schedules import Schedule, Schedules, due, occasion
from talentmap.reports.serving import ReportServing
from talentmap.reports.shelf import NoReport, Order, Shelf, folder_name

ZONE = timezone(timedelta(hours=8))
NOON = datetime(2026, 7, 15, 12, 0, tzinfo=ZONE)
ORIGIN = {"Origin": "http://localhost"}
QUERY = "metric=scarcity&at=work&level=city&month=2026-06"


@pytest.fixture(scope="module")
def ws(demo_workspace: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A copy of the demo city that these tests may write into; its release is only read."""
    path = tmp_path_factory.mktemp("rooms") / "city"
    path.mkdir()
    for name in ("city.toml", "boundary.parquet", "batches.sqlite"):
        shutil.copy(demo_workspace.path / name, path / name)
    for name in ("cube", "records"):
        (path / name).symlink_to(demo_workspace.path / name)
    return Workspace.open(path)


@pytest.fixture
def empty(ws: Workspace) -> Workspace:
    """The same without a report or a schedule."""
    shutil.rmtree(ws.path / "reports", ignore_errors=True)
    return ws


def room_of(ws: Workspace, tier: str = "internal") -> Room:
    return ReportServing(ws).reports(Viewer(tier))


def client_of(room: Room) -> FlaskClient:
    server = Flask(__name__)
    server.register_blueprint(create_reports_blueprint(room))
    return server.test_client()


def schedule(**changes: Any) -> Schedule:
    order = Order("shortage", "metric=scarcity&at=work&level=city", ("docx",))
    words: dict[str, Any] = {
        "id": "s", "order": order, "when": "monthly", "folder": "f", "day": 5,
        "last": NOON.isoformat(), "release": "r0001-aaaaaa", **changes,
    }  # fmt: skip
    return Schedule(**words)


# ---------------------------------------------------------------- when a schedule is due


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (NOON, "2026-07-05"),
        (NOON.replace(day=5, hour=0), "2026-07-05"),
        (NOON.replace(day=4), "2026-06-05"),
        (NOON.replace(month=1, day=4), "2025-12-05"),
    ],
)
def test_the_occasion_before_a_moment(now: datetime, expected: str) -> None:
    assert occasion(5, now).date().isoformat() == expected


def test_a_month_that_was_missed_is_made_once_however_many_there_were() -> None:
    kept = schedule()
    assert not due(kept, NOON + timedelta(days=20), "any")
    much_later = NOON + timedelta(days=150)
    assert due(kept, much_later, "any")
    assert not due(schedule(last=much_later.isoformat()), much_later, "any")


def test_after_a_build_means_after_another_release() -> None:
    kept = schedule(when="build")
    assert not due(kept, NOON + timedelta(days=900), "r0001-aaaaaa")
    assert due(kept, NOON, "r0002-bbbbbb")


def test_a_schedule_is_claimed_by_one_only(tmp_path: Path) -> None:
    kept = Schedules(tmp_path)
    made = kept.add(schedule().order, "build", "月报", 1, NOON, "r1")
    assert not kept.claim(made.id, NOON, "r1")
    assert kept.claim(made.id, NOON, "r2")
    assert not Schedules(tmp_path).claim(made.id, NOON, "r2")


def test_a_schedule_keeps_no_month(tmp_path: Path) -> None:
    order = Order("shortage", QUERY + "&place=district:370102", ("docx",))
    made = Schedules(tmp_path).add(order, "monthly", "f", 1, NOON, "r1")
    assert Question.from_query(made.order.query).month == ""
    assert Question.from_query(made.order.query).place == "district:370102"


@pytest.mark.parametrize("name", ["", "  ", "../x", "a/b", ".hidden", "x" * 41, 'a"b', "a\\b"])
def test_a_folder_no_disk_takes_is_refused(name: str) -> None:
    with pytest.raises(UserError, match="folder: "):
        folder_name(name)


@pytest.mark.parametrize(("when", "day"), [("yearly", 1), ("monthly", 0), ("monthly", 29)])
def test_a_schedule_of_no_day_is_refused(tmp_path: Path, when: str, day: int) -> None:
    with pytest.raises(UserError, match=r"when: |day: "):
        Schedules(tmp_path).add(schedule().order, when, "f", day, NOON, "r1")


def test_a_damaged_list_of_schedules_is_told(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "schedules.json").write_text("[{", encoding="utf-8")
    with pytest.raises(UserError, match=r"schedules\.json: not a readable list"):
        Schedules(tmp_path).all()


# ---------------------------------------------------------------- making


def test_a_report_is_made_read_back_and_handed_to_its_tier(empty: Workspace) -> None:
    room = room_of(empty)
    order = room.order("district", QUERY + "&place=district:370102", ("docx", "xlsx"), "zh")
    (entry,) = room.wait([room.make(order)])
    assert (entry.state.state, entry.state.error) == ("done", "")
    names = [name for name, _ in entry.files]
    assert [name.rpartition(".")[2] for name in names] == ["docx", "xlsx"]
    assert entry.release == room._serving.info.name
    text = "\n".join(p.text for p in docx.Document(str(room.file(entry.id, names[0]))).paragraphs)
    assert "历下区" in text
    assert "合成" in text
    assert openpyxl.load_workbook(room.file(entry.id, names[1])).sheetnames
    home = Shelf(empty.path).home(entry)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert {stat.S_IMODE((home / name).stat().st_mode) for name in names} == {0o600}
    assert room_of(empty, "public").history() == []
    with pytest.raises(NoReport):
        room_of(empty, "public").file(entry.id, names[0])
    assert [e.id for e in room_of(empty, "authorised").history()] == [entry.id]
    audit = (empty.audit / "audit.jsonl").read_text("utf-8")
    assert f"{entry.id} {names[0]}" in audit
    room.remove(entry.id)
    assert not home.exists()


def test_a_scope_with_nothing_in_it_fails_with_its_reason(empty: Workspace) -> None:
    room = room_of(empty, "public")
    query = QUERY + "&place=district:370126&industry=B&occupation=1"
    (entry,) = room.wait([room.make(room.order("shortage", query, ("xlsx",), "zh"))])
    assert entry.state.state == "failed"
    assert entry.state.incident == ""
    assert entry.state.error
    assert entry.files == ()


def test_a_preview_is_made_once_a_release(empty: Workspace) -> None:
    room = room_of(empty)
    order = room.order("quality", QUERY, ("pdf",), "zh")
    (first,) = room.wait([room.preview(order)])
    assert [name.rpartition(".")[2] for name, _ in first.files] == ["html"]
    assert room.preview(order).id == first.id
    assert room.history() == []


def test_what_is_due_is_made_once_and_a_failure_keeps_its_reason(
    empty: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = room_of(empty)
    good = room.schedule(room.order("quality", QUERY, ("xlsx",), "zh"), "build", "月报", 1)
    bad = room.schedule(room.order("quality", QUERY, ("xlsx",), "zh"), "build", "坏的", 1)
    assert room.run_due() == []
    (empty.path / "reports" / "坏的").write_text("a file where a folder should be")
    _rewrite(empty, release="r0000-000000")
    begun = room.wait(room.run_due())
    assert [(e.by, e.folder, e.state.state) for e in begun] == [(good.id, "月报", "done")]
    assert room.run_due() == []
    kept = {s.id: s for s in room.schedules()}
    assert kept[good.id].report == begun[0].id
    assert "cannot be written" in kept[bad.id].error


def test_a_server_that_was_off_makes_what_was_missed(empty: Workspace) -> None:
    room = room_of(empty)
    made = room.schedule(room.order("quality", QUERY, ("xlsx",), "zh"), "monthly", "月报", 1)
    _rewrite(empty, last="2025-01-20T08:00:00+08:00")
    clock = Clock(room, look_seconds=0.05)
    clock.start()
    until = time.monotonic() + 90
    while not room.schedules()[0].report and time.monotonic() < until:
        time.sleep(0.05)
    clock.stop()
    (entry,) = room.wait(room.history())
    assert (entry.by, entry.state.state) == (made.id, "done")


def test_the_command_line_makes_what_is_due_and_says_what_failed(empty: Workspace) -> None:
    runner = CliRunner()
    room = room_of(empty)
    room.schedule(room.order("quality", QUERY, ("xlsx",), "zh"), "build", "月报", 1)
    idle = runner.invoke(app, ["report", str(empty.path), "--due"])
    assert (idle.exit_code, idle.output) == (0, f"{empty.path}: nothing is due\n")
    room.schedule(room.order("quality", QUERY, ("xlsx",), "zh"), "build", "坏的", 1)
    (empty.path / "reports" / "坏的").write_text("a file where a folder should be")
    _rewrite(empty, release="r0000-000000")
    done = runner.invoke(app, ["report", str(empty.path), "--due"])
    assert Path(done.output.strip()).is_file()
    assert isinstance(done.exception, UserError)
    assert "cannot be written" in str(done.exception)
    assert runner.invoke(app, ["report", str(empty.path), "--due"]).output == idle.output


def test_the_public_tier_keeps_no_schedules(empty: Workspace) -> None:
    room = room_of(empty, "public")
    with pytest.raises(NotAllowed):
        room.schedule(room.order("quality", QUERY, ("xlsx",), "zh"), "build", "x", 1)


def test_a_higher_schedule_is_neither_seen_nor_run_by_a_lower_tier(empty: Workspace) -> None:
    high = room_of(empty, "authorised")
    made = high.schedule(high.order("quality", QUERY, ("xlsx",), "zh"), "build", "x", 1)
    _rewrite(empty, release="r0000-000000")
    low = room_of(empty)
    assert (low.schedules(), low.run_due()) == ([], [])
    with pytest.raises(NoReport):
        low.unschedule(made.id)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"kind": "novel"}, "kind: unknown value 'novel'"),
        ({"query": "metric=scarcity&colour=red"}, "parameter: unknown value 'colour'"),
        ({"query": "metric=scarcity&month=2031-01"}, "month: 2031-01"),
        ({"query": "metric=scarcity&place=district:1"}, "place district: unknown value '1'"),
        ({"query": "metric=scarcity&industry=ZZ"}, "industry: unknown value 'ZZ'"),
        ({"query": "metric=scarcity&chain=zz"}, "chain: unknown value 'zz'"),
        ({"formats": []}, "formats: choose at least one"),
        ({"formats": ["doc"]}, "format: unknown value 'doc'"),
        ({"formats": "docx"}, "formats: not a list"),
        ({"language": "fr"}, "language: unknown value 'fr'"),
        ({"kind": 1}, "kind: not a text"),
    ],
)
def test_a_wrong_order_is_one_line_and_leaves_nothing(
    empty: Workspace, words: dict[str, Any], said: str
) -> None:
    client = client_of(room_of(empty))
    body = {"kind": "quality", "query": QUERY, "formats": ["xlsx"], "language": "zh", **words}
    answer = client.post("/api/reports", json=body, headers=ORIGIN)
    assert answer.status_code == 400
    assert said in answer.get_json()["error"]
    assert not (empty.path / "reports").exists()


def test_the_endpoints_take_changes_from_their_own_page_only(empty: Workspace) -> None:
    client = client_of(room_of(empty))
    body = {"kind": "quality", "query": QUERY, "formats": ["xlsx"], "language": "zh"}
    for headers in ({}, {"Origin": "http://evil.example"}):
        assert client.post("/api/reports", json=body, headers=headers).status_code == 403
    assert client.get("/api/reports", headers={"Host": "evil.example"}).status_code == 403
    assert client.get("/api/reports").get_json() == {"reports": []}


def test_files_are_sent_by_name_only_and_a_page_may_not_act(empty: Workspace) -> None:
    room = room_of(empty)
    (entry,) = room.wait([room.preview(room.order("quality", QUERY, ("html",), "zh"))])
    client, name = client_of(room), entry.files[0][0]
    with client.get(f"/api/reports/{entry.id}/files/{name}?look=1") as looked:
        assert looked.status_code == 200
        assert "default-src 'none'" in looked.headers["Content-Security-Policy"]
        assert "attachment" not in looked.headers.get("Content-Disposition", "")
    with client.get(f"/api/reports/{entry.id}/files/{name}") as saved:
        assert saved.headers["Content-Disposition"].startswith("attachment")
    for wrong in ("order.json", "job.json", "..%2forder.json", "x.html"):
        assert client.get(f"/api/reports/{entry.id}/files/{wrong}").status_code == 404
    for wrong in ("20260101000000-abcdef", "..", "manual"):
        assert client.get(f"/api/reports/{wrong}/files/{name}").status_code == 404
        assert client.delete(f"/api/reports/{wrong}", headers=ORIGIN).status_code == 404


def test_a_workspace_that_cannot_be_written_is_told(
    empty: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    room = room_of(empty)
    order = room.order("quality", QUERY, ("xlsx",), "zh")
    monkeypatch.setattr(Path, "mkdir", full)
    with pytest.raises(UserError, match="No space left on device"):
        room.make(order)


def _rewrite(ws: Workspace, **changes: str) -> None:
    """Put something else into every schedule kept, as if it had been so."""
    file = ws.path / "reports" / "schedules.json"
    kept = [{**entry, **changes} for entry in json.loads(file.read_text("utf-8"))]
    file.write_text(json.dumps(kept), encoding="utf-8")
