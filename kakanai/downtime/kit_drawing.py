"""Draw a downtime kit: one PDF for each form with its numbered copies, and the list to keep beside them."""

import contextlib
import dataclasses
import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kakanai.counter import Counter, Office
from kakanai.datafile import DataFileError
from kakanai.daybook.report_ink import MARGIN, PAGE_HEIGHT, PAGE_WIDTH, report_document
from kakanai.daybook.report_table import Column, Table
from kakanai.downtime.errors import NoNumberBoxError
from kakanai.downtime.paper_number import PaperNumber
from kakanai.forms.fill import Filler
from kakanai.forms.filled import FilledForm
from kakanai.forms.fonts import FontShelf
from kakanai.forms.read_back import verify_pdf
from kakanai.forms.template import Box, Caption, FormTemplate, QrBox
from kakanai.reception.case import Case
from kakanai.reception.facts import Facts
from kakanai.sessionlog.entry import ClerkId

_TOWN: Final = frozenset({"town", "addressee", "section", "fee"})
"""What stands on a blank form: the town's own; day, counter and people are written by hand."""
_TITLE: Final = "停電・停止のときの用紙　番号のまま保管し、使ったら使用記録に書きます"
_COLUMNS: Final = (
    Column("番号", 30, whole=True),
    Column("様式", 56),
    Column("受け付けた日・時刻", 36),
    Column("職員", 18),
    Column("記録済み・廃棄", 26),
    Column("備考", 20),
)
_HEAD: Final = 28.0
_ROW_PAD: Final = "\n"
"""A line to write on needs the height of two lines of print."""


@dataclass(frozen=True)
class FormCopies:
    """The numbered copies of one form."""

    template: FormTemplate
    numbers: tuple[PaperNumber, ...]


class KitArtist:
    """Draws the papers of a kit with the office's forms; nothing in them is of any person."""

    def __init__(self, office: Office, shelf: FontShelf) -> None:
        self._office = office
        self._shelf = shelf
        # The number is scanned later, whatever the town prints on its other paper.
        self._filler = Filler(shelf, office.variables, qr=True, section=office.town.section)

    def papers(self, copies: FormCopies) -> tuple[bytes, int]:
        """The PDF of all copies of a form, read back, and how many pages each copy has.

        Raises:
            NoNumberBoxError: its pages have no place for a QR code.
            RenderError, PaperMismatchError, FontMissingError: it could not be drawn as meant.
        """
        template = copies.template
        if not has_number_box(template):
            raise NoNumberBoxError(form=template.id)
        facts = self._blank_facts()
        pages = []
        for number in copies.numbers:
            filled = self._filler.fill(template, number, facts, {})
            pages += [
                dataclasses.replace(page, paper_number=str(number), elements=(*page.elements, _margin()))
                for page in filled.pages
            ]
        kit = copies.numbers[0][:5]
        form = FilledForm(template, kit, tuple(pages), ())
        watermark = self._office.watermark
        pdf = self._office.renderer.render(form, watermark=watermark)
        verify_pdf(pdf, form, watermark=watermark)
        return pdf, len(pages) // len(copies.numbers)

    def record_sheet(self, forms: Sequence[FormCopies], day: dt.date) -> tuple[bytes, int]:
        """使用記録 and its pages: every number with room to write what became of it.

        Equal input gives equal bytes.
        """
        kit = forms[0].numbers[0][:5]
        out = io.BytesIO()
        rows = [
            (number, f"{one.template.id} {one.template.title}{_ROW_PAD}", "", "", "", "")
            for one in forms
            for number in one.numbers
        ]
        with report_document(out, self._shelf, f"使用記録 {kit}", self._office.watermark) as ink:
            table = Table(_COLUMNS, rows, ink.words)
            full = PAGE_HEIGHT - 2 * MARGIN
            pages = table.pages(full - _HEAD, full - _HEAD)
            for page, part in enumerate(pages):
                if page:
                    ink.next_page()
                width = PAGE_WIDTH - 2 * MARGIN
                ink.text(Box(MARGIN, MARGIN, width, 8), "停電・停止のときの用紙　使用記録", 14, bold=True)
                told = f"{self._office.town.name}　印刷した日 {day.isoformat()}　束 {kit}　"
                ink.text(Box(MARGIN, MARGIN + 9, width, 5), told + f"{page + 1}/{len(pages)}", 8)
                ink.paragraph(
                    MARGIN,
                    MARGIN + 15,
                    width,
                    "使った用紙は、受け付けた日と職員番号をここに書きます。復旧したら、用紙の QR を"
                    "読むか番号を入れて操作ログに記録します（kakanai downtime take）。書き損じは廃棄として"
                    "記録します（kakanai downtime void）。氏名・住所・個人番号は、この表に書きません。",
                    8,
                )
                table.draw(ink, MARGIN + _HEAD, part)
        return out.getvalue(), len(pages)

    def _blank_facts(self) -> Facts:
        facts = Counter(self._office, ClerkId("-")).facts(Case("-"))
        return Facts(values={n: value for n, value in facts.values.items() if n.split(".")[0] in _TOWN})


def has_number_box(template: FormTemplate) -> bool:
    """Whether each page of the form has a place for the number, so that it can be in a kit."""
    return all(any(isinstance(e, QrBox) for e in page.elements) for page in template.pages)


def titles_for_kit(templates: Mapping[str, FormTemplate]) -> dict[str, str]:
    """The titles by id of the forms that can be in a kit; one whose file has a mistake is left out."""
    titles = {}
    for form in templates:
        with contextlib.suppress(DataFileError):  # what stops one form must not keep the others from paper
            template = templates[form]
            if has_number_box(template):
                titles[form] = template.title
    return titles


def _margin() -> Caption:
    # Where no printer reaches into the form's own boxes, as on a proof.
    return Caption(Box(8, 1.2, 150, 3), _TITLE, 6.5)
