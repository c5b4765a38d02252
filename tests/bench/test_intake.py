"""Intake of a million people from CSV, beside plain pyarrow on the same file."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow.csv

from talentmap.intake.create import new_workspace
from talentmap.intake.importer import import_file
from talentmap.privacy.pseudonyms import Pseudonyms

PEOPLE = 1_000_000
LEAST_ROWS_A_SECOND = 30_000


def write_people(file: Path, people: int) -> None:
    dice = np.random.default_rng(1)
    columns = {
        "人员编号": pl.Series([f"p{i}" for i in range(people)]),
        "居住地经度": dice.uniform(116.8, 117.3, people).round(6),
        "居住地纬度": dice.uniform(36.5, 36.8, people).round(6),
        "工作区县": dice.choice(["历下区", "市中区", "槐荫", "370112"], people),
        "学历": dice.choice(["本科", "硕士", "大专"], people),
        "行业": dice.choice(["I65", "J", "C39", "软件"], people),
        "来市月份": dice.choice(["2024-01", "2025/6"], people),
    }
    pl.DataFrame(columns).write_csv(file)


def test_a_million_people(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    write_people(file, PEOPLE)
    ws = new_workspace(tmp_path / "city", city="370100")
    started = time.perf_counter()
    pyarrow.csv.read_csv(file)
    plain = PEOPLE / (time.perf_counter() - started)
    started = time.perf_counter()
    report = import_file(ws, "people", file, pseudonym=Pseudonyms(b"k" * 32).of)
    ours = PEOPLE / (time.perf_counter() - started)
    print(f"\nintake: {ours:,.0f} rows a second, pyarrow.csv alone {plain:,.0f}")
    assert report.accepted == PEOPLE
    assert ours > LEAST_ROWS_A_SECOND
