"""`kakanai log close | key`: the day is signed by who gives the password, with a key that is there."""

import json

import pytest
import zxingcpp

from kakanai.sessionlog.seals import DaySeals
from kakanai.sessionlog.store import SessionLog
from kakanai.sessionlog.words import EntryKind as K
from tests.cli.conftest import code_of
from tests.cli.test_log_book import entries, signed_in
from tests.daybook.sample_day import DAY, SampleDay
from tests.forms.poppler import pictures

DATE = DAY.isoformat()


@pytest.fixture
def numbers(home):
    home.mkdir()
    with SessionLog.open(home / "sessionlog.sqlite3") as log:
        return SampleDay(log).ordinary(3)


def closes(home):
    with SessionLog.open(home / "sessionlog.sqlite3") as log:
        seals = DaySeals(log)
        keys = seals.public_keys()
        return [(one, any(one.is_signed_by(key) for key in keys)) for one in seals.closes()]


def test_without_a_key_nothing_is_closed(kakanai, numbers, home):
    status, out, _ = kakanai("log", "close", "--day", DATE, "--json")
    assert (status, code_of(out)) == (9, "L-036")
    assert closes(home) == []


def test_a_day_is_closed_and_its_paper_bears_the_signed_head(kakanai, numbers, home, tmp_path):
    assert kakanai("log", "key", "--json")[0] == 9
    status, out, _ = kakanai("log", "key", "--make", "--json")
    assert status == 0
    made = json.loads(out)
    paper = tmp_path / "nippo.pdf"
    status, out, _ = kakanai("log", "close", "--day", DATE, "--report", paper, "--clerk", "2001", "--json")
    assert status == 0
    told = json.loads(out)["close"]
    ((close, is_genuine),) = closes(home)
    assert is_genuine
    assert (told["head"], told["key_id"], close.staff) == (close.head, made["key_id"], "2001")
    (code,) = zxingcpp.read_barcodes(pictures(paper.read_bytes(), 150)[0])
    assert code.text == f"kakanai-head:{close.last_seq}:{close.head}"
    status, out, _ = kakanai("log", "close", "--day", DATE, "--json")
    assert (status, code_of(out)) == (8, "L-033")


def test_what_is_open_is_told_while_closing(kakanai, numbers):
    kakanai("log", "key", "--make")
    status, out, _ = kakanai("log", "close", "--day", DATE)
    assert status == 0
    assert "未確認の受付が 3 件あります。" in out
    assert f"{DATE} を締めました" in out


def test_a_passphrase_is_asked_for_each_time(kakanai, numbers, home):
    made = kakanai("log", "key", "--make", "--passphrase-stdin", "--json", stdin="aikotoba desu\n")
    assert json.loads(made[1])["kept_by"] == "passphrase"
    close = ("log", "close", "--day", DATE, "--passphrase-stdin", "--json")
    status, out, _ = kakanai(*close, stdin="chigau kotoba\n")
    assert (status, code_of(out)) == (9, "L-037")
    assert closes(home) == []
    assert kakanai(*close, stdin="aikotoba desu\n")[0] == 0


def test_an_existing_paper_is_not_replaced_and_nothing_is_closed(kakanai, numbers, home, tmp_path):
    kakanai("log", "key", "--make")
    paper = tmp_path / "nippo.pdf"
    paper.write_text("mine")
    status, out, _ = kakanai("log", "close", "--day", DATE, "--report", paper, "--json")
    assert (status, code_of(out)) == (2, "U-014")
    assert paper.read_text() == "mine"
    assert closes(home) == []


def test_who_signs_gives_the_password_now(kakanai, numbers, home):
    first = ("staff", "add", "9001", "--role", "administrator", "--password-stdin")
    assert kakanai(*first, stdin="kanri-sha-2026\n")[0] == 0
    kakanai("staff", "sign-in", "9001", "--password-stdin", stdin="kanri-sha-2026\n")
    assert kakanai("log", "key", "--make")[0] == 0
    status, out, _ = kakanai(
        "log", "close", "--day", DATE, "--password-stdin", "--json", stdin="kanri-sha-2026\n"
    )
    assert (status, code_of(out)) == (15, "A-005")  # who keeps the key does not close the day
    signed_in(kakanai, "2001", "supervisor", "sekinin-sha-26")
    close = ("log", "close", "--day", DATE, "--password-stdin", "--json")
    status, out, _ = kakanai(*close, stdin="wrong-password\n")
    assert (status, code_of(out)) == (15, "A-001")
    status, out, _ = kakanai(*close, stdin="")
    assert code_of(out) == "A-013"
    assert closes(home) == []
    assert kakanai(*close, stdin="sekinin-sha-26\n")[0] == 0
    ((made, is_genuine),) = closes(home)
    assert (made.staff, is_genuine) == ("2001", True)
    assert [entry.clerk for entry in entries(home) if entry.kind is K.DAY_CLOSED] == ["2001"]
