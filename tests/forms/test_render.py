"""Paper: exact glyphs that read back as they are, QR codes, empty signature lines, a whole PDF or none."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageChops

from kakanai.forms.errors import FindingsOpenError, RenderError
from kakanai.forms.fill import Filler
from kakanai.forms.filled import FilledForm, PlacedDigits
from kakanai.forms.fontfiles import FontRole
from kakanai.forms.fonts import FontShelf
from kakanai.forms.render import Renderer, qr_text
from kakanai.forms.samples import SAMPLE_MY_NUMBER, sample_facts
from kakanai.forms.template import Box, ClerkBox, FormTemplate, SignatureBox, SignatureClass
from kakanai.reception.facts import Facts
from tests.forms.conftest import FORMS, HEAD, Press

Load = Callable[..., FormTemplate]
SHIPPED = sorted(path.parent.name for path in FORMS.glob("*/form.yaml"))
DPI = 200


def tool(name: str, pdf: bytes, *options: str) -> bytes:
    return subprocess.run([name, *options, "-", "-"], input=pdf, capture_output=True, check=True).stdout


def text_of(pdf: bytes, *options: str) -> str:
    return tool("pdftotext", pdf, *options).decode()


def text_in(pdf: bytes, box: Box) -> str:
    """The words inside one box of the first page, without white space."""
    points = [round(value / 25.4 * 72) for value in (box.x, box.y, box.w, box.h)]
    options = [part for pair in zip("xyWH", points, strict=True) for part in (f"-{pair[0]}", str(pair[1]))]
    return re.sub(r"\s", "", text_of(pdf, "-r", "72", "-f", "1", "-l", "1", *options))


def pictures(pdf: bytes, folder: Path) -> list[Image.Image]:
    folder.mkdir(exist_ok=True)
    (folder / "form.pdf").write_bytes(pdf)
    subprocess.run(
        ["pdftoppm", "-r", str(DPI), "-gray", "-png", folder / "form.pdf", folder / "page"], check=True
    )
    return [Image.open(path).convert("L") for path in sorted(folder.glob("page-*.png"))]


def crop(picture: Image.Image, box: Box) -> Image.Image:
    edges = (box.x, box.y, box.x + box.w, box.y + box.h)
    return picture.crop(tuple(round(edge / 25.4 * DPI) for edge in edges))


def sample(press: Press, form: str) -> FilledForm:
    facts, numbers = sample_facts(press.variables)
    return press.filler.fill(press.shipped(form), "R8-1121-0001", facts, numbers)


NAMES = [
    "見本　太郎",
    "渡邊\U000e0108　仮名",
    "渡邉\U000e010f　例之助",
    "辻\U000e0102　例示",
    "辻\U000e0103　示子",
    "\U00020bb7田　見本",
    "\U0002363a本　見本",
    "\u9ad9橋　例子",
    "山\ufa11　試",
    "\ufa19崎　見本",
    "大\ufa10　架空",
    "\uf9dc　\ufa30\ufa45\ufa44",
    "NGUYEN\u00a0THI\u00a0MIHON",
    "NGUYEN THI MIHON",
    "NGUYEN  THI",
    "見本　　太郎",
    "O'NEILL-SAMPLE MIHON",
    "ＫＩＭ　ＭＩＨＯＮ（金田　見本）",
    "ー－‐−一－",
]


@pytest.mark.parametrize("name", NAMES, ids=ascii)
@pytest.mark.parametrize("way", [(), ("-raw",), ("-layout",)], ids=["plain", "raw", "layout"])
def test_a_name_reads_back_code_point_for_code_point(
    press: Press, written: Load, name: str, way: tuple[str, ...]
) -> None:
    """No normalisation, no base without its selector, no space that turns into another one."""
    template = written(HEAD + "      - {height: 9, field: visitor.name, style: name}\n")
    filled = press.filler.fill(template, "R8-1121-0001", Facts(values={"visitor.name": name}), {})
    lines = text_of(press.renderer.render(filled), *way).splitlines()
    assert name in [line.strip(" \f") for line in lines]


def test_two_variants_of_one_character_look_different(press: Press, written: Load, tmp_path: Path) -> None:
    template = written(HEAD + "      - {height: 12, width: 20, field: visitor.name, size: 24}\n")
    looks = []
    for number, name in enumerate(("辻", "辻\U000e0102", "辻\U000e0103")):
        facts = Facts(values={"visitor.name": name})
        pdf = press.renderer.render(press.filler.fill(template, "R8-1121-0001", facts, {}))
        [page] = pictures(pdf, tmp_path / str(number))
        looks.append(crop(page, Box(16, 18, 20, 13)))
    assert ImageChops.difference(looks[1], looks[2]).getbbox() is not None
    assert any(ImageChops.difference(looks[0], look).getbbox() is None for look in looks[1:])


@pytest.mark.parametrize("form", SHIPPED)
def test_every_font_is_embedded(press: Press, form: str) -> None:
    pdf = press.renderer.render(sample(press, form))
    rows = subprocess.run(["pdffonts", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    fonts = [row.split()[-5:-2] for row in rows.splitlines()[2:]]
    assert len(fonts) >= 4
    assert fonts == [["yes", "yes", "yes"]] * len(fonts)  # embedded, subset, with a ToUnicode table
    assert "Helvetica" not in rows


@pytest.mark.parametrize("form", SHIPPED)
def test_the_qr_code_of_every_page_is_read(press: Press, form: str, tmp_path: Path) -> None:
    filled = sample(press, form)
    pages = pictures(press.renderer.render(filled), tmp_path)
    assert len(pages) == len(filled.pages)
    for sheet, page in zip(filled.pages, pages, strict=True):
        [code] = zxingcpp.read_barcodes(page)
        assert code.text == qr_text(filled, sheet.number, sheet.count)
        assert code.text == f"R8-1121-0001/{form}/{filled.template.version}/{sheet.number}-{sheet.count}"


@pytest.mark.parametrize("form", SHIPPED)
def test_where_people_sign_and_clerks_write_the_filled_form_is_as_the_empty_one(
    press: Press, form: str, tmp_path: Path
) -> None:
    filled = sample(press, form)
    empty = press.filler.fill(filled.template, "R8-1121-0001", Facts(), {})
    filled_pages = pictures(press.renderer.render(filled), tmp_path / "filled")
    empty_pages = pictures(press.renderer.render(empty), tmp_path / "empty")
    signatures = 0
    for page, one in zip(filled.pages, filled_pages, strict=True):
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


def test_equal_input_gives_equal_bytes(press: Press) -> None:
    first = press.renderer.render(sample(press, "F05"))
    other = FontShelf()
    facts, numbers = sample_facts(press.variables)
    facts.values["subject.name"] = "渡邊\U000e0108　仮名"
    filled = press.filler.fill(press.shipped("F05"), "R8-1121-0001", facts, numbers)
    between = press.renderer.render(filled)
    assert between != first
    assert press.renderer.render(sample(press, "F05")) == first
    assert press.renderer.render(filled) == between
    assert Renderer(other).render(filled) == between


def test_a_preview_shows_no_digit_of_the_number_and_paper_all_of_them(press: Press) -> None:
    filled = sample(press, "F09")
    boxes = [p.boxes for p in filled.pages[0].placed if isinstance(p, PlacedDigits)]
    assert boxes
    paper, preview = press.renderer.render(filled), press.renderer.render(filled, preview=True)
    for cells in boxes:
        row = Box(cells[0].x, cells[0].y, cells[-1].x + cells[-1].w - cells[0].x, cells[0].h)
        assert text_in(paper, row) == SAMPLE_MY_NUMBER
        assert text_in(preview, row) == "＊" * 12
    assert SAMPLE_MY_NUMBER not in re.sub(r"\s", "", text_of(preview))


def test_open_findings_stop_paper_and_not_the_preview(press: Press, written: Load) -> None:
    template = written(HEAD + "      - {height: 9, field: visitor.name, style: name}\n")
    facts = Facts(values={"visitor.name": "辻\U000e0100　例示"})
    filled = press.filler.fill(template, "R8-1121-0001", facts, {})
    with pytest.raises(FindingsOpenError):
        press.renderer.render(filled)
    assert "例示" not in text_of(press.renderer.render(filled, preview=True))


def test_training_sheets_are_marked(press: Press) -> None:
    filled = sample(press, "F05")
    marked = press.renderer.render(filled, watermark="練習")
    assert "練習" in text_of(marked)
    assert "練習" not in text_of(press.renderer.render(filled))


def test_a_failure_while_drawing_quotes_no_text(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("見本　太郎")

    filled = sample(press, "F05")
    monkeypatch.setattr("reportlab.pdfgen.canvas.Canvas.drawString", fail)
    with pytest.raises(RenderError) as caught:
        press.renderer.render(filled)
    error: BaseException | None = caught.value
    while error is not None:
        assert "見本" not in str(error) + repr(error)
        error = error.__cause__
    assert caught.value.details == {"form": "F05"}


def test_the_document_tells_nothing_personal_about_itself(press: Press) -> None:
    pdf = press.renderer.render(sample(press, "F05"))
    told = subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    assert "F05 印鑑登録証明書交付申請書" in told
    assert "見本　太郎" not in told
    assert "419" in told  # A5: 419.5 x 595.3 pt


def test_two_shelves_in_one_process_draw_the_same_glyphs(press: Press, written: Load, tmp_path: Path) -> None:
    """ReportLab takes a second font of a face for the first; private code points must keep their glyphs."""
    template = written(HEAD + "      - {height: 12, width: 20, field: visitor.name, size: 24}\n")
    first, second = FontShelf(), FontShelf()
    for shelf, names in ((first, ["渡邊\U000e0108"]), (second, ["辻\U000e0102", "渡邊\U000e0108"])):
        for name in names:
            shelf.drawable(FontRole.PERSONAL, name)
    looks = []
    for number, shelf in enumerate((first, second, press.shelf)):
        filled = Filler(shelf, press.variables).fill(
            template, "R8-1121-0001", Facts(values={"visitor.name": "渡邊\U000e0108"}), {}
        )
        [page] = pictures(Renderer(shelf).render(filled), tmp_path / str(number))
        looks.append(crop(page, Box(16, 18, 20, 13)))
    assert looks[0].getextrema()[0] < 128
    assert ImageChops.difference(looks[0], looks[1]).getbbox() is None
    assert ImageChops.difference(looks[0], looks[2]).getbbox() is None
