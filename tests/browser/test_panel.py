"""The panel and the tools round the map, used as somebody does who looks for something."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import geopandas as gpd
import openpyxl
import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from talentmap.model.workspace import Workspace
from tests.browser.conftest import DESK, WAIT_MS, OpenPage
from tests.browser.ready import wait_painted
from tests.browser.serve import served

LIXIA = "district:370102"
expect.set_options(timeout=WAIT_MS)
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def authorised(
    demo_workspace: Workspace, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The same city, served to the authorised tier."""
    log = tmp_path_factory.mktemp("authorised") / "log.txt"
    with served(demo_workspace.path, log, "authorised") as base:
        yield base


@pytest.fixture
def insider(chromium: Browser, authorised: str) -> Iterator[Page]:
    """A page of the authorised server."""
    size: ViewportSize = {"width": DESK["width"], "height": DESK["height"]}
    context = chromium.new_context(viewport=size, locale="zh-CN", base_url=authorised)
    context.set_default_timeout(WAIT_MS)
    yield context.new_page()
    context.close()


def _place(page: Page) -> str:
    return parse_qs(urlsplit(page.url).query).get("place", [""])[0]


def _ask(page: Page, query: str) -> Any:
    answer = page.request.get(f"/api/ask?{query}")
    assert answer.ok, answer.text()
    return answer.json()


def _row(page: Page, level: str, place: str, metric: str) -> dict[str, Any]:
    query = f"metric={metric}&at=work&level={level}&place={place}"
    rows: list[dict[str, Any]] = _ask(page, query)["rows"]
    return rows[0]


def _view(page: Page) -> list[float]:
    found = page.evaluate("[tm.map.getCenter().lng, tm.map.getCenter().lat, tm.map.getZoom()]")
    return [round(float(v), 3) for v in found]


def test_from_the_city_down_to_an_enterprise_and_back(open_page: OpenPage) -> None:
    page = open_page("/?metric=demand&at=work&level=cell8")
    wait_painted(page)
    page.locator("#map-breakdown a.bar", has_text="历下区").click()
    expect(page.locator("#map-top h2")).to_have_text("历下区")
    row = page.locator("#map-list .row-name").first
    name = row.inner_text()
    row.click()
    expect(page.locator("#map-top h2")).to_have_text(name)
    wait_painted(page)
    place = _place(page)
    assert place.startswith("enterprise:")
    openings = _row(page, "enterprise", place, "demand")["value"]
    expect(page.locator("#map-top .kpi.hero .digits").first).to_have_text(f"{openings:,.0f}")
    wanted = page.locator("#map-breakdown .list-row:not(.list-head)")
    expect(wanted.first).to_be_visible()
    expect(page.locator("#map-list")).to_contain_text("附近的同类人才")
    page.wait_for_function("p => tm.points.find(p.split(':')[1]) !== null", arg=place)
    crumbs = page.locator("#map-top .crumbs a")
    crumbs.filter(has_text="历下区").click()
    page.wait_for_url(re.compile("370102"))
    expect(page.locator("#map-top h2")).to_have_text("历下区")
    page.go_back()
    expect(page.locator("#map-top h2")).to_have_text(name)
    page.go_forward()
    expect(page.locator("#map-top h2")).to_have_text("历下区")
    page.locator("#map-top .crumbs a").first.click()
    page.wait_for_function("!new URLSearchParams(location.search).get('place')")
    expect(page.locator("#map-top h2")).to_have_text("济南市")


def test_a_second_click_and_the_button_go_into_a_place(open_page: OpenPage) -> None:
    page = open_page("/?metric=demand&at=work&level=cell8")
    wait_painted(page)
    page.locator("#map-list [role=tab]", has_text="园区").click()
    page.locator("#map-list .row-name").first.dblclick()
    page.wait_for_url(re.compile("place=park:"))
    wait_painted(page)
    assert page.evaluate("tm.map.getBounds().contains(tm.view.boxOf(tm.spec.place))")
    near = _view(page)[2]
    assert near >= 12
    page.evaluate("tm.map.setZoom(10, {animate: false})")
    page.locator("#map-top [data-drill]").click()
    page.wait_for_function("z => tm.map.getZoom() >= z", arg=near - 0.01)


