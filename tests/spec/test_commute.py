"""METHODS, work and home: the reference matrix, through intake, build and desk."""

from __future__ import annotations

from pathlib import Path

import pytest

from talentmap.answers.desk import Desk
from talentmap.answers.viewer import Viewer
from talentmap.cube.build import build
from talentmap.cube.release import open_release
from talentmap.intake.create import new_workspace
from talentmap.intake.importer import import_file
from talentmap.model.question import Question

ZONES = ("Z1", "Z2", "Z3")
FLOWS = ((30, 20, 10), (5, 25, 10), (15, 5, 30))  # rows: home, columns: work
AUTHORISED = Viewer("authorised")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("commute")
    ws = new_workspace(folder / "city", name="Three zones")
    import_file(ws, "people", _people(folder))
    build(ws)
    return Desk(open_release(ws))


def _people(folder: Path) -> Path:
    """Three zones on the equator-near line of METHODS: at 0, 5 and 12 km."""
    lon = dict(zip(ZONES, (117.0, 117.05601, 117.13443), strict=True))
    lines = ["persons,home_lon,home_lat,home_district,work_lon,work_lat,work_district"]
    for home, row in zip(ZONES, FLOWS, strict=True):
        for work, n in zip(ZONES, row, strict=True):
            lines.append(f"{n},{lon[home]},36.6,{home},{lon[work]},36.6,{work}")
    file = folder / "people.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def _values(desk: Desk, query: str) -> dict[str, float]:
    rows = desk.ask(Question.from_query(query), AUTHORISED).table.to_pylist()
    return {row["id"]: row["value"] for row in rows}


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("self_containment", (0.6, 0.5, 0.6)),
        ("self_sufficiency", (0.5, 0.625, 0.6)),
        ("jobs_housing_ratio", (0.8333, 1.25, 1.0)),
        ("inflow", (20, 25, 20)),
        ("outflow", (30, 15, 20)),
    ],
)
def test_reference(desk: Desk, metric: str, expected: tuple[float, ...]) -> None:
    found = _values(desk, f"metric={metric}&level=district")
    assert [found[zone] for zone in ZONES] == pytest.approx(expected, abs=5e-5)


def test_the_matrix_is_conserved(desk: Desk) -> None:
    found = _values(desk, "metric=commute_od&level=district")
    expected = {
        f"{home}>{work}": n
        for home, row in zip(ZONES, FLOWS, strict=True)
        for work, n in zip(ZONES, row, strict=True)
    }
    assert found == expected
    assert sum(found.values()) == sum(map(sum, FLOWS))


def test_mean_distance_counts_those_who_stay_as_zero(desk: Desk) -> None:
    """(25·5 + 12·7 … )/150 with own zone at 0 km: straight lines between the points given."""
    total = 5 * (20 + 5) + 12 * (10 + 15) + 7 * (10 + 5)
    found = _values(desk, "metric=commute_km&at=home&level=city")
    assert found["city"] == pytest.approx(total / 150, rel=2e-3)
