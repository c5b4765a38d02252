"""Tiles of the office's own PMTiles archives, from this machine."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, abort
from pmtiles.reader import MmapSource, Reader
from pmtiles.tile import MagicNumberNotFound, SpecVersionUnsupported, TileType

from talentmap.model.basemap import Basemap
from talentmap.model.errors import UserError

_KINDS = {
    TileType.PNG: "image/png",
    TileType.JPEG: "image/jpeg",
    TileType.WEBP: "image/webp",
    TileType.AVIF: "image/avif",
}
_DAY = 86_400


class Archive:
    """One PMTiles archive of pictures; raises UserError where it is none."""

    def __init__(self, file: Path) -> None:
        try:
            with file.open("rb") as opened:
                source = MmapSource(opened)  # type: ignore[no-untyped-call]
            self._reader = Reader(source)  # type: ignore[no-untyped-call]
            header = self._reader.header()  # type: ignore[no-untyped-call]
        except (OSError, ValueError, IndexError, MagicNumberNotFound, SpecVersionUnsupported):
            raise UserError(f"{file}: not a PMTiles archive of version 3") from None
        if header["tile_type"] not in _KINDS:
            raise UserError(f"{file}: holds no pictures; vector tiles are not drawn")
        self.kind = _KINDS[header["tile_type"]]

    def tile(self, z: int, x: int, y: int) -> bytes | None:
        """Return a tile, None where the archive has none there."""
        found = self._reader.get(z, x, y)  # type: ignore[no-untyped-call]
        return None if found is None else bytes(found)


def create_tiles_blueprint(basemap: Basemap) -> Blueprint:
    """Return the blueprint of `/api/tiles`; raise UserError for an archive that cannot be read."""
    archives = {source.id: Archive(source.file) for source in basemap.sources if source.file}
    tiles = Blueprint("tiles", __name__, url_prefix="/api/tiles")

    @tiles.get("/<name>/<int:z>/<int:x>/<int:y>")
    def tile(name: str, z: int, x: int, y: int) -> Response:
        archive = archives.get(name)
        if archive is None or z > 30 or x >= 2**z or y >= 2**z:
            abort(404)
        content = archive.tile(z, x, y)
        # Beside what the archive covers there is nothing to draw, which is no error.
        answer = Response(content or b"", 200 if content else 204, mimetype=archive.kind)
        answer.cache_control.max_age = _DAY
        return answer

    return tiles
