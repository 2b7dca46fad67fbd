"""Whether the codes of a finished PDF draw the glyphs that the fonts of this machine have for the text."""

import struct
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from kakanai.forms.embedded_font import EmbeddedFont
from kakanai.forms.fontfiles import FontRole, find_font
from kakanai.forms.truetype_glyphs import installed_glyphs

_WIDTH_OFF = 1.0
"""How far a width in the PDF may be from the font's own, in thousandths of an em: it may be rounded."""

_path = lru_cache(maxsize=16)(find_font)

Drawn = tuple[tuple[object, ...], float]


def _drawn(path: Path, cluster: str) -> Drawn | None:
    """What the font of a file draws for a cluster, and its advance width; None when it has no glyph."""
    glyphs = installed_glyphs(path)
    glyph = glyphs.of_cluster(cluster)
    return (glyphs.drawing(glyph), glyphs.advance(glyph)) if glyph else None


_drawn_word = lru_cache(maxsize=4096)(_drawn)
"""Remembered for the words of forms, not for values: the glyphs of a name are a name."""
_OF_FORMS = frozenset({FontRole.LABEL, FontRole.LABEL_BOLD})


class GlyphProof:
    """Compares the codes of one document, whose fonts may differ from page to page."""

    def __init__(self) -> None:
        self._proved: dict[tuple[int, FontRole], set[int]] = {}

    def draws(
        self, fonts: Mapping[str, EmbeddedFont], codes: Iterable[tuple[str, bytes]], role: FontRole
    ) -> bool:
        """Whether each code draws the glyph that the role's font has for the cluster that it reads as."""
        return all(self._proves(fonts[name], given, role) for name, given in codes)

    def trust(self, font: EmbeddedFont, codes: bytes, role: FontRole) -> None:
        """Take it that the codes draw the right glyphs, as they were found to do in another document."""
        self._proved.setdefault((id(font), role), set()).update(codes)

    def _proves(self, font: EmbeddedFont, codes: bytes, role: FontRole) -> bool:
        proved = self._proved.setdefault((id(font), role), set())
        for code in set(codes) - proved:
            if not self._same(font, code, role):
                return False
            proved.add(code)
        return True

    def _same(self, font: EmbeddedFont, code: int, role: FontRole) -> bool:
        meant = (_drawn_word if role in _OF_FORMS else _drawn)(_path(role), font.texts[code])
        if meant is None:
            return False
        drawing, advance = meant
        try:
            return abs(font.widths[code] - advance) <= _WIDTH_OFF and font.drawing(code) == drawing
        except (struct.error, IndexError):
            return False
