"""Looks for what is personal in files: each spelling of it, in every encoding a program might write."""

from collections.abc import Iterable
from pathlib import Path

from tests.walkthrough.left_behind import values_of
from tests.walkthrough.personal_data import NO_CHANCE, encoded

_DATABASE = ".sqlite3"
_BINARY = frozenset({".draft", ".sealed", _DATABASE, f"{_DATABASE}-wal", f"{_DATABASE}-shm"})


def traces(folder: Path, secrets: Iterable[str]) -> list[tuple[str, str]]:
    """The files below a folder that hold a secret, and how it begins; paper (PDF) may hold it."""
    secrets = tuple(secrets)
    wanted = {form: secret[:1] for secret in secrets for form in encoded(secret)}
    found = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pdf"):
        content = path.read_bytes()
        shortest = NO_CHANCE if path.suffix in _BINARY else 1
        found += [
            (path.name, begins)
            for form, begins in wanted.items()
            if len(form) >= shortest and form in content
        ]
        if path.suffix == _DATABASE:
            values = values_of(path).decode("utf-8", "replace")
            found += [(path.name, secret[:1]) for secret in secrets if secret in values]
    return found
