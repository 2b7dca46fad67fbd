"""A finished PDF taken apart into what a comparison needs: its pages, their contents, fonts and pictures."""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject, IndirectObject, StreamObject

from kakanai.forms.embedded_font import EmbeddedFont
from kakanai.forms.embedded_picture import EmbeddedPicture
from kakanai.forms.town_page import silence_pypdf

_ACTIVE = frozenset({"/AcroForm", "/OpenAction", "/AA", "/Names"})
"""What makes a document act: fields, scripts, attachments (PDF 32000-1 §7.7.2, given)."""

_UNLIKE_PAPER = frozenset({"/Annots", "/AA", "/UserUnit"})
"""What makes a page act, or larger than it says (PDF 32000-1 §12.5, §8.3.2.3, given)."""

_WIDTHS = re.compile(rb"/Widths\s*\[([-+.\d\s]*)\]")


@dataclass(frozen=True, repr=False)
class FinishedPage:
    """One page; sizes in pt. `is_plain`: upright, its corner at the origin, with nothing to click on."""

    content: bytes
    width: float
    height: float
    is_plain: bool
    fonts: Mapping[str, EmbeddedFont]
    pictures: Mapping[str, EmbeddedPicture]


class FinishedPdf:
    """The PDF of a form.

    Raises:
        Exception: of nearly any kind, when the file is damaged.
    """

    def __init__(self, data: bytes) -> None:
        silence_pypdf()
        self._data = data
        self._reader = PdfReader(io.BytesIO(data), strict=True)
        self._fonts: dict[int, EmbeddedFont] = {}

    @property
    def is_active(self) -> bool:
        """Whether it is locked, or would do anything but be looked at."""
        return self._reader.is_encrypted or bool(_ACTIVE & set(self._reader.root_object))

    def __len__(self) -> int:
        return len(self._reader.pages)

    def pages(self) -> Iterator[FinishedPage]:
        """Its pages in order."""
        for page in self._reader.pages:
            yield self._page(page)

    def _page(self, page: PageObject) -> FinishedPage:
        box = page.mediabox
        contents = page.get_contents()
        resources = cast(DictionaryObject, page["/Resources"])
        at_origin = (float(box.left), float(box.bottom)) == (0.0, 0.0)
        is_whole = [float(edge) for edge in page.cropbox] == [float(edge) for edge in box]
        return FinishedPage(
            contents.get_data() if contents is not None else b"",
            float(box.width),
            float(box.height),
            at_origin and is_whole and not page.rotation and not _UNLIKE_PAPER & set(page),
            self._fonts_of(resources),
            _pictures_of(resources),
        )

    def _fonts_of(self, resources: DictionaryObject) -> Mapping[str, EmbeddedFont]:
        found: dict[str, EmbeddedFont] = {}
        fonts = cast(DictionaryObject, resources.get("/Font", DictionaryObject()).get_object())
        for name in fonts:
            reference = cast(IndirectObject, fonts.raw_get(name))
            if reference.idnum not in self._fonts:
                self._fonts[reference.idnum] = self._font(reference)
            found[name.removeprefix("/")] = self._fonts[reference.idnum]
        return found

    def _font(self, reference: IndirectObject) -> EmbeddedFont:
        # Read from their bytes: the library takes as long for fonts as everything else takes.
        font = self._object(reference.idnum)
        widths = _WIDTHS.search(font)
        # With an encoding of its own a code would draw another glyph than the file's table gives it.
        if widths is None or b"/TrueType" not in font or b"/Encoding" in font:
            raise ValueError("font")
        file = _number(self._object(_number(font, b"FontDescriptor")), b"FontFile2")
        to_unicode = self._stream(_number(font, b"ToUnicode"))
        return EmbeddedFont(_number(font, b"FirstChar"), widths[1], to_unicode, self._stream(file))

    def _object(self, number: int) -> bytes:
        """The bytes of an object that is no stream."""
        start = self._reader.xref[0][number]
        return self._data[start : self._data.index(b"endobj", start)]

    def _stream(self, number: int) -> bytes:
        stream = IndirectObject(number, 0, self._reader).get_object()
        return cast(StreamObject, stream).get_data()


def _number(source: bytes, key: bytes) -> int:
    found = re.search(rb"/" + key + rb"\s+(\d+)", source)
    if found is None:
        raise ValueError("font")
    return int(found[1])


def _pictures_of(resources: DictionaryObject) -> Mapping[str, EmbeddedPicture]:
    pictures = cast(DictionaryObject, resources.get("/XObject", DictionaryObject()).get_object())
    streams = {name: pictures[name] for name in pictures}
    return {name: EmbeddedPicture(one) for name, one in streams.items() if isinstance(one, StreamObject)}
