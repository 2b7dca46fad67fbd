"""`kakanai fill`: from a card or a typed person to finished forms."""

import argparse
import contextlib
from typing import TYPE_CHECKING, Final

from kakanai.cardreader.authenticity.verdict import REVOCATION_NOT_CHECKED
from kakanai.cardreader.driver_licence.readings import LicenceReading
from kakanai.cardreader.mynumber.readings import MyNumberCardReading
from kakanai.cardreader.residence_card.readings import ResidenceCardReading
from kakanai.cli.asked_for import GUIDED_FORMS, answer, choose, form_ids
from kakanai.cli.checks_told import choose_papers, note_papers_seen, papers_of, papers_seen
from kakanai.cli.errors import UsageError
from kakanai.cli.fill_paper import give_up, serve
from kakanai.cli.json_file import read_json_object
from kakanai.cli.output import Output
from kakanai.cli.parser import TOWN_DEFAULT
from kakanai.cli.people_file import add_people, take_people
from kakanai.cli.services import Services
from kakanai.cli.signed_in import require
from kakanai.cli.way_out import require_folder
from kakanai.counter import Counter
from kakanai.errors import KakanaiError
from kakanai.identity.by_hand import person_from_mapping
from kakanai.identity.errors import AuthenticityMismatchError, CardNameMissingError
from kakanai.identity.my_number import MyNumber
from kakanai.identity.person import Person
from kakanai.printing.by_paper import PrinterByPaper
from kakanai.printing.errors import PrintError
from kakanai.printing.print_job import Printer
from kakanai.reception.answers import parse_answers
from kakanai.reception.case import Case
from kakanai.sessionlog.entry import ClerkId
from kakanai.sessionlog.errors import LogStorageError
from kakanai.settings import Town
from kakanai.staff.act import Act

if TYPE_CHECKING:
    from kakanai.cli.card_reading import Reading

_KEY_FLAGS: Final = ("pin_stdin", "collation_b_stdin", "card_number_stdin")
_NOT_BEGUN: Final = "カードはまだ読んでいません。原因を直してもう一度 fill を実行してください。"
_NO_MY_NUMBER: Final = "個人番号は券面事項入力補助用の暗証番号だけで読めます。個人番号の欄は空けます。"
_TYPE_NAME: Final = (
    "氏名の画像を取り出し(card read --glyphs)、氏名などを書いたファイルを"
    " --person に渡して、もう一度 fill を実行してください。"
)


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
