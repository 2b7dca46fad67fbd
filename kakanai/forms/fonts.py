"""The fonts of the forms, loaded once: widths, glyph coverage and the ReportLab font of each role."""

import threading
from pathlib import Path

from reportlab.pdfbase import pdfmetrics

from kakanai.forms.clusters import clusters
from kakanai.forms.errors import FontUnusableError
from kakanai.forms.exact_font import ExactFont
from kakanai.forms.fontfiles import FontRole, find_font

PAPER_ROLES = (FontRole.LABEL, FontRole.LABEL_BOLD, FontRole.TEXT, FontRole.PERSONAL)


_LOADED: dict[Path, ExactFont] = {}
_LOADING = threading.RLock()
ONE_DOCUMENT = threading.Lock()
"""Held while a document is drawn: ReportLab keeps the state of a document in its fonts."""


def _load(path: Path) -> ExactFont:
    """The one font of this file in the process.

    ReportLab finds fonts by name for the whole process and takes a second font of the same face for the
    first (observed in 5.1), whose private code points mean other glyphs. So there is one per file, and a
    font that ReportLab would exchange for another is refused.
    """
    with _LOADING:
        if path not in _LOADED:
            font = ExactFont(f"kakanai-{len(_LOADED)}-{path.stem}", path)
            pdfmetrics.registerFont(font)
            known: object = pdfmetrics.getFont(font.fontName)
            if known is not font:
                raise ValueError("another file of the same face is in use")
            _LOADED[path] = font
        return _LOADED[path]


class FontShelf:
    """The fonts that paper is drawn with; files are loaded once in a process."""

    def __init__(self) -> None:
        self._fonts: dict[FontRole, ExactFont] = {}

    def font(self, role: FontRole) -> ExactFont:
        """The font of a role.

        Raises:
            FontMissingError: no file of it is on this machine.
            FontUnusableError: the file is there but is no usable TrueType font.
        """
        if role not in self._fonts:
            path = find_font(role)
            try:
                self._fonts[role] = _load(path)
            except Exception as error:
                # Font parsers fail in many ways on a damaged file; whatever it was, the file is unusable.
                raise FontUnusableError(role=role.value, file=path.name) from error
        return self._fonts[role]

    def load_all(self) -> None:
        """Load every font of paper now, so that a missing one is told before a visitor is waiting."""
        for role in PAPER_ROLES:
            self.font(role)

    def forget_asked(self) -> None:
        """Drop what was asked of the fonts: the characters of an address, in order, are an address."""
        for font in tuple(self._fonts.values()):
            font.forget_asked()

    def width_mm(self, role: FontRole, text: str, size_pt: float) -> float:
        """Width of the text in mm when set in one line."""
        font = self.font(role)
        return sum(map(font.width_em, clusters(text))) * size_pt * 25.4 / 72

    def width_em(self, role: FontRole, cluster: str) -> float:
        """Width of one cluster in em; 0 for one that the role's font lacks."""
        return self.font(role).width_em(cluster)

    def missing(self, role: FontRole, text: str) -> list[str]:
        """The clusters of the text that the role's font has no glyph for, once each."""
        font = self.font(role)
        return [cluster for cluster in dict.fromkeys(clusters(text)) if not font.has(cluster)]

    def line(self, role: FontRole, text: str) -> tuple[str, str, float]:
        """How ReportLab draws a line: the font's name, the text as it must be given, its width in em.

        Raises:
            KeyError: the font lacks a glyph of it.
        """
        font, units = self.font(role), clusters(text)
        return font.fontName, "".join(map(font.drawable, units)), sum(map(font.width_em, units))

    def drawable(self, role: FontRole, text: str) -> str:
        """The text as ReportLab must be given it to draw the exact glyphs."""
        font = self.font(role)
        return "".join(font.drawable(cluster) for cluster in clusters(text))
