"""CPython for Windows: the zip is held against its pins, its programs against their signatures."""

import hashlib
import tarfile
import zipfile
from pathlib import Path, PurePosixPath

from installer.errors import BuildError
from installer.pins import PinnedPython
from installer.signatures import check_signatures
from installer.wheelhouse import build_tool, file_hash

_SIGNED = frozenset({".exe", ".dll", ".pyd", ".cat"})


def packaged_zip(pinned: PinnedPython, cache: Path) -> Path:
    """The zip out of the pinned source package, in the cache. Only its pins and signatures make it trusted.

    Raises:
        BuildError: the package is not to be had.
    """
    target = cache / f"python-{pinned.version}-embed.zip"
    with tarfile.open(build_tool(pinned.package, cache)) as package:
        member = package.extractfile(pinned.zip_in_package)
        if member is None:
            raise BuildError(f"{pinned.package.name} holds no {pinned.zip_in_package}.")
        target.write_bytes(member.read())
    return target


def read_interpreter(archive: Path) -> dict[str, bytes]:
    """The files of the zip by name; a single folder around them all is taken off.

    Raises:
        BuildError: it is no zip, or not an embeddable CPython for Windows.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            files = {n: opened.read(n) for n in opened.namelist() if not n.endswith("/")}
    except (OSError, zipfile.BadZipFile) as error:
        raise BuildError(f"{archive} is no readable zip: {error}.") from error
    tops = {PurePosixPath(name).parts[0] for name in files}
    if len(tops) == 1 and all("/" in name for name in files):
        files = {name.split("/", 1)[1]: content for name, content in files.items()}
    if not {"python.exe", "pythonw.exe", "python3.dll", "LICENSE.txt"} <= files.keys():
        raise BuildError(f"{archive} is not the embeddable package of CPython for Windows.")
    return files


def contents_hash(files: dict[str, bytes]) -> str:
    """One SHA-256 over names and contents, whatever zip they came in."""
    total = hashlib.sha256()
    for name in sorted(files):
        total.update(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n".encode())
    return total.hexdigest()


def trusted_interpreter(
    archive: Path, pinned: PinnedPython, roots: Path, scratch: Path, *, said: str | None = None
) -> dict[str, bytes]:
    """The files of a zip that is pinned and whose programs are all signed by whom they should be.

    `said` is the zip's SHA-256 as whoever builds read it on the publisher's page; it takes the place of the
    pin, for another version. The signatures are checked in any case.

    Raises:
        BuildError: not the pinned bytes, or a signature does not hold.
    """
    found = file_hash(archive)
    files = read_interpreter(archive)
    contents = contents_hash(files)
    if said is not None:
        if found != said.lower():
            raise BuildError(f"{archive} has the SHA-256 {found}, not {said}.")
    elif found not in pinned.zips and contents != pinned.contents:
        raise BuildError(
            f"{archive} is not the pinned CPython {pinned.version}.\n"
            f"  SHA-256 of the zip: {found}\n  SHA-256 of its contents: {contents}\n"
            "Give --python-embed-sha256 with the hash on the publisher's page, or change installer/pins.toml."
        )
    signed = {
        name: content for name, content in files.items() if PurePosixPath(name).suffix.lower() in _SIGNED
    }
    check_signatures(signed, pinned.signers, roots, scratch)
    return files


def interpreter_version(files: dict[str, bytes]) -> str:
    """The version the files say they are ("3.13.2").

    Raises:
        BuildError: it cannot be told.
    """
    name = next(
        (n for n in files if n.startswith("python3") and n.endswith(".dll") and n != "python3.dll"), ""
    )
    told = _resource_text(files.get(name, b""), "ProductVersion")
    if told.count(".") < 2:
        raise BuildError("The version of the given CPython cannot be told.")
    return told


def _resource_text(program: bytes, key: str) -> str:
    """A value of the version resource of a Windows program; empty if there is none."""
    wanted = key.encode("utf-16-le") + b"\0\0"
    place = program.find(wanted)
    if place < 0:
        return ""
    text = program[place + len(wanted) :][:64].decode("utf-16-le", errors="replace").lstrip("\0")
    return text.split("\0", 1)[0]
