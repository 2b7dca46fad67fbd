"""A ReportLab font that draws the exact glyph of every sequence and can be read back exactly.

ReportLab maps one code point to one glyph, knows no variation sequences (IVS), writes a ToUnicode table
that breaks above U+FFFF and turns U+00A0 into a space (observed in ReportLab 5.1). Here each sequence gets
a private code point of plane 16 in this font object's own glyph table, and the ToUnicode table of each
subset is written again with the original code points in UTF-16BE. See docs/decisions/0004-exact-fonts.md.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from reportlab.pdfbase.ttfonts import SUBSETN, TTEncoding, TTFont

from kakanai.forms.clusters import is_selector
from kakanai.forms.exact_face import ExactFace

_PRIVATE_START = 0x100000  # plane 16, private use: no card text of ours reaches ReportLab unmapped
_NBSP = "\u00a0"
_SPACE = 0x20  # ReportLab gives the space a place in every subset, whether it is drawn or not
_NO_LETTERS = frozenset({"Cc", "Cf", "Co", "Cs", "Mn", "Mc", "Me", "Zl", "Zp"})
_SUBSET = 256


@dataclass(frozen=True)
class Alphabet:
    """What a template's own words take of a font: the same codes in each document of the template."""

    assignments: Mapping[int, int]
    subsets: tuple[tuple[int, ...], ...]
    glyphs: Mapping[int, int]
    widths: Mapping[int, float]
    private: Mapping[str, int]


class ExactFont(TTFont):
    """A TrueType font with its variation sequences; `name` is how ReportLab knows it.

    A document begins with `begin` and ends with `forget`: which characters were drawn tells of a person.
    """

    face: ExactFace

    def __init__(self, name: str, path: Path) -> None:
        # All that TTFont.__init__ does, but for the face: ReportLab's own takes half a second to load.
        self.fontName = name
        self.face = ExactFace(path)
        self.encoding = TTEncoding()
        self.state = WeakKeyDictionary()
        self._asciiReadable = False
        self.shapable = False
        self.forget()

    def begin(self, doc: Any, alphabet: Alphabet | None = None) -> None:  # noqa: ANN401
        """Start a document of ReportLab's, with the characters of a template's words in their places."""
        self.forget()
        if alphabet is None:
            return
        self._private |= alphabet.private
        self._original |= {code: cluster for cluster, code in alphabet.private.items()}
        self.face.charToGlyph |= alphabet.glyphs
        self.face.charWidths |= alphabet.widths
        state = self.state[doc] = TTFont.State(False, self)
        state.assignments = dict(alphabet.assignments)  # type: ignore[attr-defined]  # left out of the stubs
        state.subsets = [list(subset) for subset in alphabet.subsets]
        # What the values need goes to subsets of their own, so that these are the same in each document.
        state.nextCode = len(state.subsets) * _SUBSET
        self.getSubsetInternalName(0, doc)

    def alphabet(self, doc: Any) -> Alphabet:  # noqa: ANN401
        """What the document has drawn in this font until now: the words of a template, no value."""
        state = self.state[doc]
        for subset in state.subsets:
            self.face.keep(subset)
        return Alphabet(
            dict(state.assignments),  # type: ignore[attr-defined]
            tuple(tuple(subset) for subset in state.subsets),
            dict(self.face.charToGlyph),
            dict(self.face.charWidths),
            dict(self._private),
        )

    def forget(self) -> None:
        """Drop every character that was drawn or asked for."""
        self._known: dict[str, int] = {}
        self._private: dict[str, int] = {}
        self._original: dict[int, str] = {}
        self.face.charToGlyph = {}
        self.face.charWidths = {}
        self._tell(_SPACE, self._glyph(" "))

    def forget_asked(self) -> None:
        """Drop the characters that were asked for; what is drawn of a document at hand stays."""
        self._known = {}

    def has(self, cluster: str) -> bool:
        """Whether the font has a glyph for exactly this cluster, selector included."""
        return self._glyph(cluster) != 0

    def width_em(self, cluster: str) -> float:
        """Advance width of a cluster in em; 0 for one the font lacks."""
        glyph = self._glyph(cluster)
        return self.face.width(glyph) / 1000 if glyph else 0.0

    def drawable(self, cluster: str) -> str:
        """The one character that makes ReportLab draw this cluster's glyph in this font.

        Raises:
            KeyError: the font has no glyph of it; ReportLab would draw a box.
        """
        if len(cluster) == 1 and cluster != _NBSP and ord(cluster) < _PRIVATE_START:
            if ord(cluster) not in self.face.charToGlyph:
                self._tell(ord(cluster), self._glyph(cluster))
            return cluster
        if cluster not in self._private:
            code = _PRIVATE_START + len(self._private)
            self._tell(code, self._glyph(cluster))
            self._private[cluster] = code
            self._original[code] = cluster
        return chr(self._private[cluster])

    def _tell(self, code: int, glyph: int) -> None:
        if not glyph:
            raise KeyError(1)
        self.face.charToGlyph[code] = glyph
        self.face.charWidths[code] = self.face.width(glyph)

    def _glyph(self, cluster: str) -> int:
        # A value is asked for three times: is it there, how wide is it, draw it.
        glyph = self._known.get(cluster)
        if glyph is None:
            glyph = self._known[cluster] = self._find(cluster)
        return glyph

    def _find(self, cluster: str) -> int:
        """The glyph of a cluster; 0 for one that the font lacks or that we do not draw.

        A character that is no letter on its own is not drawn even where the font has a glyph of it: a
        control or direction mark must not be dropped or shown as a sign, nor a combining mark lie over
        its neighbour (the font places none). Nor is the private use area, which means nothing outside one
        town 外字. A glyph without contours would leave a hole in a name, unless it is white space
        (observed in IPAmj明朝 005.01: U+F860-F862, U+F87A, U+F87F).
        """
        glyph, empty_is_right = 0, False
        if len(cluster) == 1:
            category = unicodedata.category(cluster)
            if category not in _NO_LETTERS:
                glyph = self.face.characters.glyph(ord(cluster))
                empty_is_right = category == "Zs"
        elif len(cluster) == 2 and is_selector(cluster[1]):
            glyph = self.face.characters.sequence_glyph(ord(cluster[0]), ord(cluster[1]))
        return 0 if glyph and not empty_is_right and self.face.is_empty(glyph) else glyph

    def addObjects(self, doc: Any) -> None:  # noqa: ANN401  # an untyped class of ReportLab
        """Add the subsets as ReportLab does, then write each ToUnicode table with the original text."""
        subsets = [list(subset) for subset in self.state[doc].subsets]
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            base = b"".join((SUBSETN(number), b"+", self.face.name, self.face.subfontNameX)).decode("pdfdoc")
            stream = doc.idToObject["toUnicodeCMap:" + base]
            stream.content = _to_unicode(base, [self._original.get(code, chr(code)) for code in subset])


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
