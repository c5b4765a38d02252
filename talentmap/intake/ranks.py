"""Whom to believe: the ranks the office gives its sources, in `sources.toml` of the workspace.

`[rank]` has for the name of a series (see `BatchReport.series`) a whole number, 1 for the best; a
series that is not named comes after all that are.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from talentmap.model.errors import UserError

LAST = 1_000_000


def read_ranks(workspace: Path) -> Mapping[str, int]:
    """Return {series: rank}; raise UserError naming file and entry where it cannot be read."""
    file = workspace / "sources.toml"
    if not file.exists():
        return {}
    try:
        ranks = tomllib.loads(file.read_text(encoding="utf-8-sig")).get("rank", {})
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"{file}: not TOML: {str(error).splitlines()[0]}") from None
    if not isinstance(ranks, dict):
        raise UserError(f"{file}: rank is not a section")
    for series, rank in ranks.items():
        if not isinstance(rank, int) or isinstance(rank, bool) or not 0 < rank < LAST:
            raise UserError(f"{file}: [rank] {series}: not a whole number from 1")
    return ranks
