"""Rhode Island 2019: the commute of counties and drawn areas equals plain pandas on the file."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import h3
import numpy as np
import pandas as pd
import pytest
import shapely

from talentmap.answers.desk import Desk
from talentmap.answers.viewer import Viewer
from talentmap.cube.build import build
from talentmap.cube.release import open_release
from talentmap.intake.create import new_workspace
from talentmap.intake.importer import import_file
from talentmap.model.answer import Answer
from talentmap.model.question import Question
from talentmap.model.workspace import Workspace
from tests.conftest import SHARED

pytestmark = pytest.mark.real

AUTHORISED = Viewer("authorised")
FOLDER = SHARED / "lodes_ri"
SIDES = {"work": "w_geocode", "home": "h_geocode"}
COUNTIES = ("44001", "44003", "44005", "44007", "44009")
EARTH_KM = 6371.0088
# Providence: about 8 km² (cells of resolution 9) and about 60 km² (of resolution 8).
SMALL = ((-71.43, 41.81), (-71.395, 41.81), (-71.395, 41.835), (-71.41, 41.845), (-71.43, 41.83))
LARGE = ((-71.47, 41.78), (-71.38, 41.78), (-71.37, 41.84), (-71.42, 41.87), (-71.47, 41.84))
BANDS = ((0, "0-5"), (5, "5-10"), (10, "10-15"), (15, "15-20"), (20, "20-25"), (25, "25+"))
TURNS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")


@pytest.fixture(scope="module")
def desk(lodes_workspace: Workspace) -> Desk:
    return Desk(open_release(lodes_workspace))


@pytest.fixture(scope="module")
def jobs(lodes_workspace: Workspace) -> pd.DataFrame:
    """One row a pair of blocks: persons, county and degrees of both ends, km, base cells."""
    assert lodes_workspace.path.is_dir()
    od = pd.read_csv(
        FOLDER / "ri_od_main_JT00_2019.csv.gz", dtype=dict.fromkeys(SIDES.values(), str)
    )
    blocks = pd.read_csv(FOLDER / "ri_xwalk.csv.gz", dtype=str, low_memory=False)
    blocks = blocks.set_index("tabblk2010")[["cty", "blklondd", "blklatdd"]]
    blocks["lon"], blocks["lat"] = (
        blocks["blklondd"].astype(float),
        blocks["blklatdd"].astype(float),
    )
    used = blocks.loc[
        blocks.index.isin(od["w_geocode"]) | blocks.index.isin(od["h_geocode"])
    ].copy()
    used["cell"] = [h3.latlng_to_cell(*at, 9) for at in zip(used["lat"], used["lon"], strict=True)]
    for side, block in SIDES.items():
        od = od.join(used.add_prefix(f"{side}_"), on=block)
    od["km"] = _km(od)
    return od


def _km(od: pd.DataFrame) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Great circles by the chord through the earth."""

    def vector(side: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        lon, lat = np.radians(od[f"{side}_lon"]), np.radians(od[f"{side}_lat"])
        return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])

    chord = np.sqrt(((vector("home") - vector("work")) ** 2).sum(axis=0))
    return np.asarray(2 * EARTH_KM * np.arcsin(chord / 2))


def found(answer: Answer) -> dict[str, float]:
    table = answer.table
    assert set(table["status"].to_pylist()) <= {"ok"}
    return dict(zip(table["id"].to_pylist(), table["value"].to_pylist(), strict=True))


def polygon(ring: tuple[tuple[float, float], ...]) -> str:
    return "polygon:" + ";".join(f"{lon},{lat}" for lon, lat in ring)


def test_the_matrix_of_counties(desk: Desk, jobs: pd.DataFrame) -> None:
    pairs = jobs["home_cty"] + ">" + jobs["work_cty"]
    answer = desk.matrix(Question(level="district"), AUTHORISED)
    assert found(answer) == jobs.groupby(pairs)["S000"].sum().to_dict()
    square = answer.extra["matrix"]
    assert square["codes"] == [*COUNTIES, "outside", "unlocated"]
    assert sum(map(sum, square["persons"])) == jobs["S000"].sum()


@pytest.mark.parametrize("county", COUNTIES)
def test_in_and_out_of_a_county(desk: Desk, jobs: pd.DataFrame, county: str) -> None:
    answer = desk.flows(Question(place=f"district:{county}"), AUTHORISED)
    lives, works = jobs["home_cty"] == county, jobs["work_cty"] == county
    assert found(answer) == _in_out(jobs, lives, works)


