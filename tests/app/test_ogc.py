"""OGC API – Features: pages, windows, systems, words of a question, tiers and mistakes."""

from __future__ import annotations

import json
from typing import Any

import pytest
import shapely
from flask import Flask
from flask.testing import FlaskClient

from talentmap.answers.desk import Desk
from talentmap.answers.viewer import Viewer
from talentmap.api.ogc import create_ogc_blueprint
from talentmap.api.ogc_words import MOST
from talentmap.cli import open_desk
from talentmap.model.question import Question
from talentmap.model.workspace import Workspace
from talentmap.privacy.planes import TIER_RULES

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
CELLS = "/ogc/collections/supply_work_cell7/items"
DISTRICTS = "/ogc/collections/supply_work_district/items"


@pytest.fixture(scope="module")
def desk(demo_workspace: Workspace) -> Desk:
    return open_desk(demo_workspace)


def client_of(desk: Desk, tier: str = "internal") -> FlaskClient:
    server = Flask(__name__)
    server.register_blueprint(create_ogc_blueprint(lambda: desk, Viewer(tier)))
    return server.test_client()


@pytest.fixture(scope="module")
def client(desk: Desk) -> FlaskClient:
    return client_of(desk)


def got(client: FlaskClient, path: str, status: int = 200) -> dict[str, Any]:
    answer = client.get(path)
    assert answer.status_code == status, answer.text
    body = json.loads(answer.data)
    assert isinstance(body, dict)
    return body


def link(body: dict[str, Any], rel: str) -> str:
    return next((str(x["href"]) for x in body["links"] if x["rel"] == rel), "")


