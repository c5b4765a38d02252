"""The page 报告 without a browser: what it says in both languages, and when nothing is there."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from talentmap.answers.viewer import Viewer
from talentmap.model.workspace import CityProfile, Workspace
from talentmap.reports.room import Room
from talentmap.reports.schedules import Schedules
from talentmap.reports.shelf import Order, Shelf
from talentmap.ui.pages.reports import PAGE
from tests.app.fake_desk import FakeDesk, FakeViewer
from tests.app.test_ui_shell import HAN, texts

_LATIN = re.compile(r"\b(?!DOCX|XLSX|PDF|HTML|Word|Excel|KB|MB|B\b|r\d)[A-Za-z]{3,}\b")
QUERY = "metric=scarcity&at=work&level=city&place=district:370102&industry=I&month=2026-05"


class ReportDesk(FakeDesk):
    """The fake desk with a room of reports."""

    def __init__(self, ws: Workspace) -> None:
        super().__init__()
        self.ws = ws

    def reports(self, viewer: Viewer) -> Room:
        return Room(self.ws, self, viewer)  # type: ignore[arg-type]


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    (tmp_path / "city.toml").write_text(CityProfile("370100", "济南市", "Jinan").to_toml(), "utf-8")
    return Workspace.open(tmp_path)


def shown(ws: Workspace, search: str = "", tier: str = "internal", opened: str = "") -> str:
    desk, state = ReportDesk(ws), {"open": opened}
    parts = [PAGE.fill(slot, desk, FakeViewer(tier), search, state) for slot in PAGE.slots]
    return " ".join(texts(parts))


def failed(ws: Workspace, error: str) -> str:
    shelf = Shelf(ws.path)
    entry = shelf.add(Order("shortage", QUERY, ("docx",), "zh", "internal"))
    state = {"kind": "shortage", "state": "failed", "error": error}
    shelf.job(entry)._write(type(entry.state)(**state))  # type: ignore[arg-type]
    return entry.id


def test_an_empty_page_says_what_to_do(ws: Workspace) -> None:
    said = shown(ws)
    for words in ("新报告", "人才紧缺报告", "还没有生成过报告", "没有定时报告", "还没有预览"):
        assert words in said
    assert not _LATIN.search(said), _LATIN.search(said)
    assert not HAN.search(shown(ws, "?lang=en"))


def test_entries_and_schedules_are_told_in_words(ws: Workspace) -> None:
    failed(ws, "report: every number of “x” is hidden to protect persons; take a filter away")
    order = Order("district", QUERY, ("pdf",), "zh", "internal")
    from datetime import UTC, datetime

    Schedules(ws.path).add(order, "monthly", "月报", 5, datetime(2026, 7, 1, tzinfo=UTC), "r0002")
    said = shown(ws)
    assert "济南市历下区，信息传输、软件和信息技术服务业，2026年5月" in said
    assert "为保护个人信息全部隐去" in said
    assert "hidden to protect" not in said
    assert "人才简报 · 每月 5 日" in said
    assert "当时最新月份" in said
    assert "370102" not in said
    assert "None" not in said


def test_a_scope_that_is_gone_is_said_so(ws: Workspace) -> None:
    gone = QUERY.replace("370102", "999999")
    Shelf(ws.path).add(Order("shortage", gone, ("docx",), "zh", "internal"))
    assert "其中的条件已不在当前数据里" in shown(ws)


def test_a_lower_tier_sees_neither_reports_nor_schedules_of_a_higher(ws: Workspace) -> None:
    failed(ws, "x")
    said = shown(ws, tier="public")
    assert "还没有生成过报告" in said
    assert "设为定时" not in said


def test_a_preview_that_is_gone_is_an_empty_preview(ws: Workspace) -> None:
    id_ = failed(ws, "x")
    assert "预览：人才紧缺报告" in shown(ws, opened=id_)
    shutil.rmtree(ws.path / "reports")
    assert "还没有预览" in shown(ws, opened=id_)
    assert "还没有预览" in shown(ws, opened="../../etc")


def test_a_server_without_a_workspace_says_so() -> None:
    slot = next(slot for slot in PAGE.slots if slot.main)
    assert "这里不能生成报告" in " ".join(
        texts(PAGE.fill(slot, FakeDesk(), FakeViewer(), "", None))
    )
