"""Single records and the card of an enterprise: who may see what, and that the numbers agree."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest
from typer.testing import CliRunner

from app import create_server
from talentmap.answers.desk import Desk
from talentmap.answers.enterprises import DIMENSIONS
from talentmap.answers.nearby import BANDS_KM, within_reach
from talentmap.answers.records import COLUMNS, PAGE_ROWS
from talentmap.answers.viewer import Viewer
from talentmap.cli import app, open_desk
from talentmap.cube.lattice import Node
from talentmap.model.answer import SCHEMA
from talentmap.model.codes import code_table
from talentmap.model.errors import NotAllowed, UserError
from talentmap.model.question import Question
from talentmap.model.settings import Settings
from talentmap.model.workspace import Workspace
from talentmap.privacy.audit import check_audit

HERE = {"Origin": "http://localhost"}
LOOKER = Viewer("authorised", "核对补贴名单", "张三")
SOFTWARE = Question("supply", level="person", industry="I")


@pytest.fixture(scope="module")
def desk(demo_workspace: Workspace) -> Desk:
    return open_desk(demo_workspace)


@pytest.mark.parametrize("tier", ["public", "internal"])
def test_other_tiers_are_told_what_they_see(desk: Desk, tier: str) -> None:
    with pytest.raises(NotAllowed, match="down to level"):
        desk.ask(SOFTWARE, Viewer(tier, "核对", "张三"))


def test_without_a_purpose_nothing_opens(desk: Desk) -> None:
    with pytest.raises(NotAllowed, match="purpose"):
        desk.ask(SOFTWARE, Viewer("authorised"))


def test_a_record_shows_bands_and_codes_only(desk: Desk) -> None:
    answer = desk.ask(SOFTWARE, LOOKER)
    assert answer.table.column_names == [*SCHEMA.names, *COLUMNS]
    assert len(answer.table) == PAGE_ROWS
    assert answer.table["id"].to_pylist() == [str(n) for n in range(1, PAGE_ROWS + 1)]
    words = json.dumps(answer.table.to_pylist(), ensure_ascii=False)
    assert not re.search(r"[0-9a-f]{15,}|\d{17}|\d+\.\d{3}", words)  # no key, no cell, no position
    known = {p.name.zh for p in desk.info.places["district"]} | {"未知", "市外"}
    assert set(answer.table["home_district"].to_pylist()) <= known


def test_pages_hold_everybody_once(desk: Desk) -> None:
    asked = SOFTWARE.but(place="district:370102")
    first = desk.records(asked, LOOKER)
    total, pages = first.extra["total"], first.extra["pages"]
    assert pages == -(-total // PAGE_ROWS)
    last = desk.records(asked, LOOKER, page=pages)
    assert last.table["id"].to_pylist()[-1] == str(total)
    assert len(desk.records(asked, LOOKER, page=pages + 1).table) == 0
    supply = desk.ask(asked.but(level="district"), LOOKER).table["value"][0].as_py()
    persons = sum(
        sum(desk.records(asked, LOOKER, page=n + 1).table["value"].to_pylist())
        for n in range(pages)
    )
    assert persons == supply


@pytest.mark.parametrize("at", ["home", "work"])
def test_records_of_a_hexagon_and_a_drawn_area_are_those_of_the_map(desk: Desk, at: str) -> None:
    cell = max(desk.names.cells(8).to_pylist(), key=lambda c: c["persons"])
    for place in (f"cell:{cell['id']:x}", f"circle:{cell['lon']:.5f},{cell['lat']:.5f},2"):
        asked = Question("supply", at=at, level="person", place=place)
        records = desk.records(asked, LOOKER)
        level = "area" if place.startswith("circle") else "cell8"
        supply = desk.ask(asked.but(level=level), LOOKER).table["value"][0].as_py()
        assert records.extra["total"] == supply > 0


def test_every_look_is_in_the_audit_with_its_purpose(desk: Desk, demo_workspace: Workspace) -> None:
    file = demo_workspace.audit / "audit.jsonl"
    before = len(file.read_text("utf-8").splitlines()) if file.exists() else 0
    for _ in range(2):  # a second look is a look too
        desk.records(SOFTWARE, LOOKER)
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()[before:]]
    looks = [line for line in lines if line["what"] == "records"]
    assert [(x["purpose"], x["who"], x["tier"]) for x in looks] == [
        ("核对补贴名单", "张三", "authorised")
    ] * 2
    assert check_audit(demo_workspace.audit) == []


def test_the_command_line_asks_for_a_purpose(demo_workspace: Workspace) -> None:
    asked = ["ask", str(demo_workspace.path), "level=person&place=district:370102"]
    refused = CliRunner().invoke(app, [*asked, "--as", "authorised"])
    assert isinstance(refused.exception, NotAllowed)
    shown = CliRunner().invoke(app, [*asked, "--as", "authorised", "--purpose", "核对名单"])
    assert shown.exit_code == 0
    assert "home_district" in shown.stdout.splitlines()[0]
    assert len(shown.stdout.splitlines()) == PAGE_ROWS + 1


def test_the_endpoint_needs_the_purpose_cookie(demo_workspace: Workspace) -> None:
    server = create_server(Settings(demo_workspace.path, tier="authorised"))
    with server.test_client() as client:
        path = "/api/records?place=district:370102&page=2"
        assert client.get(path).status_code == 403
        said = {"purpose": "核对补贴名单", "who": "张三"}
        client.post("/api/role/purpose", json=said, headers=HERE)
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer.get_json()["rows"][0]["id"] == str(PAGE_ROWS + 1)
        assert answer.headers["Cache-Control"] == "no-store"
        client.delete("/api/role/purpose", headers=HERE)
        assert client.get(path).status_code == 403
        client.post("/api/role", json={"tier": "internal"}, headers=HERE)
        client.post("/api/role/purpose", json=said, headers=HERE)
        assert client.get(path).status_code == 403


# ---------------------------------------------------------------- the enterprise


@pytest.fixture(scope="module")
def firm(desk: Desk) -> str:
    """The enterprise with most openings."""
    rows = desk.ask(Question("demand", level="enterprise"), Viewer("internal")).table.to_pylist()
    placed = [row for row in rows if row["status"] == "ok" and len(row["id"]) > 10]
    return str(max(placed, key=lambda row: row["value"])["id"])


def test_the_card_adds_up(desk: Desk, firm: str) -> None:
    asked = Question("scarcity", place=f"enterprise:{firm}", industry="I")
    answer = desk.enterprise(asked, Viewer("internal"))
    row = answer.table.to_pylist()[0]
    card = answer.extra
    assert card["enterprise"]["code"] == firm == row["id"]
    assert card["enterprise"]["name"] == row["name"]
    for name in DIMENSIONS:
        listed = card["wanted"][name]
        assert [x["openings"] for x in listed] == sorted(
            (x["openings"] for x in listed), reverse=True
        )
        assert sum(x["openings"] for x in listed) + card["unspecified"][name] <= row["value"]
    by_title = card["wanted"]["title"]
    whole = sum(x["openings"] for x in by_title) + card["unspecified"]["title"]
    assert len(by_title) == 6 or whole == row["value"]
    assert all(x["days"] > 0 for x in card["wanted"]["specialty"])
    assert {x["scarcity"]["status"] for x in card["wanted"]["specialty"]} <= {
        "ok", "insufficient", "suppressed",
    }  # fmt: skip


def test_who_is_near_is_counted_from_what_is_published(desk: Desk, firm: str) -> None:
    release, month = desk.release, desk.info.month
    row = next(r for r in release.table("enterprises").to_pylist() if r["code"] == firm)
    code = desk.enterprise(
        Question(place=f"enterprise:{firm}"), Viewer("internal")
    ).extra["wanted"]["specialty"][0]["id"]  # fmt: skip
    exact, hidden = within_reach(
        release, "authorised", row["lon"], row["lat"], "specialty", code, month
    )
    assert hidden == 0
    truth = _truth(desk, row["lon"], row["lat"], code)
    assert exact == pytest.approx(truth)
    seen, missing = within_reach(
        release, "internal", row["lon"], row["lat"], "specialty", code, month
    )
    assert seen.sum() <= exact.sum()
    assert missing > 0 or seen.sum() == exact.sum()


def _truth(desk: Desk, lon: float, lat: float, code: str) -> np.ndarray:
    """Count people by the distance of their hexagon's centre, straight from the true node."""
    counts = desk.release.counts("authorised", Node("home", "cell8", ("specialty",), ""))
    wanted = desk.release.codebooks["specialty"].integers([code])
    cells = {c["id"]: (c["lon"], c["lat"]) for c in desk.names.cells(8).to_pylist()}
    bands = np.zeros(len(BANDS_KM) - 1)
    column = counts.months.index(desk.info.month)
    codes = counts.dims["specialty"]
    for k, cell in enumerate(counts.ids.tolist()):
        if cell <= 0 or codes[k] not in wanted:
            continue
        x, y = cells[cell]
        north = np.radians(y - lat)
        east = np.radians(x - lon)
        half = np.sin(north / 2) ** 2 + np.cos(np.radians(lat)) * np.cos(np.radians(y)) * (
            np.sin(east / 2) ** 2
        )
        km = 2 * 6371.0088 * np.arcsin(np.sqrt(half))
        if km < BANDS_KM[-1]:
            bands[np.searchsorted(BANDS_KM, km, side="right") - 1] += counts.measures["persons"][
                k, column
            ]
    return bands


def test_the_card_is_for_tiers_with_enterprises(desk: Desk, firm: str) -> None:
    asked = Question(place=f"enterprise:{firm}")
    with pytest.raises(NotAllowed, match="enterprise"):
        desk.enterprise(asked, Viewer("public"))
    with pytest.raises(UserError, match="enterprise"):
        desk.enterprise(asked.but(place="district:370102"), Viewer("internal"))
    with pytest.raises(UserError, match="no enterprise"):
        desk.enterprise(asked.but(place="enterprise:NOBODY"), Viewer("internal"))


def test_names_come_in_both_languages(desk: Desk, firm: str) -> None:
    for language in ("zh", "en"):
        card = desk.enterprise(
            Question(place=f"enterprise:{firm}"), Viewer("internal"), language
        ).extra
        industry = card["enterprise"]["industry"]
        assert industry["name"] == code_table("industry").name(industry["id"], language)
