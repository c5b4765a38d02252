"""A release of another version of the program is refused in one line, never read half."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from talentmap.cube.lattice import layout
from talentmap.cube.release import current_name, open_release
from talentmap.model.errors import UserError
from talentmap.model.workspace import Workspace


@pytest.mark.parametrize("written", [None, "another"])
def test_a_release_of_another_layout_is_refused(
    demo_workspace: Workspace, tmp_path: Path, written: str | None
) -> None:
    name = current_name(demo_workspace)
    copy = tmp_path / "cube" / name
    copy.mkdir(parents=True)
    shutil.copy(demo_workspace.cube / name / "manifest.json", copy)
    manifest = json.loads((copy / "manifest.json").read_text("utf-8"))
    assert manifest.pop("layout") == layout()
    if written:
        manifest["layout"] = written
    (copy / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(UserError, match=f"release {name} was built by another version"):
        open_release(Workspace(tmp_path, demo_workspace.city), name)
