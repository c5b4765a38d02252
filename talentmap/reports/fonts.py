"""The Chinese font of reports and pictures: Noto Sans SC, Regular and Bold, whole.

The package justmytype-intl-cjk carries it as one file of all weights. Two plain files are made from
that once (`python -m talentmap.reports.fonts`, which the set-up does), since not every program that
draws with a font can choose a weight in it. Not a subset: names of firms use rare characters.
"""

from __future__ import annotations

import hashlib
import io
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from filelock import FileLock
from fontTools.subset import Options, Subsetter, save_font
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from talentmap.model.errors import UserError

FAMILY = "Noto Sans SC"
FOLDER = Path(__file__).resolve().parents[2] / ".fonts"
# Stands for a character the font lacks, as printers have it: never an empty box.
LACKING = "〓"

_PACKAGE = "justmytype_intl_cjk"
_FILE = "fonts/ofl/notosanssc/NotoSansSC[wght].ttf"
_SHA256 = "a3041811a78c361b1de50f953c805e0244951c21c5bd412f7232ef0d899af0da"
_WEIGHTS = {"Regular": 400, "Bold": 700}


@dataclass(frozen=True, slots=True)
class Fonts:
    """The two files of the family."""

    regular: Path
    bold: Path

    @property
    def folder(self) -> Path:
        """The folder they lie in."""
        return self.regular.parent


def fonts(folder: Path = FOLDER) -> Fonts:
    """Return the files of the font, making them where they are not yet there.

    Raises UserError in one line where the package with the font is not installed or is not the one
    that was checked, or where the folder cannot be written.
    """
    found = Fonts(*(folder / f"NotoSansSC-{name}.ttf" for name in _WEIGHTS))
    if found.regular.exists() and found.bold.exists():
        return found
    source = _source()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / ".lock"):
            for file, weight in zip((found.regular, found.bold), _WEIGHTS.values(), strict=True):
                if not file.exists():
                    _make(source, file, weight)
    except OSError as error:
        raise UserError(f"font: {folder} cannot be written: {error.strerror}") from None
    return found


def drawable(text: str) -> str:
    """Return a text with LACKING for every character the font has no glyph for."""
    known = _characters(fonts().regular)
    return "".join(c if ord(c) in known or c in "\n\t" else LACKING for c in text)


def subset(characters: Iterable[str], file: Path) -> bytes:
    """Return a WOFF2 with the glyphs of some characters, for a page that carries its font."""
    options = Options(flavor="woff2", layout_features=["kern", "locl", "ccmp"], hinting=False)
    cutter, sink = Subsetter(options), io.BytesIO()
    cutter.populate(text="".join(characters))
    with TTFont(file) as font:
        cutter.subset(font)
        save_font(font, sink, options)
    return sink.getvalue()


@cache
def _characters(file: Path) -> frozenset[int]:
    with TTFont(file, lazy=True) as font:
        return frozenset(font.getBestCmap())


def _source() -> Path:
    spec = find_spec(_PACKAGE)
    home = None if spec is None or spec.origin is None else Path(spec.origin).parent
    if home is None or not (home / _FILE).exists():
        raise UserError(
            "font: Noto Sans SC is not installed, and without it reports would show boxes; "
            "install the packages of requirements.txt"
        )
    if hashlib.sha256((home / _FILE).read_bytes()).hexdigest() != _SHA256:
        raise UserError(f"font: {home / _FILE} is not the file that was checked; install it again")
    return home / _FILE


def _make(source: Path, file: Path, weight: int) -> None:
    part = file.with_suffix(".part")
    try:
        with TTFont(source) as whole:
            font = instantiateVariableFont(
                whole, {"wght": weight}, inplace=True, updateFontNames=True
            )
            font.save(part)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


if __name__ == "__main__":
    try:
        fonts()
    except UserError as error:
        sys.exit(f"talentmap: {error}")
