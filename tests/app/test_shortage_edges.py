"""Cities with next to nothing: a defined answer or the reason, never NaN, never a warning."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from talentmap.answers.desk import Desk
from talentmap.answers.viewer import Viewer
from talentmap.cube.build import build
from talentmap.cube.release import open_release
from talentmap.intake.create import new_workspace
from talentmap.intake.importer import import_file
from talentmap.model.errors import UserError
from talentmap.model.question import Question
from talentmap.model.workspace import Workspace

AUTHORISED = Viewer("authorised")
SCARCITY = Question(metric="scarcity")
PEOPLE = "persons,home_lon,home_lat,work_lon,work_lat,industry,education\n"
POSTS = "vacancy_id,lon,lat,industry,education_min,openings,posted\n"
FILES = {
    "no people": ("", POSTS + "a,117.0,36.6,I,21,5,2026-05\n"),
    "one cell": (
        PEOPLE + "50,117.0,36.6,117.0,36.6,I,21\n9,117.0,36.6,117.0,36.6,C,31\n",
        POSTS + "a,117.0,36.6,I,21,5,2026-05\n",
    ),
    "supply in one place, demand in another": (
        PEOPLE + "80,117.0,36.6,117.0,36.6,I,21\n",
        POSTS + "a,119.0,37.9,I,21,5,2026-05\nb,119.0,37.9,C,21,4,2026-05\n",
    ),
    "no openings of an industry": (
        PEOPLE + "50,117.0,36.6,117.1,36.6,I,21\n50,117.1,36.6,117.0,36.6,C,21\n",
        POSTS + "a,117.0,36.6,I,21,5,2026-05\nb,117.1,36.6,I,21,2,2026-04\n",
    ),
}


@pytest.fixture(scope="module", params=FILES, ids=lambda name: name.replace(" ", "-"))
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("edge")
    ws = new_workspace(folder / "city", name="Edge")
    for table, text in zip(("people", "vacancies"), FILES[request.param], strict=True):
        if text:
            _take_in(ws, table, text, folder)
    build(ws)
    return Desk(open_release(ws))


def _take_in(ws: Workspace, table: str, text: str, folder: Path) -> None:
    file = folder / f"{table}.csv"
    file.write_text(text, encoding="utf-8")
    import_file(ws, table, file)


@pytest.mark.parametrize("metric", ["scarcity", "supply", "openings_ratio", "mismatch"])
@pytest.mark.parametrize("level", ["city", "cell7", "cell8"])
@pytest.mark.parametrize("reach", ["own", "catchment"])
def test_every_answer_is_plain_json(desk: Desk, metric: str, level: str, reach: str) -> None:
    if metric == "mismatch" and level != "city":
        pytest.skip("mismatch is told for places, not for hexagons")
    for industry in ("", "I", "C"):
        asked = Question(metric=metric, level=level, reach=reach, industry=industry)
        answer = desk.ask(asked, AUTHORISED).to_json()
        json.dumps(answer, allow_nan=False)
        assert all((row["value"] is None) == (row["status"] != "ok") for row in answer["rows"])


def test_rankings_and_the_catalogue_are_plain_json(desk: Desk) -> None:
    for dimension in ("industry", "education"):
        json.dumps(desk.ranking(SCARCITY, AUTHORISED, "zh", dimension).to_json(), allow_nan=False)
    json.dumps(desk.mismatch(SCARCITY, AUTHORISED).to_json(), allow_nan=False)
    json.dumps(desk.catalogue(SCARCITY, AUTHORISED).to_json(), allow_nan=False)


def test_a_chain_of_an_unknown_code_is_named(tmp_path: Path) -> None:
    ws = new_workspace(tmp_path / "w", name="X")
    profile = ws.path / "city.toml"
    profile.write_text(
        profile.read_text("utf-8") + '\n[[chain]]\nid = "a"\nname = "A"\nindustries = ["Z99"]\n',
        encoding="utf-8",
    )
    with pytest.raises(UserError, match=r"city\.toml: chain A: unknown industry Z99"):
        Workspace.open(ws.path)


def test_weights_that_do_not_add_up_are_named(tmp_path: Path) -> None:
    ws = new_workspace(tmp_path / "w", name="X")
    profile = ws.path / "city.toml"
    text = profile.read_text("utf-8") + "\n[scarcity.weights]\ntightness = 0.5\nunfilled = 0.4\n"
    profile.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=r"weights add up to 0\.9, not 1"):
        Workspace.open(ws.path)
