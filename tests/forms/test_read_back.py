"""Reading paper back: what was meant is found, and whatever else a PDF shows is refused."""

import io
import re
import struct
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from pypdf.actions import JavaScript
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, NumberObject, RectangleObject

from kakanai.cardreader.text_picture import TextPicture
from kakanai.forms import read_back
from kakanai.forms.errors import PaperMismatchError
from kakanai.forms.filled import FilledForm, PlacedDigits, PlacedMark, PlacedText
from kakanai.forms.placed_picture import PlacedPicture
from kakanai.forms.read_back import verify_pdf
from kakanai.forms.samples import sample_facts
from kakanai.forms.template import Box, Caption, FormTemplate
from kakanai.forms.template_words import WordMemory
from kakanai.identity.birth_date import BirthDate
from kakanai.identity.my_number import MyNumber
from kakanai.reception.facts import Facts
from tests.forms.conftest import HEAD, Press

Load = Callable[..., FormTemplate]

TEXT = (
    HEAD.replace("id: T01", "id: F09").replace("my_number: never", "my_number: by-law")
    + """\
      - {height: 9, my_number: visitor}
      - {height: 10, width: 80, field: visitor.name, style: name}
      - {height: 10, width: 80, field: householder.name, style: name}
      - {height: 12, width: 60, field: visitor.address, style: address, lines: 2}
      - {height: 8, era_date: visitor.birth_date}
      - height: 8
        checks: householder.is_visitor
        options: {"yes": はい, "no": いいえ}
      - {height: 8, comb: visitor.postal, count: 7}
"""
)
VALUES = {
    "visitor.name": "渡\U0002000b\u8fbb\U000e0102　太郎",
    "householder.name": "邉　例示",
    "visitor.address": "東京都架空区見本町一丁目二番三号　見本マンション４０５号室",
    "visitor.birth_date": BirthDate(1980, 2, 17),
    "householder.is_visitor": "yes",
    "visitor.postal": "090-0012",
}
NUMBER = MyNumber("123456789018")

Paper = tuple[FilledForm, bytes]


@pytest.fixture(params=["first", "known"])
def paper(
    press: Press, written: Load, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Paper:
    """A form and its PDF, before and after the words of its template are known."""
    monkeypatch.setattr(read_back, "_MEMORY", WordMemory())
    form = press.filler.fill(
        written(TEXT, form="F09"), "R8-1121-0001", Facts(values=dict(VALUES)), {"visitor": NUMBER}
    )
    assert not form.stopping
    pdf = press.renderer.render(form)
    if request.param == "known":
        verify_pdf(pdf, form)
    return form, pdf


Change = Callable[[bytes], bytes]


def same(data: bytes) -> bytes:
    return data


def changed(pdf: bytes, content: Change = same, fonts: dict[str, tuple[str, Change]] | None = None) -> bytes:
    """The PDF with the content of its pages, or a stream of named fonts, changed."""
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(pdf)))
    for page in writer.pages:
        contents = page.get_contents()
        assert contents is not None
        new = DecodedStreamObject()
        new.set_data(content(contents.get_data()))
        page[NameObject("/Contents")] = writer._add_object(new)
    for name, (key, change) in (fonts or {}).items():
        font = writer.pages[0]["/Resources"]["/Font"][name]
        owner = font if key in font else font["/FontDescriptor"]
        new = DecodedStreamObject()
        new.set_data(change(owner[key].get_data()))
        owner[NameObject(key)] = writer._add_object(new)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def refusal(pdf: bytes, form: FilledForm, watermark: str = "") -> str:
    """What the comparison says, `field what`."""
    with pytest.raises(PaperMismatchError) as caught:
        verify_pdf(pdf, form, watermark=watermark)
    assert "太郎" not in str(caught.value) + repr(caught.value)
    assert caught.value.__suppress_context__
    return f"{caught.value.details['field']} {caught.value.details['what']}"


def text_line(pdf: bytes, line: str) -> tuple[bytes, str]:
    """The operators that show a line, and the name of the font of its first character."""
    page = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]
    from kakanai.forms.content_reader import read_page
    from kakanai.forms.finished_pdf import FinishedPdf

    finished = next(FinishedPdf(pdf).pages())
    contents = page.get_contents()
    assert contents is not None
    for found in re.finditer(rb"BT .*? ET", contents.get_data(), re.DOTALL):
        [shown] = read_page(found[0] + b"\n", 0, finished.fonts).texts or [None]
        if shown is not None and shown.text == line:
            return found[0], shown.codes[0][0]
    raise LookupError(line)


