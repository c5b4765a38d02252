"""The page 数据 and its endpoints without a browser: who may, what is shown, what is refused."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from dash.development.base_component import Component
from flask import Flask
from flask.testing import FlaskClient

from talentmap.answers.office import Office, Pending
from talentmap.answers.viewer import Viewer
from talentmap.api.upload import create_upload_blueprint
from talentmap.intake import ledger
from talentmap.model.workspace import CityProfile, Workspace
from talentmap.privacy.audit import Audit
from talentmap.ui.pages.data import PAGE
from tests.app.fake_desk import FakeDesk
from tests.app.test_ui_shell import HAN, texts

PEOPLE = (
    "人员编号,居住区,学历,来市月份\n"
    "110101199003070038,历下区,硕士,2024-03\n"
    "110101199003071110,历下区,秘密学历,2024-03\n"
    "x3,市中区,本科,2024-13\n"
)
ORIGIN = {"Origin": "http://localhost"}


class OfficeOfWorkspace(Office):
    """An office without a release behind it."""

    def pending(self) -> Pending:
        return Pending(("people-0001",), ())


class DataDesk(FakeDesk):
    """The fake desk with an office."""

    def __init__(self, ws: Workspace) -> None:
        super().__init__()
        self.ws = ws

    def office(self, viewer: Viewer) -> Office:
        return OfficeOfWorkspace(self.ws, viewer)


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    path = tmp_path / "city"
    path.mkdir()
    (path / "city.toml").write_text(CityProfile("370100", "济南市", "Jinan").to_toml(), "utf-8")
    boxes = [shapely.box(117.0, 36.6, 117.1, 36.7), shapely.box(117.1, 36.6, 117.2, 36.7)]
    columns = {
        "code": ["370102", "370103"],
        "name": ["历下区", "市中区"],
        "name_en": ["Lixia", "Shizhong"],
        "geometry": pa.array(shapely.to_wkb(boxes).tolist(), pa.binary()),
    }
    found = Workspace.open(path)
    pq.write_table(pa.table(columns), found.boundary)
    return found


def client_of(ws: Workspace, tier: str = "internal") -> FlaskClient:
    server = Flask(__name__)
    office = OfficeOfWorkspace(ws, Viewer(tier), Audit(ws.audit))
    server.register_blueprint(create_upload_blueprint(office))
    return server.test_client()


@pytest.fixture
def client(ws: Workspace) -> FlaskClient:
    return client_of(ws)


def send(client: FlaskClient, text: str = PEOPLE, name: str = "people.csv") -> str:
    body = text.encode()
    begun = client.post("/api/data/uploads", json={"name": name, "size": len(body)}, headers=ORIGIN)
    id_ = str(begun.get_json()["id"])
    for at in range(0, len(body), 40):
        piece = client.put(
            f"/api/data/uploads/{id_}?offset={at}", data=body[at : at + 40], headers=ORIGIN
        )
        assert piece.status_code == 200, piece.text
    return id_


def choose(client: FlaskClient, id_: str, **columns: str) -> Any:
    said = {"table": "people", "crs": "", "columns": columns}
    return client.post(f"/api/data/uploads/{id_}/choose", json=said, headers=ORIGIN)


def finish(client: FlaskClient, id_: str, what: str, **said: Any) -> dict[str, Any]:
    client.post(f"/api/data/uploads/{id_}/{what}", json=said, headers=ORIGIN)
    until = time.monotonic() + 60
    while time.monotonic() < until:
        job = client.get(f"/api/data/uploads/{id_}").get_json()["job"]
        if job["state"] != "running":
            return dict(job)
        time.sleep(0.02)
    raise AssertionError("it does not end")


def shown(ws: Workspace, upload: str = "", search: str = "", tier: str = "internal") -> str:
    desk = DataDesk(ws)
    parts = [PAGE.fill(slot, desk, Viewer(tier), search, {"upload": upload}) for slot in PAGE.slots]
    return " ".join(texts(parts))


def selects(part: Any) -> dict[str, str]:
    """Return what each drop-down of columns has chosen, by the name of the file's column."""
    if isinstance(part, list | tuple):
        return {k: v for item in part for k, v in selects(item).items()}
    if not isinstance(part, Component):
        return {}
    given = part.to_plotly_json()["props"]  # type: ignore[no-untyped-call]
    if "data-name" in given:
        chosen = [option.value for option in given["children"] if option.selected]
        return {given["data-name"]: chosen[0]}
    return selects(given.get("children"))


