"""The list of hexagons a drawn area is made of, as a CSV file."""

from __future__ import annotations

import csv
import io

from talentmap.answers.areas import Area
from talentmap.answers.desk import Desk
from talentmap.model.question import CELL_LEVELS
from talentmap.model.words import Words

_HEAD = (
    Words("范围：{name}", "Area: {name}"),
    Words("地点：{place}", "Place: {place}"),
    Words("版本：{release}", "Release: {release}"),
    Words("网格：H3 {level}，{n} 个", "Hexagons: H3 {level}, {n}"),
)
_SYNTHETIC = Words("演示数据（合成）", "Demo data (synthetic)")
COLUMNS = ("cell", "name", "lon", "lat")


def cells_csv(desk: Desk, area: Area, language: str) -> str:
    """Return one row a hexagon of the area (id, name, centre in WGS-84 degrees) under a head.

    An area of districts or parks has no hexagons, hence no rows.
    """
    out = io.StringIO()
    out.write("\ufeff")  # so that a spreadsheet reads the Chinese
    fills = {
        "name": area.name(language), "place": area.place, "release": desk.info.name,
        "level": area.level, "n": len(area.ids),
    }  # fmt: skip
    heads = [words.in_(language).format(**fills) for words in _HEAD]
    for line in [*heads, *([_SYNTHETIC.in_(language)] if desk.info.synthetic else [])]:
        out.write(f"# {line}\n")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    if area.level in CELL_LEVELS:
        writer.writerows(_rows(desk, area, language))
    return out.getvalue()


def _rows(desk: Desk, area: Area, language: str) -> list[tuple[str, str, str, str]]:
    cells = desk.names.cells(CELL_LEVELS[area.level])
    at = cells["id"].to_numpy().searchsorted(area.ids)
    lon, lat = (cells[name].to_numpy()[at] for name in ("lon", "lat"))
    codes = desk.names.codes(area.level, area.ids)
    names = desk.names.names(area.level, area.ids, language)
    return [
        (code, name, f"{x:.6f}", f"{y:.6f}")
        for code, name, x, y in zip(codes, names, lon, lat, strict=True)
    ]