def test_a_bar_filters_everything_and_lets_go_again(open_page: OpenPage) -> None:
    page = open_page(f"/?metric=supply&at=work&level=cell8&place={LIXIA}")
    wait_painted(page)
    before = page.locator("#map-top .kpi.hero .digits").inner_text()
    page.locator("#map-breakdown [role=tab]", has_text="学历").click()
    page.locator("#map-breakdown a.bar", has_text="本科").first.click()
    page.wait_for_url(re.compile("education=B"))
    wait_painted(page)
    filtered = _ask(page, f"metric=supply&at=work&level=district&place={LIXIA}&education=B")
    value = filtered["rows"][0]["value"]
    shown = page.locator("#map-top .kpi.hero .digits")
    expect(shown).not_to_have_text(before)
    assert abs(_number(shown.inner_text()) - value) <= 0.005 * value
    assert "education=B" in page.evaluate("tm.spec.query")
    page.locator("#map-breakdown a.chosen").click()
    page.wait_for_function("!location.search.includes('education')")
    expect(shown).to_have_text(before)


def _number(text: str) -> float:
    return float(text.replace(",", "")) * (10_000 if "万" in text else 1)


def test_the_chart_has_a_table_behind_it(open_page: OpenPage) -> None:
    page = open_page("/?metric=demand&at=work&level=cell8")
    wait_painted(page)
    bars = page.locator("#map-breakdown a.bar")
    named = [bar.locator(".bar-name").inner_text() for bar in bars.all()]
    values = [bar.locator(".bar-value").inner_text() for bar in bars.all()]
    page.locator("#map-breakdown .twin summary").click()
    expect(page.locator("#map-breakdown a.bar").first).to_be_hidden()
    rows = page.locator("#map-breakdown .twin-table tbody tr").all()
    assert [row.locator("th").inner_text() for row in rows] == named
    assert [row.locator("td").first.inner_text() for row in rows] == values


def test_a_link_gives_somebody_else_the_same_picture(open_page: OpenPage) -> None:
    first = open_page(f"/?metric=demand&at=work&industry=C&level=cell8&place={LIXIA}")
    wait_painted(first)
    first.evaluate("tm.map.setView([36.7, 117.1], 11.25, {animate: false})")
    wait_painted(first)
    second = open_page(first.url)
    wait_painted(second)
    assert second.url == first.url
    assert _view(second) == _view(first) == [117.1, 36.7, 11.25]
    assert second.evaluate("tm.spec") == first.evaluate("tm.spec")
    for part in (".sentence", "#map-top", "#map-breakdown", "#map-list"):
        expect(second.locator(part)).to_have_text(
            first.locator(part).inner_text(), use_inner_text=True
        )


def _download(page: Page, selector: str, folder: Path) -> Path:
    page.locator("details.downloads summary").click()
    with page.expect_download() as started:
        page.locator(selector).click()
    file = folder / started.value.suggested_filename
    started.value.save_as(file)
    return file


