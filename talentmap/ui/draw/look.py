"""How the coloured layer is drawn: as hexagons or smooth, how opaque, on which scale."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

SMOOTH, VIEW = "smooth", "view"
LEAST, MOST, STEP = 20, 100, 5


@dataclass(frozen=True, slots=True)
class Look:
    """A look, written in the address as `look=smooth,view,60`.

    `smooth` draws a surface instead of hexagons; `to_view` takes the class edges from what is in
    the window instead of the whole city; `opacity` is in per cent, None for the palette's own.
    """

    smooth: bool = False
    to_view: bool = False
    opacity: int | None = None

    @classmethod
    def parse(cls, text: str) -> Look:
        """Read a look; a word that means nothing is left out, so that no address fails on it."""
        words = text.split(",")
        numbers = [int(w) for w in words if w.isdecimal() and len(w) <= 3]
        opacity = min(max(numbers[0], LEAST), MOST) if numbers else None
        return cls(SMOOTH in words, VIEW in words, opacity)

    def but(self, **changes: Any) -> Look:
        """Return the look with some of it changed."""
        return replace(self, **changes)

    def to_text(self) -> str:
        """Return the look as the address has it; empty for the plain one."""
        words = [SMOOTH if self.smooth else "", VIEW if self.to_view else ""]
        words.append("" if self.opacity is None else str(self.opacity))
        return ",".join(filter(None, words))

    def to_spec(self) -> dict[str, Any]:
        """Return what the map's script reads."""
        share = None if self.opacity is None else self.opacity / 100
        return {"smooth": self.smooth, "toView": self.to_view, "opacity": share}
