"""The one thread that fills, draws and prints: ReportLab's fonts serve one document at a time."""

import contextlib
import copy
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QThread, Signal, Slot

from kakanai.counter import Counter, PrintedUnloggedError
from kakanai.errors import KakanaiError
from kakanai.forms.filled import FilledForm
from kakanai.printing.by_paper import watch
from kakanai.printing.print_job import Printer
from kakanai.reception.case import Case
from kakanai.ui.desk import Desk


@dataclass(frozen=True, repr=False)
class FillOrder:
    """Fill this frozen copy of the case; `generation` tells later answers from earlier ones."""

    generation: int
    counter: Counter
    case: Case


@dataclass(frozen=True, repr=False)
class SightOrder:
    """Fill and draw one form alone, the one in sight; `number` tells later answers from earlier ones."""

    number: int
    counter: Counter
    case: Case
    form: str


def _frozen(case: Case) -> Case:
    frozen = copy.copy(case)
    # The only parts of a case that are changed in place.
    frozen.left_blank, frozen.pictured = dict(case.left_blank), dict(case.pictured)
    return frozen


@dataclass(frozen=True, repr=False)
class PrintOrder:
    """Release these forms of the case to the printer of that name."""

    counter: Counter
    case: Case
    forms: tuple[FilledForm, ...]
    printer: str


@dataclass(frozen=True)
class Errand:
    """Something else that draws or prints; `name` tells the answers apart."""

    name: str
    act: Callable[[], object]


class _PaperWorker(QObject):
    """Lives on the paper thread; see PaperLink for the signals."""

    filled = Signal(int, object)
    fill_failed = Signal(int, object)
    shown = Signal(int, object, object)
    drawn = Signal(int, str, object)
    printed = Signal(object)
    print_failed = Signal(object)
    unlogged = Signal(object)
    printers_listed = Signal(object)
    progress = Signal(object)
    done = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.newest = 0  # set by the GUI thread; an int is replaced in one piece
        self.newest_sight = 0  # so is this

    @Slot(object)
    def fill(self, order: FillOrder) -> None:
        if order.generation != self.newest:
            return
        try:
            forms = tuple(order.counter.fill(order.case))
        except KakanaiError as error:
            self.fill_failed.emit(order.generation, error)
            return
        self.filled.emit(order.generation, forms)

    @Slot(object)
    def show(self, order: SightOrder) -> None:
        # What the clerk looks at while typing; failures are told by the filling of all forms that follows.
        if order.number != self.newest_sight:
            return
        with contextlib.suppress(KakanaiError):
            form = order.counter.fill_form(order.case, order.form)
            if form is not None and order.number == self.newest_sight:
                self.shown.emit(order.number, form, order.counter.preview(form))

    @Slot(int, object, object)
    def draw(self, generation: int, counter: Counter, form: FilledForm) -> None:
        if generation != self.newest:
            return
        try:
            pdf = counter.preview(form)
        except KakanaiError as error:
            self.fill_failed.emit(generation, error)
            return
        self.drawn.emit(generation, form.template.id, pdf)

    @Slot(object)
    def release(self, order: PrintOrder) -> None:
        try:
            printer: Printer = self._desk.printer_for(order.printer)
            watch(printer, self.progress.emit)
            printed = order.counter.release(order.case, list(order.forms), printer)
        except PrintedUnloggedError as error:
            self.printed.emit(tuple(error.printed))
            self.unlogged.emit(error)
            return
        except KakanaiError as error:
            self.print_failed.emit(error)
            return
        except BaseException:
            # The window must not wait for ever; the crash guard tells what this was.
            self.print_failed.emit(None)
            raise
        self.printed.emit(tuple(printed))

    @Slot()
    def list_printers(self) -> None:
        self.printers_listed.emit(tuple(self._desk.printers()))

    @Slot(object)
    def do(self, errand: "Errand") -> None:
        try:
            self.done.emit(errand.name, errand.act())
        except KakanaiError as error:
            self.done.emit(errand.name, error)

    @Slot()
    def stop(self) -> None:
        QThread.currentThread().quit()


