"""What a place lies in: the steps between the city and it."""

from __future__ import annotations

import numpy as np

from talentmap.answers.ids import Names
from talentmap.cube.release import Release
from talentmap.model.cells import from_hex, resolution_of
from talentmap.model.release import Place


def above(release: Release, names: Names, place: str) -> list[Place]:
    """Return the places a place lies in, the largest first: a district, then a park.

    Empty for a district, a drawn area, or where it is not known. Raises UserError for a place that
    is not there.
    """
    kind, _, code = place.partition(":")
    if kind == "park":
        found = release.info.place("park", code)
        return _known(release, [("district", found.parent)] if found else [])
    if kind == "cell":
        level = f"cell{resolution_of(from_hex(code))}"
        at = names.find(level, code)
        cells = names.cells(resolution_of(from_hex(code)))
        row = int(np.searchsorted(cells["id"].to_numpy(), at))
        return _indexed(release, [("district", cells["district"][row].as_py())])
    if kind == "enterprise":
        index = names.find("enterprise", code)
        row_of = release.table("enterprises").slice(index, 1).to_pylist()[0]
        return _indexed(release, [(k, row_of[k]) for k in ("district", "park")])
    return []


def _known(release: Release, steps: list[tuple[str, str]]) -> list[Place]:
    found = [release.info.place(kind, code) for kind, code in steps if code]
    return [place for place in found if place is not None]


def _indexed(release: Release, steps: list[tuple[str, int | None]]) -> list[Place]:
    found = []
    for kind, index in steps:
        places = release.info.places.get(kind, ())
        if index is not None and 0 <= index < len(places):
            found.append(places[index])
    return found
