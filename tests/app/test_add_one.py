"""Adding a metric, a layer, a page or a source is one file and no other edit.

What is added is what `docs/add-a-*.md` shows, word for word: so the papers are true as well.
"""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from talentmap.answers.desk import Desk
from talentmap.answers.serving import Serving
from talentmap.answers.viewer import Viewer
from talentmap.cube.release import open_release
from talentmap.intake.create import new_workspace
from talentmap.intake.importer import import_file
from talentmap.model.discover import discover
from talentmap.model.layer import Layer
from talentmap.model.question import Question
from talentmap.model.workspace import Workspace
from talentmap.ui.shell import create_app

Add = Callable[[str, str, str], None]


@pytest.fixture
def add(tmp_path: Path, repo_root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Add]:
    """Put the example of a paper into a package as a file of that name; take it out afterwards."""
    added: list[str] = []

    def add_(package: str, file: str, paper: str) -> None:
        text = (repo_root / "docs" / paper).read_text(encoding="utf-8")
        example = re.search(r"```python\n(.*?)```", text, re.DOTALL)
        assert example
        folder = tmp_path / package
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(example[1], encoding="utf-8")
        home = importlib.import_module(package)
        monkeypatch.setattr(home, "__path__", [*home.__path__, str(folder)])
        added.append(f"{package}.{file.split('/', maxsplit=1)[0].removesuffix('.py')}")

    yield add_
    for name in added:
        sys.modules.pop(name, None)


def test_a_metric(add: Add, demo_workspace: Workspace) -> None:
    add("talentmap.answers.metrics", "vacancy_rate.py", "add-a-metric.md")
    desk = Desk(open_release(demo_workspace))
    question = Question("vacancy_rate", level="district", industry="I")
    rows = desk.ask(question, Viewer("authorised")).table.to_pylist()
    openings = desk.ask(question.but(metric="demand"), Viewer("authorised")).table.to_pylist()
    people = desk.ask(question.but(metric="supply"), Viewer("authorised")).table.to_pylist()
    assert len(rows) == 12
    compared = 0
    for got, v, s in zip(rows, openings, people, strict=True):
        posts = v["value"] + s["value"]
        assert got["status"] == ("ok" if posts else "missing")
        if posts:
            assert got["value"] == pytest.approx(v["value"] / posts)
            compared += 1
    assert compared > 6


def test_a_layer(add: Add) -> None:
    before = discover("layers", "LAYER", Layer)
    add("layers", "vacancy_rate.py", "add-a-layer.md")
    after = discover("layers", "LAYER", Layer)
    assert after.keys() - before.keys() == {"vacancy_rate"}
    assert {name: after[name] for name in before} == before


def test_a_page(add: Add, demo_workspace: Workspace, repo_root: Path) -> None:
    add("talentmap.ui.pages", "people/__init__.py", "add-a-page.md")
    app = create_app(Serving(demo_workspace), Viewer("internal"), assets=repo_root / "assets")
    client = app.server.test_client()
    shown = _callback(client, "people-count.children", "/people", "")
    assert re.fullmatch(r"共 [\d,]+ 人", shown)
    assert re.fullmatch(
        r"[\d,]+ people", _callback(client, "people-count.children", "/people", "?lang=en")
    )
    download = client.get("/export/people.csv?level=district")
    assert download.status_code == 200
    assert "id,name,value,low,high,n,status" in download.get_data(as_text=True)


def test_a_source(add: Add, tmp_path: Path) -> None:
    add("talentmap.intake.sources", "arrow.py", "add-a-source.md")
    file = tmp_path / "people.arrow"
    table = pa.table({"居住地经度": ["117.02", "x"], "居住地纬度": ["36.66", "36.66"]})
    with pa.ipc.new_file(file, table.schema) as writer:
        writer.write_table(table)
    ws = new_workspace(tmp_path / "w", name="X")
    report = import_file(ws, "people", file)
    assert (report.rows_in, report.accepted, report.refused) == (2, 1, 1)
    records = pq.read_table(ws.records("people"))
    assert records["row"].to_pylist() == [1]


def _callback(client: object, output: str, path: str, search: str) -> str:
    name, prop = output.split(".")
    inputs = [
        {"id": "url", "property": "pathname", "value": path},
        {"id": "url", "property": "search", "value": search},
    ]
    body = {
        "output": output,
        "outputs": {"id": name, "property": prop},
        "inputs": inputs,
        "changedPropIds": ["url.pathname"],
    }
    done = client.post("/_dash-update-component", json=body)  # type: ignore[attr-defined]
    assert done.status_code == 200
    return str(done.get_json()["response"][name][prop])
