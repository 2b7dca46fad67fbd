"""Forms as they were printed: sealed, for the days that the town keeps them, and then gone with proof."""

import dataclasses
import datetime as dt
import os
from pathlib import Path

import pytest

from kakanai.drafts.errors import DraftDiskFullError, DraftError, DraftsInUseError
from kakanai.drafts.folder_lock import FolderLock
from kakanai.drafts.kept_forms import KeptForm, KeptFormFolder, KeptPlaces
from kakanai.drafts.system_keyring import SystemKeyring
from tests.drafts.conftest import NOON, MemoryKeyring, NoKeyring

DAY = dt.date(2026, 11, 21)
PDF = b"%PDF-1.7 " + "見本　太郎".encode() + bytes(range(256))


@pytest.fixture
def places(tmp_path: Path) -> KeptPlaces:
    return KeptPlaces(tmp_path / "kept", tmp_path / "keys" / "kept.key")


@pytest.fixture
def folder(places: KeptPlaces) -> KeptFormFolder:
    return KeptFormFolder(places, keyring=NoKeyring())


def a_form(
    number: str = "R8-1121-0001", form: str = "F01", at: dt.datetime = NOON, pdf: bytes = PDF
) -> KeptForm:
    return KeptForm(number, form, at, {"form": form, "pages": 1}, pdf)


def test_what_comes_back_is_what_was_kept_and_the_disk_shows_nothing_of_it(
    folder: KeptFormFolder, places: KeptPlaces
) -> None:
    assert folder.keep([a_form(), a_form(form="F06")]) == 2
    assert folder.keep([a_form("R8-1121-0002")]) == 1
    found = folder.of_case("R8-1121-0001")
    assert [(form.form, form.pdf, form.told["pages"]) for form in found] == [("F01", PDF, 1), ("F06", PDF, 1)]
    assert "0001" in repr(found[0])
    assert "見本" not in repr(found[0])
    stored = b"".join(path.read_bytes() for path in places.folder.iterdir())
    assert "太郎".encode() not in stored
    assert b"R8-1121" not in stored
    assert b"F06" not in stored
    if os.name == "posix":
        assert {path.stat().st_mode & 0o077 for path in places.folder.glob("*.kept")} == {0}


def test_the_paper_that_came_out_last_counts_and_void_paper_goes(folder: KeptFormFolder) -> None:
    later = NOON + dt.timedelta(minutes=5)
    folder.keep([a_form(), a_form(form="F06"), a_form("R8-1121-0002")])
    folder.keep([a_form(at=later, pdf=b"%PDF-2")], replaced={"F01", "F06"}, number="R8-1121-0001")
    assert [(form.form, form.pdf) for form in folder.of_case("R8-1121-0001")] == [("F01", b"%PDF-2")]
    assert folder.count() == 2
    folder.keep([a_form(at=later + dt.timedelta(minutes=1), pdf=b"%PDF-3")])
    assert [form.pdf for form in folder.of_case("R8-1121-0001")] == [b"%PDF-3"]


