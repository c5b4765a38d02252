"""Rankings, decomposition, mismatch and catalogue of the demo city, as the desk gives them."""

from __future__ import annotations

import csv
import json
import sys

import pytest
from scipy.stats import spearmanr

from talentmap.answers.desk import Desk
from talentmap.answers.viewer import Viewer
from talentmap.cube.release import open_release
from talentmap.model.errors import UserError
from talentmap.model.question import Question
from talentmap.model.workspace import Workspace

INTERNAL, AUTHORISED = Viewer("internal"), Viewer("authorised")
SCARCITY = Question(metric="scarcity")


@pytest.fixture(scope="module")
def desk(demo_workspace: Workspace) -> Desk:
    return Desk(open_release(demo_workspace))


@pytest.mark.parametrize(("reach", "least"), [("own", 0.9), ("catchment", 0.8)])
def test_the_scarce_are_found(
    large_demo: Workspace, capsys: pytest.CaptureFixture[str], reach: str, least: float
) -> None:
    """The index ranks industries × districts as the generator made them.

    Of at least 100 jobs: fewer have a handful of openings, and chance decides. The truth is of the
    place itself; a catchment, which lets neighbours help out, may rank somewhat differently.
    """
    desk = Desk(open_release(large_demo))
    with (large_demo.path / "demo" / "truth.csv").open(encoding="utf-8") as file:
        truth = {
            (row["district"], row["industry"]): float(row["tightness"])
            for row in csv.DictReader(file)
            if float(row["jobs"]) >= 100
        }
    found, known = [], []
    for industry in sorted({key[1] for key in truth}):
        question = SCARCITY.but(level="district", industry=industry, reach=reach)
        for row in desk.ask(question, AUTHORISED).table.to_pylist():
            if row["status"] == "ok" and (row["id"], industry) in truth:
                found.append(row["value"])
                known.append(truth[row["id"], industry])
    rank = float(spearmanr(found, known).statistic)
    with capsys.disabled():
        sys.stdout.write(f"\n{reach}: rank correlation {rank:.3f} over {len(found)} strata\n")
    assert rank >= least


def test_contributions_add_up_to_the_total(desk: Desk) -> None:
    detail = desk.ranking(SCARCITY, INTERNAL).extra["detail"]
    scored = [d for d in detail.values() if d["total"] is not None]
    assert scored
    for entry in scored:
        parts = sum(c["value"] or 0.0 for c in entry["contributions"])
        assert parts == pytest.approx(entry["total"], abs=1e-9)
        weights = sum(c["weight"] or 0.0 for c in entry["contributions"])
        assert weights == pytest.approx(1.0)


def test_the_ranking_agrees_with_the_same_question_asked_plainly(desk: Desk) -> None:
    for row in desk.ranking(SCARCITY, INTERNAL).table.to_pylist():
        asked = desk.ask(SCARCITY.but(industry=row["id"]), INTERNAL).table.to_pylist()[0]
        assert (row["value"], row["low"], row["status"]) == (
            asked["value"],
            asked["low"],
            asked["status"],
        )


def test_a_branch_is_weighed_among_all_branches(desk: Desk) -> None:
    rows = desk.ranking(SCARCITY.but(industry="I"), INTERNAL).table["id"].to_pylist()
    assert rows
    assert all(code.startswith("I") and code != "I" for code in rows)


def test_four_stars_only_where_it_is_sure(desk: Desk) -> None:
    for entry in desk.ranking(SCARCITY, INTERNAL).extra["detail"].values():
        if (entry["stars"] or 0) >= 4:
            assert entry["above_one"] >= 0.9


def test_the_json_answer_carries_the_decomposition(desk: Desk) -> None:
    answer = desk.ask(SCARCITY.but(level="district", industry="C"), INTERNAL).to_json()
    json.dumps(answer, allow_nan=False)
    ids = {row["id"] for row in answer["rows"] if row["id"].isdigit()}
    assert set(answer["decomposition"]) == ids


def test_mismatch_counts_what_the_desk_counts(desk: Desk) -> None:
    answer = desk.mismatch(SCARCITY, AUTHORISED)
    matrix = answer.extra["matrix"]
    wanted = desk.ask(
        Question(metric="demand", education="B", specialty=matrix["rows"][0][0]), AUTHORISED
    ).table["value"][0]
    assert matrix["openings"][0][0] == wanted.as_py()
    assert 0 <= answer.extra["index"]["duncan"] <= 1
    assert answer.unit == desk.metrics["demand"].unit.zh


def test_the_catalogue_is_ranked_and_says_what_changed(desk: Desk) -> None:
    answer = desk.catalogue(SCARCITY, AUTHORISED)
    values = answer.table["value"].to_pylist()
    assert values == sorted(values, reverse=True)
    assert {d["change"] for d in answer.extra["detail"].values()} <= {"new", "up", "down", "same"}


def test_an_unknown_chain_and_dimension_are_named(desk: Desk) -> None:
    with pytest.raises(UserError, match="chain"):
        desk.ask(SCARCITY.but(chain="nope"), INTERNAL)
    with pytest.raises(UserError, match="dimension"):
        desk.ranking(SCARCITY, INTERNAL, dimension="colour")


def test_mismatch_by_district_is_a_share_or_says_why_not(desk: Desk) -> None:
    for row in desk.ask(
        Question(metric="mismatch", level="district"), AUTHORISED
    ).table.to_pylist():
        assert row["status"] in {"ok", "insufficient"}
        assert row["value"] is None or row["value"] <= 1


def test_hot_spots_are_told_for_hexagons_only(desk: Desk) -> None:
    with pytest.raises(UserError, match="hexagons"):
        desk.ask(Question(metric="hot_spots", level="district"), INTERNAL)
    values = desk.ask(Question(metric="hot_spots", level="cell7"), AUTHORISED).table["value"]
    found = [value for value in values.to_pylist() if value is not None]
    assert max(found) > 1.96
    assert all(abs(value) > 1.96 or value == 0.001 for value in found)
