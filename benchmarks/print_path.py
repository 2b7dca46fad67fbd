"""What the way from a finished PDF to a printer costs, and how true to size it is.

Run: python -m benchmarks.print_path

Prints milliseconds of CPU (median of ten) for moving a page and for laying two on a sheet, seconds for a page
at the device's resolution as Windows prints it, and how far the crosses of the calibration sheet are from
where they should be, measured on pages rasterised at 600 dpi.
"""

import math
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from kakanai.counter.calibration_form import calibration_job
from kakanai.forms.fonts import FontShelf
from kakanai.forms.render import Renderer
from kakanai.printing.calibration import MARKS
from kakanai.printing.plane import Affine
from kakanai.printing.profile import Correction
from kakanai.printing.sheet_pdf import moved, two_up
from tests.printing.measured import crosses
from tests.printing.sample_pdf import sample_document

CORRECTION = Correction(1.2, -0.7, 1.004, 0.997, 0.15, -0.2).plane


def main() -> None:
    """Measure and print."""
    pdf = calibration_job(Renderer(FontShelf()), "bench", is_second=False).documents[0].pdf
    small = [sample_document(form, paper="A5").pdf for form in ("F08", "F09")]
    print(f"move a page            {milliseconds(lambda: moved(pdf, 'A4', CORRECTION)):6.1f} ms")
    print(f"two A5 pages on a sheet {milliseconds(lambda: two_up(small)):5.1f} ms")
    print(f"worst cross as drawn    {worst_mm(pdf, Affine()):5.3f} mm")
    print(f"worst cross moved       {worst_mm(moved(pdf, 'A4', CORRECTION), CORRECTION):5.3f} mm")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    drawn, seconds = by_qt(moved(pdf, "A4", CORRECTION))
    print(f"worst cross by Qt       {worst_mm(drawn, CORRECTION):5.3f} mm (600 dpi, {seconds:.1f} s a page)")


def milliseconds(act: Callable[[], object]) -> float:
    """CPU, the median of ten runs."""
    act()
    taken = []
    for _ in range(10):
        begun = time.process_time()
        act()
        taken.append((time.process_time() - begun) * 1000)
    return statistics.median(taken)


def worst_mm(pdf: bytes, movement: Affine) -> float:
    """How far the worst cross is from where it should be."""
    seen = crosses(pdf)
    return max(math.dist(seen[mark], movement.at(MARKS[mark])) for mark in MARKS)


def by_qt(pdf: bytes) -> tuple[bytes, float]:
    """The page as Qt draws it for a printer, as a PDF of its pictures, and the seconds it took."""
    from PySide6.QtPrintSupport import QPrinter

    from kakanai.printing.page_raster import MAX_DPI, draw_pdf, lay_paper, require_application

    require_application()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "drawn.pdf"
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(file))
        printer.setResolution(MAX_DPI)
        lay_paper(printer, "A4")
        begun = time.perf_counter()
        draw_pdf(pdf, printer)
        return file.read_bytes(), time.perf_counter() - begun


if __name__ == "__main__":
    main()
