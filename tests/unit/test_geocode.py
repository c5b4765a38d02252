"""Addresses looked up online: off by default, paced, cached by hash, believed where it fits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from talentmap.intake.crs import wgs84_to_gcj02
from talentmap.intake.geocode.client import Client, Unreachable
from talentmap.intake.geocode.geocoder import Geocoder, open_geocoder
from talentmap.intake.geocode.provider import City, Denied, Spent
from talentmap.intake.geocode.settings import GeocoderSettings, geocoder_settings
from talentmap.intake.importer import import_file
from talentmap.intake.ledger import record_files
from talentmap.intake.report import BatchReport
from talentmap.model.errors import UserError
from talentmap.model.schemas import DISTRICT, EXACT, NONE, PLACE
from talentmap.model.workspace import CityProfile, Workspace
from talentmap.privacy.pseudonyms import Pseudonyms
from tests.unit.geocode_stand_in import StandIn, stand_in

ROAD = "济南市历下区经十路1号"
LON, LAT = 117.05, 36.65
HEAD = "统一社会信用代码,企业名称,地址,区县,经度,纬度\n"
CODES = ("913701001630400003", "913701001630400016", "913701001630400029", "91370100163040003C")


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    """A stand-in that is configured as Amap with the right key."""
    with stand_in() as found:
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        monkeypatch.setenv("TALENTMAP_GEOCODER", "amap")
        monkeypatch.setenv("TALENTMAP_GEOCODER_URL", found.url)
        monkeypatch.setenv("TALENTMAP_GEOCODER_KEY", "good")
        yield found


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    """A city of two districts: longitudes 117 to 117.1 and 117.1 to 117.2."""
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


def gcj02(lon: float = LON, lat: float = LAT) -> dict[str, float]:
    x, y = wgs84_to_gcj02(np.array([lon]), np.array([lat]))
    return {"lon": float(x[0]), "lat": float(y[0])}


def settings(ws: Workspace, **more: str) -> GeocoderSettings:
    lines = "".join(f"{name} = {value}\n" for name, value in more.items())
    profile = CityProfile("370100", "济南市", "Jinan").to_toml()
    (ws.path / "city.toml").write_text(f"{profile}\n[geocoder]\n{lines}", "utf-8")
    found = geocoder_settings(ws)
    assert found is not None
    return found


def client(ws: Workspace) -> tuple[Client, list[float]]:
    """A client in a time of its own, and what it slept."""
    slept: list[float] = []
    now = [0.0]

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    city = City("370100", "济南市")
    return Client(settings(ws, per_second="1000"), city, sleep, lambda: now[0]), slept


def geocoder(ws: Workspace, **more: str) -> Geocoder:
    settings(ws, per_second="1000", **more)
    found = open_geocoder(ws, Pseudonyms(b"k" * 32).of, online=True)
    assert found is not None
    return found


def take(ws: Workspace, rows: str, **more: object) -> BatchReport:
    file = ws.path.parent / "enterprises.csv"
    file.write_text(HEAD + rows, encoding="utf-8")
    key = Pseudonyms(b"k" * 32).of
    return import_file(ws, "enterprises", file, pseudonym=key, **more)  # type: ignore[arg-type]


def test_nothing_is_asked_unless_an_administrator_says_so(ws: Workspace) -> None:
    assert geocoder_settings(ws) is None
    assert open_geocoder(ws, Pseudonyms(b"k" * 32).of, online=True) is None


def test_without_a_key_for_hashes_there_is_no_cache_and_no_question(
    ws: Workspace, service: StandIn
) -> None:
    assert open_geocoder(ws, None, online=True) is None


def test_amap_answers_in_gcj02_and_we_keep_wgs84(ws: Workspace, service: StandIn) -> None:
    service.known[ROAD] = gcj02()
    point = geocoder(ws).find([ROAD]).points[ROAD]
    assert abs(gcj02()["lon"] - LON) > 0.004
    assert (point.lon, point.lat) == pytest.approx((LON, LAT), abs=1e-7)
    assert service.asked == [{"key": "good", "address": ROAD, "city": "370100", "output": "JSON"}]


def test_tianditu_is_asked_within_the_city_and_taken_as_it_is(
    ws: Workspace, service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALENTMAP_GEOCODER", "tianditu")
    service.known["济南市经十路1号"] = {"lon": LON, "lat": LAT}
    service.known["济南市泉城路9号"] = {"lon": LON, "lat": LAT, "score": 30}
    found = geocoder(ws).find(["经十路1号", "泉城路9号", "无名路3号"])
    assert (found.points["经十路1号"].lon, found.points["经十路1号"].lat) == (LON, LAT)
    assert list(found.points) == ["经十路1号"]
    assert json.loads(service.asked[0]["ds"]) == {"keyWord": "济南市无名路3号"}


@pytest.mark.parametrize("level", ["区县", "市", "未知"])
def test_an_area_is_no_point(ws: Workspace, service: StandIn, level: str) -> None:
    service.known[ROAD] = {**gcj02(), "level": level}
    assert geocoder(ws).find([ROAD]).points == {}


def test_an_address_is_asked_once_and_kept_without_its_text(
    ws: Workspace, service: StandIn
) -> None:
    service.known[ROAD] = gcj02()
    geocoder(ws).find([ROAD, f" {ROAD} ", "不知道的地方", "短"])
    again = geocoder(ws)
    assert list(again.find([ROAD, "不知道的地方"]).points) == [ROAD]
    assert again.asked == 0
    assert sorted(words["address"] for words in service.asked) == sorted([ROAD, "不知道的地方"])
    kept = b"".join(file.read_bytes() for file in ws.path.glob("geocode*"))
    assert kept
    for piece in ("经十路", "不知道"):
        assert piece.encode() not in kept


def test_another_key_finds_nothing_in_the_cache(ws: Workspace, service: StandIn) -> None:
    geocoder(ws).find([ROAD])
    other = open_geocoder(ws, Pseudonyms(b"x" * 32).of, online=False)
    assert other is not None
    assert other.find([ROAD]).left == (ROAD,)


@pytest.mark.parametrize(
    "trouble",
    [
        (500, "oops"),
        (503, ""),
        (200, "<html>maintenance</html>"),
        (200, "[]"),
        (200, '{"status": "0", "infocode": "10021", "info": "CUQPS_HAS_EXCEEDED_THE_LIMIT"}'),
    ],
)
def test_a_trouble_that_passes_is_waited_for(
    ws: Workspace, service: StandIn, trouble: tuple[int, str]
) -> None:
    service.known[ROAD] = gcj02()
    service.troubles.extend([trouble, trouble])
    asking, slept = client(ws)
    assert asking.ask(ROAD) is not None
    assert [wait for wait in slept if wait >= 0.5] == [0.5, 1.0]


def test_the_service_says_how_long_to_wait(ws: Workspace, service: StandIn) -> None:
    service.troubles.append((429, ""))
    asking, slept = client(ws)
    asking.ask(ROAD)
    assert max(slept) == 7.0


def test_a_trouble_that_stays_is_given_up(ws: Workspace, service: StandIn) -> None:
    service.troubles.extend([(500, "")] * 9)
    with pytest.raises(Unreachable, match="HTTP 500"):
        client(ws)[0].ask(ROAD)
    assert len(service.asked) == 4


def test_a_redirection_is_not_followed(ws: Workspace, service: StandIn) -> None:
    service.troubles.append((302, ""))
    with pytest.raises(Unreachable, match="HTTP 302"):
        client(ws)[0].ask(ROAD)


def test_quota_and_key_are_told_apart(ws: Workspace, service: StandIn) -> None:
    over = {"status": "0", "infocode": "10003", "info": "DAILY_QUERY_OVER_LIMIT"}
    service.troubles.extend([(200, json.dumps(over)), (403, "")])
    with pytest.raises(Spent):
        client(ws)[0].ask(ROAD)
    with pytest.raises(Denied, match="HTTP 403"):
        client(ws)[0].ask(ROAD)


def test_no_more_is_asked_a_second_than_is_allowed(ws: Workspace, service: StandIn) -> None:
    asking, slept = client(ws)
    slow = Client(settings(ws, per_second="4"), asking.city, asking.sleep, asking.clock)
    for _ in range(3):
        slow.ask(ROAD)
    assert slept == [0.25, 0.25]


def test_a_service_that_is_down_is_asked_for_one_address_only(ws: Workspace) -> None:
    with stand_in() as gone:
        url = gone.url
    found = geocoder_at(ws, url).find([f"{ROAD}{n}" for n in range(50)])
    assert len(found.left) == 50


def geocoder_at(ws: Workspace, url: str) -> Geocoder:
    patch = pytest.MonkeyPatch()
    with patch.context() as at:
        at.setenv("NO_PROXY", "127.0.0.1")
        at.setenv("TALENTMAP_GEOCODER_KEY", "good")
        found = geocoder(ws, provider='"amap"', url=f'"{url}"')
    found.client.sleep = lambda _: None
    return found


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"provider": '"baidu"'}, "geocoder: unknown value 'baidu'"),
        ({"provider": '"amap"', "url": '"ftp://x/y"'}, "not an http or https address"),
        ({"provider": '"amap"', "per_second": "0"}, "per_second: not a number above 0"),
        ({"provider": '"amap"', "per_import": "true"}, "per_import: not a number above 0"),
        ({"provider": '"amap"', "send": '["id"]'}, "send: unknown value 'id'"),
        ({"provider": '"amap"', "send": '"address"'}, "send: not a list"),
    ],
)
def test_a_wrong_setting_is_named(
    ws: Workspace, given: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALENTMAP_GEOCODER_KEY", "good")
    with pytest.raises(UserError, match=said):
        settings(ws, **given)


def test_a_provider_without_a_key_is_a_mistake(ws: Workspace) -> None:
    with pytest.raises(UserError, match="TALENTMAP_GEOCODER_KEY: the geocoder amap needs a key"):
        settings(ws, provider='"amap"')


def test_a_damaged_cache_is_told(ws: Workspace, service: StandIn) -> None:
    (ws.path / "geocode.sqlite").write_bytes(b"no database" * 100)
    with pytest.raises(UserError, match=r"geocode\.sqlite: not a readable cache"):
        geocoder(ws).find([ROAD])


def test_the_ladder_takes_an_address_where_nothing_better_is_known(
    ws: Workspace, service: StandIn
) -> None:
    service.known[ROAD] = gcj02()
    service.known["经十路2号院内"] = gcj02(117.15)
    rows = (
        f"{CODES[0]},甲,{ROAD},,,\n"  # by its address
        f"{CODES[1]},乙,经十路2号院内,历下区,,\n"  # found in another district: not believed
        f"{CODES[2]},丙,无名路3号,,,\n"  # not found
        f"{CODES[3]},丁,{ROAD},,117.02,36.61\n"  # knows better
    )
    report = take(ws, rows)
    found = pq.read_table(record_files(ws, "enterprises")[0]).to_pylist()
    assert [row["precision"] for row in found] == [PLACE, DISTRICT, NONE, EXACT]
    assert [row["district"] for row in found] == ["370102", "370102", None, "370102"]
    assert found[0]["cell"] is not None
    assert found[0]["lon"] == pytest.approx(LON, abs=1e-7)
    said = " / ".join(report.caveats)
    assert "geocoder amap: 1 rows: placed by their address, 3 addresses sent" in said
    assert "geocoder amap: 1 rows: address not found" in said
    assert "geocoder amap: 1 rows: address found elsewhere than the row says: not used" in said


def test_a_dry_run_asks_nobody(ws: Workspace, service: StandIn) -> None:
    report = take(ws, f"{CODES[0]},甲,{ROAD},,,\n", dry_run=True)
    assert service.asked == []
    assert any("1 rows: address not looked up: a dry run asks" in c for c in report.caveats)


def test_an_import_asks_no_more_than_it_may(ws: Workspace, service: StandIn) -> None:
    settings(ws, per_import="2", per_second="1000")
    rows = "".join(f"{code},甲,无名路{n}00号,,,\n" for n, code in enumerate(CODES))
    report = take(ws, rows)
    assert len(service.asked) == 2
    assert any("2 rows: address not looked up: as many as" in c for c in report.caveats)


def test_a_refused_key_ends_the_import_in_one_line(
    ws: Workspace, service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALENTMAP_GEOCODER_KEY", "bad")
    with pytest.raises(UserError, match=r"INVALID_USER_KEY \(10001\); see TALENTMAP") as caught:
        take(ws, f"{CODES[0]},甲,{ROAD},,,\n")
    assert "bad" not in str(caught.value)
    assert record_files(ws, "enterprises") == []


def test_home_addresses_stay_at_home_unless_they_are_named(ws: Workspace, service: StandIn) -> None:
    file = ws.path.parent / "people.csv"
    file.write_text(f"家庭住址,单位地址\n{ROAD}5栋,{ROAD}\n", encoding="utf-8")
    key = Pseudonyms(b"k" * 32).of
    import_file(ws, "people", file, pseudonym=key)
    assert [words["address"] for words in service.asked] == [ROAD]
    settings(ws, send='["home_address"]')
    import_file(ws, "people", file, pseudonym=key)
    assert [words["address"] for words in service.asked] == [ROAD, f"{ROAD}5栋"]