def test_every_file_can_be_read_back(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page("/?metric=demand&at=work&industry=C&level=district")
    wait_painted(page)
    rows = _ask(page, "metric=demand&at=work&industry=C&level=district")["rows"]
    told = {row["id"]: row["value"] for row in rows if row["value"] is not None}
    text = _download(page, "[data-file=csv]", tmp_path).read_text("utf-8-sig")
    assert "演示数据（合成）" in text
    lines = [line.split(",") for line in text.splitlines() if not line.startswith("#")]
    assert {line[0]: float(line[2]) for line in lines[1:] if line[2]} == told
    workbook = openpyxl.load_workbook(_download(page, "[data-file=xlsx]", tmp_path))
    cover = " ".join(str(c.value) for r in workbook.worksheets[0].iter_rows() for c in r)
    for said in ("metric=demand", "2026-06", "r0001", "岗位数据", "演示数据（合成）"):
        assert said in cover
    table = list(workbook.worksheets[1].iter_rows(values_only=True))
    assert {row[0]: row[2] for row in table[1:] if row[2] is not None} == told
    collection = json.loads(_download(page, "[data-file=geojson]", tmp_path).read_text("utf-8"))
    assert {f["properties"]["id"]: f["properties"]["value"] for f in collection["features"]
            if f["properties"]["value"] is not None} == told  # fmt: skip
    frame = gpd.read_parquet(_download(page, "[data-file=geoparquet]", tmp_path))
    known = frame[frame["value"].notna()]
    assert dict(zip(known["id"], known["value"], strict=True)) == told
    assert frame.crs is not None
    assert frame.crs.equals("OGC:CRS84")
    assert known.geometry.notna().all()


def test_the_picture_is_the_map_twice_as_sharp(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(f"/?metric=demand&at=work&industry=C&level=cell8&place={LIXIA}")
    wait_painted(page)
    file = _download(page, "[data-picture]", tmp_path)
    content = file.read_bytes()
    assert content.startswith(PNG)
    assert file.name == "talentmap-demand-2026-06.png"
    width, height = (int.from_bytes(content[at : at + 4], "big") for at in (16, 20))
    box = page.locator("#map").bounding_box()
    assert box
    assert width == 2 * round(box["width"])
    assert height > 2 * round(box["height"])
    # What the map shows at a point the picture shows at the same point, below its head.
    different = page.evaluate(
        """async (bytes) => {
          const picture = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
          const read = (source, w, h) => {
            const canvas = new OffscreenCanvas(w, h);
            const context = canvas.getContext("2d");
            context.drawImage(source, 0, 0);
            return context.getImageData(0, 0, w, h);
          };
          const drawn = read(picture, picture.width, picture.height);
          const field = document.querySelector("#map canvas.tm-canvas-field");
          const view = tm.stage.view();
          const shown = read(field, field.width, field.height);
          let [compared, off] = [0, 0];
          for (let x = 300; x < view.innerWidth - 20; x += 23) {
            for (let y = 140; y < view.innerHeight - 150; y += 19) {
              const [column, line] = [x + view.padX, y + view.padY]
                .map((v) => Math.round(v * view.dpr));
              const a = 4 * (line * field.width + column);
              if (shown.data[a + 3] !== 255) continue;
              const b = 4 * ((76 + y) * 2 * picture.width + x * 2);
              compared += 1;
              const apart = [0, 1, 2].some(
                (i) => Math.abs(shown.data[a + i] - drawn.data[b + i]) > 24);
              if (apart) off += 1;
            }
          }
          return [compared, off];
        }""",
        list(content),
    )
    compared, off = different
    assert compared > 200
    assert off < 0.12 * compared  # names, edges and outlines lie over the field


@pytest.mark.parametrize(
    ("words", "place"), [("lxq", LIXIA), ("历下", LIXIA), ("changqing", "district:370113")]
)
def test_a_place_is_found_by_keyboard_alone(open_page: OpenPage, words: str, place: str) -> None:
    page = open_page("/?metric=demand&at=work&level=cell8")
    wait_painted(page)
    page.keyboard.press("/")
    page.keyboard.type(words)
    expect(page.locator(".find-option[aria-selected=true]")).to_contain_text("区")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(place))
    expect(page.locator(".find-box")).to_have_count(0)
    wait_painted(page)
    assert page.evaluate("tm.map.getBounds().intersects(tm.view.boxOf(tm.spec.place))")


def test_an_enterprise_and_a_position_are_gone_to(open_page: OpenPage) -> None:
    page = open_page("/?metric=demand&at=work&level=cell8")
    wait_painted(page)
    page.keyboard.press("Control+k")
    page.keyboard.type("ruanjian")
    option = page.locator(".find-group", has_text="企业").locator("+ .find-option")
    name = option.locator(".find-name").inner_text()
    option.click()
    expect(page.locator("#map-top h2")).to_have_text(name)
    wait_painted(page)
    page.wait_for_function("tm.points.find(tm.spec.place.split(':')[1]) !== null")
    page.keyboard.press("/")
    page.keyboard.type("36.651N 117.12E")
    expect(page.locator(".find-option")).to_contain_text("117.12")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"view=117\.1200,36\.6510"))
    assert _view(page)[:2] == [117.12, 36.651]
    page.keyboard.press("/")
    page.keyboard.type("没有这样的名字")
    expect(page.locator(".find-said")).to_contain_text("没有找到")
    page.keyboard.press("Escape")
    expect(page.locator(".find-box")).to_have_count(0)


