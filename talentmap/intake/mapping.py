"""A mapping file: which column of a source is which, kept so that its next file needs no thought.

TOML: `[mapping]` with `table`, `source` (how the office calls it), `crs`, `sheet`; `[columns]` from
our name to that in the file; `[constants]` with what the file does not say, one value for all rows;
before them `ignore`, a list of columns to leave alone whatever their names mean.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from talentmap.intake.inputs import columns_of
from talentmap.model.errors import UserError, unknown

_SECTIONS = ("mapping", "columns", "constants")
_KEYS = ("table", "source", "crs", "sheet")


@dataclass(frozen=True)
class FileMapping:
    """What a mapping file says; empty texts say nothing."""

    table: str = ""
    source: str = ""
    crs: str = ""
    sheet: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()

    def to_toml(self) -> str:
        """Return the text of the file."""
        left = ", ".join(_quoted(name) for name in self.ignore)
        lines = [f"ignore = [{left}]", "", "[mapping]"] if self.ignore else ["[mapping]"]
        lines += [f"{key} = {_quoted(getattr(self, key))}" for key in _KEYS if getattr(self, key)]
        for title, entries in (("columns", self.columns), ("constants", self.constants)):
            lines += ["", f"[{title}]"]
            lines += [f"{name} = {_quoted(value)}" for name, value in entries.items()]
        return "\n".join(lines) + "\n"


def read_mapping(file: Path, table: str) -> FileMapping:
    """Read a mapping file for a table; raise UserError naming file and entry where it is wrong."""
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UserError(f"mapping {file}: cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"mapping {file}: not TOML: {str(error).splitlines()[0]}") from None
    ignore = data.pop("ignore", [])
    if not isinstance(ignore, list) or not all(isinstance(name, str) for name in ignore):
        raise UserError(f"mapping {file.name}: ignore: not a list of names of columns")
    _check(data, _SECTIONS, f"mapping {file.name}: section")
    sections = {name: _texts(data.get(name, {}), name, file.name) for name in _SECTIONS}
    _check(sections["mapping"], _KEYS, f"mapping {file.name}: [mapping]")
    names = [column.name for column in columns_of(table)]
    for section in ("columns", "constants"):
        _check(sections[section], names, f"mapping {file.name}: [{section}]")
    found = FileMapping(
        **sections["mapping"],
        columns=sections["columns"],
        constants=sections["constants"],
        ignore=tuple(ignore),
    )
    if found.table and found.table != table:
        raise UserError(f"mapping {file.name}: it is for table {found.table}, not {table}")
    return found


def _texts(section: Any, name: str, file: str) -> dict[str, str]:
    if not isinstance(section, dict):
        raise UserError(f"mapping {file}: [{name}] is not a section")
    wrong = [key for key, value in section.items() if not isinstance(value, (str, int, float))]
    if wrong:
        raise UserError(f"mapping {file}: [{name}] {wrong[0]}: not a text or a number")
    return {key: str(value) for key, value in section.items()}


def _check(given: Mapping[str, object], known: tuple[str, ...] | list[str], what: str) -> None:
    for key in given:
        if key not in known:
            raise unknown(what, key, known)


def _quoted(text: str) -> str:
    """Return a TOML string: that of JSON, but for one control character JSON leaves alone."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
