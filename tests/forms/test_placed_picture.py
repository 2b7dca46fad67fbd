"""The chip's own picture of a name or address: taken from its PNG, put in a box, drawn as it is."""

import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from kakanai.cardreader.pictures import PictureError, to_text_picture
from kakanai.cardreader.text_picture import ADDRESS_CHARACTERS, NAME_CHARACTERS, TextPicture
from kakanai.forms.filled import FilledForm, FindingKind, PlacedText
from kakanai.forms.fontfiles import FontRole
from kakanai.forms.placed_picture import PlacedPicture, place_picture
from kakanai.forms.read_back import verify_pdf
from kakanai.forms.template import Box, Fit, FormTemplate
from kakanai.reception.facts import Facts
from tests.forms.conftest import HEAD, Press

Load = Callable[..., FormTemplate]
NO_GLYPH = "辻\U000e0100　例示"
NAMES = (
    HEAD
    + "      - {height: 9, width: 60, field: visitor.name, style: name}\n"
    + "      - {height: 3, width: 20, field: householder.name, style: name}\n"
)


def png(width: int, height: int, *black: tuple[int, int, int, int], mode: str = "1") -> bytes:
    """White with black rectangles (left, top, right, bottom; the last two not included)."""
    image = Image.new("L", (width, height), 255)
    for box in black:
        image.paste(0, box)
    out = io.BytesIO()
    image.convert(mode).save(out, "PNG")
    return out.getvalue()


def words(data: bytes, line_characters: int = NAME_CHARACTERS) -> TextPicture:
    return to_text_picture(data, line_characters=line_characters)


@pytest.mark.parametrize("mode", ["1", "L", "RGB"])
@pytest.mark.parametrize("side", [12, 24])
def test_the_white_after_the_words_is_left_out(mode: str, side: int) -> None:
    picture = words(png(18 * side, side, (1, 2, 4 * side - 3, side - 1), mode=mode))
    assert (picture.width, picture.height, picture.line_px, picture.lines) == (4 * side - 3, side, side, 1)
    assert picture.grey == Image.open(io.BytesIO(picture.png)).tobytes()
    assert Image.open(io.BytesIO(picture.png)).mode == "L"
    assert picture.grey.count(0) == (4 * side - 4) * (side - 3)


def test_lines_are_those_with_words() -> None:
    picture = words(png(288, 48, (0, 0, 288, 12), (0, 12, 20, 20)), ADDRESS_CHARACTERS)
    assert (picture.width, picture.height, picture.line_px, picture.lines) == (288, 24, 12, 2)


def test_a_picture_of_another_make_is_one_line() -> None:
    picture = words(png(100, 31, (0, 0, 50, 31)))
    assert (picture.width, picture.height, picture.lines) == (50, 31, 1)


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n", png(216, 12), png(216, 12, (0, 0, 9, 9))[:-20]])
def test_what_shows_no_words_is_refused(data: bytes) -> None:
    with pytest.raises(PictureError):
        words(data)


PICTURE = words(png(216, 12, (0, 0, 60, 12)))  # five characters of 12 pixels


def placed(box: Box, size: float, least: float = 6.0, align: str = "left") -> PlacedPicture | None:
    fit = Fit(FontRole.PERSONAL, size, least, 1, align)
    return place_picture(PICTURE, box, fit, "visitor.name", NO_GLYPH)


def test_a_character_is_as_large_as_one_of_a_font() -> None:
    shown = placed(Box(10, 20, 60, 8), 8.0)
    assert shown is not None
    assert shown.box.h == pytest.approx(8 * 25.4 / 72)
    assert shown.box.w == pytest.approx(5 * shown.box.h)
    assert (shown.box.x, shown.box.y + shown.box.h / 2) == (10, pytest.approx(24))
    assert NO_GLYPH not in repr(shown) + repr(shown.picture)


