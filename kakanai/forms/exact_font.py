"""A ReportLab font that draws the exact glyph of every sequence and can be read back exactly.

ReportLab maps one code point to one glyph, knows no variation sequences (IVS), writes a ToUnicode table
that breaks above U+FFFF and turns U+00A0 into a space (observed in ReportLab 5.1). Here each sequence gets
a private code point of plane 16 in this font object's own glyph table, and the ToUnicode table of each
subset is written again with the original code points in UTF-16BE. See docs/decisions/0004-exact-fonts.md.
"""

import unicodedata
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont as FontToolsFont
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

from kakanai.forms.clusters import is_selector

_PRIVATE_START = 0x100000  # plane 16, private use: no card text of ours reaches ReportLab unmapped
_NBSP = "\u00a0"


class ExactFont(TTFont):
    """A TrueType font with its variation sequences; `name` is how ReportLab knows it."""

    def __init__(self, name: str, path: Path) -> None:
        super().__init__(name, str(path), asciiReadable=False, shapable=False)
        with FontToolsFont(str(path), lazy=True) as font:
            self._glyph_ids: dict[str, int] = dict(font.getReverseGlyphMap())
            self._advance: dict[str, int] = {n: a for n, (a, _) in font["hmtx"].metrics.items()}
            self._units = int(font["head"].unitsPerEm)
            self._sequences = _variation_sequences(font)
            self._base: dict[int, str] = _drawn(font)
        self._private: dict[str, int] = {}
        self._original: dict[int, str] = {}

    def has(self, cluster: str) -> bool:
        """Whether the font has a glyph for exactly this cluster, selector included."""
        return self._glyph_name(cluster) is not None

    def width_em(self, cluster: str) -> float:
        """Advance width of a cluster in em; 0 for one the font lacks."""
        name = self._glyph_name(cluster)
        return 0.0 if name is None else self._advance[name] / self._units

    def drawable(self, cluster: str) -> str:
        """The one character that makes ReportLab draw this cluster's glyph in this font."""
        if len(cluster) == 1 and cluster != _NBSP and ord(cluster) < _PRIVATE_START:
            return cluster
        if cluster not in self._private:
            name = self._glyph_name(cluster)
            if name is None:
                raise KeyError(len(cluster))
            code = _PRIVATE_START + len(self._private)
            self._private[cluster] = code
            self._original[code] = cluster
            self.face.charToGlyph[code] = self._glyph_ids[name]
            self.face.charWidths[code] = self._advance[name] * 1000 / self._units
        return chr(self._private[cluster])

    def _glyph_name(self, cluster: str) -> str | None:
        if len(cluster) == 1:
            name = self._base.get(ord(cluster))
            return None if name in {None, ".notdef"} else name
        if len(cluster) == 2 and is_selector(cluster[1]):
            return self._sequences.get((ord(cluster[0]), ord(cluster[1])))
        return None

    def addObjects(self, doc: Any) -> None:  # noqa: ANN401  # an untyped class of ReportLab
        """Add the subsets as ReportLab does, then write each ToUnicode table with the original text."""
        subsets = [list(subset) for subset in self.state[doc].subsets]
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            base = b"".join((SUBSETN(number), b"+", self.face.name, self.face.subfontNameX)).decode("pdfdoc")
            stream = doc.idToObject["toUnicodeCMap:" + base]
            stream.content = _to_unicode(base, [self._original.get(code, chr(code)) for code in subset])


def _drawn(font: FontToolsFont) -> dict[int, str]:
    """The glyphs by code point, without those that draw nothing though they are no white space.

    Observed in IPAmj明朝 005.01: U+F860-F862, U+F87A and U+F87F have glyphs without contours, which would
    leave a hole in a name. The private use area means nothing outside one town anyway (外字), so none of it
    is ours to draw.
    """
    offsets = font["loca"].locations
    found: dict[int, str] = {}
    for code, name in font.getBestCmap().items():
        glyph = font.getGlyphID(name)
        is_empty = offsets[glyph] == offsets[glyph + 1]
        category = unicodedata.category(chr(code))
        if category != "Co" and (category == "Zs" or not is_empty):
            found[code] = name
    return found


def _variation_sequences(font: FontToolsFont) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    best = font.getBestCmap()
    for table in font["cmap"].tables:
        if table.format != 14:
            continue
        for selector, entries in table.uvsDict.items():
            for base, name in entries:
                # None marks the sequence whose glyph is the base's own (OpenType spec, cmap format 14).
                glyph = best.get(base) if name is None else name
                if glyph is not None:
                    found[(base, selector)] = glyph
    return found


def _to_unicode(name: str, texts: list[str]) -> str:
    """A ToUnicode CMap for one-byte codes (PDF 32000-1 §9.10.3): UTF-16BE, at most 100 entries a block."""
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    entries = [f"<{code:02X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in enumerate(texts)]
    for start in range(0, len(entries), 100):
        block = entries[start : start + 100]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)
