"""Rhode Island 2019: the records add up to what pandas finds in the files."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from talentmap.intake.importer import import_file
from talentmap.intake.ledger import batch_meta, record_files
from talentmap.intake.report import BatchReport
from talentmap.model.errors import UserError
from talentmap.model.schemas import DISTRICT
from talentmap.model.workspace import CityProfile, Workspace

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "lodes_ri"
MAIN, AUX = "ri_od_main_JT00_2019.csv.gz", "ri_od_aux_JT00_2019.csv.gz"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not DATA.is_dir(), reason=f"the real LODES files are not at {DATA}"),
]
GROUPS = {"age": "SA", "wage": "SE", "industry": "SI"}
CODES = {"age": "A", "wage": "SE0", "industry": "SI0"}


def workspace(path: Path) -> Workspace:
    (path / "city.toml").write_text(CityProfile("44", "罗得岛", "Rhode Island").to_toml(), "utf-8")
    return Workspace.open(path)


@pytest.fixture(scope="module")
def intake(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, BatchReport]:
    ws = workspace(tmp_path_factory.mktemp("ri"))
    options = {"xwalk": [DATA / "ri_xwalk.csv.gz"]}
    return ws, import_file(ws, "people", DATA / MAIN, source="lodes", options=options)


@pytest.fixture(scope="module")
def records(intake: tuple[Workspace, BatchReport]) -> pd.DataFrame:
    return pd.read_parquet(record_files(intake[0], "people")[0])


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    return pd.read_csv(DATA / MAIN, dtype={"w_geocode": str, "h_geocode": str})


def test_every_row_is_in_once(intake: tuple[Workspace, BatchReport], rows: pd.DataFrame) -> None:
    report = intake[1]
    assert (report.rows_in, report.accepted, report.refused) == (len(rows), len(rows), 0)
    assert report.persons == 406_052
    assert report.as_of == (2019 - 2000) * 12 + 3
    assert "age × wage × industry" in report.caveats[0]


def test_every_row_keeps_its_persons_and_margins(records: pd.DataFrame, rows: pd.DataFrame) -> None:
    rows = rows.set_index(rows.index + 2)
    assert (records.groupby("row").persons.sum() == rows.S000).all()
    for name, group in GROUPS.items():
        for i in (1, 2, 3):
            mine = records[records[name] == f"{CODES[name]}{i}"].groupby("row").persons.sum()
            assert (mine.reindex(rows.index, fill_value=0) == rows[f"{group}0{i}"]).all()
    assert len(records) < 1.1 * len(rows)


def test_counties_are_those_of_the_blocks(records: pd.DataFrame, rows: pd.DataFrame) -> None:
    for side, column in {"home": "h_geocode", "work": "w_geocode"}.items():
        mine = records.groupby(f"{side}_district").persons.sum()
        theirs = rows.groupby(rows[column].str[:5]).S000.sum()
        assert mine.to_dict() == theirs.to_dict()
    assert not records.home_outside.any()
    assert (records.status == "employed").all()
    assert records.home_cell.notna().all()


def test_the_counties_have_names(intake: tuple[Workspace, BatchReport]) -> None:
    (meta,) = batch_meta(intake[0])
    assert meta["districts"]["44007"] == "Providence County, RI"
    assert len(meta["districts"]) == 5
    assert meta["districts_outside"] == {}


def test_those_from_outside(tmp_path: Path) -> None:
    ws = workspace(tmp_path)
    options = {"xwalk": [DATA / f"{state}_xwalk.csv.gz" for state in ("ri", "ma")]}
    report = import_file(ws, "people", DATA / AUX, source="lodes", options=options)
    found = pd.read_parquet(record_files(ws, "people")[0])
    rows = pd.read_csv(DATA / AUX, dtype={"w_geocode": str, "h_geocode": str})
    assert report.persons == rows.S000.sum()
    assert report.refused == 0
    assert found.home_outside.all()
    assert not found.work_outside.any()
    mine = found.groupby("home_district").persons.sum()
    assert mine.to_dict() == rows.groupby(rows.h_geocode.str[:5]).S000.sum().to_dict()
    near = found.home_district.str[:2] == "25"
    assert found[near].metres.notna().all()
    assert (found[~near].home_precision == DISTRICT).all()
    elsewhere = (rows.h_geocode.str[:2] != "25").sum()
    assert any(caveat.startswith(f"{elsewhere} rows: the home block") for caveat in report.caveats)
    assert batch_meta(ws)[0]["districts_outside"]["25005"] == "Bristol County, MA"


def test_blocks_of_no_crosswalk_are_refused_by_column(tmp_path: Path) -> None:
    ws = workspace(tmp_path)
    options = {"xwalk": [DATA / "ct_xwalk.csv.gz"]}
    with pytest.raises(UserError, match="'w_geocode: block is not in the crosswalks'"):
        import_file(ws, "people", DATA / AUX, source="lodes", options=options)
