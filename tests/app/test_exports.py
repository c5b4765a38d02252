"""Answers as files, read back by other programs: the rows, statuses and words of the desk."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pytest

from talentmap.answers.about import SYNTHETIC
from talentmap.answers.desk import Desk
from talentmap.answers.exports import FORMATS, export
from talentmap.answers.viewer import Viewer
from talentmap.cli import open_desk
from talentmap.model.answer import SCHEMA, Answer
from talentmap.model.discover import discover
from talentmap.model.errors import NotPublished, UserError
from talentmap.model.layer import Layer
from talentmap.model.question import Question
from talentmap.model.workspace import Workspace

LAYERS = discover("layers", "LAYER", Layer)
MAPS = ("geojson", "geoparquet", "gpkg", "kml")
PLACES = {"city": "Polygon", "district": "Polygon", "park": "Polygon", "cell7": "Polygon",
          "cell8": "Polygon", "enterprise": "Point"}  # fmt: skip

# What has no number at a level: its crossing is not built, and an enterprise has no residents.
UNPUBLISHED = {("hot_spots", "district"), ("mismatch", "cell7"), ("mismatch", "cell8")} | {
    (layer, "enterprise")
    for layer in (
        "commute_km", "flows", "hot_spots", "inflow", "jobs_housing", "mismatch", "outflow",
        "scarcity", "self_containment", "self_sufficiency", "supply_home",
    )
}  # fmt: skip


@pytest.fixture(scope="module")
def desk(demo_workspace: Workspace) -> Desk:
    return open_desk(demo_workspace)


def asked(desk: Desk, query: str, tier: str = "internal") -> Answer:
    return desk.ask(Question.from_query(query), Viewer(tier))


def written(desk: Desk, answer: Answer, format_: str, folder: Path) -> Path:
    file = folder / f"table.{format_}"
    export(answer, desk, format_, file)
    assert [p.name for p in folder.iterdir() if p.name.startswith(".")] == []
    return file


def frame_of(file: Path) -> gpd.GeoDataFrame:
    """Read a file for maps with the columns of an Answer."""
    if file.suffix == ".geoparquet":
        return gpd.GeoDataFrame(gpd.read_parquet(file))
    found = pyogrio.read_dataframe(file)
    if file.suffix == ".kml":
        found = found.rename(columns={"id": "of_kml", "Name": "name"}).rename(
            columns={"code": "id"}
        )
    return gpd.GeoDataFrame(found)


def assert_same(found: pd.DataFrame, answer: Answer) -> None:
    expected = answer.table.to_pandas()
    assert len(found) == len(expected)
    for column in ("id", "name", "status"):
        assert found[column].tolist() == expected[column].tolist(), column
    for column in ("value", "low", "high", "n"):
        if expected[column].notna().any():
            pd.testing.assert_series_equal(
                found[column].astype(float), expected[column], check_names=False, rtol=1e-9
            )
    hidden = found["status"] != "ok"
    assert found.loc[hidden, "value"].isna().all()


@pytest.mark.parametrize("format_", MAPS)
@pytest.mark.parametrize("level", PLACES)
def test_every_level_with_a_shape_is_read_back(
    desk: Desk, tmp_path: Path, format_: str, level: str
) -> None:
    side = "work" if level == "enterprise" else "home"
    answer = asked(desk, f"metric=supply&at={side}&level={level}")
    found = frame_of(written(desk, answer, format_, tmp_path))
    assert_same(found, answer)
    placed = found[found.geometry.notna()]
    firms = desk.release.table("enterprises")
    lost = firms["code"].filter(firms["lon"].is_null()).to_pylist() if side == "work" else []
    nowhere = [i for i in found["id"] if i in ("outside", "unlocated", "elsewhere", *lost)]
    assert len(placed) == len(found) - len(nowhere) > 0
    assert set(placed.geometry.geom_type) <= {PLACES[level], f"Multi{PLACES[level]}"}
    west, south, east, north = desk.info.bounds
    assert (west - 0.1 < placed.total_bounds[0]) & (placed.total_bounds[2] < east + 0.1)
    assert (south - 0.1 < placed.total_bounds[1]) & (placed.total_bounds[3] < north + 0.1)
    if level != "enterprise":
        assert placed.geometry.is_valid.all()


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("level", ["district", "cell7", "cell8", "enterprise"])
def test_every_layer_at_every_level_goes_into_a_geopackage(
    desk: Desk, tmp_path: Path, layer: str, level: str
) -> None:
    question = Question(LAYERS[layer].metric, at=LAYERS[layer].at or "work", level=level)
    if (layer, level) in UNPUBLISHED:
        with pytest.raises(NotPublished):
            desk.ask(question, Viewer("internal"))
        return
    answer = desk.ask(question, Viewer("internal"))
    assert_same(frame_of(written(desk, answer, "gpkg", tmp_path)), answer)


@pytest.mark.parametrize("format_", MAPS)
def test_pairs_are_lines_from_home_to_work(desk: Desk, tmp_path: Path, format_: str) -> None:
    answer = asked(desk, "metric=commute_od&level=district")
    found = frame_of(written(desk, answer, format_, tmp_path))
    assert_same(found, answer)
    places = {p.code: p for p in desk.info.places["district"]}
    drawn = found[found.geometry.notna()]
    assert set(drawn.geometry.geom_type) <= {"LineString", "MultiLineString"}
    for code, shape in zip(drawn["id"], drawn.geometry, strict=True):
        home, work = (places[end] for end in code.split(">"))
        assert shape.bounds == pytest.approx(
            (min(home.lon, work.lon), min(home.lat, work.lat),
             max(home.lon, work.lon), max(home.lat, work.lat)), abs=1e-5
        )  # fmt: skip
    plain = [i for i in found.loc[found.geometry.isna(), "id"] if "outside" not in i]
    assert all(i.split(">")[0] == i.split(">")[1] for i in plain if "unlocated" not in i)


def test_a_drawn_area_is_its_whole_cells(desk: Desk, tmp_path: Path) -> None:
    answer = asked(desk, "metric=supply&level=area&place=circle:117.02,36.66,4")
    found = frame_of(written(desk, answer, "gpkg", tmp_path))
    assert found["value"].tolist() == answer.table["value"].to_pylist()
    area = found.to_crs(32650).area.iloc[0] / 1e6
    assert area == pytest.approx(3.1416 * 16, rel=0.25)


def test_the_files_say_what_they_are(desk: Desk, tmp_path: Path) -> None:
    answer = asked(desk, "metric=supply&level=district&industry=I")
    query = answer.question.to_query()
    collection = json.loads(written(desk, answer, "geojson", tmp_path).read_text("utf-8"))
    assert (collection["question"], collection["tier"]) == (query, "internal")
    assert (collection["release"], collection["synthetic"]) == (desk.info.name, True)
    store = pyogrio.read_info(written(desk, answer, "gpkg", tmp_path))["layer_metadata"]
    assert (store["question"], store["month"], store["mark"]) == (query, "2026-06", SYNTHETIC)
    assert store["release"] == desk.info.name
    document = written(desk, answer, "kml", tmp_path).read_text("utf-8")
    assert SYNTHETIC in document
    assert query.replace("&", "&amp;") in document
    assert "<displayName>数值</displayName>" in document
    for format_ in ("parquet", "geoparquet"):
        schema = pq.read_schema(written(desk, answer, format_, tmp_path))
        about = json.loads(schema.metadata[b"talentmap"])
        assert (about["question"], about["synthetic"]) == (query, True)
    assert schema.field("value").metadata == {b"title": "数值".encode()}


def test_a_geopackage_has_chinese_titles_for_its_ascii_columns(desk: Desk, tmp_path: Path) -> None:
    import sqlite3
    from contextlib import closing

    file = written(desk, asked(desk, "metric=supply&level=district"), "gpkg", tmp_path)
    with closing(sqlite3.connect(file)) as store:
        titles = dict(store.execute("SELECT column_name, title FROM gpkg_data_columns"))
        columns = [row[1] for row in store.execute("PRAGMA table_info(talentmap)")]
        assert store.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert titles["value"] == "数值"
    assert set(titles) <= set(columns)
    assert all(name.isascii() for name in columns)


def test_a_workbook_says_what_it_is_and_runs_nothing(desk: Desk, tmp_path: Path) -> None:
    answer = asked(desk, "metric=supply&level=cell8")
    file = written(desk, answer, "xlsx", tmp_path)
    book = openpyxl.load_workbook(file)
    about = {row[0].value: row[1].value for row in book["说明"].iter_rows()}
    assert about["查询"] == answer.question.to_query()
    assert (about["标记"], about["版本"]) == (SYNTHETIC, desk.info.name)
    sheet = book["数据"]
    assert sheet.freeze_panes == "C2"
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [row[:3] for row in rows] == [
        (r["id"], r["name"], r["value"]) for r in answer.table.to_pylist()
    ]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def answer_of(desk: Desk, rows: list[dict[str, Any]], level: str = "district") -> Answer:
    base = asked(desk, f"metric=supply&level={level}")
    table = pa.Table.from_pylist(rows, schema=SCHEMA)
    return Answer(base.question, table, *_rest(base))


def _rest(base: Answer) -> tuple[Any, ...]:
    return (base.unit, base.formula, base.source, base.month, base.release, base.tier, True)


@pytest.mark.parametrize("format_", FORMATS)
def test_names_with_slashes_quotes_and_formulas_come_back(
    desk: Desk, tmp_path: Path, format_: str
) -> None:
    name = '=HYPERLINK("x")/<a&b>\'𠮷'
    row = {"id": "370102", "name": name, "value": 1.5, "status": "ok"}
    file = written(desk, answer_of(desk, [row]), format_, tmp_path)
    if format_ == "csv":
        assert f"'{name}" in file.read_text("utf-8-sig").replace('""', '"')
    elif format_ == "xlsx":
        cell = openpyxl.load_workbook(file)["数据"]["B2"]
        assert (cell.value, cell.data_type) == (name, "s")
    elif format_ == "parquet":
        assert pq.read_table(file)["name"].to_pylist() == [name]
    elif format_ == "json":
        assert json.loads(file.read_text("utf-8"))["rows"][0]["name"] == name
    else:
        assert frame_of(file)["name"].tolist() == [name]


@pytest.mark.parametrize("format_", FORMATS)
def test_an_answer_without_rows_is_a_file_without_rows(
    desk: Desk, tmp_path: Path, format_: str
) -> None:
    file = written(desk, answer_of(desk, []), format_, tmp_path)
    if format_ in MAPS and format_ != "kml":  # an empty KML has no columns to read
        assert len(frame_of(file)) == 0
    assert file.stat().st_size > 0


@pytest.mark.parametrize("format_", MAPS)
def test_rows_without_a_place_are_refused_in_words(
    desk: Desk, tmp_path: Path, format_: str
) -> None:
    answer = desk.ranking(Question("scarcity"), Viewer("internal"))
    with pytest.raises(UserError, match="no place on a map"):
        export(answer, desk, format_, tmp_path / "x", "zh")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("format_", FORMATS)
def test_a_folder_that_is_not_there_is_told_in_one_line(desk: Desk, format_: str) -> None:
    answer = asked(desk, "metric=supply&level=district")
    with pytest.raises(UserError, match="cannot be written"):
        export(answer, desk, format_, Path("/nowhere/at/all.file"))


def test_a_full_disk_leaves_the_old_file(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    file = tmp_path / "kept.csv"
    file.write_text("old", encoding="utf-8")
    monkeypatch.setitem(FORMATS, "csv", full)
    with pytest.raises(UserError, match=r"kept\.csv: cannot be written: No space left"):
        export(asked(desk, "metric=supply"), desk, "csv", file)
    assert file.read_text(encoding="utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["kept.csv"]


def test_english_titles_in_english(desk: Desk, tmp_path: Path) -> None:
    answer = desk.ask(Question("supply", level="district"), Viewer("internal"), "en")
    export(answer, desk, "xlsx", tmp_path / "t.xlsx", "en")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert book.sheetnames == ["About", "Data"]
    assert [c.value for c in book["Data"][1]][:3] == ["Code", "Name", "Value"]
