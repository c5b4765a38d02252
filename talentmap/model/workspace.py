"""A workspace: one city's folder, and its profile `city.toml`.

W/city.toml            profile (CityProfile)
W/boundary.parquet     districts: code, name, name_en, geometry (WKB, WGS-84); may be absent
W/records/TABLE/BATCH.parquet
W/batches.sqlite       ledger: a batch exists when its row is committed here
W/cube/RELEASE/…       one immutable build; W/cube/CURRENT holds the name of the served one
W/uploads/             files on their way in by the page 数据, a folder each; gone when dealt with
W/geocode.sqlite       answers of a geocoder, by keyed hash; only where one is configured
W/reports/             reports made, a folder each, and their schedules
W/audit/
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from talentmap.model.basemap import Basemap, read_basemap
from talentmap.model.codes import check_codes
from talentmap.model.errors import UserError
from talentmap.model.rules import ScarcityRules, read_rules
from talentmap.model.words import Words

PROFILE = "city.toml"


@dataclass(frozen=True, slots=True)
class Chain:
    """An industry chain of the city: a name for several industry codes."""

    id: str
    name: Words
    industries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CityProfile:
    """What is particular to a city. Everything else is code and the same everywhere."""

    code: str
    name: str
    name_en: str
    synthetic: bool = False
    default_industry: str = ""
    industries: tuple[str, ...] = field(default=())  # those to put first in the lists
    chains: tuple[Chain, ...] = field(default=())
    scarcity: ScarcityRules = field(default_factory=ScarcityRules)
    basemap: Basemap = field(default_factory=Basemap)

    def to_toml(self) -> str:
        """Return the text of `city.toml`."""
        listed = ", ".join(f'"{_escape(code)}"' for code in self.industries)
        return (
            "# The profile of this city; edit and build again.\n"
            "[city]\n"
            f'code = "{_escape(self.code)}"\n'
            f'name = "{_escape(self.name)}"\n'
            f'name_en = "{_escape(self.name_en)}"\n'
            f"synthetic = {str(self.synthetic).lower()}\n\n"
            "[industry]\n"
            f'default = "{_escape(self.default_industry)}"\n'
            f"first = [{listed}]\n" + "".join(_chain_toml(chain) for chain in self.chains)
        )


@dataclass(frozen=True, slots=True)
class Workspace:
    """The paths of a workspace and its profile."""

    path: Path
    city: CityProfile

    @classmethod
    def open(cls, path: Path) -> Workspace:
        """Open an existing workspace; raise UserError naming the folder where it is none."""
        file = path / PROFILE
        if not path.is_dir():
            raise UserError(f"workspace {path}: there is no such folder")
        if not file.is_file():
            raise UserError(f"workspace {path}: no {PROFILE} in it; make one with 'talentmap new'")
        return cls(path, _read_profile(file))

    @property
    def boundary(self) -> Path:
        """GeoParquet of the districts; may not exist."""
        return self.path / "boundary.parquet"

    @property
    def ledger(self) -> Path:
        """SQLite ledger of the batches."""
        return self.path / "batches.sqlite"

    @property
    def cube(self) -> Path:
        """Folder of the releases."""
        return self.path / "cube"

    @property
    def audit(self) -> Path:
        """Folder of the audit log."""
        return self.path / "audit"

    def records(self, table: str) -> Path:
        """Folder of the batches of one table."""
        return self.path / "records" / table


def _read_profile(file: Path) -> CityProfile:
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        city, industry = data["city"], data.get("industry", {})
        return CityProfile(
            str(city["code"]),
            str(city["name"]),
            str(city.get("name_en") or city["name"]),
            bool(city.get("synthetic", False)),
            str(industry.get("default", "")),
            tuple(industry.get("first", ())),
            tuple(_chain(entry, file) for entry in data.get("chain", ())),
            read_rules(data.get("scarcity", {}), file),
            read_basemap(data.get("basemap", {}), file),
        )
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"{file}: not a readable profile: {error}") from None
    except KeyError as error:
        raise UserError(f"{file}: [city] lacks {error}") from None


def _chain(entry: dict[str, Any], file: Path) -> Chain:
    name = str(entry["name"])
    codes = tuple(str(code) for code in entry["industries"])
    wrong = check_codes("industry", codes)
    if wrong or not codes:
        raise UserError(
            f"{file}: chain {name}: unknown industry {', '.join(wrong) or '(none given)'}"
        )
    return Chain(str(entry["id"]), Words(name, str(entry.get("name_en") or name)), codes)


def _chain_toml(chain: Chain) -> str:
    listed = ", ".join(f'"{_escape(code)}"' for code in chain.industries)
    return (
        f'\n[[chain]]\nid = "{_escape(chain.id)}"\nname = "{_escape(chain.name.zh)}"\n'
        f'name_en = "{_escape(chain.name.en)}"\nindustries = [{listed}]\n'
    )


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
