"""Find plug-ins: one constant in each module of a package. Adding one is adding one file."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Protocol, TypeVar


class _Named(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_Named)


def discover(package: str, constant: str, kind: type[T]) -> dict[str, T]:
    """Return {id: object} for every module or sub-package of `package`, in order of module name.

    Each must define `constant` of type `kind`; a missing one or a doubled id raises TypeError or
    ValueError when the program starts, not when a user arrives. Names with a leading underscore
    are not plug-ins.
    """
    home = importlib.import_module(package)
    found: dict[str, T] = {}
    for entry in sorted(pkgutil.iter_modules(home.__path__), key=lambda m: m.name):
        if entry.name.startswith("_"):
            continue
        module = importlib.import_module(f"{package}.{entry.name}")
        item = getattr(module, constant, None)
        if not isinstance(item, kind):
            raise TypeError(f"{module.__name__} has no {constant} of type {kind.__name__}")
        if item.id in found:
            raise ValueError(f"{module.__name__}: id {item.id!r} is already taken")
        found[item.id] = item
    return found
