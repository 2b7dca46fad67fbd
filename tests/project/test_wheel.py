"""The wheel carries the data it needs and works away from the checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from kakanai.manual.chapters import Manual

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("kakanai-*.whl")
    return built


def test_the_wheel_carries_every_resource(wheel: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "resources"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    ours = {
        name.replace("resources/", "kakanai/_resources/", 1)
        for name in listed.stdout.split("\0")
        if name and (ROOT / name).is_file()
    }
    assert "kakanai/_resources/town/mihon.toml" in ours
    with zipfile.ZipFile(wheel) as archive:
        assert ours - set(archive.namelist()) == set()


def test_the_wheel_names_its_command_and_licences(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (entry_points,) = [name for name in names if name.endswith(".dist-info/entry_points.txt")]
        assert "kakanai = kakanai.__main__:main" in archive.read(entry_points).decode()
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert any(name.endswith("licenses/NOTICE") for name in names)
    assert not [name for name in names if name.startswith("tests/")]


def test_the_unpacked_wheel_finds_its_own_data(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    program = (
        "import kakanai.resources as r, kakanai.settings as s;"
        "print(r.resource_root()); print(s.load_settings().town.name);"
        "from kakanai.manual.chapters import Manual; print(*[c.name for c in Manual().chapters])"
    )
    environment = {
        **os.environ,
        "PYTHONPATH": str(tmp_path / "site"),
        "PYTHONUTF8": "1",
        "KAKANAI_HOME": str(tmp_path / "home"),
    }
    told = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=environment,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    root, name, chapters = told.stdout.splitlines()
    assert (root, name) == (str(tmp_path / "site" / "kakanai" / "_resources"), "見本町")
    assert chapters.split() == [chapter.name for chapter in Manual(ROOT / "docs" / "manual").chapters]