def test_paper_as_it_was_meant_is_let_through(paper: Paper) -> None:
    form, pdf = paper
    verify_pdf(pdf, form)
    verify_pdf(changed(pdf), form)


def test_a_page_that_says_something_else_is_refused(paper: Paper) -> None:
    form, pdf = paper

    def other(field: str, **values: object) -> FilledForm:
        page = form.pages[0]
        placed = tuple(
            replace(p, **values) if isinstance(p, PlacedText) and p.field == field else p for p in page.placed
        )
        return replace(form, pages=(replace(page, placed=placed),))

    name = VALUES["visitor.name"]
    assert isinstance(name, str)
    assert refusal(pdf, other("visitor.name", lines=(name.replace("\U000e0102", ""),))) == "visitor.name text"
    assert refusal(pdf, other("visitor.name", lines=(name + "　",))) == "visitor.name text"
    assert refusal(pdf, other("visitor.name", lines=(name.replace("\u3000", " "),))) == "visitor.name text"
    assert refusal(pdf, other("visitor.name", size_pt=12.0)) == "visitor.name place"
    assert refusal(pdf, other("visitor.name", box=Box(18, 25, 80, 9))) == "visitor.name place"
    two = next(p for p in form.pages[0].placed if isinstance(p, PlacedText) and p.field == "visitor.address")
    assert len(two.lines) == 2
    assert refusal(pdf, other("visitor.address", lines=two.lines[::-1])) == "visitor.address order"
    assert refusal(pdf, other("visitor.address", lines=two.lines[:1])) == "visitor.address place"


def test_swapped_names_are_refused(paper: Paper) -> None:
    form, pdf = paper
    one, other = (text_line(pdf, str(VALUES[f]))[0] for f in ("visitor.name", "householder.name"))
    place = re.compile(rb"^BT 1 0 0 1 \S+ \S+ Tm ")
    at_one, at_other = place.match(one), place.match(other)
    assert at_one is not None
    assert at_other is not None

    def swap(data: bytes) -> bytes:
        swapped = one.replace(at_one[0], at_other[0])
        return data.replace(other, other.replace(at_other[0], at_one[0])).replace(one, swapped)

    assert refusal(changed(pdf, swap), form) == "visitor.name place"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda line: b"", "visitor.name text"),
        (lambda line: line + b" " + line, "- extra"),
        (lambda line: line.replace(b"1 0 0 1 ", b"1 0 0 1 1"), "visitor.name place"),
        (lambda line: b"1 g " + line + b" 0 g", "visitor.name text"),
        (lambda line: b"3 Tr " + line, "- unreadable"),
        (lambda line: line.replace(b"1 0 0 1", b"1 0 .3 1"), "- unreadable"),
        (lambda line: line.replace(b" 1 0 0 1", b" -1 0 0 1"), "- unreadable"),
        (lambda line: line + b" 1 g 0 0 400 500 re f 0 g", "- covered"),
    ],
)
def test_a_name_that_is_shown_otherwise_is_refused(paper: Paper, change: Change, told: str) -> None:
    form, pdf = paper
    line, _ = text_line(pdf, str(VALUES["visitor.name"]))
    assert refusal(changed(pdf, lambda data: data.replace(line, change(line))), form) == told


def test_a_table_that_reads_otherwise_is_refused(paper: Paper) -> None:
    form, pdf = paper
    _, font = text_line(pdf, str(VALUES["visitor.name"]))

    def one_byte(table: bytes) -> bytes:
        at = table.index(b"6E21")  # 渡
        return table[:at] + b"6E22" + table[at + 4 :]

    broken = changed(pdf, fonts={f"/{font}": ("/ToUnicode", one_byte)})
    assert refusal(broken, form) == "visitor.name text"
    reads_like_base = changed(
        pdf, fonts={f"/{font}": ("/ToUnicode", lambda table: table.replace(b"8FBBDB40DD02", b"8FBB"))}
    )
    assert refusal(reads_like_base, form) == "visitor.name text"


