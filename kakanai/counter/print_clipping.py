"""Which boxes of a form a printer would cut off 欠け, found before anything is printed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kakanai.forms.filled import FilledForm, FilledPage, PlacedDigits, PlacedMark, PlacedText
from kakanai.forms.placed_picture import PlacedPicture
from kakanai.forms.template import Box, Caption, Frame, QrBox, Rule, SignatureBox
from kakanai.printing.print_job import Printer
from kakanai.printing.reach import Reach, reach_of
from kakanai.reception.variables import VariableCatalog

_LEAST_MM: Final = 0.1
"""Less is within what margins are rounded to."""

_WORDS_SHOWN: Final = 10
"""Characters of a template's own words, enough to find them by."""

_FORMS_TOLD: Final = 5

LINES: Final = "枠線"
SIGNATURE: Final = "署名欄"
QR: Final = "QR"
MY_NUMBER: Final = "個人番号"


@dataclass(frozen=True)
class ClippedBox:
    """One box that would be cut off by `mm`: form, page (1 the first), and what it is called 欄.

    `is_value`: what a person said would be cut; otherwise only the template's own lines or words.
    """

    form: str
    page: int
    label: str
    mm: float
    is_value: bool


def clipped_boxes(
    forms: Iterable[FilledForm], printer: Printer, variables: VariableCatalog
) -> list[ClippedBox]:
    """What the printer would cut off, each label of a page once; nothing where it does not tell its margins.

    It may wait for the print service.
    """
    found: list[ClippedBox] = []
    for form in forms:
        reach = reach_of(printer, form.template.id, form.template.paper)
        if reach is None:
            continue
        if form.values_only and reach.is_two_up:
            continue  # pre-printed paper is never laid two on a sheet
        for number, page in enumerate(form.pages, 1):
            found += _of_page(form, number, page, reach, variables)
    return found


def clipping_words(clipped: Sequence[ClippedBox]) -> list[str]:
    """A line for each form: its boxes and by how much, values first; at most four named, of five forms."""
    lines: list[str] = []
    forms = list(dict.fromkeys(one.form for one in clipped))
    for form in forms[:_FORMS_TOLD]:
        boxes = sorted((one for one in clipped if one.form == form), key=lambda one: not one.is_value)
        labels = list(dict.fromkeys(one.label for one in boxes))
        named = "・".join(labels[:4]) + (f" ほか{len(labels) - 4}か所" if len(labels) > 4 else "")
        lines.append(f"{form}　{named}　（端から {max(one.mm for one in boxes):.1f} mm 欠けます）")
    if len(forms) > _FORMS_TOLD:
        lines.append(f"ほか {len(forms) - _FORMS_TOLD} 様式")
    return lines


def _of_page(
    form: FilledForm, number: int, page: FilledPage, reach: Reach, variables: VariableCatalog
) -> Iterator[ClippedBox]:
    worst: dict[tuple[str, bool], float] = {}
    for label, box, is_value in [*_values(page, variables), *([] if form.values_only else _own(page))]:
        cut = reach.cut_mm(form.template.size_mm, (box.x, box.y, box.w, box.h))
        if cut >= _LEAST_MM:
            worst[label, is_value] = max(cut, worst.get((label, is_value), 0))
    for (label, is_value), cut in worst.items():
        yield ClippedBox(form.template.id, number, label, round(cut, 1), is_value)


def _values(page: FilledPage, variables: VariableCatalog) -> Iterator[tuple[str, Box, bool]]:
    for placed in page.placed:
        match placed:
            case PlacedDigits():
                for box in placed.boxes:
                    yield MY_NUMBER, box, True
            case PlacedText() | PlacedMark() | PlacedPicture():
                variable = variables.variables.get(placed.field.partition("[")[0])
                yield variable.label if variable else placed.field, placed.box, True


def _own(page: FilledPage) -> Iterator[tuple[str, Box, bool]]:
    for element in page.elements:
        match element:
            case Rule():
                x, y = min(element.x1, element.x2), min(element.y1, element.y2)
                yield LINES, Box(x, y, abs(element.x2 - element.x1), abs(element.y2 - element.y1)), False
            case Frame():
                yield LINES, element.box, False
            case Caption():
                yield f"「{element.text[:_WORDS_SHOWN]}」", element.box, False
            case SignatureBox():
                yield SIGNATURE, element.box, False
            case QrBox():
                yield QR, element.box, False
