"""The program is told to stop in the middle: no paper comes out later, no case stays open, and it is said."""

import json
import os
import signal
import time

import pytest

from kakanai.cli.stop_signals import ToldToStop, stop_signals
from tests.printing.cups_server import COUNTER, PrivateCups

STATUS = {"SIGTERM": 143, "SIGHUP": 129, "SIGINT": 130}

SLOW = """
import dataclasses, sys, time
from pathlib import Path
from kakanai.app.entry import services as program_services
from kakanai.app.places import find_paths
from kakanai.cli.entry import run_command
from kakanai.printing.folder import FolderPrinter

class SlowPrinter:
    name = "slow"
    def release(self, job):
        try:
            print("PRINTING", flush=True)
            time.sleep(60)
        except BaseException:
            time.sleep(0.5)
            Path(sys.argv[1]).write_text("withdrawn")
            raise

class SlowFolder(FolderPrinter):
    def release(self, job):
        print("PRINTING", flush=True)
        time.sleep(0.5)
        printed = super().release(job)
        time.sleep(0.5)
        return printed

def services():
    return dataclasses.replace(
        program_services(find_paths()),
        require_printer=lambda _name, _documents: None,
        printer=lambda _name: SlowPrinter(),
        folder_printer=SlowFolder,
    )

sys.exit(run_command(sys.argv[2:], services))
"""


def cases(kakanai):
    return json.loads(kakanai("log", "day", "--json")[1])["entries"]


@pytest.mark.parametrize("name", STATUS)
def test_printing_is_withdrawn_and_the_case_ends(kakanai, program, person, tmp_path, name):
    marker = tmp_path / "marker"
    process = program(marker, "fill", "--forms", "F05", "--person", person, "--printer", "slow", code=SLOW)
    assert process.stdout.readline() == "PRINTING\n"
    process.send_signal(getattr(signal, name))
    time.sleep(0.2)
    process.send_signal(signal.SIGTERM)  # must not cut the withdrawal short
    _, err = process.communicate(timeout=30)
    assert (process.returncode, marker.read_text()) == (STATUS[name], "withdrawn")
    assert "印刷を始めたあとで中止しました" in err
    assert "Traceback" not in err
    (case,) = cases(kakanai)
    assert (case["outcome"], case["finished_at"] is None) == ("cancelled", False)


@pytest.mark.parametrize("name", STATUS)
@pytest.mark.parametrize("verb", ["fill", "demo"])
def test_a_folder_is_finished_first_and_told(kakanai, program, person, tmp_path, name, verb):
    begin = ["fill", "--forms", "F05", "--person", person] if verb == "fill" else ["demo"]
    process = program("-", *begin, "--out", tmp_path / "o", "--json", code=SLOW)
    assert process.stdout.readline() == "PRINTING\n"
    process.send_signal(getattr(signal, name))
    out, err = process.communicate(timeout=30)
    assert process.returncode == STATUS[name]
    told = [form["path"] for form in json.loads(out)["forms"]]
    assert told == sorted(str(path) for path in (tmp_path / "o").iterdir())
    assert "中止しました" not in err
    (case,) = cases(kakanai)
    assert (case["outcome"], case["finished_at"] is None) == ("printed", False)


@pytest.mark.parametrize("name", STATUS)
def test_while_the_pin_is_waited_for_the_case_is_cancelled(kakanai, program, tmp_path, name):
    reading, writing = os.pipe()
    arguments = ["fill", "--forms", "F05", "--reader", "specimen:official-test", "--pin-stdin"]
    process = program(*arguments, "--out", tmp_path / "o", stdin=reading)
    os.close(reading)
    assert "残り 3 回" in process.stderr.readline()
    time.sleep(0.1)
    process.send_signal(getattr(signal, name))
    _, err = process.communicate(timeout=30)
    os.close(writing)
    assert process.returncode == STATUS[name]
    assert "受付は取り消しました" in err
    assert "印刷を始めた" not in err
    assert [case["outcome"] for case in cases(kakanai)] == ["cancelled"]
    assert not (tmp_path / "o").exists()


@pytest.mark.cups
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_real_queue_is_emptied(kakanai, program, person, name):
    with PrivateCups() as cups:
        with cups.fault("out-of-paper"):
            process = program(
                "fill", "--forms", "F01,F05", "--person", person, "--printer", COUNTER, "--json"
            )
            deadline = time.monotonic() + 30
            while len(cups.waiting_jobs()) < 2 and time.monotonic() < deadline:
                time.sleep(0.05)
            assert len(cups.waiting_jobs()) == 2
            process.send_signal(getattr(signal, name))
            process.communicate(timeout=30)
            assert process.returncode == STATUS[name]
            assert cups.waiting_jobs() == []
        time.sleep(1)
        assert cups.arrived() == []
    assert [case["outcome"] for case in cases(kakanai)] == ["cancelled"]


def test_handlers_are_put_back_and_an_ignored_signal_stays_ignored():
    before = {name: signal.getsignal(getattr(signal, name)) for name in STATUS}
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with stop_signals():
            os.kill(os.getpid(), signal.SIGHUP)
            with pytest.raises(ToldToStop) as told:
                os.kill(os.getpid(), signal.SIGTERM)
            os.kill(os.getpid(), signal.SIGTERM)
        assert told.value.exit_status == 143
    finally:
        signal.signal(signal.SIGHUP, before["SIGHUP"])
    assert {name: signal.getsignal(getattr(signal, name)) for name in STATUS} == before
