"""Looks for what is personal in files: each spelling of it, in every encoding a program might write."""

import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp932", "euc_jp", "iso2022_jp", "unicode_escape")
_DATABASE = ".sqlite3"
_BINARY = frozenset({".draft", ".sealed", _DATABASE, f"{_DATABASE}-wal", f"{_DATABASE}-shm"})
_NO_CHANCE = 6
"""Bytes: what is shorter stands in binary files by chance, once in a million of kilobytes or oftener."""
_SHIFTS = re.compile(rb"\x1b[($].")
"""ISO-2022-JP's changes of character set, at both ends of a text that stands alone."""


def traces(folder: Path, secrets: Iterable[str]) -> list[tuple[str, str]]:
    """The files below a folder that hold a secret, and how it begins; paper (PDF) may hold it."""
    secrets = tuple(secrets)
    wanted = {form: secret[:1] for secret in secrets for form in _forms(secret)}
    found = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pdf"):
        content = path.read_bytes()
        shortest = _NO_CHANCE if path.suffix in _BINARY else 1
        found += [
            (path.name, begins)
            for form, begins in wanted.items()
            if len(form) >= shortest and form in content
        ]
        if path.suffix == _DATABASE:
            values = _values(path)
            found += [(path.name, secret[:1]) for secret in secrets if secret in values]
    return found


def _values(database: Path) -> str:
    """Every value of every row, what is still in the write-ahead log included; the file is not touched."""
    with tempfile.TemporaryDirectory() as folder:
        for path in database.parent.glob(f"{database.name}*"):
            shutil.copy(path, folder)
        connection = sqlite3.connect(Path(folder) / database.name)
        try:
            tables = [
                name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")
            ]
            rows = [row for name in tables for row in connection.execute(f'SELECT * FROM "{name}"')]  # noqa: S608 - the file's own names
        finally:
            connection.close()
    return "\n".join(str(value) for row in rows for value in row)


def _forms(secret: str) -> Iterator[bytes]:
    for text in {secret, *_grouped(secret)}:
        for encoding in ENCODINGS:
            yield _SHIFTS.sub(b"", text.encode(encoding, "ignore"))


def _grouped(secret: str) -> Iterator[str]:
    """個人番号 as it is written on a card, four digits at a time."""
    if re.fullmatch("[0-9]{12}", secret):
        for gap in (" ", "-"):
            yield gap.join((secret[:4], secret[4:8], secret[8:]))
