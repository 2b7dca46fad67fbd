"""A PDF onto a printer of Qt, dot by dot at the device's own resolution 等倍; Windows prints this way.

No scaling: one millimetre of the PDF is one millimetre of the paper, from its corner, whatever margins the
printer has. The only file of the package below ui that knows Qt.
"""

import contextlib
from collections.abc import Iterator
from typing import Any, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from kakanai.printing.errors import OptionRefusedError, PrinterNotFoundError, PrintError
from kakanai.printing.plane import POINTS_PER_MM
from kakanai.printing.printer_facts import PrinterFacts
from kakanai.printing.profile import Margins, Sides

MAX_DPI: Final = 600
"""A dot of 0.04 mm; at 1200 dpi a page would take half a gigabyte of memory."""

_STRIP: Final = 1024
"""Rows handed over at a time; white ones are left out. (Qt's own drawing of a part of a page, by
setScaledClipRect, is 0.3 mm off further down: observed, Qt 6.12.)"""

_SIZES: Final = {"A4": QPageSize.PageSizeId.A4, "A5": QPageSize.PageSizeId.A5}
_DUPLEX: Final = {
    Sides.ONE: QPrinter.DuplexMode.DuplexNone,
    Sides.LONG_EDGE: QPrinter.DuplexMode.DuplexLongSide,
    Sides.SHORT_EDGE: QPrinter.DuplexMode.DuplexShortSide,
}
TRAYS: Final = {
    "auto": QPrinter.PaperSource.Auto,
    "upper": QPrinter.PaperSource.Upper,
    "middle": QPrinter.PaperSource.Middle,
    "lower": QPrinter.PaperSource.Lower,
    "manual": QPrinter.PaperSource.Manual,
}
"""The trays that Windows' drivers have numbers for (DMBIN_…, wingdi.h, given), by our words."""

_Flag = QPdfDocumentRenderOptions.RenderFlag
_CRISP: Final = _Flag.TextAliased | _Flag.PathAliased
"""At a printer's resolution a dot is black or white; grey edges would be made of dots again."""


def require_application() -> QGuiApplication:
    """Qt's application, made where there is none: on the command line."""
    found = QGuiApplication.instance()
    return found if isinstance(found, QGuiApplication) else _made()


def _made() -> QGuiApplication:
    _APPLICATIONS.append(QGuiApplication([]))
    return _APPLICATIONS[0]


_APPLICATIONS: list[QGuiApplication] = []


def open_printer(name: str, paper: str, tray: str, sides: Sides, copies: int, title: str) -> QPrinter:
    """A printer of the system, set up for one document.

    Raises:
        PrinterNotFoundError: there is none of that name.
        OptionRefusedError: we know no such tray.
    """
    require_application()
    if QPrinterInfo.printerInfo(name).isNull():
        raise PrinterNotFoundError(printer=name)
    if tray and tray not in TRAYS:
        raise OptionRefusedError(printer=name, option=tray)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(name)
    printer.setResolution(min(printer.resolution(), MAX_DPI))
    printer.setDocName(title)
    printer.setDuplex(_DUPLEX[sides])
    printer.setCopyCount(copies)
    if tray:
        printer.setPaperSource(TRAYS[tray])
    lay_paper(printer, paper)
    return printer


def lay_paper(printer: QPrinter, paper: str) -> None:
    """The whole sheet in portrait, from its corner: Qt takes off the margins of the device by itself."""
    printer.setFullPage(True)
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setPageSize(QPageSize(_SIZES[paper]))
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)


def takes_paper(name: str, paper: str) -> bool:
    """Whether the driver has this paper size; a driver that tells none is taken to have it."""
    sizes = [size.id() for size in QPrinterInfo.printerInfo(name).supportedPageSizes()]
    return not sizes or _SIZES[paper] in sizes


def known_trays(name: str) -> tuple[str, ...]:
    """The trays of the printer by our words; all that there are words for where the driver tells none."""
    printer = QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)
    # Qt has this on Windows alone.
    told: Any = getattr(printer, "supportedPaperSources", list)()
    return tuple(word for word, source in TRAYS.items() if source in told or not told)