def test_a_file_is_corrected_judged_taken_in_and_undone(ws: Workspace, client: FlaskClient) -> None:
    id_ = send(client)
    main = PAGE.slots[0]
    seen = PAGE.fill(main, DataDesk(ws), Viewer("internal"), "", {"upload": id_})
    assert selects(seen) == {
        "人员编号": "person_key",
        "居住区": "home_district",
        "学历": "education",
        "来市月份": "arrived",
    }
    assert choose(client, id_, 学历="").status_code == 200
    seen = PAGE.fill(main, DataDesk(ws), Viewer("internal"), "", {"upload": id_})
    assert selects(seen)["学历"] == ""
    assert choose(client, id_, 学历="education").status_code == 200

    assert finish(client, id_, "judge")["state"] == "done"
    assert ledger.batches(ws) == []
    words = shown(ws, id_)
    assert "核对结果：people.csv" in words
    assert "不是月份或日期" in words
    assert "4" in words  # the row of the file
    for value in ("110101", "秘密学历", "2024-13"):
        assert value not in words

    assert finish(client, id_, "take", replace=False)["state"] == "done"
    (batch,) = ledger.batches(ws)
    assert (batch.accepted, batch.refused) == (2, 1)
    assert "已导入为 people-0001" in shown(ws, id_)
    assert not list((ws.path / "uploads").rglob("*.csv"))
    kept = b"".join(f.read_bytes() for f in ws.path.rglob("*") if f.is_file())
    assert b"110101199003070038" not in kept

    undone = client.post("/api/data/batches/people-0001/undo", json={}, headers=ORIGIN)
    assert undone.get_json() == {"undone": "people-0001"}
    assert "people-0001 已撤销" in shown(ws, id_)
    assert "还没有批次" in shown(ws, id_)
    gone = client.delete(f"/api/data/uploads/{id_}", headers=ORIGIN)
    assert gone.status_code == 200
    assert "把文件拖到这里" in shown(ws, id_)


def test_the_last_batch_of_a_series_can_be_replaced(ws: Workspace, client: FlaskClient) -> None:
    for name in ("people-2026-05.csv", "people-2026-06.csv"):
        id_ = send(client, name=name)
        assert choose(client, id_).status_code == 200
        finish(client, id_, "judge")
        words = shown(ws, id_)
        finish(client, id_, "take", replace=True)
    assert "导入并替换 people-0001" in words
    assert [batch.batch for batch in ledger.batches(ws)] == ["people-0002"]


def test_a_file_that_lacks_a_column_says_which_and_cannot_be_taken_in(
    ws: Workspace, client: FlaskClient
) -> None:
    id_ = send(client, "姓名,备注\n甲,乙\n")
    words = shown(ws, id_)
    assert "还缺必需的列" in words
    assert "核对（不导入）" not in words
    job = finish(client, id_, "take", replace=False)
    assert job["state"] == "failed"


def test_an_unreadable_file_is_told_in_one_line(ws: Workspace, client: FlaskClient) -> None:
    id_ = send(client, "not a zip", "people.xlsx")
    words = shown(ws, id_)
    assert "没有成功，工作区未改变" in words or "还缺必需的列" in words


def test_the_page_speaks_both_languages(ws: Workspace, client: FlaskClient) -> None:
    id_ = send(client)
    choose(client, id_)
    finish(client, id_, "take", replace=False)
    english = set(HAN.findall(shown(ws, id_, "?lang=en")))
    assert english <= {"人员编号", "居住区", "学历", "来市月份"}  # names in the file


def test_few_persons_are_not_told_by_district(ws: Workspace, client: FlaskClient) -> None:
    id_ = send(client)
    choose(client, id_)
    finish(client, id_, "take", replace=False)
    assert "<5" in shown(ws)
    assert "<5" not in shown(ws, tier="authorised")


def test_the_public_sees_that_it_may_not(ws: Workspace) -> None:
    assert "选择文件" not in shown(ws, tier="public")
    answer = client_of(ws, "public").post(
        "/api/data/uploads", json={"name": "a.csv", "size": 3}, headers=ORIGIN
    )
    assert answer.status_code == 403
    assert not (ws.path / "uploads").exists()