def exchange_glyphs(file: bytes) -> bytes:
    """Exchange the outlines of two neighbouring glyphs, as their codes see it."""
    (tables,) = struct.unpack_from(">H", file, 4)
    for number in range(tables):
        tag, _, offset, length = struct.unpack_from(">4sLLL", file, 12 + 16 * number)
        if tag == b"cmap":
            data = bytearray(file)
            glyphs = offset + 12 + 10
            assert length > 30
            data[glyphs + 2 : glyphs + 6] = data[glyphs + 4 : glyphs + 6] + data[glyphs + 2 : glyphs + 4]
            return bytes(data)
    raise LookupError


def test_exchanged_glyphs_are_refused(paper: Paper) -> None:
    form, pdf = paper
    for line, field in ((str(VALUES["visitor.name"]), "visitor.name"), ("はい", "-")):
        _, font = text_line(pdf, line)
        assert refusal(changed(pdf, fonts={f"/{font}": ("/FontFile2", exchange_glyphs)}), form).endswith(
            "glyph"
        )
        assert field


def test_an_outline_that_differs_in_one_point_is_refused(paper: Paper) -> None:
    form, pdf = paper
    _, font = text_line(pdf, str(VALUES["visitor.name"]))

    def bend(file: bytes) -> bytes:
        tables = {}
        for number in range(struct.unpack_from(">H", file, 4)[0]):
            tag, _, offset, length = struct.unpack_from(">4sLLL", file, 12 + 16 * number)
            tables[tag] = (offset, length)
        data = bytearray(file)
        at = tables[b"glyf"][0] + tables[b"glyf"][1] // 2
        data[at] ^= 0x01
        return bytes(data)

    assert refusal(changed(pdf, fonts={f"/{font}": ("/FontFile2", bend)}), form).endswith("glyph")


MARK = re.compile(rb"n \S+ \S+ m \S+ \S+ l \S+ \S+ l\s+S")
CIRCLE = re.compile(rb"n\s+\S+ \S+ m(?:\s+\S+ \S+ \S+ \S+ \S+ \S+ c)+\s+S")


@pytest.mark.parametrize(
    ("mark", "field"), [(MARK, "householder.is_visitor"), (CIRCLE, "visitor.birth_date")]
)
def test_marks_are_counted_and_in_place(paper: Paper, mark: re.Pattern[bytes], field: str) -> None:
    form, pdf = paper
    found: list[bytes] = []

    def moved(data: bytes) -> bytes:
        found.extend(mark.findall(data))
        return mark.sub(lambda m: b"q 1 0 0 1 30 0 cm " + m[0] + b" Q", data)

    assert refusal(changed(pdf, moved), form) == f"{field} mark"
    assert len(found) == 1
    assert refusal(changed(pdf, lambda data: mark.sub(b"", data)), form) == f"{field} mark"
    assert refusal(changed(pdf, lambda data: mark.sub(lambda m: m[0] + b" " + m[0], data)), form) == "- extra"
    covered = b" 1 g 0 0 400 500 re f 0 g"
    assert refusal(changed(pdf, lambda data: mark.sub(lambda m: m[0] + covered, data)), form) == "- covered"


def test_the_wrong_option_is_refused(paper: Paper) -> None:
    form, pdf = paper
    page = form.pages[0]
    checks = [e.box for e in page.elements if getattr(e, "variable", "") == "householder.is_visitor"]
    placed = tuple(
        replace(p, box=checks[1]) if isinstance(p, PlacedMark) and p.shape == "check" else p
        for p in page.placed
    )
    assert refusal(pdf, replace(form, pages=(replace(page, placed=placed),))) == "householder.is_visitor mark"


def test_digits_of_the_number_stand_in_their_cells(paper: Paper) -> None:
    form, pdf = paper
    page = form.pages[0]

    def other(number: str, first: int = 0) -> FilledForm:
        placed = tuple(
            PlacedDigits((*p.boxes[first:], *p.boxes[:first]), MyNumber(number))
            if isinstance(p, PlacedDigits)
            else p
            for p in page.placed
        )
        return replace(form, pages=(replace(page, placed=placed),))

    verify_pdf(pdf, other("123456789018"))
    assert refusal(pdf, other("100000000110")).startswith("個人番号 ")
    assert refusal(pdf, other("123456789018", 1)) == "個人番号 place"


