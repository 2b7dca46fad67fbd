"""The number 窓口番号 of a PC: kept whole, and never guessed from a file that is damaged."""

import pytest

from kakanai.settings import Paths
from kakanai.settings.counter_number import read_counter_number, write_counter_number
from kakanai.settings.errors import CounterNumberError, CounterNumberFileError


@pytest.fixture
def paths(tmp_path):
    return Paths(tmp_path)


def test_a_number_is_kept_changed_and_taken_away(paths, tmp_path):
    assert read_counter_number(paths) is None
    for number in (1, 99):
        write_counter_number(paths, number)
        assert read_counter_number(paths) == number
    assert [file.name for file in tmp_path.iterdir()] == ["counter.json"]
    write_counter_number(paths, None)
    write_counter_number(paths, None)
    assert read_counter_number(paths) is None


@pytest.mark.parametrize("number", [0, 100, -1, True, "3", None])
def test_what_is_no_number_is_refused(paths, number):
    write_counter_number(paths, 3)
    if number is not None:
        with pytest.raises(CounterNumberError):
            write_counter_number(paths, number)
        assert read_counter_number(paths) == 3


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"3",
        b"[]",
        b"{}",
        b'{"number": "3"}',
        b'{"number": 0}',
        b"\xff",
        b"[" * 150,
        b'{"number": 3' * 99,
    ],
)
def test_a_damaged_file_is_told(paths, content):
    paths.counter_number_file.write_bytes(content)
    with pytest.raises(CounterNumberFileError) as caught:
        read_counter_number(paths)
    assert caught.value.details["reason"] == "damaged"


def test_what_cannot_be_written_leaves_the_old_number(paths, monkeypatch):
    write_counter_number(paths, 3)
    monkeypatch.setattr("kakanai.settings.counter_number.os.fsync", _full)
    with pytest.raises(CounterNumberFileError) as caught:
        write_counter_number(paths, 4)
    assert caught.value.details["reason"] == "ENOSPC"
    monkeypatch.undo()
    assert read_counter_number(paths) == 3
    assert [file.name for file in paths.home.iterdir()] == ["counter.json"]


def _full(_handle):
    raise OSError(28, "no room")
