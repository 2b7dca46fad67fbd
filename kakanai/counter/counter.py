"""窓口: from the opened case to printed paper; paper only after the log is safe."""

import contextlib
from collections.abc import Iterable, Mapping
from typing import Any

from kakanai.counter.identification import Identification
from kakanai.counter.picture_offer import (
    PictureNotOfferedError,
    PictureOffer,
    picture_offer,
    pictures_wanted,
)
from kakanai.errors import KakanaiError
from kakanai.forms.errors import FindingsOpenError, PaperMismatchError
from kakanai.forms.filled import FINDING_CODES, PICTURE_CODE, FilledForm, Finding
from kakanai.forms.read_back import verify_pdf
from kakanai.forms.template import FormTemplate
from kakanai.printing.print_job import PrintDocument, PrintedDocument, Printer, PrintJob
from kakanai.reception.answers import Answers, Value, parse_answers
from kakanai.reception.case import Case, Step
from kakanai.reception.errors import ForeignFormsError, UnusedAnswersError
from kakanai.reception.facts import (
    Facts,
    QuestionGroup,
    gather_facts,
    my_number_roles,
    my_numbers_of,
    questions_for,
)
from kakanai.reception.procedure import Procedure, refuse_conflicts
from kakanai.sessionlog.entry import EntryKind, FormRecord
from kakanai.sessionlog.errors import LogStorageError

UNFORESEEN_CODE = "X-000"


class PrintedUnloggedError(LogStorageError):
    """The paper of a case is out, and only the entry that says so is missing; `printed` says where it is."""

    code = "L-016"

    def __init__(self, printed: list[PrintedDocument]) -> None:
        super().__init__()
        self.printed = printed


