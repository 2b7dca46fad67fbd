import contextlib
import os
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time

import pytest

import kakanai.printing.cups
import kakanai.printing.cups_commands
import kakanai.printing.cups_jobs
import kakanai.printing.cups_library
from kakanai.printing.cups import CupsPrinter, list_printers
from kakanai.printing.cups_commands import queue_held
from kakanai.printing.cups_jobs import JobState, job_states, purge
from kakanai.printing.errors import (
    NoPrintServiceError,
    PrinterNotFoundError,
    PrintError,
    PrinterStoppedError,
    PrintJobLostError,
    PrintTimeoutError,
)
from kakanai.printing.print_plan import PrintSetup
from tests.printing.cups_server import A4_ONLY, COUNTER, FILTERED, REJECTING, STOPPED
from tests.printing.sample_pdf import sample_document, sample_job


def pdf_pages(path):
    told = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    size = re.search(r"Page size:\s+([0-9.]+) x ([0-9.]+)", told)
    return int(re.search(r"Pages:\s+([0-9]+)", told)[1]), round(float(size[1])), round(float(size[2]))


def pdf_lines(path):
    told = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    return [line for line in told.replace("\f", "\n").split("\n") if line]


def wait_until(condition):
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.cups
def test_the_bytes_that_arrive_are_the_pdfs_in_order(cups):
    job = sample_job()
    printed = CupsPrinter(COUNTER).release(job)
    assert [(told.form, told.pages, told.path) for told in printed] == [("F01", 1, None), ("F09", 2, None)]
    arrived = cups.arrived()
    assert [path.read_bytes() for path in arrived] == [document.pdf for document in job.documents]
    assert [f"{COUNTER}-{path.stem}" for path in arrived] == [told.job_id for told in printed]
    assert [cups.told(path, "title") for path in arrived] == ["R8-1121-0001 F01", "R8-1121-0001 F09"]
    options = [set(cups.told(path, "options").split()) for path in arrived]
    assert {"media=A4", "print-scaling=none"} <= options[0]
    assert {"media=A5", "print-scaling=none"} <= options[1]
    assert "sides=one-sided" in options[0]
    assert cups.waiting_jobs() == []


@pytest.mark.cups
def test_through_the_pdf_filters_pages_text_and_size_stay(cups):
    CupsPrinter(FILTERED).release(sample_job())
    first, second = cups.arrived()
    assert pdf_pages(first) == (1, 595, 842)
    assert pdf_pages(second) == (2, 420, 595)
    assert pdf_lines(first) == ["F01 page 1 of 1"]
    assert pdf_lines(second) == ["F09 page 1 of 2", "F09 page 2 of 2"]


@pytest.mark.cups
def test_printers_are_listed(cups):
    assert sorted(list_printers()) == sorted([A4_ONLY, COUNTER, FILTERED, STOPPED, REJECTING])


@pytest.mark.cups
@pytest.mark.parametrize("name", [STOPPED, REJECTING])
def test_a_stopped_printer_is_told_before_anything_is_sent(cups, name):
    with pytest.raises(PrinterStoppedError) as caught:
        CupsPrinter(name).release(sample_job())
    assert caught.value.details == {"printer": name, "printed": 0, "total": 2}
    assert job_states(name) == {}


@pytest.mark.cups
@pytest.mark.parametrize("name", ["nowhere", "-h", "", "counter/x", "counter@elsewhere"])
def test_an_unknown_printer_is_told(cups, name):
    with pytest.raises(PrinterNotFoundError):
        CupsPrinter(name).release(sample_job())
    assert cups.arrived() == []


@pytest.mark.cups
def test_a_printer_out_of_paper_is_told_and_nothing_comes_out_later(cups):
    with cups.fault("out-of-paper"):
        with pytest.raises(PrintTimeoutError) as caught:
            CupsPrinter(COUNTER, timeout_s=1).release(sample_job())
        assert cups.waiting_jobs() == []
    assert caught.value.details == {
        "printer": COUNTER,
        "printed": 0,
        "total": 2,
        "seconds": 1,
        "alerts": "用紙切れ",
    }
    assert (caught.value.came_out, caught.value.begun) == ((), ("F01",))
    # The next job, for the same printer, is the first thing that comes out.
    CupsPrinter(COUNTER).release(sample_job(sample_document("F05")))
    assert [cups.told(path, "title") for path in cups.arrived()] == ["R8-1121-0001 F05"]


@pytest.mark.cups
def test_a_printer_that_breaks_down_is_told_and_its_queue_is_emptied(cups):
    with cups.fault("broken"), pytest.raises(PrinterStoppedError) as caught:
        CupsPrinter(COUNTER).release(sample_job())
    assert caught.value.details == {"printer": COUNTER, "printed": 0, "total": 2}
    assert cups.waiting_jobs() == []
    assert cups.arrived() == []


@pytest.mark.cups
def test_a_job_that_someone_withdraws_is_not_taken_for_printed(cups):
    errors = []

    def release():
        try:
            CupsPrinter(COUNTER).release(sample_job())
        except PrintJobLostError as error:
            errors.append(error)

    with cups.fault("out-of-paper"):
        thread = threading.Thread(target=release)
        thread.start()
        wait_until(lambda: JobState.PROCESSING in job_states(COUNTER).values())
        # The second one waits its turn; lpstat would tell the same of it as of a printed one.
        wait_until(lambda: len(cups.waiting_jobs()) == 2)
        cups.command("cancel", sorted(cups.waiting_jobs())[1])
        thread.join(20)
    assert [error.details for error in errors] == [{"printer": COUNTER, "printed": 0, "total": 2}]
    # The first had begun; that the second had not is more than we know of a job that somebody took out.
    assert [(error.came_out, error.begun) for error in errors] == [((), ("F01", "F09"))]
    assert cups.waiting_jobs() == []


