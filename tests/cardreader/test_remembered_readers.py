import json
import os
import stat

import pytest

from kakanai.cardreader.remembered_readers import RememberedReaders


@pytest.fixture
def path(tmp_path):
    return tmp_path / "state" / "readers.json"


def test_looking_creates_nothing(path):
    remembered = RememberedReaders(path)
    assert remembered.chosen is None
    assert remembered.limits_of("A").extended is None
    assert not path.parent.exists()


def test_what_is_learnt_is_there_next_time(path):
    remembered = RememberedReaders(path)
    remembered.choose("リーダー A")
    remembered.limits_of("A").extended = False
    remembered.limits_of("B").extended = True
    again = RememberedReaders(path)
    assert again.chosen == "リーダー A"
    assert [again.limits_of(name).extended for name in "ABC"] == [False, True, None]
    again.choose(None)
    assert RememberedReaders(path).chosen is None


def test_a_reader_has_one_object_of_limits(path):
    remembered = RememberedReaders(path)
    assert remembered.limits_of("A") is remembered.limits_of("A")
    assert remembered.limits_of("A") is not remembered.limits_of("B")


def test_file_and_folder_are_the_users_alone(path):
    RememberedReaders(path).choose("A")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [file.name for file in path.parent.iterdir()] == ["readers.json"]


def test_the_same_again_is_not_written(path):
    remembered = RememberedReaders(path)
    remembered.limits_of("A").extended = True
    path.unlink()
    remembered.limits_of("A").extended = True
    assert not path.exists()


def test_two_programs_keep_each_others_words(path):
    window, command = RememberedReaders(path), RememberedReaders(path)
    window.choose("A")
    command.limits_of("B").extended = False
    window.limits_of("C").extended = True
    last = RememberedReaders(path)
    assert (last.chosen, last.limits_of("B").extended, last.limits_of("C").extended) == ("A", False, True)


BROKEN = [
    b"",
    b"\xff\xfe",
    b"{",
    b"[]",
    b"null",
    b"7",
    b"{}",
    b'{"chosen": 7, "extended": {}}',
    b'{"chosen": null, "extended": []}',
    b'{"chosen": null, "extended": {"A": 1}}',
    b'{"chosen": null, "extended": {"A": null}}',
    b"[" * 100_000,
]


@pytest.mark.parametrize("content", BROKEN, ids=range(len(BROKEN)))
def test_a_broken_file_is_told_once_and_replaced(path, content, caplog):
    path.parent.mkdir()
    path.write_bytes(content)
    remembered = RememberedReaders(path)
    assert remembered.chosen is None
    remembered.choose("A")
    remembered.choose("B")
    assert len(caplog.messages) == 1
    assert caplog.messages[0].startswith("readers.json ignored: ")
    assert json.loads(path.read_text(encoding="utf-8"))["chosen"] == "B"


def test_a_name_that_is_no_text_is_kept_like_any_other(path, caplog):
    RememberedReaders(path).choose("A\udc80")
    remembered = RememberedReaders(path)
    remembered.limits_of("A\udc80").extended = False
    assert remembered.chosen == "A\udc80"
    assert RememberedReaders(path).limits_of("A\udc80").extended is False
    assert not caplog.messages


def test_where_nothing_can_be_written_it_still_remembers(path, caplog):
    path.parent.write_text("a file where the folder should be")
    remembered = RememberedReaders(path)
    remembered.choose("A")
    remembered.limits_of("A").extended = False
    assert remembered.chosen == "A"
    assert remembered.limits_of("A").extended is False
    assert len(caplog.messages) == 1


def test_a_failed_write_leaves_the_old_file(path, monkeypatch, caplog):
    remembered = RememberedReaders(path)
    remembered.choose("A")
    before = path.read_bytes()

    def fail(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    remembered.choose("B")
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["readers.json"]
    assert caplog.messages == ["readers.json not written: OSError"]
    monkeypatch.undo()
    remembered.limits_of("C").extended = True
    assert remembered.limits_of("C").extended is True
