"""The town's own PDF under our pages 下敷き: what is seen of it, with our values on top."""

import io
import logging
from typing import TYPE_CHECKING

from kakanai.forms.filled import FilledForm

if TYPE_CHECKING:
    from pypdf import PageObject

_POINTS_PER_MM = 72 / 25.4


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

    logging.getLogger("pypdf").setLevel(
        logging.CRITICAL
    )  # its remarks on odd files may quote what is in them
    ours, theirs = PdfReader(io.BytesIO(pdf)), PdfReader(io.BytesIO(form.background))
    writer = PdfWriter()
    width, height = (side * _POINTS_PER_MM for side in form.template.size_mm)
    for page, made in zip(form.pages, ours.pages, strict=True):
        if page.background is None:
            writer.add_page(made)
            continue
        if page.background >= len(theirs.pages):
            raise ValueError("the background has no such page")
        sheet = writer.add_blank_page(width, height)
        _merge_upright(sheet, theirs.pages[page.background])
        sheet.merge_page(made)
    if ours.metadata:
        writer.add_metadata(ours.metadata)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _merge_upright(sheet: "PageObject", page: "PageObject") -> None:
    """Lay a page as a person sees it, its crop box in the corner of the sheet."""
    from pypdf import Transformation

    page.transfer_rotation_to_content()
    box, scale = page.cropbox, float(page.user_unit)
    placed = Transformation().translate(-float(box.left), -float(box.bottom)).scale(scale)
    sheet.merge_transformed_page(page, placed)
