"""刷り直し of a case that is over: the same bytes, with a reason, by who may, and gone with its day."""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from kakanai.counter import Counter, Office
from kakanai.counter.corrections import CorrectionReason
from kakanai.counter.counter import PrintedUnloggedError
from kakanai.counter.kept_papers import forget_expired
from kakanai.counter.reprints import Reprints
from kakanai.drafts.errors import DraftDiskFullError, DraftsInUseError, KeptFormsOffError, NothingKeptError
from kakanai.drafts.kept_forms import KeptFormFolder, KeptPlaces
from kakanai.printing.errors import NoPrintServiceError
from kakanai.printing.folder import FolderPrinter
from kakanai.printing.print_job import PrintedDocument, PrintJob
from kakanai.sessionlog.entry import UNREGISTERED, CaseNumber, ClerkId, EntryKind, LogEntry
from kakanai.sessionlog.errors import LogDiskFullError
from kakanai.sessionlog.store import SessionLog
from kakanai.staff.errors import NotAllowedError
from kakanai.staff.guard import Guard
from kakanai.staff.password import Password
from kakanai.staff.password_hash import PasswordHashing
from kakanai.staff.register import StaffRegister
from kakanai.staff.role import Role
from kakanai.staff.roster import Roster
from tests.drafts.conftest import NoKeyring
from tests.office import NOON, make_counter, read_specimen
from tests.staff.conftest import ADMIN, AUDITOR, CHEAP, CLERK, SUPERVISOR

OTHER = "1025"
FORMS = ("F05", "F09")


def secret(number: str) -> Password:
    return Password(f"mado no yoake {number}!")


class Now:
    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> dt.datetime:
        return self.at


