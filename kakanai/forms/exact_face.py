"""A font file as ReportLab embeds it: subsets are ReportLab's own, what it asks is answered without delay.

ReportLab 5.1 reads every glyph's width and position when it loads a font, and copies the whole `glyf` table,
45 MB in IPAmj明朝, for every subset it makes (observed). Here both come from the tables as they lie.
"""

import mmap
import zlib
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reportlab.pdfbase.ttfonts import TTFontFace

from kakanai.forms.font_tables import CharacterMap, Metrics, Slices, glyph_positions

_NOTDEF = 0


class ExactFace(TTFontFace):
    """A TrueType face. `charToGlyph` and `charWidths` hold only what the document at hand has drawn."""

    characters: CharacterMap
    unitsPerEm: int
    glyphPos: "array[int]"
    _ttf_data: mmap.mmap

    def __init__(self, path: Path) -> None:
        self._kept: dict[tuple[int, ...], tuple[int, bytes] | None] = {}
        # What ReportLab would read the whole file into; of 45 MB a form needs a hundredth.
        self.filename = str(path)
        with path.open("rb") as file:
            self._ttf_data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        super().__init__(str(path))

    def extractInfo(self, charInfo: int = 1) -> None:
        """Read names and measures as ReportLab does, but no table of characters."""
        super().extractInfo(charInfo=0)
        self.charToGlyph: dict[int, int] = {}
        self.charWidths: dict[int, float] = {}
        self.characters = CharacterMap(self.get_table("cmap"))
        full_entries = int.from_bytes(self.get_table("hhea")[34:36], "big")
        self.hmetrics = self._metrics = Metrics(self.get_table("hmtx"), full_entries, self.numGlyphs)
        long_format = self.get_table("head")[50:52] == b"\0\1"
        self.glyphPos = glyph_positions(self.get_table("loca"), self.numGlyphs, long_format=long_format)
        self.defaultWidth = self.width(_NOTDEF)

    def width(self, glyph: int) -> float:
        """Advance width of a glyph in thousandths of an em."""
        return self._metrics[glyph][0] * 1000 / self.unitsPerEm

    def is_empty(self, glyph: int) -> bool:
        """Whether the glyph draws nothing."""
        return self.glyphPos[glyph] == self.glyphPos[glyph + 1]

    def get_table(self, tag: str) -> Any:  # noqa: ANN401  # bytes, or for `glyf` what is sliced like bytes
        """The table's bytes; of `glyf` only slices can be taken, which is all ReportLab does with it."""
        if tag != "glyf":
            return super().get_table(tag)  # type: ignore[no-untyped-call]
        return Slices(self._ttf_data, *self.get_table_pos(tag))

    def keep(self, subset: Sequence[int]) -> None:
        """Make the embedded file of this subset once: it holds a template's own words, nothing personal."""
        self._kept.setdefault(self._glyphs(subset), None)

    def _glyphs(self, subset: Sequence[int]) -> tuple[int, ...]:
        return tuple(self.charToGlyph.get(code, _NOTDEF) for code in subset)

    def makeSubset(self, subset: Sequence[int]) -> bytes:
        """The subset's file; packed already if it is one that is kept (see addSubsetObjects)."""
        glyphs = self._glyphs(subset)
        if glyphs not in self._kept:
            return bytes(super().makeSubset(subset))
        kept = self._kept[glyphs]
        if kept is None:
            file = bytes(super().makeSubset(subset))
            kept = self._kept[glyphs] = (len(file), zlib.compress(file))
        return kept[1]

    def addSubsetObjects(self, doc: Any, fontname: str, subset: list[int]) -> Any:  # noqa: ANN401
        """Add a subset's descriptor and file to the document; the reference to the descriptor."""
        reference = super().addSubsetObjects(doc, fontname, subset)  # type: ignore[no-untyped-call]
        kept = self._kept.get(self._glyphs(subset))
        if kept is not None:
            stream = doc.idToObject[f"fontFile:{self.filename}({fontname})"]
            stream.dictionary["Length1"] = kept[0]
            stream.dictionary["Filter"] = "/FlateDecode"  # so that ReportLab does not pack it again
        return reference
