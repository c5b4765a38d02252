from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from talentmap.model.discover import discover


@dataclass(frozen=True)
class Plug:
    id: str


@pytest.fixture
def package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Path:
    """An empty package of a name of its own, forgotten again afterwards."""
    home = tmp_path / f"plugs_{abs(hash(request.node.nodeid))}"
    home.mkdir()
    (home / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in [m for m in sys.modules if m.split(".")[0] == home.name]:
        monkeypatch.delitem(sys.modules, name)
    return home


def add(package: Path, module: str, body: str) -> None:
    head = f"from {__name__} import Plug\n" if "Plug(" in body else ""
    (package / f"{module}.py").write_text(head + body, encoding="utf-8")


def test_every_module_in_order_of_its_name(package: Path) -> None:
    add(package, "b", "PLUG = Plug('second')")
    add(package, "a", "PLUG = Plug('first')")
    assert list(discover(package.name, "PLUG", Plug)) == ["first", "second"]


def test_a_folder_is_a_plug_in_too(package: Path) -> None:
    (package / "page").mkdir()
    add(package, "page/__init__", "PLUG = Plug('page')")
    assert list(discover(package.name, "PLUG", Plug)) == ["page"]


def test_a_leading_underscore_is_not_a_plug_in(package: Path) -> None:
    add(package, "_shared", "raise RuntimeError('not to be imported')")
    assert discover(package.name, "PLUG", Plug) == {}


def test_a_missing_constant_is_a_defect_found_at_start(package: Path) -> None:
    add(package, "a", "OTHER = 1")
    with pytest.raises(TypeError, match=r"\.a has no PLUG of type Plug"):
        discover(package.name, "PLUG", Plug)


def test_a_constant_of_another_type_too(package: Path) -> None:
    add(package, "a", "PLUG = 'text'")
    with pytest.raises(TypeError, match="has no PLUG of type Plug"):
        discover(package.name, "PLUG", Plug)


def test_an_id_taken_twice_too(package: Path) -> None:
    add(package, "a", "PLUG = Plug('same')")
    add(package, "b", "PLUG = Plug('same')")
    with pytest.raises(ValueError, match=r"\.b: id 'same' is already taken"):
        discover(package.name, "PLUG", Plug)


def test_a_broken_module_is_not_swallowed(package: Path) -> None:
    add(package, "a", "import no_such_module_anywhere")
    with pytest.raises(ModuleNotFoundError):
        discover(package.name, "PLUG", Plug)
