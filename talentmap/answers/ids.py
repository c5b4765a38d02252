"""The rows of a level: which ids there are, what they are called, which of them a place holds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from talentmap.cube.base import ELSEWHERE, OUTSIDE, UNLOCATED
from talentmap.cube.geography import sector_words
from talentmap.cube.release import Release
from talentmap.model.cells import from_hex, resolution_of, to_hex
from talentmap.model.errors import NotPublished, UserError
from talentmap.model.question import CELL_LEVELS, Question
from talentmap.model.words import Words

Ids = npt.NDArray[np.int64]

NOWHERE = {
    OUTSIDE: ("outside", Words("市外", "Outside the city")),
    UNLOCATED: ("unlocated", Words("位置不明", "Location not known")),
    ELSEWHERE: ("elsewhere", Words("其他地方", "Elsewhere in the city")),
}


@dataclass(frozen=True)
class Level:
    """All ids of a level, ascending: first the nowheres (< 0), then its places."""

    name: str
    ids: Ids

    def position(self, ids: Ids) -> npt.NDArray[np.int64]:
        """Return where ids stand in the level; -1 for one that is not in it."""
        at = np.searchsorted(self.ids, ids).clip(max=max(len(self.ids) - 1, 0))
        found = np.where(self.ids[at] == ids, at, -1) if len(self.ids) else np.full(len(ids), -1)
        return found.astype(np.int64)


class Names:
    """Ids to codes and names, and places to ids, of one release."""

    def __init__(self, release: Release) -> None:
        self._release = release
        self._levels: dict[str, Level] = {}

    def level(self, name: str) -> Level:
        """Return a level's ids; raise NotPublished for one the release does not have."""
        if name not in self._levels:
            nowhere = np.array(sorted(NOWHERE), dtype=np.int64)
            self._levels[name] = Level(name, np.concatenate([nowhere, self._ids(name)]))
        return self._levels[name]

    def cells(self, resolution: int) -> pa.Table:
        """Return the populated cells of a resolution, ascending by id."""
        cells = self._release.table("cells")
        return cells.filter(pc.equal(cells["res"], resolution))

    def codes(self, level: str, ids: Ids) -> list[str]:
        """Return the codes of ids as they stand in questions and answers."""
        if level in CELL_LEVELS:
            return [NOWHERE[i][0] if i < 0 else to_hex(i) for i in ids.tolist()]
        listed = self._codes(level)
        return [NOWHERE[i][0] if i < 0 else listed[i] for i in ids.tolist()]

    def names(self, level: str, ids: Ids, language: str) -> list[str]:
        """Return the names of ids; a cell is called after its district and where in it it lies."""
        if level in CELL_LEVELS:
            return self._cell_names(level, ids, language)
        if level == "city":
            listed = [self._release.info.city.in_(language)]
        elif level == "enterprise":
            listed = self._release.table("enterprises")["name"].to_pylist()
        else:
            listed = [p.name.in_(language) for p in self._release.info.places[level]]
        return [NOWHERE[i][1].in_(language) if i < 0 else listed[i] for i in ids.tolist()]

    def find(self, level: str, code: str) -> int:
        """Return the id of a code at a level; raise UserError where there is no such place."""
        if code in (entry[0] for entry in NOWHERE.values()):
            return next(i for i, entry in NOWHERE.items() if entry[0] == code)
        if level in CELL_LEVELS:
            cell = from_hex(code)
            if self.level(level).position(np.array([cell]))[0] < 0:
                raise UserError(f"place: cell {code} has no people and no openings")
            return cell
        try:
            return self._codes(level).index(code)
        except ValueError:
            raise UserError(f"place: no {level} with the code {code!r}") from None

    def inside(self, question: Question) -> npt.NDArray[np.bool_] | None:
        """Mark the ids of the question's level inside its place; None where it names none.

        Cells and enterprises belong to the district most of their people are in.
        """
        kind, code = question.place_parts()
        if not kind:
            return None
        level = self.level(question.level)
        own = level_of_place(kind, code)
        wanted = np.int64(self.find(own, code))
        if own == question.level:
            return np.asarray(level.ids == wanted)
        if kind == "district" and question.level in (*CELL_LEVELS, "enterprise", "park"):
            nowhere = np.full(len(NOWHERE), UNLOCATED, dtype=np.int64)
            districts = np.concatenate([nowhere, self._district_of(question.level)])
            return np.asarray(districts == wanted)
        if kind == "park" and question.level == "enterprise":
            parks = integers(self._release.table("enterprises"), "park")
            return np.concatenate([np.zeros(len(NOWHERE), dtype=bool), parks == wanted])
        raise NotPublished(f"place: {kind} cannot limit an answer at level {question.level}")

    def _district_of(self, level: str) -> Ids:
        """District index of every place of a level, -2 where it has none."""
        if level in CELL_LEVELS:
            return integers(self.cells(CELL_LEVELS[level]), "district")
        if level == "enterprise":
            return integers(self._release.table("enterprises"), "district")
        index = {p.code: i for i, p in enumerate(self._release.info.places["district"])}
        parks = self._release.info.places["park"]
        return np.array([index.get(p.parent, UNLOCATED) for p in parks], dtype=np.int64)

    def _ids(self, name: str) -> Ids:
        if name in CELL_LEVELS:
            return integers(self.cells(CELL_LEVELS[name]), "id")
        return np.arange(len(self._codes(name)), dtype=np.int64)

    def _codes(self, level: str) -> list[str]:
        if level == "city":
            return [self._release.info.city_code]
        if level == "enterprise":
            return list(self._release.table("enterprises")["code"].to_pylist())
        if level not in self._release.info.places:
            raise NotPublished(f"level: {level} is not part of this release")
        return [p.code for p in self._release.info.places[level]]

    def _cell_names(self, level: str, ids: Ids, language: str) -> list[str]:
        cells = self.cells(CELL_LEVELS[level])
        at = np.searchsorted(cells["id"].to_numpy(), ids).clip(max=max(len(cells) - 1, 0))
        district, sector = cells["district"].to_numpy(), cells["sector"].to_numpy()
        return [
            NOWHERE[i][1].in_(language)
            if i < 0
            else self._where(int(district[k]), int(sector[k]), language)
            for i, k in zip(ids.tolist(), at.tolist(), strict=True)
        ]

    def _where(self, district: int, sector: int, language: str) -> str:
        places = self._release.info.places["district"]
        home = places[district].name if district >= 0 else self._release.info.city
        where = sector_words(sector).in_(language)
        if language == "en":
            return f"{home.en}, {where}"
        return f"{home.zh} {where}" if home.zh.isascii() else f"{home.zh}{where}"


def integers(table: pa.Table, column: str) -> Ids:
    """Return a column of a table as 64-bit integers."""
    return np.asarray(table[column].to_numpy(), dtype=np.int64)


def level_of_place(kind: str, code: str) -> str:
    """Return the level a place stands at: the city for none, a cell's by its resolution."""
    return f"cell{resolution_of(from_hex(code))}" if kind == "cell" else kind or "city"
