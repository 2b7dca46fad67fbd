"""The locked packages as wheels in a cache, each file checked against the lock's hashes."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from packaging.utils import parse_sdist_filename, parse_wheel_filename

from installer.errors import BuildError
from installer.lock import Locked
from installer.pins import PinnedPackage
from installer.product import ROOT

_PIP: Final = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet")


@dataclass(frozen=True)
class Package:
    """A package as it is installed: the wheel, and the downloaded file's name and hash as they are locked."""

    name: str
    version: str
    wheel: Path
    file_name: str
    sha256: str


def windows_packages(locked: Sequence[Locked], python: str, cache: Path) -> list[Package]:
    """The win_amd64 wheels for CPython `python` ("3.13.2"), downloaded into the cache if they are not there.

    Raises:
        BuildError: a package has no such wheel, or a download failed.
    """
    tag = "".join(python.split(".")[:2])
    options = ["--platform", "win_amd64", "--implementation", "cp", "--python-version", python]
    options += ["--abi", f"cp{tag}", "--abi", "abi3", "--abi", "none", "--only-binary", ":all:"]
    folder = cache / f"windows-cp{tag}"
    _download(locked, options, folder)
    return [_package(one, folder) for one in locked]


def debian_packages(locked: Sequence[Locked], cache: Path) -> list[Package]:
    """The wheels for this Linux and this Python; what has none is compiled here, without looking further.

    Raises:
        BuildError: a download or a compilation failed.
    """
    folder = cache / f"debian-cp{sys.version_info.major}{sys.version_info.minor}"
    _download(locked, ["--no-build-isolation"], folder)
    return [_package(one, folder) for one in locked]


def own_wheel(folder: Path, epoch: int) -> Path:
    """The wheel of this checkout, made in `folder`, which holds no other.

    Raises:
        BuildError: it could not be made.
    """
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    _run(command, {"SOURCE_DATE_EPOCH": str(epoch)})
    (wheel,) = folder.glob("kakanai-*.whl")
    return wheel


def build_tool(pinned: PinnedPackage, cache: Path) -> Path:
    """The one pinned file of a package that is needed while building, downloaded if it is not in the cache.

    Raises:
        BuildError: it is not to be had with the pinned hash.
    """
    locked = Locked(pinned.name, pinned.version, frozenset({pinned.sha256}))
    folder = cache / "tools"
    _download([locked], ["--no-build-isolation"], folder)
    path = _file_of(locked, folder)
    if path is None:
        raise BuildError(f"No file of {pinned.name} {pinned.version} with the pinned hash in {folder}.")
    return path


def file_hash(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _download(locked: Sequence[Locked], options: Sequence[str], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    missing = [one for one in locked if _file_of(one, folder) is None]
    if not missing:
        return
    wanted = folder / "wanted.txt"
    wanted.write_text("".join(f"{one.line()}\n" for one in missing), encoding="utf-8")
    command = [*_PIP, "download", "--no-deps", "--require-hashes", "--dest", str(folder), *options]
    _run([*command, "--requirement", str(wanted)])


def _file_of(locked: Locked, folder: Path) -> Path | None:
    """The downloaded file of a package, if it is one of the lock's."""
    for path in sorted(folder.iterdir()):
        if path.suffix == ".whl":
            name, version, _, _ = parse_wheel_filename(path.name)
        elif path.name.endswith(".tar.gz"):
            name, version = parse_sdist_filename(path.name)
        else:
            continue
        if (name, str(version)) == (locked.name, locked.version) and file_hash(path) in locked.hashes:
            return path
    return None


def _package(locked: Locked, folder: Path) -> Package:
    path = _file_of(locked, folder)
    if path is None:
        raise BuildError(f"No file of {locked.name} {locked.version} with a hash of the lock in {folder}.")
    wheel = path if path.suffix == ".whl" else _compiled(path, folder / "compiled")
    return Package(locked.name, locked.version, wheel, path.name, file_hash(path))


def _compiled(source: Path, folder: Path) -> Path:
    """The wheel of a source package; no path or time of this machine gets into its code."""
    place = folder / f"{source.name}.{file_hash(source)[:16]}"
    if not (found := sorted(place.glob("*.whl"))):
        place.mkdir(parents=True, exist_ok=True)
        command = [
            *_PIP,
            "wheel",
            "--no-deps",
            "--no-index",
            "--no-build-isolation",
            "--wheel-dir",
            str(place),
        ]
        _run([*command, str(source)], {"CFLAGS": "-g0", "LDFLAGS": "-Wl,--strip-all,--build-id=none"})
        found = sorted(place.glob("*.whl"))
    return found[0]


def _run(command: Sequence[str], variables: dict[str, str] | None = None) -> None:
    told = subprocess.run(  # noqa: S603 - our own Python, with arguments made here
        command,
        cwd=ROOT,
        env={**os.environ, **(variables or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode:
        raise BuildError(f"{' '.join(command[1:4])} failed:\n{told.stdout}{told.stderr}")
