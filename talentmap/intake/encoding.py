"""Which encoding a text file has, and its blocks as UTF-8.

BOM first, then UTF-8, then GB18030, whichever most of the lines that are not plain ASCII obey; a
line of the other kind keeps U+FFFD in the place of its bad bytes and is refused by its row. Text
that went through a wrong encoding before is recognised: GBK read as Latin-1 can be mended without
loss, UTF-8 read as GBK cannot.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable
from dataclasses import dataclass

from talentmap.model.errors import UserError

DAMAGED = "\ufffd"
_SAMPLE_LINES = 2000
_ENOUGH = 0.5
_LAST_LATIN1 = 0xFF
_LATIN_SHARE, _COMMON_SHARE = 0.95, 0.9
# Lead bytes of GB2312: signs to 0xA9, the 3755 common hanzi (level 1) from 0xB0 to 0xD7.
_LAST_SIGN, _FIRST_HANZI, _LAST_COMMON = 0xA9, 0xB0, 0xD7
# Windows has printable characters where Latin-1 has control codes: back to their bytes.
_CP1252 = {bytes([b]).decode("cp1252", "ignore"): b for b in range(0x80, 0xA0)}
_CP1252_BYTES = {ord(c): b for c, b in _CP1252.items() if c}
_LOST_MARKS = ("锟斤拷", "ï¿½")
_LEAST_STRANGE = 6
_UTF8_SHARE = (
    0.25  # a hanzi of three bytes became one and a half; Chinese itself gives next to none
)


@dataclass(frozen=True, slots=True)
class Encoding:
    """The encoding of a file: ascii (nothing else met so far), utf-8, gb18030 or mended.

    Mended is UTF-8 whose characters were bytes of GBK.
    """

    name: str

    def to_utf8(self, block: bytes) -> bytes:
        """Return a block of whole lines as valid UTF-8, U+FFFD standing for bytes not readable."""
        if self.name == "mended":
            return b"".join(_mended(line) for line in block.splitlines(keepends=True))
        codec = "gb18030" if self.name == "gb18030" else "utf-8"
        try:
            text = block.decode(codec)
        except UnicodeDecodeError:
            return block.decode(codec, errors="replace").encode()
        return text.encode() if codec == "gb18030" else block

    def settled(self, block: bytes, file: str, *, repair: bool = False) -> Encoding:
        """Return the encoding once a block is seen: ASCII so far may turn out to be more."""
        return detect(block, file, repair=repair)[0] if self.name == "ascii" else self


def detect(block: bytes, file: str, *, repair: bool = False) -> tuple[Encoding, bytes]:
    """Return the encoding of a block of whole lines, and the block without its mark.

    `repair` mends GBK that was read as Latin-1. Raise UserError naming the file where most lines
    are neither UTF-8 nor GB18030, or went through a wrong encoding before.
    """
    marked = block.startswith(codecs.BOM_UTF8)
    while block.startswith(codecs.BOM_UTF8):  # some programs add theirs to one that is there
        block = block.removeprefix(codecs.BOM_UTF8)
    if block.isascii():
        return Encoding("utf-8" if marked else "ascii"), block
    lines = [line for line in block.split(b"\n") if not line.isascii()][:_SAMPLE_LINES]
    for name in ("utf-8",) if marked else ("utf-8", "gb18030"):
        obeying = [line for line in lines if _obeys(line, name)]
        if marked or len(obeying) >= _ENOUGH * len(lines):
            if name == "utf-8" and _check_history(
                [line.decode() for line in obeying], file, repair
            ):
                return Encoding("mended"), block
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


def _check_history(lines: list[str], file: str, repair: bool) -> bool:
    """Tell whether lines are GBK read as Latin-1, to mend; raise UserError for what is lost."""
    text = "".join(lines)
    if _was_gbk(text):
        if repair:
            return True
        raise UserError(
            f"{file}: Chinese saved in a wrong encoding (GBK read as Latin-1); "
            "import with --repair to mend it"
        )
    lost = sum(any(mark in line for mark in _LOST_MARKS) for line in lines)
    if lost >= _ENOUGH * len(lines) > 0 or _was_utf8(text):
        raise UserError(
            f"{file}: Chinese saved in a wrong encoding (UTF-8 read as GBK), "
            "which loses characters; export it again"
        )
    return False


def _was_gbk(text: str) -> bool:
    """Tell whether nearly all that is not ASCII is Latin-1 that makes common Chinese as GBK."""
    strange = [c for c in text if not c.isascii()]
    latin = sum(ord(c) <= _LAST_LATIN1 or c in _CP1252 for c in strange)
    if not strange or latin < _LATIN_SHARE * len(strange):
        return False
    found = [c for c in _mended(text.encode()).decode() if not c.isascii()]
    return sum(map(_is_common, found)) >= _COMMON_SHARE * len(found)


def _was_utf8(text: str) -> bool:
    """Tell whether the bytes that text has as GBK are common Chinese as UTF-8."""
    strange = [c for c in text if not c.isascii()]
    found = text.encode("gb18030", "ignore").decode("utf-8", "ignore")
    return len(strange) >= _LEAST_STRANGE and sum(map(_is_common, found)) >= _UTF8_SHARE * len(
        strange
    )


def _mended(line: bytes) -> bytes:
    """Return a line of UTF-8 whose characters were bytes of GBK as it was; others unchanged."""
    try:
        raw = line.decode().translate(_CP1252_BYTES).encode("latin-1")
        return raw.decode("gb18030").encode()
    except UnicodeError:
        return line


def _is_common(character: str) -> bool:
    """Tell whether a character is a hanzi of GB2312 level 1, or one of its signs."""
    try:
        raw = character.encode("gb2312")
    except UnicodeError:
        return False
    return len(raw) == 2 and (raw[0] <= _LAST_SIGN or _FIRST_HANZI <= raw[0] <= _LAST_COMMON)
