"""窓口: from the opened case to printed paper; paper only after the log is safe."""

import contextlib
from collections.abc import Iterable
from dataclasses import replace

from kakanai.counter.case_papers import CasePapers
from kakanai.counter.corrections import Corrections
from kakanai.counter.interruptions import Interruptions
from kakanai.counter.kept_papers import KEPT_FORMS, try_to_keep
from kakanai.counter.people import People, people_of
from kakanai.counter.picture_offer import (
    PictureNotOfferedError,
    PictureOffer,
    picture_offer,
    pictures_wanted,
)
from kakanai.drafts.errors import FormsNotKeptError
from kakanai.errors import KakanaiError
from kakanai.forms.errors import FindingsOpenError, PaperMismatchError
from kakanai.forms.filled import FINDING_CODES, PICTURE_CODE, FilledForm, Finding, PlacedDigits
from kakanai.forms.read_back import verify_pdf
from kakanai.forms.template import FormTemplate
from kakanai.printing.print_job import PrintDocument, PrintedDocument, Printer, PrintJob
from kakanai.printing.print_plan import cut_down, every_page
from kakanai.reception.case import Case, Step
from kakanai.reception.errors import ForeignFormsError
from kakanai.reception.fact_table import Facts
from kakanai.reception.facts import my_numbers_of
from kakanai.reception.narrowed_rows import narrowed
from kakanai.sessionlog.entry import EntryKind, FormRecord
from kakanai.sessionlog.errors import LogStorageError
from kakanai.staff.act import Act

UNFORESEEN_CODE = "X-000"


class PrintedUnloggedError(LogStorageError):
    """The paper of a case is out, and only the entry that says so is missing; `printed` says where it is."""

    code = "L-016"

    def __init__(self, printed: list[PrintedDocument]) -> None:
        super().__init__()
        self.printed = printed


