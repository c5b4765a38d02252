"""What must always hold of flows: none is lost, and a range holds the truth."""

from __future__ import annotations

import json
from pathlib import Path

import h3
import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from talentmap.analysis import bearing
from talentmap.answers.desk import Desk
from talentmap.answers.viewer import Viewer
from talentmap.cube.build import build
from talentmap.cube.release import open_release
from talentmap.cube.rollup import Counts
from talentmap.cube.ways import BAND, BOTH, TURN, protect_ways
from talentmap.intake.create import new_workspace
from talentmap.intake.importer import import_file
from talentmap.model.answer import Answer
from talentmap.model.question import Question
from talentmap.privacy.planes import TIER_RULES

ROWS = 1_200
AUTHORISED, INTERNAL, PUBLIC = (Viewer(t) for t in ("authorised", "internal", "public"))
WEST, SOUTH, SIDE, DISTRICTS = 116.9, 36.5, 0.06, 3
DISTRICT_CODES = ["D0", "D1", "D2"]


def people() -> pd.DataFrame:
    """People in three districts in a row; one in eight lacks an end, some work where they live."""
    dice = np.random.default_rng(11)
    rows = pd.DataFrame(
        {
            "persons": dice.integers(1, 9, ROWS),
            "home_lon": WEST + dice.beta(2, 2, ROWS) * SIDE * DISTRICTS,
            "home_lat": SOUTH + dice.beta(2, 2, ROWS) * SIDE,
            "work_lon": WEST + dice.beta(5, 5, ROWS) * SIDE * DISTRICTS,
            "work_lat": SOUTH + dice.beta(5, 5, ROWS) * SIDE,
        }
    ).round(5)
    same = dice.random(ROWS) < 0.05
    rows.loc[same, ["work_lon", "work_lat"]] = rows.loc[same, ["home_lon", "home_lat"]].to_numpy()
    alone = dice.random(ROWS)
    rows.loc[alone < 0.06, ["home_lon", "home_lat"]] = np.nan
    rows.loc[alone > 0.94, ["work_lon", "work_lat"]] = np.nan
    rows.loc[(alone > 0.5) & (alone < 0.53), "home_lat"] = SOUTH + 5  # far outside the city
    return rows


def district(lon: pd.Series, lat: pd.Series) -> pd.Series:
    """Return D0, D1, D2, outside, or unlocated where a coordinate is missing."""
    index = ((lon - WEST) // SIDE).fillna(-1).astype(int)
    code = index.map(lambda i: f"D{i}").where(lat < SOUTH + SIDE, "outside")
    return code.where(lon.notna(), "unlocated")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder: Path = tmp_path_factory.mktemp("flows")
    ring = [(0.0, 0.0), (SIDE, 0.0), (SIDE, SIDE), (0.0, SIDE), (0.0, 0.0)]
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "name": code},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[WEST + i * SIDE + x, SOUTH + y] for x, y in ring]],
            },
        }
        for i, code in enumerate(DISTRICT_CODES)
    ]
    shapes = {"type": "FeatureCollection", "features": features}
    (folder / "districts.geojson").write_text(json.dumps(shapes), encoding="utf-8")
    people().to_csv(folder / "people.csv", index=False)
    ws = new_workspace(folder / "city", boundary=folder / "districts.geojson", name="Squares")
    report = import_file(ws, "people", folder / "people.csv")
    assert report.refused == 0
    build(ws)
    return Desk(open_release(ws))


def ends() -> tuple[pd.DataFrame, pd.Series, pd.Series]:
    rows = people()
    home = district(rows["home_lon"], rows["home_lat"])
    return rows, home, district(rows["work_lon"], rows["work_lat"])


def values(answer: Answer) -> dict[str, float]:
    return dict(zip(answer.table["id"].to_pylist(), answer.table["value"].to_pylist(), strict=True))


