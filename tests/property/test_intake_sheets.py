"""Whatever stands in a sheet or a page: rows are counted, or the file is refused in one line."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow.parquet as pq
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from talentmap.intake.create import new_workspace
from talentmap.intake.districts import Districts
from talentmap.intake.divisions import Divisions
from talentmap.intake.frykit import read_districts
from talentmap.intake.importer import import_file
from talentmap.intake.ledger import check, record_files
from talentmap.intake.mapping import FileMapping, read_mapping
from talentmap.intake.wages import parse_wages
from talentmap.model.errors import UserError

SLOW = settings(deadline=None, max_examples=30)
NAMES = ["企业名称", "统一社会信用代码", "行业", "从业人数", "经度", "纬度"]
cells = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.datetimes(dt.datetime(1950, 1, 1), dt.datetime(2090, 1, 1)),  # noqa: DTZ001
    st.text(max_size=6),
    st.sampled_from(["合计", "注：", "e1", "I65", "本科", *NAMES]),
)
sheets = st.lists(st.lists(cells, max_size=7), max_size=8)


def take(data: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        ws = new_workspace(Path(folder) / "city", name="甲市")
        message = ""
        try:
            report = import_file(ws, "enterprises", data)
        except UserError as error:
            message = str(error)
        if message:
            assert data.name in message
            assert "\n" not in message
            return
        assert report.rows_in == report.accepted + report.refused
        stored = pq.read_table(record_files(ws, "enterprises")[0])
        assert stored.num_rows == report.accepted
        assert stored["code"].null_count == 0
        assert check(ws) == []


def fill(sheet: Any, rows: list[list[Any]]) -> None:
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            if isinstance(cell, dt.datetime):
                sheet.write_datetime(i, j, cell)
            elif isinstance(cell, str):
                sheet.write_string(i, j, cell)
            elif cell is not None:
                sheet.write(i, j, cell)


@SLOW
@given(sheets, st.integers(0, 3), st.booleans())
def test_any_sheet(rows: list[list[Any]], above: int, headed: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "e.xlsx"
        with xlsxwriter.Workbook(file) as book:
            fill(book.add_worksheet(), [[]] * above + ([NAMES] if headed else []) + rows)
        take(file)


@SLOW
@given(st.binary(max_size=200), st.integers(0, 4000), st.integers(0, 60))
def test_any_damage_to_a_workbook(noise: bytes, at: int, lost: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "e.xlsx"
        with xlsxwriter.Workbook(file) as book:
            fill(book.add_worksheet(), [NAMES, ["甲", "e1", "I65", 1, 117, 36]])
        data = file.read_bytes()
        file.write_bytes(data[:at] + noise + data[at + lost :])
        take(file)


tags = st.sampled_from(
    [
        "<table>",
        "</table>",
        "<tr>",
        "<td>",
        "<td colspan=3>",
        "<td rowspan='99999999'>",
        "</td>",
        "<!--",
    ]
    + [f"<th>{name}" for name in NAMES]
)
pages = st.lists(st.one_of(tags, st.text(max_size=5)), max_size=40).map("".join)


@SLOW
@given(pages)
def test_any_page(page: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "e.xls"
        file.write_bytes(f"<html>{page}".encode(errors="replace"))
        take(file)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.text(alphabet="0123456789.-~kK千万w元/月年天以上下面议·薪 ", max_size=12)))
def test_wages_are_ordered_and_of_a_month(texts: list[str]) -> None:
    for low, high, understood in parse_wages(pl.Series(texts, dtype=pl.String)).rows():
        assert understood or (low is None and high is None)
        assert low is None or 100 <= low <= 10_000_000
        assert low is None or high is None or low <= high


_rows = read_districts("370100").to_pydict()
_DISTRICTS = Districts(_rows["code"], _rows["name"], _rows["name_en"], _rows["geometry"])
_JINAN = Divisions(_DISTRICTS, "370100")


@settings(deadline=None, max_examples=200)
@given(
    st.lists(
        st.sampled_from(
            [
                "山东",
                "省",
                "济南",
                "市",
                "历下",
                "区",
                "·",
                "北京",
                "朝阳",
                "37",
                "01",
                "02",
                " ",
                "x",
            ]
        )
    ).map("".join)
)
def test_a_place_means_a_district_another_city_or_nothing(text: str) -> None:
    for read in (_JINAN.of_district, _JINAN.of_address, _JINAN.of_city):
        meaning = read(text)
        assert meaning.district is None or meaning.district in _DISTRICTS.codes
        assert not (meaning.district and meaning.foreign)
        assert meaning.known or meaning == type(meaning)(known=False)


_names = st.text(st.characters(exclude_categories=["Cs"]), max_size=9)


@SLOW
@given(_names, st.dictionaries(st.sampled_from(["lon", "wage", "posted"]), _names))
def test_a_mapping_comes_back_as_it_was(source: str, columns: dict[str, str]) -> None:
    mapping = FileMapping("vacancies", source, columns=columns, constants=columns)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "m.toml"
        file.write_text(mapping.to_toml(), encoding="utf-8", newline="")
        assert read_mapping(file, "vacancies") == mapping
