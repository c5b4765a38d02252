"""Fixtures everyone shares. What is dear is made once a session, for all workers together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from talentmap.model.workspace import Workspace

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"
DEMO_PEOPLE = 20_000
DEMO_SEED = 2020


@pytest.fixture(scope="session")
def repo_root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def session_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all workers of this run share."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(autouse=True, scope="session")
def _own_key(session_folder: Path) -> None:
    """Tests make pseudonyms with a key of their own, never with the office's."""
    patch = pytest.MonkeyPatch()
    patch.setenv("TALENTMAP_KEY_FILE", str(session_folder / "pseudonym.key"))


@pytest.fixture(scope="session")
def demo_workspace(session_folder: Path) -> Workspace:
    """A built demo city of 20 000 people. Shared: read it, do not change it."""

    from talentmap.cube.build import build
    from talentmap.demo.city import make_demo

    def make(path: Path) -> None:
        build(make_demo(path, people=DEMO_PEOPLE, seed=DEMO_SEED))

    return _made_once(session_folder, "demo", make)


@pytest.fixture(scope="session")
def large_demo(session_folder: Path) -> Workspace:
    """The demo city as newcomers get it: 200 000 people, built. Shared, and dear: a minute."""

    from talentmap.cube.build import build
    from talentmap.demo.city import make_demo

    return _made_once(session_folder, "large", lambda path: build(make_demo(path)))


@pytest.fixture(scope="session")
def lodes_workspace(session_folder: Path) -> Workspace:
    """Rhode Island 2019 from LODES, built. Shared: read it, do not change it."""
    data = SHARED / "lodes_ri"
    if not data.is_dir():
        pytest.skip(f"the real LODES files are not at {data}")

    from talentmap.cube.build import build
    from talentmap.intake.create import new_workspace
    from talentmap.intake.importer import import_file

    def make(path: Path) -> None:
        ws = new_workspace(path, name="Rhode Island", name_en="Rhode Island")
        options = {"xwalk": [data / "ri_xwalk.csv.gz"]}
        file = data / "ri_od_main_JT00_2019.csv.gz"
        import_file(ws, "people", file, source="lodes", options=options)
        build(ws)

    return _made_once(session_folder, "lodes_ri", make)


def _made_once(folder: Path, name: str, make: Callable[[Path], object]) -> Workspace:
    path, done = folder / name, folder / f"{name}.done"
    with FileLock(folder / f"{name}.lock"):
        if not done.exists():
            make(path)
            done.touch()
    return Workspace.open(path)
