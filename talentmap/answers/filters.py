"""The filters of a question as columns of the cube and the integers they let through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from talentmap.cube.lattice import DIMENSION_ORDER
from talentmap.cube.release import Release
from talentmap.model.errors import NotPublished
from talentmap.model.question import Question

Accepted = dict[str, list[int]]


def accepted_columns(release: Release, question: Question) -> Accepted:
    """Return {column: accepted integers} of the filters, in the order nodes name them."""
    books = release.codebooks
    found = dict(books[name].column_for(code) for name, code in question.filters().items())
    if question.chain:
        found["industry"] = books["industry"].integers(release.info.chains[question.chain][1])
    return {c: found[c] for name in DIMENSION_ORDER for c in (f"{name}_top", name) if c in found}


def accepted_rows(
    dims: Mapping[str, npt.NDArray[np.integer[Any]]], accepted: Accepted, n: int
) -> npt.NDArray[np.bool_]:
    """Mark the rows of a node that the filters let through."""
    rows = np.ones(n, dtype=bool)
    for column, integers in accepted.items():
        rows &= np.isin(dims[column], integers)
    return rows


def not_published(dims: Sequence[str], where: str) -> NotPublished:
    """Return the refusal for a crossing that a tier's plane does not hold."""
    words = " × ".join(d.removesuffix("_top") for d in dims) or "total"
    return NotPublished(f"the crossing {words} is not published for {where}; take a filter away")
