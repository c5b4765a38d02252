"""Make the demo city: a synthetic Jinan from a seed, taken in as any other data would be."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from talentmap.demo import tables as t
from talentmap.demo.careers import Careers
from talentmap.demo.census import SECTIONS, joint_table, read_census
from talentmap.demo.choice import Choice
from talentmap.demo.enterprises import enterprise_table, make_enterprises
from talentmap.demo.flows import make_flows
from talentmap.demo.ground import make_ground
from talentmap.demo.moves import LEFT
from talentmap.demo.people import (
    COMMUTERS_IN,
    STATUS_SHARES,
    City,
    employer_choice,
    loose_spots,
    make_people,
)
from talentmap.demo.places import make_parks, make_sites, places_table
from talentmap.demo.posters import make_posters
from talentmap.demo.scarcity import tightness
from talentmap.demo.vacancies import WARM_UP, Market, make_market, make_vacancies
from talentmap.intake.create import check_free, new_workspace
from talentmap.intake.districts import Districts
from talentmap.intake.importer import import_file
from talentmap.model import months
from talentmap.model.errors import UserError
from talentmap.model.words import Words
from talentmap.model.workspace import Chain, Workspace

Floats = npt.NDArray[np.float64]
Progress = Callable[[str, float], None]

CITY = "370100"
CHUNK = 500_000  # rows of a file, so that memory does not grow with the city
FEWEST, MOST = 1_000, 50_000_000
_OPENINGS_PER_SEEKER = 1.2
_SEEKING_BOUNDS = (0.35, 2.1)
_SOFTEN = -0.5  # seekers thin out with the root of tightness
# The four leading industries the city names, as chains of divisions.
_CHAINS = (
    Chain(
        "digital",
        Words("大数据与新一代信息技术", "Big data and information technology"),
        ("C39", "I63", "I64", "I65"),
    ),
    Chain(
        "equipment",
        Words("智能制造与高端装备", "Smart manufacturing and equipment"),
        ("C34", "C35", "C36", "C37", "C38", "C40"),
    ),
    Chain(
        "steel",
        Words("精品钢与先进材料", "Steel and advanced materials"),
        ("C30", "C31", "C32", "C33"),
    ),
    Chain(
        "health",
        Words("生物医药与大健康", "Biomedicine and health"),
        ("C27", "M73", "Q84"),
    ),
)
# The leading sections first, then the largest.
_INDUSTRIES = ("I", "C", "Q", "M", "J", "F", "E", "G", "L", "P", "H")


def make_demo(
    path: Path, people: int = 200_000, seed: int = 2020, progress: Progress | None = None
) -> Workspace:
    """Make a workspace with a synthetic Jinan of `people` rows, marked synthetic; open it.

    The same seed gives the same city. `progress` is told what is being made and the share done.
    What is truly scarce stands in PATH/demo/truth.csv. Raises UserError for a folder in use or a
    number of people out of bounds; a failure leaves nothing behind.
    """
    if not FEWEST <= people <= MOST:
        raise UserError(f"people: {people} is not from {FEWEST} to {MOST}")
    if seed < 0:
        raise UserError(f"seed: {seed} is negative")
    check_free(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{path.name}-", dir=path.parent) as folder:
        draft = Path(folder) / "workspace"
        workspace = new_workspace(
            draft,
            city=CITY,
            synthetic=True,
            default_industry="I",
            industries=_INDUSTRIES,
            chains=_CHAINS,
        )
        _fill(workspace, Path(folder), people, seed, progress or _silent)
        draft.replace(path)
    return Workspace.open(path)


def _silent(what: str, share: float) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Made:
    """The plan of the city, with its openings and the tables that come with it."""

    city: City
    market: Market
    tables: dict[str, pa.Table]
    truth: pl.DataFrame


def _fill(workspace: Workspace, folder: Path, people: int, seed: int, progress: Progress) -> None:
    """Make every table and take it in; people last, since they work where the others are."""
    progress("plan", 0.0)
    made = plan(workspace, people, seed)
    (workspace.path / "demo").mkdir()
    made.truth.write_csv(workspace.path / "demo" / "truth.csv")
    for table, rows in made.tables.items():
        progress(table, 0.02)
        _take_in(workspace, folder, table, rows)
    for table, chunks, total in (
        ("people", _people(made.city, people, seed), people),
        ("vacancies", _vacancies(made, seed), 0),
    ):
        done = 0
        for rows in chunks:
            _take_in(workspace, folder, table, rows)
            done += rows.num_rows
            progress(table, 0.05 + 0.65 * done / total if total else 0.75)
    progress("done", 1.0)


def plan(workspace: Workspace, people: int, seed: int) -> Made:
    """Return the city before its people and vacancies are drawn; see make_demo."""
    rng = np.random.default_rng([seed, 0])
    districts, census = Districts.of(workspace), read_census()
    joint = joint_table(census)
    ground = make_ground(rng, districts, census)
    parks = make_parks(rng)
    sites = make_sites(rng, ground, parks, districts)
    residents = joint.sum(axis=(2, 3)) * people * STATUS_SHARES[:2].sum()
    firms = make_enterprises(rng, ground, sites, districts, residents)
    flows = make_flows(ground, sites, firms, residents, COMMUTERS_IN)
    posters = make_posters(districts, ground, sites, firms, flows)
    field = tightness(rng, posters.section, posters.km)
    found = posters.by_district(posters.people * field, len(districts))
    calm = _calm(_relative(found, posters.by_district(posters.people, len(districts))))
    zone, weight = loose_spots(sites, ground)
    city = City(
        districts,
        ground,
        sites,
        firms,
        flows,
        Careers(census.ages),
        joint,
        calm,
        employer_choice(firms, sites.zones),
        Choice(zone, np.arange(len(zone)), weight, sites.zones),
        np.concatenate([sites.km, ground.km]),
    )
    seekers = joint.sum(axis=(2, 3)) * (1 - calm) * STATUS_SHARES[1] * people * (1 - LEFT)
    market = make_market(rng, posters, field, _OPENINGS_PER_SEEKER * float(seekers.sum()))
    tables = {
        "places": places_table(parks),
        "enterprises": enterprise_table(
            rng, firms, sites, firms.headcount(flows.expected), districts
        ),
    }
    return Made(city, market, tables, _truth_table(districts, market, seekers))


def _relative(openings: Floats, people: Floats) -> Floats:
    """Return openings per person against the mean of all; 1 where nobody is."""
    mean = openings.sum() / people.sum()
    one = np.ones_like(people)
    tight: Floats = np.divide(openings, people * mean, out=one, where=people > 0)
    return tight


def _truth_table(districts: Districts, market: Market, seekers: Floats) -> pl.DataFrame:
    """Return the truth: a row per district and section with people at work.

    `jobs`, `seekers` (by home) and `openings` are what the dice aim at in the last month,
    `tightness` is openings per person, at work or seeking, against the city's mean.
    """
    working = market.posters.people * (1 - LEFT)
    working *= 1 - seekers.sum() / working.sum()
    jobs = market.posters.by_district(working, len(districts))
    openings = market.posters.by_district(market.stock, len(districts))
    tight = _relative(openings, jobs + seekers)
    district, section = np.nonzero(jobs >= 1)
    return pl.DataFrame(
        {
            "district": [districts.codes[i] for i in district],
            "name": [districts.names[i] for i in district],
            "industry": [SECTIONS[i] for i in section],
            "jobs": np.round(jobs[district, section]).astype(np.int64),
            "seekers": np.round(seekers[district, section]).astype(np.int64),
            "openings": np.round(openings[district, section], 1),
            "tightness": np.round(tight[district, section], 3),
        }
    )


def _calm(truth: Floats) -> Floats:
    """Return which share of would-be seekers has work after all: most where work is tight."""
    low, high = _SEEKING_BOUNDS
    calm: Floats = 1 - np.clip(truth**_SOFTEN, low, high) / high
    return calm


def _people(city: City, people: int, seed: int) -> Iterator[pa.Table]:
    for number, first in enumerate(range(0, people, CHUNK)):
        rng = np.random.default_rng([seed, 1, number])
        yield make_people(rng, city, first, min(CHUNK, people - first))


def _vacancies(made: Made, seed: int) -> Iterator[pa.Table]:
    """Yield the postings in tables of about a chunk, month by month."""
    waiting: list[pa.Table] = []
    first = 0
    for month in range(t.FIRST_MONTH - WARM_UP, t.LAST_MONTH + 1):
        rng = np.random.default_rng([seed, 2, month])
        rows = make_vacancies(rng, made.city, made.market, month, first)
        first += rows.num_rows
        waiting.append(rows)
        if sum(table.num_rows for table in waiting) >= CHUNK or month == t.LAST_MONTH:
            yield pa.concat_tables(waiting)
            waiting = []


def _take_in(workspace: Workspace, folder: Path, table: str, rows: pa.Table) -> None:
    """Write the rows as a file and import it; the city is made so that none is refused."""
    file = folder / f"{table}.parquet"
    pq.write_table(rows, file)
    report = import_file(
        workspace,
        table,
        file,
        options={"as_of": months.to_text(t.LAST_MONTH)},
        pseudonym=list,  # the keys are made up: there is nobody behind them to protect
    )
    file.unlink()
    if report.refused:
        raise RuntimeError(f"{table}: {report.refused} rows refused: {report.reasons}")