def test_words_of_the_form_are_all_there(paper: Paper) -> None:
    form, pdf = paper
    line, _ = text_line(pdf, "いいえ")
    assert refusal(changed(pdf, lambda data: data.replace(line, b"")), form) == "- text"
    page = form.pages[0]
    more = replace(page, elements=(*page.elements, Caption(Box(20, 100, 30, 4), "はい", 8)))
    assert refusal(pdf, replace(form, pages=(more,))) == "- text"
    elsewhere = tuple(
        replace(e, box=replace(e.box, y=e.box.y + 40)) if isinstance(e, Caption) and e.text == "いいえ" else e
        for e in page.elements
    )
    assert refusal(pdf, replace(form, pages=(replace(page, elements=elsewhere),))) == "- place"


def test_the_code_is_that_of_this_page(paper: Paper) -> None:
    form, pdf = paper
    assert refusal(pdf, replace(form, case_number="R8-1121-0002")) in {"- qr", "case.number text"}
    square = re.compile(rb"(\d+ \d+ \d+ 1 re )(\d+ \d+ \d+ 1 re f)")
    assert refusal(changed(pdf, lambda data: square.sub(rb"\2", data)), form) == "- qr"


def test_the_watermark_of_training_is_one_of_its_own(paper: Paper, press: Press) -> None:
    form, pdf = paper
    marked = press.renderer.render(form, watermark="見本")
    verify_pdf(marked, form, watermark="見本")
    verify_pdf(marked, form, watermark="見本")
    assert refusal(marked, form) == "- extra"
    assert refusal(pdf, form, watermark="見本") == "- text"


def test_pages_are_all_there_and_plain(paper: Paper) -> None:
    form, pdf = paper

    def edited(change: Callable[[pypdf.PdfWriter], object]) -> bytes:
        writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(pdf)))
        change(writer)
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()

    def put(entry: str, value: object) -> Callable[[pypdf.PdfWriter], object]:
        return lambda writer: writer.pages[0].__setitem__(NameObject(entry), value)

    assert refusal(edited(lambda w: w.add_blank_page(419.5, 595.3)), form) == "- pages"
    assert refusal(edited(put("/Rotate", NumberObject(180))), form) == "- size"
    assert refusal(edited(put("/CropBox", RectangleObject((0, 0, 300, 595)))), form) == "- size"
    assert refusal(edited(put("/MediaBox", RectangleObject((0, 0, 595, 842)))), form) == "- size"
    assert refusal(edited(lambda w: w.add_open_action(JavaScript("app.alert(1)"))), form) == "- extra"
    assert refusal(edited(lambda w: w.encrypt("secret", algorithm="RC4-128")), form) == "- extra"
    link = DictionaryObject({NameObject("/Subtype"): NameObject("/Link")})
    assert refusal(edited(lambda w: w.add_annotation(0, link)), form) == "- size"


@pytest.mark.parametrize("damage", [b"", b"%PDF-1.7", b"not a PDF"])
def test_what_is_no_pdf_is_refused(paper: Paper, damage: bytes) -> None:
    assert refusal(damage, paper[0]) == "- unreadable"


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_cut_off_pdf_is_refused(paper: Paper, part: float) -> None:
    form, pdf = paper
    assert refusal(pdf[: int(len(pdf) * part)], form) == "- unreadable"


def test_a_picture_from_the_chip_is_compared_pixel_for_pixel(press: Press, paper: Paper) -> None:
    form, _ = paper
    grey = bytes([0, 255, 255, 0, 128, 255])
    png = _png(3, 2, grey)
    picture = TextPicture(3, 2, 2, grey, png)
    page = form.pages[0]
    shown = PlacedPicture(Box(40, 120, 30, 20), picture, "visitor.name", "辻\U000e0100")
    with_it = replace(form, pages=(replace(page, placed=(*page.placed, shown)),))
    pdf = press.renderer.render(with_it)
    verify_pdf(pdf, with_it)
    verify_pdf(pdf, with_it)
    assert refusal(pdf, form) == "- extra"
    other_pixels = replace(shown, picture=replace(picture, grey=bytes(6)))
    for wrong in (
        other_pixels,
        replace(shown, box=Box(40, 121, 30, 20)),
        replace(shown, box=Box(40, 120, 30, 19)),
        replace(shown, text="辻"),
    ):
        meant = replace(form, pages=(replace(page, placed=(*page.placed, wrong)),))
        assert refusal(pdf, meant) == "visitor.name picture"