def test_a_desk_without_a_workspace_says_so() -> None:
    parts = [PAGE.fill(s, FakeDesk(), Viewer("internal"), "", None) for s in PAGE.slots]
    assert "这里不能导入数据" in " ".join(texts(parts))


@pytest.mark.parametrize("origin", ["", "null", "http://evil.example", "https://localhost"])
def test_another_site_can_change_nothing(ws: Workspace, client: FlaskClient, origin: str) -> None:
    headers = {"Origin": origin} if origin else {}
    for method, path in (
        ("POST", "/api/data/uploads"),
        ("POST", "/api/data/build"),
        ("POST", "/api/data/batches/people-0001/undo"),
        ("DELETE", "/api/data/uploads/" + "0" * 16),
    ):
        answer = client.open(path, method=method, json={}, headers=headers)
        assert answer.status_code == 403, path
        assert "another page" in answer.get_json()["error"]
    assert not (ws.path / "uploads").exists()


def test_another_name_for_this_machine_is_refused(client: FlaskClient) -> None:
    evil = {"Host": "evil.example", "Origin": "http://evil.example"}
    assert client.get("/api/data/build", headers=evil).status_code == 403
    assert client.post("/api/data/build", json={}, headers=evil).status_code == 403


@pytest.mark.parametrize(
    ("path", "said", "words"),
    [
        ("uploads", {"name": "a.csv"}, "size: not a whole number"),
        ("uploads", {"name": 3, "size": 3}, "name: not a text"),
        ("uploads", {"name": "a.exe", "size": 3}, "not a kind of file read"),
        ("uploads", [1], "body: not a JSON object"),
        ("uploads/0000000000000000/judge", {}, "no such file waiting"),
        ("uploads/../../x/judge", {}, ""),
        ("batches/people-0009/undo", {}, "batch: unknown value"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    client: FlaskClient, path: str, said: Any, words: str
) -> None:
    answer = client.post(f"/api/data/{path}", json=said, headers=ORIGIN)
    assert 400 <= answer.status_code < 500
    assert words in (answer.get_json() or {"error": ""})["error"]


@pytest.mark.parametrize("table", ["people", "enterprises", "vacancies", "places"])
def test_a_template_goes_out_and_comes_back(ws: Workspace, client: FlaskClient, table: str) -> None:
    answer = client.get(f"/api/data/templates/{table}.xlsx")
    assert answer.headers["Content-Disposition"].endswith(f'"talentmap-{table}.xlsx"')
    begun = client.post(
        "/api/data/uploads", json={"name": "t.xlsx", "size": len(answer.data)}, headers=ORIGIN
    )
    id_ = begun.get_json()["id"]
    client.put(f"/api/data/uploads/{id_}?offset=0", data=answer.data, headers=ORIGIN)
    words = shown(ws, id_)
    assert "还缺必需的列" not in words
    assert client.get(f"/api/data/uploads/{id_}").get_json()["table"] == table
    assert client.get("/api/data/templates/nobody.xlsx").status_code == 400


def test_wrong_choices_are_named(client: FlaskClient) -> None:
    id_ = send(client)
    assert "column: unknown value" in choose(client, id_, 人员编号="nonsense").get_json()["error"]
    assert "mapping" not in choose(client, id_, 人员编号="person_key").text
    wrong = client.post(
        f"/api/data/uploads/{id_}/choose", json={"table": "x", "crs": ""}, headers=ORIGIN
    )
    assert "table: unknown value 'x'" in wrong.get_json()["error"]


def test_a_piece_too_large_or_out_of_place_is_refused(client: FlaskClient) -> None:
    id_ = send(client)
    path = f"/api/data/uploads/{id_}"
    huge = client.put(f"{path}?offset=0", data=b"x" * (4 * 2**20 + 1), headers=ORIGIN)
    assert "a piece has at most" in huge.get_json()["error"]
    astray = client.put(f"{path}?offset=-1", data=b"x", headers=ORIGIN)
    assert "offset" in astray.get_json()["error"]


def test_what_was_done_is_in_the_audit(ws: Workspace, client: FlaskClient) -> None:
    id_ = send(client)
    choose(client, id_)
    finish(client, id_, "take", replace=False)
    client.post("/api/data/batches/people-0001/undo", json={}, headers=ORIGIN)
    log = (ws.audit / "audit.jsonl").read_text("utf-8")
    assert '"take in"' in log
    assert '"undo"' in log
    assert "people-0001" in log
