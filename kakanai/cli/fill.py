"""`kakanai fill`: from a card or a typed person to finished forms."""

import argparse
import contextlib
from typing import TYPE_CHECKING, Any, Final

from kakanai.cardreader.authenticity.verdict import REVOCATION_NOT_CHECKED
from kakanai.cardreader.driver_licence.readings import LicenceReading
from kakanai.cardreader.mynumber.readings import MyNumberCardReading
from kakanai.cardreader.residence_card.readings import ResidenceCardReading
from kakanai.cli.asked_for import GUIDED_FORMS, answer, choose, form_ids
from kakanai.cli.checks_told import choose_papers, note_papers_seen, papers_of, papers_seen
from kakanai.cli.errors import UsageError
from kakanai.cli.json_file import read_json_object
from kakanai.cli.output import Output
from kakanai.cli.parser import TOWN_DEFAULT
from kakanai.cli.people_file import add_people, take_people
from kakanai.cli.services import Services
from kakanai.cli.signed_in import require
from kakanai.cli.stop_signals import finish_first
from kakanai.cli.way_out import require_folder
from kakanai.counter import Counter, PrintedUnloggedError
from kakanai.counter.picture_offer import PictureOffer
from kakanai.counter.print_clipping import clipped_boxes, clipping_words
from kakanai.errors import KakanaiError
from kakanai.forms.errors import FindingsOpenError
from kakanai.forms.filled import FilledForm, Finding, FindingKind
from kakanai.identity.by_hand import person_from_mapping
from kakanai.identity.errors import AuthenticityMismatchError, CardNameMissingError
from kakanai.identity.my_number import MyNumber
from kakanai.identity.person import Person
from kakanai.messages import message_for
from kakanai.printing.by_paper import PrinterByPaper
from kakanai.printing.errors import NoPrintServiceError, PrintError
from kakanai.printing.print_job import PrintedDocument, Printer
from kakanai.reception.answers import parse_answers
from kakanai.reception.case import Case, Step
from kakanai.sessionlog.entry import ClerkId
from kakanai.sessionlog.errors import LogStorageError
from kakanai.settings import Town
from kakanai.staff.act import Act

if TYPE_CHECKING:
    from kakanai.cli.card_reading import Reading

_KEY_FLAGS: Final = ("pin_stdin", "collation_b_stdin", "card_number_stdin")
_STOPPED: Final = "中止しました。受付は取り消しました。"
_MAYBE_PRINTED: Final = (
    "印刷を始めたあとで中止しました。出たかどうかを操作ログ(kakanai log day)で確かめてください。"
)
_DECIDE: Final = (
    "欄を空けて手書きにするときは --leave-blank 様式:欄(すべてなら --leave-blank all)を付けて、"
    "字形のない氏名・住所にマイナンバーカードの券面の画像を印刷するときは"
    "照合番号Bで読んで --picture 様式:欄(または all)を付けて、"
    "値を直すときは直して、もう一度 fill を実行してください。"
)
_NOT_BEGUN: Final = "カードはまだ読んでいません。原因を直してもう一度 fill を実行してください。"
_CANCELLED: Final = "受付は取り消しました。原因を直してもう一度 fill を実行してください。"
_PIN_AGAIN: Final = "カードの暗証番号は再入力になります。"
_NO_MY_NUMBER: Final = "個人番号は券面事項入力補助用の暗証番号だけで読めます。個人番号の欄は空けます。"
_TYPE_NAME: Final = (
    "氏名の画像を取り出し(card read --glyphs)、氏名などを書いたファイルを"
    " --person に渡して、もう一度 fill を実行してください。"
)
_TOLD: Final = FindingKind.PICTURE
_LOOK_AT_PAPER: Final = "出た紙を確かめてください。"


