"""Files as they are out there: adverts of two sites, a census, places of Shanghai."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pyarrow.parquet as pq
import pytest

from talentmap.intake.create import new_workspace
from talentmap.intake.crs import wgs84_to_gcj02
from talentmap.intake.importer import import_file
from talentmap.intake.ledger import record_files
from talentmap.intake.report import BatchReport
from talentmap.model.errors import UserError
from talentmap.model.workspace import Workspace

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
LAGOU = DATA / "vacancies_lagou" / "lagou.csv"
BOSS = DATA / "vacancies_boss" / "boss.csv"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not LAGOU.is_file(), reason=f"the real files are not at {DATA}"),
]
CITIES = {"440300": "深圳", "310100": "上海", "110100": "北京"}


def taken(path: Path, city: str, file: Path, **options: object) -> tuple[Workspace, BatchReport]:
    ws = new_workspace(path / "city", city=city)
    return ws, import_file(ws, "vacancies", file, options=options)


@pytest.mark.parametrize("city", CITIES)
def test_lagou_places_the_adverts_of_the_city(tmp_path: Path, city: str) -> None:
    ws, report = taken(tmp_path, city, LAGOU, crs="gcj02")
    assert (report.rows_in, report.accepted) == (2505, 2505)
    rows = pl.read_csv(LAGOU, infer_schema_length=3000).with_row_index("row", offset=2)
    found = pl.DataFrame(pq.read_table(record_files(ws, "vacancies")[0]))
    both = rows.with_columns(pl.col("row").cast(pl.Int64)).join(found, on="row")
    mine = both["city"] == CITIES[city]
    assert both["outside"].to_list() == (~mine).to_list()
    lat, lon = rows["latitude"], rows["longitude"]
    assert report.mended["latitude: the point (0, 0): position left open"] == 110
    equal = int(((lat == lon) & (lat != 0)).sum())
    assert report.mended["latitude: latitude equal to longitude: position left open"] == equal == 67
    assert report.mended["latitude: latitude and longitude exchanged: put right"] == 61
    # Where the file has a point in the city, it is the point's district.
    placed = both.filter(mine & (both["precision"] == 0))
    assert len(placed) > 0.75 * int(mine.sum())
    assert placed["district"].null_count() == 0
    assert found["wage_low"].null_count() == 0
    assert (found["wage_low"] <= found["wage_high"].fill_null(1e9)).all()


@pytest.mark.parametrize("city", CITIES)
def test_boss_is_placed_by_district(tmp_path: Path, city: str) -> None:
    ws, report = taken(tmp_path, city, BOSS)
    assert report.rows_in == 2411
    assert report.reasons["the header again, not a row"] == 1
    found = pl.DataFrame(pq.read_table(record_files(ws, "vacancies")[0]))
    rows = pl.read_csv(BOSS).with_row_index("row", offset=2)
    both = rows.with_columns(pl.col("row").cast(pl.Int64)).join(found, on="row")
    words = both["职位地址"].str.split("·")
    mine = words.list.first() == CITIES[city]
    assert both["outside"].to_list() == (~mine).to_list()
    named = mine & (words.list.len() > 1)
    assert both.filter(named)["district"].null_count() == 0
    assert found["wage_low"].null_count() < 0.01 * len(found)
    assert report.unread.get("学历经验要求", 0) == 0


def test_a_census_is_refused_as_people_with_a_reason_that_helps(tmp_path: Path) -> None:
    ws = new_workspace(tmp_path / "city", city="370100")
    with pytest.raises(UserError, match=r"totals by area .* statistics cannot") as said:
        import_file(ws, "people", DATA / "census_2020" / "census_county_2020.csv")
    assert "\n" not in str(said.value)


def test_shanghai_places_are_places_in_wgs84(tmp_path: Path) -> None:
    ws = new_workspace(tmp_path / "city", city="310100")
    kinds: set[str] = set()
    for file in sorted((DATA / "shanghai_places").glob("*.csv")):
        report = import_file(ws, "places", file, options={"crs": "auto"})
        assert report.refused == 0
        assert any("coordinates taken as wgs84" in caveat for caveat in report.caveats)
        kinds |= set(pq.read_table(record_files(ws, "places")[-1])["kind"].to_pylist())
    assert kinds <= {"school", "hospital", "other"}
    assert {"school", "hospital"} <= kinds


def test_gcj02_adverts_with_a_district_are_recognised(tmp_path: Path) -> None:
    """The schools of Shanghai as a site would give them: shifted, each with its district."""
    rows = pl.read_csv(DATA / "shanghai_places" / "shanghai_school.csv").head(2000)
    lon, lat = wgs84_to_gcj02(rows["lon"].to_numpy(), rows["lat"].to_numpy())
    adverts = pl.DataFrame(
        {"岗位编号": np.arange(2000), "经度": lon, "纬度": lat, "区县": rows["adname"]}
    )
    file = tmp_path / "adverts.csv"
    adverts.write_csv(file)
    ws, report = taken(tmp_path, "310100", file, crs="auto", as_of="2026-06")
    assert any("coordinates taken as gcj02" in caveat for caveat in report.caveats)
    found = pq.read_table(record_files(ws, "vacancies")[0])
    np.testing.assert_allclose(found["lon"].to_numpy(), rows["lon"].to_numpy(), atol=1e-7)
