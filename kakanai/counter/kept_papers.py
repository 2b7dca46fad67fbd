"""What was printed is kept for a reprint where the town wants it, and deleted in time with proof."""

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any, Final

from kakanai.counter.office import Office
from kakanai.drafts.errors import DraftError, FormsNotKeptError
from kakanai.drafts.kept_forms import KeptForm
from kakanai.printing.print_job import PrintDocument
from kakanai.reception.case import Case
from kakanai.sessionlog.act_queries import has_act
from kakanai.sessionlog.entry import JST, ClerkId, EntryKind, FormRecord, LogEntry

KEPT_FORMS: Final = "kept_forms"
"""The count in the log: of forms kept with their print, and of forms deleted."""


VERSION: Final = "template_version"
"""What is kept beside what the printer was told: the version of the form's template."""


def is_keeping(office: Office) -> bool:
    """Whether this town keeps what it prints, and this office has a place for it."""
    return office.kept is not None and office.town.kept_form_days > 0


def try_to_keep(
    office: Office,
    case: Case,
    documents: Iterable[PrintDocument],
    records: Iterable[FormRecord],
    cut: Collection[str] = (),
    numbered: Collection[str] = (),
) -> tuple[int, FormsNotKeptError | None]:
    """How many documents were kept, and why not all; the paper is out already, so nothing is raised.

    `records` are what the log has of them, `cut` the forms of which some sheets alone came out: of these the
    whole form is kept already, `numbered` those that bear a 個人番号, which are never kept. What was kept of
    a form whose sheets this print made void is deleted.
    """
    if not is_keeping(office) or office.kept is None:
        return 0, None
    at = office.now()
    version = {record.form: record.version for record in records}
    whole = [one for one in documents if one.form not in cut]
    forms = [
        KeptForm(case.number, one.form, at, {**_told(one), VERSION: version[one.form]}, one.pdf)
        for one in whole
        if one.form not in numbered
    ]
    void = {form.form for form in case.to_shred} | (
        {one.form for one in whole} if case.releases > 1 else set()
    )
    try:
        return office.kept.keep(forms, void - set(cut), number=case.number), None
    except DraftError as error:
        return 0, FormsNotKeptError(reason=error.code)


def document_of(kept: KeptForm) -> PrintDocument:
    """The document as it went to the printer, byte for byte."""
    known = {field.name for field in dataclasses.fields(PrintDocument)} - {"pdf"}
    told: dict[str, Any] = {name: value for name, value in kept.told.items() if name in known}
    told = {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
    return PrintDocument(pdf=kept.pdf, **told)


def forget_expired(office: Office, clerk: ClerkId) -> int:
    """Delete what the town keeps no longer, and log it, a line for each day; how many forms.

    Raises:
        DraftError: something is still there.
        LogStorageError: it is gone, and the log will be told the next time.
    """
    if office.kept is None:
        return 0
    today = office.now().astimezone(JST).date()
    days = office.town.kept_form_days
    first = today - dt.timedelta(days=days - 1) if days else None
    deletions = office.kept.delete_outside(first, today)
    for deletion in deletions:
        # Somebody may have been killed between the log's word and the folder's.
        if not has_act(office.log, EntryKind.DRAFTS_DELETED, deletion.digest):
            office.log.append(
                LogEntry(
                    EntryKind.DRAFTS_DELETED,
                    None,
                    clerk,
                    office.now(),
                    on=deletion.day,
                    counts={KEPT_FORMS: deletion.count},
                    digest=deletion.digest,
                )
            )
        office.kept.settle(deletion)
    return sum(deletion.count for deletion in deletions)


def _told(document: PrintDocument) -> dict[str, Any]:
    fields = dataclasses.fields(document)
    return {field.name: getattr(document, field.name) for field in fields if field.name != "pdf"}
