"""Codes as small integers: how the cube stores the dimensions.

Index 0 stands for "not known". The fine index of a code is its place in the list of codes the data
have, the top index the place of its root in the list of roots; both lists are in the manifest.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from talentmap.model.codes import code_table


@dataclass(frozen=True, slots=True)
class Codebook:
    """The codes of one dimension present in a release; position + 1 is the stored integer."""

    dimension: str
    fine: tuple[str, ...]
    top: tuple[str, ...]

    @classmethod
    def of(cls, dimension: str, present: set[str]) -> Codebook:
        """Build from the codes found in the records; order as in the code table."""
        table = code_table(dimension)
        roots = {table.root(code) for code in present}
        order = list(table.codes)
        return cls(
            dimension,
            tuple(code for code in order if code in present),
            tuple(code for code in order if code in roots),
        )

    def mapping(self) -> pa.Table:
        """Return columns code, fine, top (int16) to join records with."""
        table = code_table(self.dimension)
        tops = {code: index for index, code in enumerate(self.top, start=1)}
        return pa.table(
            {
                "code": pa.array(self.fine, pa.string()),
                "fine": pa.array(range(1, len(self.fine) + 1), pa.int16()),
                "top": pa.array([tops[table.root(code)] for code in self.fine], pa.int16()),
            }
        )

    def column_for(self, code: str) -> tuple[str, list[int]]:
        """Return the column a filter by `code` needs and the integers it accepts.

        A root is answered from the small `_top` column; anything below from the fine one.
        """
        table = code_table(self.dimension)
        if not table.codes[code].parent:
            return f"{self.dimension}_top", [
                i for i, c in enumerate(self.top, start=1) if c == code
            ]
        return self.dimension, self.integers([code])

    def integers(self, codes: Iterable[str]) -> list[int]:
        """Return the fine integers of codes and all below them."""
        wanted = set().union(*(code_table(self.dimension).below(code) for code in codes))
        return [i for i, c in enumerate(self.fine, start=1) if c in wanted]

    def to_json(self) -> dict[str, Any]:
        """Return a plain object for the manifest."""
        return {"dimension": self.dimension, "fine": list(self.fine), "top": list(self.top)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Codebook:
        """Read what to_json wrote."""
        return cls(data["dimension"], tuple(data["fine"]), tuple(data["top"]))
