"""The card of an enterprise, the records over the map and the account menu, without a browser."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from talentmap.ui.account import account_menu
from talentmap.ui.page import Page
from talentmap.ui.pages.map import PAGE as MAP
from talentmap.ui.pages.map.records import records_csv
from tests.app.fake_desk import FakeDesk, FakeViewer
from tests.app.test_ui_shell import HAN, texts

FIRM = "?metric=scarcity&place=enterprise:E1&industry=I"
PEOPLE = "?metric=supply&level=person&place=district:370102"


def _shown(page: Page, output: str, viewer: FakeViewer, search: str) -> str:
    slot = next(s for s in page.slots if s.output.component_id == output)
    shown = page.fill(slot, FakeDesk(), viewer, search, *[None] * len(slot.more))
    return " ".join(texts(shown)) if shown != "" else ""


def test_the_card_says_what_is_wanted_and_who_is_near() -> None:
    viewer = FakeViewer()
    assert "重点企业" in _shown(MAP, "map-top", viewer, FIRM)
    wants = _shown(MAP, "map-breakdown", viewer, FIRM)
    for words in ("最急需", "计算机", "12", "61", "1.42", "数据不足", "另有 5 个岗位"):
        assert words in wants
    near = _shown(MAP, "map-list", viewer, FIRM)
    for words in ("0–5", "980", "已隐去", "下限"):
        assert words in near


def test_the_card_speaks_english() -> None:
    parts = ("map-breakdown", "map-list")
    said = " ".join(_shown(MAP, part, FakeViewer(), f"{FIRM}&lang=en") for part in parts)
    assert "Computing" in said
    assert not HAN.search(said)


def test_a_public_viewer_is_told_that_there_is_more() -> None:
    assert "更高的权限" in _shown(MAP, "map-top", FakeViewer("public"), FIRM)


@pytest.mark.parametrize(("tier", "sees"), [("public", "5 平方公里"), ("internal", "企业")])
def test_other_tiers_are_told_what_they_see(tier: str, sees: str) -> None:
    said = _shown(MAP, "map-sheet", FakeViewer(tier), PEOPLE)
    assert "只对“授权”权限开放" in said
    assert sees in said


def test_records_ask_for_a_purpose_first() -> None:
    said = _shown(MAP, "map-sheet", FakeViewer("authorised"), PEOPLE)
    assert "用途" in said
    assert "第 1 / 3 页" not in said
    assert _shown(MAP, "map-sheet", FakeViewer("authorised"), "?metric=supply") == ""


def test_records_stand_under_a_watermark_and_the_file_bears_it() -> None:
    viewer = FakeViewer("authorised", purpose="核对<名单>", who="张三", until=1)
    assert "第 2 / 3 页" in _shown(MAP, "map-sheet", viewer, f"{PEOPLE}&page=2")
    slot = next(s for s in MAP.slots if s.output.component_id == "map-sheet")
    drawn = unquote(str(MAP.fill(slot, FakeDesk(), viewer, PEOPLE)))
    assert "张三 · " in drawn
    assert "核对&lt;名单&gt;" in drawn
    rows = records_csv(MAP.visit(FakeDesk(), viewer, PEOPLE)).splitlines()
    assert rows[-1].endswith("核对<名单>")
    assert rows[-1].startswith("1,")


def test_the_account_offers_the_tiers_below() -> None:
    said = " ".join(texts(account_menu(FakeViewer("public"), "zh")))
    assert "内部" in said
    assert "授权" not in said
