"""The glyphs of a TrueType file, looked up in its bytes: as installed, or as embedded in a finished PDF.

Reads only what a comparison needs (OpenType 1.9: cmap formats 6, 12 and 14, loca, glyf, hmtx; given), in
place, so that a font of 40 MB costs nothing but the few entries that are looked at.
"""

import hashlib
import mmap
import struct
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property, lru_cache
from pathlib import Path

_WORDS, _SCALE, _MORE, _XY_SCALE, _TWO_BY_TWO = 0x01, 0x08, 0x20, 0x40, 0x80
_CODES, _ALL_UNICODE, _SEQUENCES = 6, 12, 14


class TrueTypeGlyphs:
    """Glyphs by number, and glyph numbers by character code or by code points.

    Raises:
        KeyError, struct.error: a table is missing or cut off.
    """

    def __init__(self, data: bytes | mmap.mmap) -> None:
        self._data = data
        (count,) = struct.unpack_from(">H", data, 4)
        self._tables: dict[bytes, int] = {}
        for number in range(count):
            tag, _, offset, _ = struct.unpack_from(">4sLLL", data, 12 + 16 * number)
            self._tables[tag] = offset
        head = self._tables[b"head"]
        (self._units,) = struct.unpack_from(">H", data, head + 18)
        (long_offsets,) = struct.unpack_from(">h", data, head + 50)
        self._loca, self._glyf = self._tables[b"loca"], self._tables[b"glyf"]
        self._offset_form, self._offset_step = (">LL", 4) if long_offsets else (">HH", 2)
        (self._metrics,) = struct.unpack_from(">H", data, self._tables[b"hhea"] + 34)
        self._cmap = {
            form: at for form, at in self._subtables() if form in {_CODES, _ALL_UNICODE, _SEQUENCES}
        }

    def _subtables(self) -> Iterator[tuple[int, int]]:
        start = self._tables[b"cmap"]
        (count,) = struct.unpack_from(">H", self._data, start + 2)
        for number in range(count):
            (offset,) = struct.unpack_from(">L", self._data, start + 4 + 8 * number + 4)
            (form,) = struct.unpack_from(">H", self._data, start + offset)
            yield form, start + offset

    def by_code(self) -> tuple[int, ...]:
        """The glyph numbers of the one-byte codes of an embedded font, from code 0."""
        (tables,) = struct.unpack_from(">H", self._data, self._tables[b"cmap"] + 2)
        if tables != 1:
            raise KeyError("cmap")  # which of them a viewer takes nobody can tell
        at = self._cmap[_CODES]
        first, count = struct.unpack_from(">HH", self._data, at + 6)
        glyphs: tuple[int, ...] = struct.unpack_from(f">{count}H", self._data, at + 10)
        return (0,) * int(first) + glyphs

    def of_cluster(self, cluster: str) -> int:
        """The glyph number of a code point, or of one with a variation selector; 0 when there is none."""
        if len(cluster) == 1:
            return self._of_code_point(ord(cluster))
        if len(cluster) == 2:
            return self._of_sequence(ord(cluster[0]), ord(cluster[1]))
        return 0

    @cached_property
    def _groups(self) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
        """First and last code point of each range, and the glyph of the first."""
        at = self._cmap[_ALL_UNICODE]
        (count,) = struct.unpack_from(">L", self._data, at + 12)
        groups = struct.unpack_from(f">{3 * count}L", self._data, at + 16)
        return groups[0::3], groups[1::3], groups[2::3]

    def _of_code_point(self, code: int) -> int:
        firsts, lasts, glyphs = self._groups
        index = bisect_right(firsts, code) - 1
        return glyphs[index] + code - firsts[index] if index >= 0 and code <= lasts[index] else 0

    def _of_sequence(self, base: int, selector: int) -> int:
        at = self._cmap.get(_SEQUENCES)
        if at is None:
            return 0
        (count,) = struct.unpack_from(">L", self._data, at + 6)
        for number in range(count):
            high, low, default, special = struct.unpack_from(">BHLL", self._data, at + 10 + 11 * number)
            if (high << 16) + low != selector:
                continue
            if special:
                found = self._special(at + special, base)
                if found:
                    return found
            return self._of_code_point(base) if default and self._is_default(at + default, base) else 0
        return 0

    def _special(self, at: int, base: int) -> int:
        (count,) = struct.unpack_from(">L", self._data, at)
        entries = range(at + 4, at + 4 + 5 * count, 5)
        index = bisect_right(entries, base, key=self._three_bytes) - 1
        if index < 0 or self._three_bytes(entries[index]) != base:
            return 0
        (glyph,) = struct.unpack_from(">H", self._data, entries[index] + 3)
        return int(glyph)

    def _is_default(self, at: int, base: int) -> bool:
        (count,) = struct.unpack_from(">L", self._data, at)
        entries = range(at + 4, at + 4 + 4 * count, 4)
        index = bisect_right(entries, base, key=self._three_bytes) - 1
        return index >= 0 and base <= self._three_bytes(entries[index]) + self._data[entries[index] + 3]

    def _three_bytes(self, at: int) -> int:
        return int.from_bytes(self._data[at : at + 3])

    def advance(self, glyph: int) -> float:
        """The advance width in thousandths of an em."""
        entry = min(glyph, self._metrics - 1)
        (advance,) = struct.unpack_from(">H", self._data, self._tables[b"hmtx"] + 4 * entry)
        return float(advance * 1000 / self._units)

    def outline(self, glyph: int) -> bytes:
        """The glyph's entry of the glyf table, padding included; empty for white space."""
        at = self._loca + self._offset_step * glyph
        start, end = struct.unpack_from(self._offset_form, self._data, at)
        factor = 1 if self._offset_step == 4 else 2
        return self._data[self._glyf + start * factor : self._glyf + end * factor]

    def is_composite(self, glyph: int) -> bool:
        """Whether the glyph is made of others."""
        return self.outline(glyph)[:1] >= b"\x80"  # its number of contours is negative

    def shapes(self, count: int) -> bytes:
        """A digest of the outlines of the first glyphs, of where each begins, and of their unit."""
        places = self._data[self._loca : self._loca + self._offset_step * (count + 1)]
        end = int.from_bytes(places[-self._offset_step :]) * (1 if self._offset_step == 4 else 2)
        told = self._units.to_bytes(2) + places + self._data[self._glyf : self._glyf + end]
        return hashlib.blake2b(told, digest_size=16).digest()

    def drawing(self, glyph: int) -> tuple[object, ...]:
        """What the glyph draws, alike for equal glyphs of any file: unit, outline, and those of its parts."""
        outline = self.outline(glyph)
        if not outline or outline[0] < 0x80:  # the number of contours is not negative: no parts
            return (self._units, outline.rstrip(b"\x00"))
        parts = list(_components(outline))
        blanked = bytearray(outline)
        for at, _ in parts:
            blanked[at : at + 2] = b"\x00\x00"
        return (self._units, bytes(blanked).rstrip(b"\x00"), *(self.drawing(part) for _, part in parts))


def _components(outline: bytes) -> Iterator[tuple[int, int]]:
    """The parts of a composite glyph: where its glyph number stands, and the number."""
    at, flags = 10, _MORE
    while flags & _MORE:
        flags, part = struct.unpack_from(">HH", outline, at)
        yield at + 2, part
        at += 8 if flags & _WORDS else 6
        at += 2 if flags & _SCALE else 4 if flags & _XY_SCALE else 8 if flags & _TWO_BY_TWO else 0


@lru_cache(maxsize=16)
def installed_glyphs(path: Path) -> TrueTypeGlyphs:
    """The glyphs of a font file of this machine, which stays open."""
    with path.open("rb") as file:
        return TrueTypeGlyphs(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