@pytest.mark.parametrize(("align", "left"), [("left", 10.0), ("center", 32.94), ("right", 55.89)])
def test_it_is_aligned_as_text_is(align: str, left: float) -> None:
    shown = placed(Box(10, 20, 60, 8), 8.0, align=align)
    assert shown is not None
    assert shown.box.x == pytest.approx(left, abs=0.01)


def test_pixels_are_never_blown_up() -> None:
    shown = placed(Box(10, 20, 100, 30), 14.0)
    assert shown is not None
    assert shown.box.h == pytest.approx(12 / 96 * 25.4)  # 12 pixels at 96 to the inch: 9 pt


def test_it_shrinks_into_its_box_and_no_further_than_text_may() -> None:
    narrow = placed(Box(10, 20, 12, 8), 9.0)
    assert narrow is not None
    assert narrow.box.w == pytest.approx(12)
    assert placed(Box(10, 20, 10, 8), 9.0) is None
    assert placed(Box(10, 20, 60, 2), 9.0) is None


def fill(press: Press, template: FormTemplate, name: str, *fields: str) -> FilledForm:
    facts = Facts(values={"visitor.name": name, "householder.name": name})
    pictures = dict.fromkeys(fields, PICTURE)
    return press.filler.fill(template, "R8-1121-0001", facts, {}, frozenset(), pictures)


def kinds(form: FilledForm) -> dict[str, FindingKind]:
    return {finding.field: finding.kind for finding in form.findings}


def test_the_picture_stands_in_for_a_name_without_a_glyph(
    press: Press, written: Load, tmp_path: Path
) -> None:
    form = fill(press, written(NAMES), NO_GLYPH, "visitor.name")
    assert kinds(form) == {"visitor.name": FindingKind.PICTURE, "householder.name": FindingKind.NO_GLYPH}
    [shown] = [p for p in form.pages[0].placed if isinstance(p, PlacedPicture)]
    told = next(f.detail for f in form.findings if f.field == "visitor.name")
    assert told == "氏名: 券面の画像を印刷します(9pt)"
    form = press.filler.fill(
        written(NAMES),
        "R8-1121-0001",
        Facts(values={"visitor.name": NO_GLYPH}),
        {},
        frozenset(),
        {"visitor.name": PICTURE},
    )
    pdf = press.renderer.render(form)
    assert pdf == press.renderer.render(form)
    verify_pdf(pdf, form)
    (tmp_path / "a.pdf").write_bytes(pdf)
    subprocess.run(
        ["pdftoppm", "-r", "288", "-gray", "-singlefile", tmp_path / "a.pdf", tmp_path / "a"], check=True
    )
    page = Image.open(tmp_path / "a.pgm")
    box = shown.box
    inside = page.crop(
        tuple(round(edge * 288 / 25.4) for edge in (box.x, box.y, box.x + box.w, box.y + box.h))
    )
    assert sum(inside.histogram()[:60]) > 0.97 * inside.width * inside.height
    beside = page.crop(
        tuple(round(e * 288 / 25.4) for e in (box.x + box.w + 0.3, box.y, box.x + box.w + 20, box.y + box.h))
    )
    assert beside.getextrema() == (255, 255)


def test_the_picture_is_not_used_where_there_is_a_glyph(press: Press, written: Load) -> None:
    form = fill(press, written(NAMES), "辻　例", "visitor.name", "householder.name")
    assert not [p for p in form.pages[0].placed if isinstance(p, PlacedPicture)]
    assert [p.lines for p in form.pages[0].placed if isinstance(p, PlacedText) and p.field == "visitor.name"]


def test_a_picture_that_is_too_large_is_told(press: Press, written: Load) -> None:
    text = NAMES.replace("height: 3", "height: 2")
    form = fill(press, written(text), NO_GLYPH, "visitor.name", "householder.name")
    [finding] = form.stopping
    assert (finding.field, finding.kind) == ("householder.name", FindingKind.NO_GLYPH)
    assert finding.detail.endswith("(U+8FBB U+E0100)。券面の画像も枠に入りません")
