"""The same question gives the same number at every door: ask, page, wall, DOCX, XLSX."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from talentmap.answers.serving import Serving
from talentmap.answers.viewer import Viewer
from talentmap.model.discover import discover
from talentmap.model.question import Question
from talentmap.model.workspace import Workspace
from talentmap.reports.write import write_report
from talentmap.ui.draw.numbers import figure
from talentmap.ui.page import Page
from talentmap.ui.pages.screen import PAGE as SCREEN
from talentmap.ui.pages.screen import programme
from tests.app.test_screen import words
from tests.app.test_ui_shell import texts

VIEWER = Viewer("authorised")
COUNTS = ("supply", "demand", "openings_ratio")
# The index of the whole of a small city over all industries has no prior to lean on.
METRICS = {
    "": COUNTS,
    "place=district:370102": (*COUNTS, "scarcity"),
    "industry=I": (*COUNTS, "scarcity"),
    "place=district:370112": (*COUNTS, "scarcity"),
}


@pytest.fixture(scope="module")
def serving(demo_workspace: Workspace) -> Serving:
    return Serving(demo_workspace)


def _asked(serving: Serving, metric: str, scope: str) -> float:
    question = Question.from_query(f"metric={metric}&level=area&{scope}".rstrip("&"))
    (row,) = serving.ask(question, VIEWER).table.to_pylist()
    assert row["status"] == "ok"
    return float(row["value"])


def _shown(serving: Serving, metric: str, value: float) -> str:
    return figure(value, serving.metrics[metric].kind, "zh").digits


@pytest.mark.parametrize("scope", METRICS)
def test_the_page_says_what_ask_says(serving: Serving, scope: str) -> None:
    page = discover("talentmap.ui.pages", "PAGE", Page)["map"]
    (top,) = [slot for slot in page.slots if slot.output.component_id == "map-top"]
    for metric in METRICS[scope]:
        search = f"?metric={metric}&at=work&level=cell8&{scope}".rstrip("&")
        said = " ".join(texts(page.fill(top, serving, VIEWER, search)))
        assert _shown(serving, metric, _asked(serving, metric, scope)) in said


@pytest.mark.parametrize("scope", METRICS)
def test_the_report_says_what_ask_says(serving: Serving, scope: str, tmp_path: Path) -> None:
    question = Question.from_query(scope)
    files = write_report(serving, VIEWER, "shortage", question, ["docx", "xlsx"], tmp_path)
    by_kind = {file.suffix: file for file in files}
    cells = _numbers(by_kind[".xlsx"])
    document = docx.Document(str(by_kind[".docx"]))
    in_tables = [cell.text for t in document.tables for row in t.rows for cell in row.cells]
    said = " ".join([*in_tables, *(p.text for p in document.paragraphs)])
    for metric in METRICS[scope]:
        value = _asked(serving, metric, scope)
        assert any(cell == pytest.approx(value, rel=1e-12) for cell in cells), metric
        assert _shown(serving, metric, value).replace(",", "") in said.replace(",", ""), metric


def test_the_wall_says_what_ask_says(serving: Serving) -> None:
    visit = SCREEN.visit(serving, VIEWER, "")
    strip = words(json.loads(programme.programme(visit))["parts"]["kpis"]).replace(" ", "")
    for metric in ("supply", "demand", "openings_ratio", "commute_km"):
        assert _shown(serving, metric, _asked(serving, metric, "")) in strip, metric


def _numbers(file: Path) -> list[float]:
    rows = [
        row
        for sheet in openpyxl.load_workbook(file).worksheets
        for row in sheet.iter_rows(values_only=True)
    ]
    cells: list[Any] = [cell for row in rows for cell in row]
    return [float(cell) for cell in cells if isinstance(cell, int | float)]