class Counter(Identification):
    """One clerk at one counter 窓口. Every act is logged as it happens; paper only after the log is safe."""

    # --- 受付 ---------------------------------------------------------------------------

    def open_case(self) -> Case:
        """A new case with its number 受付番号, logged."""
        case = Case(self.office.log.next_case_number(self._today()))
        self._log(case, EntryKind.CASE_OPENED)
        return case

    # --- 手続 ---------------------------------------------------------------------------

    def choose(self, case: Case, procedures: Iterable[str], forms: Iterable[str] = ()) -> None:
        """Choose procedures 手続 by id; `forms` narrows or orders the forms that are made.

        Raises:
            UnknownProcedureError, UnknownFormError, FormOutOfDateError, ConflictingProceduresError,
            LogStorageError: the case is as it was.
        """
        case.require(Step.OPEN)
        chosen = [self.office.procedures.by_id(name) for name in procedures]
        refuse_conflicts(chosen)
        wanted = list(forms) or [form for procedure in chosen for form in procedure.forms]
        for form in wanted:
            self.office.forms.by_id(form, on=self._today())
        self._log(case, EntryKind.PROCEDURES_CHOSEN, procedures=[p.id for p in chosen])
        case.choose(chosen, wanted)

    def procedures_for_forms(self, forms: Iterable[str]) -> list[str]:
        """The procedure ids meant when only forms are named (the first that uses each).

        Raises:
            UnknownFormError: no such form.
        """
        found: list[Procedure | None] = []
        for form in forms:
            self.office.forms.by_id(form)
            found.append(self.office.procedures.for_form(form))
        return list(dict.fromkeys(procedure.id for procedure in found if procedure))

    def templates(self, case: Case) -> list[FormTemplate]:
        """The templates of the case's forms, in order."""
        return [self.office.forms.by_id(form) for form in case.forms]

    def wants_my_number(self, case: Case) -> list[str]:
        """The chosen forms on which a box is for this visitor's 個人番号; empty means it must not be read.

        It depends on the answers: an agent 代理人 who is neither householder nor among the people concerned
        has no box on F09.
        """
        facts = self.facts(case)
        roles = my_number_roles(facts)
        return [t.id for t in self.templates(case) if roles & t.my_number_roles(facts.values)]

    # --- 聞き取り -----------------------------------------------------------------------

    def facts(self, case: Case) -> Facts:
        """Everything known for the forms of the case right now."""
        return gather_facts(self.office.variables, case, self._office_facts())

    def questions(self, case: Case) -> list[QuestionGroup]:
        """What to ask, each once, for all chosen forms together."""
        used: dict[str, list[str]] = {}
        for template in self.templates(case):
            for variable in template.variables():
                used.setdefault(variable, []).append(template.id)
        return questions_for(self.office.variables, used, case, self.facts(case))

    def answer(self, case: Case, data: Mapping[str, Any], *, strict: bool = False) -> Answers:
        """Replace the answers with plain data (see `parse_answers`).

        On the window an answer may wait unseen for its question to come up again. `strict` is for answers
        that nobody looks at: one that reaches no form is refused, lest a householder's name is typed and
        the visitor printed, because nobody said that they are two people.

        Raises:
            UnknownVariableError, AnswerFormatError, UnusedAnswersError: the case keeps its earlier answers.
        """
        answers = parse_answers(self.office.variables, data)
        earlier = case.answers
        case.answer(answers)
        unused = self.facts(case).unused if strict else ()
        if unused:
            case.answer(earlier)
            raise UnusedAnswersError(fields=", ".join(unused))
        return answers

    # --- 記入・確認 ---------------------------------------------------------------------

    def fill(self, case: Case) -> list[FilledForm]:
        """All forms of the case filled, with their findings 指摘; nothing is drawn or logged."""
        facts = self.facts(case)
        numbers = my_numbers_of(case, facts)
        left_blank = [place for place, value in case.left_blank.items() if facts.at(place[1]) == value]
        pictures = pictures_wanted(case, facts)
        return [
            self.office.filler.fill(
                template,
                case.number,
                facts,
                numbers,
                frozenset(field for form, field in left_blank if form == template.id),
                pictures.get(template.id, {}),
            )
            for template in self.templates(case)
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

        Every PDF is drawn, and found to say what was meant, before anything is logged or printed, so no set
        is half made. If printing fails the case stays as it is and may be released again.

        Raises:
            ForeignFormsError: the forms were filled for another case; nothing was logged or printed.
            FindingsOpenError: findings wait for the clerk; nothing was logged or printed.
            RenderError: a form could not be drawn; nothing was logged or printed.
            PaperMismatchError: a finished PDF does not say what was meant; logged, nothing was printed.
            LogStorageError: the log could not be written; nothing was printed.
            PrintError: logged as failed; the case is kept.
            PrintedUnloggedError: the paper is out (`printed`); the log holds the release but not the end.
        """
        case.require(Step.OPEN, Step.RELEASED)
        filled = tuple(form.template.id for form in forms)
        if filled != case.forms or any(form.case_number != case.number for form in forms):
            raise ForeignFormsError
        stopping = sum(len(form.stopping) for form in forms)
        if stopping:
            raise FindingsOpenError(count=stopping)
        try:
            job = PrintJob(case.number, tuple(self._document(form) for form in forms))
        except PaperMismatchError as error:
            # That the paper is wrong is worth more than that the log could not be told of it.
            with contextlib.suppress(LogStorageError):
                self._log(case, EntryKind.PRINT_FAILED, codes=(error.code,))
            raise
        records = [FormRecord(form.template.id, form.template.version, len(form.pages)) for form in forms]
        self._log(case, EntryKind.FORMS_FILLED, forms=records)
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
        try:
            self._log(case, EntryKind.PRINT_DONE, forms=records)
        except LogStorageError as error:
            raise PrintedUnloggedError(printed) from error
        return printed

    def _document(self, form: FilledForm) -> PrintDocument:
        pdf = self.office.renderer.render(form, watermark=self.office.watermark)
        verify_pdf(pdf, form, watermark=self.office.watermark)
        return PrintDocument(form.template.id, pdf, len(form.pages), form.template.paper, verified=True)

    # --- 終わり -------------------------------------------------------------------------

    def close(self, case: Case) -> None:
        """End a served case; everything personal in it is wiped."""
        case.require(Step.OPEN, Step.RELEASED)
        self._log(case, EntryKind.CASE_CLOSED)
        case.end(Step.CLOSED)

    def cancel(self, case: Case, error: KakanaiError | None = None) -> None:
        """End a case without (more) paper; everything personal in it is wiped."""
        case.require(Step.OPEN, Step.RELEASED)
        try:
            self._log(case, EntryKind.CASE_CANCELLED, codes=(error.code,) if error else ())
        finally:
            case.end(Step.CANCELLED)

    def _office_facts(self) -> dict[str, Value]:
        town = self.office.town
        values: dict[str, Value] = {
            "today": self._today(),
            "town.name": town.name,
            "town.addressee": town.addressees["mayor"],
            "counter.name": town.counter_name,
            "counter.section": town.section(town.counters.get(town.counter_name, "common")).name,
        }
        values |= {f"addressee.{name}": words for name, words in town.addressees.items()}
        values |= {f"fee.{name}": yen for name, yen in town.fees.items()}
        return values
