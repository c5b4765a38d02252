from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow.compute as pc
import pytest
import shapely
from stdnum.cn import uscc

from talentmap.demo.census import SECTIONS, fit, joint_table, read_census
from talentmap.demo.choice import Choice, pick, turns, whole
from talentmap.demo.city import make_demo, plan
from talentmap.demo.people import make_people
from talentmap.demo.places import make_parks, station_points
from talentmap.demo.plane import distances, to_km
from talentmap.intake.create import new_workspace
from talentmap.intake.districts import OUTSIDE, Districts
from talentmap.model.cells import parent
from talentmap.model.errors import UserError
from talentmap.model.months import to_index
from talentmap.model.schemas import DISTRICT, EXACT
from talentmap.model.workspace import Workspace

PEOPLE = 30_000
LAST = to_index("2026-06")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make_demo(tmp_path_factory.mktemp("demo") / "w", people=PEOPLE, seed=7)


def records(workspace: Workspace, table: str) -> pl.DataFrame:
    return pl.read_parquet(workspace.records(table) / "*.parquet")


@pytest.fixture(scope="module")
def people(demo: Workspace) -> pl.DataFrame:
    return records(demo, "people")


@pytest.fixture(scope="module")
def posts(demo: Workspace) -> pl.DataFrame:
    return records(demo, "vacancies")


def staying(people: pl.DataFrame) -> pl.DataFrame:
    return people.filter(pl.col("left").is_null())


def open_in(posts: pl.DataFrame, month: int) -> pl.DataFrame:
    closed_later = pl.col("closed").is_null() | (pl.col("closed") >= month)
    return posts.filter((pl.col("posted") <= month) & closed_later)


def test_the_joint_table_has_the_margins_of_the_census() -> None:
    census = read_census()
    joint = joint_table(census)
    persons = census.sections.sum()
    np.testing.assert_allclose(joint.sum(axis=(2, 3)) * persons, census.sections, atol=0.5)
    occupations = census.occupations / census.occupations.sum(axis=1, keepdims=True)
    found = joint.sum(axis=(1, 2))
    np.testing.assert_allclose(found / found.sum(axis=1, keepdims=True), occupations, atol=1e-5)


def test_margins_that_contradict_each_other_are_told() -> None:
    targets: dict[tuple[int, ...], npt.NDArray[np.float64]] = {
        (1,): np.array([1.0, 1.0]),
        (0,): np.array([5.0, 5.0]),
    }
    with pytest.raises(ValueError, match="do not agree"):
        fit(np.ones((2, 2)), targets)


def test_draws_follow_their_weights_row_by_row() -> None:
    choice = Choice.of_matrix(np.array([[1.0, 3.0, 0.0], [0.0, 0.0, 1.0]]))
    rows = np.repeat([0, 1], 20_000)
    drawn = choice.draw(np.random.default_rng(1), rows)
    assert (drawn[rows == 0] == 1).mean() == pytest.approx(0.75, abs=0.015)
    assert set(drawn[rows == 1]) == {2}


def test_even_draws_have_the_shares_of_the_weights_in_every_run() -> None:
    rng = np.random.default_rng(3)
    weights = rng.uniform(0.2, 5, 40)
    wanted = np.cumsum(weights / weights.sum() * 1000)
    drawn = np.bincount(pick(rng, weights, 1000, even=True), minlength=40)
    assert np.abs(np.cumsum(drawn) - wanted).max() <= 1


def test_whole_numbers_stand_for_fractions_in_every_run() -> None:
    rng = np.random.default_rng(4)
    wanted = rng.gamma(0.3, 1.0, 5000)
    counts = whole(rng, wanted)
    off = np.concatenate([[0.0], np.cumsum(counts - wanted)])
    assert counts.min() >= 0
    assert off.max() - off.min() <= 1  # the error of any run is the difference of two of these


def test_turns_fall_evenly_in_every_run() -> None:
    spread = turns(np.random.default_rng(5), 1000)
    for start in range(0, 900, 50):
        assert (spread[start : start + 100] < 0.3).sum() == pytest.approx(30, abs=3)


def test_a_row_without_weight_cannot_be_drawn() -> None:
    with pytest.raises(ValueError, match="without weight"):
        pick(np.random.default_rng(1), np.zeros(3), 1)


def test_it_is_marked_synthetic_and_of_the_size_asked_for(
    demo: Workspace, people: pl.DataFrame
) -> None:
    assert demo.city.synthetic
    assert len(people) == PEOPLE
    assert people["persons"].sum() == PEOPLE


