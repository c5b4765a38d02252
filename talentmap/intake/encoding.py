"""Which encoding a text file has, and its blocks as UTF-8.

BOM first, then UTF-8, then GB18030, whichever most of the lines that are not plain ASCII obey; a
line of the other kind keeps U+FFFD in the place of its bad bytes and is refused by its row.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable
from dataclasses import dataclass

from talentmap.model.errors import UserError

DAMAGED = "\ufffd"
_SAMPLE_LINES = 2000
_ENOUGH = 0.5


@dataclass(frozen=True, slots=True)
class Encoding:
    """The encoding of a file: ascii (nothing else met so far), utf-8 or gb18030."""

    name: str

    def to_utf8(self, block: bytes) -> bytes:
        """Return a block of whole lines as valid UTF-8, U+FFFD standing for bytes not readable."""
        codec = "gb18030" if self.name == "gb18030" else "utf-8"
        try:
            text = block.decode(codec)
        except UnicodeDecodeError:
            return block.decode(codec, errors="replace").encode()
        return text.encode() if codec == "gb18030" else block

    def settled(self, block: bytes, file: str) -> Encoding:
        """Return the encoding once a block is seen: ASCII so far may turn out to be more."""
        return detect(block, file)[0] if self.name == "ascii" else self


def detect(block: bytes, file: str) -> tuple[Encoding, bytes]:
    """Return the encoding of a block of whole lines, and the block without its mark.

    Raise UserError naming the file where most lines are neither UTF-8 nor GB18030.
    """
    if block.startswith(codecs.BOM_UTF8):
        return Encoding("utf-8"), block.removeprefix(codecs.BOM_UTF8)
    if block.isascii():
        return Encoding("ascii"), block
    lines = [line for line in block.split(b"\n") if not line.isascii()][:_SAMPLE_LINES]
    for name in ("utf-8", "gb18030"):
        if sum(_obeys(line, name) for line in lines) >= _ENOUGH * len(lines):
            return Encoding(name), block
    raise UserError(f"{file}: neither UTF-8 nor GB18030 text; save it as CSV UTF-8")


def utf16_as_utf8() -> Callable[[bytes, bool], bytes]:
    """Return a function that turns successive blocks of UTF-16 (mark first) into UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-16")(errors="replace")
    return lambda block, last: decoder.decode(block, last).encode(errors="replace")


def _obeys(line: bytes, name: str) -> bool:
    try:
        line.decode(name)
    except UnicodeDecodeError:
        return False
    return True
