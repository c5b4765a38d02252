"""The tables that come in, column by column, and the records they become.

An input column is matched by name (see `intake`): by its own name, its synonyms in both languages,
or a mapping file. A record is what an accepted row becomes: Parquet, one file a batch.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

TABLES = ("people", "enterprises", "vacancies", "places")

# Where a position comes from, best first. The numbers are stored; smaller is better.
PRECISION = ("exact", "place", "district", "none")
EXACT, PLACE, DISTRICT, NONE = range(4)


@dataclass(frozen=True, slots=True)
class Column:
    """One input column: its kind decides how a text becomes a value.

    Kinds: key, text, code (of the dimension in `codes`), count, number, lon, lat, month, year,
    wage, flag. `one_of` names alternatives: at least one column of the same group must be there.
    """

    name: str
    kind: str
    codes: str = ""
    required: bool = False
    one_of: str = ""
    synonyms: tuple[str, ...] = ()


def _c(name: str, kind: str, *synonyms: str, **more: object) -> Column:
    return Column(name, kind, synonyms=synonyms, **more)  # type: ignore[arg-type]


PEOPLE = (
    _c("person_key", "key", "人员编号", "身份证号", "证件号码", "人才编号", "person_id"),
    _c("persons", "count", "人数", "权重", "weight"),
    _c("home_lon", "lon", "居住地经度", "住址经度", "居住经度", one_of="where"),
    _c("home_lat", "lat", "居住地纬度", "住址纬度", "居住纬度"),
    _c("home_place", "text", "居住街道", "居住地代码", one_of="where"),
    _c("home_district", "text", "居住区县", "居住区", one_of="where"),
    _c("home_address", "text", "居住地址", "家庭住址", one_of="where"),
    _c("work_lon", "lon", "工作地经度", "工作经度", one_of="where"),
    _c("work_lat", "lat", "工作地纬度", "工作纬度"),
    _c("work_place", "text", "工作街道", "工作园区", "工作地代码", one_of="where"),
    _c("work_district", "text", "工作区县", "工作区", one_of="where"),
    _c("work_address", "text", "工作地址", "单位地址", one_of="where"),
    _c("employer_code", "text", "单位统一社会信用代码", "用人单位代码", "单位代码", one_of="where"),
    _c("industry", "code", "行业", "行业代码", "国民经济行业", codes="industry"),
    _c("occupation", "code", "职业", "职业代码", codes="occupation"),
    _c("specialty", "code", "专业", "学科专业", "所学专业", codes="specialty"),
    _c("education", "code", "学历", "文化程度", codes="education"),
    _c("title", "code", "职称", "职称级别", codes="title"),
    _c("skill", "text", "技能等级", "职业技能等级"),
    _c("grade", "text", "人才层次", "人才类别"),
    _c("age", "code", "年龄段", codes="age"),
    _c("birth_year", "year", "出生年份", "出生年"),
    _c("sex", "text", "性别"),
    _c("status", "code", "就业状态", "状态", codes="status"),
    _c("wage", "code", "工资档", codes="wage"),
    _c("origin", "text", "来源地", "户籍地", "生源地"),
    _c("school", "text", "毕业院校", "学校"),
    _c("arrived", "month", "来市月份", "来济时间", "到岗时间", "引进时间"),
    _c("left", "month", "离开月份", "离市时间", "流出时间"),
    _c("left_to", "text", "流向地", "去向"),
)
ENTERPRISES = (
    _c("code", "key", "统一社会信用代码", "企业代码", "信用代码", "uscc", required=True),
    _c("name", "text", "企业名称", "单位名称", required=True),
    _c("industry", "code", "行业", "行业代码", "国民经济行业", codes="industry"),
    _c("chain", "text", "产业链"),
    _c("lon", "lon", "经度", "longitude", "lng"),
    _c("lat", "lat", "纬度", "latitude"),
    _c("address", "text", "地址", "注册地址", "经营地址"),
    _c("district", "text", "区县", "所在区县", "所属区县"),
    _c("park", "text", "园区", "所在园区"),
    _c("scale", "code", "规模", "企业规模", codes="scale"),
    _c("key", "flag", "重点企业", "是否重点企业"),
    _c("headcount", "count", "从业人数", "员工人数"),
)
VACANCIES = (
    _c("vacancy_id", "key", "岗位编号", "职位编号", "招聘编号", required=True),
    _c("employer_code", "text", "单位统一社会信用代码", "用人单位代码", one_of="where"),
    _c("lon", "lon", "经度", "工作地经度", "longitude", one_of="where"),
    _c("lat", "lat", "纬度", "工作地纬度", "latitude"),
    _c("district", "text", "区县", "工作区县", "所在区县", one_of="where"),
    _c("industry", "code", "行业", "行业代码", codes="industry"),
    _c("occupation", "code", "职业", "职业代码", "岗位类别", codes="occupation"),
    _c("specialty", "code", "专业要求", "专业", codes="specialty"),
    _c("education_min", "code", "学历要求", "最低学历", codes="education"),
    _c("title_min", "code", "职称要求", codes="title"),
    _c("openings", "count", "招聘人数", "需求人数", "岗位数"),
    _c("filled", "count", "已招人数", "到岗人数"),
    _c("posted", "month", "发布日期", "发布月份", "发布时间", required=True),
    _c("closed", "month", "截止日期", "结束月份", "下架时间"),
    _c("wage_low", "wage", "最低月薪", "薪资下限"),
    _c("wage_high", "wage", "最高月薪", "薪资上限"),
)
PLACES = (
    _c("code", "key", "代码", "编号", required=True),
    _c("name", "text", "名称", required=True),
    _c("aliases", "text", "别名", "简称", "曾用名"),
    _c("kind", "code", "类型", "类别", codes="place_kind", required=True),
    _c("wkt", "text", "几何", "geometry", one_of="where"),
    _c("lon", "lon", "经度", "longitude", "lng", one_of="where"),
    _c("lat", "lat", "纬度", "latitude"),
)
INPUT: dict[str, tuple[Column, ...]] = {
    "people": PEOPLE,
    "enterprises": ENTERPRISES,
    "vacancies": VACANCIES,
    "places": PLACES,
}


def _position(side: str) -> list[tuple[str, pa.DataType]]:
    """Columns of one position; the base cell is null unless the precision is exact or place."""
    dot = f"{side}_" if side else ""
    return [
        (f"{dot}lon", pa.float64()),
        (f"{dot}lat", pa.float64()),
        (f"{dot}cell", pa.int64()),
        (f"{dot}district", pa.string()),
        (f"{dot}place", pa.string()),  # the place code given in the file, if any
        (f"{dot}outside", pa.bool_()),  # known to lie outside the city
        (f"{dot}precision", pa.uint8()),
    ]


def _text(*names: str) -> list[tuple[str, pa.DataType]]:
    return [(name, pa.string()) for name in names]


# `row` is the number of the row in the file (the first line after the header is 2), so that a
# question about a record leads back to the sheet. `person_key` is a pseudonym, never an ID number.
RECORDS: dict[str, pa.Schema] = {
    "people": pa.schema(
        [("row", pa.int64()), ("person_key", pa.string()), ("persons", pa.int32())]
        + _position("home")
        + _position("work")
        + [("metres", pa.float64())]  # home to work in a straight line; null unless both are known
        + _text("employer_code", "industry", "occupation", "specialty", "education", "title")
        + _text("skill", "grade", "age", "sex", "status", "wage", "origin", "school", "left_to")
        + [("birth_year", pa.int16()), ("arrived", pa.int16()), ("left", pa.int16())]
    ),
    "enterprises": pa.schema(
        [
            ("row", pa.int64()),
            *_text("code", "name", "industry", "chain", "park", "scale", "address"),
        ]
        + _position("")
        + [("key", pa.bool_()), ("headcount", pa.int32())]
    ),
    "vacancies": pa.schema(
        [("row", pa.int64()), *_text("vacancy_id", "employer_code")]
        + _position("")
        + _text("industry", "occupation", "specialty", "education", "title")
        + [("openings", pa.int32()), ("filled", pa.int32())]
        + [("posted", pa.int16()), ("closed", pa.int16())]
        + [("wage_low", pa.float64()), ("wage_high", pa.float64())]
    ),
    "places": pa.schema(
        [("row", pa.int64()), *_text("code", "name", "aliases", "kind"), ("geometry", pa.binary())]
    ),
}
