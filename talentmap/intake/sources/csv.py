"""CSV and TSV, gzipped or not."""

from __future__ import annotations

from pathlib import Path

from talentmap.intake.delimited import read_delimited
from talentmap.intake.source import Options, Reading, Source
from talentmap.model.schemas import TABLES


def _read(file: Path, _table: str, _options: Options) -> Reading:
    return read_delimited(file)


SOURCE = Source(
    id="csv",
    suffixes=(".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz", ".txt.gz"),
    tables=TABLES,
    read=_read,
)
