"""Keys of things that have none in their file."""

from __future__ import annotations

import hashlib

import polars as pl
import polars.selectors as cs

from talentmap.intake.columns import Match

KEYS = {"people": "person_key", "enterprises": "code", "vacancies": "vacancy_id", "places": "code"}
NO_KEY = "keys were made from the rows: the next file of this source cannot be compared with it"
_MADE = ("vacancies", "places")
_KEY_BYTES = 8


def with_keys(frame: pl.DataFrame, match: Match) -> pl.DataFrame:
    """Return the parsed columns with a made key for each row where the file has no column of keys.

    It is made of what the row says and of its number, so that the same file gives the same keys.
    """
    key = KEYS[match.table]
    if match.table not in _MADE or key in frame.columns:
        return frame
    said = frame.with_columns(cs.binary().bin.encode("hex")).select(
        pl.concat_str(pl.all().cast(pl.String).fill_null(""), separator="\x1f")
    )
    texts = said.to_series().to_list()
    return frame.with_columns(pl.Series(key, [_digest(text) for text in texts], dtype=pl.String))


def lacks_key(match: Match) -> bool:
    """Tell whether keys are made for the rows of a file."""
    key = KEYS[match.table]
    return match.table in _MADE and key not in match.named and key not in match.constants


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=_KEY_BYTES).hexdigest().upper()
