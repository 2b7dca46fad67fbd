"""刷り直し after a case is over: the same paper once more, with a reason, from what the town keeps."""

import contextlib
from collections.abc import Collection, Iterable
from typing import Final

from kakanai.counter.corrections import TO_SHRED_CODE, CorrectionReason
from kakanai.counter.counter import PrintedUnloggedError
from kakanai.counter.kept_papers import VERSION, document_of, is_keeping
from kakanai.counter.office import Office
from kakanai.counter.paper_out import sheets_out
from kakanai.drafts.errors import DraftDamagedError, FormsNotKeptError, KeptFormsOffError, NothingKeptError
from kakanai.drafts.kept_forms import KeptForm
from kakanai.errors import KakanaiError
from kakanai.printing.errors import came_out_of
from kakanai.printing.print_job import PrintDocument, PrintedDocument, Printer, PrintJob
from kakanai.sessionlog.chain import Link
from kakanai.sessionlog.entry import JST, CaseNumber, ClerkId, EntryKind, FormRecord, LogEntry
from kakanai.sessionlog.errors import LogStorageError
from kakanai.staff.act import Act
from kakanai.staff.guard import Guard

REPRINTED_CODE: Final = "K-011"
"""Kept in the log with a reprint from what was kept: no answer was changed."""
_UNFORESEEN: Final = "X-000"
_VOIDING: Final = frozenset(
    {EntryKind.CASE_CORRECTED.value, EntryKind.PRINT_DONE.value, EntryKind.PRINT_FAILED.value}
)


class Reprints:
    """The reprints of one office; the guard is asked, and the log told before paper comes out."""

    def __init__(self, office: Office, guard: Guard | None, claimed: ClerkId) -> None:
        """`claimed` is who acts while nobody is registered 未登録."""
        self._office = office
        self._guard = guard
        self._claimed = claimed

    def kept(self, number: CaseNumber) -> list[KeptForm]:
        """What can be printed again of a case.

        Raises:
            StaffError: whoever is here may not.
            KeptFormsOffError, NothingKeptError: there is nothing.
            DraftError, LogStorageError: it cannot be read.
        """
        self._require(number)
        return self._kept(number)

    def reprint(
        self, number: CaseNumber, forms: Collection[str], reason: CorrectionReason, printer: Printer
    ) -> list[PrintedDocument]:
        """Print these forms of a case once more, as they were; all that are kept where none is named.

        Raises:
            StaffError: whoever is here may not; nothing was logged or printed.
            KeptFormsOffError, NothingKeptError, DraftError: likewise.
            LogStorageError: the log could not be written; nothing was printed.
            PrintError: logged as failed, with what came out all the same (`came_out`).
            PrintedUnloggedError: the paper is out; the log holds the release but not the end.
        """
        clerk = self._require(number)
        kept = self._kept(number)
        wanted = [form for form in kept if not forms or form.form in forms]
        if len(wanted) != (len(set(forms)) or len(kept)):
            raise NothingKeptError(number=str(number))
        documents = tuple(_document(form) for form in wanted)
        records = [_record(form, document) for form, document in zip(wanted, documents, strict=True)]
        codes = (reason.code, TO_SHRED_CODE, REPRINTED_CODE)
        self._log(number, clerk, EntryKind.CASE_CORRECTED, records, codes)
        self._log(number, clerk, EntryKind.PRINT_RELEASED, records)
        try:
            printed = printer.release(PrintJob(str(number), documents))
        except BaseException as error:
            code = error.code if isinstance(error, KakanaiError) else _UNFORESEEN
            out = {one.form: one for one in came_out_of(error)}
            done = sheets_out((one for one in records if one.form in out), out.values())
            with contextlib.suppress(LogStorageError):
                self._log(number, clerk, EntryKind.PRINT_FAILED, done, (code,))
            raise
        try:
            self._log(number, clerk, EntryKind.PRINT_DONE, sheets_out(records, printed))
        except LogStorageError as error:
            raise PrintedUnloggedError(printed) from error
        return printed

    def _require(self, number: CaseNumber) -> ClerkId:
        if self._guard is None:
            return self._claimed
        who = self._guard.require(Act.REPRINT)
        if not who.is_registered:
            return self._claimed
        log = self._office.log
        # Whose it is tells who opened it: a number that was given without the server is nobody's act.
        line = log.case(log.filed_under(number))
        if line is not None and line.staff != who.number:
            self._guard.require(Act.REPRINT_ANOTHERS)
        return who.number

    def _kept(self, number: CaseNumber) -> list[KeptForm]:
        office = self._office
        if office.kept is None or not is_keeping(office):
            raise KeptFormsOffError
        today = office.now().astimezone(JST).date()
        acts = office.log.timeline(office.log.filed_under(number))
        kept = [
            form
            for form in office.kept.of_case(str(number))
            if 0 <= (today - form.day).days < office.town.kept_form_days  # expired ones may not be gone yet
            and not _is_void(form, acts)
        ]
        if not kept:
            raise NothingKeptError(number=str(number))
        return kept

    def _log(
        self,
        number: CaseNumber,
        clerk: ClerkId,
        kind: EntryKind,
        forms: Iterable[FormRecord],
        codes: tuple[str, ...] = (),
    ) -> None:
        entry = LogEntry(kind, number, clerk, self._office.now(), forms=tuple(forms), codes=codes)
        self._office.log.append(entry)


def _is_void(form: KeptForm, acts: Iterable[Link]) -> bool:
    """Whether other answers came after this paper: what is kept of it should be gone, and may not be.

    A correction voids sheets by itself (K-010 without a reason); paper that was let out and could not be kept
    (D-020) may say anything.
    """
    for act in acts:
        if act.kind not in _VOIDING or act.body is None:
            continue
        entry = act.to_entry()
        is_voiding = entry.codes == (TO_SHRED_CODE,) or FormsNotKeptError.code in entry.codes
        if is_voiding and entry.at > form.at and form.form in {record.form for record in entry.forms}:
            return True
    return False


def _document(form: KeptForm) -> PrintDocument:
    try:
        return document_of(form)
    except (TypeError, ValueError) as error:
        raise DraftDamagedError(count=1) from error


def _record(form: KeptForm, document: PrintDocument) -> FormRecord:
    return FormRecord(form.form, str(form.told[VERSION]), document.pages)
