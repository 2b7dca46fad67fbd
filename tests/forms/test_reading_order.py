"""What a screen reader is told: every word and value of a page, in the order the form is read."""

import io
import re
import subprocess
from collections.abc import Callable, Iterator
from typing import Any

import pypdf
import pytest

from kakanai.forms.filled import PlacedMark, PlacedText
from kakanai.forms.reading_order import FIGURE, PageReading
from kakanai.forms.template import Box, Caption, FormTemplate, QrBox
from kakanai.reception.facts import Facts
from tests.forms.conftest import HEAD, SHIPPED, Press
from tests.forms.poppler import tool

Load = Callable[..., FormTemplate]
NAME = "渡邊\U000e0108　仮名"

ROWS = """\
      - table:
          side: 窓口
          rows:
            - height: 9
              cells: [{label: 住所, w: 20}, {field: visitor.address, style: address}]
            - height: 9
              cells: [{label: 氏名, w: 20}, {field: visitor.name, style: name}]
      - {height: 9, text: おわり}
"""


def read_aloud(pdf: bytes) -> list[str]:
    """The words in the order of the structure tree, as poppler reads them."""
    return re.findall(r'^ *"(.*)"$', tool("pdfinfo", pdf, "-struct-text", "-").decode(), re.MULTILINE)


def structure(pdf: bytes) -> tuple[pypdf.PdfReader, Any]:
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    return reader, reader.root_object["/StructTreeRoot"]


def leaves(element: Any) -> Iterator[Any]:
    """The elements that hold marked contents."""
    for kid in element["/K"]:
        kid = kid.get_object()
        if isinstance(kid["/K"][0], int):
            yield kid
        else:
            yield from leaves(kid)


def test_a_value_follows_its_label_and_a_heading_at_the_side_comes_first(press: Press, written: Load) -> None:
    facts = Facts(values={"visitor.name": NAME, "visitor.address": "北海道北見市架空町１丁目２番３号"})
    form = press.filler.fill(written(HEAD + ROWS), "R8-1121-0001", facts, {})
    told = [words.replace("\u3000", " ") for words in read_aloud(press.renderer.render(form))]
    wanted = [
        "窓口",
        "住所",
        "北海道北見市架空町１丁目２番３号",
        "氏名",
        NAME.replace("\u3000", " "),
        "おわり",
    ]
    assert [words for words in told if words in wanted] == wanted


@pytest.mark.parametrize("form", SHIPPED)
def test_every_marked_content_is_read_once(press: Press, form: str) -> None:
    filled = press.sample(form)
    pdf = press.renderer.render(filled)
    reader, root = structure(pdf)
    document = root["/K"]
    assert (document["/S"], len(document["/K"])) == ("/Document", len(filled.pages))
    parents = root["/ParentTree"]["/Nums"]
    for number, (page, sheet) in enumerate(zip(reader.pages, filled.pages, strict=True)):
        content = page.get_contents().get_data()
        numbers = [int(found) for found in re.findall(rb"/MCID (\d+)>> BDC", content)]
        assert numbers == list(range(len(numbers)))
        assert content.count(b" BDC") + content.count(b" BMC") == len(re.findall(rb"\bEMC\b", content))
        section = document["/K"][number].get_object()
        read = [(kid, mcid) for kid in leaves(section) for mcid in kid["/K"]]
        assert sorted(mcid for _, mcid in read) == numbers
        assert page["/StructParents"] == parents[2 * number] == number
        owners = parents[2 * number + 1].get_object()
        for kid, mcid in read:
            assert owners[mcid].get_object() == kid
            assert kid.raw_get("/P").get_object() == section
            assert kid["/Pg"] == page
        words = [e for e in sheet.elements if isinstance(e, Caption) and e.text]
        values = [p for p in sheet.placed if not isinstance(p, PlacedMark)]
        pictures = [p for p in sheet.placed if isinstance(p, PlacedMark)]
        pictures += [e for e in sheet.elements if isinstance(e, QrBox)]
        assert len(numbers) == len(words) + len(values) + len(pictures)
        assert sum(kid["/S"] == "/Figure" for kid in leaves(section)) == len(pictures)


def test_pictures_have_words_and_lines_are_not_read(press: Press) -> None:
    filled = press.sample("F05")
    pdf = press.renderer.render(filled)
    reader, root = structure(pdf)
    figures = [kid for kid in leaves(root["/K"]) if kid["/S"] == "/Figure"]
    told = {str(kid["/Alt"]) for kid in figures}
    assert any(words.startswith("二次元コード R8-1121-0001/F05/") for words in told)
    assert told - {"選択"} != told
    content = reader.pages[0].get_contents().get_data()
    depth, drawn_outside = 0, 0
    for line in content.splitlines():
        depth += line.endswith((b"BDC", b"BMC")) - (line == b"EMC")
        drawn_outside += depth == 0 and bool(re.search(rb"\b(S|f|B|Tj|Do)\b", line))
    assert drawn_outside == 0


def test_the_document_says_what_it_is(press: Press) -> None:
    pdf = press.renderer.render(press.sample("F05"))
    told = subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    assert re.search(r"^Tagged: +yes$", told, re.MULTILINE)
    root = pypdf.PdfReader(io.BytesIO(pdf)).root_object
    assert root["/Lang"] == "ja-JP"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert root["/MarkInfo"]["/Marked"].value is True


def test_characters_in_a_row_of_cells_are_one_value(press: Press, written: Load) -> None:
    template = written(HEAD + "      - {height: 9, comb: account.number, count: 7}\n")
    form = press.filler.fill(template, "R8-1121-0001", Facts(values={"account.number": "1234567"}), {})
    cells = [p for p in form.pages[0].placed if isinstance(p, PlacedText) and p.field == "account.number"]
    assert len(cells) == 7
    pdf = press.renderer.render(form)
    assert [len(kid["/K"]) for kid in leaves(structure(pdf)[1]["/K"]) if len(kid["/K"]) > 1] == [7]
    assert "\n".join("1234567") in "\n".join(read_aloud(pdf))


def test_a_picture_in_its_box_is_read_where_the_box_is() -> None:
    reading = PageReading({Box(0, 0, 50, 10): 3.0, Box(0, 10, 50, 10): 5.0})
    reading.note(Box(20, 12, 10, 6))
    reading.note(Box(20, 2, 10, 6), FIGURE, "印")
    reading.note(Box(100, 100, 5, 5))
    assert [one.position for one in reading.heard] == [5.0, 3.0, float("inf")]
    assert [numbers for _, numbers in reading.elements(1, 2)] == [[1], [0], [2]]
