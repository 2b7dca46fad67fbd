"""Correction after printing: only what changed comes out again, and old sheets are listed for shredding."""

import pytest

from kakanai.counter.corrections import CorrectionReason, FormsChangedError, NothingToPrintError
from kakanai.counter.interruptions import DAY_OVER_CODE, PAPER_UNSURE_CODE
from kakanai.forms.content_digest import content_digest
from kakanai.printing.errors import PrintError
from kakanai.printing.folder import FolderPrinter
from kakanai.reception.case import Step
from kakanai.reception.case_record import case_of, record_of
from kakanai.reception.errors import CaseStateError, ForeignFormsError
from kakanai.sessionlog.entry import EntryKind, Outcome
from tests.office import NOON, make_counter, read_specimen

CERTIFICATES = ["residence-certificate", "seal-certificate"]


class Printer:
    """Counts what comes out; breaks as often as it is told to."""

    name = "printer"

    def __init__(self, folder) -> None:
        self._folder = folder
        self.runs = 0
        self.failures = 0
        self.printed: list[list[str]] = []

    def release(self, job):
        if self.failures:
            self.failures -= 1
            raise PrintError(printer=self.name)
        self.runs += 1
        self.printed.append([document.form for document in job.documents])
        return FolderPrinter(self._folder / str(self.runs)).release(job)


@pytest.fixture
def counter(tmp_path):
    counter = make_counter(tmp_path / "home")
    yield counter
    counter.office.log.close()


@pytest.fixture
def printer(tmp_path):
    return Printer(tmp_path / "out")


@pytest.fixture
def printed_case(counter, printer):
    case = counter.open_case()
    counter.choose(case, CERTIFICATES)
    counter.identify_by_card(case, read_specimen("official-test"))
    counter.answer(case, {"seal.card_number": "1234567"})
    counter.release(case, counter.fill(case), printer)
    return case


def day_entry(counter):
    (entry,) = counter.office.log.day(NOON.date())
    return entry


def test_only_what_changed_is_printed_again(counter, printer, printed_case) -> None:
    assert printer.printed == [["F01", "F05"]]
    counter.correct(printed_case, CorrectionReason.CLERK)
    assert printed_case.step is Step.OPEN
    counter.answer(printed_case, {"seal.card_number": "7654321"})
    counter.release(printed_case, counter.fill(printed_case), printer)
    assert printer.printed[1:] == [["F05"]]
    assert [(one.form, one.marks) for one in printed_case.to_shred] == [("F05", ("1/1",))]
    entry = day_entry(counter)
    assert entry.outcome is Outcome.PRINTED
    assert [record.form for record in entry.forms] == ["F01", "F05"]
    assert {"K-003", "K-010"} <= set(entry.codes)


def test_the_visitors_answer_reaches_every_form_that_bears_it(counter, printer, printed_case) -> None:
    counter.correct(printed_case, CorrectionReason.VISITOR)
    counter.replace_address(printed_case, "東京都架空町９番地")
    counter.release(printed_case, counter.fill(printed_case), printer)
    assert printer.printed[1] == ["F01", "F05"]
    assert {one.form for one in printed_case.to_shred} == {"F01", "F05"}


def test_a_form_that_is_not_wanted_any_more_is_for_shredding(counter, printer, printed_case) -> None:
    counter.correct(printed_case, CorrectionReason.WRITTEN_WRONG)
    counter.choose(printed_case, ["residence-certificate"])
    forms = counter.fill(printed_case)
    with pytest.raises(NothingToPrintError):
        counter.release(printed_case, forms, printer)
    counter.keep_paper(printed_case, forms)
    assert printed_case.step is Step.RELEASED
    assert [one.form for one in printed_case.to_shred] == ["F05"]
    assert list(printed_case.printed) == ["F01"]


def test_nothing_changed_leaves_the_paper_as_it_is(counter, printer, printed_case) -> None:
    counter.correct(printed_case, CorrectionReason.OTHER)
    counter.keep_paper(printed_case, counter.fill(printed_case))
    assert printed_case.to_shred == ()
    counter.correct(printed_case, CorrectionReason.OTHER)
    counter.answer(printed_case, {"seal.card_number": "7654321"})
    with pytest.raises(FormsChangedError):
        counter.keep_paper(printed_case, counter.fill(printed_case))
    assert len(printer.printed) == 1


