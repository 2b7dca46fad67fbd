"""The licences of what is brought along: an SPDX expression for each, and every text in one folder."""

import email
import re
import zipfile
from collections.abc import Mapping, Sequence
from email.message import Message
from pathlib import Path, PurePosixPath
from typing import Final

from installer.errors import BuildError
from installer.product import ROOT
from installer.wheelhouse import Package

_TEXTS: Final = Path(__file__).with_name("licence_texts")
_CLASSIFIERS: Final = {
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
}
"""Only those that name one licence: `BSD License` may be any of several."""
_NAMES: Final = re.compile(r"licen[cs]e|copying|notice|authors", re.IGNORECASE)


def licence_of(wheel: Path, name: str, known: Mapping[str, str]) -> str:
    """The SPDX expression of a wheel: ours where we looked it up, else what its metadata say.

    Raises:
        BuildError: neither says it.
    """
    expression = known.get(name) or told_licence(email.message_from_string(_metadata(wheel)))
    if not expression:
        raise BuildError(f"{wheel.name} names no SPDX licence: look it up and add it to installer/pins.toml.")
    return expression


def told_licence(metadata: Message) -> str:
    """The SPDX expression that a package's metadata say, in either of two ways; empty if in none."""
    if expression := str(metadata.get("License-Expression", "")).strip():
        return expression
    told = {_CLASSIFIERS.get(line, "") for line in metadata.get_all("Classifier", []) if "License ::" in line}
    return told.pop() if len(told) == 1 else ""


def write_licences(
    packages: Sequence[Package],
    extra: Mapping[str, bytes],
    known: Mapping[str, str],
    target: Path,
    root: Path = ROOT,
) -> None:
    """Every licence text into `target`: one folder a package, those in `extra` by their names, and ours.

    Raises:
        BuildError: a package brings no text, and its licence is none whose text we keep.
    """
    kept = {path.stem: path for path in sorted(_TEXTS.glob("*.txt"))}
    for package in packages:
        folder = target / f"{package.name}-{package.version}"
        folder.mkdir(parents=True)
        for name, content in _texts(package.wheel).items():
            (folder / name).write_bytes(content)
        if not any(folder.iterdir()):
            expression = licence_of(package.wheel, package.name, known)
            if not kept.keys() & set(expression.split()):
                raise BuildError(f"{package.wheel.name} brings no licence text, and we keep none.")
            pointer = f"{expression}\nThe text of the licence that we use is in the folder above.\n"
            (folder / "LICENSE.txt").write_text(pointer, encoding="utf-8")
    for path in kept.values():
        (target / path.name).write_bytes(path.read_bytes())
    for name, content in extra.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(content)
    for ours in ("LICENSE", "NOTICE"):
        (target / ours).write_bytes((root / ours).read_bytes())


def _texts(wheel: Path) -> dict[str, bytes]:
    """The licence texts of a wheel, by a name without folders."""
    found = {}
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            path = PurePosixPath(name)
            if path.parts[0].endswith(".dist-info") and len(path.parts) > 1 and not name.endswith("/"):
                inside = path.parts[1:]
                if inside[0] in {"licenses", "license_files"} or _NAMES.search(inside[0]):
                    found["-".join(inside[1:] or inside)] = archive.read(name)
    return found


def _metadata(wheel: Path) -> str:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [n for n in archive.namelist() if n.endswith(".dist-info/METADATA") and n.count("/") == 1]
        return archive.read(name).decode("utf-8")
