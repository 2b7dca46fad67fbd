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
    scratch.mkdir(parents=True, exist_ok=True)
    told = {}
    for name, content in sorted(files.items()):
        path = scratch / name
        path.write_bytes(content)
        told[name] = _signer(tool, path, roots)
        if told[name] not in signers:
            raise BuildError(f"{name} is signed by {told[name]!r}, not by any of {sorted(signers)}.")
    return told


def _signer(tool: str, path: Path, roots: Path) -> str:
    command = [tool, "verify", "-ignore-crl", "-CAfile", str(roots), "-TSA-CAfile", str(roots)]
    run = subprocess.run(  # noqa: S603 - arguments made here
        [*command, "-in", str(path)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    told = run.stdout + run.stderr
    subject = _SUBJECT.search(told)
    name = _NAME.search(subject["subject"]) if subject else None
    if run.returncode or "Signature verification: ok" not in told or name is None:
        reason = next((line.strip() for line in told.splitlines() if "error" in line.lower()), "no signature")
        raise BuildError(f"The signature of {path.name} does not hold: {reason}")
    return name["name"].strip()
