"""Wheels unpacked into one folder that Python imports from, every file held against the wheel's RECORD."""

import base64
import csv
import hashlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from installer.errors import BuildError


def unpack_wheel(wheel: Path, site: Path, keep: Callable[[str], bool] = lambda name: True) -> list[str]:
    """Unpack a wheel into `site`; the names of the files that are there now, with RECORD telling the same.

    Files that `keep` refuses are checked like the others and left out. Of `*.data` only what lands beside the
    modules is taken; scripts and headers are not.

    Raises:
        BuildError: a file is not as RECORD has it, is not in RECORD, is missing, or would land elsewhere.
    """
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if not name.endswith("/")]
        (record_name,) = [n for n in names if n.endswith(".dist-info/RECORD") and n.count("/") == 1]
        rows = list(csv.reader(io.StringIO(archive.read(record_name).decode("utf-8"))))
        hashes = {row[0]: row[1] for row in rows if row}
        if set(hashes) - {record_name} != set(names) - {record_name}:
            strays = sorted(set(hashes) ^ set(names))[:3]
            raise BuildError(f"{wheel.name}: RECORD and the files differ: {', '.join(strays)}.")
        kept = []
        for name in sorted(names):
            content = archive.read(name)
            if name != record_name and hashes[name] != _record_hash(content):
                raise BuildError(f"{wheel.name}: {name} is not what RECORD says.")
            place = _landing(name)
            if place is None or name == record_name or not keep(place):
                continue
            _write(site, place, content, wheel)
            kept.append(place)
        told = [
            f"{place},{hashes[name]}," for name in sorted(names) if (place := _landing(name)) in set(kept)
        ]
        _write(site, record_name, "\n".join([*told, f"{record_name},,", ""]).encode(), wheel)
    return [*kept, record_name]


def _record_hash(content: bytes) -> str:
    digest = hashlib.sha256(content).digest()
    return "sha256=" + base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _landing(name: str) -> str | None:
    """Where a file of a wheel lands below the folder of modules; None for scripts, headers and data."""
    parts = PurePosixPath(name).parts
    if not parts[0].endswith(".data"):
        return name
    return "/".join(parts[2:]) if len(parts) > 2 and parts[1] in {"purelib", "platlib"} else None


def _write(site: Path, name: str, content: bytes, wheel: Path) -> None:
    target = site / name
    if ".." in PurePosixPath(name).parts or not target.resolve().is_relative_to(site.resolve()):
        raise BuildError(f"{wheel.name}: {name} would land outside the folder.")
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists() and target.read_bytes() != content:
        raise BuildError(f"{wheel.name}: {name} is already there, from another package.")
    target.write_bytes(content)
