"""What `make setup` does to a system: nothing without need, nothing without right, and it says so."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LIST = ROOT / ".ci" / "apt-packages.txt"


def packages(purpose: str) -> list[str]:
    lines = [line.split() for line in LIST.read_text().splitlines()]
    return [words[1] for words in lines if words and words[0] == purpose]


@pytest.fixture
def system(tmp_path: Path) -> Path:
    """A folder to be the whole PATH: real text tools, and pretended id, dpkg-query and apt-get."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in ("bash", "awk", "grep", "dirname", "env", "cat"):
        found = shutil.which(tool, path="/usr/bin:/bin")
        assert found
        (folder / tool).symlink_to(found)
    pretend(folder, "apt-get", f'echo "$DEBIAN_FRONTEND $*" >>{tmp_path}/apt-calls')
    return folder


def pretend(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/bash\n{script}\n")
    (folder / name).chmod(0o755)


def run(system: Path, purpose: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / ".ci" / "system-packages.sh", purpose],
        env={"PATH": str(system)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def apt_calls(system: Path) -> list[str]:
    calls = system.parent / "apt-calls"
    return calls.read_text().splitlines() if calls.exists() else []


def test_a_complete_system_is_left_alone(system: Path) -> None:
    pretend(system, "dpkg-query", "echo installed")
    pretend(system, "id", "echo 0")
    told = run(system, "run")
    assert (told.returncode, told.stdout, apt_calls(system)) == (0, "", [])


def test_root_installs_what_is_missing_and_only_that(system: Path) -> None:
    pretend(system, "dpkg-query", 'case "$*" in *swig*|*pcscd*) exit 1;; *) echo installed;; esac')
    pretend(system, "id", "echo 0")
    told = run(system, "run")
    assert told.returncode == 0, told.stderr
    assert "2 missing" in told.stdout
    update, install = apt_calls(system)
    assert update == "noninteractive update -q"
    assert re.fullmatch(r"noninteractive install .*--no-install-recommends swig pcscd", install)


def test_a_removed_package_with_files_left_counts_as_missing(system: Path) -> None:
    pretend(system, "dpkg-query", 'case "$*" in *swig*) echo config-files;; *) echo installed;; esac')
    pretend(system, "id", "echo 0")
    run(system, "run")
    assert apt_calls(system)[1].endswith(" swig")


def test_without_rights_the_missing_packages_are_named_and_nothing_is_done(system: Path) -> None:
    pretend(system, "dpkg-query", "exit 1")
    pretend(system, "id", "echo 1000")
    told = run(system, "test")
    assert told.returncode == 1
    assert "apt-get install --no-install-recommends " + " ".join(packages("test")) in told.stderr
    assert apt_calls(system) == []


def test_another_system_is_told_what_is_expected(system: Path) -> None:
    told = run(system, "run")
    assert told.returncode == 0
    assert "swig" in told.stdout


def test_every_line_of_the_list_has_a_purpose() -> None:
    lines = [line for line in LIST.read_text().splitlines() if line and not line.startswith("#")]
    assert all(re.fullmatch(r"(run |test|dist) [a-z0-9.+-]+", line) for line in lines)
    everything = packages("run") + packages("test") + packages("dist")
    assert len(everything) == len(set(everything))


def test_an_old_python_is_refused_with_the_way_out(tmp_path: Path) -> None:
    old = tmp_path / "python3.9"
    old.write_text('#!/bin/bash\n[ "$1" = --version ] && echo "Python 3.9.2" && exit 0\nexit 1\n')
    old.chmod(0o755)
    script = ROOT / ".ci" / "python-environment.sh"
    told = subprocess.run([script, old], capture_output=True, text=True, check=False)
    assert told.returncode == 1
    assert "Python 3.9.2" in told.stderr
    assert "PYTHON=" in told.stderr


def test_scripts_can_be_run() -> None:
    scripts = [ROOT / ".ci" / "run", *sorted((ROOT / ".ci").glob("*.sh"))]
    assert len(scripts) == 6
    assert [script.name for script in scripts if not os.access(script, os.X_OK)] == []
