"""Drafts on disk: sealed, whole, and gone when their day is."""

import datetime as dt
import os
import stat
import subprocess
import sys

import pytest

from kakanai.drafts.draft_key import KeyPlace
from kakanai.drafts.draft_shelf import key_report, read_drafts
from kakanai.drafts.errors import (
    DraftDamagedError,
    DraftDiskFullError,
    DraftKeyError,
    DraftKeyMismatchError,
    DraftsInUseError,
    DraftUnwritableError,
)
from kakanai.drafts.keyring_entry import real_backend
from kakanai.drafts.sealed_file import SealKey, seal, unseal
from kakanai.drafts.system_keyring import SystemKeyring
from kakanai.drafts.visit_book import Visit
from tests.drafts.conftest import NAME, NOON, MemoryKeyring, NoKeyring, draft
from tests.fakes.disk_full import write_on_full_disk

DAY = dt.timedelta(days=1)


def whole_disk(folder) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_a_draft_comes_back_and_nothing_of_it_is_in_the_clear(places, open_shelf) -> None:
    shelf = open_shelf()
    one = draft()
    shelf.store.save(one)
    shelf.close()
    (back,) = open_shelf().load().drafts
    assert back == one
    on_disk = whole_disk(places.folder.parent)
    for clear in (NAME, "見本", one.number):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp932"):
            assert clear.encode(encoding) not in on_disk
    (file,) = places.folder.glob("*.draft")
    assert one.number not in file.name


