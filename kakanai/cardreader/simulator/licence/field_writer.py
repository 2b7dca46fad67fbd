"""Writes a licence's fields as a card has them; apart from the reader's code, so each checks the other."""

import datetime as dt
from typing import Final

from kakanai.cardreader.errors import SpecimenError

GAIJI_BASE: Final = 0x10FFF0
_FIRST_PRIVATE: Final = 0x10FFF1
_LAST_GAIJI: Final = 0x10FFF7
_MISSING: Final = 0x10FFFA
_FILLER: Final = b"\xff"
_TWO_LENGTH_BYTES_FROM: Final = 0x80
_ESCAPE_IN: Final = b"\x1b$B"
_ESCAPE_OUT: Final = b"\x1b(B"

# 元号 from its first day on, newest first, with the card's digit for it.
_ERAS: Final = (
    (dt.date(2019, 5, 1), 5),
    (dt.date(1989, 1, 8), 4),
    (dt.date(1926, 12, 25), 3),
    (dt.date(1912, 7, 30), 2),
    (dt.date(1868, 1, 25), 1),
)


def jis_text(specimen_id: str, key: str, text: str) -> bytes:
    """The text in JIS X 0208 without escapes; U+10FFF1 to 7 and U+10FFFA become 外字 and 欠字 codes.

    Raises:
        SpecimenError: a character is not in JIS X 0208.
    """
    return b"".join(_code(specimen_id, key, character) for character in text)


def _code(specimen_id: str, key: str, character: str) -> bytes:
    point = ord(character)
    if _FIRST_PRIVATE <= point <= _LAST_GAIJI or point == _MISSING:
        return bytes((0xFF, point & 0xFF))
    try:
        coded = character.encode("iso2022_jp")
    except UnicodeEncodeError:
        raise SpecimenError(specimen_id, key=key, reason="not-in-jis-x-0208") from None
    if not coded.startswith(_ESCAPE_IN):  # ASCII has no place in these fields
        raise SpecimenError(specimen_id, key=key, reason="not-in-jis-x-0208")
    return coded[len(_ESCAPE_IN) : -len(_ESCAPE_OUT)]


def era_date(day: dt.date | None) -> bytes:
    """G YY MM DD in ASCII, 0000000 for None; the day must be in 明治 or later."""
    if day is None:
        return b"0000000"
    start, era = next((start, era) for start, era in _ERAS if start <= day)
    return f"{era}{day.year - start.year + 1:02}{day:%m%d}".encode("ascii")


def field(tag: int, value: bytes) -> bytes:
    """One field; the length takes one byte below 128, else `82 hh ll`."""
    tag_bytes = tag.to_bytes(1 if tag <= 0xFF else 2)
    length = len(value)
    length_bytes = bytes((length,)) if length < _TWO_LENGTH_BYTES_FROM else b"\x82" + length.to_bytes(2)
    return tag_bytes + length_bytes + value


def sized(specimen_id: str, key: str, content: bytes, size: int) -> bytes:
    """The content with filler to the file's physical size.

    Raises:
        SpecimenError: it has more than that.
    """
    if len(content) > size:
        raise SpecimenError(specimen_id, key=key, reason="too-large")
    return content.ljust(size, _FILLER)