def all_pages(client: FlaskClient, path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while path:
        body = got(client, path)
        assert body["numberReturned"] == len(body["features"])
        found += body["features"]
        path = link(body, "next")
    return found


def test_the_documents_lead_to_one_another(client: FlaskClient) -> None:
    landing = got(client, "/ogc")
    assert got(client, "/ogc/") == landing
    assert "合成" in landing["description"]
    assert (
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core"
        in (got(client, link(landing, "conformance"))["conformsTo"])
    )
    description = client.get(link(landing, "service-desc"))
    assert description.content_type == "application/vnd.oai.openapi+json;version=3.0"
    page = description.get_json(force=True)
    assert page["components"]["parameters"]["limit"]["schema"]["maximum"] == MOST
    listed = got(client, link(landing, "data"))["collections"]
    assert {f"/collections/{c['id']}/items" for c in listed} <= set(page["paths"])
    for collection in listed:
        alone = got(client, link(collection, "self"))
        assert alone == collection
        columns = got(client, link(collection, "describedby"))["properties"]
        assert all(name.isascii() for name in columns)
        first = got(client, link(collection, "items") + "?limit=1")["features"][0]
        assert set(first["properties"]) <= set(columns)
        assert columns["code"]["title"] == "编码"


@pytest.mark.parametrize("tier", TIER_RULES)
def test_a_tier_sees_its_levels_and_its_own_numbers(desk: Desk, tier: str) -> None:
    client = client_of(desk, tier)
    ids = {c["id"] for c in got(client, "/ogc/collections")["collections"]}
    levels = set(TIER_RULES[tier].levels)
    assert {f"scarcity_{level}" for level in levels - {"enterprise", "person"}} <= ids
    assert ("supply_work_cell9" in ids) == (tier == "authorised")
    assert ("demand_enterprise" in ids) == (tier != "public")
    assert {"places_city", "places_district", "places_park"} <= ids
    found = all_pages(client, DISTRICTS)
    rows = desk.ask(Question("supply", level="district"), Viewer(tier)).table.to_pylist()
    assert [f["properties"] for f in found] == [{"code": r.pop("id"), **r} for r in rows]
    if tier == "public":
        body = got(client, "/ogc/collections/supply_work_cell9/items", 404)
        assert "supply_work_cell9" in body["description"]


def test_every_collection_gives_what_the_desk_answers(client: FlaskClient, desk: Desk) -> None:
    from talentmap.api.ogc_collections import collections

    for id_, collection in collections(desk, Viewer("internal")).items():
        if collection.question is None:
            continue
        matched = got(client, f"/ogc/collections/{id_}/items?limit=1")["numberMatched"]
        assert matched == desk.ask(collection.question, Viewer("internal")).table.num_rows, id_


def test_pages_hold_every_feature_once(client: FlaskClient, desk: Desk) -> None:
    found = all_pages(client, f"{CELLS}?limit=70")
    expected = desk.ask(Question("supply", level="cell7"), Viewer("internal")).table
    assert [f["id"] for f in found] == expected["id"].to_pylist()
    second = got(client, f"{CELLS}?limit=70&offset=70")
    assert second["numberMatched"] == expected.num_rows
    assert link(second, "prev") == f"http://localhost{CELLS}?limit=70"
    beyond = got(client, f"{CELLS}?offset=999999")
    assert (beyond["features"], link(beyond, "next")) == ([], "")


def test_a_window_holds_what_meets_it(client: FlaskClient) -> None:
    box = shapely.box(117.0, 36.6, 117.1, 36.7)
    whole = all_pages(client, CELLS)
    placed = [f for f in whole if f["geometry"]]
    expected = [f["id"] for f in placed
                if shapely.from_geojson(json.dumps(f["geometry"])).intersects(box)]  # fmt: skip
    assert 0 < len(expected) < len(placed)
    west, south, east, north = box.bounds
    texts = {
        f"bbox={west},{south},{east},{north}",
        f"bbox={west},{south},0,{east},{north},100",
        f"bbox={south},{west},{north},{east}&bbox-crs={EPSG}4326",
    }
    for text in texts:
        assert [f["id"] for f in all_pages(client, f"{CELLS}?{text}")] == expected, text
    assert got(client, f"{CELLS}?bbox=0,0,1,1")["numberMatched"] == 0
    world = got(client, f"{CELLS}?bbox=-180,-90,180,90&limit=1")["numberMatched"]
    assert world == len(placed)
    assert got(client, f"{CELLS}?bbox=170,30,118,40&limit=1")["numberMatched"] == len(placed)


def test_systems_have_their_own_order_of_axes(client: FlaskClient) -> None:
    plain = got(client, f"{DISTRICTS}/370102")
    turned = client.get(f"{DISTRICTS}/370102?crs={EPSG}4326")
    assert turned.headers["Content-Crs"] == f"<{EPSG}4326>"
    lon, lat = plain["geometry"]["coordinates"][0][0]
    assert turned.get_json(force=True)["geometry"]["coordinates"][0][0] == [lat, lon]
    metres = got(client, f"{DISTRICTS}/370102?crs={EPSG}3857")["geometry"]["coordinates"][0][0]
    assert metres[0] == pytest.approx(lon * 111_319.49, rel=1e-5)
    assert plain["properties"]["name"] == "历下区"


def test_words_of_a_question_are_parameters(client: FlaskClient, desk: Desk) -> None:
    words = "industry=I&month=2026-03"
    asked = Question("supply", level="district", industry="I", month="2026-03")
    expected = desk.ask(asked, Viewer("internal")).table.to_pylist()
    found = all_pages(client, f"{DISTRICTS}?{words}")
    assert [f["properties"]["value"] for f in found] == [r["value"] for r in expected]
    versus = got(client, f"{DISTRICTS}?versus=2025-06")["features"][0]["properties"]
    assert versus["before"] is not None
    place = got(client, f"{CELLS}?place=district:370102")
    assert place["numberMatched"] < got(client, CELLS)["numberMatched"]
    english = got(client, f"{DISTRICTS}/370102?lang=en")
    assert english["properties"]["name"].isascii()


def test_a_connection_carries_its_words_down_to_the_features(client: FlaskClient) -> None:
    landing = got(client, "/ogc?industry=I&month=2026-03")
    listed = got(client, link(landing, "data"))["collections"]
    one = next(c for c in listed if c["id"] == "supply_work_district")
    assert (
        got(client, link(one, "items"))["features"]
        == (got(client, f"{DISTRICTS}?industry=I&month=2026-03")["features"])
    )
    outlines = next(c for c in listed if c["id"] == "places_district")
    assert got(client, link(outlines, "items"))["numberMatched"] == 12


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        (f"{DISTRICTS}?colour=red", 400, "parameter: unknown value 'colour'"),
        (f"{DISTRICTS}?limit=1&limit=2", 400, "parameter limit is given twice"),
        (f"{DISTRICTS}?limit=0", 400, "limit: '0'"),
        (f"{DISTRICTS}?limit=x", 400, "limit: 'x'"),
        (f"{DISTRICTS}?offset=-1", 400, "offset: '-1'"),
        (f"{DISTRICTS}?bbox=1,2,3", 400, "bbox: '1,2,3'"),
        (f"{DISTRICTS}?bbox=a,b,c,d", 400, "bbox: 'a,b,c,d'"),
        (f"{DISTRICTS}?bbox=1,4,3,2", 400, "lower edge"),
        (f"{DISTRICTS}?bbox=1,nan,3,2", 400, "bbox"),
        (f"{DISTRICTS}?crs=EPSG:9", 400, "crs: unknown value 'EPSG:9'"),
        (f"{DISTRICTS}?bbox-crs=x", 400, "bbox-crs: unknown value"),
        (f"{DISTRICTS}?datetime=yesterday", 400, "datetime: 'yesterday'"),
        (f"{DISTRICTS}?industry=ZZ", 400, "industry: unknown value 'ZZ'"),
        (f"{DISTRICTS}?month=2031-01", 400, "month: 2031-01"),
        (f"{DISTRICTS}?place=district:1", 400, "place"),
        (f"{DISTRICTS}?f=html", 400, "f: unknown value 'html'"),
        (f"{DISTRICTS}?lang=fr", 400, "lang: unknown value 'fr'"),
        ("/ogc?colour=red", 400, "parameter: unknown value 'colour'"),
        (f"{DISTRICTS}?industry=I&education=10&age=3", 4, ""),
        (f"{DISTRICTS}/000000", 404, "none with the id '000000'"),
        ("/ogc/collections/supply", 404, "collection: unknown value 'supply'"),
        ("/ogc/nothing/here", 404, "there is no /ogc/nothing/here"),
    ],
)
def test_a_mistake_is_one_line_of_json(
    client: FlaskClient, path: str, status: int, said: str
) -> None:
    answer = client.get(path)
    assert answer.status_code // 100 == 4
    assert status in (4, answer.status_code)
    assert said in answer.get_json()["description"]
    assert "\n" not in answer.get_json()["description"]


def test_moments_are_taken_though_features_have_none(client: FlaskClient) -> None:
    for moment in ("2026-06-01", "2026-06-01T00:00:00Z/..", "../2026-06-01", "/2026-06-01"):
        assert got(client, f"{DISTRICTS}?datetime={moment}")["numberMatched"] == 12


def test_it_is_read_only_and_for_this_machine(client: FlaskClient) -> None:
    assert client.post(DISTRICTS, json={}).status_code == 405
    assert client.get("/ogc", headers={"Host": "evil.example"}).status_code == 403


def test_looking_leaves_a_line_in_the_audit(demo_workspace: Workspace, tmp_path: Any) -> None:
    from talentmap.cube.release import open_release
    from talentmap.privacy.audit import Audit

    desk = Desk(open_release(demo_workspace), Audit(tmp_path))
    client = client_of(desk)
    got(client, "/ogc/collections")
    assert not (tmp_path / "audit.jsonl").exists()
    got(client, f"{DISTRICTS}?industry=I")
    line = json.loads((tmp_path / "audit.jsonl").read_text("utf-8"))
    assert (line["tier"], line["what"]) == ("internal", "ask")
    assert "industry=I" in line["detail"]
