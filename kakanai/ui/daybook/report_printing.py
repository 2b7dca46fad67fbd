"""The 日報 on paper, by the same printers as the forms."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument

from kakanai.daybook.daybook import Daybook
from kakanai.daybook.look_purpose import LookPurpose
from kakanai.printing.print_job import PrintDocument, PrintedDocument, Printer, PrintJob

NAME: Final = "NIPPO"
"""What stands for a form's id in file names and titles of print jobs."""


@dataclass(frozen=True)
class PrintedReport:
    """Where a 日報 came out, and the SHA-256 of its PDF as the log has it."""

    documents: list[PrintedDocument]
    digest: str


def print_report(book: Daybook, day: dt.date, why: LookPurpose, printer: Printer) -> PrintedReport:
    """Make the 日報 of a day, which logs it, and print it; returns when the paper is out.

    Raises:
        StaffError: whoever is signed in may not.
        FontMissingError, FontUnusableError, DaybookReportError: it could not be made.
        LogStorageError: it could not be logged; nothing was printed.
        PrintError: in one of its kinds.
    """
    report = book.report(day, why)
    document = PrintDocument(NAME, report.pdf, page_count(report.pdf), "A4")
    return PrintedReport(printer.release(PrintJob(day.isoformat(), (document,))), report.digest)


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    buffer = QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    pages: int = document.pageCount()
    document.close()
    return pages
