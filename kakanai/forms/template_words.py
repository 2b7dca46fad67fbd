"""The words of a template as one document showed them, so that the next is not read from the start again.

Every page of a form begins with the form's own lines and words. A page that begins with the very bytes of one
that was compared, in fonts where their codes read and look the same, shows the same words in the same places.
No value is ever kept here.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from kakanai.forms.embedded_font import EmbeddedFont
from kakanai.forms.fontfiles import FontRole
from kakanai.forms.glyph_proof import GlyphProof
from kakanai.forms.shown_page import ShownText
from kakanai.forms.template import Element

_KEPT = 256
"""Pages; three times those of all our forms."""


@dataclass(frozen=True)
class UsedFont:
    """The codes of a font that a template's words use: what they read as, their widths, what they draw."""

    name: str
    role: FontRole
    codes: bytes
    texts: tuple[str, ...]
    widths: tuple[float, ...]
    glyphs: tuple[int, ...]
    shapes: bytes
    composites: bytes


@dataclass(frozen=True, repr=False)
class TemplateWords:
    """The beginning of a page, all of whose words were taken for words of the template."""

    elements: tuple[Element, ...]  # kept alive: the page is known by their identity
    beginning: bytes
    fonts: tuple[UsedFont, ...]
    texts: tuple[ShownText, ...]

    def begins(self, content: bytes, fonts: Mapping[str, EmbeddedFont], proof: GlyphProof) -> bool:
        """Whether a page begins with the same words, in the right glyphs."""
        return content.startswith(self.beginning) and all(_is_same(used, fonts, proof) for used in self.fonts)


def _is_same(used: UsedFont, fonts: Mapping[str, EmbeddedFont], proof: GlyphProof) -> bool:
    font = fonts.get(used.name)
    if (
        font is None
        or tuple(map(font.texts.get, used.codes)) != used.texts
        or tuple(map(font.widths.get, used.codes)) != used.widths
        or font.glyphs_of(used.codes) != used.glyphs
        or font.shapes(used.codes) != used.shapes
        or not proof.draws(fonts, [(used.name, used.composites)], used.role)
    ):
        return False
    proof.trust(font, used.codes, used.role)
    return True


def fonts_used(
    taken: Mapping[tuple[str, FontRole], bytes], fonts: Mapping[str, EmbeddedFont]
) -> tuple[UsedFont, ...]:
    """What to remember of the fonts, by name and role the codes that words were shown with."""
    found = []
    for (name, role), codes in taken.items():
        font = fonts[name]
        texts = tuple(map(font.texts.__getitem__, codes))
        widths = tuple(map(font.widths.__getitem__, codes))
        composites = font.composites(codes)
        found.append(
            UsedFont(name, role, codes, texts, widths, font.glyphs_of(codes), font.shapes(codes), composites)
        )
    return tuple(found)


class WordMemory:
    """The words of the pages of templates, by the elements that make up a page and the words across it."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, tuple[int, ...]], TemplateWords] = OrderedDict()

    def recall(self, elements: tuple[Element, ...], watermark: str) -> TemplateWords | None:
        """What was remembered of this page."""
        key = _key(elements, watermark)
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def remember(self, words: TemplateWords, watermark: str) -> None:
        """Remember a page; the one that was not needed for longest is forgotten for it."""
        self._kept[_key(words.elements, watermark)] = words
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)


def _key(elements: tuple[Element, ...], watermark: str) -> tuple[str, tuple[int, ...]]:
    return watermark, tuple(map(id, elements))
