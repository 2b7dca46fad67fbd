"""Debian's packages for the offline form: which ones a bare Debian 12 lacks, and the files themselves.

apt does the choosing, on folders of its own: the system's package state is neither read nor changed. Debian's
signature over its lists is checked by apt; each file is held against the hash in those lists.
"""

import os
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from installer.errors import BuildError
from installer.wheelhouse import file_hash

KEYS: Final = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
_SUITES: Final = (
    ("debian", "bookworm"),
    ("debian", "bookworm-updates"),
    ("debian-security", "bookworm-security"),
)
_ARCHITECTURE: Final = "amd64"

Stanza = Mapping[str, str]
"""The fields of one package in Debian's lists; the lines of a long field joined as they are."""


@dataclass(frozen=True)
class DebianPackage:
    """A package of Debian as it was downloaded. `source` and `source_version` name what it is built from."""

    name: str
    version: str
    file: Path
    sha256: str
    source: str
    source_version: str
    stanza: Stanza


class DebianArchive:
    """Debian 12 seen through apt, with all of apt's state below `folder`."""

    def __init__(self, folder: Path, mirror: str) -> None:
        self._folder = folder.resolve()
        self._mirror = mirror.rstrip("/")
        self._stanzas: dict[tuple[str, str], Stanza] = {}

    def renew(self, *, with_sources: bool = False) -> None:
        """Fetch Debian's lists of today.

        Raises:
            BuildError: there is no network, or the lists are not signed by Debian.
        """
        if not KEYS.is_file():
            raise BuildError(f"{KEYS} is missing (Debian: debian-archive-keyring).")
        for name in ("lists/partial", "archives/partial"):
            (self._folder / name).mkdir(parents=True, exist_ok=True)
        self._status.write_text("", encoding="utf-8")
        kinds = ("deb", "deb-src") if with_sources else ("deb",)
        lines = [
            f"{kind} [signed-by={KEYS}] {self._mirror}/{part} {suite} main\n"
            for kind in kinds
            for part, suite in _SUITES
        ]
        (self._folder / "sources.list").write_text("".join(lines), encoding="utf-8")
        self._apt("apt-get", "update", "-q")
        told = self._apt("apt-cache", "dumpavail")
        self._stanzas = {(s["Package"], s["Version"]): s for s in read_stanzas(told)}

    def lacking(self, package: Path, further: Sequence[str]) -> list[DebianPackage]:
        """What a bare Debian 12 (debootstrap's minbase) lacks for a .deb and `further` packages, downloaded.

        Raises:
            BuildError: a dependency is not to be had, or a file is not what Debian's lists say.
        """
        self._write_status(self._bare())
        wanted = [str(package.resolve()), *further]
        chosen = [c for c in self._chosen(wanted) if c in self._stanzas]
        self._apt("apt-get", "install", "--download-only", "-q", "-y", *wanted)
        return [self._downloaded(self._stanzas[c]) for c in sorted(chosen)]

    def sources(self, packages: Iterable[DebianPackage], target: Path) -> list[Path]:
        """The source packages of `packages` in `target`, checked by apt; needs renew(with_sources=True).

        Raises:
            BuildError: one is not to be had.
        """
        target.mkdir(parents=True, exist_ok=True)
        wanted = sorted({f"{package.source}={package.source_version}" for package in packages})
        self._apt("apt-get", "source", "--download-only", "-q", *wanted, folder=target)
        return sorted(target.iterdir())

    @property
    def _status(self) -> Path:
        return self._folder / "status"

    def _bare(self) -> list[Stanza]:
        """What is on every Debian: the essential and required packages, apt, and what those need."""
        names = {
            stanza["Package"]
            for stanza in self._stanzas.values()
            if stanza.get("Essential") == "yes" or stanza.get("Priority") == "required"
        }
        return [self._stanzas[c] for c in self._chosen(sorted(names | {"apt"}))]

    def _chosen(self, wanted: Sequence[str]) -> list[tuple[str, str]]:
        """Name and version of all that apt would install for `wanted`."""
        told = self._apt("apt-get", "install", "--simulate", "-q", "-y", *wanted)
        lines = [line.split() for line in told.splitlines() if line.startswith("Inst ")]
        return [(words[1].partition(":")[0], words[2].lstrip("(")) for words in lines]

    def _write_status(self, installed: Iterable[Stanza]) -> None:
        texts = [
            "".join(f"{key}: {value}\n" for key, value in {**one, "Status": "install ok installed"}.items())
            for one in installed
        ]
        self._status.write_text("\n".join(texts), encoding="utf-8")

    def _downloaded(self, stanza: Stanza) -> DebianPackage:
        name, version = stanza["Package"], stanza["Version"]
        escaped = version.replace(":", "%3a")
        file = self._folder / "archives" / f"{name}_{escaped}_{stanza['Architecture']}.deb"
        if not file.is_file() or (found := file_hash(file)) != stanza["SHA256"]:
            raise BuildError(f"{name} {version} is not what Debian's lists say.")
        source, source_version = source_of(stanza)
        return DebianPackage(name, version, file, found, source, source_version, stanza)

    def _apt(self, command: str, *arguments: str, folder: Path | None = None) -> str:
        options = {
            "APT::Architecture": _ARCHITECTURE,
            "APT::Architectures": _ARCHITECTURE,
            "APT::Install-Recommends": "false",
            "APT::Sandbox::User": "root",
            "Acquire::Languages": "none",
            "Acquire::Retries": "3",
            "Debug::NoLocking": "true",
            "Dir::State": str(self._folder),
            "Dir::State::lists": str(self._folder / "lists"),
            "Dir::State::status": str(self._status),
            "Dir::State::extended_states": str(self._folder / "extended"),
            "Dir::Cache": str(self._folder),
            "Dir::Cache::archives": str(self._folder / "archives"),
            "Dir::Etc::sourcelist": str(self._folder / "sources.list"),
            "Dir::Etc::sourceparts": os.devnull,
            "Dir::Etc::preferences": os.devnull,
            "Dir::Etc::preferencesparts": os.devnull,
        }
        line = [command, *(f"-o{key}={value}" for key, value in options.items()), *arguments]
        told = subprocess.run(  # noqa: S603 - arguments made here
            line,
            cwd=folder,
            env={**os.environ, "LC_ALL": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if told.returncode:
            raise BuildError(f"{command} {arguments[0]} failed:\n{told.stdout[-2000:]}{told.stderr[-2000:]}")
        return told.stdout


def own_mirror() -> str:
    """Where this machine's own apt fetches Debian from, without the last part of the path.

    Raises:
        BuildError: apt has no source of Debian.
    """
    told = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(SITE)", "Created-By: Packages"],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    sites = [line.rstrip("/") for line in told.stdout.splitlines()]
    for site in sites:
        if site.endswith("/debian"):
            return site.removesuffix("/debian")
    raise BuildError("apt has no source of Debian here: give one with --debian-mirror.")


def read_stanzas(text: str) -> list[Stanza]:
    """The stanzas of a Debian control file; a continued line keeps its leading blank."""
    stanzas: list[Stanza] = []
    for block in text.split("\n\n"):
        fields: dict[str, str] = {}
        key = ""
        for line in block.splitlines():
            if line[:1].isspace():
                fields[key] += f"\n{line}"
            elif ":" in line:
                key, _, value = line.partition(":")
                fields[key] = value.strip()
        if fields:
            stanzas.append(fields)
    return stanzas


def source_of(stanza: Stanza) -> tuple[str, str]:
    """Name and version of the source package; Debian leaves out what is the same as the package's own."""
    name, _, version = stanza.get("Source", stanza["Package"]).partition(" ")
    return name, version.strip("() ") or stanza["Version"]
