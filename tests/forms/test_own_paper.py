"""A town's own paper: its PDF under the boxes, pre-printed stock, landscape; PDFs that are refused."""

import io
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from pypdf.generic import DecodedStreamObject, NameObject

from kakanai.datafile import DataFileError
from kakanai.forms import own_pdf
from kakanai.forms.template import FormTemplate, QrBox
from kakanai.reception.facts import Facts
from tests.forms.conftest import Press

Load = Callable[..., FormTemplate]

OWN = """\
id: T01
title: 町の用紙
version: "1"
valid_from: "2026-11-01"
section: resident
legal_basis: 試験のため
paper: A4
signature: hand
my_number: never
background: background.pdf
pages:
  - blocks:
      - {at: [20, 10], width: 60, height: 4, field: form.mark, style: mark}
      - {at: [100, 10], width: 30, height: 4, field: case.number, style: mark}
      - {at: [150, 10], width: 20, height: 4, field: page.number, style: mark}
      - {at: [60, 80], width: 80, height: 10, field: visitor.name, style: name}
"""


def pdf(*sizes: tuple[float, float], password: str = "", turned: int = 0) -> bytes:
    writer = pypdf.PdfWriter()
    for width, height in sizes:
        page = writer.add_blank_page(width * 72 / 25.4, height * 72 / 25.4)
        if turned:
            page.rotate(turned)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


A4 = (210.0, 297.0)


@pytest.fixture
def on_paper(tmp_path: Path, written: Load) -> Callable[..., FormTemplate]:
    def load(data: bytes | None, text: str = OWN) -> FormTemplate:
        (tmp_path / "T01").mkdir(exist_ok=True)
        if data is not None:
            (tmp_path / "T01" / "background.pdf").write_bytes(data)
        return written(text)

    return load


def problem(load: Callable[..., FormTemplate], data: bytes | None, text: str = OWN) -> tuple[int, str]:
    with pytest.raises(DataFileError) as caught:
        load(data, text)
    return int(caught.value.details["line"]), str(caught.value.details["problem"])


def test_the_pdf_goes_with_the_filled_form(press: Press, on_paper: Load) -> None:
    data = pdf(A4)
    form = press.filler.fill(on_paper(data), "R8-1121-0001", Facts(values={"visitor.name": "見本　太郎"}), {})
    assert form.background == data
    assert not form.values_only
    assert [page.background for page in form.pages] == [0]


def test_pages_choose_their_page_of_the_pdf(press: Press, on_paper: Load) -> None:
    page = OWN[OWN.index("  - blocks") :]
    text = OWN + page.replace("  - blocks:", "  - background_page: 1\n    blocks:")
    text += page.replace("  - blocks:", "  - background_page: none\n    blocks:")
    form = press.filler.fill(on_paper(pdf(A4, A4), text), "R8-1121-0001", Facts(), {})
    assert [page.background for page in form.pages] == [0, 0, None]


def test_pre_printed_paper_bears_values_only(press: Press, on_paper: Load) -> None:
    template = on_paper(None, OWN.replace("background: background.pdf", 'preprinted: "yes"'))
    form = press.filler.fill(template, "R8-1121-0001", Facts(), {})
    assert form.values_only
    assert form.background is None
    assert not any(isinstance(e, QrBox) for e in template.pages[0].elements)  # its paper may have no room


def test_our_own_paper_must_have_a_qr_code(on_paper: Load) -> None:
    line, told = problem(on_paper, None, OWN.replace("background: background.pdf\n", ""))
    assert "QR" in told
    assert line == OWN.splitlines().index("  - blocks:")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (None, "PDF を読めません"),
        (b"", "壊れているか"),
        (b"%PDF-1.7\nthis is no PDF", "壊れているか"),
        (pdf(A4)[:200], "壊れているか"),
        (pdf(A4, password="secret"), "暗証番号か編集の制限"),
        (pdf(), "ページがありません"),
        (pdf((297.0, 210.0)), "297×210mm"),
        (pdf(A4, (148.0, 210.0)), "2 ページ目"),
        (pdf(A4, turned=90), "297×210mm"),
    ],
)
def test_an_unusable_pdf_is_told_at_its_line(on_paper: Load, data: bytes | None, told: str) -> None:
    line, words = problem(on_paper, data)
    assert line == OWN.splitlines().index("background: background.pdf") + 1
    assert told in words


@pytest.mark.parametrize("data", [pdf((297.0, 210.0)), pdf(A4, turned=90), pdf((296.9, 210.0))])
def test_landscape_paper(press: Press, on_paper: Load, data: bytes) -> None:
    template = on_paper(data, OWN.replace("paper: A4\n", 'paper: A4\nlandscape: "yes"\n'))
    assert template.size_mm == (297.0, 210.0)


@pytest.mark.parametrize("name", ["../background.pdf", "/etc/passwd", "background.txt"])
def test_the_pdf_lies_beside_the_form(on_paper: Load, name: str) -> None:
    _, told = problem(on_paper, pdf(A4), OWN.replace("background.pdf", name))
    assert "同じフォルダー" in told


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("  - blocks:", "  - background_page: 2\n    blocks:", "1 から 1"),
        ("signature: hand", 'signature: hand\npreprinted: "yes"', "一緒に使えません"),
        ("background: background.pdf\n", "", "QR"),
    ],
)
def test_what_does_not_go_together_is_refused(on_paper: Load, old: str, new: str, told: str) -> None:
    assert told in problem(on_paper, pdf(A4), OWN.replace(old, new, 1))[1]


def test_more_pages_than_the_pdf_has(on_paper: Load) -> None:
    assert "PDF は 1 ページです" in problem(on_paper, pdf(A4), OWN + OWN[OWN.index("  - blocks") :])[1]


def test_a_page_that_unpacks_to_too_much_is_refused(on_paper: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(A4[0] * 72 / 25.4, A4[1] * 72 / 25.4)
    content = DecodedStreamObject()
    content.set_data(b" " * 5000)
    page[NameObject("/Contents")] = writer._add_object(content.flate_encode())
    out = io.BytesIO()
    writer.write(out)
    assert on_paper(out.getvalue()).background
    monkeypatch.setattr(own_pdf, "_LONGEST_CONTENT", 4000)
    assert "壊れているか" in problem(on_paper, out.getvalue())[1]


def test_a_book_is_no_background(on_paper: Load) -> None:
    assert "多すぎます" in problem(on_paper, pdf(*[A4] * 201))[1]