@pytest.fixture
def now() -> Now:
    return Now()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Forms and procedures, read once; its own log is not used."""
    office = make_counter(tmp_path_factory.mktemp("data")).office
    office.log.close()
    return office


@pytest.fixture
def counter(data: Office, tmp_path: Path, now: Now) -> Iterator[Counter]:
    office = dataclasses.replace(data, log=SessionLog.open(tmp_path / "log.sqlite3"))
    counter = Counter(office, ClerkId(CLERK))
    kept = KeptFormFolder(KeptPlaces(tmp_path / "kept", tmp_path / "keys" / "kept.key"), keyring=NoKeyring())
    town = dataclasses.replace(office.town, kept_form_days=1)
    counter.office = dataclasses.replace(office, town=town, kept=kept, now=now, guard=None)
    yield counter
    office.log.close()


def served(counter: Counter, folder: Path) -> CaseNumber:
    """A case with two forms that is over."""
    case = counter.open_case()
    counter.choose(case, counter.procedures_for_forms(FORMS), FORMS)
    counter.identify_by_card(case, read_specimen("official-test"))
    counter.answer(case, {"subject.relation": "self", "householder.is_visitor": "yes"})
    forms = counter.fill(case)
    for finding in [finding for form in forms for finding in form.stopping]:
        counter.leave_blank(case, finding)
    counter.release(case, counter.fill(case), FolderPrinter(folder))
    counter.close(case)
    return CaseNumber(case.number)


def reprints(counter: Counter, guard: Guard | None = None) -> Reprints:
    return Reprints(counter.office, guard, ClerkId(CLERK))


def entries(counter: Counter, *kinds: EntryKind) -> list:
    links = counter.office.log.links()
    return [link.to_entry() for link in links if not kinds or link.kind in {kind.value for kind in kinds}]


def test_a_reprint_is_the_same_paper_byte_for_byte_and_the_log_knows_why(
    counter: Counter, tmp_path: Path
) -> None:
    number = served(counter, tmp_path / "out")
    assert entries(counter, EntryKind.PRINT_DONE)[0].counts == {"kept_forms": 2}
    before = len(entries(counter))
    printed = reprints(counter).reprint(
        number, ["F09"], CorrectionReason.BAD_PRINT, FolderPrinter(tmp_path / "again")
    )
    assert [one.form for one in printed] == ["F09"]
    first, again = (tmp_path / place / f"{number}_F09.pdf" for place in ("out", "again"))
    assert again.read_bytes() == first.read_bytes()
    told = entries(counter)[before:]
    assert [entry.kind for entry in told] == [
        EntryKind.CASE_CORRECTED,
        EntryKind.PRINT_RELEASED,
        EntryKind.PRINT_DONE,
    ]
    assert told[0].codes == ("K-004", "K-010", "K-011")
    assert [(form.form, form.pages) for form in told[0].forms] == [("F09", printed[0].pages)]
    assert all(entry.clerk == CLERK and entry.case_number == number for entry in told)
    [line] = [one for one in counter.office.log.day(NOON.date()) if one.case_number == number]
    assert {form.form for form in line.forms} == set(FORMS)  # the case is still about both


def test_all_that_is_kept_where_nothing_is_named(counter: Counter, tmp_path: Path) -> None:
    number = served(counter, tmp_path / "out")
    printer = FolderPrinter(tmp_path / "again")
    assert len(reprints(counter).reprint(number, [], CorrectionReason.OTHER, printer)) == 2
    with pytest.raises(NothingKeptError):
        reprints(counter).reprint(number, ["F01", "F05"], CorrectionReason.OTHER, printer)


def test_a_town_that_wants_nothing_kept_keeps_nothing(counter: Counter, tmp_path: Path) -> None:
    office = counter.office
    counter.office = dataclasses.replace(office, town=dataclasses.replace(office.town, kept_form_days=0))
    number = served(counter, tmp_path / "out")
    assert not (tmp_path / "kept").exists()
    assert entries(counter, EntryKind.PRINT_DONE)[0].counts == {}
    with pytest.raises(KeptFormsOffError):
        reprints(counter).kept(number)


def test_with_the_day_it_goes_and_the_log_proves_it(counter: Counter, tmp_path: Path, now: Now) -> None:
    number = served(counter, tmp_path / "out")
    assert forget_expired(counter.office, UNREGISTERED) == 0
    now.at = NOON + dt.timedelta(days=1)
    with pytest.raises(NothingKeptError):  # also before anything was deleted
        reprints(counter).kept(number)
    assert forget_expired(counter.office, UNREGISTERED) == 2
    [gone] = entries(counter, EntryKind.DRAFTS_DELETED)
    assert (gone.on, gone.counts, len(gone.digest)) == (NOON.date(), {"kept_forms": 2}, 64)
    assert not list((tmp_path / "kept").glob("*.kept"))
    assert forget_expired(counter.office, UNREGISTERED) == 0
    assert len(entries(counter, EntryKind.DRAFTS_DELETED)) == 1


def test_what_bears_a_my_number_is_not_kept(counter: Counter, tmp_path: Path) -> None:
    case = counter.open_case()
    counter.choose(case, counter.procedures_for_forms(FORMS), FORMS)
    counter.identify_by_card(case, read_specimen("official-test", with_my_number=True))
    counter.answer(case, {"subject.relation": "self", "householder.is_visitor": "yes"})
    for finding in [finding for form in counter.fill(case) for finding in form.stopping]:
        counter.leave_blank(case, finding)
    printed = counter.release(case, counter.fill(case), FolderPrinter(tmp_path / "out"))
    assert {one.form for one in printed} == set(FORMS)
    assert entries(counter, EntryKind.PRINT_DONE)[0].counts == {"kept_forms": 1}
    assert [form.form for form in reprints(counter).kept(CaseNumber(case.number))] == ["F05"]


def test_a_town_that_changes_its_mind_has_all_of_it_deleted(counter: Counter, tmp_path: Path) -> None:
    served(counter, tmp_path / "out")
    office = counter.office
    off = dataclasses.replace(office, town=dataclasses.replace(office.town, kept_form_days=0))
    assert forget_expired(off, UNREGISTERED) == 2


@pytest.mark.parametrize("is_told", [False, True], ids=["log-untold", "log-told"])
def test_a_deletion_is_told_exactly_once_whenever_the_program_was_killed(
    counter: Counter, tmp_path: Path, now: Now, monkeypatch: pytest.MonkeyPatch, is_told: bool
) -> None:
    served(counter, tmp_path / "out")
    now.at = NOON + dt.timedelta(days=1)
    log = counter.office.log
    append = log.append

    def kill(entry) -> int:
        if is_told:
            append(entry)
        raise KeyboardInterrupt

    with monkeypatch.context() as killing:
        killing.setattr(log, "append", kill)
        with pytest.raises(KeyboardInterrupt):
            forget_expired(counter.office, UNREGISTERED)
    # Another counter of the same log tells of its own meanwhile.
    other = LogEntry(
        EntryKind.DRAFTS_DELETED, None, UNREGISTERED, now.at, counts={"other": 1}, digest="0" * 64
    )
    append(other)
    assert forget_expired(counter.office, UNREGISTERED) == 2
    told = [one.counts for one in entries(counter, EntryKind.DRAFTS_DELETED) if one.digest != other.digest]
    assert told == [{"kept_forms": 2}]
    assert forget_expired(counter.office, UNREGISTERED) == 0


def test_what_cannot_be_kept_does_not_hold_up_the_paper(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise DraftDiskFullError(folder="kept")

    monkeypatch.setattr("kakanai.drafts.kept_forms.write_whole", full)
    number = served(counter, tmp_path / "out")
    assert len(list((tmp_path / "out").iterdir())) == 2
    assert counter.not_kept is not None
    assert counter.not_kept.details == {"reason": "D-012"}
    [done] = entries(counter, EntryKind.PRINT_DONE)
    assert (done.codes, done.counts) == (("D-020",), {})
    with pytest.raises(NothingKeptError):
        reprints(counter).kept(number)


@pytest.mark.parametrize("is_printed", [True, False], ids=["printed-not-kept", "not-printed"])
def test_what_a_correction_made_void_is_not_printed_again(
    counter: Counter, tmp_path: Path, now: Now, monkeypatch: pytest.MonkeyPatch, is_printed: bool
) -> None:
    case = counter.open_case()
    counter.choose(case, counter.procedures_for_forms(FORMS), FORMS)
    counter.identify_by_card(case, read_specimen("official-test"))
    counter.answer(case, {"subject.relation": "self", "householder.is_visitor": "yes"})
    for finding in [finding for form in counter.fill(case) for finding in form.stopping]:
        counter.leave_blank(case, finding)
    counter.release(case, counter.fill(case), FolderPrinter(tmp_path / "out"))
    now.at = NOON + dt.timedelta(minutes=5)
    counter.correct(case, CorrectionReason.CLERK)
    if is_printed:
        counter.answer(case, {"subject.relation": "self", "householder.is_visitor": "no"})
        for finding in [finding for form in counter.fill(case) for finding in form.stopping]:
            counter.leave_blank(case, finding)

        def in_use(*_args: object) -> None:
            raise DraftsInUseError

        monkeypatch.setattr("kakanai.drafts.kept_forms.FolderLock", in_use)
        monkeypatch.setattr("kakanai.drafts.kept_forms._PATIENCE_S", 0.0)
        printed = counter.release(case, counter.fill(case), FolderPrinter(tmp_path / "out"))
        assert counter.not_kept is not None
        gone = {one.form for one in printed}
    else:  # a form that belongs to the case no more: nothing else changed, so nothing comes out
        counter.choose(case, counter.procedures_for_forms(("F05",)), ("F05",))
        counter.keep_paper(case, counter.fill(case))
        gone = {"F09"}
        assert len(list((tmp_path / "kept").glob("*.kept"))) == 1
    counter.close(case)
    number = CaseNumber(case.number)
    assert gone
    try:
        kept = {form.form for form in reprints(counter).kept(number)}
    except NothingKeptError:
        kept = set()
    assert kept == set(FORMS) - gone


def test_what_became_void_under_a_new_number_is_not_printed_again(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, log = served(counter, tmp_path / "out"), counter.office.log
    new = log.next_case_number(NOON.date())
    forms = [form for entry in entries(counter, EntryKind.PRINT_DONE) for form in entry.forms]
    at = NOON + dt.timedelta(minutes=5)
    log.append(
        LogEntry(EntryKind.CASE_CORRECTED, new, ClerkId(CLERK), at, forms=tuple(forms), codes=("K-010",))
    )
    assert reprints(counter).kept(number)
    monkeypatch.setattr(log, "filed_under", {number: new}.get)
    with pytest.raises(NothingKeptError):
        reprints(counter).kept(number)


def test_no_paper_comes_out_that_the_log_was_not_told_of(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = served(counter, tmp_path / "out")
    printer = FolderPrinter(tmp_path / "again")
    log = counter.office.log
    append = log.append

    def full_at(kind: EntryKind):
        def fail(entry) -> int:
            if entry.kind is kind:
                raise LogDiskFullError(path="log")
            return append(entry)

        return fail

    for kind in (EntryKind.CASE_CORRECTED, EntryKind.PRINT_RELEASED):
        monkeypatch.setattr(log, "append", full_at(kind))
        with pytest.raises(LogDiskFullError):
            reprints(counter).reprint(number, [], CorrectionReason.OTHER, printer)
        assert not (tmp_path / "again").exists()
    monkeypatch.setattr(log, "append", full_at(EntryKind.PRINT_DONE))
    with pytest.raises(PrintedUnloggedError) as caught:
        reprints(counter).reprint(number, [], CorrectionReason.OTHER, printer)
    assert len(caught.value.printed) == 2


def test_a_printer_that_fails_is_logged(counter: Counter, tmp_path: Path) -> None:
    class Broken:
        name = "broken"

        def release(self, _job: PrintJob) -> list[PrintedDocument]:
            raise NoPrintServiceError(printer="broken")

    number = served(counter, tmp_path / "out")
    with pytest.raises(NoPrintServiceError):
        reprints(counter).reprint(number, [], CorrectionReason.OTHER, Broken())
    assert entries(counter)[-1].kind is EntryKind.PRINT_FAILED
    assert entries(counter)[-1].codes == (NoPrintServiceError.code,)


@pytest.fixture
def away_numbers(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers are told by an entry of nobody's, as those that a counter gives without the server."""
    log = counter.office.log
    give = log.next_case_number

    def give_and_tell(today: dt.date) -> CaseNumber:
        number = give(today)
        log.append(LogEntry(EntryKind.NUMBER_GIVEN, number, UNREGISTERED, NOON))
        return number

    monkeypatch.setattr(log, "next_case_number", give_and_tell)