def fill(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """One case: identity, forms, answers, findings, paper, log. All of it is printed, or nothing.

    Whatever can be wrong without the visitor is found before the card is read or the PIN asked for.
    """
    by_card = asked.reader is not None or any(getattr(asked, flag) for flag in _KEY_FLAGS)
    if (asked.person is None) != by_card:
        raise UsageError(problem="--person か --reader/--pin-stdin のどちらか一方を書いてください")
    if asked.picture and not by_card:
        raise UsageError(problem="--picture はカードを読むときだけ書けます")
    town = services.prepare()
    forms = form_ids(asked.forms, asked.event)
    answers = read_json_object(asked.answers) if asked.answers else {}
    people = take_people(answers)
    person = person_from_mapping(read_json_object(asked.person)) if asked.person else None
    seen = papers_seen(asked.identity)
    ClerkId(asked.clerk or town.default_clerk)  # what is none is told before a printer is asked
    try:
        printer = _way_out(asked, services, town, len(forms) or GUIDED_FORMS)
    except PrintError as error:
        output.failure(error, next_step=_NOT_BEGUN)
        return error.exit_status
    office = services.open_office(town, "", asked.reader)
    try:
        who = require(
            services,
            town,
            office.log,
            Act.USE_COUNTER,
            asked.clerk,
            default=town.default_clerk,
            guard=office.guard,
        )
        counter = Counter(office, who.number)
        counter.procedures_for_forms(forms)
        parse_answers(office.variables, answers)
        case = counter.open_case()
        try:
            choose(counter, case, forms, asked.event)
            choose_papers(counter, case, asked.papers)
            add_people(counter, case, people)
            answer(counter, case, answers)
            rehearse(counter, case)
            if isinstance(printer, PrinterByPaper):
                printer.require_ready(papers_of(counter, case))
            identify(counter, case, services, asked, output, person)
            note_papers_seen(counter, case, seen)
            return serve(counter, case, asked, printer, output)
        except BaseException as error:
            give_up(counter, case, error, output)
            raise
    except CardNameMissingError as error:
        output.failure(error, next_step=_TYPE_NAME)
        return error.exit_status
    finally:
        office.log.close()


def _way_out(asked: argparse.Namespace, services: Services, town: Town, documents: int) -> Printer:
    if asked.printer == TOWN_DEFAULT:
        return services.town_printer(town)
    if asked.printer is not None:
        services.require_printer(asked.printer, documents)
        return services.printer(asked.printer)
    require_folder(asked.out, documents)
    return services.folder_printer(asked.out)


def rehearse(counter: Counter, case: Case) -> None:
    """Fill and draw everything without the visitor: a missing font or a bad template is found now."""
    for form in counter.fill(case):
        counter.preview(form)


def give_up(counter: Counter, case: Case, error: BaseException, output: Output) -> None:
    """Cancel a case that is still open. What went wrong before is worth more than that the log failed too."""
    if not isinstance(error, Exception) and not output.has_told:
        output.note(_STOPPED if case.step is Step.OPEN else _MAYBE_PRINTED)
    if case.step in {Step.OPEN, Step.RELEASED}:
        with contextlib.suppress(LogStorageError):
            counter.cancel(case, error if isinstance(error, KakanaiError) else None)


def identify(
    counter: Counter,
    case: Case,
    services: Services,
    asked: argparse.Namespace,
    output: Output,
    person: tuple[Person, MyNumber | None] | None,
) -> None:
    """Who is here: from the file, or from the card; 個人番号 only for forms that will carry it."""
    wanted = bool(counter.wants_my_number(case))
    if person is not None:
        someone, number = person
        counter.identify_by_hand(case, someone, number if wanted else None)
        return
    # Loaded only where a card is read.
    from kakanai.cli.card_reading import Wanted, read_card

    try:
        verifies = counter.office.town.verifies_cards
        parts = Wanted(my_number=wanted, verify=verifies, pictures=bool(asked.picture))
        reading = read_card(services.reader(asked.reader), asked, output, parts)
        if wanted and not (isinstance(reading, MyNumberCardReading) and reading.my_number):
            output.note(_NO_MY_NUMBER)
        _take(counter, case, reading, output)
    except AuthenticityMismatchError:
        raise  # logged already
    except KakanaiError as error:
        note_failed_reading(counter, case, error)
        raise


def _take(counter: Counter, case: Case, reading: "Reading", output: Output) -> None:
    match reading:
        case LicenceReading():
            counter.identify_by_licence(case, reading)
        case ResidenceCardReading():
            # Its name is a picture, which only a person can type; the window shows it beside the field.
            raise CardNameMissingError
        case _:
            told = counter.judge(reading)
            if told is not None:
                output.note(f"真正性: {told.verdict.label}（{REVOCATION_NOT_CHECKED}）")
            counter.identify_by_card(case, reading, told)


def note_failed_reading(counter: Counter, case: Case, error: KakanaiError) -> None:
    """Log that a reading failed; if the log fails too, the reading's failure is the one to tell."""
    with contextlib.suppress(LogStorageError):
        counter.note_failed_reading(case, error)


def serve(counter: Counter, case: Case, asked: argparse.Namespace, printer: Printer, output: Output) -> int:
    """Filling, findings, release; the exit code."""
    filled = counter.fill(case)
    for finding in (f for form in filled for f in form.stopping if _is_wished(f, asked.picture)):
        if counter.picture_offer(case, finding) is PictureOffer.READY:
            counter.print_picture(case, finding)
    if case.pictured:
        filled = counter.fill(case)
    findings = [finding for form in filled for finding in form.findings]
    for finding in findings:
        if finding.stops and _is_wished(finding, asked.leave_blank):
            counter.leave_blank(case, finding)
    if case.left_blank:
        filled = counter.fill(case)
    stopping = sum(len(form.stopping) for form in filled)
    if stopping:
        error = FindingsOpenError(count=stopping)
        for finding in findings:
            if finding.stops:
                output.note(f"指摘 {finding.form} {finding.field}: {finding.detail}")
        give_up(counter, case, error, output)
        output.failure(error, _result(case, [], [], findings), next_step=_DECIDE)
        return error.exit_status
    # Only a printer is worth breaking off; a folder has everything before the log could tell of a stop.
    with finish_first() if asked.out is not None else contextlib.nullcontext():
        return _print(counter, case, filled, findings, printer, output, with_card=asked.person is None)


def _print(
    counter: Counter,
    case: Case,
    filled: list[FilledForm],
    findings: list[Finding],
    printer: Printer,
    output: Output,
    *,
    with_card: bool,
) -> int:
    for line in clipping_words(clipped_boxes(filled, printer, counter.office.variables)):
        output.note(f"▲ {line}")
    try:
        printed, unlogged = release_and_close(counter, case, filled, printer)
    except PrintError as error:
        give_up(counter, case, error, output)
        output.failure(error, next_step=_after_failed_print(error, with_card=with_card))
        return error.exit_status
    if counter.not_kept is not None:
        output.note(f"▲ {message_for(counter.not_kept).what}（{counter.not_kept.code}）")
    lines = [f"受付番号 {case.number}", *(_line(document) for document in printed)]
    lines += [f"指摘 {f.form} {f.field}: {f.detail}" for f in findings if f.stops or f.kind is _TOLD]
    result = _result(case, filled, printed, findings)
    if unlogged is not None:
        output.failure(unlogged, result, lines=lines)
        return unlogged.exit_status
    output.result(result, lines, precious=True)
    return 0


def release_and_close(
    counter: Counter, case: Case, filled: list[FilledForm], printer: Printer
) -> tuple[list[PrintedDocument], PrintedUnloggedError | None]:
    """What came out, and the error when the log could not be told the end of it.

    Raises:
        PrintError, LogStorageError: as `Counter.release`; not all paper is out.
    """
    unlogged: PrintedUnloggedError | None = None
    try:
        printed = counter.release(case, filled, printer)
    except PrintedUnloggedError as error:
        printed, unlogged = error.printed, error
    try:
        counter.close(case)
    except LogStorageError:
        unlogged = unlogged or PrintedUnloggedError(printed)
        case.end(Step.CLOSED)
    return printed, unlogged


def _after_failed_print(error: PrintError, *, with_card: bool) -> str:
    # The case is not kept as on the window: this process ends, and the visitor is forgotten.
    has_paper = isinstance(error, NoPrintServiceError) or error.details.get("printed", 0) != 0
    words = [_LOOK_AT_PAPER if has_paper else "", _CANCELLED, _PIN_AGAIN if with_card else ""]
    return "".join(words)


def _is_wished(finding: Finding, wishes: list[str]) -> bool:
    return "all" in wishes or f"{finding.form}:{finding.field}" in wishes


def _line(document: PrintedDocument) -> str:
    where = document.path if document.path is not None else f"印刷ジョブ {document.job_id}"
    return f"{document.form}  {document.pages}枚  {where}"


def _result(
    case: Case, filled: list[FilledForm], printed: list[PrintedDocument], findings: list[Finding]
) -> dict[str, Any]:
    return {
        "case_number": case.number,
        "verified": bool(printed) and all(document.verified for document in printed),
        "forms": [
            {
                "form": form.template.id,
                "version": form.template.version,
                "path": str(document.path) if document.path else None,
                "pages": document.pages,
                "verified": document.verified,
            }
            for form, document in zip(filled, printed, strict=True)
        ],
        "findings": [
            {"form": f.form, "field": f.field, "kind": f.kind.value, "detail": f.detail} for f in findings
        ],
    }
