"""A town's own PDF as it comes out under our values: seen as it was, upright, and with nothing that acts."""

import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from PIL import Image, ImageChops
from pypdf.annotations import FreeText
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    RectangleObject,
    TextStringObject,
)
from reportlab.pdfgen.canvas import Canvas

from kakanai.datafile import DataFileError
from kakanai.forms.errors import PaperMismatchError
from kakanai.forms.filled import FilledForm
from kakanai.forms.read_back import verify_pdf
from kakanai.forms.template import FormTemplate
from kakanai.reception.facts import Facts
from tests.forms.conftest import Press
from tests.forms.test_own_paper import OWN

Load = Callable[..., FormTemplate]
Edit = Callable[[pypdf.PdfWriter], object]

WIDTH, HEIGHT = 595.28, 841.89
VALUES = Facts(values={"visitor.name": "見本　太郎"})


def town_pdf(edit: Edit = lambda _: None, *, pages: int = 1) -> bytes:
    """A page that looks different from every side: a bar at the top, a square at the bottom left."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1)
    for number in range(pages):
        canvas.setFillColorRGB(0.8, 0.2, 0.2)
        canvas.rect(60, HEIGHT - 70, 400 - 100 * number, 20, stroke=0, fill=1)
        canvas.setFillColorRGB(0.2, 0.2, 0.8)
        canvas.rect(40, 40, 90, 90, stroke=0, fill=1)
        canvas.setFillGray(0)
        canvas.drawString(150, 60, "TOWN OWN FORM")
        canvas.showPage()
    canvas.save()
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(out.getvalue())))
    edit(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.fixture
def own(tmp_path: Path, written: Load) -> Load:
    def load(data: bytes, text: str = OWN) -> FormTemplate:
        (tmp_path / "T01").mkdir(exist_ok=True)
        (tmp_path / "T01" / "background.pdf").write_bytes(data)
        return written(text)

    return load


def look(pdf: bytes, folder: Path, page: int = 1) -> Image.Image:
    (folder / "look.pdf").write_bytes(pdf)
    command = ["pdftoppm", "-r", "72", "-f", str(page), "-l", str(page), "-singlefile"]
    subprocess.run([*command, folder / "look.pdf", folder / "look"], check=True)
    return Image.open(folder / "look.ppm").convert("RGB").copy()


def differs(one: Image.Image, other: Image.Image) -> bool:
    """Whether more than the edges of things differ."""
    assert one.size == other.size
    difference = ImageChops.difference(one, other).convert("L").point(lambda value: 255 if value > 96 else 0)
    return difference.reduce(4).getextrema()[1] > 128


def printed(press: Press, template: FormTemplate, facts: Facts = VALUES) -> tuple[FilledForm, bytes]:
    form = press.filler.fill(template, "R8-1121-0001", facts, {})
    pdf = press.renderer.render(form)
    verify_pdf(pdf, form)
    assert pdf == press.renderer.render(form)
    return form, pdf


def without_values(press: Press, template: FormTemplate) -> bytes:
    """The town's page with our marks on the margin only."""
    return printed(press, template, Facts())[1]


def rotate(degrees: int) -> Edit:
    """A page stored turned, that a viewer turns back: it looks as it does upright."""

    def edit(writer: pypdf.PdfWriter) -> None:
        page = writer.pages[0]
        stored = pypdf.Transformation().rotate(degrees)
        moved = {90: (HEIGHT, 0), 180: (WIDTH, HEIGHT), 270: (0, WIDTH)}[degrees]
        page.add_transformation(stored.translate(*moved))
        size = (WIDTH, HEIGHT) if degrees == 180 else (HEIGHT, WIDTH)
        for box in ("/MediaBox", "/CropBox"):
            page[NameObject(box)] = RectangleObject((0, 0, *size))
        page[NameObject("/Rotate")] = NumberObject(degrees)

    return edit


def crop(writer: pypdf.PdfWriter) -> None:
    """A larger page of which a paper's part is shown, with crop marks outside."""
    page = writer.pages[0]
    page.add_transformation(pypdf.Transformation().translate(20, 30))
    page[NameObject("/MediaBox")] = RectangleObject((0, 0, WIDTH + 40, HEIGHT + 60))
    page[NameObject("/CropBox")] = RectangleObject((20, 30, 20 + WIDTH, 30 + HEIGHT))


def unit(writer: pypdf.PdfWriter) -> None:
    """A page in units of half an inch's 36th."""
    page = writer.pages[0]
    page.add_transformation(pypdf.Transformation().scale(0.5))
    for box in ("/MediaBox", "/CropBox"):
        page[NameObject(box)] = RectangleObject((0, 0, WIDTH / 2, HEIGHT / 2))
    page[NameObject("/UserUnit")] = FloatObject(2)


