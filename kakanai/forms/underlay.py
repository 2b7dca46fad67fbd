"""The town's own PDF under our pages 下敷き: what is seen of it, with our values on top."""

import io
from typing import TYPE_CHECKING, cast

from kakanai.forms.filled import FilledForm
from kakanai.forms.town_page import add_town_page, silence_pypdf

if TYPE_CHECKING:
    from pypdf import PageObject, PdfWriter
    from pypdf.generic import DictionaryObject, IndirectObject

UNDERLAY = "/KakanaiUnderlay"
"""The name in our pages' resources of the town's page."""

_DRAW_IT = f"/Artifact BMC q {UNDERLAY} Do Q EMC\n".encode("ascii")


def lay_under(pdf: bytes, form: FilledForm) -> bytes:
    """Our PDF with the pages of `form.background` under those that name one; the same without a background.

    Form fields, links and scripts of the town's file stay behind. Equal input gives equal bytes.

    Raises:
        ValueError: the town's file has no such page; its own checks at loading should have said so.
    """
    if form.background is None:
        return pdf
    # Only a town with a PDF of its own pays for the library.
    from pypdf import PdfReader, PdfWriter

    silence_pypdf()
    theirs = PdfReader(io.BytesIO(form.background))
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    writer.pdf_header = "%PDF-1.7"  # as ours are; of a copy the library says 1.3
    laid: dict[int, IndirectObject] = {}
    for page, sheet in zip(form.pages, writer.pages, strict=True):
        number = page.background
        if number is None:
            continue
        if number >= len(theirs.pages):
            raise ValueError("the background has no such page")
        if number not in laid:
            laid[number] = add_town_page(writer, theirs.pages[number], form.template.size_mm[1])
        _draw_first(writer, sheet, laid[number])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _draw_first(writer: "PdfWriter", sheet: "PageObject", underlay: "IndirectObject") -> None:
    """Draw the town's page before everything that is on the sheet."""
    from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject

    resources = cast("DictionaryObject", sheet["/Resources"])
    pictures = cast("DictionaryObject", resources.get("/XObject", DictionaryObject()).get_object())
    pictures = DictionaryObject({**pictures, NameObject(UNDERLAY): underlay})
    resources[NameObject("/XObject")] = pictures
    begin = DecodedStreamObject()
    begin.set_data(_DRAW_IT)
    sheet[NameObject("/Contents")] = ArrayObject([writer._add_object(begin), sheet.raw_get("/Contents")])
