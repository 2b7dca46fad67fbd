"""The licences of Debian's packages, as each package tells them in its copyright file."""

import re
import subprocess
import tarfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Final

from installer.debian_archive import DebianPackage
from installer.errors import BuildError

_SHORT_LICENCE: Final = re.compile(r"^License:[ \t]*(\S[^\n]*)$", re.MULTILINE)


def copyright_text(package: DebianPackage, others: Sequence[DebianPackage]) -> bytes:
    """What a package says of its licences; where it points to another of the same source, what that one says.

    Raises:
        BuildError: it says nothing.
    """
    found = _documents_of(package)
    if isinstance(found, bytes):
        return found
    for other in others:
        if other.name == found and isinstance(text := _documents_of(other), bytes):
            return text
    if found:  # the other one is on every Debian
        return f"See /usr/share/doc/{found}/copyright, which every Debian has.\n".encode()
    raise BuildError(f"{package.name} {package.version} brings no copyright file.")


def short_licences(text: bytes) -> str:
    """The short names in a machine-readable copyright file; else where to read."""
    names = {found.strip() for found in _SHORT_LICENCE.findall(text.decode("utf-8", "replace"))}
    return ", ".join(sorted(names)) if names else "copyright を見てください"


def _documents_of(package: DebianPackage) -> bytes | str:
    """The copyright file, or the name of the package whose folder of documents is used instead."""
    usual = f"./usr/share/doc/{package.name}"
    with subprocess.Popen(  # noqa: S603 - arguments made here
        ["dpkg-deb", "--fsys-tarfile", str(package.file)],  # noqa: S607
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None  # noqa: S101 - asked for above
        found = _read_documents(process.stdout, usual)
        process.stdout.read()  # to its end, or dpkg-deb complains
    return found


def _read_documents(stream: IO[bytes], usual: str) -> bytes | str:
    found: bytes | str = ""
    with tarfile.open(fileobj=stream, mode="r|") as archive:
        for entry in archive:
            if entry.name == usual and entry.issym():
                found = Path(entry.linkname).name
            elif entry.name == f"{usual}/copyright" and entry.issym():
                found = Path(entry.linkname).parent.name
            elif entry.name == f"{usual}/copyright" and (file := archive.extractfile(entry)):
                found = file.read()
    return found
