"""A file into a workspace: who is accepted, where they are, and what the report says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from talentmap.intake.importer import import_file
from talentmap.intake.ledger import batch_meta, batches, record_files
from talentmap.intake.plan import sources
from talentmap.intake.report import BatchReport
from talentmap.model.errors import UserError
from talentmap.model.schemas import DISTRICT, EXACT, NONE, PLACE, RECORDS, TABLES
from talentmap.model.workspace import CityProfile, Workspace
from talentmap.privacy.pseudonyms import Pseudonyms

WEST, EAST = "370102", "370103"  # two square districts side by side
PEOPLE = "人员编号,居住地经度,居住地纬度,工作区县,学历,行业\n"


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    """A workspace without a boundary."""
    path = tmp_path / "city"
    path.mkdir()
    (path / "city.toml").write_text(CityProfile("370100", "济南", "Jinan").to_toml(), "utf-8")
    return Workspace.open(path)


@pytest.fixture
def bounded(ws: Workspace) -> Workspace:
    """The same with two districts: longitudes 117 to 117.1 and 117.1 to 117.2."""
    boxes = [shapely.box(117.0, 36.6, 117.1, 36.7), shapely.box(117.1, 36.6, 117.2, 36.7)]
    table = pa.table(
        {
            "code": [WEST, EAST],
            "name": ["历下区", "市中区"],
            "name_en": ["Lixia", "Shizhong"],
            "geometry": pa.array(shapely.to_wkb(boxes).tolist(), pa.binary()),
        }
    )
    pq.write_table(table, ws.boundary)
    return ws


def take(ws: Workspace, table: str, text: str, **more: Any) -> BatchReport:
    file = ws.path.parent / f"{table}.csv"
    file.write_text(text, encoding="utf-8")
    more.setdefault("pseudonym", Pseudonyms(b"k" * 32).of)
    return import_file(ws, table, file, **more)


def records(ws: Workspace, table: str) -> list[dict[str, Any]]:
    tables = [pq.read_table(file) for file in record_files(ws, table)]
    assert all(found.schema.equals(RECORDS[table]) for found in tables)
    return [row for found in tables for row in found.to_pylist()]


def test_every_source_is_found_and_serves_known_tables() -> None:
    assert {"csv", "geo", "lodes", "parquet"} <= set(sources())
    for source in sources().values():
        assert set(source.tables) <= set(TABLES)


def test_rows_are_accepted_or_refused_by_reason(ws: Workspace) -> None:
    report = take(
        ws,
        "people",
        PEOPLE + "p1,117.05,36.65,370102,本科,I65\n"
        "p2,117.05,,370102,本科,I65\n"
        "p3,0,0,370102,本科,I65\n"
        "p4,117.05,96,370102,本科,I65\n"
        "p5,117.05,36.65,370102,学霸,I65\n"
        ",,,,,\n"
        "p6,117.05\n"
        "3.70112E+17,117.05,36.65,370102,本科,I65\n",
    )
    assert (report.rows_in, report.accepted, report.refused) == (8, 3, 5)
    assert report.reasons == {
        "居住地纬度: longitude without latitude": 1,
        "居住地纬度: not a latitude from -90 to 90": 1,
        "empty row": 1,
        "wrong number of cells": 1,
        "人员编号: last digits lost in a spreadsheet": 1,
    }
    assert (5, "居住地纬度", "not a latitude from -90 to 90") in report.examples
    assert report.mended == {"居住地纬度: the point (0, 0): position left open": 1}
    assert (report.unread, report.words) == ({"学历": 1}, {"学历": {"学霸": 1}})
    rows = records(ws, "people")
    assert [(r["row"], r["home_precision"], r["education"]) for r in rows] == [
        (2, EXACT, "21"),
        (4, NONE, "21"),
        (6, EXACT, None),
    ]


def test_exact_place_district_none(bounded: Workspace) -> None:
    shape = "POLYGON((117.11 36.61,117.13 36.61,117.12 36.63,117.11 36.61))"
    places = f'code,name,kind,wkt\nPARK1,高新园,园区,"{shape}"\n'
    assert take(bounded, "places", places).accepted == 1
    take(
        bounded,
        "people",
        "home_lon,home_lat,home_place,home_district\n"
        "117.05,36.65,,\n"  # in the west
        "118.00,36.65,,\n"  # in no district: outside
        "118.00,36.65,,历下\n"  # the district it names is believed
        ",,高新园,\n"  # a known place in the east
        ",,370103001,\n"  # a street of the east, its shape unknown
        ",,,市中区\n"
        ",,,110101\n"  # a district of another city
        ",,没有这里,\n",
    )
    found = [
        (r["home_precision"], r["home_district"], r["home_outside"], r["home_cell"] is not None)
        for r in records(bounded, "people")
    ]
    assert found == [
        (EXACT, WEST, False, True),
        (EXACT, None, True, True),
        (EXACT, WEST, False, True),
        (PLACE, EAST, False, True),
        (DISTRICT, EAST, False, False),
        (DISTRICT, EAST, False, False),
        (DISTRICT, None, True, False),
        (NONE, None, False, False),
    ]


def test_an_unknown_district_is_counted_where_there_is_a_boundary(bounded: Workspace) -> None:
    report = take(bounded, "people", "work_district\n历下区\n火星区\n")
    assert (report.accepted, report.words) == (2, {"work_district": {"火星区": 1}})
    assert [row["work_precision"] for row in records(bounded, "people")] == [DISTRICT, NONE]


def test_without_a_boundary_nothing_is_outside(ws: Workspace) -> None:
    take(ws, "people", "work_lon,work_lat,work_district\n-71.4,41.8,44007\n")
    (row,) = records(ws, "people")
    assert (row["work_district"], row["work_outside"], row["work_precision"]) == ("44007", False, 0)


def test_metres_from_home_to_work(ws: Workspace) -> None:
    take(
        ws,
        "people",
        "home_lon,home_lat,work_lon,work_lat\n117,36,117,37\n117,36,,\n117,36,117,36\n",
    )
    metres = [row["metres"] for row in records(ws, "people")]
    assert metres[0] == pytest.approx(111_195, abs=1)
    assert metres[1:] == [None, 0.0]


def test_gcj02_is_moved_to_wgs84(ws: Workspace) -> None:
    text = "home_lon,home_lat\n117.02683097,36.66152103\n"
    take(ws, "people", text, options={"crs": "gcj02"})
    (row,) = records(ws, "people")
    assert (row["home_lon"], row["home_lat"]) == pytest.approx((117.0209, 36.6612), abs=1e-7)


def test_people_work_where_their_employer_is_latest_batch_first(bounded: Workspace) -> None:
    head = "统一社会信用代码,企业名称,经度,纬度,所在园区\n"
    take(bounded, "enterprises", head + "e1,甲,117.01,36.61,\ne2,乙,,,\n")
    take(bounded, "enterprises", head + "E1,甲,117.15,36.65,东园\n")
    take(
        bounded,
        "people",
        "employer_code,work_lon,work_lat,work_district,home_lon,home_lat\n"
        "e1,,,,117.05,36.65\n"
        "e1,117.05,36.65,,117.05,36.65\n"
        "e1,,,历下区,117.05,36.65\n"
        "e1,,,市中区,117.05,36.65\n"
        "e2,,,,117.05,36.65\n",
    )
    rows = records(bounded, "people")
    assert [row["work_precision"] for row in rows] == [EXACT, EXACT, DISTRICT, EXACT, NONE]
    assert [row["work_district"] for row in rows] == [EAST, WEST, WEST, EAST, None]
    assert rows[0]["work_lon"] == 117.15
    assert rows[0]["work_place"] == "东园"
    assert rows[0]["metres"] > 8000
    take(bounded, "vacancies", "岗位编号,用人单位代码,发布日期,学历要求\nv1,E1,2026-06-01,本科\n")
    (vacancy,) = records(bounded, "vacancies")
    assert (vacancy["district"], vacancy["precision"], vacancy["education"]) == (EAST, EXACT, "21")
    assert (vacancy["openings"], vacancy["posted"]) == (1, 317)


def test_keys_come_once_in_a_file(ws: Workspace) -> None:
    report = take(ws, "enterprises", "code,name\na,甲\nb,乙\nA ,丙\n")
    assert report.reasons == {"code: a later row has the same key and counts instead": 1}
    assert [row["name"] for row in records(ws, "enterprises")] == ["乙", "丙"]


def test_rules_between_columns(ws: Workspace) -> None:
    report = take(
        ws,
        "vacancies",
        "vacancy_id,district,posted,closed,openings,filled,wage_low,wage_high\n"
        "1,A,2026-06,2026-05,1,0,1000,2000\n"
        "2,A,2026-06,,1,2,1000,2000\n"
        "3,A,2026-06,,1,1,3000,2000\n"
        "4,A,,,1,1,1000,2000\n"
        "5,A,2026-06,,0,0,1000,2000\n"
        "6,A,2026-06,2026-06,5,,,\n",
    )
    assert report.accepted == 1
    assert report.reasons == {
        "closed: before the month of posting": 1,
        "filled: more than the openings": 1,
        "wage_high: below wage_low": 1,
        "posted: empty, but needed": 1,
        "openings: less than 1": 1,
    }


def test_persons_are_summed_and_default_to_one(ws: Workspace) -> None:
    report = take(ws, "people", "persons,work_district\n5,A\n,A\n0,A\n1.5,A\n")
    assert (report.persons, report.accepted) == (6, 2)


def test_a_raw_key_is_never_stored(ws: Workspace) -> None:
    number = "11010519491231002x"
    take(ws, "people", f"身份证号,work_district\n{number},A\n,A\n{number.upper()},A\n")
    keys = [row["person_key"] for row in records(ws, "people")]
    assert keys[0] is None
    assert len(keys[1]) == 32
    again = take(ws, "people", f"身份证号,work_district\n{number.upper()},A\n")
    assert again.difference == {"new": 0, "changed": 0, "same": 1, "gone": 0}
    for file in ws.path.rglob("*"):
        assert file.is_dir() or b"194912310" not in file.read_bytes()


def test_person_keys_need_a_key(ws: Workspace) -> None:
    with pytest.raises(UserError, match=r"people\.csv: column 人员编号: no key"):
        take(ws, "people", PEOPLE + "p1,,,A,,\n", pseudonym=None)


def test_parquet_has_types_and_rows_from_one(ws: Workspace) -> None:
    file = ws.path.parent / "people.parquet"
    table = pa.table(
        {
            "home_lon": [117.0, None, 117.0],
            "home_lat": [36.6, None, 36.6],
            "home_outside": [True, None, False],
            "persons": pa.array([2, 3, 0], pa.int64()),
            "education": pa.array(["21", "本科", "21"]).dictionary_encode(),
            "industry": ["I", "J", "I"],
        }
    )
    pq.write_table(table, file)
    report = import_file(ws, "people", file)
    assert (report.accepted, report.persons) == (2, 5)
    assert report.examples == ((3, "persons", "less than 1"),)
    rows = records(ws, "people")
    assert [row["row"] for row in rows] == [1, 2]
    assert [row["home_outside"] for row in rows] == [True, False]
    assert report.caveats == ("1 rows: no position is known, not even the district",)


def test_places_from_geojson_in_another_system(ws: Workspace) -> None:
    file = ws.path.parent / "places.geojson"
    file.write_text(
        '{"type":"FeatureCollection","crs":{"type":"name","properties":'
        '{"name":"urn:ogc:def:crs:EPSG::3857"}},"features":['
        '{"type":"Feature","properties":{"code":"P1","name":"园","kind":"park"},'
        '"geometry":{"type":"Point","coordinates":[13026381.0,4400000.0]}},'
        '{"type":"Feature","properties":{"code":"P2","name":"无","kind":"park"},"geometry":null}]}',
        encoding="utf-8",
    )
    report = import_file(ws, "places", file)
    assert report.reasons == {"geometry: no geometry that can be read": 1}
    (row,) = records(ws, "places")
    point = shapely.from_wkb(row["geometry"])
    lon, lat = np.degrees([13026381 / 6378137, np.arctan(np.sinh(4400000 / 6378137))])
    assert (point.x, point.y) == pytest.approx((lon, lat), abs=1e-6)


def test_a_dry_run_writes_nothing(ws: Workspace) -> None:
    before = sorted(ws.path.rglob("*"))
    report = take(ws, "people", "work_district\nA\n", dry_run=True)
    assert (report.accepted, report.dry_run, report.batch) == (1, True, "")
    assert sorted(ws.path.rglob("*")) == before


def test_the_same_file_twice_is_said(ws: Workspace) -> None:
    assert not take(ws, "people", "work_district\nA\n").caveats
    assert "already batch people-0001" in take(ws, "people", "work_district\nA\n").caveats[0]


def test_as_of_is_kept_for_the_build(ws: Workspace) -> None:
    take(ws, "people", "work_district\nA\n", options={"as_of": "2026-06"})
    assert batch_meta(ws)[0]["as_of"] == 317


def test_progress_is_told_the_rows(ws: Workspace) -> None:
    told: list[int] = []
    take(ws, "people", "work_district\n" + "A\n" * 10, progress=told.append)
    assert told[-1] == 10


@pytest.mark.parametrize(
    ("table", "text", "more", "says"),
    [
        ("persons", "a\n1\n", {}, "table: unknown value 'persons'; known: .*people"),
        ("people", "work_district\nA\n", {"source": "cvs"}, "source: unknown value 'cvs'"),
        ("people", "work_district\nA\n", {"source": "geo"}, "geo does not serve table people"),
        ("people", "work_district\nA\n", {"options": {"crs": "auto"}}, "people.csv: crs: auto"),
        ("people", "work_district\nA\n", {"options": {"crs": "utm"}}, "crs: unknown value"),
        ("people", "work_district\nA\n", {"source": "lodes"}, "xwalk: .*--xwalk FILE"),
        ("people", "work_district\n", {}, "people.csv: no rows after the header"),
        ("people", "学历\n本科\n", {}, "people.csv: none of the columns home_lon"),
        (
            "people",
            "work_district,persons\nA,0\n",
            {},
            "none of 1 rows accepted; 1 by 'persons: less than 1",
        ),
    ],
)
def test_mistakes_are_one_clear_line_and_leave_no_batch(
    ws: Workspace, table: str, text: str, more: dict[str, Any], says: str
) -> None:
    with pytest.raises(UserError, match=says) as caught:
        take(ws, table, text, **more)
    assert "\n" not in str(caught.value)
    assert batches(ws) == []
    assert not list(ws.path.rglob("*.parquet"))


def test_a_damaged_batch_of_enterprises_is_said(ws: Workspace) -> None:
    take(ws, "enterprises", "code,name\na,甲\n")
    record_files(ws, "enterprises")[0].write_bytes(b"PAR1 and no more")
    with pytest.raises(UserError, match="enterprises cannot be read; see 'talentmap check'"):
        take(ws, "people", "employer_code\na\n")


def test_no_such_file(ws: Workspace) -> None:
    with pytest.raises(UserError, match=r"nowhere\.csv: there is no such file"):
        import_file(ws, "people", Path("nowhere.csv"))


def test_row_groups_are_even(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("talentmap.intake.importer.ROW_GROUP", 100)
    monkeypatch.setattr("talentmap.intake.delimited.BLOCK", 64)
    take(ws, "people", "work_district\n" + "A\n" * 450)
    meta = pq.read_metadata(record_files(ws, "people")[0])
    sizes = [meta.row_group(i).num_rows for i in range(meta.num_row_groups)]
    assert sum(sizes) == 450
    assert max(sizes) <= 132
    assert np.mean(sizes) >= 50