def test_a_bad_print_comes_out_again_as_it_was(counter, printer, printed_case) -> None:
    counter.print_again(printed_case, ["F05"], CorrectionReason.BAD_PRINT)
    counter.release(printed_case, counter.fill(printed_case), printer)
    assert printer.printed[1] == ["F05"]
    assert [one.form for one in printed_case.to_shred] == ["F05"]
    with pytest.raises(ForeignFormsError):
        counter.print_again(printed_case, ["F09"], CorrectionReason.BAD_PRINT)


def test_printing_twice_without_a_reason_is_refused(counter, printer, printed_case) -> None:
    with pytest.raises(NothingToPrintError):
        counter.release(printed_case, counter.fill(printed_case), printer)
    with pytest.raises(CaseStateError):
        counter.keep_paper(printed_case, counter.fill(printed_case))


def test_a_correction_that_fails_to_print_lets_out_the_same_again(counter, printer, printed_case) -> None:
    counter.correct(printed_case, CorrectionReason.CLERK)
    counter.answer(printed_case, {"seal.card_number": "7654321"})
    printer.failures = 1
    with pytest.raises(PrintError):
        counter.release(printed_case, counter.fill(printed_case), printer)
    assert [one.form for one in printed_case.to_shred] == ["F05"]
    counter.release(printed_case, counter.fill(printed_case), printer)
    assert printer.printed[1] == ["F05"]
    assert [one.form for one in printed_case.to_shred] == ["F05"]


def test_the_log_holds_no_digest(counter, printed_case, tmp_path) -> None:
    digests = {printed.digest for printed in printed_case.printed.values()}
    assert digests == {content_digest(form) for form in counter.fill(printed_case)}
    log = b"".join(path.read_bytes() for path in (tmp_path / "home").glob("sessionlog*"))
    for digest in digests:
        assert digest.encode() not in log
        assert bytes.fromhex(digest) not in log


def test_the_digest_sees_a_number_and_a_picture_place(counter, printed_case) -> None:
    one, other = counter.fill(printed_case)
    assert content_digest(one) != content_digest(other)
    counter.correct(printed_case, CorrectionReason.CLERK)
    counter.choose(printed_case, ["move-in-with-insurance"])
    forms = counter.fill(printed_case)
    with_number = read_specimen("official-test", with_my_number=True)
    counter.identify_by_card(printed_case, with_number)
    again = counter.fill(printed_case)
    changed = [
        a.template.id for a, b in zip(forms, again, strict=True) if content_digest(a) != content_digest(b)
    ]
    assert changed == ["F09"]


# --- pauses -----------------------------------------------------------------------------


def test_a_case_goes_on_from_its_record(counter, printer, printed_case) -> None:
    counter.suspend(printed_case)
    case = case_of(record_of(printed_case))
    assert counter.resume(case)
    counter.correct(case, CorrectionReason.CLERK)
    counter.answer(case, {"seal.card_number": "7654321"})
    counter.release(case, counter.fill(case), printer)
    assert printer.printed[1] == ["F05"]
    log = counter.office.log
    assert log.count_of(case.number, EntryKind.CASE_SUSPENDED) == 1
    assert log.count_of(case.number, EntryKind.CASE_RESUMED) == 1


def test_paper_that_the_draft_does_not_know_of_is_told(counter, printer) -> None:
    case = counter.open_case()
    counter.choose(case, CERTIFICATES)
    counter.identify_by_card(case, read_specimen("official-test"))
    record = record_of(case)
    counter.release(case, counter.fill(case), printer)
    killed = case_of(record)
    assert not counter.resume(killed)
    assert killed.step is Step.RELEASED
    assert PAPER_UNSURE_CODE in day_entry(counter).codes
    assert counter.resume(case_of(record_of(killed)))


def test_after_a_kill_in_a_corrected_print_the_old_sheets_are_named(counter, printer, printed_case) -> None:
    counter.correct(printed_case, CorrectionReason.CLERK)
    counter.answer(printed_case, {"seal.card_number": "7654321"})
    killed = case_of(record_of(printed_case))
    printer.failures = 1
    with pytest.raises(PrintError):
        counter.release(printed_case, counter.fill(printed_case), printer)
    assert not counter.resume(killed)
    counter.release(killed, counter.fill(killed), printer)
    assert printer.printed[1:] == [["F05"]]
    assert [one.form for one in killed.to_shred] == ["F05"]


def test_an_ended_draft_is_cancelled_in_the_log(counter) -> None:
    case = counter.open_case()
    counter.end_draft(case.number, DAY_OVER_CODE)
    entry = day_entry(counter)
    assert (entry.outcome, entry.codes) == (Outcome.CANCELLED, (DAY_OVER_CODE,))
