"""Paper of a set that stopped half-way: known to the case, kept for a reprint, told to the log; and stock."""

import dataclasses
from pathlib import Path

import pytest

from kakanai.counter.corrections import CorrectionReason, changed_forms
from kakanai.counter.paper_out import SEEN_ON_PAPER_CODE
from kakanai.counter.reprints import Reprints
from kakanai.drafts.kept_forms import KeptFormFolder, KeptPlaces
from kakanai.printing.errors import PrinterStoppedError, note_came_out
from kakanai.printing.folder import FolderPrinter
from kakanai.printing.print_job import PrintedDocument, PrintJob
from kakanai.reception.errors import ForeignFormsError
from kakanai.sessionlog.entry import CaseNumber, ClerkId, EntryKind
from kakanai.sessionlog.errors import LogDiskFullError
from tests.drafts.conftest import NoKeyring
from tests.office import make_counter, read_specimen
from tests.staff.conftest import CLERK

FORMS = ("F05", "F09", "F01")


class StopsAfter:
    """A printer that stops after so many documents; the next one was begun."""

    name = "stops"

    def __init__(self, folder: Path, count: int) -> None:
        self.count = count
        self._folder = FolderPrinter(folder)

    def release(self, job: PrintJob) -> list[PrintedDocument]:
        error = PrinterStoppedError(printer=self.name, printed=self.count, total=len(job.documents))
        if self.count:
            done = dataclasses.replace(job, documents=job.documents[: self.count])
            error.came_out = tuple(self._folder.release(done))
        error.begun = (job.documents[self.count].form,)
        raise error


@pytest.fixture
def counter(tmp_path):
    counter = make_counter(tmp_path)
    town = dataclasses.replace(counter.office.town, kept_form_days=1)
    places = KeptPlaces(tmp_path / "kept", tmp_path / "keys" / "kept.key")
    kept = KeptFormFolder(places, keyring=NoKeyring())
    counter.office = dataclasses.replace(counter.office, town=town, kept=kept, guard=None)
    yield counter
    counter.office.log.close()


@pytest.fixture
def case(counter):
    case = counter.open_case()
    counter.choose(case, counter.procedures_for_forms(FORMS), FORMS)
    counter.identify_by_card(case, read_specimen("official-test"))
    counter.answer(case, {"subject.relation": "self", "householder.is_visitor": "yes"})
    for finding in [finding for form in counter.fill(case) for finding in form.stopping]:
        counter.leave_blank(case, finding)
    return case


def told(counter, kind):
    links = counter.office.log.links()
    entries = [link.to_entry() for link in links if link.kind == kind.value]
    return [(entry.codes, [form.form for form in entry.forms], dict(entry.counts)) for entry in entries]


def test_what_came_out_is_not_printed_again_and_can_be_reprinted(counter, case, tmp_path):
    forms = counter.fill(case)
    with pytest.raises(PrinterStoppedError):
        counter.release(case, forms, StopsAfter(tmp_path / "out", 2))
    assert [form.template.id for form in changed_forms(case, forms)] == [FORMS[2]]
    assert told(counter, EntryKind.PRINT_FAILED) == [(("P-022",), list(FORMS[:2]), {"kept_forms": 2})]
    printed = counter.release(case, forms, FolderPrinter(tmp_path / "rest"))
    assert [one.form for one in printed] == [FORMS[2]]
    assert told(counter, EntryKind.PRINT_DONE) == [((), [FORMS[2]], {"kept_forms": 1})]
    assert not case.to_shred
    counter.close(case)
    kept = Reprints(counter.office, None, ClerkId(CLERK)).kept(CaseNumber(case.number))
    assert {one.form for one in kept} == set(FORMS)


def test_when_the_program_is_told_to_stop_the_log_knows_what_came_out(counter, case, tmp_path):
    class ToldToStop(StopsAfter):
        def release(self, job):
            try:
                return super().release(job)
            except PrinterStoppedError as error:
                stop = KeyboardInterrupt()
                note_came_out(stop, error.came_out)
                raise stop from None

    forms = counter.fill(case)
    with pytest.raises(KeyboardInterrupt):
        counter.release(case, forms, ToldToStop(tmp_path / "out", 1))
    ((codes, out, _),) = told(counter, EntryKind.PRINT_FAILED)
    assert (codes, out) == (("X-000",), ["F05"])
    assert [form.template.id for form in changed_forms(case, forms)] == ["F09", "F01"]


def test_a_reprint_that_stops_tells_what_came_out(counter, case, tmp_path):
    counter.release(case, counter.fill(case), FolderPrinter(tmp_path / "out"))
    counter.close(case)
    reprints = Reprints(counter.office, None, ClerkId(CLERK))
    with pytest.raises(PrinterStoppedError):
        reprints.reprint(
            CaseNumber(case.number), [], CorrectionReason.OTHER, StopsAfter(tmp_path / "again", 1)
        )
    ((codes, forms, _),) = told(counter, EntryKind.PRINT_FAILED)
    assert (codes, len(forms)) == (("P-022",), 1)


def test_paper_that_the_clerk_saw_counts(counter, case, tmp_path):
    forms = counter.fill(case)
    with pytest.raises(PrinterStoppedError):
        counter.release(case, forms, StopsAfter(tmp_path / "out", 0))
    assert told(counter, EntryKind.PRINT_FAILED) == [(("P-022",), [], {})]
    for wanted in ([], ["F99"], ["F05", "F99"]):
        with pytest.raises(ForeignFormsError):
            counter.take_as_out(case, forms, wanted)
    counter.take_as_out(case, forms, ["F05"])
    assert told(counter, EntryKind.PRINT_FAILED)[-1] == ((SEEN_ON_PAPER_CODE,), ["F05"], {"kept_forms": 1})
    with pytest.raises(ForeignFormsError):
        counter.take_as_out(case, forms, ["F05"])  # it is out already
    counter.take_as_out(case, forms, FORMS[1:])
    assert told(counter, EntryKind.PRINT_DONE) == [
        ((SEEN_ON_PAPER_CODE,), list(FORMS[1:]), {"kept_forms": 2})
    ]
    assert not changed_forms(case, forms)


def test_what_the_log_was_not_told_is_not_taken_as_out(counter, case, tmp_path, monkeypatch):
    forms = counter.fill(case)
    with pytest.raises(PrinterStoppedError):
        counter.release(case, forms, StopsAfter(tmp_path / "out", 2))

    def full(_entry):
        raise LogDiskFullError

    with monkeypatch.context() as patch:
        patch.setattr(counter.office.log, "append", full)
        with pytest.raises(LogDiskFullError):
            counter.take_as_out(case, forms, FORMS[2:])
    assert [form.template.id for form in changed_forms(case, forms)] == [FORMS[2]]
    counter.take_as_out(case, forms, FORMS[2:])
    assert not changed_forms(case, forms)


def test_on_printed_paper_only_what_was_filled_in_is_printed(counter, case, tmp_path):
    whole = counter.fill(case)
    counter.office = dataclasses.replace(counter.office, stock=lambda: {"F05"})
    forms = counter.fill(case)
    assert [form.values_only for form in forms] == [True, False, False]
    out = FolderPrinter(tmp_path / "out")
    printed = counter.release(case, forms, out)  # each PDF was read back: it says what was meant
    assert all(one.verified for one in printed)
    before, after = (counter.preview(one[0]) for one in (whole, forms))
    assert len(after) < len(before)
    assert b"/Font" in after
