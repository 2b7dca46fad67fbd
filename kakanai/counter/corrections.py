"""Correction after printing 訂正: why, what is printed again, and which sheets are to be shredded."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from kakanai.counter.case_log import LoggedActs
from kakanai.counter.kept_papers import try_to_keep
from kakanai.errors import KakanaiError
from kakanai.forms.content_digest import content_digest, page_marks
from kakanai.forms.filled import FilledForm
from kakanai.reception.case import Case, Step
from kakanai.reception.errors import ForeignFormsError
from kakanai.reception.printed_form import PrintedForm
from kakanai.sessionlog.entry import EntryKind, FormRecord

TO_SHRED_CODE: Final = "K-010"
"""Kept in the log with the forms whose printed sheets became void."""


Sheets = Mapping[str, Collection[int]]
"""Pages (1 the first) of forms, by form id."""

NO_SHEETS: Final[Sheets] = MappingProxyType({})


class CorrectionReason(StrEnum):
    """Why paper that is out is not good."""

    WRITTEN_WRONG = "written_wrong"
    VISITOR = "visitor"
    CLERK = "clerk"
    BAD_PRINT = "bad_print"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The words a clerk chooses by."""
        return _LABELS[self]

    @property
    def code(self) -> str:
        """What the log keeps."""
        return _CODES[self]


_LABELS: Final = {
    CorrectionReason.WRITTEN_WRONG: "記入誤り",
    CorrectionReason.VISITOR: "来庁者の申出",
    CorrectionReason.CLERK: "職員の誤り",
    CorrectionReason.BAD_PRINT: "印刷不良",
    CorrectionReason.OTHER: "その他",
}
_CODES: Final = {reason: f"K-{number:03d}" for number, reason in enumerate(CorrectionReason, start=1)}


class NothingToPrintError(KakanaiError):
    """A case was opened for a correction, and no form differs from the paper that is out."""

    code = "R-022"
    exit_status = 8


class FormsChangedError(KakanaiError):
    """Forms differ from the paper that is out, so it cannot stay as it is. Details: count."""

    code = "R-023"
    exit_status = 8


class Corrections(LoggedActs):
    """The acts after paper is out."""

    def correct(self, case: Case, reason: CorrectionReason) -> None:
        """Open a released case again, so that its answers can be corrected; logged with the reason.

        Raises:
            LogStorageError: the log could not be written; the case is as it was.
        """
        case.require(Step.RELEASED)
        self._log(case, EntryKind.CASE_CORRECTED, codes=(reason.code,))
        case.reopen()

    def keep_paper(self, case: Case, forms: Sequence[FilledForm]) -> None:
        """Nothing needs printing after a correction: the paper of what is still wanted stays valid.

        Raises:
            FormsChangedError: a form says something else than its paper; the case stays open.
            LogStorageError: the log could not be told which sheets became void; the case stays open.
        """
        case.require(Step.OPEN)
        if changed := changed_forms(case, forms):
            raise FormsChangedError(count=len(changed))
        self._void(case, forms)
        case.keep_released()
        # What is kept of paper that belongs to the case no more goes; if it cannot, no reprint takes it.
        try_to_keep(self.office, case, (), ())

    def print_again(
        self, case: Case, forms: Iterable[str], reason: CorrectionReason, sheets: Sheets = NO_SHEETS
    ) -> None:
        """Have forms printed again as they are (紙づまり); the next release lets out just these.

        Of a form in `sheets` these pages alone (1 the first) are spoilt or missing; its others stay valid,
        also when that release fails, and the next one lets out no more than what is missing.

        Raises:
            ForeignFormsError: no paper of one of them, or of the pages asked for, is out.
            LogStorageError: the log could not be written; the case is as it was.
        """
        case.require(Step.RELEASED)
        wanted = tuple(forms)
        if not wanted or not case.printed.keys() >= set(wanted):
            raise ForeignFormsError
        spoiled = tuple(_only(case.printed[form], sheets.get(form)) for form in wanted)
        if not all(one.marks for one in spoiled):
            raise ForeignFormsError
        records = [record_of(one) for one in spoiled]
        self._log(case, EntryKind.CASE_CORRECTED, forms=records, codes=(reason.code, TO_SHRED_CODE))
        case.to_shred = spoiled
        left = {form: _without(out, sheets.get(form)) for form, out in case.printed.items() if form in wanted}
        others = {form: out for form, out in case.printed.items() if form not in wanted}
        case.printed = others | {form: out for form, out in left.items() if out is not None}

    def _due(self, case: Case, forms: Sequence[FilledForm]) -> list[FilledForm]:
        """What a release lets out: all forms the first time, then those that differ from paper that is out.

        Raises:
            NothingToPrintError: nothing differs.
        """
        due = changed_forms(case, forms)
        if not due:
            raise NothingToPrintError
        return due

    def sheets_due(self, case: Case, due: Iterable[FilledForm]) -> Sheets:
        """Of which forms some sheets alone are due: what the others say is out already, and valid."""
        printed = {form.template.id: case.printed.get(form.template.id) for form in due}
        digests = {form.template.id: content_digest(form) for form in due}
        return {
            form: out.missing
            for form, out in printed.items()
            if out is not None and out.missing and out.digest == digests[form]
        }

    def _void(self, case: Case, forms: Sequence[FilledForm]) -> None:
        """Log which sheets become void, and keep them for the clerk; before paper comes out."""
        void = void_forms(case, forms)
        if not void:
            return
        records = [record_of(form) for form in void]
        self._log(case, EntryKind.CASE_CORRECTED, forms=records, codes=(TO_SHRED_CODE,))
        case.to_shred = (*case.to_shred, *void)
        # Replaced, not changed: the window may be looking at it on another thread.
        case.printed = {form: out for form, out in case.printed.items() if out not in void}

    def _keep_printed(self, case: Case, released: Iterable[FilledForm]) -> None:
        out = {
            form.template.id: PrintedForm(
                form.template.id, form.template.version, page_marks(form), content_digest(form)
            )
            for form in released
        }
        case.printed = case.printed | out


def changed_forms(case: Case, forms: Iterable[FilledForm]) -> list[FilledForm]:
    """The forms of which no valid paper is out: new ones, those that say something else, or lack a sheet."""

    def is_out(form: FilledForm) -> bool:
        printed = case.printed.get(form.template.id)
        return printed is not None and not printed.missing and printed.digest == content_digest(form)

    return [form for form in forms if not is_out(form)]


def void_forms(case: Case, forms: Iterable[FilledForm]) -> tuple[PrintedForm, ...]:
    """The printed forms whose sheets say something else than the case does now, or belong to it no more."""
    now = {form.template.id: content_digest(form) for form in forms}
    return tuple(printed for printed in case.printed.values() if now.get(printed.form) != printed.digest)


def _only(printed: PrintedForm, sheets: Collection[int] | None) -> PrintedForm:
    """The printed form with the marks of these sheets alone; all of them when none are named."""
    if sheets is None:
        return printed
    return replace(printed, marks=tuple(m for number, m in enumerate(printed.marks, 1) if number in sheets))


def _without(printed: PrintedForm, sheets: Collection[int] | None) -> PrintedForm | None:
    """The printed form when these sheets of it are good no more; None when none is left that is."""
    missing = {*printed.missing, *(range(1, printed.pages + 1) if sheets is None else sheets)}
    return replace(printed, missing=tuple(sorted(missing))) if len(missing) < printed.pages else None


def record_of(printed: PrintedForm) -> FormRecord:
    """What the log keeps of a printed form."""
    return FormRecord(printed.form, printed.version, printed.pages)