def _png(width: int, height: int, grey: bytes) -> bytes:
    import zlib

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))

    rows = b"".join(b"\0" + grey[width * y : width * (y + 1)] for y in range(height))
    header = struct.pack(">LLBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("name", ["F01", "F07", "F09"])
def test_shipped_forms_are_what_they_mean(press: Press, name: str, tmp_path: Path) -> None:
    facts, numbers = sample_facts(press.variables, 3)
    form = press.filler.fill(press.shipped(name), "R8-1121-0001", facts, numbers)
    assert not form.stopping
    pdf = press.renderer.render(form)
    for _ in range(2):  # from the start, and by what was remembered of it
        verify_pdf(pdf, form)
    (tmp_path / "form.pdf").write_bytes(pdf)
    told = subprocess.run(["pdftotext", tmp_path / "form.pdf", "-"], capture_output=True, check=True).stdout
    assert facts.values["visitor.name"].split("　")[0] in told.decode("utf-8")  # type: ignore[union-attr]


def test_no_value_is_remembered(paper: Paper) -> None:
    form, pdf = paper
    verify_pdf(pdf, form)
    [words] = read_back._MEMORY._kept.values()
    kept = "".join(text.text for text in words.texts)
    assert "いいえ" in kept
    assert not set("太郎架空東京室") & set(kept + "".join(t for font in words.fonts for t in font.texts))
    content = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].get_contents()
    assert content is not None
    assert content.get_data().startswith(words.beginning)
    name, _ = text_line(pdf, str(VALUES["visitor.name"]))
    assert name not in words.beginning


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (rb"(0 g\n\.95 g\n)n ", rb"\1n", "- unreadable"),
        (rb"S\n(\S+ w)", rb"S\1", "- unreadable"),
        (rb"Tj T\*", rb"Tj1T*", "- unreadable"),
        (rb"/MCID (\d+)", rb"/MCID\1", "- unreadable"),
        (rb"\.95 g\nn", rb".05 g\nn", "- covered"),
    ],
)
def test_what_a_viewer_cannot_read_or_see_is_refused(
    press: Press, monkeypatch: pytest.MonkeyPatch, old: bytes, new: bytes, told: str
) -> None:
    monkeypatch.setattr(read_back, "_MEMORY", WordMemory())
    form = press.sample("F05")
    pdf = press.renderer.render(form)
    broken = changed(pdf, lambda content: re.sub(old, new, content, count=1))
    assert refusal(broken, form) == told
    verify_pdf(changed(pdf), form)


def test_a_line_as_thick_as_a_name_is_refused(paper: Paper) -> None:
    form, pdf = paper
    for weight in (b"40", b"3", b"3.5"):
        line = weight + b" w\nn 0 400 m 400 400 l S\n"
        assert refusal(changed(pdf, lambda content, line=line: content + line), form) == "- unreadable"


def test_what_a_viewer_might_read_otherwise_is_refused(paper: Paper) -> None:
    form, pdf = paper
    _, font = text_line(pdf, str(VALUES["visitor.name"]))

    def table(file: bytes, wanted: bytes) -> int:
        for number in range(struct.unpack_from(">H", file, 4)[0]):
            tag, _, offset, _ = struct.unpack_from(">4sLLL", file, 12 + 16 * number)
            if tag == wanted:
                return int(offset)
        raise LookupError(wanted)

    def poke(wanted: bytes, at: int, value: int) -> Change:
        def change(file: bytes) -> bytes:
            place = table(file, wanted) + at
            return file[:place] + struct.pack(">H", value) + file[place + 2 :]

        return change

    second_table = changed(pdf, fonts={f"/{font}": ("/FontFile2", poke(b"cmap", 2, 2))})
    assert refusal(second_table, form) == "- unreadable"
    larger = changed(pdf, fonts={f"/{font}": ("/FontFile2", poke(b"head", 18, 512))})
    assert refusal(larger, form) == "visitor.name glyph"
    words_larger = changed(pdf, fonts={"/F1+0": ("/FontFile2", poke(b"head", 18, 512))})
    assert refusal(words_larger, form) == "- glyph"

    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(pdf)))
    writer.pages[0]["/Resources"]["/Font"][f"/{font}"][NameObject("/Encoding")] = NameObject(
        "/WinAnsiEncoding"
    )
    out = io.BytesIO()
    writer.write(out)
    assert refusal(out.getvalue(), form) == "- unreadable"
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(pdf)))
    writer.pages[0][NameObject("/UserUnit")] = NumberObject(2)
    out = io.BytesIO()
    writer.write(out)
    assert refusal(out.getvalue(), form) == "- size"
