"""`kakanai log verify | verifier | evidence | public-key`: one verifier, told in our words, and logged."""

import contextlib
import datetime as dt
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from types import SimpleNamespace

import pytest

from kakanai.cli.log_verify import _verified_log
from kakanai.messages.told import message_for
from kakanai.resources import resource_root
from kakanai.sessionlog.anchor import Anchor, AnchorFile
from kakanai.sessionlog.office_key import OfficeKeyError, OfficeKeyLockedError
from kakanai.sessionlog.seal_errors import EvidenceUnreadableError
from kakanai.sessionlog.store import SessionLog
from kakanai.sessionlog.words import EntryKind
from tests.sessionlog.sample_log import KEY, folded_up, make
from tests.sessionlog.verifying import forge, verifier

FAILED = 16


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("log") / "sessionlog.sqlite3"
    make(path, days=2, cases=3, staff=False)
    return folded_up(path)


@pytest.fixture
def log(made, home):
    home.mkdir()
    return shutil.copy(made, home / "sessionlog.sqlite3")


def last_entry(path):
    with SessionLog.open(path) as log:
        return log.link(log.head().seq).to_entry()


def test_a_log_as_it_was_written_is_told_to_be_whole_and_that_is_logged(kakanai, log):
    status, out, err = kakanai("log", "verify")
    assert (status, err) == (0, "")
    assert "見つかりませんでした" in out
    entry = last_entry(log)
    assert entry.kind is EntryKind.LOG_VERIFIED
    assert entry.counts["findings"] == 0
    assert entry.counts["entries"] > 30
    told = json.loads(kakanai("log", "verify", "--json")[1])
    assert told["result"] == "intact"
    assert told["entries"] == entry.counts["entries"] + 1


def test_a_forged_log_is_told_with_places_and_next_steps(kakanai, log):
    forge(log, "UPDATE entry SET staff = '9999' WHERE seq = 9")
    status, out, err = kakanai("log", "verify")
    assert status == FAILED
    assert "記録 9 の内容が、書かれたときと違います。" in out
    assert "次にすること" in out
    assert "[L-030]" in err
    entry = last_entry(log)
    assert (entry.kind, entry.codes) == (EntryKind.LOG_VERIFIED, ("L-030",))
    assert entry.counts["findings"] == 1
    status, out, _ = kakanai("log", "verify", "--json")
    told = json.loads(out)
    assert (status, told["error"]["code"]) == (FAILED, "L-030")
    assert told["report"]["findings"][0]["seq"] == 9


def test_a_log_that_cannot_even_be_opened_can_be_verified(kakanai, log):
    with contextlib.closing(sqlite3.connect(log)) as db:
        db.execute("DROP TRIGGER entry_no_update")
    before = folded_up(log).read_bytes()
    status, out, err = kakanai("log", "verify")
    assert status == FAILED
    assert "entry_no_update" in out
    assert "記録していません" in err
    assert log.read_bytes() == before


def test_a_copy_elsewhere_is_verified_and_left_alone(kakanai, log, made, tmp_path):
    other = shutil.copy(made, tmp_path / "copy.sqlite3")
    other.chmod(0o400)
    before = other.read_bytes(), other.stat().st_mtime_ns, sorted(tmp_path.iterdir())
    assert kakanai("log", "verify", "--db", other)[0] == 0
    assert (other.read_bytes(), other.stat().st_mtime_ns, sorted(tmp_path.iterdir())) == before
    other.chmod(0o600)
    forge(other, "DELETE FROM entry WHERE seq = 20")
    status, out, _ = kakanai("log", "verify", "--db", other)
    assert status == FAILED
    assert "記録 20 から 20 までがありません。" in out
    assert last_entry(log).codes == ("L-030",)


def test_a_head_on_paper_and_the_anchor_of_this_pc_find_a_roll_back(kakanai, log, home):
    assert kakanai("log", "verify")[0] == 0
    with SessionLog.open(log) as opened:
        head = opened.head()  # that it was verified: nothing is derived of it
    at_head = ("--head", head.hash[:16].upper(), "--seq", head.seq)
    assert kakanai("log", "verify", *at_head)[0] == 0
    forge(log, f"DELETE FROM entry WHERE seq >= {head.seq}")  # noqa: S608
    assert kakanai("log", "verify")[0] == 0
    assert kakanai("log", "verify", *at_head)[0] == FAILED
    AnchorFile(home / "anchor.json").write(Anchor(head.seq + 50, head.hash, head.at))
    status, out, _ = kakanai("log", "verify")
    assert status == FAILED
    assert "この PC の錨" in out


