"""A font as a finished PDF has it: what each code reads as, how wide it is, and which glyph it draws."""

import re

from kakanai.forms.truetype_glyphs import TrueTypeGlyphs

_BLOCK = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_ENTRY = re.compile(rb"<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]+)>")


class EmbeddedFont:
    """A TrueType font with one-byte codes and its own ToUnicode table (PDF 32000-1 §9.6, §9.10, given).

    Raises:
        KeyError, ValueError, struct.error: it is damaged.
    """

    def __init__(self, first: int, widths: bytes, to_unicode: bytes, file: bytes) -> None:
        self.texts = {
            int(code, 16): bytes.fromhex(text.decode("ascii")).decode("utf-16-be")
            for block in _BLOCK.findall(to_unicode)
            for code, text in _ENTRY.findall(block)
        }
        self.widths = dict(enumerate(map(float, widths.split()), first))
        self._glyphs = TrueTypeGlyphs(file)
        self._by_code = self._glyphs.by_code()

    def glyphs_of(self, codes: bytes) -> tuple[int, ...]:
        """The numbers in the embedded file of the glyphs that the codes draw."""
        return tuple(map(self._by_code.__getitem__, codes))

    def shapes(self, codes: bytes) -> bytes:
        """A digest, the same in each font that draws all glyphs up to those of the codes alike."""
        return self._glyphs.shapes(max(self.glyphs_of(codes)) + 1)

    def composites(self, codes: bytes) -> bytes:
        """Those of the codes whose glyphs are made of others, which may lie anywhere in the file."""
        return bytes(code for code in codes if self._glyphs.is_composite(self._by_code[code]))

    def drawing(self, code: int) -> tuple[object, ...]:
        """What a code draws (see TrueTypeGlyphs.drawing)."""
        return self._glyphs.drawing(self._by_code[code])
