"""The page 报告 in a browser: previewed, made, fetched and read back; scheduled, deleted."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from talentmap.model.workspace import Workspace
from talentmap.reports.clock import LOOK_SECONDS
from tests.browser.conftest import DESK, WAIT_MS
from tests.browser.serve import served
from tests.browser.watch import Watch

MADE_MS = 180_000  # a report takes seconds, on a shared machine a minute
QUERY = "metric=scarcity&at=work&level=city&place=district:370102&by=district"


@pytest.fixture
def workspace(demo_workspace: Workspace, tmp_path: Path) -> Workspace:
    """A copy of the demo city that this test may change."""
    shutil.copytree(demo_workspace.path, tmp_path / "city")
    return Workspace.open(tmp_path / "city")


@pytest.fixture
def page(
    chromium: Browser, workspace: Workspace, tmp_path: Path, watches: list[Watch]
) -> Iterator[Page]:
    """The page 报告 of that copy; afterwards it may not have misbehaved."""
    with served(workspace.path, tmp_path / "log.txt") as base:
        context = chromium.new_context(viewport=DESK, locale="zh-CN", base_url=base)  # type: ignore[arg-type]
        context.set_default_timeout(WAIT_MS)
        watches.append(Watch(context, base))
        page = context.new_page()
        page.goto(f"/reports?{QUERY}")
        yield page
        context.close()
        watches[0].check()


def fetched(page: Page, suffix: str, folder: Path) -> Path:
    with page.expect_download() as download:
        page.locator(".history-table a.file", has_text=suffix).first.click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def test_a_report_is_looked_at_made_fetched_and_deleted(page: Page, tmp_path: Path) -> None:
    expect(page.locator(".kind[aria-current]")).to_contain_text("人才简报")
    # The first visit of a tab makes the preview by itself.
    sheet = page.frame_locator("iframe.preview-sheet")
    expect(page.locator("iframe.preview-sheet")).to_be_visible(timeout=MADE_MS)
    expect(sheet.locator("body")).to_contain_text("历下区", timeout=MADE_MS)

    page.get_by_role("button", name="XLSX").click()
    expect(page.locator('.order [data-value="xlsx"]')).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="生成").click()
    row = page.locator(".history-table tbody tr").first
    expect(row.locator("a.file")).to_have_count(2, timeout=MADE_MS)
    expect(row).to_contain_text("济南市历下区")

    document = docx.Document(str(fetched(page, "DOCX", tmp_path)))
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "历下区" in said
    assert document.tables
    book = openpyxl.load_workbook(fetched(page, "XLSX", tmp_path))
    assert len(book.sheetnames) > 1
    assert "合成" in " ".join(str(c.value) for line in book.worksheets[0].iter_rows() for c in line)

    row.get_by_text("删除", exact=True).click()
    row.get_by_role("button", name="确定删除").click()
    expect(page.locator("#reports-history")).to_contain_text("还没有生成过报告")


def test_a_schedule_after_each_build_is_run_by_the_server(
    page: Page, workspace: Workspace, watches: list[Watch]
) -> None:
    watches[0].expect("400")  # a folder no disk takes
    page.get_by_text("设为定时").click()
    page.get_by_role("button", name="每次构建后").click()
    page.locator("#reports-folder").fill("月报/周报")
    page.get_by_role("button", name="确定", exact=True).click()
    expect(page.locator(".order .data-note")).to_contain_text("folder:")
    page.locator("#reports-folder").fill("月报")
    page.get_by_role("button", name="确定", exact=True).click()
    schedule = page.locator(".schedule")
    expect(schedule).to_contain_text("人才简报 · 每次构建后")
    expect(schedule).to_contain_text("还没有运行过")
    # As if the release it was made at had been another one: a build has been since.
    file = workspace.path / "reports" / "schedules.json"
    kept = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps([{**kept[0], "release": "r0000-000000"}]), encoding="utf-8")
    made = workspace.path / "reports" / "月报"
    page.wait_for_timeout(1000 * LOOK_SECONDS + 5_000)
    assert len(list(made.iterdir())) == 1
    page.reload()
    row = page.locator(".history-table tbody tr")
    expect(row.locator("a.file")).to_have_count(1, timeout=MADE_MS)
    expect(row).to_contain_text("定时")
    expect(schedule).to_contain_text("上次")
    schedule.get_by_text("取消", exact=True).click()
    schedule.get_by_role("button", name="确定取消").click()
    expect(page.locator("#reports-schedules")).to_contain_text("没有定时报告")
    expect(row).to_have_count(1)