def test_the_same_seed_makes_the_same_city_and_another_one_does_not(
    tmp_path: Path, demo: Workspace
) -> None:
    def digest(workspace: Workspace) -> list[str]:
        tables = ("places", "enterprises", "people", "vacancies")
        return [str(records(workspace, table).hash_rows().to_list()) for table in tables]

    again = make_demo(tmp_path / "again", people=PEOPLE, seed=7)
    other = make_demo(tmp_path / "other", people=PEOPLE, seed=8)
    assert digest(again) == digest(demo)
    assert not set(digest(other)) & set(digest(demo))


def test_workers_by_district_and_section_follow_the_census(
    demo: Workspace, people: pl.DataFrame
) -> None:
    census = read_census()
    working = people.filter(pl.col("industry").is_not_null() & ~pl.col("home_outside"))
    counts = working.group_by(
        pl.col("home_district").alias("d"), pl.col("industry").str.head(1).alias("s")
    ).len()
    expected = census.sections / census.sections.sum() * len(working)
    for row in counts.iter_rows(named=True):
        want = expected[census.codes.index(row["d"]), SECTIONS.index(row["s"])]
        assert abs(row["len"] - want) < 5 * np.sqrt(want) + 3


def test_homes_lie_in_their_district_and_few_rows_know_only_that(
    demo: Workspace, people: pl.DataFrame
) -> None:
    districts = Districts.of(demo)
    inside = people.filter((pl.col("home_precision") == EXACT) & ~pl.col("home_outside"))
    found = districts.locate(inside["home_lon"].to_numpy(), inside["home_lat"].to_numpy())
    assert [districts.codes[i] for i in found] == inside["home_district"].to_list()
    coarse = (people["home_precision"] == DISTRICT).mean()
    assert coarse == pytest.approx(0.03, abs=0.005)


def test_a_few_live_outside_and_work_in_the_city(demo: Workspace, people: pl.DataFrame) -> None:
    outside = people.filter(pl.col("home_outside"))
    assert 0.01 < len(outside) / len(people) < 0.04
    districts = Districts.of(demo)
    found = districts.locate(outside["home_lon"].to_numpy(), outside["home_lat"].to_numpy())
    assert set(found) == {OUTSIDE}
    assert set(outside["status"]) == {"employed"}
    assert outside["work_district"].null_count() == 0


def test_the_way_to_work_is_as_in_a_city(people: pl.DataFrame) -> None:
    km = people["metres"].drop_nulls().to_numpy() / 1000
    assert 7.5 < km.mean() < 10.5  # a small city has few employers, and people go where they are
    assert 0.45 < (km <= 5).mean() < 0.62


def test_seekers_have_no_workplace_and_students_no_industry(people: pl.DataFrame) -> None:
    seekers = people.filter(pl.col("status") == "seeking")
    assert seekers["work_lon"].null_count() == len(seekers)
    assert seekers["industry"].null_count() == 0
    students = people.filter(pl.col("status") == "student")
    assert students["industry"].null_count() == len(students)
    assert students["school"].null_count() == 0


def test_a_student_may_live_where_nobody_works_in_the_section(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path / "w", city="370100")
    city = plan(workspace, 2_000, 1).city
    rare = np.zeros_like(city.joint)
    rare[:, SECTIONS.index("T")] = city.joint[:, SECTIONS.index("T")]
    rows = make_people(np.random.default_rng(1), replace(city, joint=rare), 0, 3_000)
    students = pc.equal(rows["status"], "student")
    assert pc.sum(students).as_py() > 100
    assert rows.filter(students)["industry"].null_count == pc.sum(students).as_py()


def test_openings_per_seeker_are_plausible(people: pl.DataFrame, posts: pl.DataFrame) -> None:
    seekers = len(staying(people).filter(pl.col("status") == "seeking"))
    ratio = open_in(posts, LAST)["openings"].to_numpy().sum() / seekers
    assert 1.12 < ratio < 1.28
    assert 0.04 < seekers / len(staying(people)) < 0.06


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_small_city_is_as_plausible_whatever_the_seed(tmp_path: Path, seed: int) -> None:
    made = make_demo(tmp_path / "w", people=8_000, seed=seed)
    people, posts = records(made, "people"), records(made, "vacancies")
    test_openings_per_seeker_are_plausible(people, posts)
    test_the_way_to_work_is_as_in_a_city(people)


