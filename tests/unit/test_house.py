"""The rules of the house that no other tool holds."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from talentmap.model.discover import discover
from talentmap.model.metric import Metric
from talentmap.model.settings import TIERS

ROOT = Path(__file__).resolve().parents[2]
MODULE_LINES = 400
RUNTIME = ["requirements.txt"]
EVERYTHING = [*RUNTIME, "requirements-dev.txt"]
PACKAGES = ("talentmap", "layers", "tests")
PROGRAM = [*(ROOT / "talentmap").rglob("*.py"), *(ROOT / "layers").rglob("*.py"), ROOT / "app.py"]
PAPERS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
_LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
_OUTSIDE = re.compile(r"(?:url\(|@import|src=|href=|fetch\()\s*['\"]?(?:https?:)?//", re.IGNORECASE)
_MAKE = re.compile(r"`make ((?:[a-z]+ ?)+)`")


def _floors() -> str:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return " ".join(settings["tool"]["importlinter"]["contracts"][0]["layers"])


def _modules() -> list[Path]:
    return sorted(p for name in PACKAGES for p in (ROOT / name).rglob("*.py"))


def test_modules_stay_short() -> None:
    long = [p for p in _modules() if len(p.read_text(encoding="utf-8").splitlines()) > MODULE_LINES]
    assert not long


def test_a_package_file_is_empty_and_there_is_no_drawer_for_odd_things() -> None:
    names = {p for p in _modules() if p.stem in {"utils", "util", "helpers", "misc", "common"}}
    assert not names
    full = [p for p in _modules() if p.name == "__init__.py" and p.read_text(encoding="utf-8")]
    # A page is a folder whose package file holds the one constant that is looked for.
    assert not [p for p in full if "pages" not in p.parts and p.parent != ROOT / "talentmap"]


def test_every_package_stands_on_a_floor() -> None:
    packages = [p.parent.name for p in (ROOT / "talentmap").glob("*/__init__.py")]
    assert packages
    assert not [name for name in packages if f"talentmap.{name}" not in _floors()]


def _pins(name: str) -> dict[str, str]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    listed = [line for line in lines if line and not line.startswith(("#", "-r "))]
    assert [line for line in listed if not re.fullmatch(r"[\w.-]+==[\w.!+]+", line)] == []
    return dict(line.lower().replace("_", "-").split("==") for line in listed)


def _imports(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    ours = {"talentmap", "layers", "app", "tests", "_typeshed"}
    return found - set(sys.stdlib_module_names) - ours


def _not_pinned(files: list[Path], pins: dict[str, str]) -> set[str]:
    sources = packages_distributions()
    used = {name for file in files for name in _imports(file)}
    names = {name: {d.lower().replace("_", "-") for d in sources.get(name, [])} for name in used}
    return {name for name, dists in names.items() if not dists & pins.keys()}


def test_the_program_uses_only_what_is_pinned_for_it() -> None:
    assert not _not_pinned(PROGRAM, _pins("requirements.txt"))


def test_the_tests_use_only_what_is_pinned() -> None:
    tests = list((ROOT / "tests").rglob("*.py"))
    assert not _not_pinned(tests, _pins("requirements.txt") | _pins("requirements-dev.txt"))


def _needs(pinned: str) -> set[str]:
    wanted = [Requirement(line) for line in requires(pinned) or []]
    kept = [r.name for r in wanted if r.marker is None or r.marker.evaluate({"extra": ""})]
    return {canonicalize_name(name) for name in kept}


@pytest.mark.parametrize("names", [RUNTIME, EVERYTHING])
def test_what_is_pinned_needs_is_pinned_too(names: list[str]) -> None:
    pins = {canonicalize_name(pin) for name in names for pin in _pins(name)}
    missing = {pin: _needs(pin) - pins for pin in pins}
    assert {pin: needs for pin, needs in missing.items() if needs} == {}


def test_nothing_is_pinned_twice() -> None:
    assert not _pins("requirements.txt").keys() & _pins("requirements-dev.txt").keys()


def test_assets_point_nowhere_outside() -> None:
    files = [
        p for p in (ROOT / "assets").rglob("*") if p.suffix in {".css", ".js", ".svg", ".html"}
    ]
    assert files
    assert not [p for p in files if _OUTSIDE.search(p.read_text(encoding="utf-8"))]


def test_links_in_the_papers_lead_somewhere() -> None:
    broken = [
        f"{paper.relative_to(ROOT)}: {target}"
        for paper in PAPERS
        for target in _LINK.findall(paper.read_text(encoding="utf-8"))
        if "://" not in target and not (paper.parent / target).exists()
    ]
    assert not broken


def test_papers_name_only_targets_that_make_knows() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", text, re.MULTILINE))
    named = {
        w for p in PAPERS for m in _MAKE.findall(p.read_text(encoding="utf-8")) for w in m.split()
    }
    assert {"demo", "test", "check"} <= named <= targets


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readme_names_every_command_and_setting(name: str) -> None:
    from talentmap.cli import app

    text = (ROOT / name).read_text(encoding="utf-8")
    commands = {c.name or c.callback.__name__ for c in app.registered_commands if c.callback}
    assert {c for c in commands if f"`talentmap {c}" not in text} == set()
    settings = (ROOT / "talentmap/model/settings.py").read_text(encoding="utf-8")
    variables = set(re.findall(r'"(TALENTMAP_[A-Z]+)"', settings)) - {"TALENTMAP_HOST"}
    assert variables
    assert {v for v in variables if v not in text} == set()
    assert {t for t in TIERS if t not in text} == set()


def _commands_shown(name: str) -> list[str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    blocks = re.findall(r"```bash\n(.*?)```", text, re.DOTALL)
    return re.findall(r"-m talentmap (\w+)", "\n".join(blocks))


def test_both_readmes_show_the_same_commands() -> None:
    assert _commands_shown("README.md") == _commands_shown("README.zh-CN.md") != []


def test_the_glossary_has_every_metric_by_the_name_it_bears() -> None:
    metrics = discover("talentmap.answers.metrics", "METRIC", Metric)
    lines = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").splitlines()
    named = {m.id: (m.name.zh, f"`{m.id}`") for m in metrics.values()}
    assert named
    assert [
        id_ for id_, words in named.items() if not any(all(w in x for w in words) for x in lines)
    ] == []


def test_ci_runs_what_a_desk_runs() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "make check test" in script.read_text(encoding="utf-8")


def test_setup_refuses_an_unfit_python_in_one_line() -> None:
    done = subprocess.run(
        ["bash", "scripts/setup.sh", "requirements.txt"],
        cwd=ROOT,
        env=os.environ | {"PYTHON": "/bin/false"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == "setup: PYTHON=/bin/false is not Python 3.11, 3.12 or 3.13\n"
