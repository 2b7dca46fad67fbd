"""PDFs made ready for one printer: some pages of them, two A5 pages on an A4 sheet, every point moved.

Only what goes to the printer is changed, after the finished paper was read back (decision 0024): a page is
never drawn again, it is wrapped in a movement of the whole plane.
"""

import io
import logging
from collections.abc import Sequence
from typing import cast

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
)

from kakanai.printing.plane import PAPER_MM, POINTS_PER_MM, Affine, Point, on_half, upright

_SHEET = PAPER_MM["A4"]
_HALF = _SHEET[1] / 2
_CUT_LINE = (
    # Grey, 0.2 mm, dashed, right across at half the height of A4.
    f"/Artifact BMC q 0.5 G 0.567 w [5.67 5.67] 0 d 0 {_HALF * POINTS_PER_MM:.3f} m "
    f"{_SHEET[0] * POINTS_PER_MM:.3f} {_HALF * POINTS_PER_MM:.3f} l S Q EMC\n"
).encode("ascii")


def only_pages(pdf: bytes, wanted: Sequence[int]) -> bytes:
    """The PDF with these pages alone (1 the first), in this order."""
    writer = _writer()
    source = _reader(pdf)
    for number in wanted:
        writer.add_page(source.pages[number - 1])
    return _written(writer)


def moved(pdf: bytes, paper: str, movement: Affine) -> bytes:
    """The PDF with every page upright on its paper as it is fed, and every point of it moved.

    The movement is in mm from the top left corner of the paper in portrait; a page that lies on its side is
    turned first, its top to the right, for the printer's error is one of the feed. Equal input gives equal
    bytes.
    """
    if movement.is_nothing:
        return pdf
    width, height = PAPER_MM[paper]
    writer = PdfWriter(clone_from=_reader(pdf))
    writer.pdf_header = "%PDF-1.7"
    for page in writer.pages:
        _wrap(writer, page, upright(_size_mm(page), paper).then(movement), height)
        box = [0, 0, width * POINTS_PER_MM, height * POINTS_PER_MM]
        for name in ("/MediaBox", "/CropBox"):
            if name == "/MediaBox" or name in page:
                page[NameObject(name)] = ArrayObject([FloatObject(round(edge, 3)) for edge in box])
    return _written(writer)


def two_up(pdfs: Sequence[bytes]) -> bytes:
    """All A5 pages of these PDFs in order, two on each A4 sheet, with a line to cut along between them.

    A page in portrait is turned, its top to the left; an odd last page has the upper half, and its line too.
    """
    writer = _writer()
    pages = [page for pdf in pdfs for page in _reader(pdf).pages]
    for first in range(0, len(pages), 2):
        sheet = writer.add_blank_page(_SHEET[0] * POINTS_PER_MM, _SHEET[1] * POINTS_PER_MM)
        forms = DictionaryObject()
        drawn = [_CUT_LINE]
        for place, page in enumerate(pages[first : first + 2]):
            name = f"/Half{place + 1}"
            forms[NameObject(name)] = _as_form(writer, page)
            operands = _in_points(on_half(_size_mm(page), place), _size_mm(page)[1], _SHEET[1])
            drawn.append(f"q {operands} cm {name} Do Q\n".encode("ascii"))
        sheet[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): forms})
        content = DecodedStreamObject()
        content.set_data(b"".join(drawn))
        sheet[NameObject("/Contents")] = writer._add_object(content)
    return _written(writer)


def _size_mm(page: PageObject) -> Point:
    return float(page.mediabox.width) / POINTS_PER_MM, float(page.mediabox.height) / POINTS_PER_MM


def _wrap(writer: PdfWriter, page: PageObject, movement: Affine, height: float) -> None:
    """Let every operator of the page draw in the moved plane."""
    own = float(page.mediabox.height) / POINTS_PER_MM
    operands = _in_points(movement, own, height)
    begin, end = DecodedStreamObject(), DecodedStreamObject()
    begin.set_data(f"q {operands} cm\n".encode("ascii"))
    end.set_data(b"\nQ\n")
    contents = page.raw_get("/Contents") if "/Contents" in page else NullObject()
    inner = contents.get_object()
    streams = list(inner) if isinstance(inner, ArrayObject) else []
    if not streams and not isinstance(inner, NullObject):
        streams = [contents]  # a stream is never but indirect (PDF 32000-1 §7.3.8, given)
    page[NameObject("/Contents")] = ArrayObject(
        [writer._add_object(begin), *streams, writer._add_object(end)]
    )


def _as_form(writer: PdfWriter, page: PageObject) -> IndirectObject:
    """The page as one thing to draw (PDF 32000-1 §8.10, given)."""
    contents = page.get_contents()
    made = DecodedStreamObject()
    made.set_data(contents.get_data() if contents is not None else b"")
    made[NameObject("/Type")] = NameObject("/XObject")
    made[NameObject("/Subtype")] = NameObject("/Form")
    made[NameObject("/BBox")] = ArrayObject([FloatObject(float(edge)) for edge in page.mediabox])
    found = cast(DictionaryObject, page.get("/Resources", DictionaryObject()).get_object())
    made[NameObject("/Resources")] = found.clone(writer)
    return writer._add_object(made.flate_encode())


def _in_points(movement: Affine, own_height: float, height: float) -> str:
    """The operands of cm from the plane of a page to that of a sheet, both with y up in PDF."""
    # y up, own page: y = own_height - y_up; sheet: y_up' = height - y'.
    x0 = movement.xy * own_height + movement.x0
    y0 = height - movement.yy * own_height - movement.y0
    operands = (movement.xx, -movement.yx, -movement.xy, movement.yy, x0 * POINTS_PER_MM, y0 * POINTS_PER_MM)
    return " ".join(f"{operand:.6f}" for operand in operands)


def _reader(pdf: bytes) -> PdfReader:
    # Its remarks on odd files may quote what is in them.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    return PdfReader(io.BytesIO(pdf))


def _writer() -> PdfWriter:
    writer = PdfWriter()
    writer.pdf_header = "%PDF-1.7"
    writer.metadata = None
    return writer


def _written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
