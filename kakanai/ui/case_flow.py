"""The case on the window: keeps what was typed, tells the counter, asks for paper. No widget in here."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from kakanai.counter import Office
from kakanai.counter.picture_offer import PictureOffer
from kakanai.errors import KakanaiError
from kakanai.forms.filled import FilledForm, Finding
from kakanai.printing.errors import PrintError
from kakanai.printing.print_job import PrintedDocument
from kakanai.reception.answers import Value
from kakanai.reception.case import Case
from kakanai.reception.facts import Facts
from kakanai.sessionlog.entry import ClerkId
from kakanai.ui.case_guidance import CaseGuidance
from kakanai.ui.desk import Desk
from kakanai.ui.paper_worker import PaperLink, PrintOrder
from kakanai.ui.rest_of_set import RestOfSet

_REFILL_AFTER_MS = 250


class CaseFlow(CaseGuidance):
    """One case after another 受付; `case` is None between two of them.

    Signals: those of CaseGuidance, and
        ended(served): the case was closed (True), cancelled or put aside (`was_suspended`), everything
            personal is wiped.
    """

    ended = Signal(bool)

    def __init__(self, desk: Desk, paper: PaperLink, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self.paper = paper
        self._print_when_filled = ""
        self._refill = QTimer(self)
        self._refill.setSingleShot(True)
        self._refill.setInterval(_REFILL_AFTER_MS)
        self._refill.timeout.connect(self._fill_now)
        paper.filled.connect(self._take_filled)
        paper.fill_failed.connect(self._take_fill_failure)
        paper.printed.connect(self._take_printed)
        paper.print_failed.connect(self._take_print_failure)
        paper.unlogged.connect(self.failed)
        self.ended.connect(self._forget_guidance)

    # --- acts ---------------------------------------------------------------------------

    def set_clerk(self, clerk: str) -> None:
        """Change the clerk 職員番号 between two cases. Raises ClerkIdError."""
        self.counter.clerk = ClerkId(clerk)
        self.changed.emit()

    def use_office(self, office: Office) -> None:
        """Work with this office from now on; only between two cases."""
        self.counter.office = office
        self.typed.use(office.variables)
        self.changed.emit()

    def answer(self, variable: str, given: object) -> None:
        """Take what was typed for one question; a wrong form of it is kept but does not reach paper."""
        self.typed.set(variable, given)
        self._answer()

    def answer_rows(self, list_name: str, rows: list[dict[str, object]]) -> None:
        """Take the people of a list."""
        self.typed.set_rows(list_name, rows)
        self._answer()

    def take_back(self) -> str | None:
        """Take the last answer back, until paper is released; its question (`member.name[m2]`) or None."""
        about = self.typed.take_back() if self.is_open else None
        if about is not None:
            self._answer()
        return about

    def _answer(self) -> None:
        if self.case is None or not self.is_open:
            return
        before = self.case.procedures
        try:
            self.counter.answer(self.case, self.typed.well_formed())
        except KakanaiError as error:
            self.failed.emit(error)
            return
        if self.case.procedures != before:
            self.changed.emit()
        self.paper.show(self.counter, self.case)  # what is looked at at once, all the rest when typing rests
        self._ask()
        self._refill.start()

    def value_of(self, finding: Finding) -> Value | None:
        """The value that a finding is about."""
        return self.facts.at(finding.field)

    def picture_offer(self, finding: Finding) -> PictureOffer:
        """Whether the card's own picture can stand in the box of a finding 字形なし."""
        if self.case is None or not self.is_open:
            return PictureOffer.NONE
        return self.counter.picture_offer(self.case, finding)

    def leave_blank(self, findings: Iterable[Finding]) -> None:
        """Leave the boxes of findings for handwriting."""
        self._decide(self.counter.leave_blank, findings)

    def print_picture(self, findings: Iterable[Finding]) -> None:
        """Print the card's own picture in the boxes of findings."""
        self._decide(self.counter.print_picture, findings)

    def print_after_all(self, findings: Iterable[Finding]) -> None:
        """Take back a decision on the boxes of findings."""
        self._decide(self.counter.print_after_all, findings)

    def _decide(self, act: Callable[[Case, Finding], None], findings: Iterable[Finding]) -> None:
        if self.case is None or not self.is_open:
            return
        try:
            for finding in findings:
                act(self.case, finding)
        except KakanaiError as error:
            self.failed.emit(error)
        self._fill_now()

    def _tell_change(self) -> None:
        if self.case is not None:
            self.counter.renewed(self.case)
        self.changed.emit()
        self._ask()
        self._fill_now()

    def _ask(self) -> None:
        if self.case is not None:
            self.facts = self.counter.facts(self.case)
            self.groups = self.counter.questions(self.case, self.facts)
        self.asked.emit()

    # --- paper --------------------------------------------------------------------------

    @Slot()
    def _fill_now(self) -> None:
        self._refill.stop()
        if self.case is not None and not self.is_released:
            self.paper.fill(self.counter, self.case)

    def _fill_again(self) -> None:
        """Fill a case of which paper is out as well."""
        if self.case is not None:
            self._refill.stop()
            self.paper.fill(self.counter, self.case)

    @Slot(int, object)
    def _take_filled(self, generation: int, forms: tuple[FilledForm, ...]) -> None:
        if generation != self.paper.generation or self.case is None:
            return
        self.forms = forms
        self.filled.emit()
        if self._print_when_filled and not self._refill.isActive():
            printer, self._print_when_filled = self._print_when_filled, ""
            self._release(printer)

    @Slot(int, object)
    def _take_fill_failure(self, generation: int, error: KakanaiError) -> None:
        if generation == self.paper.generation:
            self._print_when_filled = ""
            self.failed.emit(error)

    def print_forms(self, printer: str) -> None:
        """Release the paper as it is typed now; answered by printed or failed."""
        if self.case is None or self.is_printing or not (self.case.forms or self.forms):
            return
        if not self.is_released:
            # Whatever was typed in the last quarter second must be on the paper.
            self._print_when_filled = printer
            self._fill_now()
        elif any(map(self.counter.is_on_other_paper, self.due())):
            # What is left of a set must not come out on white paper without its lines.
            self._print_when_filled = printer
            self._fill_again()
        else:
            self._release(printer)

    def _release(self, printer: str) -> None:
        if self.case is None or self.stopping:
            self.changed.emit()
            return
        self.is_printing = True
        self.changed.emit()
        self.paper.print_forms(PrintOrder(self.counter, self.case, self.forms, printer))

    @Slot(object)
    def _take_printed(self, documents: tuple[PrintedDocument, ...]) -> None:
        self.is_printing = False
        self.documents, self.rest = self.rest.whole(self.forms, documents), RestOfSet()
        self.changed.emit()
        self.printed.emit()

    @Slot(object)
    def _take_print_failure(self, error: KakanaiError | None) -> None:
        self.is_printing = False
        if isinstance(error, PrintError):
            self.rest.take(error)
        self.changed.emit()
        if error is not None:
            self.failed.emit(error)

    # --- end ----------------------------------------------------------------------------

    def close_case(self) -> None:
        """End a served case and forget the person; when the log refuses, the case stays."""
        if self.case is None or self.is_printing:
            return
        try:
            self.counter.close(self.case)
        except KakanaiError as error:
            self.failed.emit(error)
            return
        self._forget(served=True)

    def cancel_case(self) -> None:
        """End the case without more paper and forget the person."""
        if self.case is None or self.is_printing:
            return
        try:
            self.counter.cancel(self.case)
        except KakanaiError as error:
            self.failed.emit(error)
        self._forget(served=False)

    def _forget(self, *, served: bool) -> None:
        self._refill.stop()
        self.paper.forget()
        self.case = None
        self._forget_card()
        self.typed.clear()
        self.groups, self.facts, self.forms, self.documents = [], Facts(), (), ()
        self._print_when_filled = ""
        self._documents_before, self.rest = (), RestOfSet()
        self.ended.emit(served)
        self.changed.emit()
        self.asked.emit()
        self.filled.emit()