class PaperLink(QObject):
    """Owns the paper thread; all its signals arrive on the GUI thread.

    Signals:
        filled(generation, tuple of FilledForm): findings included.
        fill_failed(generation, KakanaiError): nothing could be filled or drawn.
        shown(number, FilledForm, PDF bytes): the form in sight, before all are filled.
        drawn(generation, form id, PDF bytes): the preview of one form.
        printed(tuple of PrintedDocument): the paper is out.
        print_failed(KakanaiError or None): None for an unforeseen failure, which the crash guard tells.
        unlogged(PrintedUnloggedError): after printed; the log could not be told.
        printers_listed(tuple of names): the first is the default.
        progress(PrintProgress): how far the print is.
        done(name, what an errand gave, or its KakanaiError).
    """

    filled = Signal(int, object)
    fill_failed = Signal(int, object)
    shown = Signal(int, object, object)
    drawn = Signal(int, str, object)
    printed = Signal(object)
    print_failed = Signal(object)
    unlogged = Signal(object)
    printers_listed = Signal(object)
    progress = Signal(object)
    done = Signal(str, object)

    _errand_wanted = Signal(object)
    _fill_wanted = Signal(object)
    _sight_wanted = Signal(object)
    _draw_wanted = Signal(int, object, object)
    _print_wanted = Signal(object)
    _printers_wanted = Signal()
    _stop_wanted = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = QThread()
        self._thread.setObjectName("paper")
        self._worker = _PaperWorker(desk)
        self.in_sight = ""
        self.printer_for = desk.printer_for
        self._worker.moveToThread(self._thread)
        self._fill_wanted.connect(self._worker.fill)
        self._sight_wanted.connect(self._worker.show)
        self._draw_wanted.connect(self._worker.draw)
        self._print_wanted.connect(self._worker.release)
        self._printers_wanted.connect(self._worker.list_printers)
        self._errand_wanted.connect(self._worker.do)
        self._stop_wanted.connect(self._worker.stop)
        forwarded = (
            "filled",
            "fill_failed",
            "shown",
            "drawn",
            "printed",
            "print_failed",
            "unlogged",
            "printers_listed",
            "progress",
            "done",
        )
        for name in forwarded:
            getattr(self._worker, name).connect(getattr(self, name))

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def close(self) -> None:
        """Wait until the last print is settled and the thread has ended."""
        if self._thread.isRunning():
            self._worker.newest = -1
            self._stop_wanted.emit()
            self._thread.wait()

    @property
    def is_running(self) -> bool:
        """Whether the paper thread still runs."""
        return self._thread.isRunning()

    @property
    def generation(self) -> int:
        """The number of the newest filling asked for."""
        return self._worker.newest

    def fill(self, counter: Counter, case: Case) -> int:
        """Fill the case as it is now; the number of this filling. Earlier ones are dropped."""
        frozen = _frozen(case)
        self._worker.newest += 1
        self._fill_wanted.emit(FillOrder(self._worker.newest, counter, frozen))
        return self._worker.newest

    @property
    def sight(self) -> int:
        """The number of the newest drawing of the form in sight alone."""
        return self._worker.newest_sight

    def show(self, counter: Counter, case: Case) -> None:
        """Draw the form in sight (`in_sight`) of the case as it is now; answered by shown."""
        self._worker.newest_sight += 1
        if self.in_sight:
            order = SightOrder(self._worker.newest_sight, counter, _frozen(case), self.in_sight)
            self._sight_wanted.emit(order)

    def forget(self) -> None:
        """Drop every filling and drawing still under way."""
        self._worker.newest += 1
        self._worker.newest_sight += 1

    def draw(self, counter: Counter, form: FilledForm) -> None:
        """Draw the preview of one form of the newest filling."""
        self._draw_wanted.emit(self._worker.newest, counter, form)

    def print_forms(self, order: PrintOrder) -> None:
        """Release paper; answered by printed or print_failed."""
        self._print_wanted.emit(order)

    def do(self, name: str, act: Callable[[], object]) -> None:
        """Have something else drawn or printed, after what was asked for before; answered by done."""
        self._errand_wanted.emit(Errand(name, act))

    def list_printers(self) -> None:
        """Ask for the printers; answered by printers_listed."""
        self._printers_wanted.emit()