def test_a_view_is_saved_opened_renamed_and_deleted(open_page: OpenPage) -> None:
    page = open_page(f"/?metric=demand&at=home&industry=C&level=cell8&place={LIXIA}")
    wait_painted(page)
    page.evaluate("tm.map.setView([36.7, 117.1], 11.25, {animate: false})")
    wait_painted(page)
    kept = page.url
    page.locator("[data-views]").click()
    page.locator(".views-save").click()
    page.locator(".views-card input").first.fill("例会：历下制造业")
    page.keyboard.press("Enter")
    row = page.locator(".views-row", has_text="例会：历下制造业")
    expect(row).to_be_visible()
    page.keyboard.press("Escape")
    page.goto("/?metric=supply")
    wait_painted(page)
    page.locator("[data-views]").click()
    row.locator("a").click()
    page.wait_for_url(kept)
    wait_painted(page)
    assert _view(page) == [117.1, 36.7, 11.25]
    expect(page.locator("#map-top h2")).to_have_text("历下区")
    page.locator("[data-views]").click()
    row.locator("button[title=改名]").click()
    page.locator(".views-card input").first.fill("改过名")
    page.keyboard.press("Enter")
    renamed = page.locator(".views-row", has_text="改过名")
    renamed.locator("button[title=删除]").click()
    renamed.locator("button.sure").click()
    expect(renamed).to_have_count(0)


def test_a_lowered_role_sees_less_everywhere(insider: Page) -> None:
    page = insider
    page.goto("/?metric=demand&at=work&level=cell8")
    wait_painted(page)
    assert page.evaluate("tm.spec.resolutions").count(9) == 1
    expect(page.locator("#map-list [role=tab]", has_text="企业")).to_be_visible()
    page.locator("details.account summary").click()
    page.locator("[data-role=public]").click()
    expect(page.locator(".role-mark")).to_have_text("公开")
    page.goto("/?metric=demand&at=work&level=cell7")
    wait_painted(page)
    assert page.evaluate("tm.spec.resolutions") == [7]
    expect(page.locator("#map-list [role=tab]", has_text="企业")).to_have_count(0)
    expect(page.locator(".panel-foot", has_text="个人记录")).to_have_count(0)
    assert page.request.get("/api/ask?metric=demand&level=cell8").status == 403
    page.goto("/?metric=demand&level=person")
    expect(page.locator("#map-sheet")).to_contain_text("当前是“公开”")
    page.locator("details.account summary").click()
    page.locator("[data-role=authorised]").click()
    expect(page.locator(".role-mark")).to_have_count(0)


def test_records_need_a_purpose_and_carry_it(insider: Page, demo_workspace: Workspace) -> None:
    page = insider
    page.goto(f"/?metric=supply&at=work&level=cell8&place={LIXIA}")
    wait_painted(page)
    page.locator(".panel-foot a", has_text="个人记录").click()
    page.locator("[data-purpose]").click()
    expect(page.locator(".purpose-form .form-error")).to_be_visible()
    page.locator("input[name=who]").fill("王五")
    page.locator("input[name=purpose]").fill("核对人才公寓名单")
    page.keyboard.press("Enter")
    table = page.locator(".records-table")
    table.wait_for(timeout=3 * WAIT_MS)  # the page begins anew
    expect(table.locator("tbody tr")).to_have_count(200)
    mark = page.locator(".watermark").evaluate(
        "node => decodeURIComponent(node.style.backgroundImage)"
    )
    assert "王五" in mark
    assert "核对人才公寓名单" in mark
    assert re.search(r"20\d\d-\d\d-\d\d \d\d:\d\d", mark)
    page.locator(".sheet-foot a", has_text="下一页").click()
    expect(table.locator("tbody td").first).to_have_text("201")
    with page.expect_download() as started:
        page.locator(".sheet-foot a", has_text="CSV").click()
    content = BytesIO(Path(started.value.path()).read_bytes()).read().decode("utf-8-sig")
    rows = [line for line in content.splitlines() if line.startswith("201,")]
    assert len(rows) == 1
    assert "王五" in rows[0]
    looks = (demo_workspace.audit / "audit.jsonl").read_text("utf-8")
    assert "核对人才公寓名单" in looks
    page.locator("[data-purpose-end]").click()
    expect(page.locator(".purpose-form")).to_be_visible()
    expect(table).to_have_count(0)
    page.locator(".sheet-close").click()
    page.wait_for_url(re.compile("level=cell8"))
    expect(page.locator("#map-sheet")).to_be_empty()
