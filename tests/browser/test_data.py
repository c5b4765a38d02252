"""The page 数据 in a browser: a file up, a column corrected, judged, taken in, undone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from talentmap.intake import ledger
from talentmap.model.workspace import Workspace
from tests.browser.conftest import DESK, WAIT_MS
from tests.browser.serve import served
from tests.browser.watch import Watch

ROWS = """人员编号,居住区,读书情况,来市月份
a1,历下区,硕士,2024-03
a2,市中区,本科,2024-04
a3,历下区,大专,2024-13
"""


@pytest.fixture
def workspace(demo_workspace: Workspace, tmp_path: Path) -> Workspace:
    """A copy of the demo city that this test may change."""
    shutil.copytree(demo_workspace.path, tmp_path / "city")
    return Workspace.open(tmp_path / "city")


@pytest.fixture
def page(
    chromium: Browser, workspace: Workspace, tmp_path: Path, watches: list[Watch]
) -> Iterator[Page]:
    """The page 数据 of that copy; afterwards it may not have misbehaved."""
    with served(workspace.path, tmp_path / "log.txt") as base:
        context = chromium.new_context(viewport=DESK, locale="zh-CN", base_url=base)  # type: ignore[arg-type]
        context.set_default_timeout(WAIT_MS)
        watches.append(Watch(context, base))
        page = context.new_page()
        page.goto("/data")
        yield page
        context.close()
        watches[0].check()


def upload(page: Page, file: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="选择文件").click()
    chooser.value.set_files(file)


def test_a_file_goes_all_the_way_and_back(page: Page, workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(ROWS, encoding="utf-8")
    before = len(ledger.batches(workspace))

    upload(page, file)
    column = page.locator('select[data-name="读书情况"]')
    expect(column).to_have_value("")
    column.select_option("education")
    expect(page.locator("tr", has=column)).to_contain_text("手工指定")
    expect(column).to_have_value("education")

    page.get_by_role("button", name="核对（不导入）").click()
    expect(page.locator(".report")).to_contain_text("不是月份或日期")
    expect(page.locator(".total", has_text="接收")).to_contain_text("2")
    assert "2024-13" not in page.locator("#data-intake").inner_text()
    assert len(ledger.batches(workspace)) == before

    page.get_by_role("button", name="导入", exact=True).click()
    expect(page.locator("#data-intake")).to_contain_text("已导入为 people-0002")
    batch = page.locator(".batch-table tr", has_text="people-0002")
    expect(batch).to_contain_text("people.csv")
    expect(page.locator("#data-build")).to_contain_text("1 个批次尚未进入这一版")

    batch.locator("summary").click()
    page.get_by_role("button", name="确定撤销").click()
    expect(batch).to_have_count(0)
    expect(page.locator("#data-intake")).to_contain_text("people-0002 已撤销")
    assert len(ledger.batches(workspace)) == before


def test_a_file_of_no_kind_we_read_is_told_where_it_was_dropped(
    page: Page, tmp_path: Path, workspace: Workspace, watches: list[Watch]
) -> None:
    watches[0].expect("400")
    file = tmp_path / "people.exe"
    file.write_bytes(b"MZ")
    with page.expect_response(lambda answer: answer.status == 400):
        upload(page, file)
    expect(page.locator(".drop-error")).to_contain_text("people.exe: not a kind of file read")
    expect(page.get_by_role("button", name="选择文件")).to_be_visible()
    assert not list((workspace.path / "uploads").glob("*"))


def test_the_upload_that_is_open_survives_a_reload(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(ROWS, encoding="utf-8")
    upload(page, file)
    expect(page.locator("table.mapping")).to_be_visible()
    page.reload()
    expect(page.locator("table.mapping")).to_be_visible()
    page.get_by_role("button", name="放弃").click()
    expect(page.get_by_role("button", name="选择文件")).to_be_visible()
