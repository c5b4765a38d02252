"""Settings, read once at the start and passed down."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from talentmap.model.errors import UserError, unknown

TIERS = ("public", "internal", "authorised")
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the workspace is, where to serve it, and as whom pages are seen."""

    workspace: Path
    host: str = "127.0.0.1"
    port: int = 8050
    tier: str = "internal"

    def __post_init__(self) -> None:
        if self.host not in LOOPBACK:
            raise UserError(
                f"host: {self.host} is refused: until accounts exist the map is served to this "
                "machine only; use 127.0.0.1"
            )
        if self.tier not in TIERS:
            raise unknown("tier", self.tier, TIERS)

    @classmethod
    def from_environment(cls) -> Settings:
        """Read TALENTMAP_WORKSPACE (default workspace/demo), _HOST, _PORT and _TIER."""
        port = os.environ.get("TALENTMAP_PORT", "8050")
        if not port.isdigit() or not 0 < int(port) < 65536:
            raise UserError(f"TALENTMAP_PORT: {port!r} is not a port number")
        return cls(
            Path(os.environ.get("TALENTMAP_WORKSPACE", "workspace/demo")),
            os.environ.get("TALENTMAP_HOST", "127.0.0.1"),
            int(port),
            os.environ.get("TALENTMAP_TIER", "internal"),
        )