@pytest.mark.parametrize(
    "edit",
    [lambda _: None, rotate(90), rotate(180), rotate(270), crop, unit],
    ids=["plain", "90", "180", "270", "cropped", "unit"],
)
def test_the_page_lies_as_it_is_seen(press: Press, own: Load, tmp_path: Path, edit: Edit) -> None:
    ours = look(without_values(press, own(town_pdf(edit))), tmp_path)
    plain = look(without_values(press, own(town_pdf())), tmp_path)
    assert not differs(ours, plain)
    seen = look(town_pdf(), tmp_path)
    assert ours.getpixel((80, 55)) == seen.getpixel((80, 55)) != (255, 255, 255)
    assert ours.getpixel((80, HEIGHT - 80)) == seen.getpixel((80, HEIGHT - 80)) != (255, 255, 255)
    assert ours.getpixel((WIDTH - 80, HEIGHT - 80)) == (255, 255, 255)


def test_values_lie_over_it_and_both_can_be_read(press: Press, own: Load, tmp_path: Path) -> None:
    _, pdf = printed(press, own(town_pdf()))
    (tmp_path / "a.pdf").write_bytes(pdf)
    text = subprocess.run(
        ["pdftotext", tmp_path / "a.pdf", "-"], capture_output=True, check=True
    ).stdout.decode()
    assert "見本　太郎" in text
    assert "TOWN OWN FORM" in text
    blank = look(without_values(press, own(town_pdf())), tmp_path)
    left, top, right, bottom = ImageChops.difference(look(pdf, tmp_path), blank).getbbox() or (0, 0, 0, 0)
    name = [edge * 72 / 25.4 for edge in (60, 80, 140, 90)]
    assert name[0] <= left < right <= name[2]
    assert name[1] <= top < bottom <= name[3]


def test_each_page_has_its_own(press: Press, own: Load, tmp_path: Path) -> None:
    page = OWN[OWN.index("  - blocks") :]
    text = OWN + page + page.replace("  - blocks:", "  - background_page: none\n    blocks:")
    _, pdf = printed(press, own(town_pdf(pages=2), text))
    bars = [look(pdf, tmp_path, page).getpixel((400, 60)) for page in (1, 2, 3)]
    assert bars[0] != (255, 255, 255)
    assert bars[1:] == [(255, 255, 255)] * 2
    assert look(pdf, tmp_path, 3).getpixel((80, HEIGHT - 80)) == (255, 255, 255)


def test_title_language_and_reading_order_are_ours(press: Press, own: Load, tmp_path: Path) -> None:
    def name_it(writer: pypdf.PdfWriter) -> None:
        writer.add_metadata({"/Title": "secret title", "/Author": "somebody"})
        writer.root_object[NameObject("/Lang")] = TextStringObject("en-US")

    _, pdf = printed(press, own(town_pdf(name_it)))
    assert b"secret title" not in pdf
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert reader.metadata is not None
    assert reader.metadata.title == "T01 町の用紙"
    catalog = reader.root_object
    assert catalog["/Lang"] == "ja-JP"
    assert catalog["/MarkInfo"]["/Marked"]
    (tmp_path / "a.pdf").write_bytes(pdf)
    told = subprocess.run(["pdfinfo", "-struct-text", tmp_path / "a.pdf"], capture_output=True, check=True)
    assert "見本　太郎" in told.stdout.decode()
    assert "TOWN" not in told.stdout.decode()


def field_with_look(flags: int, state: str = "") -> Edit:
    """A form field in the middle of the page whose look is a green rectangle."""

    def edit(writer: pypdf.PdfWriter) -> None:
        drawn = DecodedStreamObject()
        drawn.set_data(b"0 1 0 rg 0 0 10 10 re f")
        drawn[NameObject("/BBox")] = ArrayObject(map(FloatObject, (0, 0, 10, 10)))
        form = writer._add_object(drawn)
        looks = DictionaryObject({NameObject("/Yes"): form}) if state else form
        field = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Widget"),
                NameObject("/FT"): NameObject("/Tx"),
                NameObject("/T"): TextStringObject("name"),
                NameObject("/F"): NumberObject(flags),
                NameObject("/Rect"): RectangleObject((250, 300, 350, 400)),
                NameObject("/AP"): DictionaryObject({NameObject("/N"): looks}),
            }
        )
        if state:
            field[NameObject("/AS")] = NameObject(state)
        reference = writer._add_object(field)
        writer.pages[0][NameObject("/Annots")] = ArrayObject([reference])
        writer.root_object[NameObject("/AcroForm")] = DictionaryObject(
            {
                NameObject("/Fields"): ArrayObject([reference]),
                NameObject("/NeedAppearances"): BooleanObject(True),
            }
        )

    return edit


