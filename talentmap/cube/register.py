"""The register of a release: every place and enterprise by the names somebody may look for.

Names are spelt in pinyin once, at build; finding (answers/find.py) only reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from pypinyin import lazy_pinyin

from talentmap.cube.inputs import Bases
from talentmap.model.release import Place

SCHEMA = pa.schema(
    [
        ("kind", pa.string()),  # district, park, station, enterprise
        ("code", pa.string()),
        ("name", pa.string()),
        ("name_en", pa.string()),
        ("aliases", pa.string()),  # with line breaks between; may be empty
        ("pinyin", pa.string()),  # ruixingnongye
        ("initials", pa.string()),  # rxny
        ("lon", pa.float64()),  # null where it is not known
        ("lat", pa.float64()),
        ("district", pa.string()),  # code; empty where it is not known
        ("key", pa.bool_()),
    ]
)


def write_register(bases: Bases, place_files: Sequence[Path], folder: Path) -> None:
    """Write register.parquet (SCHEMA): districts, parks, stations, then the enterprises."""
    aliases = _aliases(place_files)
    geography = bases.geography
    rows = [
        _place(kind, place, aliases.get(place.code, ""))
        for kind, places in (
            ("district", geography.districts),
            ("park", geography.parks),
            ("station", geography.stations),
        )
        for place in places
    ]
    rows += [_enterprise(row) for row in _enterprises(bases)]
    pq.write_table(pa.Table.from_pylist(rows, schema=SCHEMA), folder / "register.parquet")


def spelt(name: str) -> tuple[str, str]:
    """Return a name in pinyin without spaces or tones, and the initials of its syllables."""
    syllables = lazy_pinyin(name, v_to_u=False)
    if name.startswith("长"):  # in names nearly always chang, not zhang
        syllables[0] = "chang"
    said = [part.lower() for part in syllables if part.strip()]
    # What is no Chinese character comes as one piece: all of it belongs to the initials.
    short = [part if not _is_syllable(part) else part[0] for part in said]
    return "".join(said), "".join(short)


def _is_syllable(part: str) -> bool:
    return part.isascii() and part.isalpha() and len(part) <= len("zhuang")


def _aliases(files: Sequence[Path]) -> dict[str, str]:
    """Return the aliases of every place code; of a code given twice the later row counts."""
    found: dict[str, str] = {}
    for file in files:
        if "aliases" in pq.read_schema(file).names:  # a batch of before they were kept has none
            rows = pq.read_table(file, columns=["code", "aliases"]).to_pylist()
            found |= {row["code"]: row["aliases"] or "" for row in rows}
    marks = str.maketrans(dict.fromkeys(";；,，、|/", "\n"))
    return {code: text.translate(marks) for code, text in found.items()}


def _place(kind: str, place: Place, aliases: str) -> dict[str, Any]:
    pinyin, initials = spelt(place.name.zh)
    known = bool(place.lon or place.lat)
    return {
        "kind": kind,
        "code": place.code,
        "name": place.name.zh,
        "name_en": place.name.en,
        "aliases": aliases,
        "pinyin": pinyin,
        "initials": initials,
        "lon": place.lon if known else None,
        "lat": place.lat if known else None,
        "district": place.parent,
        "key": False,
    }


def _enterprises(bases: Bases) -> list[dict[str, Any]]:
    columns = ["code", "name", "lon", "lat", "district", "key"]
    rows: list[dict[str, Any]] = bases.enterprises.select(columns).to_pylist()
    return rows


def _enterprise(row: dict[str, Any]) -> dict[str, Any]:
    pinyin, initials = spelt(row["name"])
    return {
        **row,
        "kind": "enterprise",
        "name_en": "",
        "aliases": "",
        "pinyin": pinyin,
        "initials": initials,
        "district": row["district"] or "",
        "key": bool(row["key"]),
    }