def test_evidence_and_public_key_go_out_and_are_verified_without_the_database(kakanai, log, tmp_path):
    evidence, pem = tmp_path / "log.jsonl", tmp_path / "office.pem"
    assert kakanai("log", "evidence", "--out", evidence)[0] == 0
    entry = last_entry(log)
    assert entry.kind is EntryKind.LOG_EXPORTED
    assert entry.digest == hashlib.sha256(evidence.read_bytes()).hexdigest()
    status, out, _ = kakanai("log", "public-key", "--out", pem, "--json")
    assert (status, json.loads(out)["keys"]) == (0, [KEY.public.digest])
    status, out, _ = kakanai("log", "verify", "--export", evidence, "--public-key", pem, "--json")
    told = json.loads(out)
    assert (status, told["result"], told["signatures_good"]) == (0, "intact", told["day_closes"])
    assert "own_key" not in {note["kind"] for note in told["notes"]}
    evidence.write_bytes(evidence.read_bytes().replace(b"hand_entered", b"card_read", 1))
    assert kakanai("log", "verify", "--export", evidence)[0] == FAILED


def test_the_verifier_goes_out_as_it_is_and_runs_alone(kakanai, log, tmp_path):
    out = tmp_path / "verify.py"
    status, told, _ = kakanai("log", "verifier", "--out", out, "--json")
    assert status == 0
    assert out.read_bytes() == (resource_root() / "log_verifier" / "kakanai_log_verify.py").read_bytes()
    assert (
        json.loads(told)["sha256"] == last_entry(log).digest == hashlib.sha256(out.read_bytes()).hexdigest()
    )
    folded_up(log)
    alone = subprocess.run(
        [sys.executable, "-I", out, log],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ},
        check=False,
    )
    assert (alone.returncode, alone.stderr) == (0, "")


@pytest.mark.parametrize("verb", ["verifier", "evidence", "public-key"])
def test_no_file_is_written_over(kakanai, log, tmp_path, verb):
    (tmp_path / "there").write_text("mine")
    status, out, _ = kakanai("log", verb, "--out", tmp_path / "there", "--json")
    assert (status, json.loads(out)["error"]["code"]) == (2, "U-014")
    assert (tmp_path / "there").read_text() == "mine"


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        (("--head", "0" * 64), 2, "U-001"),
        (("--seq", "4"), 2, "U-001"),
        (("--head", "xyz", "--seq", "4"), 2, "U-001"),
        (("--db", "none.sqlite3"), 13, "L-032"),
        (("--export", "none.jsonl"), 13, "L-032"),
        (("--public-key", "none.pem"), 2, "L-039"),
    ],
)
def test_what_cannot_be_verified_is_told_by_code(
    kakanai, log, tmp_path, monkeypatch, arguments, status, code
):
    monkeypatch.chdir(tmp_path)
    found, out, _ = kakanai("log", "verify", *arguments, "--json")
    assert (found, json.loads(out)["error"]["code"]) == (status, code)


def test_a_public_key_is_asked_of_a_log_that_has_one(kakanai, tmp_path):
    status, out, _ = kakanai("log", "public-key", "--out", tmp_path / "x.pem", "--json")
    assert (status, json.loads(out)["error"]["code"]) == (9, "L-036")
    assert not (tmp_path / "x.pem").exists()


def test_a_log_on_a_server_is_verified_as_of_one_moment(postgres, tmp_path):
    """Nothing is left of the export that it is looked at through."""
    place = postgres.new_database()
    make(place, days=2, cases=2)
    paths = SimpleNamespace(home=tmp_path)
    services = SimpleNamespace(paths=paths, now=lambda: dt.datetime.now(dt.UTC))
    asked = SimpleNamespace(limit=9, public_key=None, export=None)
    with SessionLog.open(place) as log:
        head = log.head()
        report = _verified_log(asked, log, services, [(head.seq, head.hash, "paper")])
    assert report.findings == []
    assert report.entries == head.seq
    assert report.signed == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("reason", sorted(verifier.UNREADABLE_SAYINGS.keys() - {"public_key"}))
def test_why_something_cannot_be_verified_is_told_in_words(reason):
    """A public key has a message of its own."""
    told = message_for(EvidenceUnreadableError(file="log.sqlite3", reason=reason))
    assert f"（{reason}）" not in told.what
    assert "log.sqlite3" in told.what


@pytest.mark.parametrize(
    "error",
    [
        OfficeKeyError(file="key", reason="form"),
        OfficeKeyError(file="key", reason="EACCES"),
        OfficeKeyLockedError(reason="keyring"),
        OfficeKeyLockedError(reason="passphrase"),
    ],
)
def test_why_the_offices_key_does_not_open_is_told_in_words(error):
    assert f"（{error.details['reason']}）" not in message_for(error).what