class Counter(Interruptions, Corrections, CasePapers, People):
    """One clerk at one counter 窓口. Every act is logged as it happens; paper only after the log is safe.

    `not_kept` says why the paper of the last release could not be kept for a reprint, None where it could.
    """

    not_kept: FormsNotKeptError | None = None

    # --- 受付 ---------------------------------------------------------------------------

    def open_case(self) -> Case:
        """A new case with its number 受付番号, logged.

        Raises:
            StaffError: this clerk may not; no number was used up.
            LogStorageError, CaseNumberError: the log could not be written; no numbers are left.
        """
        self.require(Act.USE_COUNTER)
        case = Case(self.office.log.next_case_number(self._today()))
        case.opened_at = self.office.now()
        case.papers = self.office.town.papers_beside
        self._log(case, EntryKind.CASE_OPENED)
        return case

    # --- 記入・確認 ---------------------------------------------------------------------

    def fill(self, case: Case) -> list[FilledForm]:
        """All forms and papers of the case filled, with their findings 指摘; nothing is drawn or logged."""
        facts = self.facts(case)
        forms = self._fill(case, facts, self.templates(case))
        return [*forms, *self.fill_papers(case, facts, forms)]

    def fill_form(self, case: Case, form: str) -> FilledForm | None:
        """One form of the case filled, as `fill` does; None when it is none of the case's own forms."""
        wanted = [template for template in self.templates(case) if template.id == form]
        return next(iter(self._fill(case, self.facts(case), wanted)), None) if wanted else None

    def _fill(self, case: Case, facts: Facts, templates: Iterable[FormTemplate]) -> list[FilledForm]:
        numbers = my_numbers_of(case, facts)
        left_blank = [place for place, value in case.left_blank.items() if facts.at(place[1]) == value]
        pictures = pictures_wanted(case, facts)
        return [
            self.office.filler.fill(
                template,
                case.number,
                narrowed(self.people_rules, facts, template.id),
                numbers,
                frozenset(field for form, field in left_blank if form == template.id),
                pictures.get(template.id, {}),
            )
            for template in templates
        ]

    def leave_blank(self, case: Case, finding: Finding) -> None:
        """The clerk decides that the box of a finding stays empty for handwriting; logged by code.

        The decision is about the value that the box has now: when that changes, it is gone.
        """
        case.require(Step.OPEN)
        code = FINDING_CODES.get(finding.kind)
        if code:
            self._log(case, EntryKind.FINDING_DECIDED, codes=(code,))
        case.leave_blank(finding.form, finding.field, self.facts(case).at(finding.field))

    def picture_offer(self, case: Case, finding: Finding) -> PictureOffer:
        """Whether the card's own picture can stand in the box of a finding 字形なし."""
        return picture_offer(case, self.facts(case), finding)

    def print_picture(self, case: Case, finding: Finding) -> None:
        """The clerk decides that a finding's box bears the card's own picture 券面の画像; logged by code.

        As with `leave_blank` the decision is about the value that the box has now.

        Raises:
            PictureNotOfferedError: `picture_offer` is not READY; nothing was decided.
            LogStorageError: the log could not be written; nothing was decided.
        """
        case.require(Step.OPEN)
        facts = self.facts(case)
        if picture_offer(case, facts, finding) is not PictureOffer.READY:
            raise PictureNotOfferedError(form=finding.form)
        self._log(case, EntryKind.FINDING_DECIDED, codes=(PICTURE_CODE,))
        case.print_picture(finding.form, finding.field, facts.at(finding.field))

    def print_after_all(self, case: Case, finding: Finding) -> None:
        """Take back `leave_blank` or `print_picture` for the box of a finding."""
        case.print_after_all(finding.form, finding.field)

    def preview(self, form: FilledForm) -> bytes:
        """A PDF of one form for the screen: 個人番号 masked, open findings as empty boxes."""
        return self.office.renderer.render(form, preview=True, watermark=self.office.watermark)

    # --- 印刷 ---------------------------------------------------------------------------

    def release(self, case: Case, forms: list[FilledForm], printer: Printer) -> list[PrintedDocument]:
        """Draw every form and read it back, log the release, then let the paper out; log how it went.

        Of a form that lacks some sheets (see `print_again`) these alone come out.

        Every PDF is drawn, and found to say what was meant, before anything is logged or printed, so no set
        is half made. If printing fails the case stays as it is and may be released again. Forms of which
        paper is out that says the same are not printed again; what became void is logged and kept in
        `case.to_shred`.

        Raises:
            StaffError: this clerk may not (any more); nothing was logged or printed, the case is kept.
            NothingToPrintError: paper of every form is out as it is; nothing was logged or printed.
            ForeignFormsError: the forms were filled for another case; nothing was logged or printed.
            FindingsOpenError: findings wait for the clerk; nothing was logged or printed.
            RenderError: a form could not be drawn; nothing was logged or printed.
            PaperMismatchError: a finished PDF does not say what was meant; logged, nothing was printed.
            LogStorageError: the log could not be written; nothing was printed.
            PrintError: logged as failed; the case is kept.
            PrintedUnloggedError: the paper is out (`printed`); the log holds the release but not the end.
        """
        case.require(Step.OPEN, Step.RELEASED)
        self.require(Act.USE_COUNTER)
        filled = tuple(form.template.id for form in forms)
        wanted = (*case.forms, *self.papers(case))
        if filled != wanted or any(form.case_number != case.number for form in forms):
            raise ForeignFormsError
        stopping = sum(len(form.stopping) for form in forms)
        if stopping:
            raise FindingsOpenError(count=stopping)
        try:
            due = self._due(case, forms)
            sheets = self._sheets_due(case, due)
            documents = [self._document(form) for form in due]
            documents = [cut_down(one, set(sheets.get(one.form, every_page(one)))) for one in documents]
            job = PrintJob(case.number, tuple(documents))
        except PaperMismatchError as error:
            # That the paper is wrong is worth more than that the log could not be told of it.
            with contextlib.suppress(LogStorageError):
                self._log(case, EntryKind.PRINT_FAILED, codes=(error.code,))
            raise
        records = [replace(_record(f), pages=one.pages) for f, one in zip(due, documents, strict=True)]
        self.log_choice(case)
        if case.step is Step.OPEN:
            self._log_checks(case)
        self._log(case, EntryKind.FORMS_FILLED, forms=[_record(form) for form in forms])
        self._void(case, forms)
        self._log(case, EntryKind.PRINT_RELEASED, forms=records)
        case.release()
        try:
            printed = printer.release(job)
        except BaseException as error:
            # Also when the program is told to stop. That printing failed is worth more than that the log did.
            code = error.code if isinstance(error, KakanaiError) else UNFORESEEN_CODE
            with contextlib.suppress(LogStorageError):
                self._log(case, EntryKind.PRINT_FAILED, codes=(code,))
            raise
        self._keep_printed(case, due)
        kept, self.not_kept = try_to_keep(
            self.office, case, job.documents, records, cut=sheets, numbered=_numbered(due)
        )
        codes = () if self.not_kept is None else (self.not_kept.code,)
        counts = {KEPT_FORMS: kept} if kept else {}
        try:
            self._log(
                case, EntryKind.PRINT_DONE, forms=sheets_out(records, printed), codes=codes, counts=counts
            )
        except LogStorageError as error:
            raise PrintedUnloggedError(printed) from error
        return printed

    def _document(self, form: FilledForm) -> PrintDocument:
        pdf = self.office.renderer.render(form, watermark=self.office.watermark)
        verify_pdf(pdf, form, watermark=self.office.watermark)
        return PrintDocument(
            form.template.id,
            pdf,
            len(form.pages),
            form.template.paper,
            verified=True,
            preprinted=form.values_only,
            single=form.template.carries_my_number,
            copy_pages=tuple(number for number, page in enumerate(form.pages, 1) if page.copy),
        )

    # --- 終わり -------------------------------------------------------------------------

    def close(self, case: Case) -> None:
        """End a served case; everything personal in it is wiped (see `remembered_people`)."""
        case.require(Step.OPEN, Step.RELEASED)
        self._log(case, EntryKind.CASE_CLOSED)
        self._remember(people_of(case))
        case.end(Step.CLOSED)

    def cancel(self, case: Case, error: KakanaiError | None = None) -> None:
        """End a case without (more) paper; everything personal in it is wiped."""
        case.require(Step.OPEN, Step.RELEASED)
        try:
            self._log(case, EntryKind.CASE_CANCELLED, codes=(error.code,) if error else ())
        finally:
            case.end(Step.CANCELLED)


def _numbered(forms: Iterable[FilledForm]) -> set[str]:
    """The forms on which somebody's 個人番号 really stands."""
    return {
        form.template.id
        for form in forms
        if any(isinstance(placed, PlacedDigits) for page in form.pages for placed in page.placed)
    }


def sheets_out(records: list[FormRecord], printed: list[PrintedDocument]) -> list[FormRecord]:
    """The records with the sheets that really came out: a printer may be set to leave a 控え out."""
    pages = {one.form: one.pages for one in printed}
    return [replace(record, pages=pages.get(record.form, record.pages)) for record in records]


def _record(form: FilledForm) -> FormRecord:
    return FormRecord(form.template.id, form.template.version, len(form.pages))
