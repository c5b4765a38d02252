"""Who asks: the tier decides which plane the desk reads."""

from __future__ import annotations

from dataclasses import dataclass

from talentmap.model.errors import unknown
from talentmap.privacy.planes import TIER_RULES, Tier


@dataclass(frozen=True, slots=True)
class Viewer:
    """A viewer of one tier: public, internal or authorised."""

    tier: str = "internal"

    def __post_init__(self) -> None:
        if self.tier not in TIER_RULES:
            raise unknown("as", self.tier, TIER_RULES)

    @property
    def rules(self) -> Tier:
        """The disclosure rules of the tier."""
        return TIER_RULES[self.tier]
