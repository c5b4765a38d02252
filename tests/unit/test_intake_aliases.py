"""Places are found by any name that only one of them has."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from talentmap.intake.create import new_workspace
from talentmap.intake.importer import import_file
from talentmap.model.schemas import NONE, PLACE


def test_a_place_is_found_by_its_aliases(tmp_path: Path) -> None:
    ws = new_workspace(tmp_path / "w", name="X")
    places = tmp_path / "places.csv"
    places.write_text(
        "代码,名称,别名,类型,经度,纬度\n"
        "P1,云泉软件园,云泉；软件谷,park,117.1,36.6\n"
        "P2,凤岐数字港,凤岐、软件谷,park,117.2,36.7\n",
        encoding="utf-8",
    )
    import_file(ws, "places", places)
    people = tmp_path / "people.csv"
    people.write_text("work_place\n云泉\n凤岐\n凤岐数字港\n软件谷\n", encoding="utf-8")
    import_file(ws, "people", people)
    found = pl.read_parquet(next(ws.records("people").glob("*.parquet")))
    assert found["work_lon"].to_list() == [117.1, 117.2, 117.2, None]
    assert found["work_precision"].to_list() == [PLACE, PLACE, PLACE, NONE]
