"""What of requirements.lock a target needs: markers are judged for the target, not for this machine."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from installer.errors import BuildError

_HASH: Final = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True)
class Locked:
    """One package of a lock file: its version, and the hashes of all its files."""

    name: str
    version: str
    hashes: frozenset[str]

    def line(self) -> str:
        """The package as pip reads it with --require-hashes."""
        return " ".join(
            [f"{self.name}=={self.version}", *(f"--hash=sha256:{h}" for h in sorted(self.hashes))]
        )


def windows_environment(python: str) -> dict[str, str]:
    """The markers of CPython `python` ("3.13.2") on 64-bit Windows."""
    return {
        "implementation_name": "cpython",
        "implementation_version": python,
        "os_name": "nt",
        "platform_machine": "AMD64",
        "platform_python_implementation": "CPython",
        "platform_release": "10",
        "platform_system": "Windows",
        "platform_version": "10.0.19045",
        "python_full_version": python,
        "python_version": ".".join(python.split(".")[:2]),
        "sys_platform": "win32",
        "extra": "",
    }


def debian_environment(python: str) -> dict[str, str]:
    """The markers of CPython `python` on 64-bit Linux."""
    return windows_environment(python) | {
        "os_name": "posix",
        "platform_machine": "x86_64",
        "platform_release": "6.1",
        "platform_system": "Linux",
        "platform_version": "1",
        "sys_platform": "linux",
    }


def locked_for(lock: str, environment: Mapping[str, str]) -> list[Locked]:
    """The packages of a lock file's text that the environment needs, in the file's order.

    Raises:
        BuildError: a package is not pinned, or has no hash.
    """
    packages = []
    for entry in lock.replace("\\\n", " ").splitlines():
        if not entry.strip() or entry.lstrip().startswith("#"):
            continue
        wanted, _, _ = entry.partition("--hash=")
        requirement = Requirement(wanted.strip())
        pins = list(requirement.specifier)
        hashes = frozenset(_HASH.findall(entry))
        if len(pins) != 1 or pins[0].operator != "==" or not hashes:
            raise BuildError(f"The lock file does not pin {requirement.name} to one version with hashes.")
        if requirement.marker is None or requirement.marker.evaluate(dict(environment)):
            packages.append(Locked(canonicalize_name(requirement.name), pins[0].version, hashes))
    return packages
