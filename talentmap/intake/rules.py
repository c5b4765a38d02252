"""Rules a row must keep, beyond each cell being readable: declared, a column at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from talentmap.intake.checkdigits import wrong_citizen_number, wrong_credit_code
from talentmap.model.schemas import INPUT

Bools = npt.NDArray[np.bool_]

EMPTY_ROW = "empty row"
EMPTY = "empty, but needed"
HEADER_AGAIN = "the header again, not a row"
TOTAL = "a total or a note, not a row"
EXAMPLE = "the example of a template, not a row"
EXAMPLE_MARK = "示例（导入时跳过）"
_TOTAL = (
    r"^\s*(?:[合总小累共]\s*计|总\s*数)\s*(?:[:：(（].*)?$|(?i)^\s*(?:sub-?)?total\s*:?\s*$"
    r"|^\s*(?:注\s*\d*|备\s*注|说\s*明|填\s*[表报]\s*人|制\s*表\s*人?|审\s*核\s*人?|[数资][据料]来源)\s*[:：]"
)
_LEAST_NAMES = 2
_EATEN = r"(?i)^\d(?:\.\d+)?e\+?\d+$"  # 3.70112E+17: the last digits are gone


@dataclass(frozen=True)
class Rule:
    """Rows where `broken` holds are refused, `column` being named; null holds for nothing."""

    table: str
    column: str
    reason: str
    needs: tuple[str, ...]
    broken: pl.Expr


def _rule(table: str, column: str, reason: str, broken: pl.Expr, *others: str) -> Rule:
    return Rule(table, column, reason, (column, *others), broken)


def _eaten(column: str) -> pl.Expr:
    return pl.col(column).str.contains(_EATEN)


def _check(column: str, wrong: Callable[[pl.Series], pl.Series]) -> pl.Expr:
    return pl.col(column).map_batches(wrong, return_dtype=pl.Boolean)


def _after(first: str, second: str) -> pl.Expr:
    return pl.col(first) > pl.col(second)


_LOST = "last digits lost in a spreadsheet"
RULES = (
    _rule("people", "person_key", _LOST, _eaten("person_key")),
    _rule("people", "person_key", "wrong check digit", _check("person_key", wrong_citizen_number)),
    _rule("people", "persons", "less than 1", pl.col("persons") < 1),
    _rule("people", "employer_code", _LOST, _eaten("employer_code")),
    _rule("people", "left", "before the month of arrival", _after("arrived", "left"), "arrived"),
    _rule("enterprises", "code", _LOST, _eaten("code")),
    _rule("enterprises", "code", "wrong check digit", _check("code", wrong_credit_code)),
    _rule("vacancies", "vacancy_id", _LOST, _eaten("vacancy_id")),
    _rule("vacancies", "employer_code", _LOST, _eaten("employer_code")),
    _rule("vacancies", "openings", "less than 1", pl.col("openings") < 1),
    _rule(
        "vacancies", "filled", "more than the openings", _after("filled", "openings"), "openings"
    ),
    _rule(
        "vacancies", "closed", "before the month of posting", _after("posted", "closed"), "posted"
    ),
    _rule("vacancies", "wage_high", "below wage_low", _after("wage_low", "wage_high"), "wage_low"),
)


def no_rows(table: pa.Table, first: str) -> Iterator[tuple[str, Bools]]:
    """Yield (reason, rows) of what stands among the rows of a file and is none.

    That is the header once more, as printed pages repeat it, and totals and notes, which say so in
    the first column of the file, `first`.
    """
    texts = [name for name in table.column_names if pa.types.is_string(table[name].type)]
    same = np.zeros(table.num_rows, np.int64)
    for name in texts:
        same += pc.fill_null(pc.equal(table[name], name), fill_value=False).to_numpy()
    if texts:
        yield HEADER_AGAIN, same >= min(_LEAST_NAMES, len(texts))
    if first in texts:
        total = pc.match_substring_regex(table[first], _TOTAL)
        yield TOTAL, pc.fill_null(total, fill_value=False).to_numpy()
        example = pc.equal(table[first], EXAMPLE_MARK)
        yield EXAMPLE, pc.fill_null(example, fill_value=False).to_numpy()


def broken(table: str, frame: pl.DataFrame) -> Iterator[tuple[str, str, pl.Series]]:
    """Yield (column, reason, rows) of each rule of a table that some row breaks.

    `frame` has the parsed columns under our names; a rule about a column that is not there is kept.
    """
    names = [name for name in frame.columns if name in {c.name for c in INPUT[table]}]
    yield "", EMPTY_ROW, frame.select(pl.all_horizontal(pl.col(names).is_null())).to_series()
    for column in INPUT[table]:
        if column.required and column.name in frame.columns:
            yield column.name, EMPTY, frame[column.name].is_null()
    for rule in RULES:
        if rule.table == table and set(rule.needs) <= set(frame.columns):
            rows = frame.select(rule.broken.fill_null(value=False)).to_series()
            yield rule.column, rule.reason, rows