def test_the_matrix_holds_everybody_once(desk: Desk) -> None:
    rows, home, work = ends()
    square = desk.matrix(Question(level="district"), AUTHORISED).extra["matrix"]
    expected = rows.groupby([home, work])["persons"].sum()
    got = {
        (a, b): square["persons"][i][j]
        for i, a in enumerate(square["codes"])
        for j, b in enumerate(square["codes"])
    }
    assert {pair: n for pair, n in got.items() if n} == expected.to_dict()
    known = (home != "unlocated") & (work != "unlocated")
    both = sum(n for (a, b), n in got.items() if "unlocated" not in (a, b))
    assert both == rows["persons"][known].sum()


@pytest.mark.parametrize("viewer", [INTERNAL, PUBLIC])
def test_a_tier_never_shows_a_wrong_pair(desk: Desk, viewer: Viewer) -> None:
    true = values(desk.matrix(Question(level="district"), AUTHORISED))
    for pair, number in values(desk.matrix(Question(level="district"), viewer)).items():
        if number is not None and "unlocated" not in pair:
            slack = 2 if viewer is PUBLIC else 0
            assert abs(number - true.get(pair, 0)) <= slack


CELLS = st.lists(st.integers(0, 10_000), min_size=1, max_size=60)


@settings(deadline=None, max_examples=100)
@example(picked=[88], level=8)  # all who work there live there, and are too few to be told
@given(picked=CELLS, level=st.sampled_from([8, 9]))
def test_in_and_out_of_any_cells(desk: Desk, picked: list[int], level: int) -> None:
    rows = people().dropna()
    known = desk.names.cells(level)["id"].to_pylist()
    chosen = sorted({f"{known[i % len(known)]:x}" for i in picked})
    inside = {
        side: np.array(
            [
                lat < SOUTH + SIDE and h3.latlng_to_cell(lat, lon, 9) in below(chosen)
                for lon, lat in zip(rows[f"{side}_lon"], rows[f"{side}_lat"], strict=True)
            ]
        )
        for side in ("home", "work")
    }
    persons = rows["persons"].to_numpy()
    stay = persons[inside["home"] & inside["work"]].sum()
    jobs, residents = (persons[inside[side]].sum() for side in ("work", "home"))
    expected = dict(zip(PARTS, (stay, jobs - stay, residents - stay, jobs, residents), strict=True))
    place = Question(place=f"cells:{','.join(chosen)}")
    assert values(desk.flows(place, AUTHORISED)) == expected
    if level == 8:
        for row in desk.flows(place, INTERNAL).table.to_pylist():
            true = expected[row["id"]]
            assert row["value"] is None or row["value"] <= true
            assert row["low"] is None or row["low"] <= true
            assert row["high"] is None or row["high"] >= true


PARTS = ("live_work", "inflow", "outflow", "jobs", "residents")


def below(cells: list[str]) -> set[str]:
    """Return the base cells of some cells."""
    return {child for cell in cells for child in h3.cell_to_children(cell, 9)}


@settings(deadline=None)
@given(st.lists(st.integers(0, 40), min_size=54, max_size=54), st.sampled_from(["internal"]))
def test_no_lonely_secret_among_the_ways(numbers: list[int], tier: str) -> None:
    codes = np.arange(1, 55)
    kept = (bearing.turn_of(codes) > 0) | (bearing.band_of(codes) == 0)
    persons = np.where(kept, numbers, 0).astype(float)
    way = [codes, BAND + np.arange(6), TURN + np.arange(9)]
    bands = np.bincount(bearing.band_of(codes), persons, 6)
    turns = np.bincount(bearing.turn_of(codes), persons, 9)
    every = np.concatenate([persons, bands, turns])
    rows = every > 0
    column = np.concatenate(way)[rows].astype(np.int16)
    counts = Counts(
        np.zeros(int(rows.sum()), dtype=np.int64), {"way": column}, (1,),
        {"persons": every[rows][:, None]},
    )  # fmt: skip
    shown = protect_ways(counts, TIER_RULES[tier], "city").measures["persons"][:, 0]
    hidden, both = shown < 0, (column > BOTH) & (column < BAND)
    for part, count in ((bearing.band_of, 6), (bearing.turn_of, 9)):
        for k in range(count):
            group = both & (part(column.astype(np.int64)) == k)
            assert hidden[group].sum() != 1 or group.sum() == 1
    assert not ((shown > 0) & (shown < 5)).any()
