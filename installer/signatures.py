"""Authenticode signatures of Windows programs, checked on Linux by osslsigncode."""

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from installer.errors import BuildError

_SUBJECT = re.compile(r"Signer #0:\s+Subject\s*:\s*(?P<subject>.+)")
_NAME = re.compile(r"/CN=(?P<name>[^/\n]+)")


def check_signatures(
    files: Mapping[str, bytes], signers: frozenset[str], roots: Path, scratch: Path
) -> dict[str, str]:
    """Who signed each file: one of `signers`, by a chain up to `roots`; time stamp and hash hold.

    Revocation is not asked for: that needs a network. The files are written below `scratch` and stay there.

    Raises:
        BuildError: one does not hold, or osslsigncode is not there.
    """
    tool = shutil.which("osslsigncode")
    if tool is None:
        raise BuildError(
            "osslsigncode is needed to check the interpreter's signatures (Debian: osslsigncode)."
        )
    # 2.5 (Debian 12) never asks for revocation lists; later ones do, through the network, unless told not to.
    offline = ["-ignore-crl"] if "-ignore-crl" in _told([tool, "verify", "--help"])[1] else []
    command = [tool, "verify", *offline, "-CAfile", str(roots), "-TSA-CAfile", str(roots), "-in"]
    scratch.mkdir(parents=True, exist_ok=True)
    told = {}
    for name, content in sorted(files.items()):
        path = scratch / name
        path.write_bytes(content)
        told[name] = _signer([*command, str(path)], name)
        if told[name] not in signers:
            raise BuildError(f"{name} is signed by {told[name]!r}, not by any of {sorted(signers)}.")
    return told


def _signer(command: list[str], file: str) -> str:
    came, told = _told(command)
    subject = _SUBJECT.search(told)
    name = _NAME.search(subject["subject"]) if subject else None
    if came or "Signature verification: ok" not in told or name is None:
        reason = next((line.strip() for line in told.splitlines() if "error" in line.lower()), "no signature")
        raise BuildError(f"The signature of {file} does not hold: {reason}")
    return name["name"].strip()


def _told(command: list[str]) -> tuple[int, str]:
    """Exit code and all that was said."""
    run = subprocess.run(  # noqa: S603 - arguments made here
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    return run.returncode, run.stdout + run.stderr
