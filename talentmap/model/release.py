"""What a release knows about itself: the words a page needs before it asks for numbers."""

from __future__ import annotations

from dataclasses import dataclass, field

from talentmap.model.rules import ScarcityRules
from talentmap.model.words import Words


@dataclass(frozen=True, slots=True)
class Place:
    """A district or a park: its code, names, label point and (for a park) its district's code."""

    kind: str
    code: str
    name: Words
    lon: float
    lat: float
    parent: str = ""


@dataclass(frozen=True, slots=True)
class ReleaseInfo:
    """A release in words.

    `months` are indices (see months.py), ascending, the last one being the data month. `codes`
    lists per dimension the codes the data have. `bounds` (west, south, east, north) hold the city,
    `busy_bounds` the part where most people are: the map starts there.
    """

    name: str
    number: int
    city_code: str
    city: Words
    synthetic: bool
    months: tuple[int, ...]
    places: dict[str, tuple[Place, ...]]
    codes: dict[str, tuple[str, ...]]
    bounds: tuple[float, float, float, float]
    busy_bounds: tuple[float, float, float, float]
    default_industry: str
    sources: tuple[str, ...]
    caveats: tuple[str, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    chains: dict[str, tuple[Words, tuple[str, ...]]] = field(default_factory=dict)
    rules: ScarcityRules = field(default_factory=ScarcityRules)

    @property
    def month(self) -> int:
        """The data month."""
        return self.months[-1]

    def place(self, kind: str, code: str) -> Place | None:
        """Return a place by its kind and code; None where there is none."""
        return next((p for p in self.places.get(kind, ()) if p.code == code), None)
