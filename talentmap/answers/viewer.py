"""Who asks: the tier decides which plane the desk reads."""

from __future__ import annotations

from dataclasses import dataclass

from talentmap.model.errors import unknown
from talentmap.privacy.planes import TIER_RULES, Tier

# From the least to the most that may be seen.
TIERS = tuple(TIER_RULES)


@dataclass(frozen=True, slots=True)
class Viewer:
    """A viewer of one tier: public, internal or authorised.

    `purpose` says what single records are looked at for, `who` looks; both go into the audit.
    """

    tier: str = "internal"
    purpose: str = ""
    who: str = ""

    def __post_init__(self) -> None:
        if self.tier not in TIER_RULES:
            raise unknown("as", self.tier, TIER_RULES)

    @property
    def rules(self) -> Tier:
        """The disclosure rules of the tier."""
        return TIER_RULES[self.tier]

    @property
    def tiers(self) -> tuple[str, ...]:
        """The tiers this viewer may look as, the least first."""
        return (self.tier,)

    @property
    def until(self) -> int:
        """When the purpose ends, in seconds since 1970; 0 where it does not end by itself."""
        return 0


def tiers_up_to(tier: str) -> tuple[str, ...]:
    """Return the tiers at or below one, the least first."""
    return TIERS[: TIERS.index(tier) + 1]
