"""What a shuttle suggestion assumes: as given in an address or a command, and in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from talentmap.analysis.shuttle import Rules
from talentmap.model.errors import UserError, unknown
from talentmap.model.words import Words

# Parameter: field, least, most.
PARAMETERS = {
    "walk": ("walk_m", 100, 5000),
    "share": ("share", 0.01, 1),
    "stops": ("stops", 1, 20),
    "detour": ("detour", 1, 3),
}
_SAID = (
    Words(
        "居住地距最近车站超过 {walk_m:.0f} 米者计入；步行到站点不超过 {walk_m:.0f} 米（直线）",
        "homes more than {walk_m:.0f} m from the nearest station; {walk_m:.0f} m to a stop on foot "
        "(straight lines)",
    ),
    Words("其中 {share:.0%} 会乘坐", "{share:.0%} of them ride"),
    Words("每条线至多 {stops} 个站点", "at most {stops} stops a line"),
)
_STRAIGHT = Words(
    "线路长度 = 直线距离 × {detour:g}，不是实际道路；没有时长",
    "length is the straight line × {detour:g}, not roads; there is no travel time",
)
_MATRIX = Words(
    "长度与时长取自 {file}，其中没有的路段按直线距离 × {detour:g}",
    "length and minutes are from {file}; a leg that is not in it is the straight line × {detour:g}",
)
_SAVED = Words(
    "节省的人公里 = 乘坐者 × 居住站点到目的地的直线距离 × {detour:g}，单程",
    "person-kilometres saved: riders × straight line from stop to work × {detour:g}, one way",
)


@dataclass(frozen=True)
class Assumed:
    """Metres walked to a stop or station, riders per person served, stops a line, detour factor."""

    walk_m: float = 800.0
    share: float = 0.3
    stops: int = 6
    detour: float = 1.3
    travel: Path | None = None
    lines: int = 5

    @property
    def rules(self) -> Rules:
        """The same as rules of lines."""
        return Rules(self.walk_m / 1000, self.stops, self.detour, lines=self.lines)

    @classmethod
    def of(cls, given: Mapping[str, str], travel: Path | None = None) -> Assumed:
        """Read `walk` (m), `share` (0 to 1), `stops`, `detour`; UserError naming the parameter."""
        found: dict[str, Any] = {}
        for name, text in given.items():
            if name not in PARAMETERS:
                raise unknown("shuttle parameter", name, PARAMETERS)
            into, low, high = PARAMETERS[name]
            try:
                number = float(text)
            except ValueError:
                raise UserError(f"{name}: {text!r} is not a number") from None
            whole = name != "stops" or number == int(number)
            if not (low <= number <= high and whole):
                raise UserError(f"{name}: {text} is not between {low} and {high}")
            found[into] = int(number) if name == "stops" else number
        return cls(**found, travel=travel)

    def said(self, language: str, travel: str) -> list[str]:
        """Return the assumptions in words; `travel` names the table of travel times, if any."""
        words = [*_SAID, _MATRIX if travel else _STRAIGHT, _SAVED]
        values = {"walk_m": self.walk_m, "share": self.share, "stops": self.stops}
        return [w.in_(language).format(**values, detour=self.detour, file=travel) for w in words]
