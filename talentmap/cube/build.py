"""Build a release: records → base → nodes → planes, switched to by one atomic rename."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from threadpoolctl import threadpool_limits

from talentmap.cube.engines.base import Engine
from talentmap.cube.engines.duckdb import DuckDB
from talentmap.cube.inputs import Inputs, read_inputs
from talentmap.cube.manifest import write_manifest
from talentmap.cube.nodes import build_nodes
from talentmap.cube.register import write_register
from talentmap.cube.release import CURRENT, KEPT_RELEASES, release_names
from talentmap.cube.tables import write_tables
from talentmap.model.errors import UserError, unknown
from talentmap.model.workspace import Workspace

ENGINES: dict[str, Callable[[Path], Engine]] = {DuckDB.id: DuckDB}

Progress = Callable[[str, float], None]


def build(ws: Workspace, engine: str = "duckdb", progress: Progress | None = None) -> str:
    """Build a new release from the committed batches and serve it; return its name.

    Raises UserError where there is nothing to build, the engine is unknown, or another build runs.
    Until the last step the old release serves; a failure leaves nothing of the new one.
    """
    if engine not in ENGINES:
        raise unknown("engine", engine, ENGINES)
    tell = progress or (lambda _step, _share: None)
    with _only_build(ws), _unfinished(ws) as folder:
        inputs = read_inputs(ws)
        name = folder.name.removeprefix(".building-")
        running = ENGINES[engine](folder / "scratch")
        try:
            _fill(running, ws, inputs, folder, name, tell)
        finally:
            running.close()
        shutil.rmtree(folder / "scratch", ignore_errors=True)
        _switch(ws, folder, name)
    tell("done", 1.0)
    return name


def _fill(
    engine: Engine, ws: Workspace, inputs: Inputs, folder: Path, name: str, tell: Progress
) -> None:
    tell("base", 0.02)
    bases = inputs.write_bases(engine, folder)
    tell("tables", 0.2)
    write_tables(engine, bases, folder)
    write_register(bases, inputs.files["places"], folder)
    with threadpool_limits(1, user_api="blas"):  # its threads and the engine's fight for the cores
        built = build_nodes(engine, bases, folder, lambda share: tell("nodes", 0.25 + 0.7 * share))
    write_manifest(engine, ws, bases, folder, name, built)


@contextmanager
def _only_build(ws: Workspace) -> Iterator[None]:
    """Hold the build lock; two builds of one workspace never run at once."""
    ws.cube.mkdir(parents=True, exist_ok=True)
    lock = FileLock(ws.cube / ".lock", timeout=0)
    try:
        with lock:
            yield
    except Timeout:
        raise UserError(f"workspace {ws.path}: another build is running; try again later") from None


@contextmanager
def _unfinished(ws: Workspace) -> Iterator[Path]:
    """Make the folder of the new release; remove it, and any a crash left, unless finished."""
    for left in ws.cube.glob(".building-*"):
        shutil.rmtree(left)
    numbers = [int(name[1:5]) for name in release_names(ws)]
    name = f"r{max(numbers, default=0) + 1:04d}-{secrets.token_hex(3)}"
    folder = ws.cube / f".building-{name}"
    (folder / "scratch").mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _switch(ws: Workspace, folder: Path, name: str) -> None:
    """Make everything durable, put the release in place, then point to it."""
    for file in folder.rglob("*"):
        if file.is_file():
            _sync(file)
    folder.rename(ws.cube / name)
    pointer = ws.cube / f".{CURRENT}"
    pointer.write_text(name, encoding="utf-8")
    _sync(pointer)
    pointer.replace(ws.cube / CURRENT)
    _sync(ws.cube)
    for old in release_names(ws)[:-KEPT_RELEASES]:
        shutil.rmtree(ws.cube / old)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