def test_forms_that_are_not_all_kept_are_not_kept_and_void_paper_goes_all_the_same(
    folder: KeptFormFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.keep([a_form(), a_form(form="F06")])
    written: list[Path] = []

    def full_at_the_second(path: Path, data: bytes) -> None:
        if written:
            raise DraftDiskFullError(folder="kept")
        written.append(path)
        path.write_bytes(data)

    monkeypatch.setattr("kakanai.drafts.kept_forms.write_whole", full_at_the_second)
    later = [a_form(at=NOON + dt.timedelta(minutes=5), form=form) for form in ("F01", "F07")]
    with pytest.raises(DraftDiskFullError):
        folder.keep(later, replaced={"F01"}, number="R8-1121-0001")
    assert written
    assert [form.form for form in folder.of_case("R8-1121-0001")] == ["F06"]
    assert folder.count() == 1


def test_what_is_of_other_days_goes_and_its_key_with_the_last(
    folder: KeptFormFolder, places: KeptPlaces
) -> None:
    for day in range(3):
        folder.keep([a_form(at=NOON - dt.timedelta(days=day)), a_form(at=NOON - dt.timedelta(days=day))])
    key = places.key_file.read_bytes()
    gone = folder.delete_outside(DAY - dt.timedelta(days=1), DAY)
    assert [(one.day, one.count) for one in gone] == [(DAY - dt.timedelta(days=2), 2)]
    assert len(gone[0].digest) == 64
    assert folder.count() == 4
    assert places.key_file.read_bytes() == key
    folder.settle(gone[0])
    tomorrow = DAY + dt.timedelta(days=1)
    assert [one.count for one in folder.delete_outside(tomorrow, tomorrow)] == [2, 2]
    assert folder.count() == 0
    assert places.key_file.read_bytes() != key
    assert folder.of_case("R8-1121-0001") == []


def test_a_clock_that_was_wrong_keeps_nothing_for_longer(folder: KeptFormFolder) -> None:
    folder.keep([a_form(at=NOON + dt.timedelta(days=400)), a_form()])
    assert [one.count for one in folder.delete_outside(DAY, DAY)] == [1]
    assert [one.count for one in folder.delete_outside(None, DAY)][-1] == 1  # the town keeps them no more
    assert folder.count() == 0


def test_a_file_that_somebody_renamed_is_not_kept_longer_nor_read(
    folder: KeptFormFolder, places: KeptPlaces
) -> None:
    folder.keep([a_form(at=NOON - dt.timedelta(days=1))])
    path = next(places.folder.glob("*.kept"))
    path.rename(path.with_name(f"20261121{path.name[8:]}"))
    assert folder.of_case("R8-1121-0001") == []


def test_what_nobody_can_read_goes_all_the_same(places: KeptPlaces) -> None:
    KeptFormFolder(places, keyring=NoKeyring()).keep([a_form()])
    places.key_file.unlink()
    folder = KeptFormFolder(places, keyring=NoKeyring())
    assert folder.of_case("R8-1121-0001") == []
    tomorrow = DAY + dt.timedelta(days=1)
    assert [one.count for one in folder.delete_outside(tomorrow, tomorrow)] == [1]
    assert not list(places.folder.glob("*.kept"))


@pytest.mark.parametrize("killed_after", ["writing it down", "one file", "all files"])
def test_a_deletion_that_was_killed_is_told_once_it_is_done(
    folder: KeptFormFolder, places: KeptPlaces, monkeypatch: pytest.MonkeyPatch, killed_after: str
) -> None:
    folder.keep([a_form(), a_form(form="F06"), a_form(form="F07")])
    tomorrow = DAY + dt.timedelta(days=1)
    removed = []

    def remove_until_killed(path: Path) -> None:
        if len(removed) == {"writing it down": 0, "one file": 1, "all files": 3}[killed_after]:
            raise KeyboardInterrupt
        removed.append(path)
        path.unlink()

    with monkeypatch.context() as killing:
        killing.setattr("kakanai.drafts.kept_deletion.remove", remove_until_killed)
        killing.setattr(KeptFormFolder, "_paths", lambda self: _paths_or_kill(self, removed))
        with pytest.raises(KeyboardInterrupt):
            folder.delete_outside(tomorrow, tomorrow)
    again = KeptFormFolder(places, keyring=NoKeyring())
    told = again.delete_outside(tomorrow, tomorrow)
    assert [(one.day, one.count) for one in told] == [(DAY, 3)]
    assert again.delete_outside(tomorrow, tomorrow) == told  # until the log has it
    again.settle(told[0])
    assert again.delete_outside(tomorrow, tomorrow) == []
    assert again.count() == 0


_PATHS = KeptFormFolder._paths


def _paths_or_kill(folder: KeptFormFolder, removed: list[Path]) -> list[Path]:
    if len(removed) == 3:
        raise KeyboardInterrupt
    return _PATHS(folder)


def test_a_full_disk_leaves_what_was_there_but_for_void_paper(
    folder: KeptFormFolder, monkeypatch: pytest.MonkeyPatch, places: KeptPlaces
) -> None:
    folder.keep([a_form(), a_form(form="F06")])

    def full(_file: int, _data: bytes) -> int:
        raise OSError(28, "no room")

    with monkeypatch.context() as filling:
        filling.setattr(os, "write", full)
        with pytest.raises(DraftDiskFullError):
            folder.keep([a_form(pdf=b"%PDF-2")], replaced={"F01"}, number="R8-1121-0001")
    assert [form.form for form in folder.of_case("R8-1121-0001")] == ["F06"]
    assert not list(places.folder.glob("*.part"))


def test_two_programs_take_turns(
    folder: KeptFormFolder, places: KeptPlaces, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.keep([a_form()])
    monkeypatch.setattr("kakanai.drafts.kept_forms._PATIENCE_S", 0.05)
    held = FolderLock(places.folder)
    with pytest.raises(DraftsInUseError):
        folder.keep([a_form()])
    held.release()
    KeptFormFolder(places, keyring=NoKeyring()).keep([a_form("R8-1121-0002")])
    assert folder.of_case("R8-1121-0002")


def test_the_key_lies_in_the_keyring_where_there_is_one(places: KeptPlaces) -> None:
    backend = MemoryKeyring()
    folder = KeptFormFolder(places, keyring=SystemKeyring(places.folder, backend))
    folder.keep([a_form()])
    assert len(backend.kept) == 1
    assert not places.key_file.exists()
    assert folder.of_case("R8-1121-0001")[0].pdf == PDF


def test_nothing_is_made_by_looking(folder: KeptFormFolder, places: KeptPlaces) -> None:
    assert folder.of_case("R8-1121-0001") == []
    assert folder.delete_outside(DAY, DAY) == []
    assert folder.count() == 0
    assert not places.folder.exists()
    assert not places.key_file.parent.exists()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file")
    places = KeptPlaces(tmp_path / "kept", tmp_path / "keys" / "kept.key")
    with pytest.raises(DraftError):
        KeptFormFolder(places, keyring=NoKeyring()).keep([a_form()])


def test_a_form_is_compared_without_its_path() -> None:
    assert a_form() == dataclasses.replace(a_form(), path=Path("elsewhere"))
