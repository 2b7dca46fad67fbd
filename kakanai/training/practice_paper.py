"""Practice paper 練習の紙: never to be taken for a real one, and a printer that fails when it is to."""

import dataclasses
from collections.abc import Callable, Mapping
from typing import Final

from kakanai.cardreader.text_picture import TextPicture
from kakanai.counter import Office
from kakanai.forms.fill import Filler
from kakanai.forms.filled import FilledForm
from kakanai.forms.template import FormTemplate
from kakanai.identity.my_number import MyNumber
from kakanai.printing.errors import PrinterStoppedError, PrintTimeoutError
from kakanai.printing.print_job import PrintedDocument, Printer, PrintJob
from kakanai.reception.facts import Facts
from kakanai.training.exercises import PrinterFault

WATERMARK: Final = "練習"
QR_PREFIX: Final = "RENSHU-"
"""What a practice QR code begins with; no reception number and no number of a kit does."""
_WAITED_S: Final = 60


class PracticeFiller(Filler):
    """Fills as the office's own, with a QR code on each page that says 練習 in front of its number."""

    def __init__(self, filler: Filler) -> None:
        self._own = filler

    def fill(
        self,
        template: FormTemplate,
        case_number: str,
        facts: Facts,
        my_numbers: Mapping[str, MyNumber],
        left_blank: frozenset[str] = frozenset(),
        pictures: Mapping[str, TextPicture] | None = None,
    ) -> FilledForm:
        """See Filler.fill."""
        filled = self._own.fill(template, case_number, facts, my_numbers, left_blank, pictures or {})
        number = f"{QR_PREFIX}{case_number}"
        pages = tuple(dataclasses.replace(page, paper_number=number) for page in filled.pages)
        return dataclasses.replace(filled, pages=pages)


def for_practice(office: Office) -> Office:
    """The office with practice paper: 練習 across each page, and in each QR code."""
    return dataclasses.replace(office, watermark=WATERMARK, filler=PracticeFiller(office.filler))


class PracticePrinter:
    """Prints on `inner`, unless `fault` says that paper or current is missing; then nothing comes out."""

    def __init__(self, inner: Printer, fault: Callable[[], PrinterFault]) -> None:
        self._inner = inner
        self._fault = fault

    @property
    def name(self) -> str:
        """As the printer's own."""
        return self._inner.name

    def release(self, job: PrintJob) -> list[PrintedDocument]:
        """See Printer.release.

        Raises:
            PrintTimeoutError, PrinterStoppedError: as an office printer without paper, or switched off.
        """
        told: dict[str, int | str] = {"printer": WATERMARK, "printed": 0, "total": len(job.documents)}
        match self._fault():
            case PrinterFault.NO_PAPER:
                raise PrintTimeoutError(**told, seconds=_WAITED_S, alerts="media-empty")
            case PrinterFault.OFFLINE:
                raise PrinterStoppedError(**told)
        return self._inner.release(job)
