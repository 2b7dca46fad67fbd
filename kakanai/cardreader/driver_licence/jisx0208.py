"""Text of 運転免許証: JIS X 0208 codes of two bytes, without escapes, code point for code point.

Mapping: that of JIS X 0208:1997 itself (given: its table of UCS characters), so 2141 is U+301C 〜, 2142 is
U+2016 ‖, 215D is U+2212 − and 2140 is U+FF3C ＼; not Microsoft's U+FF5E, U+2225, U+FF0D. Nothing is
normalised. 外字 has codes of its own, which are kept apart from every character as private ones.
"""

from typing import Final

from kakanai.cardreader.errors import CardDataError

GAIJI_BASE: Final = 0x10FFF0
"""外字 1 to 7 (card codes FFF1 to FFF7) are U+10FFF1 to U+10FFF7 in our texts."""

MISSING_CHARACTER: Final = "\U0010fffa"
"""欠字, card code FFFA: a character the card's maker could write in no way at all."""

_GAIJI_LEAD: Final = 0xFF
_GAIJI_TRAILS: Final = range(0xF1, 0xF8)
_MISSING_TRAIL: Final = 0xFA
_CODES: Final = range(0x21, 0x7F)
_TO_EUC: Final = 0x80


def decode(value: bytes, *, file: str, tag: int) -> str:
    """The text of a field; "" for no bytes. `file` and `tag` are for the error alone.

    Raises:
        CardDataError: half a code, or a code JIS X 0208 does not have.
    """
    if len(value) % 2:
        raise CardDataError(file=file, reason=f"odd-{tag:X}")
    characters = [_character(value[at], value[at + 1]) for at in range(0, len(value), 2)]
    if None in characters:
        raise CardDataError(file=file, reason=f"jis-{tag:X}")
    return "".join(character for character in characters if character is not None)


def _character(lead: int, trail: int) -> str | None:
    if lead == _GAIJI_LEAD:
        if trail in _GAIJI_TRAILS:
            return chr(GAIJI_BASE | trail & 0x0F)
        return MISSING_CHARACTER if trail == _MISSING_TRAIL else None
    if lead not in _CODES or trail not in _CODES:
        return None
    try:
        # EUC-JP is JIS X 0208 with the high bits set; its other code sets begin with 8E and 8F.
        return bytes((lead | _TO_EUC, trail | _TO_EUC)).decode("euc_jp")
    except UnicodeDecodeError:
        return None


def gaiji_numbers(*texts: str) -> frozenset[int]:
    """Which 外字 (1 to 7) these texts contain; 欠字 has no picture and is not among them."""
    return frozenset(
        ord(character) - GAIJI_BASE
        for text in texts
        for character in text
        if 1 <= ord(character) - GAIJI_BASE <= len(_GAIJI_TRAILS)
    )
