"""Every shipped form on paper: fonts embedded, QR codes read, bare paper to sign and to write on."""

import zxingcpp
from PIL import ImageChops

from kakanai.forms.render import qr_text
from kakanai.forms.template import Box, ClerkBox, QrBox, SignatureBox, SignatureClass
from kakanai.reception.facts import Facts
from kakanai.settings.town_rules import PAPERS
from tests.forms.conftest import CASE_NUMBER, Paper, Press
from tests.forms.poppler import crop, pictures, tool


def test_every_font_is_embedded(paper: Paper) -> None:
    rows = tool("pdffonts", paper.pdf, "-").decode()
    fonts = [row.split()[-5:-2] for row in rows.splitlines()[2:]]
    assert len(fonts) >= (2 if paper.form.template.id in PAPERS else 4)
    assert fonts == [["yes", "yes", "yes"]] * len(fonts)  # embedded, subset, with a ToUnicode table
    assert "Helvetica" not in rows


def test_the_qr_code_of_every_page_is_read(paper: Paper) -> None:
    form = paper.form
    assert len(paper.pages) == len(form.pages)
    for sheet, page in zip(form.pages, paper.pages, strict=True):
        [code] = zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormat.QRCode)
        [box] = [element for element in sheet.elements if isinstance(element, QrBox)]
        assert code.text == qr_text(form, sheet.number, sheet.count, box)
        if form.template.id == "G02":
            assert code.text == CASE_NUMBER  # the slip that goes through many hands says no more
            continue
        named = f"{CASE_NUMBER}/{form.template.id}/{form.template.version}"
        assert code.text == f"{named}/{sheet.number}-{sheet.count}"


def test_where_people_sign_and_clerks_write_the_filled_form_is_as_the_empty_one(
    press: Press, paper: Paper
) -> None:
    filled = paper.form
    empty = press.filler.fill(filled.template, CASE_NUMBER, Facts(), {})
    empty_pages = pictures(press.renderer.render(empty))
    signatures = 0
    for page, one in zip(filled.pages, paper.pages, strict=True):
        # A 続紙 is not printed empty, and has nothing to compare with.
        same = [
            o for sheet, o in zip(empty.pages, empty_pages, strict=True) if sheet.elements == page.elements
        ]
        for element in page.elements:
            if isinstance(element, SignatureBox | ClerkBox) and same:
                inner = element.box.inset(0.4, 0.4)
                assert ImageChops.difference(crop(one, inner), crop(same[0], inner)).getbbox() is None
            if isinstance(element, SignatureBox):
                signatures += 1
                box = element.box
                # Between the words at the top (to 4.5 mm) and the line at the foot (2.2 mm up): bare paper.
                line = Box(box.x + 0.5, box.y + 4.6, box.w - 1.0, box.h - 4.6 - 2.6)
                assert line.h > 2
                assert crop(one, line).getextrema()[0] == 255
    boxes = [e for page in filled.pages for e in page.elements if isinstance(e, SignatureBox)]
    assert signatures == len(boxes)
    assert boxes or filled.template.signature is SignatureClass.NONE