@pytest.mark.cups
def test_a_document_that_cups_refuses_keeps_the_others_from_printing(cups, monkeypatch):
    real = kakanai.printing.cups.queue_held

    def refuse_the_second(printer, case_number, document):
        if document.form == "F09":
            raise PrintError(printer=printer)
        return real(printer, case_number, document)

    monkeypatch.setattr(kakanai.printing.cups, "queue_held", refuse_the_second)
    with pytest.raises(PrintError) as caught:
        CupsPrinter(COUNTER).release(sample_job())
    assert (caught.value.came_out, caught.value.begun) == ((), ())  # no sheet was drawn in
    assert job_states(COUNTER) == {}
    assert cups.spooled() == []
    monkeypatch.undo()
    CupsPrinter(COUNTER).release(sample_job(sample_document("F05")))
    assert [cups.told(path, "title") for path in cups.arrived()] == ["R8-1121-0001 F05"]


@pytest.mark.cups
@pytest.mark.parametrize("printer", [COUNTER, FILTERED])
def test_cups_keeps_no_copy_of_what_is_printed(cups, printer):
    CupsPrinter(printer).release(sample_job())
    assert len(cups.arrived()) == 2
    assert cups.spooled() == []


@pytest.mark.cups
def test_cups_keeps_no_copy_of_what_is_withdrawn(cups):
    # The first one is out and the second one is not when time is up.
    def run_out_of_paper(printer, job_id):
        let_print(printer, job_id)
        wait_until(lambda: job_states(printer)[job_id] is JobState.COMPLETED or job_id.endswith("-2"))
        if job_id.endswith("-1"):
            paper.enter_context(cups.fault("out-of-paper"))

    let_print = kakanai.printing.cups.let_print
    with contextlib.ExitStack() as paper, pytest.MonkeyPatch.context() as patch:
        patch.setattr(kakanai.printing.cups, "let_print", run_out_of_paper)
        with pytest.raises(PrintTimeoutError) as caught:
            CupsPrinter(COUNTER, timeout_s=1).release(sample_job())
        assert caught.value.details["printed"] == 1
        assert [(one.form, one.pages, one.job_id) for one in caught.value.came_out] == [
            ("F01", 1, f"{COUNTER}-1")
        ]
        assert caught.value.begun == ("F09",)
        assert cups.waiting_jobs() == []
        wait_until(lambda: cups.spooled() == [])
    assert len(cups.arrived()) == 1


@pytest.mark.cups
def test_a_job_that_cups_took_without_telling_is_withdrawn(cups, tmp_path, monkeypatch):
    hanging = tmp_path / "lp"
    hanging.write_text(f'#!/bin/sh\n"{shutil.which("lp")}" "$@" > /dev/null\nexec sleep 60\n')
    hanging.chmod(0o755)
    other = queue_held(COUNTER, "R8-1121-0002", PrintSetup().tasks([sample_document("F01")])[0])
    with monkeypatch.context() as patch:
        patch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
        patch.setattr(kakanai.printing.cups_commands, "_COMMAND_S", 3.0)
        with pytest.raises(NoPrintServiceError):
            CupsPrinter(COUNTER).release(sample_job())
    # Another case waits on untouched.
    assert cups.waiting_jobs() == [other]
    assert len(cups.spooled()) == 1


@pytest.mark.cups
def test_a_job_whose_files_cups_does_not_give_up_is_withdrawn_all_the_same(cups, monkeypatch):
    monkeypatch.setattr(kakanai.printing.cups, "purge", lambda *_: False)
    with cups.fault("out-of-paper"):
        with pytest.raises(PrintTimeoutError):
            CupsPrinter(COUNTER, timeout_s=1).release(sample_job())
        assert cups.waiting_jobs() == []
    assert CupsPrinter(COUNTER).release(sample_job())


@pytest.mark.cups
def test_a_job_nobody_knows_cannot_be_purged(cups):
    assert not purge(COUNTER, f"{COUNTER}-99")


@pytest.mark.timeout(60)
def test_a_server_that_never_answers_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(kakanai.printing.cups_library, "_ANSWER_S", 0.3)
    with tempfile.TemporaryDirectory(prefix="cups-") as folder, socket.socket(socket.AF_UNIX) as silent:
        silent.bind(f"{folder}/sock")
        silent.listen()
        monkeypatch.setenv("CUPS_SERVER", f"{folder}/sock")
        with pytest.raises(NoPrintServiceError):
            job_states(COUNTER)
        with pytest.raises(NoPrintServiceError):
            purge(COUNTER, f"{COUNTER}-1")


def test_no_print_service_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "nobody.sock"))
    assert list_printers() == []
    with pytest.raises(NoPrintServiceError):
        CupsPrinter(COUNTER).release(sample_job())
    with pytest.raises(NoPrintServiceError):
        job_states(COUNTER)


def test_no_cups_at_all_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert list_printers() == []
    with pytest.raises(NoPrintServiceError):
        CupsPrinter(COUNTER).release(sample_job())


@pytest.mark.cups
def test_the_server_is_private(cups):
    assert os.environ["CUPS_SERVER"] == str(cups.socket)
    assert cups.socket.is_socket()
