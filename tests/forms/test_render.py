"""Paper: exact glyphs that read back as they are, masked previews, a whole PDF or none."""

import re
from collections.abc import Callable

import pytest
from PIL import ImageChops

from kakanai.forms.errors import FindingsOpenError, RenderError
from kakanai.forms.fill import Filler
from kakanai.forms.filled import PlacedDigits
from kakanai.forms.fontfiles import FontRole
from kakanai.forms.fonts import FontShelf
from kakanai.forms.render import Renderer
from kakanai.forms.samples import SAMPLE_MY_NUMBER, sample_facts
from kakanai.forms.template import Box, FormTemplate
from kakanai.reception.facts import Facts
from tests.forms.conftest import CASE_NUMBER, HEAD, Press
from tests.forms.poppler import crop, pictures, text_in, text_of, tool

Load = Callable[..., FormTemplate]

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
    filled = press.filler.fill(template, CASE_NUMBER, Facts(values={"visitor.name": name}), {})
    lines = text_of(press.renderer.render(filled), *way).splitlines()
    assert name in [line.strip(" \f") for line in lines]


def test_two_variants_of_one_character_look_different(press: Press, written: Load) -> None:
    template = written(HEAD + "      - {height: 12, width: 20, field: visitor.name, size: 24}\n")
    looks = []
    for name in ("辻", "辻\U000e0102", "辻\U000e0103"):
        facts = Facts(values={"visitor.name": name})
        pdf = press.renderer.render(press.filler.fill(template, CASE_NUMBER, facts, {}))
        [page] = pictures(pdf)
        looks.append(crop(page, Box(16, 18, 20, 13)))
    assert ImageChops.difference(looks[1], looks[2]).getbbox() is not None
    assert any(ImageChops.difference(looks[0], look).getbbox() is None for look in looks[1:])


def test_equal_input_gives_equal_bytes(press: Press) -> None:
    first = press.renderer.render(press.sample("F05"))
    other = FontShelf()
    facts, numbers = sample_facts(press.variables)
    facts.values["subject.name"] = "渡邊\U000e0108　仮名"
    filled = press.filler.fill(press.shipped("F05"), CASE_NUMBER, facts, numbers)
    between = press.renderer.render(filled)
    assert between != first
    assert press.renderer.render(press.sample("F05")) == first
    assert press.renderer.render(filled) == between
    assert Renderer(other).render(filled) == between


def test_a_preview_shows_no_digit_of_the_number_and_paper_all_of_them(press: Press) -> None:
    filled = press.sample("F09")
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
    filled = press.filler.fill(template, CASE_NUMBER, facts, {})
    with pytest.raises(FindingsOpenError):
        press.renderer.render(filled)
    assert "例示" not in text_of(press.renderer.render(filled, preview=True))


def test_training_sheets_are_marked(press: Press) -> None:
    filled = press.sample("F05")
    marked = press.renderer.render(filled, watermark="練習")
    assert "練習" in text_of(marked)
    assert "練習" not in text_of(press.renderer.render(filled))


def test_a_failure_while_drawing_quotes_no_text(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("見本　太郎")

    filled = press.sample("F05")
    monkeypatch.setattr("reportlab.pdfgen.canvas.Canvas.drawString", fail)
    with pytest.raises(RenderError) as caught:
        press.renderer.render(filled)
    error: BaseException | None = caught.value
    while error is not None:
        assert "見本" not in str(error) + repr(error)
        error = error.__cause__
    assert caught.value.details == {"form": "F05"}


def test_the_document_tells_nothing_personal_about_itself(press: Press) -> None:
    pdf = press.renderer.render(press.sample("F05"))
    told = tool("pdfinfo", pdf, "-").decode()
    assert "F05 印鑑登録証明書交付申請書" in told
    assert "見本　太郎" not in told
    assert "419" in told  # A5: 419.5 x 595.3 pt


def test_two_shelves_in_one_process_draw_the_same_glyphs(press: Press, written: Load) -> None:
    """ReportLab takes a second font of a face for the first; private code points must keep their glyphs."""
    template = written(HEAD + "      - {height: 12, width: 20, field: visitor.name, size: 24}\n")
    first, second = FontShelf(), FontShelf()
    for shelf, names in ((first, ["渡邊\U000e0108"]), (second, ["辻\U000e0102", "渡邊\U000e0108"])):
        for name in names:
            shelf.drawable(FontRole.PERSONAL, name)
    looks = []
    for shelf in (first, second, press.shelf):
        filled = Filler(shelf, press.variables).fill(
            template, CASE_NUMBER, Facts(values={"visitor.name": "渡邊\U000e0108"}), {}
        )
        [page] = pictures(Renderer(shelf).render(filled))
        looks.append(crop(page, Box(16, 18, 20, 13)))
    assert looks[0].getextrema()[0] < 128
    assert ImageChops.difference(looks[0], looks[1]).getbbox() is None
    assert ImageChops.difference(looks[0], looks[2]).getbbox() is None
