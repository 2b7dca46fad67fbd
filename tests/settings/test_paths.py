"""Where state lies, and that its folders are closed to others."""

import os
import stat
from pathlib import Path

import platformdirs
import pytest

from kakanai.settings import HomeUnwritableError, Paths


def test_the_variable_moves_everything(tmp_path: Path) -> None:
    paths = Paths.from_environment({"KAKANAI_HOME": str(tmp_path)})
    assert paths.home == tmp_path
    places = [
        paths.log_database,
        paths.diagnostic_log_dir,
        paths.simulator_state_dir,
        paths.output_dir,
        paths.town_file,
        paths.forms_dir,
        paths.fonts_dir,
    ]
    assert all(place.parent == tmp_path for place in places)
    assert len(set(places)) == len(places)


@pytest.mark.parametrize("environ", [{}, {"KAKANAI_HOME": ""}])
def test_without_the_variable_the_platform_decides(environ: dict[str, str]) -> None:
    assert Paths.from_environment(environ).home == platformdirs.user_data_path("kakanai", appauthor=False)


def test_a_relative_home_is_fixed_at_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    paths = Paths.from_environment({"KAKANAI_HOME": "state"})
    monkeypatch.chdir("/")
    assert paths.home == tmp_path / "state"


@pytest.mark.skipif(os.name != "posix", reason="permission bits are POSIX")
def test_folders_are_closed_to_other_users(tmp_path: Path) -> None:
    paths = Paths(tmp_path / "deep" / "state")
    paths.ensure_home()
    paths.ensure_home()
    for folder in (paths.home, paths.diagnostic_log_dir, paths.simulator_state_dir, paths.output_dir):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert not [path for path in paths.home.rglob("*") if path.is_file()]


def test_a_home_that_is_a_file_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("")
    with pytest.raises(HomeUnwritableError) as caught:
        Paths(tmp_path / "state").ensure_home()
    assert caught.value.details == {"folder": str(tmp_path / "state"), "reason": "EEXIST"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux's /dev/full")
def test_a_full_disk_is_told_before_work_begins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """/dev/full answers a write as a full disk does; the probe must notice, buffered or not."""
    full = Path("/dev/full")
    monkeypatch.setattr("kakanai.settings.paths.tempfile.TemporaryFile", lambda **_: full.open("wb"))
    with pytest.raises(HomeUnwritableError) as caught:
        Paths(tmp_path).ensure_home()
    assert caught.value.details["reason"] == "ENOSPC"
