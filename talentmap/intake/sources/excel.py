"""Excel and OpenDocument sheets, and the text and HTML that systems name `.xls`."""

from __future__ import annotations

from talentmap.intake.source import Source
from talentmap.intake.tabular import read_tabular
from talentmap.model.schemas import TABLES

SOURCE = Source(
    id="excel",
    suffixes=(".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".htm", ".html"),
    tables=TABLES,
    read=read_tabular,
)
