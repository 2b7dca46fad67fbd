"""Where on its paper a printer can print 印字できる範囲, and by how much a box would be cut off 欠け."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from kakanai.printing.errors import PrintError
from kakanai.printing.plane import PAPER_MM, Point, on_half, upright
from kakanai.printing.print_job import Printer
from kakanai.printing.print_plan import PrintSetup
from kakanai.printing.profile import Margins


@dataclass(frozen=True)
class Reach:
    """The reach of one printer for one form: its margins on the sheet, and how pages come to lie on it."""

    setup: PrintSetup
    sheet: str
    margins: Margins
    is_two_up: bool

    def cut_mm(self, page: Point, place: tuple[float, float, float, float]) -> float:
        """By how much the rectangle (x, y, width, height) of a page of that size is cut off, 0 when not.

        Of a page that may come to lie on either half of a sheet, the worse.
        """
        x, y, width, height = place
        corners = ((x, y), (x + width, y), (x, y + height), (x + width, y + height))
        ways = [on_half(page, half) for half in (0, 1)] if self.is_two_up else [upright(page, self.sheet)]
        correction = self.setup.profile.correction.plane
        points = [way.then(correction).at(corner) for way in ways for corner in corners]
        return max(0.0, max(self._beyond(point) for point in points))

    def _beyond(self, point: Point) -> float:
        (x, y), (width, height) = point, PAPER_MM[self.sheet]
        edges = self.margins
        return max(edges.left - x, edges.top - y, x - (width - edges.right), y - (height - edges.bottom))


@runtime_checkable
class _Reaching(Protocol):
    def reach(self, form: str, paper: str) -> Reach | None: ...


def reach_of(printer: Printer, form: str, paper: str) -> Reach | None:
    """Where the printer can print that form; None when it cannot tell, as a folder, or a raw queue."""
    if not isinstance(printer, _Reaching):
        return None
    try:
        return printer.reach(form, paper)
    except PrintError:
        return None  # what is the matter is told when it prints


def make_reach(setup: PrintSetup, form: str, paper: str, told: "dict[str, Margins]") -> Reach | None:
    """The reach by the margins that a printer tells of each paper, or by those of its profile."""
    is_two_up = setup.is_two_up_by(form, paper)
    sheet = "A4" if is_two_up else paper
    margins = told.get(sheet) or setup.profile.margins
    return Reach(setup, sheet, margins, is_two_up) if margins is not None else None
