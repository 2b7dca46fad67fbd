"""`kakanai db counter`: who gives a PC its number, what stands in the log, and a PC that is replaced."""

import contextlib
import json

import pytest

from kakanai.app.entry import services
from kakanai.app.log_place import open_counter_log
from kakanai.cli.doctor_database import database_lines
from kakanai.sessionlog.spool_errors import CounterTakenError
from kakanai.sessionlog.spool_file import SpoolFile
from kakanai.sessionlog.store import SessionLog
from kakanai.settings import Paths
from kakanai.settings.counter_number import write_counter_number
from kakanai.settings.town_file import load_town
from tests.cli.conftest import code_of
from tests.sessionlog.acts import entry


def counter(kakanai, *arguments):
    status, out, _ = kakanai("db", "counter", *arguments, "--json")
    return status, json.loads(out)


def test_a_number_is_given_and_told(kakanai, home):
    assert counter(kakanai) == (0, {"number": None})
    kakanai("log", "day")  # the first entry of the chain
    assert counter(kakanai, "7", "--clerk", "2001") == (0, {"number": 7})
    kakanai("log", "day")
    assert counter(kakanai) == (0, {"number": 7})
    assert counter(kakanai, "--none") == (0, {"number": None})
    with SessionLog.open(Paths(home).log_database) as log:
        looked, given, with_number, taken = log.links()
    assert (looked.counter, with_number.counter) == ("", "7")
    assert [link.to_entry().names for link in (given, taken)] == [("counter.number",)] * 2
    assert given.staff == "2001"


def test_what_cannot_be_is_refused(kakanai, home):
    for arguments in (["3", "--none"], ["three"], ["--take"], ["--none", "--take"]):
        assert counter(kakanai, *arguments)[0] == 2
    status, out, _ = kakanai("db", "counter", "100", "--json")
    assert (status, code_of(out)) == (2, "S-022")
    assert not Paths(home).counter_number_file.exists()
    Paths(home).counter_number_file.write_bytes(b"?")
    status, out, _ = kakanai("log", "day", "--json")
    assert (status, code_of(out)) == (9, "S-021")
    assert counter(kakanai, "5") == (0, {"number": 5})


def test_a_damaged_number_stays_until_it_is_known_who_gives_a_new_one(kakanai, home):
    first = ("staff", "add", "9001", "--role", "administrator", "--password-stdin")
    assert kakanai(*first, stdin="mado no yoake 9001!\n")[0] == 0
    Paths(home).counter_number_file.write_bytes(b"?")
    for wanted in (["5"], ["--none"]):
        status, out, _ = kakanai("db", "counter", *wanted, "--json")
        assert (status, code_of(out)) == (15, "A-003")
    assert Paths(home).counter_number_file.read_bytes() == b"?"


def test_another_pc_may_not_have_the_number_until_it_takes_it(kakanai, home, tmp_path, postgres):
    url = postgres.new_database()
    home.mkdir()
    (home / "town.toml").write_text(
        f'[log]\ndatabase = "{url.place}?user=kakanai"\n[counter]\nverify_cards = false\n', encoding="utf-8"
    )
    town, old = load_town(Paths(home)), Paths(tmp_path / "old")
    old.ensure_home()
    write_counter_number(old, 3)
    open_counter_log(old, town).close()
    assert counter(kakanai, "3")[0] == 0
    demo = ("demo", "--out", tmp_path / "out", "--json")
    status, out, _ = kakanai(*demo)
    assert (status, code_of(out)) == (13, "L-052")
    assert counter(kakanai, "3", "--take") == (0, {"number": 3, "taken": True, "put_aside": None})
    open_counter_log(Paths(home), town).close()
    with pytest.raises(CounterTakenError):
        open_counter_log(old, town)


def test_a_number_is_not_changed_while_entries_wait(kakanai, home, monkeypatch):
    assert counter(kakanai, "3")[0] == 0
    monkeypatch.setattr("kakanai.cli.counter_number.waiting_in", lambda _file: 2)
    status, out, _ = kakanai("db", "counter", "4", "--json")
    assert (status, code_of(out)) == (8, "L-057")
    assert counter(kakanai) == (0, {"number": 3})


@pytest.mark.parametrize("number", [None, 3, "damaged"])
def test_doctor_tells_what_waits_whatever_the_number_is(home, number):
    paths = Paths(home)
    paths.ensure_home()
    with contextlib.closing(SpoolFile(paths.spool_file)) as file:
        file.append([entry()])
    if number == "damaged":
        paths.counter_number_file.write_bytes(b"?")
    else:
        write_counter_number(paths, number)
    line = next(line for line in database_lines(services(paths)) if line.name == "counter")
    assert "サーバーに送っていない記録 1 件" in line.detail
    assert not line.ok  # the town's log is a file: nobody would ever send it
