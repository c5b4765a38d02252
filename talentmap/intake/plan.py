"""What is settled before the first row of a file is judged: its source, columns, words, system."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from talentmap.intake.autocrs import MOST_ROWS, find_system
from talentmap.intake.columns import Match, known_names, match_columns
from talentmap.intake.crs import AUTO, SYSTEMS, check_system
from talentmap.intake.gazetteer import load_gazetteer
from talentmap.intake.keys import NO_KEY, lacks_key
from talentmap.intake.ledger import file_sha256
from talentmap.intake.mapping import FileMapping
from talentmap.intake.positions import Gazetteer
from talentmap.intake.source import Options, Reading, Source
from talentmap.intake.values import parse
from talentmap.intake.vocabulary import Words, office_vocabulary
from talentmap.model import months
from talentmap.model.discover import discover
from talentmap.model.errors import UserError, unknown
from talentmap.model.schemas import TABLES, Column
from talentmap.model.workspace import Workspace

_NUMBERS = re.compile(r"[\d\s_\-.年月日号()（）]+")
# Words in the name of a column of coordinates that say which system they are in.
_SYSTEM_WORDS = {
    "gcj02": ("gcj", "火星", "高德", "腾讯"),
    "bd09": ("bd09", "bd-09", "百度"),
    "wgs84": ("wgs", "cgcs2000", "大地2000"),
}
_SIDES = ("home_", "work_", "")


@dataclass(frozen=True)
class Plan:
    """A file ready to be read: `match` of its columns, `gazetteer` in its coordinate system.

    `sha256` is of the file, or what its source has instead.
    """

    source: str
    sha256: str
    reading: Reading
    match: Match
    gazetteer: Gazetteer
    words: Words
    as_of: int | None
    series: str
    caveats: tuple[str, ...]
    sheet: str = ""
    guessed: tuple[str, ...] = ()  # constants that are of this one file only

    def mapping(self) -> FileMapping:
        """Return what the next file of this source should be read by."""
        return FileMapping(
            self.match.table,
            self.series,
            self.gazetteer.system,
            self.sheet,
            dict(self.match.named),
            {name: text for name, text in self.match.constants.items() if name not in self.guessed},
            self.match.ignored,
        )


def prepare(ws: Workspace, table: str, file: Path, source: str, options: Options) -> Plan:
    """Open a file and settle all that its header, its mapping and the workspace say.

    Raise UserError naming file, column or option where that is not enough.
    """
    kind = _source(table, file, source)
    mapping = options.get("mapping")
    mapping = mapping if isinstance(mapping, FileMapping) else FileMapping()
    vocabulary = office_vocabulary(ws.path)
    wanted = check_system(str(options.get("crs") or mapping.crs or "wgs84"))
    known = known_names(table, vocabulary, mapping)
    sheet = options.get("sheet") or mapping.sheet
    reading = kind.read(file, table, {"names": known, **options, "sheet": sheet})
    as_of = _as_of(options, reading)
    match = match_columns(table, reading.header, file.name, vocabulary, mapping)
    match, stated = _with_month(match, as_of)
    guessed = ("posted",) if stated else ()
    system, told = _system(match, wanted, given=bool(options.get("crs") or mapping.crs))
    gazetteer = load_gazetteer(ws, system if system != AUTO else "wgs84")
    if system == AUTO:
        verdict = _found_out(reading, match, gazetteer, file.name)
        gazetteer, told = replace(gazetteer, system=verdict[0]), verdict[1]
    made = (NO_KEY,) if lacks_key(match) else ()
    caveats = (*reading.caveats, *match.caveats(), *told, *stated, *made)
    series = mapping.source or _NUMBERS.sub(" ", file.name.partition(".")[0]).strip().lower()
    sha256 = kind.identity(file, options) if kind.identity else file_sha256(file)
    return Plan(
        kind.id,
        sha256,
        reading,
        match,
        gazetteer,
        vocabulary.words,
        as_of,
        series,
        caveats,
        str(sheet),
        guessed,
    )


def sources() -> dict[str, Source]:
    """Return the sources there are, by id."""
    return discover("talentmap.intake.sources", "SOURCE", Source)


def _source(table: str, file: Path, wanted: str) -> Source:
    if table not in TABLES:
        raise unknown("table", table, TABLES)
    known = sources()
    if not (file.is_file() or (wanted in known and known[wanted].identity)):
        raise UserError(f"{file}: there is no such file")
    if wanted and wanted not in known:
        raise unknown("source", wanted, known)
    name = file.name.lower()
    fitting = (
        [known[wanted]] if wanted else [s for s in known.values() if name.endswith(s.suffixes)]
    )
    if not fitting:
        kinds = ", ".join(suffix for s in known.values() for suffix in s.suffixes)
        raise UserError(f"{file.name}: not a kind of file that can be read ({kinds}); or --source")
    serving = [s for s in fitting if table in s.tables]
    if not serving:
        raise UserError(f"{file.name}: source {fitting[0].id} does not serve table {table}")
    return serving[0]


def _as_of(options: Options, reading: Reading) -> int | None:
    given = options.get("as_of")
    return months.to_index(str(given)) if given else reading.as_of


def _with_month(match: Match, as_of: int | None) -> tuple[Match, tuple[str, ...]]:
    """State the month of posting for adverts whose file has none: that of the file, else this."""
    if match.table != "vacancies" or "posted" in {*match.named, *match.constants}:
        return match, ()
    now = datetime.now(UTC)
    month = months.to_text(as_of) if as_of is not None else f"{now.year}-{now.month:02d}"
    constants: Mapping[str, str] = {**match.constants, "posted": month}
    said = "the month the file speaks of" if as_of is not None else "the month of intake"
    caveat = f"no column posted (发布日期): {month}, {said}, was taken for every row (--as-of)"
    return replace(match, constants=constants), (caveat,)


def _system(match: Match, wanted: str, *, given: bool) -> tuple[str, tuple[str, ...]]:
    """Return the system to use: what was asked for, else what the names of the columns say."""
    hints = " ".join(
        f"{match.hints.get(side + word, '')} {match.named.get(side + word, '')}".casefold()
        for side in _SIDES
        for word in ("lon", "lat")
    )
    named = [system for system in SYSTEMS if any(w in hints for w in _SYSTEM_WORDS[system])]
    if len(named) != 1 or named[0] == wanted:
        return wanted, ()
    if given:
        return wanted, (f"coordinates taken as {wanted}, though their columns say {named[0]}",)
    return named[0], (f"coordinates taken as {named[0]}, as their columns say",)


def _found_out(
    reading: Reading, match: Match, gazetteer: Gazetteer, file: str
) -> tuple[str, tuple[str, ...]]:
    """Return the system found out from the first rows, and the words on it."""
    for side in _SIDES:
        names = [match.named.get(f"{side}{word}") for word in ("lon", "lat", "district")]
        lon, lat, district = names
        if lon and lat and district:
            sample = _sample(reading, lon, lat, district)
            verdict = find_system(*sample, gazetteer, file)
            return verdict.system, (str(verdict),)
    raise UserError(
        f"{file}: crs: auto needs columns of coordinates and of districts (区县); "
        f"say which: {', '.join(SYSTEMS)}"
    )


def _sample(
    reading: Reading, lon: str, lat: str, district: str
) -> tuple[pl.Series, pl.Series, pl.Series]:
    rows = 0
    parts = []
    for chunk in reading.chunks((lon, lat, district)):
        parts.append(
            pl.DataFrame(
                [
                    parse(Column("lon", "lon"), chunk.table[lon]).values.alias("lon"),
                    parse(Column("lat", "lat"), chunk.table[lat]).values.alias("lat"),
                    parse(Column("district", "text"), chunk.table[district]).values.alias("named"),
                ]
            )
        )
        rows += chunk.table.num_rows
        if rows >= MOST_ROWS:
            break
    frame = pl.concat(parts)
    return frame["lon"], frame["lat"], frame["named"]
