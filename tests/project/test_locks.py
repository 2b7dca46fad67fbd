"""The lock files: every package pinned, every file hashed, Windows not forgotten."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PINNED = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>[^\s;]+)(?: ; (?P<marker>[^\\]+?))? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")


def read_lock(name: str) -> dict[str, tuple[str, str, int]]:
    """Package → (version, marker, number of hashes); any other line fails."""
    packages: dict[str, tuple[str, str, int]] = {}
    current = ""
    for number, line in enumerate((ROOT / name).read_text().splitlines(), start=1):
        pinned = PINNED.match(line)
        if pinned:
            current = pinned["name"]
            packages[current] = (pinned["version"], pinned["marker"] or "", 0)
        else:
            assert HASH.match(line), f"{name}:{number}: {line}"
            version, marker, count = packages[current]
            packages[current] = (version, marker, count + 1)
    return packages


def canonical(requirement: str) -> str:
    return re.split(r"[<>=~!; \[]", requirement, maxsplit=1)[0].lower().replace("_", "-").replace(".", "-")


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "requirements-build.lock"])
def test_every_package_is_pinned_and_hashed(name: str) -> None:
    packages = read_lock(name)
    assert packages
    assert [package for package, (_, _, hashes) in packages.items() if hashes == 0] == []


def test_the_locks_cover_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    run, dev = read_lock("requirements.lock"), read_lock("requirements-dev.lock")
    assert {canonical(r) for r in project["dependencies"]} <= run.keys()
    assert {canonical(r) for r in project["optional-dependencies"]["dev"]} <= dev.keys()


def test_developers_run_the_versions_that_clerks_run() -> None:
    run, dev = read_lock("requirements.lock"), read_lock("requirements-dev.lock")
    assert {name: dev.get(name) for name in run} == run


def test_the_locks_are_made_for_windows_too() -> None:
    packages = read_lock("requirements.lock")
    _, marker, _ = packages["colorama"]  # only Windows needs it; a lock for Linux alone would lack it
    assert marker == "sys_platform == 'win32'"
    # One wheel per platform: Linux x86-64 and ARM, macOS, Windows. A lock for one platform has one hash.
    for compiled in ("pyside6-essentials", "pyside6-pdf", "shiboken6", "pyscard", "pillow", "sqlalchemy"):
        assert packages[compiled][2] >= 4, compiled