def has_tray(name: str, tray: str) -> bool:
    """Whether the printer has the tray that we call so."""
    return tray in known_trays(name)


def driver_facts(name: str) -> PrinterFacts:
    """What the driver says: papers of ours with their margins, trays, and any way of printing.

    Raises:
        PrinterNotFoundError: there is no such printer.
    """
    require_application()
    margins = {paper: driver_margins(name, paper) for paper in _SIZES if takes_paper(name, paper)}
    papers = {paper: edges for paper, edges in margins.items() if edges is not None}
    if not papers:
        raise PrinterNotFoundError(printer=name)
    return PrinterFacts(papers, known_trays(name), tuple(Sides))


def driver_margins(name: str, paper: str) -> Margins | None:
    """The strips that the driver says stay white on that paper; None when there is no such printer."""
    require_application()
    if QPrinterInfo.printerInfo(name).isNull():
        return None
    printer = QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(_SIZES[paper]))
    layout = printer.pageLayout()
    layout.setUnits(QPageLayout.Unit.Millimeter)
    edges = layout.minimumMargins()
    return Margins(edges.left(), edges.top(), edges.right(), edges.bottom())


def draw_pdf(pdf: bytes, printer: QPrinter) -> None:
    """Draw every page of the PDF on the printer, which spools it when this returns.

    A page that lies on its side is turned, its top to the right, as sheet_pdf.py turns it.

    Raises:
        PrintError: the printer takes nothing, or the PDF cannot be read; the printer was told to stop.
    """
    painter = QPainter()
    with _opened(pdf, printer.printerName()) as document:
        if not painter.begin(printer):
            raise PrintError(printer=printer.printerName())
        is_whole = False
        try:
            for page in range(document.pageCount()):
                if page and not printer.newPage():
                    raise PrintError(printer=printer.printerName())
                _draw_page(document, page, painter, printer)
            is_whole = True
        finally:
            if not is_whole:
                printer.abort()
            painter.end()
    if printer.printerState() is QPrinter.PrinterState.Error:
        raise PrintError(printer=printer.printerName())


@contextlib.contextmanager
def _opened(pdf: bytes, printer: str) -> Iterator[QPdfDocument]:
    held = QByteArray(pdf)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    try:
        document.load(buffer)
        if document.status() is not QPdfDocument.Status.Ready:
            raise PrintError(printer=printer)
        yield document
    finally:
        document.close()
        buffer.close()


def _draw_page(document: QPdfDocument, page: int, painter: QPainter, printer: QPrinter) -> None:
    points = document.pagePointSize(page)
    per_point = printer.resolution() / (POINTS_PER_MM * 25.4)
    size = QSize(round(points.width() * per_point), round(points.height() * per_point))
    options = QPdfDocumentRenderOptions()
    options.setRenderFlags(_CRISP)
    drawn = document.render(page, size, options)
    if drawn.isNull():  # no memory for it: a blank sheet would count as the form
        raise PrintError(printer=printer.printerName())
    painter.save()
    if size.width() > size.height():
        painter.translate(size.height(), 0)
        painter.rotate(90)
    for top in range(0, size.height(), _STRIP):
        place = QRect(0, top, size.width(), min(_STRIP, size.height() - top))
        strip = _on_white(drawn.copy(place))
        if strip is not None:
            painter.drawImage(place, strip)
    painter.restore()


def _on_white(drawn: QImage) -> QImage | None:
    """Some rows of a page on white, without colour where they have none; None when they are blank."""
    sheet = QImage(drawn.size(), QImage.Format.Format_RGB32)
    sheet.fill(Qt.GlobalColor.white)
    painter = QPainter(sheet)
    painter.drawImage(0, 0, drawn)
    painter.end()
    if sheet.allGray():
        sheet = sheet.convertToFormat(QImage.Format.Format_Grayscale8)
        if bytes(sheet.constBits()).count(b"\xff") == sheet.sizeInBytes():
            return None
    return sheet
