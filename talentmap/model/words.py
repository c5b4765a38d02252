"""A text in both languages of the interface."""

from __future__ import annotations

from typing import NamedTuple

LANGUAGES = ("zh", "en")


class Words(NamedTuple):
    """The same text in Chinese and in English."""

    zh: str
    en: str

    def in_(self, language: str) -> str:
        """Return the text in the language; Chinese for any but English."""
        return self.en if language == "en" else self.zh
