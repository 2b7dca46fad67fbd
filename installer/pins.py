"""pins.toml: hashes and licences of what the installers bring besides the locked packages."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("pins.toml")


@dataclass(frozen=True)
class PinnedPackage:
    """One file of the package registry, used while building."""

    name: str
    version: str
    sha256: str


@dataclass(frozen=True)
class PinnedFont:
    """A font file as Debian packs it; `file` is its place below /usr/share/fonts."""

    file: str
    sha256: str
    name: str
    version: str
    licence: str


@dataclass(frozen=True)
class PinnedPython:
    """CPython for Windows: version, hash over its files, zips it may come in, and who signs it."""

    version: str
    contents: str
    zips: frozenset[str]
    signers: frozenset[str]
    licence: str
    package: PinnedPackage
    zip_in_package: str


@dataclass(frozen=True)
class PinnedLauncher:
    """The package with the launchers, and their names in it."""

    package: PinnedPackage
    console: str
    window: str
    text: str
    licence: str


@dataclass(frozen=True)
class Pins:
    """All of pins.toml."""

    python: PinnedPython
    roots: PinnedPackage
    roots_bundle: str
    launcher: PinnedLauncher
    fonts: tuple[PinnedFont, ...]
    licences: dict[str, str]


@cache
def read_pins(file: Path = _FILE) -> Pins:
    """The pins, as they are written."""
    raw = tomllib.loads(file.read_text(encoding="utf-8"))
    python, launcher = raw["python"], raw["launcher"]
    return Pins(
        python=PinnedPython(
            version=python["version"],
            contents=python["contents"],
            zips=frozenset(python["zips"]),
            signers=frozenset(python["signers"]),
            licence=python["licence"],
            package=_package(python["package"]),
            zip_in_package=python["package"]["zip"],
        ),
        roots=_package(raw["roots"]),
        roots_bundle=raw["roots"]["bundle"],
        launcher=PinnedLauncher(
            package=_package(launcher),
            console=launcher["console"],
            window=launcher["window"],
            text=launcher["text"],
            licence=launcher["licence"],
        ),
        fonts=tuple(PinnedFont(**font) for font in raw["fonts"]),
        licences=dict(raw["licences"]),
    )


def _package(raw: dict[str, str]) -> PinnedPackage:
    return PinnedPackage(raw["name"], raw["version"], raw["sha256"])