@pytest.mark.usefixtures("away_numbers")
def test_a_clerk_prints_their_own_case_again_and_a_supervisor_anybodys(
    counter: Counter, tmp_path: Path
) -> None:
    number = served(counter, tmp_path / "out")
    guard = Guard(Roster(counter.office.log, counter.office.now, hashing=PasswordHashing(CHEAP)))
    register = StaffRegister(guard)
    register.set_up(ADMIN, secret(ADMIN))
    roles = {CLERK: Role.CLERK, OTHER: Role.CLERK, SUPERVISOR: Role.SUPERVISOR, AUDITOR: Role.AUDITOR}
    for other, role in roles.items():
        guard.sign_in(ADMIN, secret(ADMIN))
        given = Password(f"given by hand to {other}")
        register.add(other, role, given)
        guard.sign_in(other, given)
        register.change_own_password(given, secret(other))
    before = len(entries(counter, EntryKind.CASE_CORRECTED))
    for nobody in (OTHER, AUDITOR, ADMIN):
        guard.sign_in(nobody, secret(nobody))
        with pytest.raises(NotAllowedError):
            reprints(counter, guard).kept(number)
        with pytest.raises(NotAllowedError):
            reprints(counter, guard).reprint(number, [], CorrectionReason.OTHER, FolderPrinter(tmp_path))
    assert len(entries(counter, EntryKind.CASE_CORRECTED)) == before
    for somebody in (CLERK, SUPERVISOR):
        guard.sign_in(somebody, secret(somebody))
        reprints(counter, guard).reprint(
            number, ["F05"], CorrectionReason.OTHER, FolderPrinter(tmp_path / "a")
        )
        assert entries(counter)[-1].clerk == somebody


def test_one_sheet_printed_again_leaves_the_whole_form_kept(counter: Counter, tmp_path: Path) -> None:
    case = counter.open_case()
    counter.choose(case, counter.procedures_for_forms(FORMS), FORMS)
    counter.identify_by_card(case, read_specimen("official-test"))
    counter.answer(case, {"subject.relation": "self", "householder.is_visitor": "yes"})
    for finding in [finding for form in counter.fill(case) for finding in form.stopping]:
        counter.leave_blank(case, finding)
    forms, out = counter.fill(case), FolderPrinter(tmp_path / "out")
    counter.release(case, forms, out)
    longest = max(forms, key=lambda form: len(form.pages)).template.id
    counter.print_again(case, [longest], CorrectionReason.BAD_PRINT, {longest: [1]})
    counter.release(case, forms, out)
    counter.close(case)
    number = CaseNumber(case.number)
    kept = {form.form: form.pdf for form in reprints(counter).kept(number)}
    assert set(kept) == set(FORMS)
    for form, pdf in kept.items():
        assert pdf == (tmp_path / "out" / f"{number}_{form}.pdf").read_bytes()