def test_drafts_come_oldest_first_and_by_number_where_the_clock_stood_still(open_shelf) -> None:
    shelf = open_shelf()
    told = [("R8-1121-0003", 0), ("R8-1121-0002", 0), ("R8-1121-0001", 1), ("R8-1121-0004", -1)]
    for number, minutes in told:
        first_id_last = f"{9 - int(number[-1])}" * 32  # or the files' names give the order by chance
        shelf.store.save(draft(number, NOON + dt.timedelta(minutes=minutes), id=first_id_last))
    assert [one.number[-1] for one in shelf.load().drafts] == ["4", "2", "3", "1"]


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_files_are_closed_to_other_users(places, open_shelf) -> None:
    shelf = open_shelf()
    shelf.store.save(draft())
    for path in (*places.folder.glob("*.draft"), places.key_file):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for folder in (places.folder, places.key_file.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_any_changed_byte_is_found(places, open_shelf) -> None:
    key = SealKey.new()
    sealed = seal(key, b"content")
    assert unseal([SealKey.new(), key], sealed) == b"content"
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises((DraftDamagedError, DraftKeyMismatchError)):
            unseal([key], bytes(changed))
    for length in range(len(sealed)):
        with pytest.raises(DraftDamagedError):
            unseal([key], sealed[:length])


def test_two_seals_of_one_content_differ() -> None:
    key = SealKey.new()
    assert seal(key, b"x") != seal(key, b"x")


def test_damaged_and_foreign_drafts_are_counted_and_the_others_read(places, open_shelf) -> None:
    shelf = open_shelf()
    good, cut, foreign, renamed = draft(), draft(), draft(), draft()
    for one in (good, cut, renamed):
        shelf.store.save(one)
    path = places.folder / f"{cut.id}.draft"
    path.write_bytes(path.read_bytes()[:-1])
    (places.folder / f"{foreign.id}.draft").write_bytes(seal(SealKey.new(), b"{}"))
    (places.folder / f"{renamed.id}.draft").rename(places.folder / f"{draft().id}.draft")
    loaded = shelf.load()
    assert loaded.drafts == (good,)
    told = {type(error): error.details["count"] for error in loaded.failures}
    assert told == {DraftDamagedError: 2, DraftKeyMismatchError: 1}


def test_a_full_disk_keeps_the_last_state_whole(places, open_shelf, monkeypatch) -> None:
    shelf = open_shelf()
    one = draft()
    shelf.store.save(one)
    monkeypatch.setattr(os, "write", write_on_full_disk(20))
    with pytest.raises(DraftDiskFullError):
        shelf.store.save(draft(id=one.id, name="見本　花子"))
    monkeypatch.undo()
    assert shelf.load().drafts == (one,)
    assert list(places.folder.glob("*.part")) == []


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_told(places, open_shelf) -> None:
    shelf = open_shelf()
    places.folder.chmod(0o500)
    with pytest.raises(DraftUnwritableError) as told:
        shelf.store.save(draft())
    places.folder.chmod(0o700)
    assert told.value.details["reason"] == "EACCES"


def test_a_folder_that_is_no_folder_is_told(places, open_shelf) -> None:
    places.folder.write_text("")
    with pytest.raises(DraftUnwritableError):
        open_shelf()


def test_what_a_killed_process_left_half_written_goes(places, open_shelf) -> None:
    shelf = open_shelf()
    (places.folder / "abc.draft.1234.part").write_bytes(b"half")
    shelf.load()
    assert list(places.folder.glob("*.part")) == []


def test_one_process_at_a_time(places, open_shelf) -> None:
    shelf = open_shelf()
    with pytest.raises(DraftsInUseError):
        open_shelf()
    shelf.store.save(draft())
    assert len(read_drafts(places, keyring=NoKeyring())) == 1  # reading alone is no harm
    shelf.close()
    open_shelf()


def test_the_lock_goes_with_its_process(places, open_shelf) -> None:
    code = (
        "import sys, os, signal; from pathlib import Path; from kakanai.drafts.folder_lock import FolderLock;"
        "Path(sys.argv[1]).mkdir(parents=True); lock = FolderLock(Path(sys.argv[1]));"
        "os.kill(os.getpid(), getattr(signal, 'SIGKILL', signal.SIGTERM))"
    )
    subprocess.run([sys.executable, "-c", code, str(places.folder)], check=False)
    open_shelf()


def test_reading_makes_nothing(places) -> None:
    assert read_drafts(places, keyring=NoKeyring()) == ()
    assert not places.folder.exists()
    assert not places.key_file.exists()


# --- the key ----------------------------------------------------------------------------


def test_the_key_lies_in_the_keyring_where_there_is_one(places, open_shelf) -> None:
    backend = MemoryKeyring()
    shelf = open_shelf(SystemKeyring(places.folder.parent, backend))
    one = draft()
    shelf.store.save(one)
    shelf.close()
    assert not places.key_file.exists()
    assert len(backend.kept) == 1
    assert open_shelf(SystemKeyring(places.folder.parent, backend)).load().drafts == (one,)
    report = key_report(places, SystemKeyring(places.folder.parent, backend))
    assert report.place is KeyPlace.KEYRING


def test_without_a_keyring_a_file_holds_the_key_and_the_report_says_why(places, open_shelf) -> None:
    open_shelf()
    report = key_report(places, NoKeyring())
    assert (report.place, report.detail) == (KeyPlace.FILE, str(places.key_file))
    assert report.reason == "RuntimeError"


def test_a_keyring_that_does_not_answer_is_not_waited_for(places) -> None:
    import threading

    never = threading.Event()

    class Locked(MemoryKeyring):
        def get_password(self, service: str, username: str) -> str | None:
            never.wait(20)
            return None

    keyring = SystemKeyring(places.folder.parent, Locked(), limit_s=0.05)
    assert keyring.state.reason == "timeout"
    assert keyring.read() is None
    never.set()


@pytest.mark.parametrize("module", ["fail", "null"])
def test_a_keyring_that_keeps_nothing_is_none(monkeypatch, module) -> None:
    import importlib

    import keyring

    backend = importlib.import_module(f"keyring.backends.{module}").Keyring()
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
    assert real_backend() is None


def test_a_lost_keyring_key_is_told_as_a_wrong_key(places, open_shelf) -> None:
    shelf = open_shelf(SystemKeyring(places.folder.parent, MemoryKeyring()))
    shelf.store.save(draft())
    shelf.close()
    (failure,) = open_shelf().load().failures
    assert isinstance(failure, DraftKeyMismatchError)


def test_the_key_is_destroyed_once_nothing_needs_it(places, open_shelf) -> None:
    shelf = open_shelf()
    key = shelf.store.key
    one = draft()
    shelf.store.save(one)
    shelf.close()
    shelf = open_shelf()
    assert shelf.store.key == key
    shelf.store.remove(one.id)
    shelf.close()
    assert open_shelf().store.key != key


def test_a_damaged_key_file_is_replaced_and_the_drafts_say_so(places, open_shelf) -> None:
    shelf = open_shelf()
    shelf.store.save(draft())
    shelf.close()
    places.key_file.write_bytes(b"x")
    (failure,) = open_shelf().load().failures
    assert isinstance(failure, DraftKeyMismatchError)


def test_a_key_that_cannot_be_kept_is_told(places, open_shelf) -> None:
    places.key_file.parent.write_text("")
    with pytest.raises(DraftKeyError) as told:
        open_shelf()
    assert told.value.details["file"] == str(places.key_file)


def test_a_key_shows_nothing_of_itself() -> None:
    key = SealKey.new()
    assert repr(key) == "SealKey(****)"
    assert repr(draft()) == "Draft(R8-1121-0001, open)"


# --- the end of the day -----------------------------------------------------------------


def test_what_nobody_can_read_goes_with_its_day(places, open_shelf, clock) -> None:
    shelf = open_shelf()
    path = places.folder / f"{draft().id}.draft"
    path.write_bytes(seal(SealKey.new(), b"{}"))
    os.utime(path, (NOON.timestamp(), NOON.timestamp()))
    shelf.end_earlier_days()
    assert path.exists()
    clock.at = NOON + DAY
    shelf.end_earlier_days()
    assert not path.exists()


def test_todays_other_visits_are_known_without_a_name(places, open_shelf, clock) -> None:
    shelf = open_shelf()
    assert shelf.meet(NAME, "1980-02-17", Visit("R8-1121-0001", "10:15")) == ()
    shelf.book.note_forms("R8-1121-0001", ["F01", "F05"])
    shelf.book.save()
    shelf.close()
    assert NAME.encode() not in whole_disk(places.folder)
    shelf = open_shelf()
    second = Visit("R8-1121-0002", "11:00")
    assert shelf.meet(NAME, "1980-02-17", second) == (Visit("R8-1121-0001", "10:15", ("F01", "F05")),)
    assert shelf.meet(NAME, "1980-02-18", Visit("R8-1121-0003", "11:01")) == ()
    shelf.book.forget_case("R8-1121-0001")
    assert shelf.meet(NAME, "1980-02-17", Visit("R8-1121-0004", "11:02")) == (second,)
    clock.at = NOON + DAY
    shelf.end_earlier_days()
    assert shelf.meet(NAME, "1980-02-17", Visit("R8-1122-0001", "09:00")) == ()


def test_visits_of_yesterday_are_forgotten_at_the_start(open_shelf, places, clock) -> None:
    shelf = open_shelf()
    shelf.meet(NAME, "1980-02-17", Visit("R8-1121-0001", "10:15"))
    key = shelf.store.key
    shelf.close()
    clock.at = NOON + DAY
    shelf = open_shelf()
    assert shelf.meet(NAME, "1980-02-17", Visit("R8-1122-0001", "09:00")) == ()
    assert shelf.store.key != key