@pytest.mark.parametrize(
    ("flags", "state", "seen"),
    [
        (4, "", True),
        (4, "/Yes", True),
        (4, "/Off", False),
        (0, "", False),
        (4 | 2, "", False),
        (4 | 32, "", True),
    ],
)
def test_a_field_looks_as_it_is_printed_and_is_none_any_more(
    press: Press, own: Load, tmp_path: Path, flags: int, state: str, seen: bool
) -> None:
    _, pdf = printed(press, own(town_pdf(field_with_look(flags, state))))
    assert (look(pdf, tmp_path).getpixel((300, HEIGHT - 350)) == (0, 255, 0)) is seen
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert "/AcroForm" not in reader.root_object
    assert "/Annots" not in reader.pages[0]
    assert reader.get_fields() is None


def test_notes_links_and_scripts_stay_behind(press: Press, own: Load, tmp_path: Path) -> None:
    def edit(writer: pypdf.PdfWriter) -> None:
        writer.add_annotation(0, FreeText(text="call 0000", rect=(200, 200, 300, 250)))
        writer.add_uri(0, "https://example.org", RectangleObject((10, 10, 90, 90)))
        writer.add_attachment("list.txt", b"attached")
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(
            {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
        )

    _, pdf = printed(press, own(town_pdf(edit)))
    for left in (b"app.alert", b"example.org", b"attached", b"/JavaScript", b"/Annots"):
        assert left not in pdf


@pytest.mark.parametrize("way", ["resources", "look", "group"])
def test_what_leads_back_to_a_page_brings_nothing_along(press: Press, own: Load, way: str) -> None:
    def edit(writer: pypdf.PdfWriter) -> None:
        page = writer.pages[0]
        script = DictionaryObject(
            {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
        )
        page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): script})
        if way == "look":
            field_with_look(4, "")(writer)
            look = page["/Annots"][0].get_object()["/AP"]["/N"].get_object()  # type: ignore[index]
            look[NameObject("/PieceInfo")] = ArrayObject([page.indirect_reference])
        elif way == "group":
            page[NameObject("/Group")] = DictionaryObject({NameObject("/Of"): page.indirect_reference})
        else:
            known = DictionaryObject({NameObject("/P"): page.indirect_reference, NameObject("/Q"): script})
            page[NameObject("/Resources")][NameObject("/Properties")] = known  # type: ignore[index]

    _, pdf = printed(press, own(town_pdf(edit)))
    assert b"app.alert" not in pdf
    assert pdf.count(b"/MediaBox") == 1


def test_a_page_that_lies_above_the_values_is_refused(press: Press, own: Load) -> None:
    form, pdf = printed(press, own(town_pdf()))
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(pdf)))
    page = writer.pages[0]
    contents = page["/Contents"]
    page[NameObject("/Contents")] = ArrayObject([contents[1], contents[0]])  # type: ignore[index]
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(PaperMismatchError) as caught:
        verify_pdf(out.getvalue(), form)
    assert caught.value.details["what"] in {"underlay", "unreadable"}


def test_a_page_that_is_missing_is_refused(press: Press, own: Load) -> None:
    form, pdf = printed(press, own(town_pdf()))
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(pdf)))
    writer.pages[0][NameObject("/Contents")] = writer.pages[0]["/Contents"][1]  # type: ignore[index]
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(PaperMismatchError) as caught:
        verify_pdf(out.getvalue(), form)
    assert caught.value.details["what"] == "underlay"


def dynamic_xfa(writer: pypdf.PdfWriter) -> None:
    writer.root_object[NameObject("/NeedsRendering")] = BooleanObject(True)


def hidden_layer(writer: pypdf.PdfWriter) -> None:
    layer = writer._add_object(DictionaryObject({NameObject("/Type"): NameObject("/OCG")}))
    shown = DictionaryObject({NameObject("/OFF"): ArrayObject([layer])})
    writer.root_object[NameObject("/OCProperties")] = DictionaryObject(
        {NameObject("/OCGs"): ArrayObject([layer]), NameObject("/D"): shown}
    )


def broken_content(writer: pypdf.PdfWriter) -> None:
    broken = DecodedStreamObject()
    broken.set_data(b"no deflated data at all")
    broken[NameObject("/Filter")] = NameObject("/FlateDecode")
    writer.pages[0][NameObject("/Contents")] = writer._add_object(broken)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (town_pdf(dynamic_xfa), "動的 XFA"),
        (town_pdf(hidden_layer), "表示しないレイヤー"),
        (town_pdf(unit)[:-900], "壊れているか"),
        (town_pdf(broken_content), "壊れているか"),
        (town_pdf(lambda w: w.encrypt("", "owner", algorithm="RC4-128")), "暗証番号か編集の制限"),
        (b"%PDF-1.7\n" + bytes(20_000_001), "大きすぎます"),
    ],
    ids=["xfa", "layer", "cut off", "broken", "locked", "large"],
)
def test_what_cannot_be_laid_under_is_told_at_its_line(own: Load, data: bytes, told: str) -> None:
    with pytest.raises(DataFileError) as caught:
        own(data)
    assert told in str(caught.value.details["problem"])
    assert caught.value.details["line"] == OWN.splitlines().index("background: background.pdf") + 1
