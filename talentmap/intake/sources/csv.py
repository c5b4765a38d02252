"""CSV and TSV, gzipped or not; a workbook that bears such a name is read as one."""

from __future__ import annotations

from talentmap.intake.source import Source
from talentmap.intake.tabular import read_tabular
from talentmap.model.schemas import TABLES

SOURCE = Source(
    id="csv",
    suffixes=(".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz", ".txt.gz"),
    tables=TABLES,
    read=read_tabular,
)
