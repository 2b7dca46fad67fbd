"""The calibration sheet 調整用紙 and the test pages of a printer, drawn like a form."""

import datetime as dt
from typing import Final

from kakanai.forms.filled import FilledForm, FilledPage
from kakanai.forms.fontfiles import FontRole
from kakanai.forms.render import Renderer
from kakanai.forms.template import (
    Box,
    Caption,
    Element,
    FormTemplate,
    Frame,
    MyNumberRule,
    Page,
    Rule,
    SignatureClass,
)
from kakanai.printing.calibration import MARK_MM, MARKS, PAPER
from kakanai.printing.plane import PAPER_MM
from kakanai.printing.print_job import PrintDocument, PrintJob

SHEET_ID: Final = "K01"
TRIAL_ID: Final = "K02"
TRIAL_PAGES: Final = 2
JOB_NUMBER: Final = "PRINTER-TEST"
"""In the place of a case number: the sheets belong to none."""

_WIDTH, _HEIGHT = PAPER_MM[PAPER]
_CENTRE: Final = _WIDTH / 2
_CROSS_MM: Final = 7.0
_THIN_MM: Final = 0.15
_STAIR: Final = range(1, 13)
_STEP_MM: Final = 4.0
_NAMES: Final = {
    "A": ("左", "上"),
    "B": ("右", "上"),
    "C": ("右", "下"),
    "D": ("左", "下"),
}
"""The two edges that a cross is read from."""

_HOW: Final = (
    "1　この紙を、印字を上にして机に置きます。",
    "2　定規の 0 を紙の端に当て、十字（＋）の中心まで何ミリかを読みます（0.1 ミリまで、目分量でよい）。",
    "3　A（左上）と C（右下）の 2 か所を読みます。傾きも直すときは B・D も読みます。",
    "4　読んだ数字を、窓の「プリンター」（Shift+F8）か kakanai printer calibrate に入れます。",
    f"ずれのないプリンターでは、どの数字も {MARK_MM:g} ミリです。",
)


def calibration_job(renderer: Renderer, printer: str, *, is_second: bool) -> PrintJob:
    """The sheet to read numbers from; the second one is printed with the correction, to confirm it.

    Raises:
        FontMissingError, FontUnusableError, RenderError: it cannot be drawn.
    """
    which = "2枚目（補正を入れた確かめ）" if is_second else "1枚目（補正なし）"
    elements: list[Element] = [
        *_heading(f"プリンター調整用紙　{which}", printer),
        *_running(_HOW, 78.0),
        *_table(118.0),
    ]
    for mark in MARKS:
        elements += _cross(mark)
    elements += _stairs()
    return _job(renderer, SHEET_ID, "プリンター調整用紙", [elements])


def trial_job(renderer: Renderer, printer: str) -> PrintJob:
    """Test pages 試し刷り: frames where boxes may lie at the outermost, and n/N.

    Raises:
        FontMissingError, FontUnusableError, RenderError: they cannot be drawn.
    """
    made: list[list[Element]] = []
    for page in range(1, TRIAL_PAGES + 1):
        elements: list[Element] = _heading(f"試し刷り　{page} / {TRIAL_PAGES} 枚", printer)
        for edge in (5.0, 10.0, 20.0):
            elements.append(Frame(Box(edge, edge, _WIDTH - 2 * edge, _HEIGHT - 2 * edge), _THIN_MM))
            elements.append(_words(f"端から {edge:g} mm", edge + 1, edge + 0.5, 30, 7))
        made.append(elements)
    return _job(renderer, TRIAL_ID, "試し刷り", made)


def _job(renderer: Renderer, form: str, title: str, pages: "list[list[Element]]") -> PrintJob:
    template = FormTemplate(
        id=form,
        title=title,
        version="1",
        valid_from=dt.date(2019, 5, 1),
        valid_to=None,
        section="",
        legal_basis="",
        paper=PAPER,
        signature=SignatureClass.NONE,
        my_number=MyNumberRule.NEVER,
        pages=tuple(Page(tuple(elements)) for elements in pages),
    )
    filled = tuple(
        FilledPage(page.elements, (), number, len(pages)) for number, page in enumerate(template.pages, 1)
    )
    pdf = renderer.render(FilledForm(template, JOB_NUMBER, filled, ()))
    return PrintJob(JOB_NUMBER, (PrintDocument(form, pdf, len(pages), PAPER),))


def _words(text: str, x: float, y: float, width: float, size_pt: float, align: str = "left") -> Caption:
    return Caption(Box(x, y, width, size_pt * 0.5), text, size_pt, align)


def _heading(title: str, printer: str) -> list[Element]:
    named = f"プリンター　{printer}" if printer.isascii() and printer.isprintable() else ""
    lines: list[Element] = [
        Caption(Box(40, 40, _WIDTH - 80, 9), title, 15, "center", role=FontRole.LABEL_BOLD),
        _words("↑ こちらが紙の上です ↑", 40, 30, _WIDTH - 80, 10, "center"),
    ]
    if named:
        lines.append(_words(named, 40, 52, _WIDTH - 80, 10, "center"))
    return lines


def _running(lines: "tuple[str, ...]", top: float) -> list[Element]:
    return [_words(line, 30, top + 7 * place, 150, 9) for place, line in enumerate(lines)]


def _table(top: float) -> list[Element]:
    """Where the clerk may write the numbers down."""
    elements: list[Element] = []
    for place, (mark, (across, down)) in enumerate(_NAMES.items()):
        y = top + 11 * place
        elements.append(Frame(Box(45, y, 120, 11), _THIN_MM))
        elements.append(Caption(Box(48, y, 16, 11), mark, 13, role=FontRole.LABEL_BOLD))
        for x, edge in ((64, across), (114, down)):
            elements.append(Caption(Box(x, y, 50, 11), f"{edge}の端から　　　　　　　　mm", 9))
    elements.append(
        _words(
            "印字できない端（余白）　各辺の階段で、線が切れずに見えるいちばん小さい数字", 30, top + 52, 150, 9
        )
    )
    return elements


def _cross(mark: str) -> list[Element]:
    x, y = MARKS[mark]
    inner = 3.5 if x < _CENTRE else -8.5
    under = 2.5 if y < _HEIGHT / 2 else -8.5
    return [
        Rule(x - _CROSS_MM, y, x + _CROSS_MM, y, _THIN_MM),
        Rule(x, y - _CROSS_MM, x, y + _CROSS_MM, _THIN_MM),
        Caption(Box(x + inner, y + under, 5, 6), mark, 14, "center", role=FontRole.LABEL_BOLD),
    ]


def _stairs() -> list[Element]:
    """At the middle of each edge lines 1, 2, 3 … mm from it: the nearest that is whole tells the margin."""
    elements: list[Element] = []
    for step in _STAIR:
        y = 185 + _STEP_MM * step
        for x, words in ((float(step), step + 1.2), (_WIDTH - step, _WIDTH - step - 7.2)):
            elements.append(Rule(x, y, x, y + _STEP_MM, _THIN_MM))
            align = "left" if x < _CENTRE else "right"
            elements.append(Caption(Box(words, y, 6, _STEP_MM), str(step), 7, align))
        x = 76 + _STEP_MM * step
        for y, top in ((float(step), step + 0.6), (_HEIGHT - step, _HEIGHT - step - 4.6)):
            elements.append(Rule(x, y, x + _STEP_MM, y, _THIN_MM))
            elements.append(Caption(Box(x, top, _STEP_MM, 4), str(step), 7, "center"))
    return elements
