"""Windows' way of printing, with a spooler of the test's own: what is drawn, followed, and taken back."""

import ctypes

import pytest

from kakanai.printing.errors import (
    NoPrintServiceError,
    OptionRefusedError,
    PaperRefusedError,
    PrinterNotFoundError,
    PrinterRemovedError,
    PrintError,
    PrintJobLostError,
    PrintTimeoutError,
    PrintUnsureError,
    came_out_of,
)
from kakanai.printing.print_plan import PrintSetup
from kakanai.printing.profile import Correction, FormRule, PrinterProfile
from kakanai.printing.progress import PrintState
from kakanai.printing.windows_spooler import WindowsPrinter
from kakanai.printing.winspool import SpoolJob, SpoolStatus, WindowsSpooler, _JobInfo
from tests.printing.sample_pdf import sample_document, sample_job

NAME = "窓口プリンター"


class Spooler:
    """Gives each document the statuses of its script, one a look; then it is gone from the queue."""

    def __init__(self, **scripts):
        self.scripts = {form: list(script) for form, script in scripts.items()}
        self.queue = {}
        self.drawn = []
        self.deleted = []
        self.is_there = True

    def draw(self, printer, task, title):
        assert printer == NAME
        self.drawn.append((task.form, task.pdf))
        self.queue[len(self.drawn)] = title

    def jobs(self, printer):
        if not self.is_there:
            raise PrinterNotFoundError(printer=printer)
        found = []
        for number, title in list(self.queue.items()):
            script = self.scripts.get(title.split()[1], [])
            if not script:
                del self.queue[number]
            elif script[0] == "removed":
                self.is_there = False
                raise PrinterNotFoundError(printer=printer)
            else:
                status = script[0] if len(script) == 1 and script[0] in FOREVER else script.pop(0)
                found.append(SpoolJob(number, title, status))
        return found

    def delete(self, printer, number):
        self.deleted.append(self.queue.pop(number))


FOREVER = (SpoolStatus.PAPER_OUT,)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr("kakanai.printing.windows_spooler._POLL_S", 0.01)


def printer(spooler, **more):
    one = WindowsPrinter(NAME, spooler, **{"draw": spooler.draw, "takes": lambda *_: True, **more})
    told = []
    one.told = told.append
    return one, told


def test_documents_are_drawn_in_order_and_followed_to_the_end():
    spooler = Spooler(F01=[SpoolStatus.SPOOLING, SpoolStatus.PRINTING], F09=[SpoolStatus.PRINTED])
    one, told = printer(spooler)
    job = sample_job()
    printed = one.release(job)
    assert [form for form, _ in spooler.drawn] == ["F01", "F09"]
    assert [pdf for _, pdf in spooler.drawn] == [document.pdf for document in job.documents]
    assert [(p.form, p.pages, p.path, p.job_id) for p in printed] == [
        ("F01", 1, None, "1"),
        ("F09", 2, None, "2"),
    ]
    states = [[state for _, state in progress.states] for progress in told]
    assert [PrintState.PRINTING, PrintState.WAITING] in states
    assert states[-1] == [PrintState.DONE, PrintState.DONE]


def test_paper_that_the_driver_has_not_is_told_before_anything_is_drawn():
    spooler = Spooler()
    one, _ = printer(spooler, takes=lambda _name, paper: paper != "A5")
    job = sample_job(sample_document("F01"), sample_document("F09", paper="A5"))
    with pytest.raises(PaperRefusedError):
        one.release(job)
    assert spooler.drawn == []


def test_the_correction_counts_here_too():
    spooler = Spooler()
    setup = PrintSetup(PrinterProfile(Correction(offset_x_mm=1)))
    one, _ = printer(spooler, setup=lambda: setup)
    one.release(sample_job(sample_document("F01")))
    assert spooler.drawn[0][1] == setup.tasks([sample_document("F01")])[0].pdf
    assert spooler.drawn[0][1] != sample_document("F01").pdf


@pytest.mark.parametrize("stop", [KeyboardInterrupt, OSError])
def test_a_stop_of_the_program_knows_what_came_out_as_well(stop):
    spooler = Spooler(F01=[SpoolStatus.PRINTED])

    def draw(name, task, title):
        if task.form == "F09":
            raise stop
        spooler.draw(name, task, title)

    one, _ = printer(spooler, draw=draw)
    with pytest.raises(stop) as caught:
        one.release(sample_job())
    assert [(out.form, out.pages) for out in came_out_of(caught.value)] == [("F01", 1)]


