"""Proofs 校正刷 of a form: blank, with samples, with the longest values, and its boxes over a mm grid."""

from dataclasses import dataclass, replace

from kakanai.forms.fill import Filler
from kakanai.forms.filled import FilledForm, FilledPage, Finding
from kakanai.forms.fontfiles import FontRole
from kakanai.forms.longest_values import longest_facts
from kakanai.forms.samples import sample_facts, town_facts
from kakanai.forms.template import (
    Box,
    Caption,
    ChoiceMark,
    ClerkBox,
    CombBox,
    Element,
    FieldBox,
    FormTemplate,
    Frame,
    MyNumberBox,
    Page,
    QrBox,
    SignatureBox,
)
from kakanai.identity.my_number import MyNumber
from kakanai.reception.variables import VariableCatalog

PROOF_CASE_NUMBER = "R8-0101-0001"
SAMPLE_PEOPLE = 3

_PARTS = ("空欄", "見本の値", "いちばん長い値")
_BOXES = "枠と項目名(目盛り 10mm、細い線 5mm)"


_TENS_GREY, _FIVES_GREY = 0.72, 0.9


@dataclass(frozen=True)
class Proof:
    """A proof ready to be drawn, and what fitting the samples and the longest values found, by part."""

    form: FilledForm
    findings: tuple[tuple[str, Finding], ...]


def make_proof(template: FormTemplate, filler: Filler, variables: VariableCatalog) -> Proof:
    """The proof of a form as one document; boxes whose value does not fit are empty in it, and told.

    Raises:
        FontMissingError, FontUnusableError: nothing can be measured.
    """
    samples, numbers = sample_facts(variables, SAMPLE_PEOPLE)
    longest, longest_numbers = longest_facts(variables, template)
    blank: dict[str, MyNumber] = {}
    given = ((town_facts(variables), blank), (samples, numbers), (longest, longest_numbers))
    filled = [filler.fill(template, PROOF_CASE_NUMBER, facts, numbers) for facts, numbers in given]
    pages: list[FilledPage] = []
    for part, form in zip(_PARTS, filled, strict=True):
        pages += [_titled(page, part) for page in form.pages]
    outlines = [_outlines(page, template.size_mm) for page in template.pages]
    pages += [_titled(page, _BOXES) for page in outlines]
    findings = tuple((part, f) for part, form in zip(_PARTS, filled, strict=True) for f in form.findings)
    return Proof(FilledForm(template, PROOF_CASE_NUMBER, tuple(pages), ()), findings)


def _titled(page: FilledPage, part: str) -> FilledPage:
    # In the margin that no printer reaches: a proof that is printed by mistake looks like the form itself.
    title = Caption(Box(8, 1.2, 150, 3), f"校正刷　{part}", 6.5)
    return replace(page, elements=(*page.elements, title))


def _outlines(page: Page, size_mm: tuple[float, float]) -> FilledPage:
    """The page with a millimetre grid under it, and every box for a value outlined and named."""
    named = [element for e in page.elements for element in _named(e)]
    return FilledPage((*_grid(size_mm), *page.elements, *named), (), background=page.background)


def _grid(size_mm: tuple[float, float]) -> list[Element]:
    width, height = size_mm
    lines: list[Element] = []
    for mm in range(0, int(max(size_mm)) + 1, 5):
        grey, wide = (_TENS_GREY, 0.12) if mm % 10 == 0 else (_FIVES_GREY, 0.08)
        if mm <= width:
            lines.append(Frame(Box(mm - wide / 2, 0, wide, height), 0.0, fill=grey))
        if mm <= height:
            lines.append(Frame(Box(0, mm - wide / 2, width, wide), 0.0, fill=grey))
        if mm % 10 == 0 and mm:
            if mm < width:
                lines.append(Caption(Box(mm - 4, height - 3.2, 8, 2.6), str(mm), 5.0, "center"))
            if mm < height:
                lines.append(Caption(Box(0.4, mm - 1.3, 6, 2.6), str(mm), 5.0))
    return lines


def _named(element: Element) -> list[Element]:
    match element:
        case FieldBox():
            name = element.variable + (f".{element.facet}" if element.facet else "")
            return _outline(element.box, name, element.row)
        case CombBox():
            return _outline(_around(element.boxes), element.variable, element.row)
        case MyNumberBox():
            return _outline(_around(element.boxes), f"個人番号 {element.role}", element.row)
        case ChoiceMark():
            return _outline(element.box, element.option, None)
        case SignatureBox():
            return _outline(element.box, "署名", None)
        case ClerkBox():
            return _outline(element.box, "手書き", None)
        case QrBox():
            return _outline(element.box, "QR", None)
        case _:
            return []


def _around(boxes: tuple[Box, ...]) -> Box:
    first, last = boxes[0], boxes[-1]
    return Box(first.x, first.y, last.x + last.w - first.x, first.h)


def _outline(box: Box, name: str, row: int | None) -> list[Element]:
    words = name if row is None else f"{name}[{row + 1}]"
    return [Frame(box, 0.12), Caption(Box(box.x + 0.2, box.y, box.w, 1.8), words, 4.0, role=FontRole.LABEL)]
