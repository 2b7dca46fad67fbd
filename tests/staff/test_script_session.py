"""The file that keeps the token of a script's session."""

import os
import stat
from pathlib import Path

import pytest

from kakanai.staff.errors import SessionFileError
from kakanai.staff.machine import account_key, machine_key
from kakanai.staff.script_session import SessionFile

TOKEN = "a-token-of-forty-three-characters-0123456789"

posix = pytest.mark.skipif(os.name != "posix", reason="Windows has access lists")


@pytest.fixture
def file(tmp_path: Path) -> SessionFile:
    return SessionFile(tmp_path / "session", account_key())


def path_of(tmp_path: Path) -> Path:
    (path,) = (tmp_path / "session").iterdir()
    return path


def test_a_token_is_kept_replaced_and_taken_away(file: SessionFile, tmp_path: Path) -> None:
    assert file.read() == ""
    file.write("another")
    file.write(TOKEN)
    assert file.read() == TOKEN
    assert path_of(tmp_path).suffix == ".json"
    file.remove()
    file.remove()
    assert file.read() == ""
    assert list((tmp_path / "session").iterdir()) == []


@posix
def test_only_this_account_can_read_it(file: SessionFile, tmp_path: Path) -> None:
    file.write(TOKEN)
    path = path_of(tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    path.chmod(0o640)
    with pytest.raises(SessionFileError) as caught:
        file.read()
    assert caught.value.details["reason"] == "open"


@posix
def test_a_link_to_another_file_is_not_followed(file: SessionFile, tmp_path: Path) -> None:
    file.write(TOKEN)
    path = path_of(tmp_path)
    path.rename(tmp_path / "elsewhere.json")
    path.symlink_to(tmp_path / "elsewhere.json")
    with pytest.raises(SessionFileError):
        file.read()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"token": 7}', b"\xff\xfe", b"{}", b"null"])
def test_what_is_not_ours_is_no_session(file: SessionFile, tmp_path: Path, content: bytes) -> None:
    file.write(TOKEN)
    path_of(tmp_path).write_bytes(content)
    assert file.read() == ""


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "session").write_bytes(b"")
    file = SessionFile(tmp_path / "session", account_key())
    with pytest.raises(SessionFileError) as caught:
        file.write(TOKEN)
    assert caught.value.details["reason"] in {"EEXIST", "ENOTDIR"}
    assert TOKEN not in str(caught.value)


def test_machine_and_account_are_told_apart_without_their_names() -> None:
    assert machine_key() == machine_key()
    assert account_key() != machine_key()
    assert {len(machine_key()), len(account_key())} == {64}
    for name in (os.environ.get("USER", ""), os.environ.get("LOGNAME", "")):
        assert not name or name not in account_key()
