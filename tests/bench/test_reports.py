"""A report must be there while somebody waits, and a large workbook within bounded memory."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader

from talentmap.answers.serving import Serving
from talentmap.answers.viewer import Viewer
from talentmap.model.question import Question
from talentmap.model.workspace import Workspace
from talentmap.reports.write import write_report

REPORT_SECONDS = 15.0
WORKBOOK_SECONDS, WORKBOOK_ROWS, WORKBOOK_MB = 10.0, 100_000, 400
_WORKBOOK = """
import re, sys, time
from pathlib import Path
from talentmap.reports.content.model import Cell, Column, Document, Heading, Table
from talentmap.reports.formats.xlsx import write
from talentmap.reports.pictures.draw import Gallery
columns = tuple(Column(f"列{i}", "text" if i < 2 else "count") for i in range(10))
row = lambda k: (Cell(f"单位{k}"), Cell("区"), *(Cell(k + i / 3) for i in range(8)))
table = Table("表", "表", columns, tuple(row(k) for k in range(int(sys.argv[1]))))
document = Document("题", "副", "x", "zh", (("范围", "全市"),), (Heading("一"), table))
started = time.perf_counter()
write(document, Gallery(Path(sys.argv[2])), Path(sys.argv[2]) / "x.xlsx")
# Of this process alone: ru_maxrss keeps what the process had that started it.
peak = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())
print(time.perf_counter() - started, int(peak[1]) / 1024)
"""


@pytest.mark.parametrize("name", ["docx", "pdf"])
def test_the_shortage_report_of_the_demo(large_demo: Workspace, tmp_path: Path, name: str) -> None:
    serving = Serving(large_demo)
    started = time.perf_counter()
    (file,) = write_report(serving, Viewer("internal"), "shortage", Question(), [name], tmp_path)
    taken = time.perf_counter() - started
    pages = len(PdfReader(file).pages) if name == "pdf" else None
    tables = len(docx.Document(str(file)).tables) if name == "docx" else None
    print(f"\n{name}: {taken:.1f} s, {file.stat().st_size / 1e6:.1f} MB, {pages=} {tables=}")
    assert taken < REPORT_SECONDS


def test_a_workbook_of_many_rows(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _WORKBOOK, str(WORKBOOK_ROWS), str(tmp_path)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    seconds, megabytes = map(float, done.stdout.split())
    print(f"\nxlsx: {WORKBOOK_ROWS:,} rows × 10 in {seconds:.1f} s, {megabytes:.0f} MB")
    assert seconds < WORKBOOK_SECONDS
    assert megabytes < WORKBOOK_MB