@pytest.mark.parametrize(("ring", "resolution"), [(SMALL, 9), (LARGE, 8)])
def test_in_and_out_of_a_polygon(
    desk: Desk, jobs: pd.DataFrame, ring: tuple[tuple[float, float], ...], resolution: int
) -> None:
    cells = {
        side: jobs[f"{side}_cell"].map(lambda c: h3.cell_to_parent(c, resolution)) for side in SIDES
    }
    every = sorted(set(cells["home"]) | set(cells["work"]))
    points = [shapely.Point(*reversed(h3.cell_to_latlng(cell))) for cell in every]
    centres = gpd.GeoDataFrame({"cell": every}, geometry=points, crs=4326)
    inside = set(centres.loc[centres.within(shapely.Polygon(ring)), "cell"])
    assert len(inside) > 40
    answer = desk.flows(Question(place=polygon(ring)), AUTHORISED)
    lives, works = cells["home"].isin(inside), cells["work"].isin(inside)
    assert found(answer) == _in_out(jobs, lives, works)
    counties = jobs[works].groupby("home_cty")["S000"].sum()
    at_work = Question(level="district", place=polygon(ring))
    homes = found(desk.destinations(at_work, AUTHORISED))
    assert sum(homes.values()) == counties.sum()


def _in_out(jobs: pd.DataFrame, lives: pd.Series, works: pd.Series) -> dict[str, float]:
    persons = jobs["S000"]
    return {
        "live_work": persons[lives & works].sum(),
        "inflow": persons[works & ~lives].sum(),
        "outflow": persons[lives & ~works].sum(),
        "jobs": persons[works].sum(),
        "residents": persons[lives].sum(),
    }


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("county", COUNTIES)
def test_distance_bands_of_a_county(desk: Desk, jobs: pd.DataFrame, side: str, county: str) -> None:
    own = jobs[jobs[f"{side}_cty"] == county]
    answer = desk.distances(Question(at=side, place=f"district:{county}"), AUTHORISED)
    starts = np.array([start for start, _ in BANDS])
    band = np.searchsorted(starts, own["km"], side="right") - 1
    expected = own.groupby(band)["S000"].sum()
    bands = {row["id"]: row["value"] for row in answer.extra["bands"]}
    assert bands == {name: expected.get(i, 0) for i, (_, name) in enumerate(BANDS)}
    assert answer.extra["measured"] == own["S000"].sum()
    assert answer.extra["mean_km"] == pytest.approx(np.average(own["km"], weights=own["S000"]))
    other = "home" if side == "work" else "work"
    turns = _turns(own, side, other)
    expected = own.assign(turn=turns, band=band).groupby(["band", "turn"])["S000"].sum()
    values = found(answer)
    assert values.pop("unknown") == 0
    assert values.pop("same") == own["S000"][turns == -1].sum()
    assert values == {
        f"{name}-{turn}": expected.get((i, k), 0)
        for i, (_, name) in enumerate(BANDS)
        for k, turn in enumerate(TURNS)
    }


def _turns(
    own: pd.DataFrame, here: str, there: str
) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    middle = np.radians((own["home_lat"] + own["work_lat"]) / 2)
    east = (own[f"{there}_lon"] - own[f"{here}_lon"]) * np.cos(middle)
    north = own[f"{there}_lat"] - own[f"{here}_lat"]
    degrees = np.degrees(np.arctan2(east, north)) % 360
    eighth = ((degrees + 22.5) // 45).astype(int) % 8
    return np.asarray(np.where((east == 0) & (north == 0), -1, eighth))


@pytest.fixture(scope="module")
def border(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Those who work in Rhode Island and live in another state."""
    if not FOLDER.is_dir():
        pytest.skip(f"the real LODES files are not at {FOLDER}")
    path: Path = tmp_path_factory.mktemp("border") / "ri"
    ws = new_workspace(path, name="Rhode Island")
    options = {"xwalk": [FOLDER / f"{state}_xwalk.csv.gz" for state in ("ri", "ma", "ct")]}
    file = FOLDER / "ri_od_aux_JT00_2019.csv.gz"
    import_file(ws, "people", file, source="lodes", options=options)
    build(ws)
    return Desk(open_release(ws))


def test_neighbours_come_in_from_outside(border: Desk) -> None:
    aux = pd.read_csv(
        FOLDER / "ri_od_aux_JT00_2019.csv.gz", dtype=dict.fromkeys(SIDES.values(), str)
    )
    county = aux["w_geocode"].str[:5]
    expected = aux.groupby(county)["S000"].sum()
    square = border.matrix(Question(level="district"), AUTHORISED).extra["matrix"]
    outside = square["persons"][square["codes"].index("outside")]
    got = dict(zip(square["codes"], outside, strict=True))
    assert {code: got[code] for code in expected.index} == expected.to_dict()
    for code, persons in expected.items():
        place = Question(place=f"district:{code}", level="district")
        assert found(border.flows(place, AUTHORISED))["inflow"] == persons
        assert found(border.destinations(place, AUTHORISED)) == {"outside": persons}
    near = aux[aux["h_geocode"].str[:2].isin(["25", "09"])]["S000"].sum()
    assert border.distances(Question(), AUTHORISED).extra["measured"] == near