def test_openings_are_where_people_work_and_not_in_heaps(
    people: pl.DataFrame, posts: pl.DataFrame
) -> None:
    def by_cell(rows: pl.DataFrame, column: str, what: pl.Expr) -> pl.DataFrame:
        cells = parent(rows[column].to_numpy(), 7)
        return rows.with_columns(cell=pl.Series(cells)).group_by("cell").agg(what)

    working = staying(people).filter(pl.col("work_cell").is_not_null())
    supply = by_cell(working, "work_cell", pl.len().alias("s"))
    wanted = open_in(posts, LAST).filter(pl.col("cell").is_not_null())
    both = supply.join(
        by_cell(wanted, "cell", pl.col("openings").sum().alias("v")), "cell", how="left"
    )
    large = both.filter(pl.col("s") > 100).fill_null(0)
    openings, at_work = large["v"].to_numpy(), large["s"].to_numpy()
    ratio = openings / at_work / (openings.sum() / at_work.sum())
    assert len(large) > 50
    assert (ratio < 0.25).mean() < 0.1
    assert (ratio > 2.5).mean() < 0.1


def test_vacancies_rise_in_spring_and_dip_at_the_festival(posts: pl.DataFrame) -> None:
    posted = dict(posts.group_by("posted").agg(pl.col("openings").sum()).iter_rows())
    for year in (2024, 2025, 2026):
        festival = to_index(f"{year}-02")
        assert posted[festival] < 0.75 * posted[festival + 1]
    assert min(posted) < to_index("2023-07")
    assert max(posted) == LAST


def test_what_the_truth_says_can_be_found(
    demo: Workspace, people: pl.DataFrame, posts: pl.DataFrame
) -> None:
    truth = pl.read_csv(demo.path / "demo" / "truth.csv", schema_overrides={"district": pl.String})
    section = pl.col("industry").str.head(1).alias("industry")
    at_work = staying(people).filter(pl.col("status") == "employed")
    supply = at_work.group_by(pl.col("work_district").alias("district"), section).len("s")
    demand = open_in(posts, LAST).group_by("district", section).agg(v=pl.col("openings").sum())
    both = truth.join(supply, on=["district", "industry"]).join(demand, on=["district", "industry"])
    large = both.filter(pl.col("jobs") > 150)
    found = np.log((large["v"] / large["s"]).to_numpy())
    assert len(large) > 20
    assert np.corrcoef(found, np.log(large["tightness"].to_numpy()))[0, 1] > 0.88


def test_software_is_scarce_in_the_east_and_not_in_tianqiao(demo: Workspace) -> None:
    truth = pl.read_csv(demo.path / "demo" / "truth.csv", schema_overrides={"district": pl.String})
    software = dict(truth.filter(industry="I").select("district", "tightness").iter_rows())
    assert software["370112"] > 1.5
    assert software["370105"] < 1


def test_enterprises_have_valid_codes_that_can_belong_to_nobody(demo: Workspace) -> None:
    enterprises = records(demo, "enterprises")
    assert all(uscc.is_valid(code) for code in enterprises["code"])
    assert set(enterprises["code"].str.slice(16, 1)) == {"Y"}
    assert enterprises["name"].is_unique().all()


def test_sizes_have_a_heavy_tail(demo: Workspace) -> None:
    size = np.sort(records(demo, "enterprises")["headcount"].to_numpy())[::-1]
    assert size[: len(size) // 10].sum() > 0.35 * size.sum()
    assert (size <= 15).mean() > 0.5


def test_parks_stand_apart_and_one_is_far_from_any_station() -> None:
    parks = make_parks(np.random.default_rng(1))
    assert len(parks) == 12
    shapes = [park.shape for park in parks]
    assert shapely.union_all(shapes).area == pytest.approx(sum(s.area for s in shapes))
    names, stations = station_points()
    assert len(set(names)) == len(names) > 38
    middles = to_km(shapely.get_coordinates([s.centroid for s in shapes]))
    nearest = dict(
        zip([p.code for p in parks], distances(middles, to_km(stations)).min(axis=1), strict=True)
    )
    assert nearest["P08"] > 15
    assert nearest["P01"] < 1.5


@pytest.mark.parametrize(
    ("people", "seed", "says"), [(10, 1, "people: 10"), (2000, -1, "seed: -1 is negative")]
)
def test_bad_parameters_leave_nothing(tmp_path: Path, people: int, seed: int, says: str) -> None:
    with pytest.raises(UserError, match=says):
        make_demo(tmp_path / "w", people=people, seed=seed)
    assert list(tmp_path.iterdir()) == []


def test_a_failure_half_way_leaves_nothing(tmp_path: Path) -> None:
    def stop(what: str, share: float) -> None:
        if what == "people":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_demo(tmp_path / "w", people=2000, progress=stop)
    assert list(tmp_path.iterdir()) == []
