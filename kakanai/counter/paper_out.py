"""Paper that came out 出た紙: known to the case, kept for a reprint, told to the log."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from kakanai.counter.corrections import Corrections, Sheets
from kakanai.counter.kept_papers import KEPT_FORMS, try_to_keep
from kakanai.drafts.errors import FormsNotKeptError
from kakanai.forms.filled import FilledForm, PlacedDigits
from kakanai.printing.print_job import PrintDocument, PrintedDocument
from kakanai.reception.case import Case
from kakanai.sessionlog.entry import EntryKind, FormRecord

SEEN_ON_PAPER_CODE: Final = "K-012"
"""Kept in the log with forms whose print nobody saw to its end: the clerk looked, and the paper is there."""


class PaperOut(Corrections):
    """What follows from paper that is out.

    `not_kept` says why the paper of the last release could not be kept for a reprint, None where it could.
    """

    not_kept: FormsNotKeptError | None = None

    def _note_out(
        self,
        case: Case,
        kind: EntryKind,
        due: Sequence[FilledForm],
        documents: Sequence[PrintDocument],
        printed: Sequence[PrintedDocument],
        sheets: Sheets,
        *codes: str,
    ) -> None:
        """Note how a release ended; of one that failed what came out all the same, if anything did.

        Raises:
            LogStorageError: only the log does not know it.
        """
        if kind is not EntryKind.PRINT_DONE:
            out = {one.form for one in printed}
            due = [form for form in due if form.template.id in out]
            documents = [one for one in documents if one.form in out]
        records = sheets_out(records_of(due, documents), printed)
        kept, self.not_kept = 0, None
        if due:
            self._keep_printed(case, due)
            kept, self.not_kept = try_to_keep(
                self.office, case, documents, records, cut=sheets, numbered=_numbered(due)
            )
        if self.not_kept is not None:
            codes = (*codes, self.not_kept.code)
        self._log(case, kind, forms=records, codes=codes, counts={KEPT_FORMS: kept} if kept else {})


def records_of(forms: Sequence[FilledForm], documents: Sequence[PrintDocument]) -> list[FormRecord]:
    """What the log keeps of forms, with the pages that are printed of each."""
    return [
        FormRecord(form.template.id, form.template.version, document.pages)
        for form, document in zip(forms, documents, strict=True)
    ]


def sheets_out(records: Iterable[FormRecord], printed: Iterable[PrintedDocument]) -> list[FormRecord]:
    """The records with the sheets that really came out: a printer may be set to leave a 控え out."""
    pages = {one.form: one.pages for one in printed}
    return [replace(record, pages=pages.get(record.form, record.pages)) for record in records]


def _numbered(forms: Iterable[FilledForm]) -> set[str]:
    """The forms on which somebody's 個人番号 really stands."""
    return {
        form.template.id
        for form in forms
        if any(isinstance(placed, PlacedDigits) for page in form.pages for placed in page.placed)
    }
