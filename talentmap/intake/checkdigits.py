"""Check digits of citizen numbers (GB 11643) and of credit codes (GB 32100), a column at once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import polars as pl

_ID = r"^\d{17}[0-9X]$"
_ID_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2], np.int64)
_ID_CHECKS = np.frombuffer(b"10X98765432", np.uint8)

_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT = rf"^[{_CREDIT_ALPHABET}]{{18}}$"
_CREDIT_WEIGHTS = np.array([pow(3, i, 31) for i in range(17)], np.int64)
_CREDIT_MARKS = np.frombuffer(_CREDIT_ALPHABET.encode(), np.uint8)
_LENGTH = 18

Bytes = npt.NDArray[np.uint8]
Bools = npt.NDArray[np.bool_]


def wrong_citizen_number(texts: pl.Series) -> pl.Series:
    """Tell which texts have the form of an 18-digit citizen number with a wrong check digit."""
    return _wrong(texts, _ID, _citizen_number_holds)


def wrong_credit_code(texts: pl.Series) -> pl.Series:
    """Tell which texts have the form of a unified social credit code with a wrong check mark."""
    return _wrong(texts, _CREDIT, _credit_code_holds)


def _citizen_number_holds(marks: Bytes) -> Bools:
    total = (marks[:, :-1].astype(np.int64) - ord("0")) @ _ID_WEIGHTS
    holds: Bools = _ID_CHECKS[total % 11] == marks[:, -1]
    return holds


def _credit_code_holds(marks: Bytes) -> Bools:
    values = np.searchsorted(_CREDIT_MARKS, marks[:, :-1]).astype(np.int64)
    check = (31 - (values @ _CREDIT_WEIGHTS) % 31) % 31
    holds: Bools = _CREDIT_MARKS[check] == marks[:, -1]
    return holds


def _wrong(texts: pl.Series, pattern: str, holds: Callable[[Bytes], Bools]) -> pl.Series:
    formed = texts.str.contains(pattern).fill_null(value=False)
    wrong = formed.to_numpy().copy()
    if wrong.any():
        joined = "".join(texts.filter(formed).to_list()).encode()
        wrong[wrong] = ~holds(np.frombuffer(joined, np.uint8).reshape(-1, _LENGTH))
    return pl.Series(wrong)
