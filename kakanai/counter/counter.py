"""窓口: from the opened case to printed paper; paper only after the log is safe."""

import contextlib
from collections.abc import Collection, Iterable

from kakanai.counter.case_papers import CasePapers
from kakanai.counter.corrections import Sheets, changed_forms
from kakanai.counter.interruptions import Interruptions
from kakanai.counter.paper_out import SEEN_ON_PAPER_CODE, PaperOut, records_of
from kakanai.counter.people import People, people_of
from kakanai.counter.picture_offer import (
    PictureNotOfferedError,
    PictureOffer,
    picture_offer,
    pictures_wanted,
)
from kakanai.errors import KakanaiError
from kakanai.forms.errors import FindingsOpenError, PaperMismatchError
from kakanai.forms.filled import FINDING_CODES, PICTURE_CODE, FilledForm, Finding
from kakanai.forms.printed_paper import on_printed_paper
from kakanai.forms.read_back import verify_pdf
from kakanai.forms.template import FormTemplate
from kakanai.printing.errors import came_out_of
from kakanai.printing.print_job import PrintDocument, PrintedDocument, Printer, PrintJob
from kakanai.printing.print_plan import cut_down, every_page
from kakanai.printing.tasks_out import printed_as
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


class Counter(Interruptions, PaperOut, CasePapers, People):
    """One clerk at one counter 窓口. Every act is logged as it happens; paper only after the log is safe."""

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
        stock = self.office.stock()
        return [
            self.office.filler.fill(
                on_printed_paper(template) if template.id in stock else template,
                case.number,
                narrowed(self.people_rules, facts, template.id),
                numbers,
                frozenset(field for form, field in left_blank if form == template.id),
                pictures.get(template.id, {}),
            )
            for template in templates
        ]

    def is_on_other_paper(self, form: FilledForm) -> bool:
        """Whether this PC has, or has no more, pre-printed paper for a form since it was filled."""
        template = self.office.forms.templates.get(form.template.id)
        is_own = template is not None and template.values_only
        return not is_own and form.values_only != (form.template.id in self.office.stock())

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
        is half made. If printing fails the case may be released again. Forms of which
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
            PrintError: logged as failed, with what came out all the same (`came_out`): the case is kept, and
                the next release lets out the rest.
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
            sheets = self.sheets_due(case, due)
            documents = [self._document_due(form, sheets) for form in due]
            job = PrintJob(case.number, tuple(documents))
        except PaperMismatchError as error:
            # That the paper is wrong is worth more than that the log could not be told of it.
            with contextlib.suppress(LogStorageError):
                self._log(case, EntryKind.PRINT_FAILED, codes=(error.code,))
            raise
        records = records_of(due, documents)
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
            out = came_out_of(error)
            with contextlib.suppress(LogStorageError):
                self._note_out(case, EntryKind.PRINT_FAILED, due, documents, out, sheets, code)
            raise
        try:
            self._note_out(case, EntryKind.PRINT_DONE, due, documents, printed, sheets)
        except LogStorageError as error:
            raise PrintedUnloggedError(printed) from error
        return printed

    def take_as_out(self, case: Case, forms: list[FilledForm], wanted: Collection[str]) -> None:
        """The clerk looked: of these forms, whose print was not seen to its end, every sheet is there.

        They count as printed from here on, and the next release leaves them out.

        Raises:
            ForeignFormsError: one of them is out already, or none of the case's.
            RenderError, LogStorageError: as `release`; nothing was noted.
        """
        case.require(Step.RELEASED)
        due = [form for form in changed_forms(case, forms) if form.template.id in wanted]
        if not due or len(due) != len(set(wanted)):
            raise ForeignFormsError
        sheets = self.sheets_due(case, due)
        documents = [self._document_due(form, sheets) for form in due]
        is_rest = len(changed_forms(case, forms)) > len(due)
        kind = EntryKind.PRINT_FAILED if is_rest else EntryKind.PRINT_DONE
        out = [printed_as(one, None) for one in documents]
        before = case.printed
        try:
            self._note_out(case, kind, due, documents, out, sheets, SEEN_ON_PAPER_CODE)
        except LogStorageError:
            case.printed = before  # the clerk can say it again, or print it
            raise

    def _document_due(self, form: FilledForm, sheets: Sheets) -> PrintDocument:
        document = self._document(form)
        return cut_down(document, set(sheets.get(document.form, every_page(document))))

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


def _record(form: FilledForm) -> FormRecord:
    return FormRecord(form.template.id, form.template.version, len(form.pages))
