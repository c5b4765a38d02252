"""Keys that may come once in a file: of enterprises, vacancies and places."""

from __future__ import annotations

import numpy as np
import polars as pl
import pyarrow as pa

from talentmap.intake.columns import Match
from talentmap.intake.source import ROW, Refusal

_KEYS = {"enterprises": "code", "vacancies": "vacancy_id", "places": "code"}
_REASON = "the same key as a row before"


class SeenKeys:
    """Remembers the keys of a file as 64-bit hashes: eight bytes a row.

    Two of ten million different keys share a hash with a chance of 3 in a million.
    """

    def __init__(self, match: Match):
        self._key = _KEYS.get(match.table, "")
        self._named = match.named.get(self._key, self._key)
        self._seen = np.empty(0, np.uint64)

    def first(self, records: pa.Table) -> tuple[pa.Table, list[Refusal]]:
        """Return the records whose key is new, and the others as refused."""
        if not self._key or not records.num_rows:
            return records, []
        hashes = pl.Series(records[self._key]).hash().to_numpy()
        new = np.zeros(len(hashes), np.bool_)
        new[np.unique(hashes, return_index=True)[1]] = True
        new &= ~np.isin(hashes, self._seen)
        if new.all():
            refused = []
        else:
            refused = [Refusal(records[ROW].to_numpy()[~new], self._named, _REASON)]
        self._seen = np.concatenate([self._seen, hashes[new]])
        return records.filter(pa.array(new)), refused
