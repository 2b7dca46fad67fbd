"""Putting a case aside and going on with it, and correcting one whose paper is out. No widget in here."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal

from kakanai.counter.corrections import NO_SHEETS, CorrectionReason, Sheets, changed_forms, void_forms
from kakanai.drafts.errors import ResumeError
from kakanai.errors import KakanaiError
from kakanai.forms.filled import FilledForm
from kakanai.printing.print_job import PrintedDocument
from kakanai.reception.case import Case, Step
from kakanai.reception.printed_form import PrintedForm
from kakanai.ui.case_people import CasePeople
from kakanai.ui.case_snapshot import from_body, restore_typed, to_body
from kakanai.ui.desk import Desk
from kakanai.ui.rest_of_set import RestOfSet


class CasePauses(CasePeople):
    """The acts that stop and go on.

    Signals: those of CasePeople, and
        paper_unsure(): a case goes on whose paper may be out; the clerk must look.
        printed(): the paper is out, `documents` tell where.
    """

    paper_unsure = Signal()
    printed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self.was_suspended = False
        """Whether the case that ended last was only put aside."""
        self._documents_before: tuple[PrintedDocument, ...] = ()
        self.rest = RestOfSet()

    # --- pauses -------------------------------------------------------------------------

    def body(self) -> dict[str, Any] | None:
        """The case in plain data for its draft, None when there is none."""
        return to_body(self, self._documents_before, self.rest) if self.case is not None else None

    def suspend(self) -> bool:
        """Put the case aside 保留; False when there is none, it is printing, or the log refused."""
        if self.case is None or self.is_printing:
            return False
        try:
            self.counter.suspend(self.case)
        except KakanaiError as error:
            self.failed.emit(error)
            return False
        self.was_suspended = True
        self._forget(served=False)
        self.was_suspended = False
        return True

    def restore(self, number: str, body: Mapping[str, Any]) -> bool:
        """Go on with a case that was put aside; False when it cannot be, which `failed` tells."""
        if self.case is not None:
            return False
        try:
            snapshot = from_body(body)
            self._check_known(number, snapshot.case)
            is_known = self.counter.resume(snapshot.case)
        except ValueError:
            self.failed.emit(ResumeError(number=number))
            return False
        except KakanaiError as error:
            self.failed.emit(error)
            return False
        self.case, self.kept = snapshot.case, snapshot.card
        self.documents, self._documents_before = snapshot.documents, snapshot.documents_before
        self.rest = snapshot.rest
        restore_typed(self.typed, snapshot)
        self._tell_change()
        self._fill_again()
        if not is_known:
            self.paper_unsure.emit()
        return True

    def _check_known(self, number: str, case: Case) -> None:
        """Refuse a case whose forms or event the town has taken out since; the draft stays.

        Raises:
            ResumeError: some are not known any more.
        """
        try:
            self.counter.questions(case)
        except (KakanaiError, KeyError) as error:
            raise ResumeError(number=number) from error

    # --- correction ---------------------------------------------------------------------

    @property
    def is_correcting(self) -> bool:
        """Whether paper was released before, and the case is open again."""
        return self.case is not None and self.case.step is Step.OPEN and self.case.releases > 0

    def due(self) -> list[FilledForm]:
        """The forms that the next release lets out."""
        return changed_forms(self.case, self.forms) if self.case else []

    def to_shred(self) -> tuple[PrintedForm, ...]:
        """Forms whose printed sheets are void: by the last release, or by what was corrected since."""
        if self.case is None:
            return ()
        return void_forms(self.case, self.forms) if self.is_correcting else self.case.to_shred

    def correct(self, reason: CorrectionReason) -> bool:
        """Open the case again, so that its answers can be corrected; False when the log refused."""
        if not self._act(lambda case: self.counter.correct(case, reason)):
            return False
        self._documents_before, self.documents = self.documents or self.rest.whole(self.forms), ()
        self.rest = RestOfSet()
        self._tell_change()
        self._fill_again()
        return True

    def keep_paper(self) -> None:
        """Nothing is to be printed after all."""
        if self.is_correcting and self._act(lambda case: self.counter.keep_paper(case, self.forms)):
            # Of a set that had stopped half-way, all that is wanted now may be out without ever having been
            # one set.
            self.documents = RestOfSet(self._documents_before).all_of(self.forms)
            self._documents_before = ()
            self._tell_change()

    def print_again(
        self, forms: tuple[str, ...], reason: CorrectionReason, printer: str, sheets: Sheets = NO_SHEETS
    ) -> None:
        """Print forms once more as they are; of a form in `sheets` these pages alone."""
        if self._act(lambda case: self.counter.print_again(case, forms, reason, sheets)):
            self.documents = ()  # the set is not whole until they are out: should that fail, it is said
            self.rest = RestOfSet()
            self.print_forms(printer)

    # --- a set that stopped half-way ----------------------------------------------------

    @property
    def is_part_out(self) -> bool:
        """Whether paper of some forms is out and good, and of others not yet."""
        is_short = self.is_released and not self.documents and not self.is_printing
        return is_short and 0 < len(self.due()) < len(self.forms)

    def rest_pages(self) -> dict[str, int]:
        """How many sheets the next release lets out of each form that it concerns."""
        if self.case is None:
            return {}
        due = self.due()
        sheets = self.counter.sheets_due(self.case, due)
        return {one.template.id: len(sheets.get(one.template.id, one.pages)) for one in due}

    def take_as_out(self, form: str) -> None:
        """The clerk saw that every sheet of this form is there, though its print was not seen to its end."""
        if self._act(lambda case: self.counter.take_as_out(case, list(self.forms), (form,))):
            self.rest.take_as_out([one for one in self.forms if one.template.id == form])
            if not self.due():
                self.documents, self.rest = self.rest.whole(self.forms), RestOfSet()
            self.changed.emit()
            if self.documents:
                self.printed.emit()

    def print_all_again(self, printer: str) -> None:
        """Print the whole set once more; what is out of it is void."""
        if self.case is not None and self.is_part_out:
            self.print_again(tuple(self.case.printed), CorrectionReason.BAD_PRINT, printer)

    def _act(self, act: Callable[[Case], None]) -> bool:
        if self.case is None or self.is_printing:
            return False
        try:
            act(self.case)
        except KakanaiError as error:
            self.failed.emit(error)
            return False
        return True

    # --- what CaseFlow does -------------------------------------------------------------

    def print_forms(self, printer: str) -> None:
        """Release the paper."""
        raise NotImplementedError

    def _forget(self, *, served: bool) -> None:
        raise NotImplementedError

    def _fill_again(self) -> None:
        raise NotImplementedError
