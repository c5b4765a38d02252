"""One truth: later rows, better sources, spells; the difference to the last batch; the report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest

from talentmap.cube.build import ENGINES
from talentmap.intake.create import new_workspace
from talentmap.intake.importer import import_file
from talentmap.intake.ledger import batches, check, record_files
from talentmap.intake.mapping import FileMapping
from talentmap.intake.quality import write_report
from talentmap.intake.refused import RefusedRows
from talentmap.intake.report import BatchReport
from talentmap.intake.truth import current_files
from talentmap.model.errors import UserError
from talentmap.model.workspace import Workspace
from talentmap.privacy.pseudonyms import Pseudonyms

PERSON = "身份证号,work_district,arrived,left,persons\n"
ID = "11010519491231002X"


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return new_workspace(tmp_path / "city", name="甲市")


def take(ws: Workspace, table: str, text: str, name: str = "", **options: Any) -> BatchReport:
    file = ws.path.parent / (name or f"{table}.csv")
    file.write_text(text, encoding="utf-8")
    kept = options.pop("kept", None)
    dry_run = bool(options.pop("dry_run", False))
    pseudonym = Pseudonyms(b"k" * 32).of
    more: dict[str, Any] = {"options": options, "refused_rows": kept, "dry_run": dry_run}
    return import_file(ws, table, file, pseudonym=pseudonym, **more)


def current(ws: Workspace, table: str, column: str) -> list[Any]:
    scratch = ws.path.parent / "scratch"
    scratch.mkdir(exist_ok=True)
    files = current_files(record_files(ws, table), table, scratch)
    return [value for file in files for value in pq.read_table(file)[column].to_pylist()]


def test_of_overlapping_spells_the_later_row_counts(ws: Workspace) -> None:
    report = take(
        ws,
        "people",
        PERSON + f"{ID},A,2020-01,2021-05,1\n"  # overlaps the last row
        f"{ID},B,2018-01,2019-12,1\n"  # long gone
        f"{ID},C,2022-06,,1\n"  # came back
        f"{ID},D,2021-01,2022-06,1\n"  # left in the month the row before begins
        ",E,,,5\n,E,,,5\n",
    )
    assert report.reasons == {
        "身份证号: a later row of the same person, of an overlapping time, counts instead": 1
    }
    assert (report.accepted, report.persons) == (5, 13)
    assert [row["work_district"] for row in rows(ws, "people")] == ["B", "C", "D", "E", "E"]
    assert check(ws) == []


def rows(ws: Workspace, table: str) -> list[dict[str, Any]]:
    return [r for file in record_files(ws, table) for r in pq.read_table(file).to_pylist()]


def test_without_spells_a_person_is_one_record(ws: Workspace) -> None:
    take(ws, "people", PERSON + f"{ID},A,,,1\n{ID},B,,,1\n{ID},C,,,1\n")
    assert [row["work_district"] for row in rows(ws, "people")] == ["C"]


def test_a_dry_run_tells_the_same(ws: Workspace) -> None:
    text = PERSON + f"{ID},A,,,1\n{ID},B,,,1\n"
    dry, real = take(ws, "people", text, dry_run=True), take(ws, "people", text)
    assert (dry.reasons, dry.coverage, dry.accepted) == (real.reasons, real.coverage, 1)


def test_between_batches_the_later_counts_and_undo_brings_the_earlier_back(ws: Workspace) -> None:
    head = "vacancy_id,district,posted,openings\n"
    take(ws, "vacancies", head + "1,A,2026-01,1\n2,A,2026-01,2\n")
    take(ws, "vacancies", head + "2,B,2026-01,20\n3,B,2026-01,30\n")
    assert sorted(current(ws, "vacancies", "openings")) == [1, 20, 30]
    assert len(rows(ws, "vacancies")) == 4  # the records themselves are untouched


def test_the_better_rank_counts_before_the_later_batch(ws: Workspace) -> None:
    head = "vacancy_id,district,posted,openings\n"
    best = FileMapping(source="人社局")
    take(ws, "vacancies", head + "1,A,2026-01,1\n", mapping=best)
    take(ws, "vacancies", head + "1,A,2026-01,9\n", "site.csv")
    assert current(ws, "vacancies", "openings") == [9]
    (ws.path / "sources.toml").write_text('[rank]\n"人社局" = 1\nsite = 2\n', "utf-8")
    assert current(ws, "vacancies", "openings") == [1]
    (ws.path / "sources.toml").write_text('[rank]\nsite = "first"\n', "utf-8")
    with pytest.raises(UserError, match=r"sources\.toml: \[rank\] site: not a whole number"):
        record_files(ws, "vacancies")


def test_the_build_reads_each_thing_once(ws: Workspace, tmp_path: Path) -> None:
    from talentmap.cube.inputs import read_inputs

    head = "vacancy_id,district,posted,openings\n"
    for openings in (1, 5):
        take(ws, "vacancies", head + f"1,A,2026-01,{openings}\n")
    (tmp_path / "r" / "scratch").mkdir(parents=True)
    engine = ENGINES["duckdb"](tmp_path / "r" / "scratch")
    bases = read_inputs(ws).write_bases(engine, tmp_path / "r")
    assert engine.arrow(bases.posts)["openings"].to_pylist() == [5]


def test_the_difference_to_the_last_batch_of_the_series(ws: Workspace) -> None:
    head = "vacancy_id,district,posted,openings\n"
    first = take(
        ws, "vacancies", head + "1,A,2026-01,1\n2,A,2026-01,2\n3,A,2026-01,3\n", "岗位2026-01.csv"
    )
    assert (first.series, first.difference) == ("岗位", {})
    take(ws, "vacancies", head + "1,A,2026-01,1\n", "别处.csv")
    later = take(
        ws, "vacancies", head + "4,A,2026-01,1\n2,A,2026-01,7\n3,A,2026-01,3\n", "岗位2026-02.csv"
    )
    assert later.compared == first.batch
    assert later.difference == {"new": 1, "changed": 1, "same": 1, "gone": 1}


def test_replace_takes_the_last_batch_back_in_the_same_step(ws: Workspace) -> None:
    head = "vacancy_id,district,posted\n"
    first = take(ws, "vacancies", head + "1,A,2026-01\n", "a1.csv")
    other = take(ws, "vacancies", head + "9,A,2026-01\n", "b1.csv")
    second = take(ws, "vacancies", head + "2,A,2026-01\n", "a2.csv", replace=True)
    assert [report.batch for report in batches(ws)] == [other.batch, second.batch]
    assert not (ws.records("vacancies") / f"{first.batch}.parquet").exists()
    assert check(ws) == []
    with pytest.raises(UserError, match="none of 1 rows"):
        take(ws, "vacancies", head + "3,A,\n", "a3.csv", replace=True)
    assert [report.batch for report in batches(ws)] == [other.batch, second.batch]


def test_the_report_has_the_refused_rows_with_the_fault_marked(
    ws: Workspace, tmp_path: Path
) -> None:
    kept = RefusedRows()
    text = (
        "身份证号,work_district,persons,学历,备注\n"
        f"{ID},A,0,本科,=1+1\n"
        ",A,1,学霸<b>,\n"
        f",A,-1,本科,证件{ID}\n"
        "1,2\n"
    )
    report = take(ws, "people", text, kept=kept)
    page, book = write_report(tmp_path / "报告", report, kept)
    html = page.read_text(encoding="utf-8")
    assert "学霸&lt;b&gt;" in html
    assert "persons：小于 1" in html
    assert "<script" not in html
    assert "http" not in html
    sheet = openpyxl.load_workbook(book).active
    assert sheet is not None
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells[0] == [
        "行号",
        "列",
        "原因",
        "身份证号",
        "work_district",
        "persons",
        "学历",
        "备注",
    ]
    assert [row[:3] for row in cells[1:]] == [
        [2, "persons", "小于 1"],
        [4, "persons", "不是 0 或正整数"],
        [5, "", "列数与表头不符"],
    ]
    assert cells[1][7] == "=1+1"
    assert sheet["F2"].fill.start_color.rgb == "FFFFC7CE"
    assert sheet["E2"].fill.start_color.rgb != "FFFFC7CE"
    for file in (page, book, *ws.path.rglob("*.*")):
        if file.is_file():
            assert ID.encode() not in file.read_bytes()
    assert not any(ID in str(cell) for row in cells for cell in row)


def test_coverage_by_district_and_precision(ws: Workspace) -> None:
    report = take(ws, "people", "work_lon,work_lat,work_district\n117,36,A\n,,A\n,,\n117,36,\n")
    assert report.coverage["work"] == {"": {"exact": 1}, "A": {"exact": 1, "district": 1}}
    assert BatchReport.from_json(report.to_json()) == report


def test_a_report_that_cannot_be_written_is_said(ws: Workspace, tmp_path: Path) -> None:
    report = take(ws, "people", "work_district\nA\n")
    (tmp_path / "file").write_text("x")
    with pytest.raises(UserError, match=r"report .*file: cannot be written"):
        write_report(tmp_path / "file", report, RefusedRows())
