"""How the office composes its wall screen: `screen.toml` of the workspace.

The file may be absent or hold a few keys only; what it does not name is as shipped. Read at each
visit, so that an edited file shows without a restart.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from talentmap.model.errors import UserError, unknown

FILE = "screen.toml"

STORIES = ("scarcity", "mismatch", "commute")
SUBJECTS = ("industries", "chains", "districts")
TILES = ("industries", "chains", "districts", "trend", "matrix", "posts", "commute")
KPIS = (
    "people", "openings", "per_hundred", "scarce_industries", "scarce_chains", "per_seeker",
    "commute_km",
)  # fmt: skip
COLUMNS = ("left", "right", "below")

_KNOWN = {"stories": STORIES, "kpis": KPIS, **dict.fromkeys(COLUMNS, TILES)}
_SPANS = {"seconds": (5, 600), "resume": (5, 3600), "most": (1, 50)}
_MOST = {"kpis": 6, "left": 3, "right": 3, "below": 1, "stories": 3}


@dataclass(frozen=True, slots=True)
class Composition:
    """What the wall shows and how it turns.

    `subjects` is what the stories are about in turn: the scarcest industries or chains, or the
    districts; `only` names codes instead of the rule, `most` is how many. `seconds` is the time of
    one story, `resume` how long a touch stops the turning. `left`, `right` and `below` (the map)
    are tiles, top to bottom; `kpis` the strip, left to right.
    """

    subjects: str = "industries"
    only: tuple[str, ...] = ()
    most: int = 3
    stories: tuple[str, ...] = STORIES
    seconds: int = 20
    resume: int = 60
    kpis: tuple[str, ...] = (
        "people", "openings", "per_hundred", "scarce_industries", "per_seeker", "commute_km",
    )  # fmt: skip
    left: tuple[str, ...] = ("industries", "trend")
    right: tuple[str, ...] = ("matrix", "chains", "posts")
    below: tuple[str, ...] = ("commute",)

    def __post_init__(self) -> None:
        if self.subjects not in SUBJECTS:
            raise unknown("subjects", self.subjects, SUBJECTS)
        for name, known in _KNOWN.items():
            _check_list(name, getattr(self, name), known)
        for name, (least, most) in _SPANS.items():
            if not least <= getattr(self, name) <= most:
                given = getattr(self, name)
                raise UserError(f"{name}: {given} is not between {least} and {most}")
        if not self.stories:
            raise UserError("stories: name at least one")
        _check_once([tile for column in COLUMNS for tile in getattr(self, column)])

    @property
    def tiles(self) -> tuple[str, ...]:
        """Every tile on the wall."""
        return (*self.left, *self.right, *self.below)

    def to_toml(self) -> str:
        """Return the text of `screen.toml`."""
        lines = [f"{name} = {_toml(value)}" for name, value in asdict(self).items()]
        head = "# The wall screen (/screen). Delete a line, or the file, for what is shipped.\n"
        return head + "\n".join(lines) + "\n"


def composition_of(given: dict[str, Any]) -> Composition:
    """Return a composition of plain values; raise UserError naming the key that is wrong."""
    kinds = {f.name: f.type for f in fields(Composition)}
    read: dict[str, Any] = {}
    for name, value in given.items():
        if name not in kinds:
            raise unknown("key", name, kinds)
        read[name] = _typed(name, value, str(kinds[name]))
    return Composition(**read)


def read_composition(folder: Path) -> Composition:
    """Read the composition of a workspace; raise UserError naming the file and what is wrong."""
    file = folder / FILE
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Composition()
    except UnicodeDecodeError:
        raise UserError(f"{FILE}: not UTF-8 text") from None
    try:
        return composition_of(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"{FILE}: not readable TOML: {error}") from None
    except UserError as error:
        raise UserError(f"{FILE}: {error}") from None


def write_composition(folder: Path, composition: Composition) -> None:
    """Write `screen.toml` in one step: a reader finds the old file or the new one."""
    draft = folder / f".{FILE}.{os.getpid()}"
    draft.write_text(composition.to_toml(), encoding="utf-8")
    draft.replace(folder / FILE)


def _typed(name: str, value: Any, kind: str) -> Any:
    if kind.startswith("tuple"):
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise UserError(f'{name}: a list of words wanted, like ["a", "b"]')
        return tuple(value)
    if kind == "int":
        if not isinstance(value, int) or isinstance(value, bool):
            raise UserError(f"{name}: {value!r} is not a whole number")
        return value
    if not isinstance(value, str):
        raise UserError(f"{name}: {value!r} is not a word in quotes")
    return value


def _check_list(name: str, given: tuple[str, ...], known: Iterable[str]) -> None:
    for word in given:
        if word not in known:
            raise unknown(name, word, known)
    if len(given) > _MOST[name]:
        raise UserError(f"{name}: at most {_MOST[name]}, not {len(given)}")
    if len(set(given)) != len(given):
        raise UserError(f"{name}: {', '.join(given)} names one twice")


def _check_once(tiles: list[str]) -> None:
    twice = sorted({tile for tile in tiles if tiles.count(tile) > 1})
    if twice:
        raise UserError(f"tile {twice[0]}: stands in two columns")


def _toml(value: object) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(one) for one in value) + "]"
    if isinstance(value, int):
        return str(value)
    return json.dumps(str(value), ensure_ascii=False)  # its escapes are TOML's too
