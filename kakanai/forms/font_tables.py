"""Which glyph a font has for a code point or a variation sequence, read from its tables as they are asked.

Formats: OpenType 1.9, `cmap` formats 12 and 14, `hmtx`, `loca` (given). ReportLab and fontTools make a
Python object of every one of the 60,000 glyphs of IPAmj明朝 first, which takes longer than a whole form;
here the tables stay the arrays that they are in the file.
"""

import mmap
import sys
from array import array
from bisect import bisect_left, bisect_right

_UNICODE_FULL = {(3, 10), (0, 4), (0, 6)}
"""Platform and encoding of tables that reach beyond U+FFFF."""
_VARIATIONS = (0, 5)
_GROUP = 12
_RANGE, _MAPPING = 4, 5  # bytes of an entry: default ranges and non-default mappings of format 14


def big_endian(code: str, data: bytes) -> "array[int]":
    """The bytes as an array of `H` (16 bits) or `I` (32 bits) numbers, whatever the machine's own order.

    Raises:
        ValueError: they are not a whole number of entries, as in a damaged font.
    """
    numbers = array(code)
    numbers.frombytes(data)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


class CharacterMap:
    """The `cmap` of a font: glyph numbers by code point and by variation sequence."""

    def __init__(self, cmap: bytes) -> None:
        self._data = cmap
        full: int | None = None
        self._variations: dict[int, tuple[int, int]] = {}
        for number in range(_number(cmap, 2, 2)):
            record = 4 + 8 * number
            kind = (_number(cmap, record, 2), _number(cmap, record + 2, 2))
            offset = _number(cmap, record + 4, 4)
            if kind == _VARIATIONS and _number(cmap, offset, 2) == 14:
                self._variations = _selectors(cmap, offset)
            elif kind in _UNICODE_FULL and _number(cmap, offset, 2) == 12:
                full = offset
        if full is None:
            raise ValueError("the font has no character table of 32 bits")
        count = _number(cmap, full + 12, 4)
        groups = big_endian("I", cmap[full + 16 : full + 16 + _GROUP * count])
        self._starts, self._ends, self._glyphs = groups[0::3], groups[1::3], groups[2::3]
        if not len(self._starts) == len(self._ends) == len(self._glyphs) == count:
            raise ValueError("the character table is cut off")

    def glyph(self, code: int) -> int:
        """The glyph of a code point; 0 (.notdef) when the font has none."""
        group = bisect_right(self._starts, code) - 1
        if group < 0 or code > self._ends[group]:
            return 0
        return self._glyphs[group] + code - self._starts[group]

    def sequence_glyph(self, base: int, selector: int) -> int:
        """The glyph of a variation sequence; 0 when the font does not support just this sequence.

        A sequence may stand in the font as one whose glyph is that of the base alone: then it is that.
        """
        default, other = self._variations.get(selector, (0, 0))
        data = self._data
        if other:
            start, count = other + 4, _number(data, other, 4)
            index = bisect_left(range(count), base, key=lambda i: _number(data, start + _MAPPING * i, 3))
            entry = start + _MAPPING * index
            if index < count and _number(data, entry, 3) == base:
                return _number(data, entry + 3, 2)
        if default:
            start, count = default + 4, _number(data, default, 4)
            index = bisect_right(range(count), base, key=lambda i: _number(data, start + _RANGE * i, 3)) - 1
            entry = start + _RANGE * index
            if index >= 0 and base <= _number(data, entry, 3) + _number(data, entry + 3, 1):
                return self.glyph(base)
        return 0


def _selectors(cmap: bytes, table: int) -> dict[int, tuple[int, int]]:
    """For each variation selector where its default ranges and its other mappings begin, 0 for none."""
    found: dict[int, tuple[int, int]] = {}
    for number in range(_number(cmap, table + 6, 4)):
        record = table + 10 + 11 * number
        default, other = _number(cmap, record + 3, 4), _number(cmap, record + 7, 4)
        found[_number(cmap, record, 3)] = (default and table + default, other and table + other)
    return found


def _number(data: bytes, offset: int, size: int) -> int:
    part = data[offset : offset + size]
    if len(part) != size:
        raise ValueError("the font's table is cut off")
    return int.from_bytes(part, "big")


class Metrics:
    """The `hmtx` of a font: (advance width, left side bearing) by glyph number, in font units."""

    def __init__(self, hmtx: bytes, full_entries: int, glyphs: int) -> None:
        self._numbers = big_endian("H", hmtx[: full_entries * 4 + (glyphs - full_entries) * 2])
        self._full = full_entries
        if not full_entries or len(self._numbers) != full_entries + glyphs:
            raise ValueError("the font's metrics are cut off")

    def __getitem__(self, glyph: int) -> tuple[int, int]:
        if glyph < self._full:
            return self._numbers[2 * glyph], self._numbers[2 * glyph + 1]
        # What follows the last full entry has its width and only a bearing of its own.
        return self._numbers[2 * self._full - 2], self._numbers[self._full + glyph]


def glyph_positions(loca: bytes, glyphs: int, *, long_format: bool) -> "array[int]":
    """Where each glyph begins in `glyf`, and where the last one ends; bytes."""
    positions = big_endian("I", loca) if long_format else array("I", (2 * p for p in big_endian("H", loca)))
    if len(positions) < glyphs + 1:
        raise ValueError("the font's glyph positions are cut off")
    return positions


class Slices:
    """Part of a file's bytes of which only slices are wanted; unlike bytes, it is not copied to be made."""

    def __init__(self, data: bytes | mmap.mmap, start: int, length: int) -> None:
        self._view = memoryview(data)[start : start + length]

    def __getitem__(self, part: slice) -> bytes:
        return bytes(self._view[part])
