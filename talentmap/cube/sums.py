"""Count once at the largest crossings of a level; smaller crossings are sums of those.

Asking the engine costs a scan and the making of a query; adding up a table that is already there
costs neither. The numbers are the same: all are whole but metres, which agree to a billionth.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

import pyarrow as pa

Dims = tuple[str, ...]


class Sums:
    """Tables of one fact by level and crossing, with columns `keys`, dimensions and measures.

    `asked` are the crossings per level, `count` asks the engine for one of them. The tables of one
    level are kept until another is asked for.
    """

    def __init__(
        self,
        keys: Collection[str],
        asked: Mapping[str, Iterable[Dims]],
        count: Callable[[str, Dims], pa.Table],
    ) -> None:
        self._keys = tuple(keys)
        self._largest = {level: largest(sets) for level, sets in asked.items()}
        self._count = count
        self._level = ""
        self._kept: dict[Dims, pa.Table] = {}

    def of(self, level: str, dims: Dims) -> pa.Table:
        """Return one row per keys and dimensions; in no order."""
        if level != self._level:
            self._level, self._kept = level, {}
        source = next(s for s in self._largest[level] if set(dims) <= set(s))
        if source not in self._kept:
            self._kept[source] = self._count(level, source)
        found = self._kept[source]
        if source == dims:
            return found
        others = [name for name in source if name not in dims]
        return added_up(found.drop_columns(others), (*self._keys, *dims))


def largest(sets: Iterable[Dims]) -> list[Dims]:
    """Return the crossings that are not part of another, those of few dimensions first."""
    distinct = sorted(set(sets), key=len)
    return [s for s in distinct if not any(set(s) < set(other) for other in distinct)]


def added_up(rows: pa.Table, keys: Collection[str]) -> pa.Table:
    """Return one row per keys: the sums of all other columns, under their own names."""
    measures = [name for name in rows.column_names if name not in keys]
    found = rows.group_by(list(keys)).aggregate([(name, "sum") for name in measures])
    return found.select([*keys, *(f"{name}_sum" for name in measures)]).rename_columns(
        [*keys, *measures]
    )
