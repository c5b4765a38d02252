"""Pictures as PNG files of 300 dpi in 256 colours, each drawn once for all formats."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

from talentmap.reports.content.model import Chart, Document, Picture
from talentmap.reports.pictures.charts import draw_chart
from talentmap.reports.pictures.maps import draw_map
from talentmap.reports.pictures.style import DPI

_NEARLY_WHITE = 248  # darker than this are the land and the grid


def draw(picture: Picture) -> bytes:
    """Return a picture as a PNG."""
    fig = draw_chart(picture) if isinstance(picture, Chart) else draw_map(picture)
    canvas = FigureCanvasAgg(fig)
    canvas.draw()  # type: ignore[no-untyped-call]
    pixels = np.asarray(canvas.buffer_rgba())  # type: ignore[no-untyped-call]
    image = Image.fromarray(pixels).convert("RGB")
    sink = BytesIO()
    # Flat colours: 256 of them are all there are, at a third of the size.
    small = image.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    small.putpalette(_with_white(small.getpalette() or []))
    small.save(sink, "PNG", dpi=(DPI, DPI))
    return sink.getvalue()


def _with_white(palette: list[int]) -> list[int]:
    """Make what is nearly white all white again, so that a picture has no edge on paper."""
    colours = np.array(palette).reshape(-1, 3)
    colours[colours.min(axis=1) >= _NEARLY_WHITE] = 255
    return [int(c) for c in colours.ravel()]


class Gallery:
    """The pictures of one document as files in a folder, each drawn when first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._drawn: dict[int, Path] = {}

    def file(self, picture: Picture) -> Path:
        """Return the file of a picture."""
        if id(picture) not in self._drawn:
            self._folder.mkdir(exist_ok=True)
            file = self._folder / f"{len(self._drawn) + 1:02d}.png"
            file.write_bytes(draw(picture))
            self._drawn[id(picture)] = file
        return self._drawn[id(picture)]

    def draw_all(self, document: Document) -> None:
        """Draw every picture of a document."""
        for picture in document.pictures():
            self.file(picture)