def test_out_of_paper_is_told_and_what_waits_is_taken_back():
    spooler = Spooler(F09=[SpoolStatus.PAPER_OUT])
    one, told = printer(spooler, timeout_s=0.05)
    with pytest.raises(PrintTimeoutError) as caught:
        one.release(sample_job())
    assert told[-1].states == (("F01", PrintState.DONE), ("F09", PrintState.NO_PAPER))
    assert caught.value.details == {
        "printer": NAME,
        "printed": 1,
        "total": 2,
        "seconds": 0,
        "alerts": "用紙切れ",
    }
    assert spooler.deleted == ["R8-1121-0001 F09"]
    assert [(one.form, one.pages) for one in caught.value.came_out] == [("F01", 1)]
    assert caught.value.begun == ("F09",)


def test_a_job_that_someone_deletes_is_not_taken_for_printed():
    spooler = Spooler(F01=[SpoolStatus.PRINTING, SpoolStatus.DELETING])
    one, _ = printer(spooler)
    with pytest.raises(PrintJobLostError) as caught:
        one.release(sample_job())
    assert caught.value.details == {"printer": NAME, "printed": 0, "total": 2}
    assert [form for form, _ in spooler.drawn] == ["F01"]


@pytest.mark.parametrize(
    "last", [SpoolStatus.PAUSED, SpoolStatus.OFFLINE, SpoolStatus.SPOOLING, SpoolStatus(0)]
)
def test_a_job_that_leaves_the_queue_before_its_turn_is_not_taken_for_printed(last):
    spooler = Spooler(F01=[SpoolStatus.PRINTING], F09=[last])
    one, _ = printer(spooler)
    with pytest.raises(PrintUnsureError) as caught:
        one.release(sample_job(*sample_job().documents, sample_document("F05")))
    assert caught.value.details == {"printer": NAME, "printed": 1, "total": 3, "form": "F09"}
    assert ([out.form for out in caught.value.came_out], caught.value.begun) == (["F01"], ("F09",))
    assert [form for form, _ in spooler.drawn] == ["F01", "F09"]  # what follows was never sent


def test_a_tray_that_the_printer_has_not_is_told_before_anything_is_drawn():
    spooler = Spooler()
    rules = {"F09": FormRule(tray="tray-2")}
    one, _ = printer(spooler, setup=lambda: PrintSetup(rules=rules), has_tray=lambda _, tray: tray == "upper")
    with pytest.raises(OptionRefusedError) as caught:
        one.release(sample_job())
    assert (caught.value.details["option"], spooler.drawn) == ("tray-2", [])
    rules["F09"] = FormRule(tray="upper")
    assert len(one.release(sample_job())) == 2


def test_a_printer_that_is_taken_away_is_told():
    spooler = Spooler(F09=["removed"])
    one, _ = printer(spooler)
    with pytest.raises(PrinterRemovedError) as caught:
        one.release(sample_job())
    assert caught.value.details == {"printer": NAME, "printed": 1, "total": 2}


def test_a_document_that_cannot_be_drawn_keeps_the_next_back(monkeypatch):
    spooler = Spooler()
    one, _ = printer(spooler)

    def refuse(printer_name, task, title):
        raise PrintError(printer=printer_name)

    monkeypatch.setattr(one, "_draw", refuse)
    with pytest.raises(PrintError):
        one.release(sample_job())
    assert spooler.drawn == []


def test_an_unknown_printer_is_told_before_anything_is_drawn():
    spooler = Spooler()
    spooler.is_there = False
    one, _ = printer(spooler)
    with pytest.raises(PrinterNotFoundError):
        one.release(sample_job())
    assert spooler.drawn == []


@pytest.mark.skipif("sys.platform == 'win32'")
def test_elsewhere_there_is_no_such_spooler():
    with pytest.raises(NoPrintServiceError):
        WindowsSpooler()


class Winspool:
    """As winspool.drv tells of jobs; each look finds the next number of them."""

    def __init__(self, *counts):
        self.counts = list(counts)

    def OpenPrinterW(self, *_args):
        return 1

    def ClosePrinter(self, _handle):
        return 1

    def EnumJobsW(self, _handle, _first, _many, _level, room, size, needed, count):
        told = self.counts.pop(0)
        each = ctypes.sizeof(_JobInfo)
        needed._obj.value = told * (each + 5000)  # its texts lie behind the structures
        if size < needed._obj.value:
            return 0
        count._obj.value = told
        if told:
            jobs = ctypes.cast(room, ctypes.POINTER(_JobInfo))
            for place in range(told):
                jobs[place].number, jobs[place].title, jobs[place].status = place + 1, "x F01", 0x10
        return 1


@pytest.mark.parametrize(("counts", "told"), [((0,), 0), ((1, 1), 1), ((1, 3, 3), 3)])
def test_a_job_of_somebody_else_that_comes_within_a_look_does_not_end_it(counts, told):
    spooler = WindowsSpooler.__new__(WindowsSpooler)
    spooler._library = Winspool(*counts)
    assert spooler.jobs(NAME) == [SpoolJob(i + 1, "x F01", SpoolStatus.PRINTING) for i in range(told)]
    assert not spooler._library.counts
