"""Texts to values, and which code a word means."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

import polars as pl
import pyarrow as pa
import pytest

from talentmap.intake.checkdigits import wrong_citizen_number, wrong_credit_code
from talentmap.intake.codes import code_lookup
from talentmap.intake.columns import match_columns
from talentmap.intake.names import normal
from talentmap.intake.values import parse
from talentmap.model.errors import UserError
from talentmap.model.schemas import Column

JUNE = 317  # 2026-06


def values(kind: str, cells: list[Any], codes: str = "") -> tuple[list[Any], list[bool]]:
    array = pa.chunked_array([pa.array(cells)])
    parsed = parse(Column("x", kind, codes=codes), array)
    found = parsed.values.to_list()
    assert len(found) == len(cells)
    bad = [any(rows[i] for rows, _ in parsed.faults) for i in range(len(cells))]
    shown = [unicodedata.normalize("NFKC", str(cell)).strip() for cell in cells]
    return found, [b or text in parsed.words for b, text in zip(bad, shown, strict=True)]


@pytest.mark.parametrize(
    "text",
    ["2026-06", "2026/6", "2026.6", "2026年6月", "202606", "2026-06-30", "2026年6月5日", "20260605"]
    + ["２０２６-06", " 2026-06 ", "2026-06-30 08:00:00", "2026-06-30T08:00"],
)
def test_months(text: str) -> None:
    assert values("month", [text]) == ([JUNE], [False])


@pytest.mark.parametrize(
    "text", ["2026", "24-3-5", "05/03/2024", "2026-13", "2026-06-31", "1750-01", "1718000000", "x"]
)
def test_what_is_no_month(text: str) -> None:
    assert values("month", [text]) == ([None], [True])


def test_dates_are_months() -> None:
    assert values("month", [date(2026, 6, 5), None]) == ([JUNE, None], [False, False])


def test_blank_is_null_and_not_bad() -> None:
    blank = ["", " ", "NULL", "N/A", "-", "—", None]
    for kind in ("month", "count", "lon", "wage", "year", "flag"):
        assert values(kind, blank) == ([None] * 7, [False] * 7)


@pytest.mark.parametrize(
    ("kind", "cells", "expected"),
    [
        ("count", ["1", "1,200", "12.0", "12人", "１２"], [1, 1200, 12, 12, 12]),
        ("count", ["-1", "1.5", "99999999999", "若干"], [None] * 4),
        ("count", [3, 0, 2**40], [3, 0, None]),
        (
            "lon",
            ["117.02", "-180", "181", "nan", "inf", "１１７"],
            [117.02, -180, None, None, None, 117],
        ),
        ("lat", [36.6, 181.0, float("nan")], [36.6, None, None]),
        ("wage", ["8000", "8k", "1.2万", "8,000元/月"], [8000, 8000, 12000, 8000]),
        ("flag", ["是", "no", "1", "√"], [True, False, True, True]),
        ("flag", [True, False], [True, False]),
        ("year", ["1990", "1990年"], [1990, 1990]),
        ("year", ["90", "3000"], [None, None]),
        ("text", [" a ", "", "null", "None", 5], None),
    ],
)
def test_kinds(kind: str, cells: list[Any], expected: list[Any] | None) -> None:
    if expected is None:
        assert values(kind, cells[:4])[0] == ["a", None, None, "None"]
        return
    found, bad = values(kind, cells)
    assert found == pytest.approx(expected)
    # Bad is exactly what was said and could not be read; NaN of a float column says nothing.
    said = [str(cell) != "nan" for cell in cells]
    assert bad == [s and f is None for s, f in zip(said, found, strict=True)]


def test_cells_that_are_lists_are_bad() -> None:
    assert values("text", [["a"], None]) == ([None, None], [True, False])


def test_codes_by_code_name_and_depth() -> None:
    cells = ["I65", "65", "6510", "I6510", "金融业", " i ", "SI01", "没有", None]
    found, bad = values("code", cells, "industry")
    assert found == ["I65", "I65", "I65", "I65", "J", "I", "SI01", None, None]
    assert bad == [False] * 7 + [True, False]


@pytest.mark.parametrize(
    ("dimension", "text", "code"),
    [
        ("specialty", "080901", "0809"),
        ("specialty", "080911TK", "0809"),
        ("specialty", "80901", None),
        ("occupation", "2-02-10-01", "2"),
        ("education", "硕士研究生", "14"),
        ("education", "MASTER", "14"),
    ],
)
def test_lookups(dimension: str, text: str, code: str | None) -> None:
    assert code_lookup(dimension).code_of(text) == code


def test_check_digits() -> None:
    numbers = pl.Series(["11010519491231002X", "370112199003070010", "A1", None])
    assert wrong_citizen_number(numbers).to_list() == [False, True, False, False]
    codes = pl.Series(
        ["91110000600037341L", "91350100M000100Y43", "91350211M000100Y43", "own-code", None]
    )
    assert wrong_credit_code(codes).to_list() == [False, False, True, False, False]


def test_columns_match_by_name_in_any_order_and_script() -> None:
    header = ("学 历", "居住区县", "EMPLOYER_CODE", "（人数）", "unknown")
    found = match_columns("people", header, "f.csv").named
    assert found == {
        "education": "学 历",
        "home_district": "居住区县",
        "employer_code": "EMPLOYER_CODE",
        "persons": "（人数）",
    }


def test_the_first_of_two_columns_of_one_meaning_is_taken_and_said() -> None:
    match = match_columns("enterprises", ("经营地址", "code", "企业名称", "注册地址"), "f.csv")
    assert match.named["address"] == "注册地址"
    assert match.caveats() == ["column '经营地址' was not used: another one means the same"]


def test_a_missing_column_is_named_with_the_nearest() -> None:
    with pytest.raises(UserError, match=r"f\.csv: no column code .*nearest in row 1: 企业代号"):
        match_columns("enterprises", ("企业代号", "企业名称"), "f.csv")
    with pytest.raises(
        UserError, match=r"f\.csv: none of the columns home_lon .* or employer_code"
    ):
        match_columns("people", ("学历", "行业"), "f.csv")


def test_a_first_row_of_data_is_not_shown() -> None:
    with pytest.raises(UserError, match="row 1 does not look like a header") as caught:
        match_columns("enterprises", ("11010519491231002X", "117.02", "36.6"), "f.csv")
    assert "1949" not in str(caught.value)


def test_names_are_compared_without_marks() -> None:
    assert normal("Home_Lon（WGS84）") == normal("home lon wgs84")
